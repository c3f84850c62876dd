import { AsyncLocalStorage } from 'node:async_hooks';

/** A turn while it runs: what whatever is done in it may take, and what whoever answers it has to know. */
interface Turn {
  readonly ends: () => AbortSignal;
  readonly listsEnd: () => AbortSignal;
  /** The draft that was signed in it and not brought to its end so far. */
  signed: string | undefined;
  /** It was answered before its work was done. */
  isAnswered: boolean;
}

/** Kept for whatever is done in a turn however deep: the alternative is an argument of every function there is. */
const turns = new AsyncLocalStorage<Turn | undefined>();

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
  const ends = signalAfter(durationMs);
  const listsEnd = signalAfter(Math.round(durationMs * LISTS_SHARE));
  return turns.run({ ends, listsEnd, signed: undefined, isAnswered: false }, work);
}

/** A signal that aborts so long after this moment, made when it is first asked for: most turns on SQLite never ask. */
function signalAfter(durationMs: number): () => AbortSignal {
  const fromMs = performance.now();
  let signal: AbortSignal | undefined;
  return () => (signal ??= AbortSignal.timeout(Math.max(0, Math.round(fromMs + durationMs - performance.now()))));
}

/** Does what a turn begins and does not wait for, or what several turns share: its time is its own. */
export function outsideTurn<T>(work: () => T): T {
  return turns.run(undefined, work);
}

/** Aborts when the time of the turn is over; `undefined` outside a turn. */
export function turnEnds(): AbortSignal | undefined {
  return turns.getStore()?.ends();
}

/** Aborts when the lists of the turn are to end; `undefined` outside a turn. */
export function listsEnd(): AbortSignal | undefined {
  return turns.getStore()?.listsEnd();
}

/** Notes what was signed in this turn for as long as it is not saved; `undefined` once it is. */
export function noteSigned(draftId: string | undefined): void {
  const turn = turns.getStore();
  if (turn !== undefined) turn.signed = draftId;
}

/** Notes that the turn is answered now, although its work goes on. The draft that is being saved in it, if one is. */
export function answerTurnNow(): string | undefined {
  const turn = turns.getStore();
  if (turn === undefined) return undefined;
  turn.isAnswered = true;
  return turn.signed;
}

/** Whether the turn was answered before its work was done: nobody is shown what comes of it any more. */
export function turnIsAnswered(): boolean {
  return turns.getStore()?.isAnswered === true;
}
