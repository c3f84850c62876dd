import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unpackDraft } from '../../src/drafts.ts';
import { openKeys, readKeys, ringHolder, type KeyEncryptionKey, type Keyring } from '../../src/keyring.ts';
import type { Keys } from '../../src/keyPorts.ts';
import { nextInRing, rotateKeys } from '../../src/rotating.ts';
import type { Resealed, RotationStore } from '../../src/rotationPorts.ts';
import { openAudit } from '../../src/stores/sqlite/audit.ts';
import { openSqlite } from '../../src/stores/sqlite/openSqlite.ts';
import { openRotation } from '../../src/stores/sqlite/rotation.ts';
import { verify } from '../../src/verifying.ts';
import { aSeededFile, KEK, LOOKUP_KEY, seededKeys } from '../evidence/aSeededStore.ts';
import { ASHA, TENANT } from './aBench.ts';
import { temporaryFolder } from './stores/sqlite/temporaryFolder.ts';

const random = { bytes: (length: number) => randomBytes(length) };
const RING: Keyring = { lookupKey: LOOKUP_KEY, encryptionKeys: [KEK] };
const CHAT = { kind: 'conversation', personId: ASHA.id } as const;

/** Where a rotation may be cut off. */
const STEPS = [
  'before both keys are kept',
  'after both keys are kept',
  'at the first key of a version',
  'at the conversations, after every draft',
  'after the change is committed',
  'before the new key is kept alone',
  'after the new key is kept alone',
] as const;
type Step = (typeof STEPS)[number];

