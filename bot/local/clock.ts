import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** What became of a wish to move the clock: the new time, or one sentence that says why it did not move. */
export type ClockMove =
  { readonly kind: 'moved'; readonly now: string } | { readonly kind: 'refused'; readonly why: string };

/** A clock that runs at the machine's speed, ahead of it by an offset that only grows. */
export interface LocalClock {
  /** The time now: UTC, ISO 8601 with milliseconds. */
  now(): string;
  /** Moves to an instant (ISO 8601 with a zone offset) and resolves when every jump listener has finished. */
  moveTo(iso: string): Promise<ClockMove>;
  /** Moves on by an ISO 8601 duration, counted on the calendar of Europe/London, and resolves like `moveTo`. */
  advance(isoDuration: string): Promise<ClockMove>;
  /**
   * Calls the listener after every jump. Its promise is awaited before the jump is answered; a rejection reaches who moved
   * the clock.
   */
  onJump(listener: () => Promise<void>): void;
}

/** The saved clock cannot be used; the message is one sentence for the operator. */
export class LocalClockError extends Error {
  readonly code = 'LOCAL_CLOCK_UNUSABLE';
  override readonly name = 'LocalClockError';
}

const LONDON = 'Europe/London';
const FILE_NAME = 'clock.json';
const savedSchema = z.object({ offsetMs: z.number().int().nonnegative() });

// Going back means deleting the file and with it the story in the data, so a slip in the year must not be possible.
const LATEST = Temporal.Instant.from('2100-01-01T00:00:00Z');

/**
 * Makes the clock of local mode. The offset is kept in `clock.json` under `dataDir` (made if absent) and survives a restart.
 * `machineNow` gives the machine's time in milliseconds since 1970; tests inject it.
 * @throws LocalClockError when the file exists and cannot be understood.
 */
export function createLocalClock(options: {
  readonly dataDir: string;
  readonly machineNow?: () => number;
}): LocalClock {
  const machineNow = options.machineNow ?? Date.now;
  const file = join(options.dataDir, FILE_NAME);
  mkdirSync(options.dataDir, { recursive: true });
  let offsetMs = readOffset(file);
  const listeners: (() => Promise<void>)[] = [];

  const nowInstant = (): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(machineNow() + offsetMs);
  const now = (): string => new Date(machineNow() + offsetMs).toISOString();

  const jump = async (target: Temporal.Instant): Promise<ClockMove> => {
    if (Temporal.Instant.compare(target, nowInstant()) <= 0)
      return refused('The clock moves only forward: choose a later time.');
    if (Temporal.Instant.compare(target, LATEST) >= 0)
      return refused('The clock does not go beyond the year 2099: check the year.');
    const next = target.epochMilliseconds - machineNow();
    saveOffset(file, next);
    offsetMs = next;
    for (const listener of listeners) await listener();
    return { kind: 'moved', now: now() };
  };

  return {
    now,
    moveTo: async (iso) => {
      const target = readInstant(iso);
      return target === undefined
        ? refused('Give the time as an ISO instant such as 2026-11-24T09:00:00Z.')
        : jump(target);
    },
    advance: async (isoDuration) => {
      const target = later(nowInstant(), isoDuration);
      return target === undefined ? refused('Give the duration as ISO 8601, such as P1D or PT1H.') : jump(target);
    },
    onJump: (listener) => {
      listeners.push(listener);
    },
  };
}

function refused(why: string): ClockMove {
  return { kind: 'refused', why };
}

function readInstant(iso: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(iso);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function later(from: Temporal.Instant, isoDuration: string): Temporal.Instant | undefined {
  try {
    return from.toZonedDateTimeISO(LONDON).add(Temporal.Duration.from(isoDuration)).toInstant();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readOffset(file: string): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 0;
    throw new LocalClockError(`${FILE_NAME} in DATA_DIR cannot be read: check the permissions of that file.`, {
      cause,
    });
  }
  try {
    return savedSchema.parse(JSON.parse(text)).offsetMs;
  } catch (cause) {
    throw new LocalClockError(
      `${FILE_NAME} in DATA_DIR is damaged: put it back from a backup, or delete it to start from the machine's time.`,
      {
        cause,
      },
    );
  }
}

// Written beside and renamed over, so that a crash leaves the old offset or the new one, never half a file.
function saveOffset(file: string, offsetMs: number): void {
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w');
  try {
    writeSync(handle, `${JSON.stringify({ offsetMs })}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}
