import { randomBytes } from 'node:crypto';
import { codeOf } from '../src/errors.ts';
import { sendNotices } from '../src/notices.ts';
import { discardOldDrafts } from '../src/nudging/oldDrafts.ts';
import { sweepNudges } from '../src/nudging/sweep.ts';
import type { Clock, Directory } from '../src/ports.ts';
import { recover } from '../src/recording/settling.ts';
import { tellOverdue } from '../src/restrictionRequests.ts';
import { outsideTurn } from '../src/turnTime.ts';
import { teamsNotifier, type Outgoing } from './notifier.ts';
import { nudgeSender } from './nudgeSender.ts';
import type { OpenedStore } from './openStore.ts';
import { services, type Services } from './services.ts';
import type { Settings } from './settings.ts';
import type { Log } from './sharingBot.ts';
import { sweeper } from './sweeping.ts';

const RECOVER_EVERY_MS = 60_000;
const NUDGE_EVERY_MS = 30_000;
/** Five sends a second. Source: platform-facts, sending limits. */
const BETWEEN_SENDS_MS = 200;

/** Resolves after so many milliseconds. */
export type Wait = (durationMs: number) => Promise<void>;

export function inRealTime(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

/** What every start needs, in local mode or in a tenant. */
export interface WorkDeps {
  readonly settings: Settings;
  readonly opened: Pick<OpenedStore, 'stores' | 'keys'>;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly outgoing: Outgoing;
  readonly wait: Wait;
  readonly log: Log;
}

/** What a bot does beside its turns: it finishes what was broken off, tells people, and nudges them. */
export interface BackgroundWork {
  readonly services: Services;
  /** Finishes what was broken off; before the first turn. Rejects when the store cannot be used. */
  recover(): Promise<void>;
  /** From now on, until `end`. */
  begin(): void;
  /** Does what is due now; resolves when it is done. Never rejects. */
  wake(): Promise<void>;
  /** Resolves when nothing runs any more. */
  end(): Promise<void>;
}

/** Wires the services of a bot and the work that goes on beside its turns. Nothing is begun here. */
export function backgroundWork(deps: WorkDeps): BackgroundWork {
  const { settings, opened, directory, clock, outgoing, wait, log } = deps;
  const { stores, keys } = opened;
  const all = services({
    tenantId: outgoing.tenantId,
    stores,
    directory,
    keys,
    clock,
    random: { bytes: (length) => randomBytes(length) },
    settings,
    signed: () => void outsideTurn(() => notices.wake()),
    isAllowedUrl: outgoing.isAllowedUrl,
    wait,
  });
  const notifier = teamsNotifier(outgoing);
  const notices = sweeper(
    async () => {
      try {
        await tellOverdue({ notices: stores.notices, cases: stores.cases, keys, clock });
      } finally {
        await sendNotices({ notices: stores.notices, directory, notifier }, (code) => log(code));
      }
    },
    (error) => log('notices.failed', { fault: codeOf(error) }),
  );
  const nudges = sweeper(
    async () => {
      await sweepNudges(
        { ...all.nudging, sender: nudgeSender(outgoing), pause: () => inRealTime(BETWEEN_SENDS_MS) },
        (code) => log(code),
      );
      await discardOldDrafts({ ...all.nudging, drafts: stores.drafts });
    },
    (error) => log('nudges.failed', { fault: codeOf(error) }),
  );
  return { services: all, ...atIntervals({ all, notices, nudges, log }) };
}

function atIntervals(parts: {
  readonly all: Services;
  readonly notices: ReturnType<typeof sweeper>;
  readonly nudges: ReturnType<typeof sweeper>;
  readonly log: Log;
}): Omit<BackgroundWork, 'services'> {
  const { all, notices, nudges, log } = parts;
  const timers: NodeJS.Timeout[] = [];
  const recoverNow = async (): Promise<void> => {
    await recover(all.recording, (code) => log('recovery.failed', { fault: code }));
  };
  return {
    recover: recoverNow,
    begin() {
      void notices.wake();
      void nudges.wake();
      timers.push(setInterval(() => void nudges.wake(), NUDGE_EVERY_MS));
      const settle = (): void => {
        void recoverNow().catch(() => log('recovery.failed', {}));
        void notices.wake();
      };
      timers.push(setInterval(settle, RECOVER_EVERY_MS));
    },
    async wake() {
      await Promise.all([notices.wake(), nudges.wake()]);
    },
    async end() {
      for (const timer of timers) clearInterval(timer);
      await notices.wake();
      await nudges.idle();
    },
  };
}
