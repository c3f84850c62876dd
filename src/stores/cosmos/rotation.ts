import { setTimeout as wait } from 'node:timers/promises';
import type { Resealed, Resealing, RotationStore } from '../../rotationPorts.ts';
import { LIMITS, type Call } from './connection.ts';
import { pagesOf, partitionsOf, type Listing } from './copyReading.ts';
import { FENCE_MS } from './fence.ts';
import { asStoreKey, beginKey, endKey, keyStore, readKeyDoc } from './keyStore.ts';
import { refuseHalf, refuseAnother } from './owner.ts';
import { openPatiently, type PatientOptions } from './patient.ts';
import { caseRenewal, conversationRenewal, draftRenewal, itemRenewal, renewedIn, type Renewal } from './renewing.ts';

/** After so long no bot writes under the old key any more: each looks before a call, and a call has its time. */
export const FENCE_WAIT_MS = FENCE_MS + 5 * LIMITS.callMs;

export interface CosmosRotationOptions extends PatientOptions {
  readonly tenantId: string;
  readonly fenceWaitMs?: number;
}

/**
 * Opens a store in an account whose keys are to be changed. Not all or nothing: the new key stands beside the old one first,
 * and no bot starts then; those that run notice within `FENCE_WAIT_MS`. After an end of any kind it is gone on with. Rejects
 * with what `openCosmos` rejects with, and `store.missing` when the database holds no records.
 * Source: issue “Azure Cosmos DB”; project decision 0016.
 */
export async function openRotation(options: CosmosRotationOptions): Promise<RotationStore> {
  const connection = await openPatiently(options, (call) =>
    call(async (on) => {
      await refuseHalf(on);
      await refuseAnother(on, options.tenantId);
    }),
  );
  const { call } = connection;
  return {
    storeKey: () => keyStore({ call }).read(),
    begun: () =>
      call(async (on) => {
        const next = (await readKeyDoc(on))?.next;
        return next && asStoreKey(next);
      }),
    async reseal(resealing) {
      await call((on) => beginKey(on, resealing.storeKey));
      await wait(options.fenceWaitMs ?? FENCE_WAIT_MS);
      const resealed = await resealUntilNone(call, resealing);
      await call((on) => endKey(on, resealing.storeKey));
      return resealed;
    },
    close: () => connection.close(),
  };
}

/** Goes through everything until nothing is left: what was begun before the others noticed may have come after. */
async function resealUntilNone(call: Call, resealing: Resealing): Promise<Resealed> {
  let sum = await resealAll(call, resealing);
  for (;;) {
    const more = await resealAll(call, resealing);
    if (Object.values(more).every((count) => count === 0)) return sum;
    sum = added(sum, more);
  }
}

function added(one: Resealed, other: Resealed): Resealed {
  const names = Object.keys(one) as readonly (keyof Resealed)[]; // keys forgets what it was given
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as unknown as Resealed; // fromEntries forgets the names
}

async function resealAll(call: Call, resealing: Resealing): Promise<Resealed> {
  const inCases = { key: 0, case: 0, grant: 0 };
  for await (const page of partitionsOf(call, SEALED_IN_CASES)) {
    for (const doc of SEALED_KINDS) {
      const docs = page.flatMap(([, all]) => all.filter((each) => each.doc === doc));
      inCases[doc] += await renewedIn(call, 'cases', docs, ({ caseKey }) => caseKey, caseRenewal(resealing));
    }
  }
  return {
    ...{ versionKeys: inCases.key, cases: inCases.case, grants: inCases.grant },
    drafts: await resealEach(call, DRAFTS, ({ personId }) => personId, draftRenewal(resealing)),
    conversations: await resealEach(call, CONVERSATIONS, ({ personId }) => personId, conversationRenewal(resealing)),
    notes: await resealEach(call, ITEMS, ({ owner }) => owner, itemRenewal(resealing)),
  };
}

const SEALED_KINDS = ['key', 'case', 'grant'] as const;
const SEALED_IN_CASES = `c.doc IN ('key', 'case', 'grant')`;
const DRAFTS: Listing = { container: 'drafts', order: ['id'] };
const CONVERSATIONS: Listing = { container: 'people', where: `c.doc = 'conversation'`, order: ['personId'] };
const ITEMS: Listing = { container: 'nudges', where: `c.doc = 'item'`, order: ['recordId', 'item'] };

async function resealEach<D extends { readonly id: string }>(
  call: Call,
  listing: Listing,
  partitionOf: (doc: D) => string,
  renewal: Renewal<D>,
): Promise<number> {
  let count = 0;
  for await (const page of pagesOf<D>(call, listing)) {
    count += await renewedIn(call, listing.container, page, partitionOf, renewal);
  }
  return count;
}
