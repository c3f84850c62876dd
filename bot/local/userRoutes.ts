import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import { announce, serviceUrlOf, type LocalWorld } from './connector.ts';
import { deliverToBot, type Delivery } from './botDelivery.ts';
import { handler, readBody, sendJson } from './httpAnswers.ts';
import type { LocalPerson } from './people.ts';
import { channelPlace, conversationIdOf, membersOf, placeOfChat, placeOfConversation, type Place } from './places.ts';
import {
  cardInvokeActivity,
  cardMessageActivity,
  installationActivities,
  messageActivity,
  queryActivity,
  shareActionActivity,
  type ActivityContext,
} from './teamsActivities.ts';

const CHAT = '/local/chats/:kind/:key';

const digits = z.string().regex(/^\d{1,20}$/);
const personSchema = z.looseObject({ personId: z.string().optional() });
const messageSchema = z.object({
  personId: z.string().optional(),
  text: z.string().trim().min(1).max(28_000),
  /** Answers in a thread of a channel instead of starting one. */
  threadId: digits.optional(),
  /** Delivers a message that was sent before once more, with the same id. */
  retryOf: digits.optional(),
});
const pressSchema = z.object({
  personId: z.string().optional(),
  activityId: digits,
  trigger: z.enum(['manual', 'automatic']).default('manual'),
  action: z.looseObject({ type: z.string(), verb: z.string().optional() }),
});
const querySchema = z.object({
  personId: z.string().optional(),
  text: z.string().max(28_000),
  skip: z.number().int().min(0).default(0),
});
const actionSchema = z.object({ personId: z.string().optional(), messageId: digits });
const insertSchema = z.object({
  personId: z.string().optional(),
  attachment: z.object({
    contentType: z.literal('application/vnd.microsoft.card.adaptive'),
    content: z.looseObject({ type: z.literal('AdaptiveCard') }),
  }),
});

/**
 * Mounts what a person does in the page: read a chat, open it, write, press on a card, put a found one into it, record a
 * message.
 */
export function mountUserRoutes(server: Server, world: LocalWorld): void {
  const opened = new Set<string>();
  server.get(
    '/local/people',
    handler(world, (_request, response) => sendJson(response, 200, world.people)),
  );
  server.get(
    `${CHAT}/messages`,
    handler(world, (request, response) => listMessages(world, request, response)),
  );
  server.post(
    `${CHAT}/open`,
    handler(world, (request, response) => openChat(world, opened, request, response)),
  );
  server.post(
    `${CHAT}/messages`,
    handler(world, (request, response) => sendMessage(world, request, response)),
  );
  server.post(
    `${CHAT}/invoke`,
    handler(world, (request, response) => pressCard(world, request, response)),
  );
  server.post(
    `${CHAT}/query`,
    handler(world, (request, response) => askExtension(world, request, response)),
  );
  server.post(
    `${CHAT}/action`,
    handler(world, (request, response) => recordMessage(world, request, response)),
  );
  server.post(
    `${CHAT}/cards`,
    handler(world, (request, response) => insertCard(world, request, response)),
  );
}

function listMessages(world: LocalWorld, request: Request, response: Response): void {
  const place = placeOf(world, request);
  if (place === undefined) return refuse(response, 404, 'There is no such chat.');
  sendJson(response, 200, { messages: world.log.list(place.chat) });
}

async function openChat(world: LocalWorld, opened: Set<string>, request: Request, response: Response): Promise<void> {
  const body = await readBody(request, personSchema);
  if (body.kind === 'unreadable') return refuse(response, 400, body.why);
  const found = personAt(world, placeOf(world, request), body.value.personId);
  if (found.kind === 'refused') return refuse(response, found.status, found.why);
  const conversationId = conversationIdOf(found.place);
  if (opened.has(conversationId)) return sendJson(response, 200, { first: false });
  opened.add(conversationId);
  const ids = [world.log.nextId(), world.log.nextId()] as const;
  for (const activity of installationActivities(contextOf(world, found, ids[0]), ids)) {
    const delivery = await deliverToBot(world.baseUrl(), activity);
    if (accepted(delivery)) continue;
    // Not told, so the next opening tells it again.
    opened.delete(conversationId);
    return refuse(response, 502, failure(delivery));
  }
  sendJson(response, 200, { first: true });
}

async function sendMessage(world: LocalWorld, request: Request, response: Response): Promise<void> {
  const body = await readBody(request, messageSchema);
  if (body.kind === 'unreadable') return refuse(response, 400, body.why);
  const { text, threadId, retryOf, personId } = body.value;
  const found = personAt(world, placeOf(world, request), personId);
  if (found.kind === 'refused') return refuse(response, found.status, found.why);
  const id = retryOf !== undefined && world.log.find(found.place.chat, retryOf) ? retryOf : world.log.nextId();
  const place = found.place.kind === 'channel' ? channelPlace(found.place.team, threadId ?? id) : found.place;
  const context = contextOf(world, { ...found, place }, id);
  if (id !== retryOf) {
    const { chat } = place;
    const shared = {
      id,
      chat,
      conversationId: conversationIdOf(place),
      threadId: place.kind === 'channel' ? place.threadId : undefined,
    };
    const author = { sender: 'person' as const, name: found.person.name, personId: found.person.id };
    announce(world, place, {
      kind: 'message',
      message: world.log.add({ ...shared, ...author, activity: { type: 'message', text } }),
    });
  }
  const delivery = await deliverToBot(world.baseUrl(), messageActivity(context, text));
  if (!accepted(delivery)) return sendJson(response, 502, { error: failure(delivery), id });
  sendJson(response, 200, { id });
}

