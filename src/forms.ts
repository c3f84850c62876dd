import type { Draft } from './drafts.ts';
import { CodedError } from './errors.ts';
import { dateOf } from './londonTime.ts';
import type { RecordType } from './recordType.ts';
import { recordType } from './records/registry.ts';
import { addWorkingDays } from './workingDays.ts';

const URGENT = 'Issue “Every record type”, urgent record; project decision 0008';

/** The record type of this id. Throws `CodedError('store.newer')` when this release knows none. */
export function knownType(id: string): RecordType {
  const type = recordType(id);
  if (type === undefined)
    throw new CodedError('store.newer', 'What is stored is of a record type that this release does not know.');
  return type;
}

/** The questions that a draft asks: all of its record type, or the few of an urgent one. */
export function formOf(draft: Pick<Draft, 'type' | 'isUrgent'>): RecordType {
  const type = knownType(draft.type);
  return draft.isUrgent === true ? urgentForm(type) : type;
}

const urgentForms = new WeakMap<RecordType, RecordType>();

/**
 * The urgent form of a record type: its few questions on one card. What they leave out is to be completed by noon of the
 * next working day, and the author's manager is told at once. Throws `CodedError('declaration')` when the type has none.
 */
export function urgentForm(type: RecordType): RecordType {
  const known = urgentForms.get(type);
  if (known !== undefined) return known;
  const { urgent } = type;
  if (urgent === undefined) throw new CodedError('declaration', `${type.id} has no urgent form`);
  const asked = new Set(urgent.fields);
  const ofThese = <V>(all: Readonly<Record<string, V>>): Readonly<Record<string, V>> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => asked.has(name)));
  const made: RecordType = {
    ...type,
    title: urgent.title,
    sections: [{ id: 'urgent', title: 'What you shared', fields: urgent.fields }],
    fields: ofThese(type.fields),
    askWhen: ofThese(type.askWhen),
    requiredWhen: ofThese(type.requiredWhen),
    defaults: ofThese(type.defaults),
    notOffered: ofThese(type.notOffered),
    implied: {},
    opens: [
      {
        kind: 'completion',
        when: { all: [] },
        due: (_answers, situation) => addWorkingDays(dateOf(situation.now), 1),
        source: URGENT,
      },
    ],
    looksBack: [],
    sameConsent: [],
    tells: [{ what: 'urgent', whom: 'authorsManager', when: { all: [] }, source: URGENT }],
    checks: type.checks.filter(({ on }) => asked.has(on)),
  };
  urgentForms.set(type, made);
  return made;
}
