import { may, type RecordAction } from './access.ts';
import { endorsementText, endorsementsIn, waysToEndorse, withEndorsements, type Endorsed } from './endorsements.ts';
import { isBlank, type Answers } from './fields.ts';
import { knownType } from './forms.ts';
import { isRequired, relevantFields } from './journey.ts';
import { dateOf, daysBetween, longDate, longTime } from './londonTime.ts';
import { unpackPayload } from './payloads.ts';
import type { Person } from './people.ts';
import type { Keys } from './keyPorts.ts';
import type { AccessLog, Clock, Directory, RecordStore, StoredVersion, VersionHeader } from './ports.ts';
import { keptFrom, readAnswers, type ReadSection } from './reading.ts';
import type { OpenItemKind, RecordType } from './recordType.ts';
import type { Endorsement } from './records/additions.ts';
import { saidIn, type Said } from './said.ts';
import { storedWording } from './wording.ts';
import type { Entry } from './drafts.ts';

export interface OpeningDeps {
  readonly records: RecordStore;
  readonly keys: Keys;
  readonly access: AccessLog;
  readonly directory: Directory;
  readonly clock: Clock;
}

/** A record as a person may see it. */
export interface OpenedRecord {
  readonly kind: 'record';
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
  /** What this person may do with the record, of what makes sense with it now. */
  readonly can: readonly RecordAction[];
  /** What this person may say of its endorsement now; empty where they may say nothing. */
  readonly canSay: readonly Endorsement[];
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

/** Absent and forbidden are one answer. Source: architecture, "Who may do what". */
export type Opened = OpenedRecord | { readonly kind: 'nothing' };

/**
 * Opens a record by its number for someone who may see it. Seeing it, and being refused, stands in the access log before
 * anything is shown: when that cannot be written, this rejects and nothing is shown.
 */
export async function openRecord(
  deps: OpeningDeps,
  person: Person,
  number: string,
  action: 'record.open' | 'record.copyText' = 'record.open',
  version?: number,
): Promise<Opened> {
  const stored = await findRecord(deps, number);
  const allowed = stored !== undefined && (await may(deps.directory, action, person, stored.header));
  const seen = action === 'record.open' ? 'record.open' : 'record.copy';
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: allowed ? seen : 'record.refused',
    subject: number,
  });
  return allowed ? read(deps, person, stored, version) : { kind: 'nothing' };
}

/** The latest version of the record with this number, whoever asks. */
export async function findRecord(
  deps: Pick<OpeningDeps, 'records'>,
  number: string,
): Promise<StoredVersion | undefined> {
  const reserved = await deps.records.byNumber(number);
  // A number is reserved a moment before its record is saved: until then there is nothing to see.
  return reserved === undefined ? undefined : deps.records.latest(reserved.caseKey, reserved.recordId);
}

async function read(
  deps: OpeningDeps,
  person: Person,
  latest: StoredVersion,
  version: number | undefined,
): Promise<OpenedRecord> {
  const { recordId } = latest.header;
  const all = latest.header.version === 1 ? [latest] : await deps.records.versions(latest.caseKey, recordId);
  const stored = all.find(({ header }) => header.version === version) ?? latest;
  const type = knownType(stored.header.type);
  const wording = await storedWording(deps.records, stored.header.wordingHash);
  const { answers, entry } = unpackPayload(deps.keys, stored);
  const first = all[0] ?? stored;
  const endorsed = endorsementsIn(deps.keys, type, all);
  const canSay = waysToEndorse(type, answers, endorsed, person.id);
  const can = stored === latest ? await possible(deps, person, stored, type, answers, canSay.length > 0) : [];
  const unknown = isToBeCompleted(stored.header) ? notKnownYet(type, answers) : undefined;
  return {
    kind: 'record',
    title: wording.title,
    header: stored.header,
    versions: all.length,
    keepFrom: keptFrom(answers),
    sections: withEndorsements(type, readAnswers(type, wording, answers, unknown), answers, endorsed),
    entry: unpackPayload(deps.keys, first).entry,
    notes: await notesIn(deps, all),
    endorsements: endorsed.map(endorsementText),
    changed: stored.header.version === 1 ? undefined : changedText(stored.header, entry, endorsed),
    said: await saidIn(deps, stored),
    can,
    canSay: can.includes('record.endorse') ? canSay : [],
    recordedDaysLater: daysBetween(dateOf(stored.header.contactAt), dateOf(first.header.savedAt)),
  };
}

