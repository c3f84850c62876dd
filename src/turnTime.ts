import { AsyncLocalStorage } from 'node:async_hooks';

interface TurnTime {
  readonly ends: AbortSignal;
  readonly listsEnd: AbortSignal;
}

/** What a turn has left, for whatever is done in it however deep: the alternative is an argument of every function there is. */
const turn = new AsyncLocalStorage<TurnTime | undefined>();

/**
 * Of the time of a turn, lists may take so much. The rest is for what must follow before anything is shown: who may see
 * what was found, the entry in the access log, and what stands in the records of one page.
 */
const LISTS_SHARE = 2 / 3;

/**
 * Does the work of one turn, which a store is to give up on after so many milliseconds of real time: calls that begin later
 * fail at once. What such a failure means is for the work to say. Lists end earlier, with what they have.
 * Source: issue “Azure Cosmos DB”, 1 and 2.
 */
export function withinTurn<T>(durationMs: number, work: () => Promise<T>): Promise<T> {
  const listsMs = Math.round(durationMs * LISTS_SHARE);
  return turn.run({ ends: AbortSignal.timeout(durationMs), listsEnd: AbortSignal.timeout(listsMs) }, work);
}

/** Does what a turn begins and does not wait for, or what several turns share: its time is its own. */
export function outsideTurn<T>(work: () => T): T {
  return turn.run(undefined, work);
}

/** Aborts when the time of the turn is over; `undefined` outside a turn. */
export function turnEnds(): AbortSignal | undefined {
  return turn.getStore()?.ends;
}

/** Aborts when the lists of the turn are to end; `undefined` outside a turn. */
export function listsEnd(): AbortSignal | undefined {
  return turn.getStore()?.listsEnd;
}