describe('rotating the keys', () => {
  const folder = temporaryFolder();
  const path = (): string => join(folder(), 'records.sqlite');
  /** What stands in the key file. */
  let kept: Keyring;

  beforeEach(async () => {
    kept = RING;
    await aSeededFile(path(), 'rotating');
    const stores = await openSqlite({ path: path(), tenantId: TENANT });
    const reference = seededKeys(random).seal(CHAT, Buffer.from('a chat'));
    await stores.conversations.save({ personId: ASHA.id, savedAt: '2026-11-23T14:05:00.000Z', reference });
    await stores.close();
  });

  /** Rotates; cut off at a step as if the process had ended there. */
  async function rotate(cutOff?: Step, newKey = aKey()): Promise<Resealed> {
    const store = openRotation({ path: path(), tenantId: TENANT });
    const reach = ending(cutOff);
    let rings = 0;
    try {
      return await rotateKeys({
        ...{ store: cutOffIn(store, reach), from: ringHolder(kept), tenantId: TENANT, random },
        to: nextInRing({
          ...{ ring: kept, newKey: () => newKey, random },
          keepRing(ring) {
            rings += 1;
            reach(rings === 1 ? 'before both keys are kept' : 'before the new key is kept alone');
            kept = ring ?? kept;
            reach(rings === 1 ? 'after both keys are kept' : 'after the new key is kept alone');
          },
        }),
      });
    } finally {
      await store.close();
    }
  }

  /** Opens everything there is with what stands in the key file. */
  async function checkAllOpens(): Promise<void> {
    const stores = await openSqlite({ path: path(), tenantId: TENANT });
    const keys = await openKeys(stores.storeKey, ringHolder(kept), TENANT, random);
    const drafts = await stores.drafts.unfinished(ASHA.id);
    for (const draft of drafts) unpackDraft(keys, draft);
    const chat = await stores.conversations.read(ASHA.id);
    assert.equal(Buffer.from(keys.open(CHAT, chat?.reference ?? new Uint8Array(0))).toString(), 'a chat');
    await stores.close();
    const verified = await verifyWith(await keysNow());
    assert.deepEqual(verified.findings, []);
    assert.ok(verified.entries > 0);
  }

  async function keysNow(ring = kept): Promise<Keys> {
    const source = openAudit({ path: path(), tenantId: TENANT });
    try {
      return await readKeys(source.storeKey, ringHolder(ring), TENANT, random);
    } finally {
      await source.close();
    }
  }

  async function verifyWith(keys: Keys) {
    const source = openAudit({ path: path(), tenantId: TENANT });
    try {
      return await verify(source, keys);
    } finally {
      await source.close();
    }
  }

  it('seals everything anew, keeps the new key alone, and leaves the store whole', async () => {
    const { entries } = await verifyWith(seededKeys(random));
    const newKey = aKey();
    const { versionKeys, drafts, conversations } = await rotate(undefined, newKey);
    assert.equal(versionKeys, entries);
    assert.ok(drafts >= entries);
    assert.equal(conversations, 1);
    assert.deepEqual(kept, { lookupKey: LOOKUP_KEY, encryptionKeys: [newKey] });
    await checkAllOpens();
  });

  it('leaves nothing that an old copy of the key file opens, and nothing under the old store key', async () => {
    await rotate();
    await assert.rejects(keysNow(RING), { code: 'keys' });
    const { findings } = await verifyWith(seededKeys(random));
    assert.ok(findings.every(({ what }) => what.endsWith('.unreadable')));
    assert.ok(findings.length > 0);
  });

  it('finds records by their case as before', async () => {
    const before = seededKeys(random).lookupHash('case', 'XX-1');
    await rotate();
    assert.equal((await keysNow()).lookupHash('case', 'XX-1'), before);
  });

  it('may be done again and again', async () => {
    for (let nth = 0; nth < 3; nth += 1) await rotate();
    assert.equal(kept.encryptionKeys.length, 1);
    await checkAllOpens();
  });

  for (const step of STEPS) {
    it(`cut off ${step}, leaves a store that opens, and can be done again`, async () => {
      await assert.rejects(rotate(step), (error: Error) => /cut off/u.test(`${error.message}${String(error.cause)}`));
      await checkAllOpens();
      await rotate();
      assert.equal(kept.encryptionKeys.length, 1);
      await checkAllOpens();
    });
  }

  it('keeps no key of a rotation that did not end, once another one begins', async () => {
    for (const step of [
      'after both keys are kept',
      'after both keys are kept',
      'after the change is committed',
    ] as const) {
      await assert.rejects(rotate(step));
      assert.equal(kept.encryptionKeys.length, 2);
    }
    await checkAllOpens();
  });

  it('keeps both keys when the store changed over although it failed', async () => {
    const store = openRotation({ path: path(), tenantId: TENANT });
    const reseal: RotationStore['reseal'] = async (resealing) => {
      await store.reseal(resealing);
      throw new Error('the disk failed while it was syncing');
    };
    const to = nextInRing({ ring: RING, newKey: aKey, random, keepRing: (ring) => void (kept = ring ?? kept) });
    const deps = { from: ringHolder(RING), to, tenantId: TENANT, random };
    await assert.rejects(rotateKeys({ ...deps, store: { ...store, reseal } }));
    await store.close();
    assert.equal(kept.encryptionKeys.length, 2);
    await checkAllOpens();
  });

  it('seals any number of drafts anew', async () => {
    const stores = await openSqlite({ path: path(), tenantId: TENANT });
    const old = seededKeys(random);
    const ids = Array.from({ length: 1_200 }, (_, nth) => `draft-${nth}`);
    const create = (draftId: string): Promise<unknown> => {
      const body = old.seal({ kind: 'draft', personId: 'person-many', draftId }, Buffer.from(draftId));
      const touchedAt = '2026-11-23T14:05:00.000Z';
      return stores.drafts.create({ draftId, personId: 'person-many', status: 'open', revision: 1, touchedAt, body });
    };
    await Promise.all(ids.map(create));
    await stores.close();
    await rotate();
    const after = await openSqlite({ path: path(), tenantId: TENANT });
    const keys = await openKeys(after.storeKey, ringHolder(kept), TENANT, random);
    const drafts = await after.drafts.unfinished('person-many');
    assert.equal(drafts.length, ids.length);
    for (const { draftId, personId, body } of drafts)
      assert.equal(Buffer.from(keys.open({ kind: 'draft', personId, draftId }, body)).toString(), draftId);
    await after.close();
  });

  it('puts the old keys back when the store cannot be sealed anew, and changes nothing', async () => {
    const store = openRotation({ path: path(), tenantId: TENANT });
    const rings: (Keyring | undefined)[] = [];
    const to = nextInRing({ ring: RING, newKey: aKey, random, keepRing: (ring) => void rings.push(ring) });
    const deps = { from: ringHolder(RING), to, tenantId: TENANT, random };
    const reseal: RotationStore['reseal'] = (resealing) =>
      store.reseal({ ...resealing, sealed: () => assert.fail('the disk is full') });
    await assert.rejects(rotateKeys({ ...deps, store: { ...store, reseal } }));
    await store.close();
    assert.deepEqual(rings.map((ring) => ring?.encryptionKeys.length), [2, 1]); // prettier-ignore
    assert.deepEqual(rings.at(-1), RING);
    await checkAllOpens();
  });

  it('refuses a key file of other data, and leaves both as they are', async () => {
    kept = { lookupKey: LOOKUP_KEY, encryptionKeys: [aKey()] };
    const wrong = kept;
    await assert.rejects(rotate(), { code: 'keys' });
    assert.equal(kept, wrong);
    kept = RING;
    await checkAllOpens();
  });

  it('refuses while a bot writes', async () => {
    const stores = await openSqlite({ path: path(), tenantId: TENANT });
    assert.throws(() => openRotation({ path: path(), tenantId: TENANT }), { code: 'store.locked' });
    await stores.close();
  });

  it('refuses a store that is not there, and makes none', () => {
    const nowhere = join(folder(), 'nowhere.sqlite');
    assert.throws(() => openRotation({ path: nowhere, tenantId: TENANT }), { code: 'store.missing' });
    assert.ok(!existsSync(nowhere));
  });
});

function aKey(): KeyEncryptionKey {
  return { id: `kek-${randomBytes(4).toString('hex')}`, key: randomBytes(32) };
}

type Reach = (step: Step) => void;

/** Throws at a step, and at every step after it: the process is gone. */
function ending(cutOff: Step | undefined): Reach {
  let isGone = false;
  return (step) => {
    isGone ||= step === cutOff;
    if (isGone) throw new Error(`cut off ${step}`);
  };
}

function cutOffIn(store: RotationStore, reach: Reach): RotationStore {
  let isCutOff = false;
  const at: Reach = (step) => {
    try {
      reach(step);
    } catch (error) {
      isCutOff = true;
      throw error;
    }
  };
  return {
    ...store,
    async storeKey() {
      if (isCutOff) throw new Error('cut off already');
      return store.storeKey();
    },
    async reseal(resealing) {
      const resealed = await store.reseal({
        ...resealing,
        versionKey(place, wrappedKey) {
          at('at the first key of a version');
          return resealing.versionKey(place, wrappedKey);
        },
        sealed(place, sealed) {
          if (place.kind === 'conversation') at('at the conversations, after every draft');
          return resealing.sealed(place, sealed);
        },
      });
      at('after the change is committed');
      return resealed;
    },
  };
}
