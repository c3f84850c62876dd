import { policyOf, partitionOf, type ContainerPlan } from '../src/stores/cosmos/containers.ts';
import { Container, type Bulk, type StoredItem } from '../test/cosmos/containers.ts';
import { stored } from '../test/cosmos/items.ts';
import { isObject, valueAt, type JsonObject, type JsonValue } from '../test/cosmos/json.ts';
import { isContainment, part, parts, pathOf, valueOf, type SqlNode, type SqlQuery } from '../test/cosmos/sql.ts';
import { bytesOf } from '../test/cosmos/wire.ts';

/** The documents of one container, made from their place: the same every time. */
export interface BulkSource {
  readonly plan: ContainerPlan;
  readonly partitions: number;
  /** More than any logical partition has. */
  readonly docsAPartition: number;
  readonly docsOf: (nth: number) => readonly JsonObject[];
  readonly keyOf: (nth: number) => string;
  /** Which logical partition this is, if it is one of them. */
  readonly nthOf: (partition: string) => number | undefined;
  /** Indexed properties by which queries can find documents; those of an array end in `/[]`. */
  readonly foundBy: readonly string[];
}

/** Places of documents, in order. */
type Places = readonly number[];

/** Epoch seconds: all were kept in the same moment. */
const KEPT_AT = 1_735_689_600;
/** The documents of so many logical partitions are weighed. */
const WEIGHED = 1_000;
/** Ranges are found among so many values at most: among days, and not among the ids of a million records. */
const LOOKED_THROUGH = 1_000;
const [OF_ARRAYS, RANGES] = ['/[]', new Set(['<', '<=', '>', '>='])];

/**
 * Holds the documents of a source for the double of Cosmos DB. In memory is only where each value of the indexed properties
 * stands, worked out once from all documents; what a query or a read leads to is made anew.
 */
export class BulkItems implements Bulk {
  readonly #source: BulkSource;
  readonly #container: Container;
  #weighedBytes = 0;
  /** By property, by value. */
  readonly #found = new Map<string, Map<JsonValue, number[]>>();

  constructor(id: string, source: BulkSource) {
    this.#source = source;
    const partitionKey = partitionOf(source.plan);
    this.#container = new Container(`bulk-${id}`, { id, partitionKey, indexingPolicy: policyOf(source.plan) }, 1);
    for (const path of source.foundBy) this.#found.set(path, new Map());
    for (let nth = 0; nth < source.partitions; nth += 1) this.#note(nth);
  }

  /** About what all documents come to, without their index. */
  get bytes(): number {
    return this.#weighedBytes * this.#weighedEvery;
  }

