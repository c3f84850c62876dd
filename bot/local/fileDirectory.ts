import type { Person, Team } from '../../src/people.ts';
import { foldWords } from '../../src/placeholders.ts';
import type { Directory } from '../../src/ports.ts';
import type { PeopleFile } from './people.ts';

/** The directory of local mode: the people file as it was read at start. */
export function fileDirectory(file: PeopleFile): Directory {
  const people = new Map(
    file.people.map((person): [string, Person] => [person.id, { ...person, tenantId: file.tenantId }]),
  );
  const teams = new Map(file.teams.map(({ id, name }): [string, Team] => [id, { id, name }]));
  return {
    person: async (id) => people.get(id.toLowerCase()),
    lastKnown: async (id) => people.get(id.toLowerCase()),
    reportsOf: async (id) => [...people.values()].filter(({ managerId }) => managerId === id),
    recordsOfficers: async () => [...people.values()].filter(({ roles }) => roles.includes('recordsOfficer')),
    managersOf: async (teamId) =>
      [...people.values()].filter(({ roles, teamIds }) => roles.includes('manager') && teamIds.includes(teamId)),
    personNamed: async (name) => {
      const named = [...people.values()].filter((person) => foldWords(person.name) === foldWords(name));
      return named.length === 1 ? named[0] : undefined;
    },
    teamNamed: async (nameOrId) => {
      const wanted = foldWords(nameOrId);
      const named = [...teams.values()].filter(({ id, name }) => [foldWords(id), foldWords(name)].includes(wanted));
      return named.length === 1 ? named[0] : undefined;
    },
    team: async (id) => teams.get(id.toLowerCase()),
  };
}
