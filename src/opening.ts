import { accessOf, type Access, markedUntil, underGrant, type RecordAction, type Rights } from './access.ts';
import { owned } from './caseFacts.ts';
import { waysToEndorse } from './endorsements.ts';
import type { Answers, Instant } from './fields.ts';
import { slowed, type PacingDeps } from './pacing.ts';
import type { Person } from './people.ts';
import type { AccessLog, RecordStore, StoredVersion } from './ports.ts';
import { readRecord, type ReadRecord } from './readRecord.ts';
import type { RecordType } from './recordType.ts';
import { isToBeCompleted } from './recordWords.ts';
import type { Endorsement } from './records/additions.ts';

export interface OpeningDeps extends Rights, PacingDeps {
  readonly records: RecordStore;
  readonly access: AccessLog;
}

/** A record as a person may see it. */
export interface OpenedRecord extends ReadRecord {
  readonly kind: 'record';
  /** What this person may do with the record, of what makes sense with it now. */
  readonly can: readonly RecordAction[];
  /** What this person may say of its endorsement now; empty where they may say nothing. */
  readonly canSay: readonly Endorsement[];
  /** When the urgent access ends by which alone they see it; absent for everybody else. */
  readonly urgentUntil?: Instant;
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
  const access = accessOf(deps, person);
  const footing = stored && (await access.footing(action, owned(stored)));
  const seen = action === 'record.open' ? 'record.open' : 'record.copy';
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: footing === undefined ? 'record.refused' : seen,
    subject: number,
    ...underGrant(footing),
  });
  await slowed(deps, person);
  if (stored === undefined || footing === undefined) return { kind: 'nothing' };
  return { ...(await opened(deps, access, person, stored, version)), ...markedUntil(footing) };
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

async function opened(
  deps: OpeningDeps,
  access: Access,
  person: Person,
  latest: StoredVersion,
  version: number | undefined,
): Promise<Omit<OpenedRecord, 'urgentUntil'>> {
  const { record, isLatest, type, answers, endorsed } = await readRecord(deps, latest, version);
  const canSay = waysToEndorse(type, answers, endorsed, person.id);
  const can = isLatest ? await possible(access, latest, type, answers, canSay.length > 0) : [];
  return { kind: 'record', ...record, can, canSay: can.includes('record.endorse') ? canSay : [] };
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

/** What may be done with a record by whoever has this access, of what makes sense with it as it stands. */
async function possible(
  access: Access,
  stored: StoredVersion,
  type: RecordType,
  answers: Answers,
  canEndorse: boolean,
): Promise<readonly RecordAction[]> {
  const { header } = stored;
  const isUrgent = isToBeCompleted(header);
  const sensible: Readonly<Partial<Record<RecordAction, boolean>>> = {
    'record.complete': isUrgent,
    'record.addOutcome': !isUrgent && header.openItems.length > 0,
    'record.amend': !isUrgent,
    'record.endorse': canEndorse,
    'record.withdraw': type.says.agreed?.(answers) === true,
  };
  const wanted = ACTIONS.filter((action) => sensible[action] !== false);
  const footings = await Promise.all(wanted.map((action) => access.footing(action, owned(stored))));
  return wanted.filter((_, at) => footings[at] !== undefined);
}
