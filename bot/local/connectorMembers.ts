import type { LocalPerson, LocalTeam, PeopleFile } from './people.ts';
import { accountIdOf, channelPlace, membersOf } from './places.ts';

const PAGE_SIZE = 100;

/** Describes a member of a conversation as Teams does (`TeamsChannelAccount`). */
export function describeMember(person: LocalPerson, tenantId: string): object {
  const [givenName = person.name, ...rest] = person.name.split(' ');
  return {
    id: accountIdOf(person),
    name: person.name,
    aadObjectId: person.id,
    objectId: person.id,
    givenName,
    surname: rest.join(' '),
    email: person.email,
    userPrincipalName: person.email,
    tenantId,
    userRole: 'user',
    role: 'user',
  };
}

/** Describes somebody from elsewhere who was let into a team. */
export function describeGuest(name: string, nth: number, tenantId: string): object {
  return { id: `29:guest-${nth}`, name, tenantId, userRole: 'guest', role: 'user' };
}

/** Describes a team as Teams does (`TeamDetails`): `id` is that of its general channel, `aadGroupId` the Entra group's. */
export function describeTeam(people: PeopleFile, team: LocalTeam): object {
  const memberCount = membersOf(people, channelPlace(team, undefined)).length;
  return { id: team.channelId, name: team.name, aadGroupId: team.id, channelCount: 1, memberCount, type: 'standard' };
}

/** Cuts one page out of the members. The token is where the next page starts; one that makes no sense starts at the beginning. */
export function memberPage(members: readonly object[], pageSize: string | null, token: string | null): object {
  const size = wholeNumber(pageSize, PAGE_SIZE) || PAGE_SIZE;
  const start = wholeNumber(token, 0);
  const end = start + size;
  return { members: members.slice(start, end), ...(end < members.length ? { continuationToken: String(end) } : {}) };
}

function wholeNumber(text: string | null, otherwise: number): number {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : otherwise;
}
