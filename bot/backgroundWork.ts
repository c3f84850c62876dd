import { randomBytes } from 'node:crypto';
import { codeOf } from '../src/errors.ts';
import { sendNotices } from '../src/notices.ts';
import { discardOldDrafts } from '../src/nudging/oldDrafts.ts';
import { sweepNudges, type NudgeSender } from '../src/nudging/sweep.ts';
import type { Instant } from '../src/fields.ts';
import type { Clock, Directory } from '../src/ports.ts';
import { finishDraft, recover } from '../src/recording/settling.ts';
import { tellOverdue } from '../src/restrictionRequests.ts';
import { outsideTurn } from '../src/turnTime.ts';
import { underCorrelation } from './correlation.ts';
import { finishing, type Finishing, type Waits } from './finishing.ts';
import { teamsNotifier } from './notifier.ts';
import { nudgeSender } from './nudgeSender.ts';
import type { OpenedStore } from './openStore.ts';
import { paced, reaching, type Outgoing } from './reaching.ts';
import { services, type Services } from './services.ts';
import type { Settings } from './settings.ts';
import { isLogCode, type Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { sweeper } from './sweeping.ts';
import { inRealTime, type Wait } from './waiting.ts';

const RECOVER_EVERY_MS = 60_000;
/** A signature that a turn could not bring to its end is gone on with soon. */
const FINISH: Waits = { firstMs: 1_000, longestMs: 60_000 };
/** Longer than any turn takes: until then it may be answered by the turn itself. */
const LEFT_TO_TURNS_MS = 10_000;
/** On Cosmos DB each look at what is due asks every partition. */
const NUDGE_EVERY_MS = { sqlite: 30_000, cosmos: 120_000 } as const;
/** Five sends a second. Source: platform-facts, sending limits. */
const BETWEEN_SENDS_MS = 200;

/** What every start needs, in local mode or in a tenant. */
export interface WorkDeps {
  readonly settings: Settings;
  readonly opened: Pick<OpenedStore, 'stores' | 'keys'>;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly outgoing: Outgoing;
  /** Hears from which address of Teams a person spoke. */
  readonly spokeFrom?: Services['spokeFrom'] | undefined;
  readonly wait: Wait;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'nudged'>;
  readonly finish?: Waits | undefined;
}

type Signed = Parameters<Services['recording']['unfinished']>[0];

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
  const { settings, opened, directory, clock, outgoing, wait, log, finish = FINISH, spokeFrom } = deps;
  const { nudged } = deps.metrics;
  const { stores, keys } = opened;
  const all = services({
    tenantId: outgoing.tenantId,
    stores,
    directory,
    keys,
    clock,
    random: { bytes: (length) => randomBytes(length) },
    settings,
    queued: () => void apart(() => notices.wake()),
    unfinished: ({ personId, draftId }) =>
      apart(() => signatures.soon(`${personId} ${draftId}`, { personId, draftId })),
    isAllowedUrl: outgoing.isAllowedUrl,
    spokeFrom,
    wait,
  });
  const pace = paced(BETWEEN_SENDS_MS, wait, () => performance.now());
  const reach = reaching({ outgoing, nudges: stores.nudges, clock, log, pace });
  const notifier = teamsNotifier(reach);
  const notices = sweeper(
    async () => {
      try {
        await tellOverdue({ notices: stores.notices, cases: stores.cases, keys, clock });
      } finally {
        const { drafts } = stores;
        await sendNotices({ notices: stores.notices, directory, notifier, drafts, keys }, told(log, 'notices.failed'));
      }
    },
    (error) => log('notices.failed', { fault: codeOf(error) }),
  );
  const nudges = sweeper(
    async () => {
      await sweepNudges(
        { ...all.nudging, sender: counted(nudgeSender(reach), nudged), pause: () => inRealTime(BETWEEN_SENDS_MS) },
        told(log, 'nudges.failed'),
      );
      await discardOldDrafts({ ...all.nudging, drafts: stores.drafts });
    },
    (error) => log('nudges.failed', { fault: codeOf(error) }),
  );
  const signatures = finishing<Signed>(
    async (signed) => {
      await finishDraft(all.recording, signed);
      await notices.wake();
    },
    (error) => log('recovery.failed', { fault: codeOf(error) }),
    finish,
  );
  return {
    services: all,
    ...atIntervals({ all, notices, nudges, nudgeEveryMs: NUDGE_EVERY_MS[settings.STORE], signatures, log }),
  };
}

/** What a code heard of becomes in the log: itself where the table has it, else the fault that it is. */
function told(log: Log, failed: 'notices.failed' | 'nudges.failed'): (code: string) => void {
  return (code) => (isLogCode(code) ? log(code) : log(failed, { fault: code }));
}

/** Tells the figures how each card ended; one that could not be tried failed as well. */
function counted(sender: NudgeSender, nudged: Metrics['nudged']): NudgeSender {
  return {
    async send(...card) {
      try {
        const sent = await sender.send(...card);
        nudged(sent.kind);
        return sent;
      } catch (error) {
        nudged('failed');
        throw error;
      }
    },
  };
}

/** Does what a turn sets off and what is not of that turn alone. */
function apart<T>(work: () => T): T {
  return underCorrelation(undefined, () => outsideTurn(work));
}

function atIntervals(parts: {
  readonly all: Services;
  readonly notices: ReturnType<typeof sweeper>;
  readonly nudges: ReturnType<typeof sweeper>;
  readonly nudgeEveryMs: number;
  readonly signatures: Finishing<Signed>;
  readonly log: Log;
}): Omit<BackgroundWork, 'services'> {
  const { all, notices, nudges, nudgeEveryMs, signatures, log } = parts;
  const timers: NodeJS.Timeout[] = [];
  const recoverNow = async (signedBefore?: Instant): Promise<void> => {
    await recover(all.recording, (code) => log('recovery.failed', { fault: code }), signedBefore);
  };
  return {
    recover: () => recoverNow(),
    begin() {
      void notices.wake();
      void nudges.wake();
      timers.push(setInterval(() => void nudges.wake(), nudgeEveryMs));
      const settle = (): void => {
        const leftByTurns = new Date(Date.parse(all.clock.now()) - LEFT_TO_TURNS_MS).toISOString();
        void recoverNow(leftByTurns)
          .catch((error: unknown) => log('recovery.failed', { fault: codeOf(error) }))
          .then(() => notices.wake());
      };
      timers.push(setInterval(settle, RECOVER_EVERY_MS));
    },
    async wake() {
      await Promise.all([notices.wake(), nudges.wake()]);
    },
    async end() {
      for (const timer of timers) clearInterval(timer);
      await signatures.close();
      await notices.wake();
      await nudges.idle();
    },
  };
}
