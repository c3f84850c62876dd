import { may } from './access.ts';
import { CodedError } from './errors.ts';
import { isBlank, type Answers } from './fields.ts';
import { knownType } from './forms.ts';
import { isRequired, relevantFields } from './journey.ts';
import { dateOf, daysBetween, longDate, longTime } from './londonTime.ts';
import { unpackPayload } from './payloads.ts';
import type { Person } from './people.ts';
import type { Keys } from './keyPorts.ts';
import type { AccessLog, Clock, Directory, RecordStore, StoredVersion, VersionHeader } from './ports.ts';
import { keptFrom, readAnswers, type ReadSection } from './reading.ts';
import type { RecordType } from './recordType.ts';
import { readWording } from './wording.ts';
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
  readonly keepFrom: string | undefined;
  readonly sections: readonly ReadSection[];
  readonly entry: Entry;
  /** Whole days from the contact to the signature, in London dates; 0 on the same day. */
  readonly recordedDaysLater: number;
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
  return allowed ? read(deps, stored) : { kind: 'nothing' };
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

async function read(deps: OpeningDeps, stored: StoredVersion): Promise<OpenedRecord> {
  const type = knownType(stored.header.type);
  const body = await deps.records.wording(stored.header.wordingHash);
  if (body === undefined) {
    throw new CodedError('store.broken', 'The wording of a record is missing from the store.');
  }
  const wording = readWording(body);
  const { answers, entry } = unpackPayload(deps.keys, stored);
  return {
    kind: 'record',
    title: wording.title,
    header: stored.header,
    keepFrom: keptFrom(answers),
    sections: readAnswers(
      type,
      wording,
      answers,
      isToBeCompleted(stored.header) ? notKnownYet(type, answers) : undefined,
    ),
    entry,
    recordedDaysLater: daysBetween(dateOf(stored.header.contactAt), dateOf(stored.header.savedAt)),
  };
}

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

/** "Outcome to be found out by Monday 30 November 2026". */
export function openItemText(item: VersionHeader['openItems'][number]): string {
  const hour = item.kind === 'completion' ? '12:00 on ' : '';
  return `${OPEN_ITEM_WORDS[item.kind]} by ${hour}${longDate(item.due)}`;
}

/** How an entry was signed: the name typed, and the directory's when it differs. Source: record-types, Entry. */
export function signedText(entry: Entry): string {
  const role = [entry.jobTitle, entry.organisation].filter((part) => part !== '').join(', ');
  const name = entry.signature === entry.name ? entry.name : `signed as ${entry.signature}; directory ${entry.name}`;
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
  for (const section of record.sections) {
    lines.push('', section.title.toUpperCase());
    for (const line of section.lines) lines.push(line.label, ...line.text.split('\n').map((part) => `  ${part}`));
  }
  lines.push('', `Signed: ${signedText(record.entry)}`);
  for (const item of record.header.openItems) lines.push(`Open: ${openItemText(item)}`);
  return lines.join('\n');
}
