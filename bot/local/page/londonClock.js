// @ts-check

const ZONE = 'Europe/London';
const time = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const shortDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const zoneName = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeZoneName: 'short' });
const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });

/** "14:05" in London. @param {number | string} instant */
export function timeOfDay(instant) {
  return time.format(new Date(instant));
}

/** "Monday 23 November 2026" in London. @param {number | string} instant */
export function longDay(instant) {
  return day.format(new Date(instant)).replace(',', '');
}

/** "Mon 23 Nov" in London. @param {number | string} instant */
export function shortDayOf(instant) {
  return shortDay
    .format(new Date(instant))
    .replace(',', '')
    .replace(/ \d{4}$/, '');
}

/** "Mon 23 Nov 2026, 14:05 (GMT)" in London. @param {number | string} instant */
export function shortMoment(instant) {
  return `${shortDay.format(new Date(instant)).replace(',', '')}, ${timeOfDay(instant)} (${zoneOf(instant)})`;
}

/** "Monday 23 November 2026, 14:05 (GMT)" in London. @param {number | string} instant */
export function longMoment(instant) {
  return `${longDay(instant)}, ${timeOfDay(instant)} (${zoneOf(instant)})`;
}

/** "2026-11-23T14:05", as a date-time input takes it, in London. @param {number | string} instant */
export function inputMoment(instant) {
  return `${isoDay.format(new Date(instant))}T${timeOfDay(instant)}`;
}

/** @param {number | string} instant */
function zoneOf(instant) {
  return zoneName.formatToParts(new Date(instant)).find((part) => part.type === 'timeZoneName')?.value ?? ZONE;
}
