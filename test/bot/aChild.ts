import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { keepPrinted } from '../loggedLines.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Starts a program of this project in a process of its own. All that it prints is kept, and looked through when all tests
 * have run, as what is logged here is.
 */
export function aChild(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  node = process.execPath,
): ChildProcessWithoutNullStreams {
  const child = spawn(node, [...args], { cwd: ROOT, env: { ...process.env, ...env } });
  keepPrinted(child);
  return child;
}

/** How a process went that ended by itself. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs it until it ends by itself. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  let [out, error] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (error += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, error };
}
