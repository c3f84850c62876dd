import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { BankHolidays } from '../src/bankHolidays.ts';
import { CodedError } from '../src/errors.ts';
import { isDate } from '../src/londonTime.ts';

const day = z.string().refine(isDate);
const file = z.strictObject({ through: day, dates: z.array(day).min(1) });

/**
 * The bank holidays in a file: dates, and the last day up to which they are complete. Throws `CodedError('setting')` with
 * one sentence when it cannot be read or is not that.
 */
export function readBankHolidays(path: string): BankHolidays {
  try {
    const { through, dates } = file.parse(JSON.parse(readFileSync(path, 'utf8')));
    return { division: 'as configured', source: path, through, dates: [...new Set(dates)].sort() };
  } catch (cause) {
    throw new CodedError(
      'setting',
      `BANK_HOLIDAYS_FILE should name a file such as {"through": "2027-12-31", "dates": ["2027-01-01"]}: ${path} is not one.`,
      { cause },
    );
  }
}
