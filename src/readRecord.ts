import type { Entry } from './drafts.ts';
import { endorsementText, endorsementsIn, withEndorsements, type Endorsed } from './endorsements.ts';
import { isBlank, type Answers, type Instant } from './fields.ts';
import { knownType } from './forms.ts';
import { isRequired, relevantFields } from './journey.ts';
import type { Keys } from './keyPorts.ts';
import { dateOf, daysBetween, longTime } from './londonTime.ts';
import { unpackPayload } from './payloads.ts';
import type { RecordStore, StoredVersion, VersionHeader } from './ports.ts';
import { keptFrom, readAnswers, type ReadSection } from './reading.ts';
import type { RecordType } from './recordType.ts';
import {
  isToBeCompleted,
  KIND_WORDS,
  openItemText,
  recordedText,
  signedText,
  urgentAccessText,
} from './recordWords.ts';
import { saidIn, type Said } from './said.ts';
import { storedWording } from './wording.ts';

export interface ReadingDeps {
  readonly records: RecordStore;
  readonly keys: Keys;
}

/** A record as it reads, whoever reads it. */
export interface ReadRecord {
  readonly title: string;
  readonly header: VersionHeader;
  /** How many versions there are; the one shown may be an earlier one. */
  readonly versions: number;
  readonly keepFrom: string | undefined;
  readonly sections: readonly ReadSection[];
  /** Who made the record, whatever was changed since. */
  readonly entry: Entry;
  /** Consent taken back, what was disputed, and comments, since the record was made; each with who recorded it. */
  readonly notes: readonly Note[];
  /** What managers said of its endorsement, the first first: "Endorsed by Mo Pretend, …, on …". */
  readonly endorsements: readonly string[];
  /** How the latest version came to be, when it is not the first: "Amended by Mo Pretend, …". */
  readonly changed: string | undefined;
  /** What was said with the version shown, such as why it was changed; absent where nothing was. */
  readonly said: Said | undefined;
  /** Whole days from the contact to the signature, in London dates; 0 on the same day. */
  readonly recordedDaysLater: number;
}

const NOTE_KINDS = ['withdrawn', 'disputed', 'commented'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** Something that was recorded about a record after it was made. */
export interface Note extends Said {
  readonly kind: NoteKind;
  readonly signed: string;
}

/** A record that was read, with what it was read from. */
export interface Reading {
  readonly record: ReadRecord;
  /** The version shown is the latest. */
  readonly isLatest: boolean;
  readonly type: RecordType;
  readonly answers: Answers;
  readonly endorsed: readonly Endorsed[];
}

/** Reads a record from its latest version, or an earlier one of it; a number past the end is the latest. */
export async function readRecord(deps: ReadingDeps, latest: StoredVersion, version?: number): Promise<Reading> {
  const { recordId } = latest.header;
  const all = latest.header.version === 1 ? [latest] : await deps.records.versions(latest.caseKey, recordId);
  const stored = all.find(({ header }) => header.version === version) ?? latest;
  const type = knownType(stored.header.type);
  const wording = await storedWording(deps.records, stored.header.wordingHash);
  const { answers, entry } = unpackPayload(deps.keys, stored);
  const first = all[0] ?? stored;
  const endorsed = endorsementsIn(deps.keys, type, all);
  const unknown = isToBeCompleted(stored.header) ? notKnownYet(type, answers) : undefined;
  const record = {
    title: wording.title,
    header: stored.header,
    versions: all.length,
    keepFrom: keptFrom(answers),
    sections: withEndorsements(type, readAnswers(type, wording, answers, unknown), answers, endorsed),
    entry: first === stored ? entry : unpackPayload(deps.keys, first).entry,
    notes: await notesIn(deps, all),
    endorsements: endorsed.map(endorsementText),
    changed: stored.header.version === 1 ? undefined : changedText(stored.header, entry, endorsed),
    said: await saidIn(deps, stored),
    recordedDaysLater: daysBetween(dateOf(stored.header.contactAt), dateOf(first.header.savedAt)),
  };
  return { record, isLatest: stored === latest, type, answers, endorsed };
}

async function notesIn(deps: ReadingDeps, all: readonly StoredVersion[]): Promise<readonly Note[]> {
  const notes = await Promise.all(
    all.map(async (stored): Promise<readonly Note[]> => {
      const kind = NOTE_KINDS.find((each) => each === stored.header.kind);
      const said = kind === undefined ? undefined : await saidIn(deps, stored);
      if (kind === undefined || said === undefined) return [];
      return [{ ...said, kind, signed: signedText(unpackPayload(deps.keys, stored).entry) }];
    }),
  );
  return notes.flat();
}

/** How a version came to be: "Amended by Mo Pretend, …", "Endorsed by Mo Pretend, …". */
function changedText({ kind, version }: VersionHeader, entry: Entry, endorsed: readonly Endorsed[]): string {
  const endorsement = endorsed.find((each) => each.version === version);
  return endorsement === undefined ? `${KIND_WORDS[kind]} by ${signedText(entry)}` : endorsementText(endorsement);
}

/** The questions that apply and are to be answered when the record is completed. */
function notKnownYet(type: RecordType, answers: Answers): ReadonlySet<string> {
  const relevant = relevantFields(type, answers);
  return new Set([...relevant].filter((name) => isBlank(answers[name]) && isRequired(type, name, answers, relevant)));
}

/** A record as plain text, to paste into another system: headings, questions and answers, one under the other. */
export function recordText(record: ReadRecord & { readonly urgentUntil?: Instant }): string {
  const lines = [`${record.title} ${record.header.number}`, `Contact: ${longTime(record.header.contactAt)}`];
  if (record.urgentUntil !== undefined) lines.push(urgentAccessText(record.urgentUntil));
  if (record.keepFrom !== undefined) lines.unshift(`KEEP FROM: ${record.keepFrom}`, '');
  const late = recordedText(record.recordedDaysLater);
  if (late !== undefined) lines.push(late);
  lines.push(...record.endorsements);
  for (const section of record.sections) {
    lines.push('', section.title.toUpperCase());
    for (const line of section.lines) lines.push(line.label, ...line.text.split('\n').map((part) => `  ${part}`));
  }
  for (const note of record.notes) {
    lines.push('', note.title.toUpperCase());
    for (const line of note.lines) lines.push(line.label, ...line.text.split('\n').map((part) => `  ${part}`));
    lines.push(`Recorded: ${note.signed}`);
  }
  lines.push('', `Signed: ${signedText(record.entry)}`);
  if (record.changed !== undefined) lines.push(`Version ${record.header.version}: ${record.changed}`);
  for (const item of record.header.openItems) lines.push(`Open: ${openItemText(item)}`);
  return lines.join('\n');
}
