import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sinon from 'sinon';
import { records } from '../../../bot/cli/records.ts';
import { makeKeyFile } from '../../../bot/keyFile.ts';
import { loadPeople } from '../../../bot/local/people.ts';
import { provision } from '../../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble } from '../../cosmos/cosmosDouble.ts';
import { aBot, aFolder, removeFolder, type TestBot } from '../../journeys/aBot.ts';
import { made, opened } from '../../journeys/aRecord.ts';
import { SPOKEN } from '../../journeys/answers.ts';

const THERE = ['copy', '--from', 'sqlite', '--to', 'cosmos'] as const;
const BACK = ['copy', '--from', 'cosmos', '--to', 'sqlite'] as const;

const ANOTHER_TENANT = '7d1f2c40-0000-4000-8000-5a1e00000002';

let databases = 0;

describe('records copy', () => {
  let double: CosmosDouble;
  let dataDir: string;
  let backDir: string;
  let number: string;
  let bot: TestBot | undefined;
  let account: Readonly<Record<string, string>>;

  before(async () => {
    double = await startCosmosDouble();
  });
  after(() => double.close());
  beforeEach(async () => {
    dataDir = aFolder();
    backDir = join(dataDir, '..', 'back');
    const database = `copy-${(databases += 1)}`;
    await provision({ endpoint: double.endpoint, key: double.key, database }, () => undefined);
    account = { COSMOS_ENDPOINT: double.endpoint, COSMOS_KEY: double.key, COSMOS_DATABASE: database };
    bot = await aBot(dataDir, { STORE: 'sqlite' });
    number = (await made(bot.chat('priya'), 'record share', SPOKEN)).number;
    await opened(bot.chat('priya'), number);
    await closeBot();
  });
  afterEach(async () => {
    sinon.restore();
    await closeBot();
    removeFolder(dataDir);
  });

  async function closeBot(): Promise<void> {
    await bot?.close();
    bot = undefined;
  }

  async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const [out, error] = [sinon.stub(console, 'log'), sinon.stub(console, 'error')];
    try {
      const code = await records(args, { DATA_DIR: dataDir, ...account, ...env });
      return { code, out: out.args.flat().join('\n'), error: error.args.flat().join('\n') };
    } finally {
      sinon.restore();
    }
  }

  /** One sentence, exit code 2, and nothing in the account or a new folder. */
  async function refused(args: readonly string[], says: RegExp, env: Readonly<Record<string, string>> = {}) {
    const before = JSON.stringify(double.control.contents());
    const { code, out, error } = await run(args, env);
    assert.deepEqual([code, out], [2, ''], error);
    assert.match(error, says);
    assert.match(error, /^(?!.*\. )[^\n]+\.$/u);
    assert.equal(JSON.stringify(double.control.contents()), before);
  }

  /** Opens the record and makes another one, as the bot that made the first would have gone on. */
  async function goesOn(folder: string, env: Readonly<Record<string, string>>): Promise<void> {
    bot = await aBot(folder, env);
    const record = await (await bot.chat('priya').ask(`record ${number}`)).press('Open');
    assert.equal(record.heading, `Record share ${number}`);
    await made(bot.chat('priya'), 'record share', SPOKEN);
    await closeBot();
  }

  it('takes the records to Cosmos DB and back, with bots that go on as if nothing had happened', async () => {
    const there = await run(THERE);
    assert.deepEqual([there.code, there.error], [0, '']);
    assert.match(there.out, /^No bot may work on either of the two stores;.*\nEstimated: [\d,]+ request units, /u);
    assert.match(there.out, /\nCopied, compared, and the same: 1 store key, .*1 number, 1 case file, .*1 draft, /u);
    assert.match(there.out, /\nStart the bot with STORE=cosmos and the same key, and none/u);
    await goesOn(dataDir, { ...account, STORE: 'cosmos' });
    const key = { DATA_DIR: backDir, KEY_FILE: `${dataDir}.key` };
    const back = await run(BACK, key);
    assert.deepEqual([back.code, back.error], [0, '']);
    assert.match(back.out, /, 2 numbers, 1 case file, /u);
    assert.equal((await run(['verify'], key)).code, 0);
    await goesOn(backDir, { ...key, STORE: 'sqlite' });
  });

  it('estimates about what the account counts', async () => {
    const { out } = await run(THERE);
    const [, counted, estimated] = /counted ([\d,]+) request units?; ([\d,]+) were estimated/u.exec(out) ?? [];
    const ratio = Number(estimated?.replaceAll(',', '')) / Number(counted?.replaceAll(',', ''));
    assert.ok(ratio > 0.2 && ratio < 2, out);
  });

  it('says when it is run again that all of it is there', async () => {
    await run(THERE);
    const { code, out } = await run(THERE);
    assert.equal(code, 0);
    assert.match(out, /\nAll of it was there already, and is the same: 1 store key/u);
  });

  it('stops at Ctrl-C, and goes on when it is run again', async () => {
    const armed = double.control.fail({ kind: 'batch', nth: 3 }, { with: 'hold' });
    const running = run(THERE);
    await armed.struck;
    // What listens last is the command; the test runner listens as well.
    process.listeners('SIGINT').at(-1)?.('SIGINT');
    armed.release();
    const { code, error } = await running;
    assert.equal(code, 2);
    assert.equal(error, 'The copy was stopped, and the target is not complete: run the same command again to go on.');
    await assert.rejects(aBot(dataDir, { ...account, STORE: 'cosmos' }), { code: 'store.half' });
    assert.equal((await run(THERE)).code, 0);
  });

  it('refuses a tenant, a key file and an account that are not those of the records', async () => {
    const people = join(dataDir, '..', 'people.json');
    writeFileSync(people, JSON.stringify({ ...loadPeople(undefined), tenantId: ANOTHER_TENANT }));
    await refused(THERE, /another Microsoft 365 tenant/u, { PEOPLE_FILE: people });
    const keyFile = join(dataDir, '..', 'other.key');
    await refused(THERE, /^The key file .* is missing/u, { KEY_FILE: keyFile });
    makeKeyFile(keyFile);
    await refused(THERE, /does not belong to this data/u, { KEY_FILE: keyFile });
    await refused(THERE, /COSMOS_KEY/u, { COSMOS_KEY: Buffer.alloc(64).toString('base64') });
    await refused(THERE, /^COSMOS_ENDPOINT should be the address/u, { COSMOS_ENDPOINT: '' });
    await refused(THERE, /cosmos:provision/u, { COSMOS_DATABASE: 'another' });
  });

  it('refuses a store of another tenant that was copied already, on either side', async () => {
    await run(THERE);
    const people = join(dataDir, '..', 'people.json');
    writeFileSync(people, JSON.stringify({ ...loadPeople(undefined), tenantId: ANOTHER_TENANT }));
    await refused(BACK, /another Microsoft 365 tenant/u, { PEOPLE_FILE: people, DATA_DIR: backDir });
    assert.equal(existsSync(backDir), false);
  });

  it('refuses a folder without records, a bot at work, and an account without records, and makes nothing', async () => {
    await refused(THERE, /^There are no records at .*nowhere/u, { DATA_DIR: join(dataDir, '..', 'nowhere') });
    await refused(BACK, /holds no records/u, { DATA_DIR: backDir });
    assert.equal(existsSync(backDir), false);
    bot = await aBot(dataDir, { STORE: 'sqlite' });
    await refused(THERE, /^Another process is already writing to this data: stop it first/u);
    await closeBot();
  });

  it('refuses to copy into other records', async () => {
    await run(THERE);
    const other = aFolder();
    bot = await aBot(other, { STORE: 'sqlite' });
    await closeBot();
    await refused(THERE, /^The target holds other records/u, { DATA_DIR: other });
    rmSync(`${other}.key`);
    writeFileSync(`${other}.key`, readFileSync(`${dataDir}.key`));
    await refused(BACK, /^The target holds other records/u, { DATA_DIR: other });
    removeFolder(other);
  });

  for (const args of [
    ['copy'],
    ['copy', '--from', 'sqlite'],
    ['copy', '--from', 'sqlite', '--to', 'sqlite'],
    ['copy', '--from', 'sqlite', '--to', 'postgres'],
    [...THERE, '--json'],
    [...THERE, 'SL-7KQ2M9XA'],
    ['verify', '--from', 'sqlite'],
    ['rotate-key', '--to', 'cosmos'],
  ])
    it(`says how to use it when asked for “${args.join(' ')}”`, async () => {
      const { code, out, error } = await run(args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, /^Use it so:\n.*copy --from sqlite --to cosmos/su);
    });
});
