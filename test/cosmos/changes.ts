import type { LogicalPartition, StoredItem } from './containers.ts';

/** A logical partition while operations change it: what they did stands apart until the container takes it over. */
export class Changes {
  readonly #before: LogicalPartition;
  readonly #changed = new Map<string, StoredItem | undefined>();

  constructor(before: LogicalPartition) {
    this.#before = before;
  }

  get(id: string): StoredItem | undefined {
    return this.#changed.has(id) ? this.#changed.get(id) : this.#before.get(id);
  }

  set(id: string, item: StoredItem): void {
    this.#changed.set(id, item);
  }

  delete(id: string): void {
    this.#changed.set(id, undefined);
  }

  *values(): Generator<StoredItem> {
    for (const [id, item] of this.#before) if (!this.#changed.has(id)) yield item;
    for (const item of this.#changed.values()) if (item !== undefined) yield item;
  }

  /** What is another item than before, or none any more, by id. */
  get all(): ReadonlyMap<string, StoredItem | undefined> {
    return this.#changed;
  }
}
