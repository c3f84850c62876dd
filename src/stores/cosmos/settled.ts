import { setTimeout as wait } from 'node:timers/promises';
import { codeOf } from '../../errors.ts';
import { OutcomeUnknown } from './cosmosFault.ts';

const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 800;

/** Waits a little longer each time it is called; rejects with `error` once the deadline has passed. */
function pauses(deadline: AbortSignal): (error: unknown) => Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  return async (error) => {
    if (deadline.aborted) throw error;
    try {
      await wait(waitMs, undefined, { signal: deadline });
    } catch {
      throw error;
    }
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };
}

/**
 * Asks until there is an answer; what is asked may be repeated. Throws `OutcomeUnknown` once the deadline has passed, and
 * also when a write that was not answered is refused at its next attempt: nobody knows of the one before.
 */
export async function repeated<T>(deadline: AbortSignal, ask: () => Promise<T>, isWrite = false): Promise<T> {
  const pause = pauses(deadline);
  for (let isUnknown = false; ; isUnknown = isWrite) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw isUnknown ? ofUnsettled(error) : error;
      await pause(error);
    }
  }
}

/** A write that happens at most once, however often it is attempted, and how to find out whether it did. */
export interface Write<T> {
  /** `undefined` when the store refused it for what is there already. */
  readonly attempt: () => Promise<T | undefined>;
  /** What became of it, from what is there now; `undefined` when all is as it was before, so that it may be tried again. */
  readonly lookBack: () => Promise<T | undefined>;
}

/**
 * Brings a write to an outcome that is known. A refusal is looked into as well: an attempt that got no answer, or one that
 * the client repeated by itself, may have been the one that got in first. Throws `OutcomeUnknown` once the deadline has
 * passed, and when the store fails in another way while an attempt is not settled: then nobody may say that it happened,
 * or that it did not.
 * Source: issue "Azure Cosmos DB", 2; project decision 0016.
 */
export async function settled<T>(deadline: AbortSignal, { attempt, lookBack }: Write<T>): Promise<T> {
  const pause = pauses(deadline);
  const first = await tried(attempt);
  if (first !== undefined) return first;
  try {
    for (;;) {
      const known = await repeated(deadline, lookBack);
      if (known !== undefined) return known;
      await pause(new OutcomeUnknown(undefined));
      const next = await tried(attempt);
      if (next !== undefined) return next;
    }
  } catch (error) {
    throw ofUnsettled(error);
  }
}

/** What the account says of one request, and not of the one before. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set(['store.busy', 'store.refused', 'store.missing']);

/** An error as it is to be taken while an attempt is not settled. */
function ofUnsettled(error: unknown): unknown {
  return OF_THE_MOMENT.has(codeOf(error)) ? new OutcomeUnknown(error) : error;
}

async function tried<T>(attempt: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof OutcomeUnknown) return undefined;
    throw error;
  }
}

/** Settles with the work, or rejects once the signal says so, whatever the client is waiting for. */
export function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = (): void => {
    reject(new OutcomeUnknown(signal.reason));
  };
  signal.addEventListener('abort', onAbort, { once: true });
  work.then(resolve, reject).finally(() => {
    signal.removeEventListener('abort', onAbort);
  });
  return promise;
}
