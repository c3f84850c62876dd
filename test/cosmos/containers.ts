import { randomBytes } from 'node:crypto';
import { requirements, type Required } from './candidates.ts';
import type { Changes } from './changes.ts';
import { Finder } from './finder.ts';
import { INDEX_EVERYTHING, type IndexingPolicy } from './indexing.ts';
import { isObject, type JsonObject } from './json.ts';
import {
  effectiveKey,
  holds,
  type PartitionKey,
  type PartitionKeyDefinition,
  type PhysicalPartition,
  physicalPartitions,
} from './partitions.ts';
import { checkId } from './resourceIds.ts';
import type { SqlQuery } from './sql.ts';
import { notModelled, Refusal } from './wire.ts';

export interface StoredItem {
  readonly id: string;
  /** As answered, system properties included. */
  readonly body: JsonObject;
  readonly etag: string;
  readonly rid: string;
  readonly key: PartitionKey;
  /** Of the body as JSON. */
  readonly bytes: number;
  readonly terms: ReadonlySet<string>;
  /** Epoch seconds from which the item is gone. */
  readonly expiresAt: number;
}

/** The items of one logical partition by id, oldest first. */
export type LogicalPartition = ReadonlyMap<string, StoredItem>;

/**
 * Items that a container holds without having been sent them: so many that they are made anew whenever they are looked at.
 * They can be changed and added to, one logical partition at a time; one that is emptied is as it was again.
 */
export interface Bulk {
  readonly partition: (key: PartitionKey) => LogicalPartition | undefined;
  /** All items that satisfy a query, and maybe others, in those logical partitions that are asked. */
  readonly candidates: (query: SqlQuery, isAsked: (key: PartitionKey) => boolean) => Iterable<StoredItem>;
}

export interface ContainerDefinition {
  readonly id: string;
  readonly partitionKey: PartitionKeyDefinition;
  readonly indexingPolicy: IndexingPolicy;
  readonly defaultTtl?: number;
  readonly uniqueKeyPolicy?: { readonly uniqueKeys: readonly { readonly paths: readonly string[] }[] };
}

const KNOWN_PROPERTIES = ['id', 'partitionKey', 'indexingPolicy', 'defaultTtl', 'uniqueKeyPolicy'];
const SYSTEM_PROPERTY = /^_/;
const MOST_COMPOSITE_PATHS = 8;

