import type { Required } from './candidates.ts';
import type { StoredItem } from './containers.ts';
import type { JsonValue } from './json.ts';

type Found = ReadonlySet<StoredItem>;

/**
 * Finds a container's items by what properties of theirs are, so that a query need not walk over all of them. It says
 * nothing about what Cosmos DB has in its index: which queries are served is decided before.
 */
export class Finder {
  /** For each property that was looked for, the items by what it is. */
  readonly #byName = new Map<string, Map<JsonValue | undefined, Set<StoredItem>>>();

  add(item: StoredItem): void {
    for (const [name, byValue] of this.#byName) addTo(byValue, name, item);
  }

  remove(item: StoredItem): void {
    for (const [name, byValue] of this.#byName) byValue.get(item.body[name])?.delete(item);
  }

  /** The fewest items among which are all that have what is required; nothing when nothing is. */
  fewest(required: readonly Required[], all: () => Iterable<StoredItem>): readonly StoredItem[] | undefined {
    const found = required.map(({ name, values }) => {
      const byValue = this.#valuesOf(name, all);
      return [...new Set(values)].map((value) => byValue.get(value) ?? NONE);
    });
    const [least] = found.sort((a, b) => sizeOf(a) - sizeOf(b));
    return least?.flatMap((items) => [...items]);
  }

  #valuesOf(name: string, all: () => Iterable<StoredItem>): ReadonlyMap<JsonValue | undefined, Found> {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const made = new Map<JsonValue | undefined, Set<StoredItem>>();
    for (const item of all()) addTo(made, name, item);
    this.#byName.set(name, made);
    return made;
  }
}

const NONE: Found = new Set();

const sizeOf = (found: readonly Found[]): number => found.reduce((sum, { size }) => sum + size, 0);

function addTo(byValue: Map<JsonValue | undefined, Set<StoredItem>>, name: string, item: StoredItem): void {
  const value = item.body[name];
  const items = byValue.get(value) ?? new Set();
  items.add(item);
  byValue.set(value, items);
}
