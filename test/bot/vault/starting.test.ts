import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fetch } from '../../../bot/outbound.ts';
import { openStore } from '../../../bot/openStore.ts';
import { readSettings } from '../../../bot/settings.ts';
import { makeFolder, notesOn } from '../../../bot/starting.ts';
import { provision } from '../../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble } from '../../cosmos/cosmosDouble.ts';
import { aFolder, removeFolder, TENANT } from '../../journeys/aBot.ts';
import { anAttacker } from '../../evidence/anAttacker.ts';
import { chanceFrom } from '../../evidence/aSeededStore.ts';
import { aVault, KEY, type Vault } from './aVault.ts';
import { holds, openInVault, PLACE, random, withStore } from './aVaultStore.ts';

const PLAIN = Buffer.from('what was recorded');

describe('a store whose keys are in a key vault', () => {
  let dataDir: string;
  let vault: Vault;
  beforeEach(async () => {
    dataDir = aFolder();
    vault = await aVault();
  });
  afterEach(async () => {
    await vault.close();
    removeFolder(dataDir);
  });

  const operations = (): readonly string[] => vault.asked.map(({ method, url }) => `${method} ${/[^/?]+(?=\?)/u.exec(url)?.[0]}`); // prettier-ignore
  const opens = (access = vault.access) => withStore(openInVault(dataDir, access), ({ keys }) => keys.lookupHash('case', 'XX-1')); // prettier-ignore

  it('opens again and again with the same keys, of which none stands on the disk', async () => {
    const first = await withStore(openInVault(dataDir, vault.access), async ({ stores, keys }) => {
      const kept = await stores.storeKey.read();
      assert.equal(kept?.keyId, `${KEY}/${vault.versions[0]?.id}`);
      assert.equal(kept.wrapped.length, 256);
      return { hash: keys.lookupHash('case', 'XX-1'), version: keys.sealVersion(PLACE, PLAIN) };
    });
    await withStore(openInVault(dataDir, vault.access), ({ keys }) => {
      assert.equal(keys.lookupHash('case', 'XX-1'), first.hash);
      assert.deepEqual(Buffer.from(keys.openVersion(PLACE, first.version)), PLAIN);
    });
    assert.ok(!existsSync(`${dataDir}.key`));
    // What the vault was given to wrap: both keys.
    const sent = vault.asked.find(({ url }) => url.includes('/wrapkey'))?.body ?? '';
    const plain = Buffer.from((JSON.parse(sent) as { readonly value: string }).value, 'base64url'); // the request was accepted
    assert.equal(plain.length, 97);
    const disk = ['', '-wal']
      .map((end) => join(dataDir, `sharing-log.sqlite${end}`))
      .filter((path) => existsSync(path));
    for (const path of disk) {
      const bytes = readFileSync(path);
      for (const key of [plain.subarray(1, 33), plain.subarray(33, 65)])
        assert.ok(!bytes.includes(key) && !holds(bytes.toString('latin1'), key), path);
    }
  });

  it('says at the first start that keys were made, and asks at a later one for the unwrapping only', async () => {
    const [now, said] = ['2026-11-23T14:05:00.000Z', /only the key in your vault opens/u];
    assert.match(await withStore(openInVault(dataDir, vault.access), (opened) => notesOn(opened, now).join(' ')), said);
    const before = vault.asked.length;
    assert.doesNotMatch(await withStore(openInVault(dataDir, vault.access), (opened) => notesOn(opened, now).join(' ')), said); // prettier-ignore
    assert.deepEqual(operations().slice(before), ['POST unwrapkey']);
  });

  it('needs the vault no more while it runs', async () => {
    await withStore(openInVault(dataDir, vault.access), async ({ keys }) => {
      await vault.close();
      const version = keys.sealVersion(PLACE, PLAIN);
      assert.deepEqual(Buffer.from(keys.openVersion(PLACE, version)), PLAIN);
    });
    assert.deepEqual(operations(), ['GET sharing-log', 'POST wrapkey', 'POST unwrapkey', 'POST unwrapkey']);
  });

  it('opens after the key in the vault was rotated, with the version that wrapped it, and not with that one disabled', async () => {
    const first = await opens();
    vault.rotate();
    assert.equal(await opens(), first);
    vault.versions[0]!.enabled = false;
    await assert.rejects(opens(), { code: 'vault.key' });
  });

  it('is wrapped by the version that the setting names, where it names one', async () => {
    const [old] = vault.versions;
    vault.rotate();
    const pinned = { KEY_VAULT_KEY: `${KEY}/${old?.id}` };
    const kept = await withStore(openInVault(dataDir, vault.access, pinned), ({ stores }) => stores.storeKey.read());
    assert.equal(kept?.keyId, pinned.KEY_VAULT_KEY);
    await opens();
  });

  it('opens when the setting writes the name of the key in other letters', async () => {
    const first = await opens();
    const env = { KEY_VAULT_KEY: KEY.replace('sharing-log', 'Sharing-Log') };
    const again = await withStore(openInVault(dataDir, vault.access, env), ({ keys }) => keys.lookupHash('case', 'XX-1')); // prettier-ignore
    assert.equal(again, first);
  });

  it('is refused with another key, and nothing of it is sent anywhere', async () => {
    await opens();
    const before = vault.asked.length;
    for (const other of [KEY.replace('sharing-log', 'other'), KEY.replace('exampleshire', 'elsewhere')]) {
      const opening = openInVault(dataDir, vault.access, { KEY_VAULT_KEY: other });
      await assert.rejects(opening, { code: 'keys', message: /set KEY_VAULT_KEY to the key that did/u });
    }
    assert.equal(vault.asked.length, before);
  });

  for (const keyId of [
    'https://evil.example/keys/sharing-log/0123456789abcdef0123456789abcdef',
    `https://exampleshire.vault.azure.net.evil.example/keys/sharing-log/0123456789abcdef0123456789abcdef`,
    KEY,
    `${KEY}/../../secrets/0123456789abcdef0123456789abcdef`,
  ])
    it(`sends no token to where somebody wrote into the store that its key is (${keyId})`, async () => {
      await opens();
      const before = vault.asked.length;
      const attacker = anAttacker(join(dataDir, 'sharing-log.sqlite'), chanceFrom('vault'));
      attacker.run(`UPDATE meta SET value = ? WHERE key = 'storeKey'`, `${keyId} 00ff`);
      attacker.leave();
      const urls: string[] = [];
      const send: Fetch = (url, init) => (urls.push(url), vault.access.send(url, init));
      await assert.rejects(opens({ ...vault.access, send }), { code: 'keys' });
      assert.deepEqual([urls, vault.asked.length], [[], before]);
    });

  it('is refused when its keys were brought here from the store of another tenant', async () => {
    const other = aFolder();
    const another = '7d1f2c40-0000-4000-8000-5a1e00000002';
    const theirs = await withStore(openInVault(other, vault.access, {}, another), ({ stores }) => stores.storeKey.read()); // prettier-ignore
    removeFolder(other);
    await opens();
    const attacker = anAttacker(join(dataDir, 'sharing-log.sqlite'), chanceFrom('vault'));
    const value = `${theirs?.keyId} ${Buffer.from(theirs?.wrapped ?? []).toString('hex')}`;
    attacker.run(`UPDATE meta SET value = ? WHERE key = 'storeKey'`, value);
    attacker.leave();
    await assert.rejects(opens(), { code: 'keys', message: /are not the keys of this data/u });
  });

  it('is refused by a bot with a key file, which says where its keys are', async () => {
    await opens();
    const elsewhere = aFolder();
    await withStore(
      openStore(readSettings({ DATA_DIR: fresh(elsewhere) }), { tenantId: TENANT, random }),
      () => undefined,
    );
    const env = { DATA_DIR: dataDir, KEY_FILE: `${elsewhere}.key` };
    const opening = openStore(readSettings(env), { tenantId: TENANT, random });
    await assert.rejects(opening, { code: 'keys', message: /are in a key vault: set KEY_VAULT_KEY/u });
    removeFolder(elsewhere);
  });

  it('is not taken for one whose keys are in a file, which says how to move them', async () => {
    await withStore(
      openStore(readSettings({ DATA_DIR: fresh(dataDir) }), { tenantId: TENANT, random }),
      () => undefined,
    );
    await assert.rejects(opens(), { code: 'keys', message: /are in a key file: .*rotate-key --to vault/u });
    assert.deepEqual(vault.asked, []);
  });
});

