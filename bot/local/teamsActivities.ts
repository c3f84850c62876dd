import { Temporal } from 'temporal-polyfill';
import type { LocalPerson } from './people.ts';
import { accountIdOf, BOT_ACCOUNT, conversationIdOf, type Place } from './places.ts';

/** What every activity from Teams carries, whoever sends it and wherever. */
export type ActivityContext = {
  readonly id: string;
  readonly person: LocalPerson;
  readonly place: Place;
  readonly tenantId: string;
  readonly serviceUrl: string;
  /** UTC, ISO 8601. */
  readonly now: string;
};

/** What somebody pressed on a card. `trigger` is `automatic` when the client refreshed the card by itself. */
export type CardPress = {
  readonly activityId: string;
  readonly action: Readonly<Record<string, unknown>>;
  readonly trigger: 'manual' | 'automatic';
};

/** Builds a message as Teams sends it; in a channel the bot is mentioned in front of the text. */
export function messageActivity(context: ActivityContext, text: string): object {
  const mention = `<at>${BOT_ACCOUNT.name}</at>`;
  const inChannel = context.place.kind === 'channel';
  return {
    ...common(context),
    type: 'message',
    text: inChannel ? `${mention} ${text}` : text,
    textFormat: 'plain',
    entities: [clientInfo(), ...(inChannel ? [{ type: 'mention', text: mention, mentioned: BOT_ACCOUNT }] : [])],
  };
}

/** Builds the invoke that a press on a card, or an automatic refresh, becomes. */
export function cardInvokeActivity(context: ActivityContext, press: CardPress): object {
  return {
    ...common(context),
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: press.action, trigger: press.trigger },
    replyToId: press.activityId,
    entities: [clientInfo()],
  };
}

/** Builds the invoke by which Teams asks a message extension for results, `skip` of them left out. */
export function queryActivity(
  context: ActivityContext,
  query: { readonly text: string; readonly skip: number },
): object {
  const parameters = [{ name: 'text', value: query.text }];
  return {
    ...common(context),
    type: 'invoke',
    name: 'composeExtension/query',
    value: { commandId: 'search', parameters, queryOptions: { skip: query.skip, count: 25 } },
    entities: [clientInfo()],
  };
}

/** A message as Teams hands it to an action on it. */
export type ActedOn = {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly personId: string | undefined;
  readonly name: string;
};

/** Builds the invoke by which Teams says that “Record this message as a share” was chosen on a message. */
export function shareActionActivity(context: ActivityContext, { id, at, text, personId, name }: ActedOn): object {
  const from = { user: { userIdentityType: 'aadUser', id: personId, displayName: name } };
  const body = { contentType: 'text', content: text };
  const messagePayload = { id, createdDateTime: at, messageType: 'message', locale: 'en-GB', from, body };
  return {
    ...common(context),
    type: 'invoke',
    name: 'composeExtension/fetchTask',
    value: { commandId: 'recordShare', commandContext: 'message', messagePayload },
    entities: [clientInfo()],
  };
}

/** Builds a message that holds nothing but a card, as somebody sends it who took it from a message extension. */
export function cardMessageActivity(context: ActivityContext, attachment: object): object {
  return { ...messageActivity(context, ''), attachments: [attachment] };
}

/**
 * Builds the two activities by which Teams tells a bot that it was installed for a person or into a team, in the order they
 * arrive.
 */
export function installationActivities(
  context: ActivityContext,
  ids: readonly [string, string],
): readonly [object, object] {
  const eventType = context.place.kind === 'channel' ? { eventType: 'teamMemberAdded' } : {};
  const shared = common(context);
  const channelData = {
    ...shared.channelData,
    ...namedTeam(context.place),
    ...eventType,
    settings: settings(context.place),
  };
  return [
    { ...shared, id: ids[0], type: 'conversationUpdate', membersAdded: [{ id: BOT_ACCOUNT.id }], channelData },
    { ...shared, id: ids[1], type: 'installationUpdate', action: 'add', channelData },
  ];
}

function common({ id, person, place, tenantId, serviceUrl, now }: ActivityContext) {
  const local = Temporal.Instant.from(now).toZonedDateTimeISO('Europe/London');
  return {
    id,
    channelId: 'msteams',
    serviceUrl,
    timestamp: now,
    localTimestamp: local.toString({ timeZoneName: 'never', fractionalSecondDigits: 3 }),
    localTimezone: 'Europe/London',
    locale: 'en-GB',
    from: { id: accountIdOf(person), name: person.name, aadObjectId: person.id },
    recipient: BOT_ACCOUNT,
    conversation: {
      id: conversationIdOf(place),
      tenantId,
      conversationType: place.kind,
      ...(place.kind === 'channel' ? { isGroup: true } : {}),
    },
    channelData: { tenant: { id: tenantId }, ...team(place) },
  };
}

// A message says only which thread its team has: Teams sends the group id with the installation, and on request.
function team(place: Place): object {
  if (place.kind === 'personal') return {};
  const { channelId, channelType = 'standard' } = place.team;
  return {
    team: { id: channelId },
    channel: { id: channelId, type: channelType },
    teamsTeamId: channelId,
    teamsChannelId: channelId,
  };
}

function namedTeam(place: Place): object {
  if (place.kind === 'personal') return {};
  return { team: { id: place.team.channelId, name: place.team.name, aadGroupId: place.team.id } };
}

function settings(place: Place): object {
  return { selectedChannel: { id: conversationIdOf(place) } };
}

function clientInfo(): object {
  return { type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London' };
}
