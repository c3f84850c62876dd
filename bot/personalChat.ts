import { CardFactory, TurnContext, type Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import type { Card } from '../cards/elements.ts';
import type { Person } from '../src/people.ts';
import type { Keys } from '../src/keyPorts.ts';
import type { ConversationStore, StoredConversation } from '../src/ports.ts';
import type { Instant } from '../src/fields.ts';
import type { Services } from './services.ts';
import { isConversationId, type IsAllowedUrl } from './serviceUrls.ts';
import { isOutOfReach } from './teamsRefusals.ts';

/** Where the chats with people are kept, and which of them may be. */
export interface ChatsKept {
  readonly conversations: ConversationStore;
  readonly keys: Keys;
  readonly isAllowedUrl: IsAllowedUrl;
}

const referenceSchema = z.looseObject({
  conversation: z.looseObject({ id: z.string() }),
  serviceUrl: z.string(),
});

/** Where a chat stands. */
export type Reference = z.infer<typeof referenceSchema>;

/** A chat may stand only where the bot may speak to: looked at when it is kept, and again when it is used. */
function isAllowedReference({ conversation, serviceUrl }: Reference, isAllowed: IsAllowedUrl): boolean {
  return isConversationId(conversation.id) && isAllowed(serviceUrl);
}

/**
 * Keeps where this person can be reached, unless it is no place of Teams. Called for every message in a personal chat, and
 * when the app came into it.
 */
export async function rememberConversation(services: Services, activity: Activity, person: Person): Promise<void> {
  // Whoever speaks to the bot can be written to again.
  await services.stores.nudges.setReachable(person.id, true);
  const { conversation, serviceUrl, bot } = TurnContext.getConversationReference(activity);
  const { keys, isAllowedUrl, clock } = services;
  const kept = { conversations: services.stores.conversations, keys, isAllowedUrl };
  if (await keepChat(kept, person.id, { conversation, serviceUrl, bot }, clock.now()))
    services.spokeFrom(serviceUrl ?? '');
}

/** Keeps a chat, sealed, unless it is no place of Teams: then it says false. Nothing is written where nothing changed. */
export async function keepChat(
  { conversations, keys, isAllowedUrl }: ChatsKept,
  personId: string,
  chat: { readonly conversation: unknown; readonly serviceUrl: unknown; readonly bot: unknown },
  savedAt: Instant,
): Promise<boolean> {
  const read = referenceSchema.safeParse(chat);
  if (!read.success || !isAllowedReference(read.data, isAllowedUrl)) return false;
  const place = { kind: 'conversation', personId } as const;
  const before = await conversations.read(personId);
  const bytes = Buffer.from(JSON.stringify(chat));
  if (before !== undefined && bytes.equals(keys.open(place, before.reference))) return true;
  await conversations.save({ personId, savedAt, reference: keys.seal(place, bytes) });
  return true;
}

/**
 * Sends a card to a person's own chat from a turn elsewhere; opens that chat when it was never opened. False when the
 * person cannot be reached.
 */
export async function sendToPerson(
  services: Services,
  context: TurnContext,
  person: Person,
  card: Card,
): Promise<boolean> {
  try {
    await deliver(services, context, person, card);
    return true;
  } catch (error) {
    if (isOutOfReach(error)) return false;
    throw error;
  }
}

async function deliver(services: Services, context: TurnContext, person: Person, card: Card): Promise<void> {
  const connector = context.turnState.get<ConnectorClient>(context.adapter.ConnectorClientKey);
  const conversationId = (await knownChat(services, person)) ?? (await openChat(context, connector, services.tenantId));
  const message: Partial<Activity> = {
    type: 'message',
    from: context.activity.recipient,
    recipient: context.activity.from,
    attachments: [CardFactory.adaptiveCard(card)],
    summary: 'Sharing Log',
  };
  // The connector wants a whole Activity and reads only what a message has.
  await connector.conversations.sendToConversation(conversationId, message);
}

async function knownChat(services: Services, person: Person): Promise<string | undefined> {
  const stored = await services.stores.conversations.read(person.id);
  return stored === undefined
    ? undefined
    : readReference(services.keys, stored, services.isAllowedUrl)?.conversation.id;
}

/** Where a person can be reached, as it was kept; `undefined` when it is not what was kept, or is no place of Teams. */
export function readReference(keys: Keys, stored: StoredConversation, isAllowed: IsAllowedUrl): Reference | undefined {
  const plain = keys.open({ kind: 'conversation', personId: stored.personId }, stored.reference);
  const read = referenceSchema.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
  return read.success && isAllowedReference(read.data, isAllowed) ? read.data : undefined;
}

async function openChat(context: TurnContext, connector: ConnectorClient, tenantId: string): Promise<string> {
  const parameters: Parameters<ConnectorClient['conversations']['createConversation']>[0] = {
    isGroup: false,
    bot: context.activity.recipient,
    members: [context.activity.from],
    tenantId,
    channelData: { tenant: { id: tenantId } },
    activity: undefined, // declared as needed, and optional in the protocol
  };
  return (await connector.conversations.createConversation(parameters)).id;
}
