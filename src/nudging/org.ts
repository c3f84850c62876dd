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
  /** Who gets it as well once it is escalated: the next one up in the author's own line, whoever stands in. Never the author. */
  nextUp(authorId: string, teamId: string): Promise<Person | undefined>;
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

  /**
   * Somebody as a recipient: who stands in for them, or they themselves, when they are there, can be reached, and are not the
   * author.
   */
  async function standing(id: string, authorId: string): Promise<Person | undefined> {
    for (const candidate of [standIns.get(id), id]) {
      const found = candidate === undefined || candidate === authorId ? undefined : await person(candidate);
      if (found !== undefined && !lost.has(found.id)) return found;
    }
    return undefined;
  }

  /** Those who get an author's items in turn, from a manager's place on upwards, each once. */
  async function lineFrom(managerId: string | undefined, authorId: string): Promise<readonly Person[]> {
    const line: Person[] = [];
    let id = managerId;
    for (let step = 0; id !== undefined && step < UP_AT_MOST; step += 1) {
      const found = await standing(id, authorId);
      if (found !== undefined && !line.some((known) => known.id === found.id)) line.push(found);
      id = (await person(id))?.managerId;
    }
    return line;
  }

  /** Whether somebody stands above another: their people do not hear of what is open of theirs. */
  async function isManagedBy(personId: string, managerId: string): Promise<boolean> {
    let id = (await person(personId))?.managerId;
    for (let step = 0; id !== undefined && step < UP_AT_MOST; step += 1) {
      if (id === managerId) return true;
      id = (await person(id))?.managerId;
    }
    return false;
  }

  async function lineFor(authorId: string, teamId: string): Promise<readonly Person[]> {
    const line = await lineFrom((await person(authorId))?.managerId, authorId);
    if (line.length > 0) return line;
    for (const manager of await directory.managersOf(teamId)) {
      if (await isManagedBy(manager.id, authorId)) continue;
      if ((await standing(manager.id, authorId)) !== undefined) return lineFrom(manager.id, authorId);
    }
    return [];
  }

  return {
    person,
    managerFor: async (authorId, teamId) => (await lineFor(authorId, teamId))[0],
    nextUp: async (authorId, teamId) => (await lineFor(authorId, teamId))[1],
    isReachable: (id) => !lost.has(id),
    recordsOfficers: () => directory.recordsOfficers(),
  };
}
