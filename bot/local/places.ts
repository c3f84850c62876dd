import type { LocalPerson, LocalTeam, PeopleFile } from './people.ts';

/** The bot's own account, as Teams would name it. */
export const BOT_ACCOUNT = { id: '28:sharing-log', name: 'Sharing Log' } as const;

/**
 * A chat as the person sees it in the list: their own with the bot, or a team's channel. `key` is the person's or the team's
 * id.
 */
export type Chat = { readonly kind: 'personal' | 'channel'; readonly key: string };

/** Where a message stands: a personal chat, or a channel and (unless it starts one) a thread of it. */
export type Place =
  | { readonly kind: 'personal'; readonly chat: Chat; readonly person: LocalPerson }
  | { readonly kind: 'channel'; readonly chat: Chat; readonly team: LocalTeam; readonly threadId: string | undefined };

/** Finds the place that a Teams conversation id names. Ids are derived from the people file, so they hold across a restart. */
export function placeOfConversation(people: PeopleFile, conversationId: string): Place | undefined {
  const person = people.people.find((one) => personalConversationId(one) === conversationId);
  if (person !== undefined) return personalPlace(person);
  const [channelId, rest, ...more] = conversationId.split(';');
  const team = people.teams.find((one) => one.channelId === channelId);
  if (team === undefined || more.length > 0) return undefined;
  if (rest === undefined) return channelPlace(team, undefined);
  const thread = /^messageid=(\d{1,20})$/.exec(rest);
  return thread === null ? undefined : channelPlace(team, thread[1]);
}

/** Finds the place that a chat of the page names; in a channel, the place to start a thread. */
export function placeOfChat(people: PeopleFile, kind: string, key: string): Place | undefined {
  if (kind === 'personal') {
    const person = people.people.find((one) => one.id === key);
    return person === undefined ? undefined : personalPlace(person);
  }
  const team = kind === 'channel' ? people.teams.find((one) => one.id === key) : undefined;
  return team === undefined ? undefined : channelPlace(team, undefined);
}

export function personalPlace(person: LocalPerson): Place {
  return { kind: 'personal', chat: { kind: 'personal', key: person.id }, person };
}

export function channelPlace(team: LocalTeam, threadId: string | undefined): Place {
  return { kind: 'channel', chat: { kind: 'channel', key: team.id }, team, threadId };
}

export function conversationIdOf(place: Place): string {
  if (place.kind === 'personal') return personalConversationId(place.person);
  return place.threadId === undefined ? place.team.channelId : `${place.team.channelId};messageid=${place.threadId}`;
}

/** Who can read what is said in a place: the person, or the people whose `teamIds` hold the team. */
export function membersOf(people: PeopleFile, place: Place): readonly LocalPerson[] {
  if (place.kind === 'personal') return [place.person];
  return people.people.filter((person) => person.teamIds.includes(place.team.id));
}

/** Finds a person by any id that Teams accepts for one: `29:…`, `8:orgid:…` or the bare Entra object id. */
export function personOfAccount(people: PeopleFile, accountId: string): LocalPerson | undefined {
  const id = accountId.replace(/^(29:|8:orgid:)/, '').toLowerCase();
  return people.people.find((person) => person.id === id);
}

/** The id that Teams gives a person in a bot's conversations. */
export function accountIdOf(person: LocalPerson): string {
  return `29:${person.id}`;
}

function personalConversationId(person: LocalPerson): string {
  return `a:1${person.id}`;
}
