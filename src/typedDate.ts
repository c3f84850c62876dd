import type { LocalDate } from './fields.ts';
import { isDate } from './londonTime.ts';

/** A day as people type it, `3/11/2026` or `2026-11-03`; `undefined` for one that does not exist, and for anything else. */
export function readTypedDate(typed: string): LocalDate | undefined {
  const text = typed.trim();
  const british = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/u.exec(text);
  if (british === null) return isDate(text) ? text : undefined;
  const [, day = '', month = '', year = ''] = british;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : undefined;
}
