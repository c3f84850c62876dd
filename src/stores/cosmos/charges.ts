import { CONTAINERS, type ContainerName } from './containers.ts';

/**
 * Request units by the sizes that Microsoft publishes: [KB, a point read, a write], between two rows a straight line. An
 * account that is strongly consistent reads at twice the price.
 * Source: learn.microsoft.com/azure/cosmos-db/key-value-store-cost and /request-units
 */
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

const STRONG_READ = 2;
const AN_INDEX_TERM = 0.2;
/** Is in every index. */
const THE_ID = 1;

/** What it costs, roughly, to read a document. */
export function readCharge(doc: object): number {
  return bySize(doc, 1) * STRONG_READ;
}

/** What it costs, roughly, to make a document with what is indexed of it. */
export function createCharge(container: ContainerName, doc: object): number {
  return bySize(doc, 2) + termsOf(container, doc) * AN_INDEX_TERM;
}

function bySize(doc: object, column: 1 | 2): number {
  const kilobytes = Buffer.byteLength(JSON.stringify(doc)) / 1024;
  const at = BY_SIZE.findIndex(([size]) => kilobytes <= size);
  const upper = BY_SIZE.at(at);
  const lower = BY_SIZE[at - 1];
  if (upper === undefined) return 0;
  if (lower === undefined) return upper[column];
  return lower[column] + ((kilobytes - lower[0]) / (upper[0] - lower[0])) * (upper[column] - lower[column]);
}

/** One for each indexed property, whether it is there or not, for each element of an indexed array, and for each order. */
function termsOf(container: ContainerName, doc: object): number {
  const { indexed, orders } = CONTAINERS[container];
  const values = new Map<string, unknown>(Object.entries(doc));
  const terms = indexed.map((path) => {
    const [, name = '', rest] = path.split('/');
    const value = values.get(name);
    if (rest !== '[]') return 1;
    return Array.isArray(value) ? value.length : 0;
  });
  return terms.reduce((sum, each) => sum + each, THE_ID + orders.length);
}
