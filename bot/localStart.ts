import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { sampleCards } from '../cards/samples.ts';
import { CodedError, codeOf } from '../src/errors.ts';
import { sendNotices } from '../src/notices.ts';
import { tellOverdue } from '../src/restrictionRequests.ts';
import { sweepNudges } from '../src/nudging/sweep.ts';
import { bankHolidaysEnding, useBankHolidays } from '../src/workingDays.ts';
import { dateOf } from '../src/londonTime.ts';
import { finishDraft, recover } from '../src/recording/settling.ts';
import { outsideTurn } from '../src/turnTime.ts';
import { discardOldDrafts } from '../src/nudging/oldDrafts.ts';
import { readBankHolidays } from './bankHolidaysFile.ts';
import { finishing, type Waits } from './finishing.ts';
import { localAdapter } from './adapter.ts';
import { createLocalClock } from './local/clock.ts';
import { CONNECTOR_PATH, type LocalConnector } from './local/connector.ts';
import { fileDirectory } from './local/fileDirectory.ts';
import { mountLocalMode } from './local/localMode.ts';
import { loadPeople } from './local/people.ts';
import { BOT_ACCOUNT } from './local/places.ts';
import { createMetrics } from './metrics.ts';
import { teamsNotifier, type Outgoing } from './notifier.ts';
import { nudgeSender } from './nudgeSender.ts';
import { openStore } from './openStore.ts';
import { isLoopbackUrl } from './outbound.ts';
import { sweeper } from './sweeping.ts';
import { createServer } from './server.ts';
import { services, type Services } from './services.ts';
import type { Settings } from './settings.ts';
import { sharingBot, type Log } from './sharingBot.ts';
import { timed } from './turnTimes.ts';

const RECOVER_EVERY_MS = 60_000;
/** A signature that a turn could not bring to its end is gone on with soon. */
const FINISH: Waits = { firstMs: 1_000, longestMs: 60_000 };
/** Longer than any turn takes: until then it may be answered by the turn itself. */
const LEFT_TO_TURNS_MS = 10_000;
const NUDGE_EVERY_MS = 30_000;
/** Five sends a second. Source: platform-facts, sending limits. */
const BETWEEN_SENDS_MS = 200;

/** Resolves after so many milliseconds. */
type Wait = (durationMs: number) => Promise<void>;

function inRealTime(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

/** A bot that is running in local mode. */
export interface RunningBot {
  readonly url: string;
  readonly services: Services;
  readonly connector: LocalConnector;
  /** Sentences that the operator should read at start. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** What a test puts in the place of real time. */
export interface RealTime {
  /** How an answer is held back from somebody who looks up a great deal. */
  readonly wait?: Wait;
  /** The machine's time in milliseconds since 1970. */
  readonly machineNow?: () => number;
  /** How soon a signature is gone on with that a turn could not bring to its end. */
  readonly finish?: Waits;
}

/**
  const clock = createLocalClock({ dataDir: settings.DATA_DIR, machineNow });
 * Throws `CodedError` (and the errors of people file and clock) with one sentence each; nothing is left running then.
 */
export async function startLocal(settings: Settings, log: Log, time: RealTime = {}): Promise<RunningBot> {
  const { wait = inRealTime, machineNow = Date.now, finish = FINISH } = time;
  if (settings.BANK_HOLIDAYS_FILE !== undefined) useBankHolidays(readBankHolidays(settings.BANK_HOLIDAYS_FILE));
  const people = loadPeople(settings.PEOPLE_FILE);
  makeFolder(settings.DATA_DIR);
  const clock = createLocalClock({ dataDir: settings.DATA_DIR, machineNow });
  const random = { bytes: (length: number) => randomBytes(length) };
  const metrics = createMetrics();
  const { stores, keys, madeKeyFile } = await openStore(settings, people.tenantId, random, metrics.requested);
  const adapter = localAdapter();
  const url = (): string => `http://127.0.0.1:${server.address().port}`;
  const directory = fileDirectory(people);
  const outgoing: Outgoing = {
    adapter,
    conversations: stores.conversations,
    keys,
    tenantId: people.tenantId,
    bot: BOT_ACCOUNT,
    serviceUrl: () => new URL(CONNECTOR_PATH, url()).href,
  };
  const notifier = teamsNotifier(outgoing);
  const notices = sweeper(
    async () => {
      try {
        await tellOverdue({ notices: stores.notices, cases: stores.cases, keys, clock });
      } finally {
        const { drafts } = stores;
        await sendNotices({ notices: stores.notices, directory, notifier, drafts, keys }, (code) => log(code));
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
  const recoveryFailed = (error: unknown): void => log('recovery.failed', { fault: codeOf(error) });
  const signatures = finishing<Parameters<Services['recording']['unfinished']>[0]>(
    async (signed) => {
      await finishDraft(all.recording, signed);
      await notices.wake();
    },
    recoveryFailed,
    finish,
  );
  const all = services({
    tenantId: people.tenantId,
    stores,
    directory,
    keys,
    clock,
    random,
    settings,
    queued: () => void outsideTurn(() => notices.wake()),
    unfinished: ({ personId, draftId }) =>
      outsideTurn(() => signatures.soon(`${personId} ${draftId}`, { personId, draftId })),
    wait,
  });
  const server = createServer({
    adapter,
    turn: timed(sharingBot(all, log), metrics),
    tenantId: people.tenantId,
    isAllowedServiceUrl: isLoopbackUrl,
    ready: () => stores.check(),
    log,
    metrics,
    metricsToken: settings.METRICS_TOKEN,
  });
  const connector = mountLocalMode(server, { people, clock, baseUrl: url, gallery: sampleCards });
  const recoverAll = (signedBefore?: string): Promise<number> =>
    recover(all.recording, (code) => log('recovery.failed', { fault: code }), signedBefore);
  try {
    await recoverAll();
    await listen(server, settings.PORT);
  } catch (error) {
    await stores.close();
    throw error;
  }
  void notices.wake();
  void nudges.wake();
  // A jump of the clock acts like sleep: what is due at the new time is done before it is answered.
  clock.onJump(async () => {
    await Promise.all([notices.wake(), nudges.wake()]);
  });
  const ticker = setInterval(() => void nudges.wake(), NUDGE_EVERY_MS);
  const timer = setInterval(() => {
    const leftByTurns = new Date(Date.parse(clock.now()) - LEFT_TO_TURNS_MS).toISOString();
    void recoverAll(leftByTurns)
      .catch(recoveryFailed)
      .then(() => notices.wake());
  }, RECOVER_EVERY_MS);
  const ending = bankHolidaysEnding(dateOf(clock.now()));
  return {
    url: url(),
    services: all,
    connector,
    notes: [
      ...(madeKeyFile !== undefined
        ? [
            `Made a key file, ${madeKeyFile}, that only you may read. Keep a copy apart from your backups: without it, no record can be found or read.`,
          ]
        : []),
      ...(ending === undefined ? [] : [ending]),
    ],
    close: async () => {
      clearInterval(timer);
      clearInterval(ticker);
      connector.close();
      await signatures.close();
      await notices.wake();
      await nudges.idle();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      await stores.close();
    },
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new CodedError(
      'store.missing',
      `The data folder ${folder} cannot be made. Set DATA_DIR to a folder that you may write to.`,
      { cause },
    );
  }
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: Error & { code?: string }) => {
      const why =
        cause.code === 'EADDRINUSE'
          ? `Port ${port} is in use: stop what uses it, or set PORT to another.`
          : `Port ${port} cannot be used: set PORT to another.`;
      reject(new CodedError('setting', why, { cause }));
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
