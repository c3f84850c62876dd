import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { openKeys, readKeys, ringHolder, type Keyring } from '../../../../src/keyring.ts';
import { nextInRing, rotateKeys } from '../../../../src/rotating.ts';
import type { Resealed, RotationStore } from '../../../../src/rotationPorts.ts';
import { openAudit } from '../../../../src/stores/cosmos/audit.ts';
import { connect, type CosmosPlace } from '../../../../src/stores/cosmos/connection.ts';
import { openCopy } from '../../../../src/stores/cosmos/copyStore.ts';
import { FENCE_MS, fenced } from '../../../../src/stores/cosmos/fence.ts';
import { openRotation } from '../../../../src/stores/cosmos/rotation.ts';
import { verify } from '../../../../src/verifying.ts';
import { packGrant } from '../../../../src/caseFacts.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import {
  chanceFrom,
  depsOn,
  KEK,
  keepStoreKey,
  LOOKUP_KEY,
  record,
  seededKeys,
} from '../../../evidence/aSeededStore.ts';
import { ASHA, TENANT } from '../../aBench.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';

const random = { bytes: (length: number) => randomBytes(length) };
const RING: Keyring = { lookupKey: LOOKUP_KEY, encryptionKeys: [KEK] };
const AT = '2026-11-23T14:05:00.000Z';
const CHAT = { kind: 'conversation', personId: ASHA.id } as const;
const NOTE = { kind: 'item', recordId: 'r1', item: 'outcome' } as const;
const WRITING = ['batch', 'replace'] as const;

const newKey = () => ({ id: `kek-${randomBytes(4).toString('hex')}`, key: randomBytes(32) });
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