async function notesIn(deps: OpeningDeps, all: readonly StoredVersion[]): Promise<readonly Note[]> {
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

const ACTIONS: readonly RecordAction[] = [
  'record.complete',
  'record.addOutcome',
  'record.amend',
  'record.endorse',
  'record.comment',
  'record.link',
  'record.withdraw',
  'record.dispute',
];

/** What this person may do with a record, of what makes sense with it as it stands. */
async function possible(
  deps: OpeningDeps,
  person: Person,
  { header }: StoredVersion,
  type: RecordType,
  answers: Answers,
  canEndorse: boolean,
): Promise<readonly RecordAction[]> {
  const isUrgent = isToBeCompleted(header);
  const sensible: Readonly<Partial<Record<RecordAction, boolean>>> = {
    'record.complete': isUrgent,
    'record.addOutcome': !isUrgent && header.openItems.length > 0,
    'record.amend': !isUrgent,
    'record.endorse': canEndorse,
    'record.withdraw': type.says.agreed?.(answers) === true,
  };
  const wanted = ACTIONS.filter((action) => sensible[action] !== false);
  const allowed = await Promise.all(wanted.map((action) => may(deps.directory, action, person, header)));
  return wanted.filter((_, at) => allowed[at] === true);
}

/** How a version came to be, as people say it. */
export const KIND_WORDS = {
  recorded: 'Recorded',
  completed: 'Completed',
  outcome: 'Outcome added',
  amended: 'Amended',
  endorsed: 'Endorsement recorded',
  commented: 'Commented on',
  linked: 'Filed under a case',
  withdrawn: 'Consent taken back, recorded',
  disputed: 'Dispute recorded',
} as const satisfies Readonly<Record<VersionHeader['kind'], string>>;

/** Whether a record is an urgent one of which the rest is not known yet. */
export function isToBeCompleted(header: Pick<VersionHeader, 'openItems'>): boolean {
  return header.openItems.some(({ kind }) => kind === 'completion');
}

/** The questions that apply and are to be answered when the record is completed. */
function notKnownYet(type: RecordType, answers: Answers): ReadonlySet<string> {
  const relevant = relevantFields(type, answers);
  return new Set([...relevant].filter((name) => isBlank(answers[name]) && isRequired(type, name, answers, relevant)));
}

const OPEN_ITEM_WORDS = {
  outcome: 'Outcome to be found out',
  receipt: 'Arrival to be confirmed',
  familyTold: 'Family to be told',
  decision: 'Decision awaited',
  review: 'Decision to review',
  basis: 'Lawful basis to be settled',
  completion: 'Record to be completed',
} as const;

/** What kind of unfinished business an item is. */
export function openItemWords(kind: OpenItemKind): string {
  return OPEN_ITEM_WORDS[kind];
}

/** "Outcome to be found out by Monday 30 November 2026". */
export function openItemText(item: VersionHeader['openItems'][number]): string {
  const hour = item.kind === 'completion' ? '12:00 on ' : '';
  return `${OPEN_ITEM_WORDS[item.kind]} by ${hour}${longDate(item.due)}`;
}

/** How an entry was signed: the name typed, and the directory's when it differs. Source: record-types, Entry. */
export function signedText(entry: Entry): string {
  const role = [entry.jobTitle, entry.organisation].filter((part) => part !== '').join(', ');
  // Some versions are made by one press, without a typed name.
  const isPlain = entry.signature === '' || entry.signature === entry.name;
  const name = isPlain ? entry.name : `signed as ${entry.signature}; directory ${entry.name}`;
  return `${name}${role === '' ? '' : `, ${role}`}, ${longTime(entry.signedAt)}`;
}

/** "Recorded 3 days after the contact"; `undefined` on the same day. */
export function recordedText(days: number): string | undefined {
  if (days <= 0) return undefined;
  return `Recorded ${days} ${days === 1 ? 'day' : 'days'} after the contact`;
}

/** A record as plain text, to paste into another system: headings, questions and answers, one under the other. */
export function recordText(record: OpenedRecord): string {
  const lines = [`${record.title} ${record.header.number}`, `Contact: ${longTime(record.header.contactAt)}`];
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
