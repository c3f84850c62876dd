import type { LocalDate } from '../fields.ts';
import type { Deputy } from '../nudgePorts.ts';
import type { Person } from '../people.ts';
import type { Directory } from '../ports.ts';

/** Who answers for whom on one day, with the directory's answers kept for as long as one sweep takes. */
export interface Org {
  person(id: string): Promise<Person | undefined>;
  /**
   * Who gets the card about an author's open items: their manager, or who stands in for them; the next one up where
   * somebody has left or cannot be reached; a manager of the team where the author has left. Never the author.
   */
  managerFor(authorId: string, teamId: string): Promise<Person | undefined>;
  /** Who gets it as well once it is escalated: the next one up from there. Never the author. */
  nextUp(managerId: string, authorId: string): Promise<Person | undefined>;
  isReachable(personId: string): boolean;
  recordsOfficers(): Promise<readonly Person[]>;
}

/** A line of managers longer than this is a loop in the directory. */
const UP_AT_MOST = 8;

/**
 * The lines of management of one day.
 * Source: issue "Nothing left open", 6.
 */
export function orgOn(
  directory: Directory,
  today: LocalDate,
  deputies: readonly Deputy[],
  unreachable: readonly string[],
): Org {
  const people = new Map<string, Promise<Person | undefined>>();
  const standIns = new Map(deputies.filter(({ until }) => until >= today).map(({ managerId, deputyId }) => [managerId, deputyId])); // prettier-ignore
  const lost = new Set(unreachable);

  function person(id: string): Promise<Person | undefined> {
    const known = people.get(id) ?? directory.person(id);
    people.set(id, known);
    return known;
  }

  /** Somebody as a recipient: who stands in for them, or they themselves, when they are there, can be reached, and are not the author. */
  async function standing(id: string, authorId: string): Promise<Person | undefined> {
    for (const candidate of [standIns.get(id), id]) {
      const found = candidate === undefined || candidate === authorId ? undefined : await person(candidate);
      if (found !== undefined && !lost.has(found.id)) return found;
    }
    return undefined;
  }

  /** The first recipient from a manager on upwards. */
  async function upFrom(managerId: string | undefined, authorId: string): Promise<Person | undefined> {
    let id = managerId;
    for (let step = 0; id !== undefined && step < UP_AT_MOST; step += 1) {
      const found = await standing(id, authorId);
      if (found !== undefined) return found;
      id = (await person(id))?.managerId;
    }
    return undefined;
  }

  async function managerFor(authorId: string, teamId: string): Promise<Person | undefined> {
    const author = await person(authorId);
    const found = await upFrom(author?.managerId, authorId);
    if (found !== undefined) return found;
    for (const manager of await directory.managersOf(teamId)) {
      const instead = await standing(manager.id, authorId);
      if (instead !== undefined) return instead;
    }
    return undefined;
  }

  return {
    person,
    managerFor,
    async nextUp(managerId, authorId) {
      const above = await upFrom((await person(managerId))?.managerId, authorId);
      return above?.id === managerId ? undefined : above;
    },
    isReachable: (id) => !lost.has(id),
    recordsOfficers: () => directory.recordsOfficers(),
  };
}
