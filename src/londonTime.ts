import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from './fields.ts';

const ZONE = 'Europe/London';
const HOUR_MS = 3_600_000;
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
] as const; // prettier-ignore
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** British clocks change on a whole hour of UTC, so one hour has one offset. Bounded: a record spans few hours. */
const offsets = new Map<number, number>();
const OFFSETS_KEPT = 4_096;

/** All that London has had since 1900, the largest first: the earlier of two instants has the larger one. */
const OFFSETS_MS = [2 * HOUR_MS, HOUR_MS, 0] as const;

function offsetMs(epochMs: number): number {
  const hour = Math.floor(epochMs / HOUR_MS);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const zoned = Temporal.Instant.fromEpochMilliseconds(hour * HOUR_MS).toZonedDateTimeISO(ZONE);
  const offset = zoned.offsetNanoseconds / 1e6;
  if (offsets.size >= OFFSETS_KEPT) offsets.clear();
  offsets.set(hour, offset);
  return offset;
}

/** The wall clock in London at an instant, `2026-11-23T14:05`. */
function wallClock(instant: Instant): string {
  const epochMs = Date.parse(instant);
  return new Date(epochMs + offsetMs(epochMs)).toISOString().slice(0, 16);
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
  const parsed = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
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
  const zone = offsetMs(Date.parse(instant)) === 0 ? 'GMT' : 'BST';
  return `${longDate(dateOf(instant))}, ${timeOf(instant)} (${zone})`;
}

/** 0 is Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(`${date}T00:00:00.000Z`).getUTCDay();
}

/** Whole days from one date to another; negative when it is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / (24 * HOUR_MS));
}