  get #weighedEvery(): number {
    return Math.max(1, Math.floor(this.#source.partitions / WEIGHED));
  }

  partition(key: string): ReadonlyMap<string, StoredItem> | undefined {
    const [value] = JSON.parse(key) as readonly JsonValue[]; // as the double writes a key
    const nth = typeof value === 'string' ? this.#source.nthOf(value) : undefined;
    if (nth === undefined) return undefined;
    const docs = this.#source.docsOf(nth);
    return new Map(docs.map((doc, at) => this.#item(doc, nth, at)).map((item) => [item.id, item]));
  }

  /** @throws Error for a query that would look at every document there is. */
  *candidates(query: SqlQuery, isAsked: (key: string) => boolean): Generator<StoredItem> {
    const places = query.where && this.#placesOf(query.where, query);
    if (places === undefined) throw new Error(`This would look at every document: ${query.text}`);
    const { docsAPartition, docsOf } = this.#source;
    for (const [nth, these] of Map.groupBy(places, (place) => Math.floor(place / docsAPartition))) {
      if (!isAsked(this.#keyOf(nth))) continue;
      const docs = docsOf(nth);
      for (const place of these) {
        const doc = docs[place % docsAPartition];
        if (doc !== undefined) yield this.#item(doc, nth, place % docsAPartition);
      }
    }
  }

  #note(nth: number): void {
    const docs = this.#source.docsOf(nth);
    if (nth % this.#weighedEvery === 0) this.#weighedBytes += bytesOf(JSON.stringify(docs));
    for (const [at, doc] of docs.entries()) {
      const place = nth * this.#source.docsAPartition + at;
      for (const [path, places] of this.#found)
        for (const value of valuesAt(doc, path)) {
          const known = places.get(value);
          if (known === undefined) places.set(value, [place]);
          else known.push(place);
        }
    }
  }

  #item(doc: JsonObject, nth: number, at: number): StoredItem {
    const name = `bulk${String(nth * this.#source.docsAPartition + at).padStart(14, '0')}`;
    return stored({ container: this.#container, key: this.#keyOf(nth), now: KEPT_AT }, doc, {
      rid: name,
      etag: `"${name}"`,
    });
  }

  /** As the double writes a key. */
  #keyOf(nth: number): string {
    return JSON.stringify([this.#source.keyOf(nth)]);
  }

  /** Where everything stands that may satisfy a condition; `undefined` when no index tells. */
  #placesOf(node: SqlNode, query: SqlQuery): Places | undefined {
    if (node.type === 'scalar_in_expression') {
      const wanted = parts(node, 'list').map((each) => valueOf(each, query.parameters));
      return this.#under(part(node, 'value'), '', query, (value) => wanted.includes(value));
    }
    if (isContainment(node)) {
      const [array, wanted] = parts(node, 'arguments');
      if (array === undefined || wanted === undefined) return undefined;
      return this.#equal(array, OF_ARRAYS, query, valueOf(wanted, query.parameters));
    }
    if (node.type !== 'scalar_binary_expression') return undefined;
    const [left, right] = [part(node, 'left'), part(node, 'right')];
    if (node.operator === 'AND') return shorter(this.#placesOf(left, query), this.#placesOf(right, query));
    if (node.operator === 'OR') return united(this.#placesOf(left, query), this.#placesOf(right, query));
    const other = valueOf(right, query.parameters);
    if (node.operator === '=') return this.#equal(left, '', query, other);
    if (!RANGES.has(String(node.operator))) return undefined;
    return this.#under(left, '', query, (value) => isInRange(value, String(node.operator), other));
  }

  #valuesOf(node: SqlNode, ending: string, { alias }: SqlQuery): Map<JsonValue, number[]> | undefined {
    const [of, ...path] = pathOf(node) ?? [];
    return of === alias ? this.#found.get(path.join('/') + ending) : undefined;
  }

  #equal(node: SqlNode, ending: string, query: SqlQuery, value: JsonValue | undefined): Places | undefined {
    const values = this.#valuesOf(node, ending, query);
    return values && value !== undefined ? (values.get(value) ?? []) : undefined;
  }

  #under(node: SqlNode, ending: string, query: SqlQuery, isWanted: (value: JsonValue) => boolean): Places | undefined {
    const values = this.#valuesOf(node, ending, query);
    if (values === undefined || values.size > LOOKED_THROUGH) return undefined;
    return [...values].flatMap(([value, places]) => (isWanted(value) ? places : [])).sort((a, b) => a - b);
  }
}

function valuesAt(doc: JsonObject, path: string): readonly JsonValue[] {
  const isOfArray = path.endsWith(OF_ARRAYS);
  const value = valueAt(doc, (isOfArray ? path.slice(0, -OF_ARRAYS.length) : path).split('/'));
  if (isOfArray) return Array.isArray(value) ? (value as readonly JsonValue[]) : []; // isArray forgets what of
  return value === undefined || isObject(value) ? [] : [value];
}

function isInRange(value: JsonValue, operator: string, other: JsonValue | undefined): boolean {
  if (typeof value !== 'string' || typeof other !== 'string') return true;
  if (operator.startsWith('<')) return value < other || (operator === '<=' && value === other);
  return value > other || (operator === '>=' && value === other);
}

function shorter(one: Places | undefined, other: Places | undefined): Places | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.length <= other.length ? one : other;
}

function united(one: Places | undefined, other: Places | undefined): Places | undefined {
  return one && other && [...new Set([...one, ...other])].sort((a, b) => a - b);
}
