import { KEYS, type Charges, type CopyKey, type CopyStore, type Kept, type KeptKind } from '../../copyPorts.ts';
import { accessStore } from './accessStore.ts';
import { auditSource } from './audit.ts';
import { createCharge, readCharge } from './charges.ts';
import type { Call, Connection, On } from './connection.ts';
import { CONTAINER_NAMES } from './containers.ts';
import { countKept, readKept } from './copyReading.ts';
import { DOCS, isSame, type Placed } from './copyDocs.ts';
import { keyStore, refuseRotating } from './keyStore.ts';
import { openPatiently, type PatientOptions } from './patient.ts';
import { claim, isHalfCopied, markHalf, OWN_IDS, ownerOf, unmarkHalf, refuseAnother } from './owner.ts';
import { settled } from './settled.ts';
import { listOf } from './text.ts';

export interface CosmosCopyOptions extends PatientOptions {
  readonly tenantId: string;
  /** How long to wait before what does not fit together is read again, each time. */
  readonly pausesMs?: readonly number[];
}

/** A batch takes 100 steps and 2 MB. */
const STEPS_AT_ONCE = 100;
const BYTES_AT_ONCE = 1_000_000;

/**
 * Opens a database of an account to be copied, or to be copied into; it has to be there (`provision`). Changes nothing yet.
 * Throws what `openCosmos` rejects with, and `store.missing` when it is to be copied and was never used. That no bot works
 * on it is not checked: whoever starts the copy has to see to it.
 */
export async function openCopy(options: CosmosCopyOptions, as: 'source' | 'target'): Promise<CopyStore> {
  let charged = 0;
  const look = (call: Call): Promise<void> =>
    call(async (on) => {
      const owner = await ownerOf(on);
      if (owner !== undefined || as === 'source') await refuseAnother(on, options.tenantId);
      await refuseRotating(on);
    });
  const patiently = await openPatiently(options, look, ({ charge }) => (charged += charge));
  return {
    ...reading(patiently),
    ...writing(patiently, options.tenantId),
    audit: () => auditSource(patiently, options.pausesMs),
    charges: charges(() => charged),
    close: () => patiently.close(),
  };
}

function reading(connection: Connection): Pick<CopyStore, 'state' | 'storeKey' | 'read' | 'count' | 'lastAccess'> {
  const { call } = connection;
  return {
    state: () =>
      call(async (on) => {
        if (await isHalfCopied(on)) return 'half';
        const own = listOf('own', OWN_IDS);
        const found = await Promise.all(
          CONTAINER_NAMES.map((name) =>
            on[name].query({ sql: `SELECT TOP 1 c.id FROM c WHERE NOT (c.id IN (${own.sql}))`, values: own.values }),
          ),
        );
        return found.some(({ length }) => length > 0) ? 'whole' : 'empty';
      }),
    storeKey: () => keyStore(connection).read(),
    read: (kind) => readKept(call, kind),
    count: (kind) => countKept(call, kind),
    lastAccess: () => accessStore(connection).latestChain(),
  };
}

function writing({ call }: Connection, tenantId: string): Pick<CopyStore, 'begin' | 'keep' | 'derive' | 'end'> {
  let written = 0;

  /** Whether these are there now, and nothing else under their ids. */
  async function isKept(placed: readonly Placed[]): Promise<boolean> {
    for (const batch of batchesOf(placed)) if (!(await call((on) => keepBatch(on, batch)))) return false;
    return true;
  }

  return {
    begin: () =>
      call(async (on) => {
        await markHalf(on);
        await claim(on, tenantId);
      }),
    async keep<K extends KeptKind>(kind: K, values: readonly Kept[K][]): Promise<CopyKey | undefined> {
      const each = values.map((value) => ({ value, placed: DOCS[kind](value, (written += 1)) }));
      // Entries of one chain go together; what else is kept stands in places of its own.
      const groups = Map.groupBy(each, ({ placed }) => (kind === 'access' ? placed[0]?.partition : placed));
      const kept = await Promise.all(
        [...groups.values()].map(async (group) =>
          (await isKept(group.flatMap(({ placed }) => placed))) ? undefined : group[0],
        ),
      );
      const other = kept.find((group) => group !== undefined);
      return other && KEYS[kind](other.value);
    },
    // What follows from the rest was made with it.
    derive: async () => undefined,
    end: () => call(unmarkHalf),
  };
}

/** Documents of one partition that are written together, in order. */
function batchesOf(placed: readonly Placed[]): readonly (readonly Placed[])[] {
  const batches: Placed[][] = [];
  let bytes = 0;
  for (const each of placed) {
    const size = Buffer.byteLength(JSON.stringify(each.doc));
    const last = batches.at(-1);
    const isSame = last?.[0]?.container === each.container && last[0].partition === each.partition;
    if (isSame && last.length < STEPS_AT_ONCE && bytes + size <= BYTES_AT_ONCE) {
      last.push(each);
      bytes += size;
    } else {
      batches.push([each]);
      bytes = size;
    }
  }
  return batches;
}

/** Makes what of a batch is not there yet. False when something else is. */
async function keepBatch(on: On, batch: readonly Placed[]): Promise<boolean> {
  const [first] = batch;
  if (first === undefined) return true;
  const { partition } = first;
  const documents = on[first.container];
  let missing = batch.map(({ doc }) => doc);
  return settled<boolean>(on.deadline, {
    attempt: async () => 'etags' in (await documents.batch(partition, missing.map((doc) => ({ create: doc })))) || undefined, // prettier-ignore
    async lookBack() {
      const there = await documents.readAll<Placed['doc']>(partition, missing.map(({ id }) => id)); // prettier-ignore
      const found = new Map(there.map((doc) => [doc.id, doc]));
      if (missing.some((doc) => found.has(doc.id) && !isSame(doc, found.get(doc.id)))) return false;
      missing = missing.filter(({ id }) => !found.has(id));
      return missing.length === 0 ? true : undefined;
    },
  });
}

function charges(charged: () => number): Charges {
  const sumOf = <K extends KeptKind>(kind: K, value: Kept[K], price: (placed: Placed) => number): number =>
    DOCS[kind](value, 0).reduce((sum, placed) => sum + price(placed), 0);
  return {
    read: (kind, value) => sumOf(kind, value, ({ doc }) => readCharge(doc)),
    keep: (kind, value) => sumOf(kind, value, ({ container, doc }) => createCharge(container, doc)),
    charged,
  };
}
