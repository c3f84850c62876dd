import type { Instant } from '../../src/fields.ts';
import type { Clock } from '../../src/ports.ts';

/** What one thing was answered with, and when it was asked for. */
export interface Known<T> {
  readonly value: T;
  readonly at: Instant;
}

/** Answers that are kept for a while. */
export interface Remembered<T> {
  /** An answer that is young enough to go by; asked for when there is none. Those who ask at once share one request. */
  fresh(key: string): Promise<T>;
  /** The last answer, however old; `undefined` when it is not remembered. */
  last(key: string): Known<T> | undefined;
  /** Keeps what another answer told by the way. */
  learn(key: string, known: Known<T>): void;
}

/** Source: architecture, "Who may do what". */
const FRESH_MS = 10 * 60_000;
/** Whoever is added to the directory is soon let in. */
const EMPTY_MS = 60_000;

/**
 * Remembers answers by key: for ten minutes, or one where the answer was `undefined`, and then until `most` others were
 * asked for since. The age counts from the moment of asking. Faults are not remembered.
 */
export function remembered<T>(
  ask: (key: string) => Promise<T>,
  { clock, most }: { readonly clock: Clock; readonly most: number },
): Remembered<T> {
  const kept = new Map<string, Known<T>>();
  const underWay = new Map<string, Promise<T>>();

  function learn(key: string, known: Known<T>): void {
    kept.delete(key);
    kept.set(key, known);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  }

  function isFresh({ value, at }: Known<T>): boolean {
    const ageMs = Date.parse(clock.now()) - Date.parse(at);
    // A clock that was set back makes nothing younger.
    return ageMs >= 0 && ageMs < (value === undefined ? EMPTY_MS : FRESH_MS);
  }

  async function asked(key: string): Promise<T> {
    const at = clock.now();
    const value = await ask(key);
    learn(key, { value, at });
    return value;
  }

  return {
    learn,
    last: (key) => kept.get(key),
    fresh(key) {
      const known = kept.get(key);
      if (known !== undefined && isFresh(known)) {
        learn(key, known);
        return Promise.resolve(known.value);
      }
      const shared = underWay.get(key) ?? asked(key).finally(() => underWay.delete(key));
      underWay.set(key, shared);
      return shared;
    },
  };
}