async function pressCard(world: LocalWorld, request: Request, response: Response): Promise<void> {
  const body = await readBody(request, pressSchema);
  if (body.kind === 'unreadable') return refuse(response, 400, body.why);
  const { personId, ...press } = body.value;
  const found = personAt(world, placeOf(world, request), personId);
  if (found.kind === 'refused') return refuse(response, found.status, found.why);
  const message = world.log.find(found.place.chat, press.activityId);
  if (message === undefined) return refuse(response, 404, 'That message is no longer there.');
  const place = placeOfConversation(world.people, message.conversationId) ?? found.place;
  const context = contextOf(world, { ...found, place }, world.log.nextId());
  const delivery = await deliverToBot(world.baseUrl(), cardInvokeActivity(context, press));
  if (delivery.kind === 'unanswered') return refuse(response, 502, failure(delivery));
  sendJson(response, delivery.status, delivery.body ?? { error: failure(delivery) });
}

async function askExtension(world: LocalWorld, request: Request, response: Response): Promise<void> {
  const body = await readBody(request, querySchema);
  if (body.kind === 'unreadable') return refuse(response, 400, body.why);
  const found = personAt(world, placeOf(world, request), body.value.personId);
  if (found.kind === 'refused') return refuse(response, found.status, found.why);
  const query = queryActivity(contextOf(world, found, world.log.nextId()), body.value);
  const delivery = await deliverToBot(world.baseUrl(), query);
  if (delivery.kind === 'unanswered') return refuse(response, 502, failure(delivery));
  sendJson(response, delivery.status, delivery.body ?? { error: failure(delivery) });
}

async function recordMessage(world: LocalWorld, request: Request, response: Response): Promise<void> {
  const body = await readBody(request, actionSchema);
  if (body.kind === 'unreadable') return refuse(response, 400, body.why);
  const found = personAt(world, placeOf(world, request), body.value.personId);
  if (found.kind === 'refused') return refuse(response, found.status, found.why);
  const message = world.log.find(found.place.chat, body.value.messageId);
  if (message === undefined) return refuse(response, 404, 'That message is no longer there.');
  const place = placeOfConversation(world.people, message.conversationId) ?? found.place;
  const { id, at, personId, name, activity } = message;
  const action = shareActionActivity(contextOf(world, { ...found, place }, world.log.nextId()), { id, at, personId, name, text: activity.text ?? '' }); // prettier-ignore
  const delivery = await deliverToBot(world.baseUrl(), action);
  if (delivery.kind === 'unanswered') return refuse(response, 502, failure(delivery));
  sendJson(response, delivery.status, delivery.body ?? { error: failure(delivery) });
}

/** As in Teams: the bot hears of it in a person's own chat with it, and in a channel only when it is mentioned. */
async function insertCard(world: LocalWorld, request: Request, response: Response): Promise<void> {
  const body = await readBody(request, insertSchema);
  if (body.kind === 'unreadable') return refuse(response, 400, body.why);
  const found = personAt(world, placeOf(world, request), body.value.personId);
  if (found.kind === 'refused') return refuse(response, found.status, found.why);
  const { attachment } = body.value;
  const id = world.log.nextId();
  const place = found.place.kind === 'channel' ? channelPlace(found.place.team, id) : found.place;
  const where = { id, chat: place.chat, conversationId: conversationIdOf(place), threadId: place.kind === 'channel' ? id : undefined }; // prettier-ignore
  const author = { sender: 'person' as const, name: found.person.name, personId: found.person.id };
  const message = world.log.add({ ...where, ...author, activity: { type: 'message', attachments: [attachment] } });
  announce(world, place, { kind: 'message', message });
  if (place.kind === 'channel') return sendJson(response, 200, { id });
  const activity = cardMessageActivity(contextOf(world, { ...found, place }, id), attachment);
  const delivery = await deliverToBot(world.baseUrl(), activity);
  if (!accepted(delivery)) return refuse(response, 502, failure(delivery));
  sendJson(response, 200, { id });
}

type Present = { readonly kind: 'present'; readonly place: Place; readonly person: LocalPerson };
type Absent = { readonly kind: 'refused'; readonly status: number; readonly why: string };

function personAt(world: LocalWorld, place: Place | undefined, personId: string | undefined): Present | Absent {
  if (place === undefined) return { kind: 'refused', status: 404, why: 'There is no such chat.' };
  const id = personId ?? (place.kind === 'personal' ? place.person.id : undefined);
  const person = membersOf(world.people, place).find((member) => member.id === id);
  return person === undefined
    ? { kind: 'refused', status: 403, why: 'Only the people of this chat can do that.' }
    : { kind: 'present', place, person };
}

function placeOf(world: LocalWorld, request: Request): Place | undefined {
  const { kind, key } = request.params as { kind: string; key: string }; // the route's own two parameters
  return placeOfChat(world.people, kind, key);
}

function contextOf(world: LocalWorld, { place, person }: Omit<Present, 'kind'>, id: string): ActivityContext {
  return {
    id,
    person,
    place,
    tenantId: world.people.tenantId,
    serviceUrl: serviceUrlOf(world),
    now: world.clock.now(),
  };
}

function accepted(delivery: Delivery): boolean {
  return delivery.kind === 'answered' && delivery.status >= 200 && delivery.status < 300;
}

function failure(delivery: Delivery): string {
  if (delivery.kind === 'answered') return 'The bot could not deal with this.';
  return delivery.why === 'timeout' ? 'The bot did not answer in time.' : 'The bot cannot be reached.';
}

function refuse(response: Response, status: number, why: string): void {
  sendJson(response, status, { error: why });
}
