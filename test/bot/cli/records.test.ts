import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sinon from 'sinon';
import { records } from '../../../bot/cli/records.ts';
import { makeKeyFile, readKeyFile } from '../../../bot/keyFile.ts';
import { anAttacker, type Attacker } from '../../evidence/anAttacker.ts';
import { chanceFrom } from '../../evidence/aSeededStore.ts';
import { aBot, aFolder, removeFolder, TENANT, type TestBot } from '../../journeys/aBot.ts';
import { made, opened } from '../../journeys/aRecord.ts';
import { SPOKEN } from '../../journeys/answers.ts';
import { keepPrinted } from '../../loggedLines.ts';
import { ROOT } from '../aChild.ts';
import { storeContents } from '../storeContents.ts';
import { SCHEMA_VERSION } from '../../../src/stores/sqlite/schema.ts';

/** What a command said and how it ended. */
interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

describe('the commands for operators', () => {
  let dataDir: string;
  let bot: TestBot;
  let number: string;

  beforeEach(async () => {
    dataDir = aFolder();
    bot = await aBot(dataDir);
    number = (await made(bot.chat('priya'), 'record share', SPOKEN)).number;
  });
  afterEach(async () => {
    await bot.close();
    removeFolder(dataDir);
  });

  async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const [out, error] = [sinon.stub(console, 'log'), sinon.stub(console, 'error')];
    try {
      const code = await records(args, { DATA_DIR: dataDir, ...env });
      return { code, out: out.args.flat().join('\n'), error: error.args.flat().join('\n') };
    } finally {
      sinon.restore();
    }
  }

  function tamper(how: (attacker: Attacker) => void): void {
    const attacker = anAttacker(join(dataDir, 'sharing-log.sqlite'), chanceFrom('cli'));
    how(attacker);
    attacker.leave();
  }

  /** One sentence, exit code 2, and nothing changed. */
  async function refused(args: readonly string[], says: RegExp, env: Readonly<Record<string, string>> = {}) {
    const { code, out, error } = await run(args, env);
    assert.equal(code, 2);
    assert.match(error, says);
    assert.match(error, /^[^\n]+\.$/u);
    assert.equal(out, '');
  }

  describe('verify', () => {
    it('says beside the running bot that the records are whole, and changes nothing', async () => {
      const before = storeContents(dataDir);
      const { code, out, error } = await run(['verify']);
      assert.equal(code, 0);
      assert.match(out, /^Looked at 1 entry of 1 record in 1 case file in [\d.]+ seconds\.\nWhole: /u);
      assert.equal(error, '');
      assert.equal(storeContents(dataDir), before);
    });

    it('says it for machines', async () => {
      const { code, out } = await run(['verify', '--json']);
      const { durationMs, ...said } = JSON.parse(out);
      assert.equal(code, 0);
      assert.ok(durationMs >= 0);
      const notShown = ['tail.removed', 'access.tailRemoved', 'store.replaced'];
      assert.deepEqual(said, { whole: true, entries: 1, records: 1, caseFiles: 1, accessEntries: 0, isCutShort: false, findings: [], notShown }); // prettier-ignore
    });

    it('says what is not whole, and where, without a word of the case', async () => {
      tamper(({ run: change }) => change(`UPDATE chain SET actor = 'somebody'`));
      const { code, out } = await run(['verify']);
      assert.equal(code, 1);
      assert.match(out, /Not whole: 1 finding\.\n- Case file \w{26}, entry 1, record SL-\w{8}, version 1: the entry/u);
      for (const word of Object.values(SPOKEN)) assert.ok(word.length < 6 || !out.includes(word), word);
      const machine = await run(['verify', '--json']);
      assert.equal(machine.code, 1);
      const [finding] = JSON.parse(machine.out).findings;
      assert.deepEqual([finding.what, finding.seq, finding.version, finding.number], ['chain.hash', 1, 1, number]);
    });

    it('says of the access log what is not as it was written', async () => {
      await opened(bot.chat('priya'), number);
      assert.match((await run(['verify'])).out, /^Looked at [^\n]*, and 1 entry of the access log, in .*\nWhole: /u);
      tamper(({ run: change }) => change(`UPDATE accessLog SET personId = 'somebody'`));
      const { code, out } = await run(['verify']);
      assert.equal(code, 1);
      assert.match(out, /\n- Access log \d{4}-\d\d-\d\d:[0-9a-f]{16}, entry 1: the entry was changed/u);
      assert.equal((await run(['verify', number])).code, 0, 'the case file of one record is looked at alone');
    });

    it('looks at the case file of one record, whose number may be typed as people type it', async () => {
      await made(bot.chat('priya'), 'record share', { ...SPOKEN, caseReference: 'RFS-7' });
      assert.match((await run(['verify', number.toLowerCase().replace('-', '')])).out, /^Looked at 1 entry/u);
      assert.match((await run(['verify'])).out, /^Looked at 2 entries of 2 records in 2 case files/u);
    });

    for (const unknown of ['SL-00000000', 'SL-1', 'RFS-10422']) {
      it(`refuses the number ${unknown}`, async () => {
        await refused(['verify', unknown], /^There is no record with this number/u);
      });
    }

    it('refuses a folder without data', async () => {
      await refused(['verify'], /^There are no records at .*nowhere/u, { DATA_DIR: join(dataDir, 'nowhere') });
    });

    it('refuses without a key file, with one that cannot be read, and with one of other data', async () => {
      const path = `${dataDir}.key`;
      const own = readFileSync(path);
      rmSync(path);
      await refused(['verify'], /^The key file .* is missing: put back/u);
      writeFileSync(path, '{');
      await refused(['verify'], /^The key file .* cannot be read: put back/u);
      rmSync(path);
      makeKeyFile(path);
      await refused(['verify'], /does not belong to this data/u);
      writeFileSync(path, own);
      assert.equal((await run(['verify'])).code, 0);
    });

    it('refuses a store of a newer release and one of another tenant', async () => {
      await bot.close();
      tamper(({ run: change }) => change(`UPDATE meta SET value = 'another' WHERE key = 'tenantId'`));
      await refused(['verify'], /belongs to another Microsoft 365 tenant/u);
      tamper(({ run: change }) => {
        change(`UPDATE meta SET value = ? WHERE key = 'tenantId'`, TENANT);
        change('PRAGMA user_version = 99');
      });
      await refused(['verify'], /written by a newer release/u);
      tamper(({ run: change }) => change(`PRAGMA user_version = ${SCHEMA_VERSION}`));
      bot = await aBot(dataDir);
    });

    it('says a refusal for machines as well', async () => {
      const { code, out } = await run(['verify', 'SL-00000000', '--json']);
      assert.equal(code, 2);
      assert.equal(JSON.parse(out).error.code, 'number.unknown');
    });
  });

  describe('rotate-key', () => {
    it('needs the bot stopped', async () => {
      const before = readFileSync(`${dataDir}.key`, 'utf8');
      await refused(['rotate-key'], /^Another process is already writing to this data: stop it first/u);
      assert.equal(readFileSync(`${dataDir}.key`, 'utf8'), before);
    });

    it('gives new keys, with which the bot opens every record, and the old key file none', async () => {
      await bot.close();
      const old = readFileSync(`${dataDir}.key`, 'utf8');
      const before = readKeyFile(`${dataDir}.key`);
      const { code, out } = await run(['rotate-key']);
      assert.equal(code, 0);
      assert.match(out, /^The records have new keys\. Sealed anew: versions 1, drafts 1, conversations 1\./u);
      const after = readKeyFile(`${dataDir}.key`);
      assert.deepEqual(after.lookupKey, before.lookupKey);
      assert.notDeepEqual(after.encryptionKeys, before.encryptionKeys);
      assert.equal((await run(['verify'])).code, 0);
      const current = readFileSync(`${dataDir}.key`, 'utf8');
      writeFileSync(`${dataDir}.key`, old);
      await refused(['verify'], /does not belong to this data/u);
      writeFileSync(`${dataDir}.key`, current);
      bot = await aBot(dataDir);
      const record = await (await bot.chat('priya').ask(`record ${number}`)).press('Open');
      assert.equal(record.heading, `Record share ${number}`);
    });

    it('refuses a folder without data, and makes nothing in it', async () => {
      await refused(['rotate-key'], /^There are no records at/u, { DATA_DIR: join(dataDir, 'nowhere') });
    });
  });

  for (const args of [
    [],
    ['verfy'],
    ['verify', '--jsn'],
    ['verify', 'SL-1', 'SL-2'],
    ['rotate-key', 'now'],
    ['rotate-key', '--json'],
  ]) {
    it(`says how to use them when asked for “${args.join(' ')}”`, async () => {
      const { code, out, error } = await run(args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, /^Use it so:\n.*verify/u);
    });
  }

  it('refuse settings that are wrong', async () => {
    await refused(['verify'], /^PORT should be a whole number\.$|^PORT should be a port/u, { PORT: 'x' });
  });

  it('run from npm and end with their exit code', async () => {
    tamper(({ run: change }) => change('DELETE FROM heads'));
    const ended = await new Promise<number | string | null | undefined>((resolve) => {
      const env = { ...process.env, DATA_DIR: dataDir };
      const args = ['run', '-s', 'records', '--', 'verify'];
      keepPrinted(execFile('npm', args, { cwd: ROOT, env }, (error) => resolve(error?.code)));
    });
    assert.equal(ended, 1);
  }).timeout(20_000);
});
