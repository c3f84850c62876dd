import { fieldsIn } from './conditions.ts';
import {
  isBlank,
  isSameAnswer,
  type Answer,
  type Answers,
  type ChoiceField,
  type ChoicesField,
  type Field,
  type TextField,
} from './fields.ts';
import { fieldOf, isRequired, relevantFields } from './journey.ts';
import { isDate } from './londonTime.ts';
import { foldWords, placeholderFault, type PlaceholderFault } from './placeholders.ts';
import type { Finding, RecordType, Situation } from './recordType.ts';

/** An explanation shorter than this is worth a second look. Source: record-types, the why rule. */
const SHORT_WHY = 20;

/**
 * Everything that stands between these answers and a signature, and everything worth knowing before it: in the order of
 * the questions, each naming its question and how to mend it. Empty when the record is complete and unremarkable.
 * Only questions that apply are looked at, and of these only `among`, when it is given.
 * Source: record-types, "Rules across fields", 1 and 8.
 */
export function findings(
  type: RecordType,
  answers: Answers,
  situation: Situation,
  among?: ReadonlySet<string>,
): readonly Finding[] {
  const relevant = relevantFields(type, answers);
  const signed = effectiveAnswers(type, answers, relevant);
  const looked = among === undefined ? [...relevant] : [...relevant].filter((name) => among.has(name));
  return looked.flatMap((name) => findingsAt(type, name, signed, relevant, situation));
}

/** The findings that block a signature. */
export function problems(
  type: RecordType,
  answers: Answers,
  situation: Situation,
  among?: ReadonlySet<string>,
): readonly Finding[] {
  return findings(type, answers, situation, among).filter((finding) => finding.level === 'problem');
}

/** The answers to questions that apply: what is signed. Source: record-types, rule 2. */
export function relevantAnswers(answers: Answers, relevant: ReadonlySet<string>): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([name, answer]) => relevant.has(name) && !isBlank(answer)));
}

/** The answers that a signature would stand under, with what is implied for questions that were ruled out. */
export function effectiveAnswers(
  type: RecordType,
  answers: Answers,
  relevant: ReadonlySet<string> = relevantFields(type, answers),
): Answers {
  const implied = Object.entries(type.implied)
    .filter(([name]) => !relevant.has(name) && isRuledOut(type, name, answers, relevant))
    .map(([name, { value }]) => [name, value] as const);
  return { ...relevantAnswers(answers, relevant), ...Object.fromEntries(implied) };
}

function isRuledOut(type: RecordType, name: string, answers: Answers, relevant: ReadonlySet<string>): boolean {
  // Ruled out, not merely waiting: every question on which it depends, however far back, is settled.
  return [...dependsOn(type, name)].every(
    (other) => !relevant.has(other) || !isBlank(answers[other]) || !isRequired(type, other, answers, relevant),
  );
}

/** The questions that decide whether one is asked, and those that decide whether they are. */
function dependsOn(type: RecordType, name: string): ReadonlySet<string> {
  const condition = type.askWhen[name];
  const direct = condition === undefined ? [] : fieldsIn(condition);
  return new Set(direct.flatMap((other) => [other, ...dependsOn(type, other)]));
}

function findingsAt(
  type: RecordType,
  name: string,
  answers: Answers,
  relevant: ReadonlySet<string>,
  situation: Situation,
): readonly Finding[] {
  const field = fieldOf(type, name);
  const answer = answers[name];
  const found: Finding[] = [];
  if (answer === undefined) {
    if (isRequired(type, name, answers, relevant)) {
      found.push({ level: 'problem', field: name, text: `${field.mend}: ‘${field.label}’ is empty.` });
    }
  } else {
    const isAsItWas = stands(type, name, answers, situation);
    const withdrawn = isAsItWas ? [] : (type.notOffered[name]?.(answers, situation) ?? []);
    const fault = faultOf(field, answer, withdrawn, situation);
    if (fault !== undefined) found.push({ level: 'problem', field: name, text: fault });
    else found.push(...thinAnswer(type, name, field, answer, answers));
  }
  for (const check of type.checks) {
    if (check.on !== name || (check.isOfTheDay === true && stands(type, name, answers, situation))) continue;
    const finding = check.find(answers, situation);
    if (finding !== undefined) found.push(finding);
  }
  return found.map((finding) => naming(type, finding));
}

