import { readText, type Typed } from './answering.ts';
import { textFault } from './completeness.ts';
import { isBlank, LIMITS, type TextField } from './fields.ts';
import type { Finding } from './recordType.ts';

/** Which case is meant, where the form does not know it from the command. */
export const URGENT_CASE: TextField = {
  kind: 'text',
  label: 'Which case?',
  hint: 'Its reference, or the number of a record on it, such as SL-7QK2M9XV.',
  mend: 'Say which case you need',
  source: 'Issue “Case summary”, 5',
};

/** Asked before anything is looked up. */
export const URGENT_REASON: TextField = {
  kind: 'longText',
  rule: 'why',
  label: 'Why do you need it now?',
  hint: 'Who may be at risk, and what you must know. It is read by those who are told that you asked.',
  mend: 'Say why you need it now',
  source: 'Issue “Case summary”, 5',
};

/** What the form for urgent access asks, by the ids of its inputs. */
export const URGENT_FIELDS = { wanted: URGENT_CASE, reason: URGENT_REASON } as const;

/** What was typed on the form: complete, or with what stands against it and the inputs as they are to be shown again. */
export type ReadAsk =
  | { readonly kind: 'complete'; readonly wanted: string; readonly reason: string }
  | { readonly kind: 'asking'; readonly typed: Typed; readonly problems: readonly Finding[] };

/** Reads the form for urgent access. Looks nothing up. Source: issue "Case summary", 5. */
export function readAsk(typed: Typed): ReadAsk {
  const wanted = readOne('wanted', typed);
  const reason = readOne('reason', typed);
  const problems = [...wanted.problems, ...reason.problems];
  if (problems.length === 0) return { kind: 'complete', wanted: wanted.text, reason: reason.text };
  return { kind: 'asking', typed: { wanted: wanted.text, reason: reason.text }, problems };
}

function readOne(name: keyof typeof URGENT_FIELDS, typed: Typed) {
  const field = URGENT_FIELDS[name];
  const { answer = '', cut, problem } = readText(typed[name] ?? '', LIMITS[field.kind]);
  const fault = isBlank(answer) ? `${field.mend}: ‘${field.label}’ is empty.` : textFault(field, answer);
  const text = problem ?? fault;
  const found: Finding = { level: 'problem', field: name, text: named(text ?? '', field.label) };
  return { text: cut ?? answer, problems: text === undefined ? [] : [found] };
}

/** A problem names its question. */
function named(text: string, label: string): string {
  return text.includes(label) ? text : `${text} (‘${label}’)`;
}
