import { createHash } from 'node:crypto';
import { isObject, type JsonObject, type JsonValue, valueAt } from './json.ts';
import { namesOf } from './indexing.ts';
import { bytesOf, header, notModelled, parsed, Refusal, type WireRequest } from './wire.ts';

export interface PartitionKeyDefinition {
  readonly paths: readonly string[];
  readonly kind?: string;
  readonly version?: number;
}

/** The values of a partition key as canonical JSON; `{}` stands for a value that is not there. */
export type PartitionKey = string;

/** A physical partition: the effective keys it holds, as upper-case hexadecimal, upper end exclusive. */
export interface PhysicalPartition {
  readonly id: string;
  readonly minInclusive: string;
  readonly maxExclusive: string;
}

/** The partition key that an item has. */
export function keyOfItem({ paths }: PartitionKeyDefinition, item: JsonObject): PartitionKey {
  return JSON.stringify(paths.map((path) => scalar(valueAt(item, namesOf(path)))));
}

function scalar(value: JsonValue | undefined): JsonValue {
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null) throw new Refusal(400, 'A partition key value must be a scalar.');
  return value;
}

/**
 * The partition key that a request names, or nothing when it names none.
 *
 * @throws Refusal 400 when the header is not an array of as many scalars as the container's key has paths.
 */
export function keyOfRequest(request: WireRequest, definition: PartitionKeyDefinition): PartitionKey | undefined {
  const sent = header(request, 'x-ms-documentdb-partitionkey');
  return sent === undefined ? undefined : keyOfText(sent, definition);
}

/** Bytes that a key's value may have; fewer in containers made without version 2. Source: service limits. */
const MOST_KEY_BYTES = { large: 2048, small: 101 };

export function keyOfText(text: string, { paths, version }: PartitionKeyDefinition): PartitionKey {
  const values = parsed(text);
  if (!Array.isArray(values) || values.length === 0 || !values.every(isKeyValue)) {
    throw new Refusal(400, `Partition key ${text} is invalid.`);
  }
  if (values.length < paths.length) throw notModelled('queries by a prefix of a hierarchical partition key');
  if (values.length > paths.length) throw new Refusal(400, `Partition key ${text} has too many components.`);
  const most = version === 2 ? MOST_KEY_BYTES.large : MOST_KEY_BYTES.small;
  if (values.some((value) => typeof value === 'string' && bytesOf(value) > most)) {
    throw new Refusal(400, `A partition key value may have ${most} bytes.`);
  }
  return JSON.stringify(values);
}

const isKeyValue = (value: unknown): boolean =>
  value === null ||
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (isObject(value) && Object.keys(value).length === 0);

/**
 * Where a logical partition lies. Not Cosmos DB's own hash: clients cannot see it, save those that route by
 * themselves (bulk operations, which the double does not model).
 */
export function effectiveKey(key: PartitionKey): string {
  const bytes = createHash('sha256').update(key).digest().subarray(0, 16);
  bytes[0] = (bytes[0] ?? 0) & 0x3f; // keys of version 2 leave the two highest bits free
  return bytes.toString('hex').toUpperCase();
}

/** So many physical partitions of like size, with ids from `firstId` on. */
export function physicalPartitions(count: number, firstId: number): readonly PhysicalPartition[] {
  const bound = (at: number): string =>
    Math.round((at * 0x4000) / count)
      .toString(16)
      .padStart(4, '0')
      .toUpperCase();
  return Array.from({ length: count }, (_, at) => ({
    id: String(firstId + at),
    minInclusive: at === 0 ? '' : bound(at),
    maxExclusive: at === count - 1 ? 'FF' : bound(at + 1),
  }));
}

export const holds = ({ minInclusive, maxExclusive }: PhysicalPartition, effective: string): boolean =>
  effective >= minInclusive && effective < maxExclusive;
