import type { Person } from './people.ts';
import type { Directory, VersionHeader } from './ports.ts';

/** What a person may be to a record. */
export type Relation = 'author' | 'managerOfAuthor' | 'managerOfTeam' | 'otherManagerOfTeam' | 'recordsOfficer';

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

/** The two facts of a record on which rights depend. */
export type Owned = Pick<VersionHeader, 'authorId' | 'teamId'>;

/** Nobody endorses, or comments on, a record of their own. Source: RK §1 (joint and endorsed decisions). */
const ENDORSERS: readonly Relation[] = ['managerOfAuthor', 'otherManagerOfTeam'];
const READERS: readonly Relation[] = ['author', 'managerOfAuthor', 'managerOfTeam', 'recordsOfficer'];

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
  'record.addOutcome': ['author', 'managerOfAuthor', 'managerOfTeam'],
  'record.amend': ['author', 'managerOfTeam'],
  'record.endorse': ENDORSERS,
  'record.comment': ENDORSERS,
  'record.withdraw': ['author', 'managerOfTeam'],
  // Records without a case are listed for records officers, who also hear what people say of their own records.
  'record.link': ['author', 'managerOfTeam', 'recordsOfficer'],
  'record.dispute': ['author', 'managerOfTeam', 'recordsOfficer'],
};

/** Source: architecture, "Who may do what": practitioners and managers record. */
export function mayRecord(person: Person): boolean {
  return person.roles.includes('practitioner') || person.roles.includes('manager');
}

/** Source: architecture, "Who may do what": records without a case are listed for records officers. */
export function mayListUnlinked(person: Person): boolean {
  return person.roles.includes('recordsOfficer');
}

/** Whether a person may do this with that record, by the directory's answer of this moment. */
export async function may(directory: Directory, action: RecordAction, person: Person, record: Owned): Promise<boolean> {
  const own = BY_RELATION[action];
  if (relationsOf(person, record).some((relation) => own.includes(relation))) return true;
  if (!own.includes('managerOfAuthor') || record.authorId === person.id) return false;
  const author = await directory.person(record.authorId);
  return author?.managerId === person.id;
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
