import { KEPT_KINDS, type CopyStore, type Kept, type KeptKind } from './copyPorts.ts';

/**
 * Estimates what a copy costs in request units, by the size of the first of each kind and by how many there are: the source is
 * read to copy and to compare, the target is written, compared and verified. 0 where nothing has a price.
 */
export async function estimatedCharge(from: CopyStore, to: CopyStore): Promise<number> {
  let charge = 0;
  for (const kind of KEPT_KINDS) {
    const each = await averageOfFirst(kind, from.read(kind), chargeOf(from, to));
    charge += each * (await from.count(kind));
  }
  return charge;
}

type Priced = <K extends KeptKind>(kind: K, value: Kept[K]) => number;

function chargeOf(from: CopyStore, to: CopyStore): Priced {
  return (kind, value) => {
    const reading = ((from.charges?.read(kind, value) ?? 0) + (to.charges?.read(kind, value) ?? 0)) * 2;
    return reading + (to.charges?.keep(kind, value) ?? 0);
  };
}

/** On average over the first batch. */
async function averageOfFirst<K extends KeptKind>(
  kind: K,
  batches: AsyncIterable<readonly Kept[K][]>,
  price: Priced,
): Promise<number> {
  for await (const batch of batches) return batch.reduce((sum, value) => sum + price(kind, value), 0) / batch.length;
  return 0;
}

/** How many steps a copy takes: each thing is copied, and compared. */
export async function countSteps(from: CopyStore): Promise<number> {
  const counts = await Promise.all(KEPT_KINDS.map((kind) => from.count(kind)));
  return counts.reduce((sum, each) => sum + each, 0) * 2;
}
