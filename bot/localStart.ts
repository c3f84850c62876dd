import { randomBytes } from 'node:crypto';
import { sampleCards } from '../cards/samples.ts';
import { codeOf } from '../src/errors.ts';
import { useBankHolidays } from '../src/workingDays.ts';
import { readBankHolidays } from './bankHolidaysFile.ts';
import { localAdapter } from './adapter.ts';
import { backgroundWork } from './backgroundWork.ts';
import { inRealTime, type Wait } from './waiting.ts';
import type { Waits } from './finishing.ts';
import { localGate } from './gate.ts';
import { createLocalClock } from './local/clock.ts';
import { CONNECTOR_PATH, type LocalConnector } from './local/connector.ts';
import { ending } from './ending.ts';
import { fileDirectory } from './local/fileDirectory.ts';
import { mountLocalMode } from './local/localMode.ts';
import { loadPeople } from './local/people.ts';
import { BOT_ACCOUNT } from './local/places.ts';
import { createLog, personHash, type LogParts } from './log.ts';
import { createMetrics } from './metrics.ts';
import { openStore } from './openStore.ts';
import { createServer } from './server.ts';
import { isLoopbackUrl } from './serviceUrls.ts';
import type { Services } from './services.ts';
import type { Settings } from './settings.ts';
import { counted, standing } from './standing.ts';
import { listen, makeFolder, notesOn } from './starting.ts';
import { sharingBot } from './sharingBot.ts';
import { timed } from './turnTimes.ts';

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
 * Starts the bot in local mode; resolves when it listens.
 * Throws `CodedError` (and the errors of people file and clock) with one sentence each; nothing is left running then.
 */
export async function startLocal(
  settings: Settings,
  write: LogParts['write'],
  time: RealTime = {},
): Promise<RunningBot> {
  const { wait = inRealTime, machineNow = Date.now, finish } = time;
  if (settings.BANK_HOLIDAYS_FILE !== undefined) useBankHolidays(readBankHolidays(settings.BANK_HOLIDAYS_FILE));
  const people = loadPeople(settings.PEOPLE_FILE);
  makeFolder(settings.DATA_DIR);
  const clock = createLocalClock({ dataDir: settings.DATA_DIR, machineNow });
  const random = { bytes: (length: number) => randomBytes(length) };
  const metrics = createMetrics();
  const inStore = { tenantId: people.tenantId, random, observe: metrics.requested };
  const opened = counted(await openStore(settings, inStore), metrics);
  const { stores, keys } = opened;
  const log = createLog({ write, hash: personHash(keys), dropped: metrics.dropped });
  const adapter = localAdapter();
  const url = (): string => `http://127.0.0.1:${server.address().port}`;
  const outgoing = {
    ...{ adapter, conversations: stores.conversations, keys, tenantId: people.tenantId, bot: BOT_ACCOUNT },
    serviceUrl: () => new URL(CONNECTOR_PATH, url()).href,
    isAllowedUrl: isLoopbackUrl,
  };
  const directory = fileDirectory(people);
  const work = backgroundWork({ settings, opened, directory, clock, outgoing, wait, log, metrics, finish });
  const { ready, turns } = standing(opened, {
    settings,
    check: async () => undefined,
    nowMs: machineNow,
    log,
    metrics,
  });
  const server = createServer({
    adapter,
    turn: timed(sharingBot(work.services, log, turns), metrics),
    gate: localGate(people.tenantId, isLoopbackUrl),
    ready,
    turns,
    refused: (reason) => log('activity.refused', { reason }),
    log,
    metrics,
    metricsToken: settings.METRICS_TOKEN,
  });
  const connector = mountLocalMode(server, {
    ...{ people, clock, baseUrl: url, gallery: sampleCards },
    failed: (error) => log('localRoute.failed', { fault: codeOf(error) }),
  });
  try {
    await work.recover();
    await listen(server, settings.PORT, '127.0.0.1');
  } catch (error) {
    await stores.close();
    throw error;
  }
  const end = ending({ server, turns, ready, work, store: stores, log, listensForTurns: true });
  work.begin();
  // A jump of the clock acts like sleep: what is due at the new time is done before it is answered.
  clock.onJump(() => work.wake());
  return {
    url: url(),
    services: work.services,
    connector,
    notes: notesOn(opened, clock.now()),
    close: async () => {
      connector.close();
      await end();
    },
  };
}