describe('the first start of two instances at once, with a key vault and Cosmos DB', () => {
  let double: CosmosDouble;
  let vault: Vault;
  let env: Readonly<Record<string, string>>;
  const dataDir = aFolder();
  before(async () => {
    double = await startCosmosDouble();
    vault = await aVault();
    const { endpoint, key } = double;
    await provision({ endpoint, key, database: 'vault' }, () => undefined);
    env = { STORE: 'cosmos', COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key, COSMOS_DATABASE: 'vault' };
  });
  after(async () => {
    await vault.close();
    await double.close();
    removeFolder(dataDir);
  });

  it('ends with the same keys in both, and in a third that comes later', async () => {
    const wrapped = meeting(2);
    const send: Fetch = async (url, init) => {
      const answer = await vault.access.send(url, init);
      if (url.includes('/wrapkey')) await wrapped();
      return answer;
    };
    const start = () => openInVault(dataDir, { ...vault.access, send }, env);
    const both = await Promise.all([start(), start()]);
    assert.deepEqual(both.map(({ madeInVault }) => madeInVault), [true, true]); // prettier-ignore
    const third = await openInVault(dataDir, vault.access, env);
    const all = [...both, third];
    assert.equal(new Set(all.map(({ keys }) => keys.lookupHash('case', 'XX-1'))).size, 1);
    const version = all[0]!.keys.sealVersion(PLACE, PLAIN);
    for (const { keys } of all) assert.deepEqual(Buffer.from(keys.openVersion(PLACE, version)), PLAIN);
    await Promise.all(all.map(({ stores }) => stores.close()));
  });
});

/** Holds everybody until so many are there. */
function meeting(count: number): () => Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let there = 0;
  return () => {
    there += 1;
    if (there === count) resolve(undefined);
    return promise;
  };
}

function fresh(dataDir: string): string {
  makeFolder(dataDir);
  return dataDir;
}
