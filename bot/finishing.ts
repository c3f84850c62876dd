/** Work on one thing that is repeated until it succeeds, with waits that grow while nothing does. */
export interface Finishing<T> {
  /** Has this done soon; it is done once for what has the same key. */
  soon(key: string, what: T): void;
  /** Begins nothing more; resolves when nothing runs. */
  close(): Promise<void>;
}

/** How long is waited before the first try and at the most: a store that is out of room is not asked again and again. */
export interface Waits {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Tries of one thing: after these, it is left to whoever sweeps up. */
const TRIES = 12;

/**
 * Does what is asked for, one thing after another, first after `firstMs`; after a failure the rest waits too, twice as long
 * each time. `failed` hears of each failure.
 */
export function finishing<T>(
  finish: (what: T) => Promise<void>,
  failed: (error: unknown) => void,
  { firstMs, longestMs }: Waits,
): Finishing<T> {
  const owed = new Map<string, { readonly what: T; readonly tries: number }>();
  let waitMs = firstMs;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isClosed = false;

  function schedule(): void {
    if (isClosed || timer !== undefined || running !== undefined || owed.size === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      running = run().finally(() => {
        running = undefined;
        schedule();
      });
    }, waitMs);
  }

  async function run(): Promise<void> {
    for (const [key, { what, tries }] of [...owed]) {
      if (isClosed) return;
      owed.delete(key);
      try {
        await finish(what);
        waitMs = firstMs;
      } catch (error) {
        failed(error);
        // Behind the others, which are not to wait for one that never succeeds.
        if (tries + 1 < TRIES) owed.set(key, { what, tries: tries + 1 });
        waitMs = Math.min(waitMs * 2, longestMs);
        return;
      }
    }
  }

  return {
    soon(key, what) {
      if (!owed.has(key)) owed.set(key, { what, tries: 0 });
      schedule();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
