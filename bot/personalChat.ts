import { CardFactory, TurnContext, type Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import type { Card } from '../cards/elements.ts';
import type { Person } from '../src/people.ts';
import type { Keys } from '../src/keyPorts.ts';
import type { StoredConversation } from '../src/ports.ts';
import type { Services } from './services.ts';
import { isConversationId, type IsAllowedUrl } from './serviceUrls.ts';

const referenceSchema = z.looseObject({
  conversation: z.looseObject({ id: z.string() }),
  serviceUrl: z.string(),
});

type Reference = z.infer<typeof referenceSchema>;

/** A chat may stand only where the bot may speak to: looked at when it is kept, and again when it is used. */
function isAllowedReference({ conversation, serviceUrl }: Reference, isAllowed: IsAllowedUrl): boolean {
  return isConversationId(conversation.id) && isAllowed(serviceUrl);
}

/** Keeps where this person can be reached, unless it is no place of Teams. Called for every message in a personal chat. */
export async function rememberConversation(services: Services, activity: Activity, person: Person): Promise<void> {
  // Whoever speaks to the bot can be written to again.
  await services.stores.nudges.setReachable(person.id, true);
  const found = TurnContext.getConversationReference(activity);
  const read = referenceSchema.safeParse(found);
  if (!read.success || !isAllowedReference(read.data, services.isAllowedUrl)) return;
  const { conversations } = services.stores;
  const place = { kind: 'conversation', personId: person.id } as const;
  const before = await conversations.read(person.id);
  const bytes = Buffer.from(
    JSON.stringify({ conversation: found.conversation, serviceUrl: found.serviceUrl, bot: found.bot }),
  );
  if (before !== undefined && bytes.equals(services.keys.open(place, before.reference))) return;
  const reference = services.keys.seal(place, bytes);
  await conversations.save({ personId: person.id, savedAt: services.clock.now(), reference });
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
  const connector = context.turnState.get<ConnectorClient>(context.adapter.ConnectorClientKey);
  const conversationId = (await knownChat(services, person)) ?? (await openChat(context, connector, services.tenantId));
  if (conversationId === undefined) return false;
  const message: Partial<Activity> = {
    type: 'message',
    from: context.activity.recipient,
    recipient: context.activity.from,
    attachments: [CardFactory.adaptiveCard(card)],
    summary: 'Sharing Log',
  };
  // The connector wants a whole Activity and reads only what a message has.
  await connector.conversations.sendToConversation(conversationId, message);
  return true;
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

async function openChat(
  context: TurnContext,
  connector: ConnectorClient,
  tenantId: string,
): Promise<string | undefined> {
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
