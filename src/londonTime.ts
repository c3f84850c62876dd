import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from './fields.ts';

const ZONE = 'Europe/London';
const HOUR_MS = 3_600_000;
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
] as const; // prettier-ignore
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** The times between two changes of clocks, found as they are asked for: two a year at most. */
const spans: { readonly fromMs: number; readonly untilMs: number; readonly offsetMs: number }[] = [];

/** All that London has had since 1900, the largest first: the earlier of two instants has the larger one. */
const OFFSETS_MS = [2 * HOUR_MS, HOUR_MS, 0] as const;

function offsetMs(epochMs: number): number {
  const known = spans.find(({ fromMs, untilMs }) => epochMs >= fromMs && epochMs < untilMs);
  if (known !== undefined) return known.offsetMs;
  const zoned = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(ZONE);
  // The change before a moment is never one at that very moment.
  const fromMs = zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
  const untilMs = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
  const found = { fromMs, untilMs, offsetMs: zoned.offsetNanoseconds / 1e6 };
  spans.push(found);
  return found.offsetMs;
}

/** The instant that was asked for last: its date and its time of day are mostly wanted together. */
let last: { readonly instant: Instant; readonly wall: string } | undefined;

/** The wall clock in London at an instant, `2026-11-23T14:05`. */
function wallClock(instant: Instant): string {
  if (last?.instant === instant) return last.wall;
  const epochMs = Date.parse(instant);
  const wall = new Date(epochMs + offsetMs(epochMs)).toISOString().slice(0, 16);
  last = { instant, wall };
  return wall;
}

/** The London date of an instant. */
export function dateOf(instant: Instant): LocalDate {
  return wallClock(instant).slice(0, 10);
}

/** The London time of day of an instant, `HH:MM`. */
export function timeOf(instant: Instant): string {
  return wallClock(instant).slice(11);
}

/**
 * The instant of a London date and time of day. A time that occurs twice, when clocks go back, is the earlier one;
 * `undefined` for one that does not occur, when they go forward, and for what is no date or time at all.
 * Source: architecture, "Data".
 */
export function instantOf(date: LocalDate, time: string): Instant | undefined {
  if (!isDate(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return undefined;
  const wallMs = Date.parse(`${date}T${time}:00.000Z`);
  const offset = OFFSETS_MS.find((candidate) => offsetMs(wallMs - candidate) === candidate);
  return offset === undefined ? undefined : new Date(wallMs - offset).toISOString();
}

/** True for a calendar date between the years 1900 and 2199 that exists, as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  return new Date(text).getUTCDate() === Number(text.slice(8));
}

/** The date so many days after another; before it, when negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + days * 24 * HOUR_MS).toISOString().slice(0, 10);
}

/** "Monday 23 November 2026". */
export function longDate(date: LocalDate): string {
  const parsed = new Date(`${date}T00:00:00.000Z`);
  const weekday = WEEKDAYS[parsed.getUTCDay()] ?? '';
  return `${weekday} ${parsed.getUTCDate()} ${MONTHS[parsed.getUTCMonth()] ?? ''} ${parsed.getUTCFullYear()}`;
}

/** "Monday 23 November 2026, 14:05 (GMT)". */
export function longTime(instant: Instant): string {
  return `${longDate(dateOf(instant))}, ${zonedTime(instant)}`;
}

/** "14:05 (GMT)". */
export function zonedTime(instant: Instant): string {
  const zone = offsetMs(Date.parse(instant)) === 0 ? 'GMT' : 'BST';
  return `${timeOf(instant)} (${zone})`;
}

/** "23 Nov 2026". */
export function shortDate(date: LocalDate): string {
  return `${Number(date.slice(8))} ${monthName(date.slice(0, 7))}`;
}

/** "Nov 2026", of a month `YYYY-MM`. */
export function monthName(month: string): string {
  const name = MONTHS[Number(month.slice(5)) - 1] ?? '';
  return `${name.slice(0, 3)} ${month.slice(0, 4)}`;
}

/** 0 is Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(`${date}T00:00:00.000Z`).getUTCDay();
}

/** Whole days from one date to another; negative when it is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / (24 * HOUR_MS));
}
