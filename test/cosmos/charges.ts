/**
 * Estimated request units, by the sizes and rules that Microsoft publishes. Estimates err on the high side; only a real
 * account's `x-ms-request-charge` is true.
 *
 * Sources, Azure Cosmos DB documentation: "Understand request units consumption" (sizes, index terms, replace as delete
 * and insert, patch), "Request Units" (strong and bounded staleness read at twice the price), "Query an Azure Cosmos DB
 * container" (about 2.5 RU for each physical partition whose index a query looks at).
 */

/** [KB, RU for a point read, RU for a write], as published; between two rows a straight line. */
const BY_SIZE: readonly (readonly [kilobytes: number, read: number, write: number])[] = [
  [1, 1.0, 4.95],
  [2, 1.04, 6.29],
  [4, 1.14, 6.67],
  [8, 1.33, 7.04],
  [16, 1.67, 9.52],
  [32, 2.19, 11.23],
  [64, 4.76, 22.67],
  [128, 9.95, 48.19],
  [256, 20.28, 98.29],
  [512, 40.95, 184.57],
  [1024, 145.9, 625.0],
  [2048, 291.8, 1250.0],
];

const INDEX_TERM = 0.2;
const PATCH_OPERATION = 0.4;
const INDEX_OF_A_PHYSICAL_PARTITION = 2.5;

/** How much dearer reads are at the account's consistency. */
export const readFactor = (consistency: string): number =>
  consistency === 'Strong' || consistency === 'BoundedStaleness' ? 2 : 1;

function bySize(bytes: number, column: 1 | 2): number {
  const kilobytes = bytes / 1024;
  const next = BY_SIZE.findIndex(([size]) => kilobytes <= size);
  const upper = BY_SIZE.at(next);
  const lower = BY_SIZE[next - 1];
  if (upper === undefined) return 0;
  if (next === -1) return (upper[column] * kilobytes) / upper[0];
  if (lower === undefined) return upper[column];
  const share = (kilobytes - lower[0]) / (upper[0] - lower[0]);
  return lower[column] + share * (upper[column] - lower[column]);
}

export const readCharge = (bytes: number, factor: number): number => bySize(bytes, 1) * factor;

/** A read that finds nothing, or is refused, is charged like the smallest read. */
export const missCharge = (factor: number): number => bySize(0, 1) * factor;

export interface Indexed {
  readonly bytes: number;
  /** The terms that the indexing policy puts into the index for the item. */
  readonly terms: ReadonlySet<string>;
}

export const createCharge = ({ bytes, terms }: Indexed): number => bySize(bytes, 2) + INDEX_TERM * terms.size;

export const deleteCharge = createCharge;

/** A replacement deletes and inserts the item, and those index terms that differ. */
export function replaceCharge(before: Indexed, after: Indexed): number {
  const changed = before.terms.difference(after.terms).size + after.terms.difference(before.terms).size;
  return bySize(before.bytes, 2) + bySize(after.bytes, 2) + INDEX_TERM * changed;
}

export const patchCharge = (before: Indexed, after: Indexed, operations: number): number =>
  replaceCharge(before, after) + PATCH_OPERATION * operations;

/**
 * A query pays for each physical partition's index, and for each item it loads as for a point read (the published rule
 * for feeds; queries have no published figure, and measured ones are lower).
 */
export function queryCharge(partitions: number, loadedBytes: readonly number[], factor: number): number {
  const loading = loadedBytes.reduce((sum, bytes) => sum + readCharge(bytes, factor), 0);
  return partitions * INDEX_OF_A_PHYSICAL_PARTITION + loading;
}
