import type { AccessStore, AccessTally } from './accessLogPorts.ts';
import type { Person } from './people.ts';
import type { NoticeStore, StoredNotice } from './noticePorts.ts';
import type { Clock } from './ports.ts';

/** What slowing needs from outside. */
export interface Pacing {
  readonly access: Pick<AccessStore, 'tally'>;
  readonly notices: Pick<NoticeStore, 'queue'>;
  readonly clock: Clock;
  /** Resolves after so many milliseconds. */
  readonly wait: (durationMs: number) => Promise<void>;
  /** Called when a message was queued. */
  readonly queued: () => void;
  readonly memory: PacingMemory;
}

/** What a process remembers of its own look-ups, to ask the store less. One that has just started remembers nothing. */
export interface PacingMemory {
  /** How many look-ups a person has before the log is counted again. */
  readonly free: Map<string, number>;
  /** Messages that are queued already. */
  readonly told: Set<string>;
}

export interface PacingDeps {
  readonly pacing: Pacing;
}

export function pacingMemory(): PacingMemory {
  return { free: new Map(), told: new Set() };
}

const HOUR_MS = 3_600_000;
/** More than so many within an hour are slowed. Source: issue "Case summary", 6. */
const AN_HOUR = { misses: 20, cases: 60, records: 60 } as const;
const STEP_MS = 100;
const WOKEN_UP_TO_MS = 3 * STEP_MS;
/** Source: issue "Case summary", 6. */
const SLOWED_AT_MOST_MS = 2_000;

/**
 * Of what is left before an answer is held back, a process takes this part without counting: others may be at it too. Where
 * more of them than this answer one person within an hour, the first that is held back may come some look-ups later.
 */
const PROCESSES = 4;
const REMEMBERED = 5_000;

/**
 * Holds an answer back, a little longer for each of a person's look-ups beyond what an hour's work takes, and has the
 * records officers told of that, once for a person and clock hour. To be called after a look-up was noted in the access log
 * and before it is answered, whatever the answer is. Nobody is ever locked out: two seconds is the most.
 * Source: issue "Case summary", 6.
 */
export async function slowed({ pacing }: PacingDeps, person: Pick<Person, 'id'>): Promise<void> {
  if (isFree(pacing.memory, person.id)) return;
  const now = pacing.clock.now();
  const from = new Date(Date.parse(now) - HOUR_MS).toISOString();
  const excess = excessOf(await pacing.access.tally(person.id, from));
  if (excess <= 0) {
    dropOldest(pacing.memory.free);
    pacing.memory.free.set(person.id, Math.floor(-excess / PROCESSES));
    return;
  }
  const durationMs = heldBackMs(excess);
  await tell(pacing, noticeOf(person.id, now));
  // Of many look-ups the first few have it sent at once: it is one message, and sending looks through all of them.
  if (durationMs <= WOKEN_UP_TO_MS) pacing.queued();
  await pacing.wait(durationMs);
}

/** Takes one of the look-ups that a person has before the log is counted again; what has left the hour only adds to them. */
function isFree({ free }: PacingMemory, personId: string): boolean {
  const left = free.get(personId) ?? 0;
  if (left > 0) free.set(personId, left - 1);
  return left > 0;
}

async function tell({ notices, memory: { told } }: Pacing, notice: StoredNotice): Promise<void> {
  if (told.has(notice.noticeId)) return;
  await notices.queue([notice]);
  dropOldest(told);
  told.add(notice.noticeId);
}

function dropOldest(kept: Map<string, unknown> | Set<string>): void {
  const [oldest] = kept.keys();
  if (kept.size >= REMEMBERED && oldest !== undefined) kept.delete(oldest);
}

/**
 * How long an answer is held back after what somebody did within an hour: refusals of any kind, cases of which they opened
 * the summary, and records that they opened or copied. The records of one case are not counted as so many cases: records
 * have a limit of their own, of the same size.
 */
export function slowedByMs(tallies: readonly AccessTally[]): number {
  return heldBackMs(excessOf(tallies));
}

const heldBackMs = (excess: number): number => Math.min(Math.max(excess, 0) * STEP_MS, SLOWED_AT_MOST_MS);

/** Look-ups beyond the limit; below 0, how many are left until then. */
function excessOf(tallies: readonly AccessTally[]): number {
  const of = (...actions: readonly AccessTally['action'][]): readonly AccessTally[] =>
    tallies.filter(({ action }) => actions.includes(action));
  const misses = tallies.filter(({ action }) => action.endsWith('.refused')).reduce((sum, { times }) => sum + times, 0);
  const records = new Set(of('record.open', 'record.copy').map(({ first }) => first)).size;
  const cases = new Set(of('case.open').map(({ first }) => first)).size;
  return Math.max(misses - AN_HOUR.misses, cases - AN_HOUR.cases, records - AN_HOUR.records);
}

/** The same for the same person and hour, always: it is queued once. It carries an id, and is answered with their log. */
function noticeOf(personId: string, now: string): StoredNotice {
  const hour = now.slice(0, 'YYYY-MM-DDTHH'.length);
  return {
    noticeId: `${personId}:${hour}:muchLookedUp:recordsOfficers`,
    what: 'muchLookedUp',
    about: personId,
    audience: { kind: 'recordsOfficers' },
    queuedAt: now,
    attempts: 0,
  };
}
