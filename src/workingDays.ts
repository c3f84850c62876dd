import { ENGLAND_AND_WALES, type BankHolidays } from './bankHolidays.ts';
import type { LocalDate } from './fields.ts';
import { addDays, daysBetween, weekdayOf } from './londonTime.ts';

/** The list in force: one a process, chosen at its start and never after. */
let list = ENGLAND_AND_WALES;
let holidays: ReadonlySet<LocalDate> = new Set(list.dates);
let weekdayHolidays = weekdaysOf(list.dates);

/** Takes the bank holidays of another part of the country. To be called once, before anything asks for a working day. */
export function useBankHolidays(chosen: BankHolidays): void {
  list = chosen;
  holidays = new Set(chosen.dates);
  weekdayHolidays = weekdaysOf(chosen.dates);
}

/** Bank holidays that would have been working days. */
function weekdaysOf(dates: readonly LocalDate[]): readonly LocalDate[] {
  return dates.filter((date) => isWeekday(weekdayOf(date)));
}
const WARN_DAYS_BEFORE_END = 90;

/**
 * Monday to Friday, less the bank holidays of England and Wales.
 * Source: architecture; issue "Nothing left open", working days.
 */
export function isWorkingDay(date: LocalDate): boolean {
  const weekday = weekdayOf(date);
  return weekday !== 0 && weekday !== 6 && !holidays.has(date);
}

/** The so-many-th working day after a date; with 0, the date itself or the next working day when it is none. */
export function addWorkingDays(date: LocalDate, days: number): LocalDate {
  let day = date;
  for (let left = days; left > 0; left -= 1) day = onOrAfter(addDays(day, 1));
  return onOrAfter(day);
}

function isWeekday(weekday: number): boolean {
  return weekday !== 0 && weekday !== 6;
}

/** The working days after one date up to and including another; 0 when the second is not later. */
export function workingDaysBetween(from: LocalDate, to: LocalDate): number {
  if (to <= from) return 0;
  const days = daysBetween(from, to);
  const start = weekdayOf(from);
  let count = Math.floor(days / 7) * 5;
  for (let day = 1; day <= days % 7; day += 1) if (isWeekday((start + day) % 7)) count += 1;
  return count - weekdayHolidays.filter((date) => date > from && date <= to).length;
}

/** A sentence for the operator when the dated list runs out within 90 days, or has run out. */
export function bankHolidaysEnding(today: LocalDate): string | undefined {
  const left = daysBetween(today, list.through);
  if (left > WARN_DAYS_BEFORE_END) return undefined;
  return left < 0
    ? `The list of bank holidays ended on ${list.through}: install a release with a newer one.`
    : `The list of bank holidays ends on ${list.through}: install a release with a newer one before then.`;
}

function onOrAfter(date: LocalDate): LocalDate {
  let day = date;
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
}
