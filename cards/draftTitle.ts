import type { Draft } from '../src/drafts.ts';
import type { RecordType } from '../src/recordType.ts';

/** What a draft will be: a new record, or a further version of one. */
export function draftTitle({ base, purpose }: Draft, form: RecordType): string {
  if (base === undefined) return form.title;
  return purpose === 'completed' ? `${form.title} ${base.number}, to be completed` : `${form.title}: ${base.number}`;
}