describe('rotating the keys in Cosmos DB', () => {
  const double = withADouble();
  let place: CosmosPlace;
  /** What stands in the key file. */
  let kept: Keyring;

  beforeEach(async () => {
    kept = RING;
    place = await filled();
  });
  afterEach(() => double().control.disarmAll());

  /** A store with one of everything that is sealed. */
  async function filled(): Promise<CosmosPlace> {
    const made = await freshDatabase(double());
    const stores = await opened(made, { tenantId: TENANT });
    const chance = chanceFrom('rotating');
    const keys = seededKeys(chance);
    await keepStoreKey(stores, chance);
    for (const reference of ['XX-1', 'XX-1', 'XX-2']) await record(depsOn(stores, chance), chance, reference);
    await stores.conversations.save({ personId: ASHA.id, savedAt: AT, reference: keys.seal(CHAT, bytes('a chat')) });
    const note = Buffer.from(keys.seal(NOTE, bytes('a note'))).toString('base64');
    await stores.nudges.saveItem({ recordId: 'r1', kind: 'outcome', pausedDays: 0, note, revision: 1 });
    await stores.nudges.saveItem({ recordId: 'r2', kind: 'outcome', pausedDays: 0, revision: 1 });
    await stores.cases.grant(packGrant(keys, { grantId: 'G1', personId: 'bo', caseKey: 'C1', until: AT, at: AT, reason: 'A visit.' })); // prettier-ignore
    await stores.close();
    return made;
  }

  async function rotate(around: (store: RotationStore) => RotationStore = (store) => store): Promise<Resealed> {
    const store = await openRotation({ ...place, tenantId: TENANT, fenceWaitMs: 0, busyWaitMs: 1 });
    try {
      const to = nextInRing({ ring: kept, keepRing: (ring) => void (kept = ring ?? kept), newKey, random });
      return await rotateKeys({ store: around(store), from: ringHolder(kept), to, tenantId: TENANT, random });
    } finally {
      await store.close();
    }
  }

  /** Opens everything there is with what stands in the key file. */
  async function checkAllOpens(): Promise<void> {
    const stores = await opened(place, { tenantId: TENANT });
    const keys = await openKeys(stores.storeKey, ringHolder(kept), TENANT, random);
    const chat = await stores.conversations.read(ASHA.id);
    assert.equal(Buffer.from(keys.open(CHAT, chat?.reference ?? bytes(''))).toString(), 'a chat');
    const item = await stores.nudges.item('r1', 'outcome');
    assert.equal(Buffer.from(keys.open(NOTE, Buffer.from(item?.note ?? '', 'base64'))).toString(), 'a note');
    await stores.close();
    const source = await openAudit({ ...place, tenantId: TENANT, pausesMs: [0] });
    const { entries, findings } = await verify(
      source,
      await readKeys(source.storeKey, ringHolder(kept), TENANT, random),
    );
    await source.close();
    assert.deepEqual([entries, findings], [3, []]);
  }

  it('seals everything anew, and keeps the new key alone', async () => {
    const { versionKeys, drafts, conversations, notes, cases, grants } = await rotate();
    assert.deepEqual([versionKeys, drafts, conversations, notes, cases, grants], [3, 3, 1, 1, 2, 1]);
    assert.equal(kept.encryptionKeys.length, 1);
    assert.notEqual(kept.encryptionKeys[0]?.id, KEK.id);
    await checkAllOpens();
  });

  it('leaves nothing that the old keys open', async () => {
    await rotate();
    const source = await openAudit({ ...place, tenantId: TENANT, pausesMs: [0] });
    await assert.rejects(readKeys(source.storeKey, ringHolder(RING), TENANT, random), { code: 'keys' });
    const { findings } = await verify(source, seededKeys(random));
    await source.close();
    assert.ok(findings.length > 0 && findings.every(({ what }) => what.endsWith('.unreadable')));
  });

  it('cut off at any write, done or not, opens for no bot, is gone on with, and ends whole', async () => {
    double().control.tallies.reset();
    await rotate();
    const writes = double().control.tallies.of(...WRITING).requests;
    assert.ok(writes >= 8, String(writes));
    for (let nth = 1; nth <= writes; nth += 1) {
      [kept, place] = [RING, await filled()];
      double().control.fail({ nth, kind: WRITING }, { with: 'status', status: 403, applied: nth % 2 === 0 });
      await assert.rejects(rotate(), { code: 'store.refused' });
      double().control.disarmAll();
      const isBegun = nth > 1;
      const isEnded = nth === writes && nth % 2 === 0;
      if (isBegun && !isEnded) {
        for (const open of [
          () => opened(place, { tenantId: TENANT }),
          () => openAudit({ ...place, tenantId: TENANT }),
          () => openCopy({ ...place, tenantId: TENANT }, 'source'),
        ])
          // prettier-ignore
          await assert.rejects(open(), { code: 'store.rotated' });
        assert.equal(kept.encryptionKeys.length, 2, 'both keys are kept');
      }
      await rotate();
      assert.equal(kept.encryptionKeys.length, 1);
      await checkAllOpens();
    }
  }).timeout(120_000);

  it('goes on with the key that was begun, and refuses a key file without it', async () => {
    double().control.fail({ nth: 3, kind: WRITING }, { with: 'status', status: 403 });
    await assert.rejects(rotate(), { code: 'store.refused' });
    double().control.disarmAll();
    const both = kept;
    kept = RING;
    await assert.rejects(rotate(), { code: 'keys' });
    assert.deepEqual(kept, RING);
    kept = both;
    await rotate();
    assert.deepEqual(kept.encryptionKeys, [both.encryptionKeys[1]]);
    await checkAllOpens();
  });

  it('seals anew as well what somebody wrote under the old key while it ran', async () => {
    const before = await opened(place, { tenantId: TENANT });
    let isWritten = false;
    const { drafts } = await rotate((store) => ({
      ...store,
      reseal: (resealing) =>
        store.reseal({
          ...resealing,
          versionKey(of, wrapped) {
            if (!isWritten) void late(before);
            isWritten = true;
            return resealing.versionKey(of, wrapped);
          },
        }),
    }));
    await before.close();
    assert.equal(drafts, 4);
    await checkAllOpens();
  });

  async function late(stores: Stores): Promise<void> {
    const body = seededKeys(random).seal({ kind: 'draft', personId: 'person-late', draftId: 'late' }, bytes('{}'));
    await stores.drafts.create({ draftId: 'late', personId: 'person-late', status: 'open', revision: 1, touchedAt: AT, body }); // prettier-ignore
  }

  it('keeps a bot that still runs from saving anything, a minute later at the latest', async () => {
    const connection = await connect(place);
    let nowMs = 0;
    const call = await fenced(connection.call, () => nowMs);
    const work = () => call(async () => 'done');
    assert.equal(await work(), 'done');
    await assert.rejects(rotate((store) => ({ ...store, reseal: (resealing) => store.reseal({ ...resealing, versionKey: () => { throw new Error('Cut off.'); } }) }))); // prettier-ignore
    nowMs = FENCE_MS - 1;
    assert.equal(await work(), 'done');
    nowMs = FENCE_MS;
    await assert.rejects(work(), { code: 'store.rotated' });
    await rotate();
    await assert.rejects(work(), { code: 'store.rotated' }, 'it is refused until it is started again');
    await connection.close();
  });

  it('keeps out a bot that heard nothing until the keys were changed', async () => {
    const connection = await connect(place);
    let nowMs = 0;
    const call = await fenced(connection.call, () => nowMs);
    await rotate();
    nowMs = FENCE_MS;
    await assert.rejects(call(async () => 'done'), { code: 'store.rotated' }); // prettier-ignore
    await connection.close();
  });

  it('refuses what is no store of ours, and a store that a bot never started on', async () => {
    await assert.rejects(openRotation({ ...place, tenantId: 'another' }), { code: 'store.tenant' });
    const empty = await freshDatabase(double());
    await assert.rejects(openRotation({ ...empty, tenantId: TENANT }), { code: 'store.missing' });
  });
});
