import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How a start went that did not come to anything. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs `node bot/start.js` until it ends by itself. */
export async function runToEnd(
  env: Readonly<Record<string, string>>,
  node = process.execPath,
  args: readonly string[] = ['--local'],
): Promise<Ended> {
  const child = spawn(node, ['bot/start.js', ...args], { cwd: ROOT, env: { ...process.env, ...env } });
  let [out, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, error };
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
  const env = { ...process.env, PORT: '0', DATA_DIR: dataDir, ...settings };
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  const child = spawn(process.execPath, ['bot/start.js', '--local'], { cwd: ROOT, env, stdio: [...stdio] });
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

async function readyAt(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/u.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('The bot ended before it was ready.');
}
