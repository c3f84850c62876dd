import { ALL_ANSWERS_LIMIT_BYTES, LIMITS, isBlank, type Answer, type Answers, type Field } from './fields.ts';
import { instantOf, isDate, timeOf, dateOf } from './londonTime.ts';
import { relevantFields, type Asked } from './journey.ts';
import type { Finding, RecordType } from './recordType.ts';

/** What a card sends: input id to text. Absent means that the input was left empty. */
export type Typed = Readonly<Record<string, string>>;

/** The answers after a card was sent, and what could not become one. */
export interface Answered {
  readonly answers: Answers;
  /** Input id to text of dates and times that are not complete or do not exist; kept so that nothing typed is lost. */
  readonly unfinished: Typed;
  /** What to show at inputs again when it differs from the answers: over-long text, cut to its limit. */
  readonly cut: Typed;
  readonly findings: readonly Finding[];
  /** All answers together were over their limit: those before stand, and the rules have nothing new to look at. */
  readonly isTooMuch: boolean;
}

/** The input ids of a field on a card. */
export function inputIds(name: string, field: Field): readonly string[] {
  return field.kind === 'dateTime' ? [`${name}Date`, `${name}Time`] : [name];
}

/** What an answer looks like in the inputs of a card. */
export function typedOf(name: string, field: Field, answer: Answer | undefined): Typed {
  if (answer === undefined) return {};
  if (typeof answer !== 'string') return { [name]: answer.join(',') };
  return field.kind === 'dateTime'
    ? { [`${name}Date`]: dateOf(answer), [`${name}Time`]: timeOf(answer) }
    : { [name]: answer };
}

interface Reading {
  readonly answer?: Answer;
  readonly unfinished?: Typed;
  readonly cut?: string;
  readonly problem?: string;
}

/**
 * Takes what was sent from one card into the answers. Answers of the right kind are kept even when a rule refuses them;
 * one over its limit, a date that does not exist and an option that is not offered are not. What was typed beside a
 * question that never applied is dropped; an answer that once applied stays.
 * Source: architecture, "Data" and "Card budgets".
 */
export function answerCard(type: RecordType, asked: readonly Asked[], before: Answers, typed: Typed): Answered {
  const answers: Record<string, Answer> = { ...before };
  const unfinished: Record<string, string> = {};
  const cut: Record<string, string> = {};
  const findings: Finding[] = [];
  const readings = asked.map(({ name, field }) => ({ name, field, reading: read(name, field, typed) }));
  for (const { name, reading } of readings) {
    if (reading.answer === undefined) delete answers[name];
    else answers[name] = reading.answer;
  }
  const relevant = relevantFields(type, answers);
  for (const { name, field, reading } of readings) {
    if (!relevant.has(name)) {
      restore(answers, name, before[name]);
      continue;
    }
    if (reading.problem === undefined) continue;
    findings.push({ level: 'problem', field: name, text: `${reading.problem} (‘${field.label}’)` });
    Object.assign(unfinished, reading.unfinished);
    if (reading.cut !== undefined) cut[name] = reading.cut;
    if (reading.cut !== undefined) restore(answers, name, before[name]);
  }
  return tooMuchTogether({ answers, unfinished, cut, findings, isTooMuch: false }, before, asked);
}

/** The bytes of all answers together, as UTF-8 JSON. */
export function answersBytes(answers: Answers): number {
  return Buffer.byteLength(JSON.stringify(answers));
}

function tooMuchTogether(answered: Answered, before: Answers, asked: readonly Asked[]): Answered {
  if (answersBytes(answered.answers) <= ALL_ANSWERS_LIMIT_BYTES) return answered;
  const longest = [...asked].sort((a, b) => lengthOf(answered.answers[b.name]) - lengthOf(answered.answers[a.name]))[0];
  if (longest === undefined) return answered;
  const text = `All answers together are too long to keep. Shorten this one. (‘${longest.field.label}’)`;
  const finding: Finding = { level: 'problem', field: longest.name, text };
  return { ...answered, answers: before, findings: [...answered.findings, finding], isTooMuch: true };
}

function lengthOf(answer: Answer | undefined): number {
  return typeof answer === 'string' ? answer.length : 0;
}

function restore(answers: Record<string, Answer>, name: string, before: Answer | undefined): void {
  if (before === undefined) delete answers[name];
  else answers[name] = before;
}

function read(name: string, field: Field, typed: Typed): Reading {
  switch (field.kind) {
    case 'text':
    case 'longText':
    case 'phone':
      return readText(typed[name] ?? '', LIMITS[field.kind]);
    case 'choice':
      return readChoice(typed[name] ?? '', Object.keys(field.options));
    case 'choices':
      return readChoices(typed[name] ?? '', Object.keys(field.options));
    case 'date':
      return readDate(name, typed[name] ?? '');
    case 'dateTime':
      return readDateTime(name, typed[`${name}Date`] ?? '', typed[`${name}Time`] ?? '');
    default:
      return field satisfies never;
  }
}

/** Reads what was typed; what is over the limit comes back cut to it, with the number over. */
export function readText(raw: string, limit: number): Pick<Reading, 'cut' | 'problem'> & { readonly answer?: string } {
  // Half a character pair cannot be stored as UTF-8 nor sealed: it becomes the replacement character.
  const text = raw.toWellFormed();
  if (isBlank(text)) return {};
  if (text.length <= limit) return { answer: text };
  const over = text.length - limit;
  const problem = `This is ${over} ${over === 1 ? 'character' : 'characters'} over the limit of ${limit}. It was cut to fit and has not been saved: check its end.`;
  return { cut: text.slice(0, limit).toWellFormed(), problem };
}

function readChoice(key: string, keys: readonly string[]): Reading {
  if (isBlank(key)) return {};
  return keys.includes(key) ? { answer: key } : { problem: 'Choose one of the answers that are offered.' };
}

function readChoices(list: string, keys: readonly string[]): Reading {
  const given = new Set(list.split(',').map((key) => key.trim()).filter((key) => key !== '')); // prettier-ignore
  if (given.size === 0) return {};
  if ([...given].some((key) => !keys.includes(key))) return { problem: 'Tick only answers that are offered.' };
  return { answer: keys.filter((key) => given.has(key)) };
}

function readDate(name: string, raw: string): Reading {
  if (isBlank(raw)) return {};
  if (isDate(raw)) return { answer: raw };
  return { unfinished: kept({ [name]: raw }), problem: 'Give a day that exists, as day, month and year.' };
}

function readDateTime(name: string, date: string, time: string): Reading {
  if (isBlank(date) && isBlank(time)) return {};
  const instant = instantOf(date, time.slice(0, 5));
  if (instant !== undefined) return { answer: instant };
  const unfinished = kept({ [`${name}Date`]: date, [`${name}Time`]: time });
  if (isBlank(time)) return { unfinished, problem: 'Give the time as well as the date.' };
  if (isBlank(date)) return { unfinished, problem: 'Give the date as well as the time.' };
  if (!isDate(date)) return { unfinished, problem: 'Give a day that exists, as day, month and year.' };
  return { unfinished, problem: 'Give a time that exists: the clocks may have gone forward in that hour.' };
}

const UNFINISHED_KEPT = 40;

function kept(typed: Typed): Typed {
  return Object.fromEntries(
    Object.entries(typed)
      .filter(([, text]) => !isBlank(text))
      .map(([id, text]) => [id, text.slice(0, UNFINISHED_KEPT)]),
  );
}
