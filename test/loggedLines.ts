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
