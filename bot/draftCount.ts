import { codeOf } from '../src/errors.ts';
import type { DraftStore } from '../src/ports.ts';
import { withinTurn } from '../src/turnTime.ts';
import type { Log } from './log.ts';

/** How old the number of open drafts may be: on Cosmos DB every partition has to be asked. */
const KEPT_MS = { sqlite: 60_000, cosmos: 300_000 } as const;
const COUNTED_WITHIN_MS = 2_000;

/**
 * Counts the open drafts, at most once a minute on SQLite and once in five minutes on Cosmos DB, however often it is asked;
 * `undefined` while that fails, which is not tried more often either. Never rejects.
 */
export function draftCount(deps: {
  readonly drafts: Pick<DraftStore, 'countOpen'>;
  readonly store: keyof typeof KEPT_MS;
  readonly nowMs: () => number;
  readonly log: Log;
}): () => Promise<number | undefined> {
  let known: { readonly atMs: number; readonly count: Promise<number | undefined> } | undefined;

  async function count(): Promise<number | undefined> {
    try {
      return await withinTurn(COUNTED_WITHIN_MS, () => deps.drafts.countOpen());
    } catch (error) {
      deps.log('figures.failed', { fault: codeOf(error) });
      return undefined;
    }
  }

  return () => {
    if (known === undefined || deps.nowMs() - known.atMs >= KEPT_MS[deps.store])
      known = { atMs: deps.nowMs(), count: count() };
    return known.count;
  };
}
