import type { Answers } from './fields.ts';
import { keptFrom, readAnswers } from './reading.ts';
import type { RecordType } from './recordType.ts';
import type { ShownWording } from './wording.ts';

/** One answer that differs between two versions, as people read it; `undefined` where there was, or is, none. */
export interface Change {
  readonly field: string;
  readonly label: string;
  readonly before: string | undefined;
  readonly now: string | undefined;
}

/** What differs between two sets of answers, in the order of the questions, in the words of the later. */
export function changesBetween(
  type: RecordType,
  wording: ShownWording,
  before: Answers,
  now: Answers,
): readonly Change[] {
  const [then, after] = [linesOf(type, wording, before), linesOf(type, wording, now)];
  const order = wording.sections.flatMap(({ fields }) => fields);
  return order.flatMap((field) => {
    const [old, fresh] = [then.get(field), after.get(field)];
    const label = wording.fields[field]?.label;
    return old === fresh || label === undefined ? [] : [{ field, label, before: old, now: fresh }];
  });
}

function linesOf(type: RecordType, wording: ShownWording, answers: Answers): ReadonlyMap<string, string> {
  const read = readAnswers(type, wording, answers).flatMap(({ lines }) => lines);
  const kept = keptFrom(answers);
  return new Map([
    ...read.map(({ field, text }) => [field, text] as const),
    // It stands first on every page, and so is not among the lines.
    ...(kept === undefined ? [] : [['keepFrom', kept] as const]),
  ]);
}
