import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal, type RealTime, type RunningBot } from '../../bot/localStart.ts';
import { readSettings } from '../../bot/settings.ts';
import { dateOf } from '../../src/londonTime.ts';
import { keptLog } from '../loggedLines.ts';
import { aChat, http, type Chat } from './aChat.ts';
import { storeSettings } from './aStore.ts';

/** The people of the set that ships with local mode. All of them are fictional. */
export const PEOPLE = {
  priya: '7d1f2c40-0000-4000-8000-9e0000000001',
  tom: '7d1f2c40-0000-4000-8000-9e0000000002',
  maureen: '7d1f2c40-0000-4000-8000-9e0000000003',
  adaeze: '7d1f2c40-0000-4000-8000-9e0000000004',
  rowan: '7d1f2c40-0000-4000-8000-9e0000000005',
  ffion: '7d1f2c40-0000-4000-8000-9e0000000006',
  gerald: '7d1f2c40-0000-4000-8000-9e0000000007',
} as const;

export const RIVERSIDE = '7d1f2c40-0000-4000-8000-7ea000000001';
export const TENANT = '7d1f2c40-0000-4000-8000-5a1e00000001';

export interface TestBot {
  readonly dataDir: string;
  readonly running: RunningBot;
  /** What was logged, as text. */
  readonly logged: readonly string[];
  chat(person: keyof typeof PEOPLE): Chat;
  close(): Promise<void>;
}

/** Makes a folder that `removeFolder` takes away again, with what stands beside it. */
export function aFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'sharing-log-')), 'data');
}

export function removeFolder(dataDir: string): void {
  rmSync(join(dataDir, '..'), { recursive: true, force: true });
}

/**
 * Starts the bot as `npm start` does, on a free port, and keeps what it logs. Nobody's answer is held back unless `time` says
 * so.
 */
export async function aBot(
  dataDir: string = aFolder(),
  env: Readonly<Record<string, string>> = {},
  time: RealTime = {},
): Promise<TestBot> {
  const settings = readSettings({ PORT: '0', DATA_DIR: dataDir, ...(await storeSettings(dataDir)), ...env });
  const { lines: logged, write } = keptLog();
  const running = await startLocal(settings, write, { wait: async () => undefined, ...time });
  return {
    dataDir,
    running,
    logged,
    chat: (person) => aChat(running.url, PEOPLE[person]),
    close: () => running.close(),
  };
}

/** The bot of a suite, for as long as its tests run; there is none before and after. */
export interface SuiteBot extends TestBot {
  /** The day that it is by the bot's clock: a working day, at two in the afternoon when the tests begin. */
  readonly today: string;
  /** Starts it anew with what it kept, once it was closed. */
  start(): Promise<void>;
}

/** Runs a bot for the suite that calls this, or one for each of its tests, in a folder that is taken away afterwards. */
export function withABot({
  per = 'suite',
  env = {},
  time = {},
}: {
  readonly per?: 'suite' | 'test';
  readonly env?: Readonly<Record<string, string>>;
  readonly time?: RealTime;
} = {}): SuiteBot {
  let bot: TestBot;
  let today: string;
  const [begin, end] = per === 'suite' ? [before, after] : [beforeEach, afterEach];
  begin(async () => {
    bot = await aBot(aFolder(), env, time);
    today = await onAWorkingDay(bot);
  });
  end(async () => {
    await bot.close();
    removeFolder(bot.dataDir);
  });
  return {
    get dataDir() {
      return bot.dataDir;
    },
    get running() {
      return bot.running;
    },
    get logged() {
      return bot.logged;
    },
    get today() {
      return today;
    },
    chat: (person) => bot.chat(person),
    close: () => bot.close(),
    async start() {
      bot = await aBot(bot.dataDir, env, time);
    },
  };
}

/** Time that goes on from this moment, whatever day the tests run on. */
export function timeFrom(instant: string): RealTime {
  const aheadMs = Date.parse(instant) - Date.now();
  return { machineNow: () => Date.now() + aheadMs };
}

/**
 * Moves the bot's clock to two in the afternoon of its next working day, so that no midnight comes while a test runs, and
 * answers with that day.
 */
export async function onAWorkingDay({ running }: TestBot): Promise<string> {
  const { body } = await http(`${running.url}/local/clock`);
  const day = dateOf(String(body.nextWorkingMorning));
  await moveClock(running.url, { london: `${day}T14:00` });
  return day;
}

/** Moves the bot's clock on, to a time or by a duration. */
export async function moveClock(baseUrl: string, wish: { london: string } | { advance: string }): Promise<void> {
  const moved = await http(`${baseUrl}/local/clock`, wish);
  if (moved.status !== 200) throw new Error(moved.text);
}
