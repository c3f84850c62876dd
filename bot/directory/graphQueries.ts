import type { Person, Role, Team } from '../../src/people.ts';
import { foldWords } from '../../src/placeholders.ts';
import type { GraphClient, Permission } from './graphClient.ts';
import {
  entriesOf,
  GROUP_FIELDS,
  groupShape,
  mustBeTold,
  readAs,
  USER_FIELDS,
  userShape,
  type GraphGroup,
  type GraphUser,
} from './graphShapes.ts';
import type { KeptPerson } from './keptPeople.ts';
import type { Managers } from './managersFile.ts';

/** How an agency stands in its Entra directory. Ids in lower case. */
export interface Agency {
  readonly tenantId: string;
  /** Said of people of whom the directory names no organisation. */
  readonly organisation: string;
  /** The group of those with each role. */
  readonly groups: Readonly<Record<Role, string>>;
  /** The teams that record; `undefined` for everything that is a team in Teams. */
  readonly teams: ReadonlySet<string> | undefined;
  readonly managers: Managers;
}

/** What is asked of Microsoft Graph, each time anew. Ids are object ids in lower case. */
export interface GraphQueries {
  /** Two requests at once. `undefined` for guests, accounts of other tenants and blocked ones, as for nobody. */
  person(id: string): Promise<KeptPerson>;
  team(id: string): Promise<Team | undefined>;
  /** The people in a group, or in groups within it. */
  membersOf(groupId: string): Promise<readonly string[]>;
  /** As the directory says, without the agency's own table of managers. */
  reportsOf(managerId: string): Promise<readonly string[]>;
  /** The one person with this name, in any case; `undefined` for none or several. */
  idOfPersonNamed(name: string): Promise<string | undefined>;
  teamNamed(name: string): Promise<Team | undefined>;
}

/** The most that Graph gives at once of these lists. */
const PAGE = 999;

/** Source: issue “In a real tenant”, 3. */
export function graphQueries(graph: GraphClient, agency: Agency): GraphQueries {
  async function idsIn(path: string, permission: Permission): Promise<readonly string[]> {
    const found = (await graph.list(path, permission)) ?? [];
    return entriesOf(found, 'user', userShape).map(({ id }) => id);
  }

  return {
    async person(id) {
      const [user, memberOf] = await Promise.all([
        graph.get(`users/${id}?$select=${USER_FIELDS}&$expand=manager($select=id)`, 'User.Read.All'),
        graph.list(`users/${id}/transitiveMemberOf?$select=${GROUP_FIELDS}&$top=${PAGE}`, 'GroupMember.Read.All'),
      ]);
      if (user === undefined || memberOf === undefined) return undefined;
      const read = readAs(userShape, user);
      return isOurs(read) ? personOf(agency, read, entriesOf(memberOf, 'group', groupShape)) : undefined;
    },
    async team(id) {
      const group = await graph.get(`groups/${id}?$select=${GROUP_FIELDS}`, 'GroupMember.Read.All');
      return group === undefined ? undefined : teamOf(agency, readAs(groupShape, group));
    },
    membersOf: (id) => idsIn(`groups/${id}/transitiveMembers?$select=id&$top=${PAGE}`, 'GroupMember.Read.All'),
    reportsOf: (id) => idsIn(`users/${id}/directReports?$select=id`, 'User.Read.All'),
    async idOfPersonNamed(name) {
      const found = (await graph.list(`users?${named(name)}&$select=${USER_FIELDS}`, 'User.Read.All')) ?? [];
      const ours = found.map((user) => readAs(userShape, user)).filter((user) => isOurs(user) && isCalled(user, name));
      return ours.length === 1 ? ours[0]?.id : undefined;
    },
    async teamNamed(name) {
      const found = (await graph.list(`groups?${named(name)}&$select=${GROUP_FIELDS}`, 'GroupMember.Read.All')) ?? [];
      const called = found.map((group) => readAs(groupShape, group)).filter((group) => isCalled(group, name));
      const teams = called.map((group) => teamOf(agency, group)).filter((team) => team !== undefined);
      return teams.length === 1 ? teams[0] : undefined;
    },
  };
}

const ROLES: readonly Role[] = ['practitioner', 'manager', 'recordsOfficer'];

function personOf(agency: Agency, user: GraphUser, groups: readonly GraphGroup[]): KeptPerson {
  const within = new Set(groups.map(({ id }) => id));
  const teams = groups.map((group) => teamOf(agency, group)).filter((team) => team !== undefined);
  const managerId = agency.managers.has(user.id) ? agency.managers.get(user.id) : user.manager?.id;
  const person: Person = {
    id: user.id,
    tenantId: agency.tenantId,
    name: mustBeTold(user.displayName, 'User.Read.All'),
    jobTitle: user.jobTitle?.trim() ?? '',
    organisation: nonBlank(user.companyName) ?? agency.organisation,
    ...(typeof managerId === 'string' ? { managerId } : {}),
    teamIds: teams.map(({ id }) => id),
    roles: ROLES.filter((role) => within.has(agency.groups[role])),
  };
  return { person, teams };
}

/** `undefined` for a group that is no team, or none that records. */
function teamOf(agency: Agency, { id, displayName, resourceProvisioningOptions }: GraphGroup): Team | undefined {
  const options = mustBeTold(resourceProvisioningOptions, 'GroupMember.Read.All');
  const isTeam = options.includes('Team') && (agency.teams?.has(id) ?? true);
  return isTeam ? { id, name: mustBeTold(displayName, 'GroupMember.Read.All') } : undefined;
}

/**
 * Somebody of the agency who may sign in: guests and blocked accounts are nobody here, nor are accounts of other tenants that
 * were brought in as members, which have their own name only in the one that Entra made for them.
 * Source: Microsoft, “Properties of a Microsoft Entra B2B collaboration user”.
 */
function isOurs({ userType, userPrincipalName, accountEnabled }: GraphUser): boolean {
  if (!mustBeTold(accountEnabled, 'User.Read.All') || userType?.toLowerCase() === 'guest') return false;
  return !/#ext#/iu.test(mustBeTold(userPrincipalName, 'User.Read.All'));
}

/**
 * Graph compares names in any case. A quotation mark is doubled, or the rest of the name would be a condition; telephones
 * type the curved one.
 */
function named(name: string): string {
  const spellings = new Set([name, name.replaceAll('’', "'"), name.replaceAll("'", '’')]);
  const conditions = [...spellings].map((each) => `displayName eq '${each.replaceAll("'", "''")}'`);
  return `$filter=${encodeURIComponent(conditions.join(' or '))}`;
}

function isCalled({ displayName }: { readonly displayName?: string | null | undefined }, name: string): boolean {
  return displayName !== null && displayName !== undefined && foldWords(displayName) === foldWords(name);
}

function nonBlank(text: string | null | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
}
