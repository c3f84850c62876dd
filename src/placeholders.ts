import type { TextField } from './fields.ts';

/** Words typed to get past a question. Source: record-types, "Placeholders are not answers". */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'na', 'n a', 'none', 'nil', 'tbc', 'tba', 'unknown', 'not known', 'xx', 'xxx', 'test',
]); // prettier-ignore

/** Phrases that point elsewhere or say nothing. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  'as above', 'see above', 'as per policy', 'as discussed', 'on file', 'to follow', 'various', 'same reason',
  'not applicable', 'no consent',
]); // prettier-ignore

/** "see file", "see the case notes", "see email", "see Liquidlogic": the record itself must say it. */
const POINTS_ELSEWHERE =
  /^see( the| my| our| case| attached| separate)* (file|files|notes?|e ?mails?|system|record|log|liquidlogic|lcs|mosaic|eclipse|care ?director|systmone|emis|rio|cpoms|myconcern|carefirst|azeus)$/u;

const REFERENCE_PLACEHOLDERS: ReadonlySet<string> = new Set([
  ...PLACEHOLDERS, 'new', 'no ref', 'noref', 'no reference', 'pending', 'awaiting', 'awaited', 'to follow', 'not yet', 'ref',
]); // prettier-ignore

const REFERENCE_SHAPE = /^[\p{L}\p{N} \-/._]{2,64}$/u;

/** What is wrong with a text answer, or `undefined` when its rule accepts it. */
export type PlaceholderFault = 'placeholder' | 'tooShort' | 'oneWord' | 'saysNothing' | 'shape' | 'noDigit';

/**
 * Applies a text field's placeholder rule to an answer that is not blank.
 * Source: record-types, "Placeholders are not answers".
 */
export function placeholderFault(field: TextField, answer: string, pattern?: RegExp): PlaceholderFault | undefined {
  const folded = foldWords(answer);
  if (field.noneAllowed === true && folded === 'none') return undefined;
  switch (field.rule) {
    case undefined:
      return undefined;
    case 'name':
      return nameFault(answer, folded);
    case 'why':
      return whyFault(answer, folded);
    case 'reference':
      return referenceFault(answer.trim(), folded, pattern);
    default:
      return field.rule satisfies never;
  }
}

/** Trims, folds case and turns each run of punctuation or space into one space. */
export function foldWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

function nameFault(answer: string, folded: string): PlaceholderFault | undefined {
  if ((answer.match(/\p{L}/gu) ?? []).length < 2) return 'tooShort';
  return PLACEHOLDERS.has(folded) || PLACEHOLDERS.has(foldWords(withoutMarks(answer))) ? 'placeholder' : undefined;
}

/** "T.B.C." is "tbc". */
function withoutMarks(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}\s]+/gu, '');
}

function whyFault(answer: string, folded: string): PlaceholderFault | undefined {
  const name = nameFault(answer, folded);
  if (name !== undefined) return name;
  if (SAYS_NOTHING.has(folded) || POINTS_ELSEWHERE.test(folded)) return 'saysNothing';
  return folded.includes(' ') ? undefined : 'oneWord';
}

function referenceFault(answer: string, folded: string, pattern?: RegExp): PlaceholderFault | undefined {
  if (REFERENCE_PLACEHOLDERS.has(folded) || REFERENCE_PLACEHOLDERS.has(foldWords(withoutMarks(answer))))
    return 'placeholder';
  if (!REFERENCE_SHAPE.test(answer)) return 'shape';
  if (/\p{Nd}/u.test(answer) || pattern?.test(answer) === true) return undefined;
  return 'noDigit';
}
