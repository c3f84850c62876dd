import type { Purpose } from './drafts.ts';
import type { Overseers } from './nudging/overseers.ts';
import type { Person } from './people.ts';
import type { Directory, VersionHeader } from './ports.ts';

/** What a person may be to a record. */
export type Relation =
  | 'author'
  | 'managerOfAuthor'
  | 'managerOfTeam'
  | 'otherManagerOfTeam'
  | 'recordsOfficer'
  /** Its open items are in their list today: they stand in for its manager, or an item went further up. */
  | 'overseer';

/** What can be asked of a record that exists. */
export type RecordAction =
  | 'record.open'
  | 'record.copyText'
  | 'record.history'
  | 'record.complete'
  | 'record.addOutcome'
  | 'record.amend'
  | 'record.endorse'
  | 'record.comment'
  | 'record.link'
  | 'record.withdraw'
  | 'record.dispute';

/** The facts of a record on which rights depend. */
export type Owned = Pick<VersionHeader, 'recordId' | 'authorId' | 'teamId' | 'openItems'>;

/** Nobody endorses, or comments on, a record of their own. Source: RK §1 (joint and endorsed decisions). */
const ENDORSERS: readonly Relation[] = ['managerOfAuthor', 'otherManagerOfTeam'];
const READERS: readonly Relation[] = ['author', 'managerOfAuthor', 'managerOfTeam', 'recordsOfficer', 'overseer'];

/**
 * Who may do what with a record that exists, by what they are to it. Deny by default: what is not listed is refused, and
 * refused exactly as a record that does not exist.
 * Source: architecture, "Who may do what".
 */
const BY_RELATION: Readonly<Record<RecordAction, readonly Relation[]>> = {
  'record.open': READERS,
  'record.copyText': READERS,
  'record.history': READERS,
  'record.complete': ['author', 'managerOfTeam'],
  'record.addOutcome': ['author', 'managerOfAuthor', 'managerOfTeam', 'overseer'],
  'record.amend': ['author', 'managerOfTeam'],
  'record.endorse': ENDORSERS,
  'record.comment': ENDORSERS,
  'record.withdraw': ['author', 'managerOfTeam'],
  // Records without a case are listed for records officers, who also hear what people say of their own records.
  'record.link': ['author', 'managerOfTeam', 'recordsOfficer'],
  'record.dispute': ['author', 'managerOfTeam', 'recordsOfficer'],
};

/** What somebody must be allowed to do to make a version of this kind: at its beginning, at each press, and at its end. */
export const VERSION_RIGHTS = {
  completed: 'record.complete',
  outcome: 'record.addOutcome',
  amended: 'record.amend',
  endorsed: 'record.endorse',
  commented: 'record.comment',
  linked: 'record.link',
  withdrawn: 'record.withdraw',
  disputed: 'record.dispute',
} as const satisfies Readonly<Record<Exclude<Purpose, 'record'>, RecordAction>>;

/** Source: architecture, "Who may do what": practitioners and managers record. */
export function mayRecord(person: Person): boolean {
  return person.roles.includes('practitioner') || person.roles.includes('manager');
}

/** Source: architecture, "Who may do what": records without a case are listed for records officers. */
export function mayListUnlinked(person: Person): boolean {
  return person.roles.includes('recordsOfficer');
}

/** Whether a person may do this with that record, by the directory's answer of this moment. */
export async function may(
  directory: Directory & Partial<Overseers>,
  action: RecordAction,
  person: Person,
  record: Owned,
): Promise<boolean> {
  const own = BY_RELATION[action];
  if (relationsOf(person, record).some((relation) => own.includes(relation))) return true;
  if (record.authorId === person.id) return false;
  if (own.includes('managerOfAuthor') && (await isManagedBy(directory, record.authorId, person))) return true;
  // Where nothing is open, nobody hears of it beyond those above.
  if (!own.includes('overseer') || record.openItems.length === 0 || directory.overseersOf === undefined) return false;
  return (await directory.overseersOf(record)).includes(person.id);
}

async function isManagedBy(directory: Directory, authorId: string, person: Person): Promise<boolean> {
  return (await directory.person(authorId))?.managerId === person.id;
}

/** What a person is to a record by their own standing, without asking who its author is. */
function relationsOf(person: Person, record: Owned): readonly Relation[] {
  const relations: Relation[] = [];
  if (record.authorId === person.id) relations.push('author');
  if (person.roles.includes('manager') && person.teamIds.includes(record.teamId)) {
    relations.push('managerOfTeam');
    if (record.authorId !== person.id) relations.push('otherManagerOfTeam');
  }
  if (person.roles.includes('recordsOfficer')) relations.push('recordsOfficer');
  return relations;
}
