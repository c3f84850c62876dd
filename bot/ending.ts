import type { Server } from 'restify';
import type { BackgroundWork } from './backgroundWork.ts';
import type { Log } from './log.ts';
import type { ReadinessProbe } from './readiness.ts';
import { stopListening } from './starting.ts';
import type { TurnsUnderWay } from './turnsUnderWay.ts';

/** What is ended, and in what order. */
export interface Ended {
  readonly server: Server;
  readonly turns: TurnsUnderWay;
  readonly ready: Pick<ReadinessProbe, 'stop'>;
  readonly work: Pick<BackgroundWork, 'end'>;
  readonly store: { close(): Promise<void> };
  readonly log: Log;
  /** Whether turns need the server itself, which is Teams for them in local mode: then it listens until they have ended. */
  readonly listensForTurns: boolean;
}

/**
 * Turns are answered within four seconds, and what goes on after that counts until it ends. What is cut off all the same is
 * brought to its end at the next start.
 */
const WAITS_MS = 10_000;
const CUT_MS = 1_000;

/**
 * Ends a bot: it is not ready from now on and takes no new connection, its turns are answered, its other work ends, and the
 * store is closed. Turns and work are waited for, ten seconds each at the most. May be called again, and is done once.
 * Source: issue “In a real tenant”, 6; project decision 0021.
 */
export function ending(parts: Ended): () => Promise<void> {
  let ended: Promise<void> | undefined;
  return () => (ended ??= end(parts));
}

async function end({ server, turns, ready, work, store, log, listensForTurns }: Ended): Promise<void> {
  ready.stop();
  const stopped = listensForTurns ? undefined : stopListening(server);
  log('stop.begun', { turns: turns.count() });
  const isIdle = await within(turns.idle());
  const isDone = await within(work.end());
  if (!isIdle || !isDone) log('stop.late', { turns: turns.count() });
  await closedSoon(server, stopped ?? stopListening(server));
  await store.close();
}

/** Ends connections on which nothing is said any more at once, and the others soon: nobody is answered on them any more. */
async function closedSoon(server: Server, closed: Promise<void>): Promise<void> {
  // restify's types do not say that this is Node's own server.
  const http = server.server as { closeIdleConnections(): void; closeAllConnections(): void };
  http.closeIdleConnections();
  const timer = setTimeout(() => http.closeAllConnections(), CUT_MS);
  await closed;
  clearTimeout(timer);
}

async function within(work: Promise<void>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), WAITS_MS);
  try {
    return await Promise.race([work.then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
