import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { aChild, endOf, type Ended } from './aChild.ts';

/** Runs `node bot/start.js` until it ends by itself. */
export function runToEnd(
  env: Readonly<Record<string, string>>,
  node = process.execPath,
  args: readonly string[] = ['--local'],
): Promise<Ended> {
  return endOf(aChild(['bot/start.js', ...args], env, node));
}

/** A bot that runs in a process of its own, to be killed. */
export interface BotProcess {
  readonly url: string;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Starts one and waits until it says that it is ready. It has the store that the settings name, or else SQLite. */
export async function aBotProcess(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BotProcess> {
  const child = aChild(['bot/start.js', '--local'], { PORT: '0', DATA_DIR: dataDir, ...settings });
  return {
    url: await readyAt(child),
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

async function readyAt({ stdout }: ChildProcessWithoutNullStreams): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/u.exec(line)?.[0];
    if (url === undefined) continue;
    stdout.resume();
    return url;
  }
  throw new Error('The bot ended before it was ready.');
}
