import { LOG_CODES } from '../logCodes.ts';

/** The table of everything that the log can say, in Markdown, for docs/operations.md. */
export function logCodesTable(): string {
  const rows = Object.entries(LOG_CODES).map(([code, { level, fields, means, todo }]) => {
    const named = Object.keys(fields).join(', ');
    return `- \`${code}\` (${level}${named === '' ? '' : `; ${named}`}): ${means} _${todo}_`;
  });
  return `${rows.join('\n')}\n`;
}

if (import.meta.main) process.stdout.write(logCodesTable());
