import type { Person } from './people.ts';
import type { VersionHeader } from './ports.ts';

/** What a person may be to a record. */
export type Relation = 'author' | 'managerOfAuthor';

/** What can be asked of the bot beyond one's own drafts. */
export type Action = 'record.start' | 'record.open' | 'record.copyText';

/**
 * Who may do what with a record that exists, by what they are to it. Deny by default: what is not listed is refused, and
 * refused exactly as a record that does not exist.
 * Source: architecture, "Who may do what".
 */
const BY_RELATION: Readonly<Record<Exclude<Action, 'record.start'>, readonly Relation[]>> = {
  'record.open': ['author', 'managerOfAuthor'],
  'record.copyText': ['author', 'managerOfAuthor'],
};

/** Source: architecture, "Who may do what": practitioners and managers record. */
export function mayRecord(person: Person): boolean {
  return person.roles.includes('practitioner') || person.roles.includes('manager');
}

/** Whether a person may do this with that record. `author` is the author as the directory knows them now, if it does. */
export function may(
  action: Exclude<Action, 'record.start'>,
  person: Person,
  header: Pick<VersionHeader, 'authorId'>,
  author: Person | undefined,
): boolean {
  const relations = relationsOf(person, header, author);
  return BY_RELATION[action].some((relation) => relations.includes(relation));
}

function relationsOf(
  person: Person,
  header: Pick<VersionHeader, 'authorId'>,
  author: Person | undefined,
): readonly Relation[] {
  const relations: Relation[] = [];
  if (header.authorId === person.id) relations.push('author');
  if (author?.managerId === person.id && author.id !== person.id) relations.push('managerOfAuthor');
  return relations;
}
