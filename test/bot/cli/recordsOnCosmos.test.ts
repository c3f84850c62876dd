import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import sinon from 'sinon';
import { records } from '../../../bot/cli/records.ts';
import { rotateCommand } from '../../../bot/cli/rotateCommand.ts';
import { vaultAccess } from '../../../bot/keyVault.ts';
import { cosmosPlaceOf, placesOf, readSettings } from '../../../bot/settings.ts';
import { provision } from '../../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble } from '../../cosmos/cosmosDouble.ts';
import { aBot, aFolder, removeFolder, TENANT, type TestBot } from '../../journeys/aBot.ts';
import { made, opened } from '../../journeys/aRecord.ts';
import { SPOKEN } from '../../journeys/answers.ts';

let databases = 0;

describe('the commands for operators, on Cosmos DB', () => {
  let double: CosmosDouble;
  let dataDir: string;
  let env: Readonly<Record<string, string>>;
  let bot: TestBot;
  let number: string;

  before(async () => {
    double = await startCosmosDouble();
  });
  after(() => double.close());
  beforeEach(async () => {
    dataDir = aFolder();
    const database = `records-${(databases += 1)}`;
    await provision({ endpoint: double.endpoint, key: double.key, database }, () => undefined);
    env = { DATA_DIR: dataDir, STORE: 'cosmos', COSMOS_ENDPOINT: double.endpoint, COSMOS_KEY: double.key, COSMOS_DATABASE: database }; // prettier-ignore
    bot = await aBot(dataDir, env);
    number = (await made(bot.chat('priya'), 'record share', SPOKEN)).number;
    await opened(bot.chat('priya'), number);
  });
  afterEach(async () => {
    sinon.restore();
    await bot.close();
    removeFolder(dataDir);
  });

  async function said(run: () => Promise<number>) {
    const [out, error] = [sinon.stub(console, 'log'), sinon.stub(console, 'error')];
    try {
      const code = await run();
      return { code, out: out.args.flat().join('\n'), error: error.args.flat().join('\n') };
    } finally {
      sinon.restore();
    }
  }

  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    said(() => records(args, { ...env, ...more }));

  /** One sentence, exit code 2. */
  async function refused(args: readonly string[], says: RegExp, more: Readonly<Record<string, string>> = {}) {
    const { code, out, error } = await run(args, more);
    assert.deepEqual([code, out], [2, '']);
    assert.match(error, says);
    assert.match(error, /^[^\n]+\.$/u);
  }

  describe('verify', () => {
    it('says beside the running bot that the records are whole, and writes nothing', async () => {
      const before = JSON.stringify(double.control.contents());
      const { code, out, error } = await run(['verify']);
      assert.deepEqual([code, error], [0, '']);
      assert.match(
        out,
        /^Looked at 1 entry of 1 record in 1 case file, and 1 entry of the access log, in .*\nWhole: /u,
      );
      assert.equal(JSON.stringify(double.control.contents()), before);
    });

    it('says it for machines, and of the case file of one record', async () => {
      await made(bot.chat('priya'), 'record share', { ...SPOKEN, caseReference: 'RFS-7' });
      const { durationMs: _, notShown: __, ...whole } = JSON.parse((await run(['verify', '--json'])).out);
      assert.deepEqual(whole, { whole: true, entries: 2, records: 2, caseFiles: 2, accessEntries: 1, isCutShort: false, findings: [] }); // prettier-ignore
      assert.match((await run(['verify', number])).out, /^Looked at 1 entry of 1 record in 1 case file in /u);
    });

    it('says what is not whole, and where', async () => {
      const all = double.control.contents().find((each) => each.database === env.COSMOS_DATABASE && each.container === 'cases')!; // prettier-ignore
      const changed = all.items.map(
        ({ chained, ...item }) =>
          chained === undefined ? item : { ...item, chained: { ...(chained as object), actor: 'somebody' } }, // a chain entry
      );
      double.control.fill(all.database, all.container, changed);
      const { code, out } = await run(['verify']);
      assert.equal(code, 1);
      assert.match(
        out,
        /Not whole: 1 finding\.\n- Case file alias-[0-9a-f]{64}, entry 1, record SL-\w{8}, version 1: the entry/u,
      );
    });

    it('refuses an unknown number, a database without records, and a key file of other data', async () => {
      await refused(['verify', 'SL-00000000'], /^There is no record with this number/u);
      await provision({ endpoint: double.endpoint, key: double.key, database: 'empty' }, () => undefined);
      await refused(['verify'], /^The database holds no records/u, { COSMOS_DATABASE: 'empty' });
      await refused(['verify'], /^The key file .* is missing/u, { KEY_FILE: `${dataDir}.another` });
      await refused(['verify'], /COSMOS_KEY/u, { COSMOS_KEY: Buffer.alloc(64).toString('base64') });
    });
  });

  describe('rotate-key', () => {
    const rotate = () => {
      const settings = readSettings(env);
      return said(() => rotateCommand({ place: placesOf(settings), tenantId: TENANT, account: cosmosPlaceOf(settings, undefined), access: vaultAccess() }, undefined, 0)); // prettier-ignore
    };

    it('gives new keys, with which a bot opens every record, and the old key file none', async () => {
      await bot.close();
      const old = readFileSync(`${dataDir}.key`, 'utf8');
      const { code, out } = await rotate();
      assert.equal(code, 0);
      assert.match(out, /^Every bot has to be stopped\. Waiting 0 seconds,.*\nThe records have new keys\. Sealed anew: versions 1, drafts 1, conversations 1\./u); // prettier-ignore
      assert.equal((await run(['verify'])).code, 0);
      const current = readFileSync(`${dataDir}.key`, 'utf8');
      writeFileSync(`${dataDir}.key`, old);
      await refused(['verify'], /does not belong to this data/u);
      writeFileSync(`${dataDir}.key`, current);
      bot = await aBot(dataDir, env);
      const record = await (await bot.chat('priya').ask(`record ${number}`)).press('Open');
      assert.equal(record.heading, `Record share ${number}`);
    });

    it('that did not end keeps bots and other commands out, and is gone on with', async () => {
      await bot.close();
      double.control.fail({ kind: 'batch', nth: 2 }, { with: 'status', status: 403 });
      await assert.rejects(rotate(), { code: 'store.refused' });
      double.control.disarmAll();
      await assert.rejects(aBot(dataDir, env), { code: 'store.rotated' });
      await refused(['verify'], /^The keys of the records are being changed/u);
      await refused(['copy', '--from', 'cosmos', '--to', 'sqlite'], /^The keys of the records are being changed/u, { DATA_DIR: `${dataDir}-2`, KEY_FILE: `${dataDir}.key` }); // prettier-ignore
      assert.equal((await rotate()).code, 0);
      bot = await aBot(dataDir, env);
      assert.equal((await run(['verify'])).code, 0);
    });

    it('refuses a database without records', async () => {
      await refused(['rotate-key'], /cosmos:provision/u, { COSMOS_DATABASE: 'nowhere' });
    });
  });
});
