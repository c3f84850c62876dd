/** The rules for what is typed, written a second time from "Placeholders are not answers" in record-types.md. */
const STAND_INS = ['na', 'n a', 'none', 'nil', 'tbc', 'tba', 'unknown', 'not known', 'xx', 'xxx', 'test'];
const EMPTY_PHRASES = [
  ...['as above', 'see above', 'as per policy', 'as discussed', 'on file', 'to follow', 'various', 'same reason'],
  ...['not applicable', 'no consent', 'see file', 'see notes', 'see email', 'see the system', 'see liquidlogic'],
];

const words = (text: string): string =>
  text.normalize('NFKC').replace(/['’]/gu, '').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim(); // prettier-ignore
const letters = (text: string): number => (text.match(/\p{L}/gu) ?? []).length;

export const saysNone = (text: string): boolean => words(text) === 'none';
export const nameRule = (text: string): boolean => letters(text) >= 2 && !STAND_INS.includes(words(text));
export const nameOrNone = (text: string): boolean => saysNone(text) || nameRule(text);
export const whyRule = (text: string): boolean =>
  nameRule(text) && words(text).split(' ').length >= 2 && !EMPTY_PHRASES.includes(words(text));
export const phoneRule = (text: string): boolean =>
  (text.match(/\d/g) ?? []).length >= 3 && /^([\d\s+()-]|ext\.?)+$/i.test(text);
export const referenceRule = (text: string): boolean =>
  ![...STAND_INS, 'new', 'no ref', 'pending'].includes(words(text)) &&
  /^[\p{L}\p{N} \-/._]{2,64}$/u.test(text) &&
  /\d/.test(text);

/** To the minute, as times are typed. */
export const minute = (instant: string): string => instant.slice(0, 16);

export function londonDay(instant: string): string {
  return LONDON.format(new Date(instant));
}

const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });
