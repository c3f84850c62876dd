import type { Random } from '../../ports.ts';
import type { Stores } from '../../storePorts.ts';
import { accessStore } from './accessStore.ts';
import { caseStore } from './caseStore.ts';
import { connect, type Connection, type CosmosPlace } from './connection.ts';
import { conversationStore } from './conversationStore.ts';
import { cosmosFault } from './cosmosFault.ts';
import type { Limits } from './documents.ts';
import type { Observe } from './observed.ts';
import { draftStore } from './draftStore.ts';
import { fenced } from './fence.ts';
import { checkFit } from './fit.ts';
import { keyStore } from './keyStore.ts';
import { noticeStore } from './noticeStore.ts';
import { nudgeStore } from './nudgeStore.ts';
import { openRecords } from './openRecords.ts';
import { claim, ownerOf, refuseHalf } from './owner.ts';
import { recordStore } from './recordStore.ts';
import { revisions } from './revisions.ts';
import { searchIndex } from './searchIndex.ts';

export interface CosmosOptions extends CosmosPlace {
  /** The tenant whose data this is. A store is one tenant’s for ever. */
  readonly tenantId: string;
  /** Names this process among those that write. */
  readonly random: Random;
  /** How long calls may take; a press is answered in time with those of `LIMITS`. */
  readonly limits?: Limits;
  /** Hears of each request what it cost. */
  readonly observe?: Observe;
}

/**
 * Opens the store in one database of an Azure Cosmos DB account, which any number of processes may do at once. The database
 * has to be there (`provision`). Rejects with a coded fault whose message says how to mend it: `setting`, `store.missing`,
 * `store.refused`, `store.unfit`, `store.half`, `store.rotated`, `store.tenant`, `store.busy`, `store.unsure` or
 * `store.fault`. The same faults come from every call on the store; after `store.unsure` nobody knows whether the last change
 * was kept.
 * Source: issue “Azure Cosmos DB”; project decision 0016.
 */
export async function openCosmos(options: CosmosOptions): Promise<Stores> {
  const connection = await connect(options, options.limits, options.observe);
  try {
    await checkFit(connection.client, connection.database);
    await connection.call(async (on) => {
      await refuseHalf(on);
      await claim(on, options.tenantId);
    });
    return storesOn({ ...connection, call: await fenced(connection.call) }, options.random);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function storesOn(connection: Connection, random: Random): Stores {
  const known = revisions(random);
  return {
    drafts: draftStore(connection, known),
    records: recordStore(connection, known),
    cases: caseStore(connection, known),
    access: accessStore(connection),
    conversations: conversationStore(connection),
    notices: noticeStore(connection, known),
    nudges: nudgeStore(connection, known),
    open: openRecords(connection),
    search: searchIndex(connection),
    storeKey: keyStore(connection),
    check: () =>
      connection.call(async ({ lookups }) => {
        if ((await ownerOf({ lookups })) === undefined) throw cosmosFault('store.broken');
      }),
    close: () => connection.close(),
  };
}
