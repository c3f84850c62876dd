import type { ChildProcess } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { LogLine, LogParts } from '../bot/log.ts';

/** Every line that a bot of this process has logged, once; looked through when all tests have run. */
export const EVERY_LINE = new Set<string>();

/** A place for the log of one bot. Its lines are text, as they would be written. */
export function keptLog(): { readonly lines: readonly string[]; readonly write: LogParts['write'] } {
  const lines: string[] = [];
  return {
    lines,
    write(line: LogLine) {
      const text = JSON.stringify(line);
      lines.push(text);
      EVERY_LINE.add(text);
    },
  };
}

/** Every line that a process has printed which a test started, once: what it logged, and what it said beside. */
export const EVERY_PRINTED = new Set<string>();

/** Keeps what a process prints on either output, from now to its end. */
export function keepPrinted({ stdout, stderr }: Pick<ChildProcess, 'stdout' | 'stderr'>): void {
  for (const output of [stdout, stderr]) {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    const take = (text: string): void => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) EVERY_PRINTED.add(line);
    };
    output?.on('data', (chunk: Buffer | string) => take(typeof chunk === 'string' ? chunk : decoder.write(chunk)));
    output?.once('close', () => take(`${decoder.end()}\n`));
  }
}
