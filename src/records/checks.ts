import type { Check, Situation } from '../recordType.ts';
import { dateOf } from '../londonTime.ts';

/** The words for two moments in a rule between them: "the date of consent", "the time of the contact". */
interface Ordering<K extends string> {
  readonly on: K;
  readonly what: string;
  readonly source: string;
}

/** Refuses a moment that lies after now. */
export function notInFuture<const K extends string>(on: K, what: string, source: string): Check & { readonly on: K } {
  return {
    on,
    source,
    find: (answers, situation) => {
      const given = answers[on];
      if (typeof given !== 'string' || !isAfterNow(given, situation)) return undefined;
      return { level: 'problem', field: on, text: `Check ${what}: it is in the future.` };
    },
  };
}

/** Refuses a day that has passed. */
export function todayOrLater<const K extends string>(on: K, what: string, source: string): Check & { readonly on: K } {
  return {
    on,
    source,
    isOfTheDay: true,
    find: (answers, situation) => {
      const given = answers[on];
      if (typeof given !== 'string' || given >= situation.today) return undefined;
      return { level: 'problem', field: on, text: `Check ${what}: that day has passed. Give today or a later day.` };
    },
  };
}

type Between<K extends string> = Ordering<K> & { readonly moment: string; readonly momentWords: string };

/** Refuses a date that lies after the London day of a moment answered elsewhere. */
export function notAfter<const K extends string>(between: Between<K>): Check & { readonly on: K } {
  return outOfOrder(between, 'after', (given, limit) => given > dateOf(limit));
}

/** Refuses a moment that lies before another, to the minute as both are typed. */
export function notBefore<const K extends string>(between: Between<K>): Check & { readonly on: K } {
  return outOfOrder(between, 'before', (given, limit) => given.slice(0, 16) < limit.slice(0, 16));
}

function outOfOrder<const K extends string>(
  { on, what, moment, momentWords, source }: Between<K>,
  side: 'after' | 'before',
  isWrong: (given: string, limit: string) => boolean,
): Check & { readonly on: K } {
  return {
    on,
    source,
    find: (answers) => {
      const [given, limit] = [answers[on], answers[moment]];
      if (typeof given !== 'string' || typeof limit !== 'string' || !isWrong(given, limit)) return undefined;
      return { level: 'problem', field: on, text: `Check ${what}: it is ${side} ${momentWords}.` };
    },
  };
}

function isAfterNow(given: string, situation: Situation): boolean {
  // A time is typed to the minute, so "now" is over only when its minute is.
  return given.length > 10 ? given.slice(0, 16) > situation.now.slice(0, 16) : given > situation.today;
}
