import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import sinon from 'sinon';
import { records } from '../../../bot/cli/records.ts';
import { makeKeyFile, readKeyFile } from '../../../bot/keyFile.ts';
import { isOfVault } from '../../../src/keyring.ts';
import { openRotation } from '../../../src/stores/sqlite/rotation.ts';
import { provision } from '../../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble } from '../../cosmos/cosmosDouble.ts';
import { aBot, aFolder, removeFolder, TENANT } from '../../journeys/aBot.ts';
import { made } from '../../journeys/aRecord.ts';
import { SPOKEN } from '../../journeys/answers.ts';
import { storeContents } from '../storeContents.ts';
import { aVault, KEY, refusal, type Vault } from './aVault.ts';
import { holds } from './aVaultStore.ts';

const TO_VAULT = ['rotate-key', '--to', 'vault'] as const;
const TO_FILE = ['rotate-key', '--to', 'file'] as const;
const IN_VAULT = { KEY_VAULT_KEY: KEY } as const;

describe('moving the keys between key file and key vault', () => {
  let dataDir: string;
  let vault: Vault;
  let number: string;
  const keyFile = (): string => `${dataDir}.key`;

  beforeEach(async () => {
    dataDir = aFolder();
    vault = await aVault();
    const bot = await aBot(dataDir, { STORE: 'sqlite' });
    number = (await made(bot.chat('priya'), 'record share', SPOKEN)).number;
    await bot.close();
  });
  afterEach(async () => {
    sinon.restore();
    await vault.close();
    removeFolder(dataDir);
  });

  async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const [out, error] = [sinon.stub(console, 'log'), sinon.stub(console, 'error')];
    try {
      const code = await records(args, { DATA_DIR: dataDir, ...env }, vault.access);
      const said = { code, out: out.args.flat().join('\n'), error: error.args.flat().join('\n') };
      assert.ok(!holds(said.out + said.error, ...secrets()));
      return said;
    } finally {
      sinon.restore();
    }
  }

  /** What stands in the key file, while there is one. */
  function secrets(): readonly Uint8Array[] {
    if (!existsSync(keyFile()) || !readFileSync(keyFile(), 'utf8').startsWith('{"format"')) return [];
    const { lookupKey, encryptionKeys } = readKeyFile(keyFile());
    return [lookupKey, ...encryptionKeys.map(({ key }) => key)];
  }

  async function done(args: readonly string[], env: Readonly<Record<string, string>>, says: RegExp): Promise<void> {
    const { code, out, error } = await run(args, env);
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /^The records have new keys\. Sealed anew: versions 1, drafts 1, conversations 1\.\n/u);
    assert.match(out, says);
  }

  /** One sentence, exit code 2, and the store as it was. */
  async function refused(args: readonly string[], env: Readonly<Record<string, string>>, says: RegExp): Promise<void> {
    const before = storeContents(dataDir);
    const { code, out, error } = await run(args, env);
    assert.deepEqual([code, out], [2, ''], error);
    assert.match(error, says);
    assert.match(error, /^(?!.*\. )[^\n]+\.$/u);
    assert.equal(storeContents(dataDir), before);
  }

  async function isWhole(env: Readonly<Record<string, string>>): Promise<void> {
    const { code, out, error } = await run(['verify'], env);
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /^Looked at 1 entry of 1 record/u);
  }

  async function keyIdNow(): Promise<string> {
    const store = openRotation({ path: join(dataDir, 'sharing-log.sqlite'), tenantId: TENANT });
    try {
      return (await store.storeKey())?.keyId ?? '';
    } finally {
      await store.close();
    }
  }

  it('into the vault: opens without the key file, which opens nothing any more', async () => {
    await done(
      TO_VAULT,
      IN_VAULT,
      /\nStart the bot with KEY_VAULT_KEY: .*\nKeep a copy of the key file .* Then delete it/u,
    );
    assert.equal(await keyIdNow(), `${KEY}/${vault.versions[0]?.id}`);
    await refused(['verify'], {}, /are in a key vault: set KEY_VAULT_KEY/u);
    rmSync(keyFile());
    await isWhole(IN_VAULT);
    await refused(['verify'], {}, /is missing: .*, or set KEY_VAULT_KEY/u);
  });

  it('within the vault: to the current version of its key, and the old one opens nothing any more', async () => {
    await done(TO_VAULT, IN_VAULT, /KEY_VAULT_KEY/u);
    const current = vault.rotate();
    await done(['rotate-key'], IN_VAULT, /\nKeep every version of the key in the vault enabled as long as/u);
    assert.equal(await keyIdNow(), `${KEY}/${current.id}`);
    vault.versions[0]!.enabled = false;
    await isWhole(IN_VAULT);
    await done(['rotate-key'], IN_VAULT, /enabled/u);
  });

  it('out of the vault: a key file opens them, in a bot that goes on as if nothing had happened', async () => {
    await done(TO_VAULT, IN_VAULT, /KEY_VAULT_KEY/u);
    rmSync(keyFile());
    await done(TO_FILE, IN_VAULT, /\nStart the bot with KEY_FILE, and leave KEY_VAULT_KEY empty\. Copy the key file/u);
    await refused(['verify'], IN_VAULT, /are in a key file: leave KEY_VAULT_KEY empty/u);
    await vault.close();
    await isWhole({});
    assert.equal(readKeyFile(keyFile()).encryptionKeys.length, 1);
    const bot = await aBot(dataDir, { STORE: 'sqlite' });
    const record = await (await bot.chat('priya').ask(`record ${number}`)).press('Open');
    assert.equal(record.heading, `Record share ${number}`);
    await bot.close();
  });

  it('stays in the file when nothing else is asked for, whatever the settings name', async () => {
    await done(['rotate-key'], IN_VAULT, /\nCopy the key file/u);
    assert.ok(!isOfVault({ keyId: await keyIdNow() }));
    await isWhole({});
    assert.deepEqual(vault.asked, []);
  });

  it('keeps the lookup key on every way', async () => {
    const { lookupKey } = readKeyFile(keyFile());
    await done(TO_VAULT, IN_VAULT, /KEY_VAULT_KEY/u);
    rmSync(keyFile());
    await done(['rotate-key'], IN_VAULT, /enabled/u);
    await done(TO_FILE, IN_VAULT, /KEY_FILE/u);
    assert.deepEqual(readKeyFile(keyFile()).lookupKey, lookupKey);
  });

  it('goes on with a key file that a move which was cut off left behind', async () => {
    await done(TO_VAULT, IN_VAULT, /KEY_VAULT_KEY/u);
    const leftBehind = readFileSync(keyFile(), 'utf8');
    await done(TO_FILE, IN_VAULT, /KEY_FILE/u);
    assert.notEqual(readFileSync(keyFile(), 'utf8'), leftBehind);
    await isWhole({});
  });

  it('leaves a key file of other data as it is', async () => {
    await done(TO_VAULT, IN_VAULT, /KEY_VAULT_KEY/u);
    rmSync(keyFile());
    makeKeyFile(keyFile());
    const before = readFileSync(keyFile(), 'utf8');
    await refused(TO_FILE, IN_VAULT, /^There is a key file of other data in that place: set KEY_FILE to another/u);
    assert.equal(readFileSync(keyFile(), 'utf8'), before);
    await isWhole(IN_VAULT);
  });

  it('makes no key file when the store cannot be sealed anew', async () => {
    await done(TO_VAULT, IN_VAULT, /KEY_VAULT_KEY/u);
    rmSync(keyFile());
    const store = join(dataDir, 'sharing-log.sqlite');
    const whole = readFileSync(store);
    spoilDraft(store);
    const { code } = await run(TO_FILE, IN_VAULT);
    assert.equal(code, 2);
    assert.ok(!existsSync(keyFile()));
    writeFileSync(store, whole);
    await isWhole(IN_VAULT);
  });

  it('needs to know the key in the vault', async () => {
    await refused(TO_VAULT, {}, /^KEY_VAULT_KEY should be the address of the key/u);
    await done(TO_VAULT, IN_VAULT, /KEY_VAULT_KEY/u);
    await refused(['rotate-key'], {}, /^KEY_VAULT_KEY should be the address of the key/u);
    await refused(TO_FILE, {}, /^KEY_VAULT_KEY should be the address of the key/u);
  });

  for (const [what, upset, says] of [
    ['is away', () => vault.say('all', { status: 503 }), /^The key vault has too much to do/u],
    ['only wraps', () => (vault.rights = ['get', 'wrapkey']), /^This identity may not use the key/u],
    [
      'wraps with a disabled key',
      () => vault.say('unwrapkey', refusal(403, 'Forbidden', '', 'KeyDisabled')),
      /^The key in the vault is disabled/u,
    ],
  ] as const)
    // prettier-ignore
    it(`changes nothing while the vault ${what}`, async () => {
      upset();
      await refused(TO_VAULT, IN_VAULT, says);
      await isWhole({});
    });

  describe('with Cosmos DB', () => {
    let double: CosmosDouble;
    const back = aFolder();
    before(async () => {
      double = await startCosmosDouble();
    });
    after(async () => {
      await double.close();
      removeFolder(back);
    });

    it('copies the records there and back without any key file', async () => {
      await done(TO_VAULT, IN_VAULT, /KEY_VAULT_KEY/u);
      rmSync(keyFile());
      const account = { COSMOS_ENDPOINT: double.endpoint, COSMOS_KEY: double.key, COSMOS_DATABASE: 'moved' };
      await provision({ endpoint: double.endpoint, key: double.key, database: 'moved' }, () => undefined);
      const copied = await run(['copy', '--from', 'sqlite', '--to', 'cosmos'], { ...IN_VAULT, ...account });
      assert.deepEqual([copied.code, copied.error], [0, '']);
      const env = { ...IN_VAULT, ...account, DATA_DIR: back };
      assert.equal((await run(['copy', '--from', 'cosmos', '--to', 'sqlite'], env)).code, 0);
      assert.match((await run(['verify'], env)).out, /\nWhole: /u);
    });
  });

  for (const args of [
    ['rotate-key', '--to'],
    ['rotate-key', '--to', 'cosmos'],
    ['rotate-key', '--from', 'file'],
  ])
    it(`says how to use it when asked for “${args.join(' ')}”`, async () => {
      assert.match((await run(args)).error, /^Use it so:\n[^]*--to vault/u);
    });
});

function spoilDraft(path: string): void {
  const db = new DatabaseSync(path);
  db.exec(`UPDATE drafts SET body = x'00'`);
  db.close();
}
