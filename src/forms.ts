import { evaluate } from './conditions.ts';
import type { Base, Draft, Purpose } from './drafts.ts';
import { CodedError } from './errors.ts';
import { dateOf } from './londonTime.ts';
import type { RecordType } from './recordType.ts';
import { amendment, comment, dispute, endorsement, link, outcomeAddition, withdrawal } from './records/additions.ts';
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

/** What a version of this purpose says beside the answers of its record type; `undefined` when nothing. */
export function additionOf(purpose: Purpose): RecordType | undefined {
  switch (purpose) {
    case 'amended':
      return amendment;
    case 'outcome':
      return outcomeAddition;
    case 'withdrawn':
      return withdrawal;
    case 'disputed':
      return dispute;
    case 'endorsed':
      return endorsement;
    case 'commented':
      return comment;
    case 'record':
    case 'completed':
    case 'linked':
      return undefined;
    default:
      return purpose satisfies never;
  }
}

/** Whether a version says something about a record, or files it, and leaves its other answers as they are. */
export function isSaidOnly(purpose: Purpose): boolean {
  switch (purpose) {
    case 'endorsed':
    case 'commented':
    case 'linked':
    case 'withdrawn':
    case 'disputed':
      return true;
    case 'record':
    case 'completed':
    case 'outcome':
    case 'amended':
      return false;
    default:
      return purpose satisfies never;
  }
}

/** The questions that a draft asks. Throws `CodedError('declaration')` for a further version of nothing. */
export function formOf(draft: Pick<Draft, 'type' | 'isUrgent' | 'purpose' | 'base'>): RecordType {
  const type = knownType(draft.type);
  switch (draft.purpose) {
    case 'record':
      return draft.isUrgent === true ? urgentForm(type) : type;
    case 'completed':
      return type;
    case 'amended':
      return amendmentForm(type);
    case 'outcome':
      return outcomeForm(type, draft.base);
    case 'withdrawn':
      return withdrawal;
    case 'disputed':
      return dispute;
    case 'endorsed':
      return endorsement;
    case 'commented':
      return comment;
    case 'linked':
      return link;
    default:
      return draft.purpose satisfies never;
  }
}

/** Forms are made once: much of what is worked out about a record type is kept by its identity. */
const made = new Map<string, RecordType>();

function once(key: string, make: () => RecordType): RecordType {
  const known = made.get(key);
  if (known !== undefined) return known;
  const form = make();
  made.set(key, form);
  return form;
}

/** Every question of a record but the case, and why it is changed. The case is changed by linking. */
function amendmentForm(type: RecordType): RecordType {
  return once(`${type.id} amended`, () => {
    const asks = new Set([...Object.keys(type.fields), ...Object.keys(amendment.fields)]);
    asks.delete('caseReference');
    return { ...together(type, amendment), asks };
  });
}

/** The questions that settle what is open in a record, and why something stays open. */
function outcomeForm(type: RecordType, base: Base | undefined): RecordType {
  const stands = base?.answers ?? {};
  const open = type.opens.map(({ when }) => evaluate(when, stands, () => 'settled') === 'yes');
  return once(`${type.id} outcome ${open.join(' ')}`, () => {
    const settled = type.opens.filter((_, at) => open[at] === true).flatMap(({ settles }) => settles);
    const asks = new Set([...settled, ...Object.keys(outcomeAddition.fields)]);
    return { ...together(type, outcomeAddition), asks, renews: new Set(settled) };
  });
}

/** A record type with what is asked beside it, under the title of the latter. */
function together(type: RecordType, addition: RecordType): RecordType {
  return {
    ...type,
    title: addition.title,
    sections: [...type.sections, ...addition.sections],
    fields: { ...type.fields, ...addition.fields },
    askWhen: { ...type.askWhen, ...addition.askWhen },
    defaults: { ...type.defaults, ...addition.defaults },
    checks: [...type.checks, ...addition.checks],
    // A further version tells nobody anew.
    tells: [],
  };
}

/**
 * The urgent form of a record type: its few questions on one card. What they leave out is to be completed by noon of the
 * next working day, and the author's manager is told at once. Throws `CodedError('declaration')` when the type has none.
 */
export function urgentForm(type: RecordType): RecordType {
  const { urgent } = type;
  if (urgent === undefined) throw new CodedError('declaration', `${type.id} has no urgent form`);
  return once(`${type.id} urgent`, () => {
    const asked = new Set(urgent.fields);
    const labels = new Map(Object.entries(urgent.labels ?? {}));
    const ofThese = <V>(all: Readonly<Record<string, V>>): Readonly<Record<string, V>> =>
      Object.fromEntries(Object.entries(all).filter(([name]) => asked.has(name)));
    return {
      ...type,
      title: urgent.title,
      sections: [{ id: 'urgent', title: 'What you shared', fields: urgent.fields }],
      fields: Object.fromEntries(
        Object.entries(ofThese(type.fields)).map(([name, field]) => {
          const label = labels.get(name);
          return [name, label === undefined ? field : { ...field, label }];
        }),
      ),
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
          settles: urgent.fields,
          source: URGENT,
        },
      ],
      looksBack: [],
      sameConsent: [],
      tells: [{ what: 'urgent', whom: 'authorsManager', when: { all: [] }, source: URGENT }],
      checks: type.checks.filter(({ on }) => asked.has(on)),
    };
  });
}
