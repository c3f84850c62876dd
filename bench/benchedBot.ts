import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A bot in a process of its own. */
export interface BenchedBot {
  readonly port: number;
  /** From the start of the process to the line that says that it is ready. */
  readonly readyMs: number;
  /** What the process holds in memory now, in MB. */
  rssMb(): number;
  /** The processor time that the process has used so far, in milliseconds, to the nearest ten. */
  cpuMs(): number;
  stop(): Promise<void>;
}

const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)\//u;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Starts a bot and waits until it says at which address it is ready. */
export async function startBenched(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<BenchedBot> {
  const from = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child);
  const readyMs = performance.now() - from;
  return {
    port,
    readyMs,
    rssMb: () => residentKb(child.pid) / 1024,
    cpuMs: () => cpuTicks(child.pid) * 10,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('The bot has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const port = ADDRESS.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error('The bot ended before it was ready.');
}

function residentKb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid ?? 'self'}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/mu.exec(status)?.[1] ?? Number.NaN);
}

/** User and system time in hundredths of a second: fields 14 and 15, counted after the name in brackets. */
function cpuTicks(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid ?? 'self'}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