/** @throws Refusal 400 for a definition that the service would refuse, 501 for parts the double does not model. */
export function containerDefinition(sent: JsonObject): ContainerDefinition {
  const unknown = Object.keys(sent).find((name) => !KNOWN_PROPERTIES.includes(name) && !SYSTEM_PROPERTY.test(name));
  if (unknown !== undefined) throw notModelled(`the container property '${unknown}'`);
  const known = Object.fromEntries(Object.entries(sent).filter(([name]) => KNOWN_PROPERTIES.includes(name)));
  const { id, partitionKey, defaultTtl } = known;
  checkId(id);
  const paths = isObject(partitionKey) ? partitionKey.paths : undefined;
  if (!Array.isArray(paths) || paths.length < 1 || paths.length > 3) {
    throw new Refusal(400, 'A container must have a partition key of one to three paths.');
  }
  if (!paths.every((path) => typeof path === 'string' && /^(\/[^/*?]+)+$/.test(path))) {
    throw new Refusal(400, 'A partition key path must be a path to a property.');
  }
  if (defaultTtl !== undefined && !(Number.isInteger(defaultTtl) && (defaultTtl === -1 || Number(defaultTtl) > 0))) {
    throw new Refusal(400, "The default time to live must be a positive whole number or '-1'.");
  }
  const definition = { indexingPolicy: INDEX_EVERYTHING, ...known } as unknown as ContainerDefinition; // checked here
  checkPolicy(definition.indexingPolicy);
  return definition;
}

function checkPolicy(policy: IndexingPolicy): void {
  if (policy.indexingMode?.toLowerCase() === 'none') return;
  const paths = [...(policy.includedPaths ?? []), ...(policy.excludedPaths ?? [])].map(({ path }) => path);
  if (!paths.includes('/*')) throw new Refusal(400, "The special mandatory indexing path '/' is not provided.");
  const wrong = paths.find((path) => !/\/[?*]$/.test(path));
  if (wrong !== undefined) throw new Refusal(400, `The indexing path '${wrong}' could not be accepted.`);
  for (const index of policy.compositeIndexes ?? []) {
    const fits = index.length >= 2 && index.length <= MOST_COMPOSITE_PATHS;
    if (!fits || index.some(({ path }) => /[?*]$/.test(path))) {
      throw new Refusal(400, 'A composite index must have two to eight paths, without wildcards.');
    }
  }
}

const NO_ITEMS: LogicalPartition = new Map();

/** A container with its items; physical partitions only decide which requests reach them. */
export class Container {
  readonly rid: string;
  #definition: ContainerDefinition;
  #physical: readonly PhysicalPartition[];
  #etag = newEtag();
  readonly #partitions = new Map<PartitionKey, Map<string, StoredItem>>();
  readonly #effective = new Map<PartitionKey, string>();
  readonly #finder = new Finder();
  #sequence = 0;
  #bulk: Bulk | undefined;

  constructor(rid: string, definition: ContainerDefinition, physicalCount: number) {
    this.rid = rid;
    this.#definition = definition;
    this.#physical = physicalPartitions(physicalCount, 0);
  }

  get definition(): ContainerDefinition {
    return this.#definition;
  }

  get physical(): readonly PhysicalPartition[] {
    return this.#physical;
  }

  get etag(): string {
    return this.#etag;
  }

  /** Takes another definition. Index terms of items that are there are not counted anew. */
  define(definition: ContainerDefinition): void {
    this.#definition = definition;
    this.#etag = newEtag();
  }

  partition(key: PartitionKey): LogicalPartition {
    return this.#partitions.get(key) ?? this.#bulk?.partition(key) ?? NO_ITEMS;
  }

  holdInBulk(bulk: Bulk): void {
    this.#bulk = bulk;
  }

  /** Takes over what was changed in a logical partition, whole. */
  commit(key: PartitionKey, { all }: Changes): void {
    this.#sequence++;
    const items = this.#partitions.get(key) ?? this.#outOfBulk(key);
    for (const [id, item] of all) {
      const before = items.get(id);
      if (before !== undefined) this.#finder.remove(before);
      // A younger item with the id of one that is gone comes last.
      if (before?.rid !== item?.rid) items.delete(id);
      if (item === undefined) continue;
      items.set(id, item);
      this.#finder.add(item);
    }
    if (items.size === 0) this.#partitions.delete(key);
    else this.#partitions.set(key, items);
  }

  /** From its first change on, a logical partition stands by itself. */
  #outOfBulk(key: PartitionKey): Map<string, StoredItem> {
    const items = new Map(this.#bulk?.partition(key));
    for (const item of items.values()) this.#finder.add(item);
    return items;
  }

  /** The items of a logical or physical partition, but for some that surely do not satisfy the query. */
  *itemsFor(query: SqlQuery, place: PartitionKey | PhysicalPartition): Generator<StoredItem> {
    const bulk = this.#bulk;
    if (typeof place !== 'string') {
      yield* this.#sentTo(requirements(query), place);
      const isAsked = (key: PartitionKey): boolean => !this.#partitions.has(key) && holds(place, this.effectiveOf(key));
      if (bulk !== undefined) yield* bulk.candidates(query, isAsked);
    } else if (bulk === undefined || this.#partitions.has(place)) yield* this.#sentTo(requirements(query), place);
    else yield* this.partition(place).values();
  }

  *#sentTo(required: readonly Required[], place: PartitionKey | PhysicalPartition): Generator<StoredItem> {
    const few = this.#finder.fewest(required, () => this.#items());
    if (typeof place === 'string') {
      const items = this.partition(place);
      if (few === undefined || items.size <= few.length) yield* items.values();
      else for (const item of few) if (item.key === place) yield item;
    } else if (few === undefined) {
      for (const item of this.#items()) if (holds(place, this.effectiveOf(item.key))) yield item;
    } else {
      for (const item of few) if (holds(place, this.effectiveOf(item.key))) yield item;
    }
  }

  *#items(): Generator<StoredItem> {
    for (const items of this.#partitions.values()) yield* items.values();
  }

  physicalOf(key: PartitionKey): PhysicalPartition {
    const effective = this.effectiveOf(key);
    const found = this.physical.find((range) => holds(range, effective));
    if (found === undefined) throw new Error('Physical partitions must cover all keys.');
    return found;
  }

  effectiveOf(key: PartitionKey): string {
    const known = this.#effective.get(key) ?? effectiveKey(key);
    this.#effective.set(key, known);
    return known;
  }

  /** Of the logical partitions that were written to. */
  keys(): readonly PartitionKey[] {
    return [...this.#partitions.keys()];
  }

  /** Doubles the physical partitions, as the service does when one is full; the old ones are gone. */
  split(): void {
    const firstId = Math.max(...this.physical.map(({ id }) => Number(id))) + 1;
    this.#physical = physicalPartitions(this.#physical.length * 2, firstId);
  }

  /** Resource ids of items rise in the order in which items are made. */
  nextRid(): string {
    this.#sequence++;
    return `${this.rid.slice(0, 10)}${String(this.#sequence).padStart(12, '0')}`;
  }

  /** How far the container has come; session tokens carry it. */
  get sequence(): number {
    return this.#sequence;
  }
}

export const newEtag = (): string =>
  `"${randomBytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}"`;
