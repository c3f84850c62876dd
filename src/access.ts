import type { Person } from './people.ts';
import type { Directory, VersionHeader } from './ports.ts';

/** What a person may be to a record. */
export type Relation = 'author' | 'managerOfAuthor' | 'managerOfTeam' | 'recordsOfficer';

/** What can be asked of a record that exists. */
export type RecordAction = 'record.open' | 'record.copyText' | 'record.complete';

/** The two facts of a record on which rights depend. */
export type Owned = Pick<VersionHeader, 'authorId' | 'teamId'>;

/**
 * Who may do what with a record that exists, by what they are to it. Deny by default: what is not listed is refused, and
 * refused exactly as a record that does not exist.
 * Source: architecture, "Who may do what".
 */
const BY_RELATION: Readonly<Record<RecordAction, readonly Relation[]>> = {
  'record.open': ['author', 'managerOfAuthor', 'managerOfTeam', 'recordsOfficer'],
  'record.copyText': ['author', 'managerOfAuthor', 'managerOfTeam', 'recordsOfficer'],
  'record.complete': ['author', 'managerOfTeam'],
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
  if (person.roles.includes('manager') && person.teamIds.includes(record.teamId)) relations.push('managerOfTeam');
  if (person.roles.includes('recordsOfficer')) relations.push('recordsOfficer');
  return relations;
}
