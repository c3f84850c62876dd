import { AsyncLocalStorage } from 'node:async_hooks';

/** What a turn has left, for whatever is done in it however deep: the alternative is an argument of every function there is. */
const ends = new AsyncLocalStorage<AbortSignal | undefined>();

/**
 * Does the work of one turn, which a store is to give up on after so many milliseconds of real time: calls that begin later
 * fail at once. What such a failure means is for the work to say.
 * Source: issue “Azure Cosmos DB”, 2.
 */
export function withinTurn<T>(durationMs: number, work: () => Promise<T>): Promise<T> {
  return ends.run(AbortSignal.timeout(durationMs), work);
}

/** Does what a turn begins and does not wait for, or what several turns share: its time is its own. */
export function outsideTurn<T>(work: () => T): T {
  return ends.run(undefined, work);
}

/** Aborts when the time of the turn is over; `undefined` outside a turn. */
export function turnEnds(): AbortSignal | undefined {
  return ends.getStore();
}
