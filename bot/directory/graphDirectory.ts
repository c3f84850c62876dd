import { codeOf } from '../../src/errors.ts';
import { lastKnownAs, type Person, type Team } from '../../src/people.ts';
import { foldWords } from '../../src/placeholders.ts';
import type { Clock, Directory } from '../../src/ports.ts';
import type { GraphClient } from './graphClient.ts';
import { graphQueries, type Agency } from './graphQueries.ts';
import type { KeptPeople, KeptPerson } from './keptPeople.ts';
import { remembered, type Known } from './remembered.ts';

export interface GraphDirectoryDeps {
  readonly graph: GraphClient;
  readonly clock: Clock;
  readonly agency: Agency;
  readonly kept: KeptPeople;
}

/** More people than an agency has at work within a while; each is about a kilobyte. */
const PEOPLE_KEPT = 2_000;
const NAMES_KEPT = 1_000;
/** Members of a group, reports of a manager: each at most 20,000 ids. */
const LISTS_KEPT = 100;
const ASKED_AT_ONCE = 8;
const NAME_CHARACTERS = 256;

const GUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/u;

/**
 * The directory of a tenant, asked of Microsoft Graph: two requests at once for somebody who was not asked about within ten
 * minutes, none for anybody else. Rights go by answers at most ten minutes old; names may be older.
 * Source: issue “In a real tenant”, 3; project decision 0019.
 */
export function graphDirectory({ graph, clock, agency, kept }: GraphDirectoryDeps): Directory {
  const { people, teams, members, reports, names, teamNames } = memories(graph, agency, clock);

  async function person(wanted: string): Promise<Person | undefined> {
    const id = idIn(wanted);
    return id === undefined ? undefined : (await people.fresh(id))?.person;
  }

  /** What was kept of somebody before the bot was started, with the names of their teams. */
  async function remembering(id: string): Promise<Known<KeptPerson> | undefined> {
    const known = await kept.find(id);
    if (known === undefined) return undefined;
    people.learn(id, known);
    for (const team of known.value?.teams ?? [])
      if (teams.last(team.id) === undefined) teams.learn(team.id, { value: team, at: known.at });
    return known;
  }

  async function peopleIn(ids: readonly string[]): Promise<readonly Person[]> {
    const found: (Person | undefined)[] = [];
    for (let at = 0; at < ids.length; at += ASKED_AT_ONCE)
      found.push(...(await Promise.all(ids.slice(at, at + ASKED_AT_ONCE).map(person))));
    return found.filter((each) => each !== undefined);
  }

  return {
    person,
    async lastKnown(wanted) {
      const id = idIn(wanted);
      if (id === undefined) return undefined;
      try {
        const found = await people.fresh(id);
        const known = people.last(id);
        if (known !== undefined) await kept.keep(id, known);
        return found?.person;
      } catch (error) {
        const known = isUnasked(error) ? (people.last(id) ?? (await remembering(id))) : undefined;
        if (known === undefined) throw error;
        return known.value && lastKnownAs(known.value.person, known.at);
      }
    },
    async team(wanted) {
      const id = idIn(wanted);
      if (id === undefined) return undefined;
      try {
        return await teams.fresh(id);
      } catch (error) {
        const known = isUnasked(error) ? teams.last(id) : undefined;
        if (known === undefined) throw error;
        return known.value;
      }
    },
    async reportsOf(managerId) {
      const id = idIn(managerId);
      if (id === undefined) return [];
      const told = (await reports.fresh(id)).filter((each) => !agency.managers.has(each));
      const ours = [...agency.managers].filter(([, manager]) => manager === id).map(([each]) => each);
      return [...told, ...ours].map((each) => ({ id: each }));
    },
    async recordsOfficers() {
      const found = await peopleIn((await members.fresh(agency.groups.recordsOfficer)).toSorted());
      return found.filter(({ roles }) => roles.includes('recordsOfficer'));
    },
    async managersOf(teamId) {
      const id = idIn(teamId);
      if (id === undefined || agency.teams?.has(id) === false) return [];
      const [managers, inTeam] = await Promise.all([members.fresh(agency.groups.manager), members.fresh(id)]);
      const both = new Set(inTeam);
      const found = await peopleIn(managers.filter((each) => both.has(each)).toSorted());
      return found.filter(({ roles, teamIds }) => roles.includes('manager') && teamIds.includes(id));
    },
    async personNamed(name) {
      const asked = nameIn(name);
      const id = asked === undefined ? undefined : await names.fresh(asked);
      return id === undefined ? undefined : person(id);
    },
    async teamNamed(nameOrId) {
      const id = idIn(nameOrId.trim());
      if (id !== undefined) return teams.fresh(id);
      const asked = nameIn(nameOrId);
      return asked === undefined ? undefined : teamNames.fresh(asked);
    },
  };
}

/** What is remembered of each question. Somebody's groups tell the names of their teams by the way. */
function memories(graph: GraphClient, agency: Agency, clock: Clock) {
  const queries = graphQueries(graph, agency);
  const teams = remembered<Team | undefined>((id) => queries.team(id), { clock, most: NAMES_KEPT });
  const people = remembered<KeptPerson>(
    async (id) => {
      const at = clock.now();
      const found = await queries.person(id);
      for (const team of found?.teams ?? []) teams.learn(team.id, { value: team, at });
      return found;
    },
    { clock, most: PEOPLE_KEPT },
  );
  return {
    people,
    teams,
    members: remembered((id) => queries.membersOf(id), { clock, most: LISTS_KEPT }),
    reports: remembered((id) => queries.reportsOf(id), { clock, most: LISTS_KEPT }),
    names: remembered((name) => queries.idOfPersonNamed(name), { clock, most: NAMES_KEPT }),
    teamNames: remembered((name) => queries.teamNamed(name), { clock, most: NAMES_KEPT }),
  };
}

/** The directory could not be asked, for whatever reason. */
function isUnasked(error: unknown): boolean {
  return codeOf(error).startsWith('directory.');
}

/** An object id as it stands in a path; `undefined` for anything else, about which nobody is asked. */
function idIn(wanted: string): string | undefined {
  const id = wanted.toLowerCase();
  return GUID.test(id) ? id : undefined;
}

/** A name as it is asked for: the same for any case and spacing. */
function nameIn(typed: string): string | undefined {
  const name = typed.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
  return foldWords(name) === '' || name.length > NAME_CHARACTERS ? undefined : name;
}