/** Whether an answer stands as it was signed before and is not being given again: it passed the rules of its day. */
function stands(type: RecordType, name: string, answers: Answers, { before }: Situation): boolean {
  return before !== undefined && type.renews?.has(name) !== true && isSameAnswer(answers[name], before[name]);
}

/** A finding that does not already name its question gets its name at the end. */
function naming(type: RecordType, finding: Finding): Finding {
  const { label } = fieldOf(type, finding.field);
  return finding.text.includes(label) ? finding : { ...finding, text: `${finding.text} (‘${label}’)` };
}

function faultOf(field: Field, answer: Answer, withdrawn: readonly string[], situation: Situation): string | undefined {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return textFault(field, String(answer), situation.settings.caseReferencePattern);
    case 'phone':
      return phoneFault(field, String(answer));
    case 'choice':
    case 'choices':
      return optionFault(field, answer, withdrawn);
    case 'date':
      return isDate(String(answer)) ? undefined : `${field.mend}: give a day that exists.`;
    case 'dateTime':
      return Number.isNaN(Date.parse(String(answer))) ? `${field.mend}: give a date and a time.` : undefined;
    default:
      return field satisfies never;
  }
}

/** What the placeholder rule of a question says against an answer that is not blank, in words; `undefined` for nothing. */
export function textFault(field: TextField, answer: string, pattern?: RegExp): string | undefined {
  const fault = placeholderFault(field, answer, pattern);
  return fault === undefined ? undefined : `${field.mend}: ${FAULT_WORDS[fault]}`;
}

const FAULT_WORDS = {
  placeholder: 'what you typed stands in for an answer. If it cannot be known, say so in words.',
  tooShort: 'what you typed is too short to tell anyone.',
  oneWord: 'one word is too little. Write it as you would tell a colleague.',
  saysNothing: 'what you typed points elsewhere. Write the reason here, so that the record stands by itself.',
  shape: 'use 2 to 64 letters, digits, spaces and - / . _ only.',
  noDigit: 'a case reference has at least one digit. If there is no reference yet, leave it blank.',
} as const satisfies Record<PlaceholderFault, string>;

function phoneFault(field: Field, answer: string): string | undefined {
  const digits = (answer.match(/\d/gu) ?? []).length;
  if (digits >= 3 && /^(?:[\d\s+()-]|ext\.?)*$/iu.test(answer)) return undefined;
  return `${field.mend}: use digits, spaces, + ( ) - and “ext”, with at least 3 digits.`;
}

function optionFault(
  field: ChoiceField | ChoicesField,
  answer: Answer,
  withdrawn: readonly string[],
): string | undefined {
  const keys = typeof answer === 'string' ? [answer] : answer;
  if (keys.some((key) => withdrawn.includes(key) || !Object.hasOwn(field.options, key))) {
    return `${field.mend}: the answer you chose is not offered here.`;
  }
  if (field.kind === 'choices' && field.alone !== undefined && keys.length > 1 && keys.includes(field.alone)) {
    return `${field.mend}: ‘${field.options[field.alone]?.label ?? ''}’ cannot stand together with another answer.`;
  }
  return undefined;
}

/** Warns of an explanation that may say too little: short, a ticked label, or another answer again. */
function thinAnswer(
  type: RecordType,
  name: string,
  field: Field,
  answer: Answer,
  answers: Answers,
): readonly Finding[] {
  if (field.kind !== 'longText' || field.rule !== 'why' || typeof answer !== 'string') return [];
  const warn = (text: string): readonly Finding[] => [
    { level: 'warning', field: name, text: `${text} (‘${field.label}’)` },
  ];
  if (answer.trim().length < SHORT_WHY)
    return warn('This is very short. Would a colleague who takes over understand it?');
  const folded = foldWords(answer);
  const labels = Object.entries(answers).flatMap(([other, given]) => labelsOf(fieldOf(type, other), given));
  if (labels.some((label) => foldWords(label) === folded))
    return warn('This only repeats an answer that you ticked. Say more.');
  const repeated = Object.entries(answers).some(
    ([other, given]) => other !== name && typeof given === 'string' && foldWords(given) === folded,
  );
  return repeated ? warn('This is the same as another answer. Say what is particular here.') : [];
}

/** The labels of the options that an answer holds; none for typed answers. */
export function labelsOf(field: Field, answer: Answer): readonly string[] {
  if (field.kind !== 'choice' && field.kind !== 'choices') return [];
  const keys = typeof answer === 'string' ? [answer] : answer;
  return keys.map((key) => field.options[key]?.label ?? key);
}
