import { evaluate } from './conditions.ts';
import type { Answers } from './fields.ts';
import type { OpenItem } from './ports.ts';
import type { RecordType, Situation } from './recordType.ts';

/** The unfinished business that these answers leave, in the order in which it falls due. */
export function openItems(type: RecordType, answers: Answers, situation: Situation): readonly OpenItem[] {
  return type.opens
    .filter(({ when }) => evaluate(when, answers, () => 'settled') === 'yes')
    .map(({ kind, due }) => ({ kind, due: due(answers, situation) }))
    .sort((a, b) => (a.due === b.due ? a.kind.localeCompare(b.kind) : a.due.localeCompare(b.due)));
}
