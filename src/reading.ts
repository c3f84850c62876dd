import { isBlank, type Answer, type Answers } from './fields.ts';
import { relevantFields } from './journey.ts';
import { longDate, longTime } from './londonTime.ts';
import type { RecordType } from './recordType.ts';
import type { ShownWording } from './wording.ts';

/** One answered question, as people read it. */
export interface Line {
  readonly field: string;
  readonly label: string;
  readonly text: string;
}

export interface ReadSection {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly Line[];
}

/**
 * Sets out answers section by section, in the words in which they were asked. Questions that do not apply and optional
 * ones that were left blank have no line; a section without lines is left out. Who must be kept from knowing is not
 * among them: it stands first on every page (`keptFrom`). Questions in `notKnownYet` say so.
 */
export function readAnswers(
  type: RecordType,
  wording: ShownWording,
  answers: Answers,
  notKnownYet: ReadonlySet<string> = new Set(),
): readonly ReadSection[] {
  return wording.sections
    .map(({ id, title, fields }) => ({
      id,
      title,
      lines: fields.flatMap((field) =>
        notKnownYet.has(field) ? unknownLine(wording, field) : lineOf(type, wording, answers, field),
      ),
    }))
    .filter((section) => section.lines.length > 0);
}

/** Who must not learn of this; `undefined` when nobody was named. Source: record-types, family block, `keepFrom`. */
export function keptFrom(answers: Answers): string | undefined {
  return typeof answers.keepFrom === 'string' && !isBlank(answers.keepFrom) ? answers.keepFrom : undefined;
}

function lineOf(type: RecordType, wording: ShownWording, answers: Answers, field: string): readonly Line[] {
  const shown = wording.fields[field];
  if (shown === undefined || field === 'keepFrom') return [];
  const text = textOf(type, wording, answers, field);
  return text === undefined || text === '' ? [] : [{ field, label: shown.label, text }];
}

function unknownLine(wording: ShownWording, field: string): readonly Line[] {
  const shown = wording.fields[field];
  return shown === undefined ? [] : [{ field, label: shown.label, text: 'Not known yet' }];
}

function textOf(type: RecordType, wording: ShownWording, answers: Answers, field: string): string | undefined {
  const reads = type.reads[field];
  if (reads !== undefined) return reads(answers);
  const answer = answers[field];
  const implied = type.implied[field];
  if (implied !== undefined && answer === implied.value && !relevantFields(type, answers).has(field))
    return implied.reads;
  if (answer === undefined || isBlank(answer)) return undefined;
  return plainText(wording, field, answer);
}

/** An answer as text: option labels one a line, dates and times in words, typed text as it was typed. */
export function plainText(wording: ShownWording, field: string, answer: Answer): string {
  const shown = wording.fields[field];
  if (shown?.options !== undefined) {
    const keys = typeof answer === 'string' ? [answer] : answer;
    return keys.map((key) => shown.options?.[key] ?? key).join('\n');
  }
  if (typeof answer !== 'string') return answer.join('\n');
  if (shown?.kind === 'date') return longDate(answer);
  return shown?.kind === 'dateTime' ? longTime(answer) : answer;
}
