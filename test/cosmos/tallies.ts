import type { RequestKind } from './routing.ts';

export interface Tally {
  readonly requests: number;
  /** Of bodies, without headers. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** In request units. */
  readonly charge: number;
  /** Items that the indexes led queries to. */
  readonly matched: number;
}

export interface Counted extends Omit<Tally, 'requests'> {
  readonly kind: RequestKind;
  readonly container: string | undefined;
  /** 0 when no answer was given. */
  readonly status: number;
  /** Whether it would change something; a batch that only reads does not. */
  readonly isWrite: boolean;
}

export const NOTHING: Tally = { requests: 0, bytesIn: 0, bytesOut: 0, charge: 0, matched: 0 };

const KEPT = 10_000;

/** Counts requests by kind, and keeps the last ten thousand one by one. */
export class Tallies {
  readonly #byKind = new Map<RequestKind, Tally>();
  #last: Counted[] = [];

  count(counted: Counted): void {
    this.#byKind.set(counted.kind, sum(this.of(counted.kind), { ...counted, requests: 1 }));
    this.#last.push(counted);
    if (this.#last.length > 2 * KEPT) this.#last = this.#last.slice(-KEPT);
  }

  /** Of one kind, of several, or of all. */
  of(...kinds: readonly RequestKind[]): Tally {
    const wanted = kinds.length === 0 ? [...this.#byKind.keys()] : kinds;
    return wanted.map((kind) => this.#byKind.get(kind) ?? NOTHING).reduce(sum, NOTHING);
  }

  byKind(): Readonly<Partial<Record<RequestKind, Tally>>> {
    return Object.fromEntries(this.#byKind);
  }

  last(): readonly Counted[] {
    return this.#last.slice(-KEPT);
  }

  reset(): void {
    this.#byKind.clear();
    this.#last = [];
  }
}

const sum = (a: Tally, b: Tally): Tally => ({
  requests: a.requests + b.requests,
  bytesIn: a.bytesIn + b.bytesIn,
  bytesOut: a.bytesOut + b.bytesOut,
  charge: a.charge + b.charge,
  matched: a.matched + b.matched,
});
