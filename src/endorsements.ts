import type { Entry } from './drafts.ts';
import { textIn, type Answers } from './fields.ts';
import type { Keys } from './keyPorts.ts';
import { longTime } from './londonTime.ts';
import { unpackPayload } from './payloads.ts';
import { foldWords } from './placeholders.ts';
import type { StoredVersion, VersionKind } from './ports.ts';
import type { ReadSection } from './reading.ts';
import type { RecordType } from './recordType.ts';
import { endorsementIn, type Endorsement } from './records/additions.ts';

/** What a manager said of the endorsement of a record, by a version of its own. */
export interface Endorsed {
  readonly version: number;
  readonly how: Endorsement;
  readonly entry: Entry;
  /** Whom the record named at that time as the manager who had endorsed it. */
  readonly stated: string | undefined;
  /** The first version since then that changed an answer. */
  readonly before: number | undefined;
}

/** All that managers said of the endorsement of a record, the first first. `all` are its versions in order. */
export function endorsementsIn(keys: Keys, type: RecordType, all: readonly StoredVersion[]): readonly Endorsed[] {
  return all.flatMap((stored, at): readonly Endorsed[] => {
    if (stored.header.kind !== 'endorsed') return [];
    const { answers, said, entry } = unpackPayload(keys, stored);
    const how = endorsementIn(said?.answers ?? {});
    const changed = all.slice(at + 1).find(({ header }) => changesAnswers(header.kind));
    const { version } = stored.header;
    return how === undefined
      ? []
      : [{ version, how, entry, stated: statedIn(type, answers), before: changed?.header.version }];
  });
}

/** Whether a version of this kind changes answers. One that files the record elsewhere leaves the decision as it was. */
function changesAnswers(kind: VersionKind): boolean {
  switch (kind) {
    case 'recorded':
    case 'completed':
    case 'outcome':
    case 'amended':
      return true;
    case 'endorsed':
    case 'commented':
    case 'linked':
    case 'withdrawn':
    case 'disputed':
      return false;
    default:
      return kind satisfies never;
  }
}

/** The manager whom a record says to have endorsed it. */
function statedIn({ endorsedIn }: RecordType, answers: Answers): string | undefined {
  return endorsedIn === undefined ? undefined : textIn(answers[endorsedIn]);
}

/**
 * What a person who may endorse can say of a record with these answers: whether a stated endorsement is so, until a
 * manager has confirmed it; else that they endorse it. Nobody says the same again until an answer has changed.
 * Source: project decision 0010.
 */
export function waysToEndorse(
  type: RecordType,
  answers: Answers,
  endorsed: readonly Endorsed[],
  personId: string,
): readonly Endorsement[] {
  const stated = statedIn(type, answers);
  const own = endorsed.filter(({ entry }) => entry.personId === personId);
  if (stated === undefined || saidOf(stated, endorsed, 'confirmed') !== undefined)
    return own.some(({ how, before }) => how !== 'notSo' && before === undefined) ? [] : ['endorsed'];
  return saidOf(stated, own, 'notSo') === undefined ? ['confirmed', 'notSo'] : ['confirmed'];
}

/** What was said last, of this kind, of the endorsement by the manager of this name. */
function saidOf(stated: string, endorsed: readonly Endorsed[], wanted: Endorsement): Endorsed | undefined {
  return endorsed.findLast((each) => each.how === wanted && isSameName(stated, each.stated));
}

function isSameName(one: string, other: string | undefined): boolean {
  return other !== undefined && foldWords(one) === foldWords(other);
}

/** "Endorsed by Mo Pretend, Team manager, …, on Monday 23 November 2026, 14:05 (GMT), before version 3 was made". */
export function endorsementText({ how, entry, stated, before }: Endorsed): string {
  const on = longTime(entry.signedAt);
  const stale = before === undefined ? '' : `, before version ${before} was made`;
  switch (how) {
    case 'endorsed':
      return `Endorsed by ${whoText(entry)}, on ${on}${stale}`;
    case 'confirmed': {
      const by = stated !== undefined && isSameName(stated, entry.name) ? '' : `by ${whoText(entry)}, `;
      return `Endorsed by ${stated ?? entry.name}, confirmed ${by}on ${on}${stale}`;
    }
    case 'notSo':
      return `${entry.name} says that this was not endorsed, ${on}${stale}`;
    default:
      return how satisfies never;
  }
}

function whoText({ name, jobTitle, organisation }: Entry): string {
  return [name, jobTitle, organisation].filter((part) => part !== '').join(', ');
}

/** The sections of a record in which the stated endorsement says what a manager has said of it since. */
export function withEndorsements(
  type: RecordType,
  sections: readonly ReadSection[],
  answers: Answers,
  endorsed: readonly Endorsed[],
): readonly ReadSection[] {
  const stated = statedIn(type, answers);
  if (stated === undefined || endorsed.length === 0) return sections;
  const confirmed = saidOf(stated, endorsed, 'confirmed');
  const denied = saidOf(stated, endorsed, 'notSo');
  const read = (text: string): string => {
    if (confirmed !== undefined) return endorsementText(confirmed);
    return denied === undefined ? text : `Said to be endorsed by ${stated}. ${endorsementText(denied)}`;
  };
  return sections.map((section) => ({
    ...section,
    lines: section.lines.map((line) => (line.field === type.endorsedIn ? { ...line, text: read(line.text) } : line)),
  }));
}
