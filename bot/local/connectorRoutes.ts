import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import { postFromBot, removeFromBot, replaceFromBot } from './botMessages.ts';
import { serviceUrlOf, type LocalWorld } from './connector.ts';
import { describeGuest, describeMember, describeTeam, memberPage } from './connectorMembers.ts';
import { wireActivitySchema } from './conversationLog.ts';
import { handler, readBody, sendJson } from './httpAnswers.ts';
import {
  channelPlace,
  conversationIdOf,
  membersOf,
  personalPlace,
  personOfAccount,
  placeOfConversation,
  type Place,
} from './places.ts';
import type { SendFault } from './sendFaults.ts';

type Call = {
  readonly world: LocalWorld;
  readonly request: Request;
  readonly response: Response;
  readonly parts: readonly string[];
};
type Route = { readonly method: string; readonly path: RegExp; readonly run: (call: Call) => Promise<void> | void };

const PREFIX = '/local/connector';

const ROUTES: readonly Route[] = [
  { method: 'POST', path: /^\/v3\/conversations$/, run: createConversation },
  { method: 'POST', path: /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/, run: sendActivity },
  { method: 'PUT', path: /^\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, run: updateActivity },
  { method: 'DELETE', path: /^\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, run: deleteActivity },
  { method: 'GET', path: /^\/v3\/conversations\/([^/]+)\/(members|pagedmembers)$/, run: listMembers },
  { method: 'GET', path: /^\/v3\/conversations\/([^/]+)\/members\/([^/]+)$/, run: oneMember },
  { method: 'GET', path: /^\/v3\/teams\/([^/]+)(\/conversations)?$/, run: aboutTeam },
];

const conversationSchema = z.looseObject({
  members: z.array(z.looseObject({ id: z.string() })).optional(),
  tenantId: z.string().optional(),
  channelData: z.looseObject({ channel: z.looseObject({ id: z.string() }).optional() }).optional(),
  activity: wireActivitySchema.optional(),
});

/**
 * Mounts the Bot Connector's REST routes under `/local/connector/`. One wildcard route and a table, because the server's router
 * refuses path parameters as long as an encoded channel id can be.
 */
export function mountConnectorRoutes(server: Server, world: LocalWorld): void {
  const dispatch = handler(world, async (request, response) => {
    const path = request.getPath().slice(PREFIX.length);
    for (const route of ROUTES) {
      const match = route.method === request.method ? route.path.exec(path) : null;
      if (match === null) continue;
      const parts = match.slice(1).map((part: string | undefined) => decodePart(part ?? ''));
      await route.run({ world, request, response, parts });
      return;
    }
    refuse(response, 404, 'ServiceError', 'There is no such address here.');
  });
  server.get(`${PREFIX}/*`, dispatch);
  server.post(`${PREFIX}/*`, dispatch);
  server.put(`${PREFIX}/*`, dispatch);
  server.del(`${PREFIX}/*`, dispatch);
}

async function createConversation({ world, request, response }: Call): Promise<void> {
  const body = await readBody(request, conversationSchema);
  if (body.kind === 'unreadable') return refuse(response, 400, 'BadSyntax', body.why);
  const { members, tenantId, channelData, activity } = body.value;
  if (tenantId !== undefined && tenantId !== world.people.tenantId)
    return refuse(response, 403, 'Forbidden', 'That is another tenant.');
  const channelId = channelData?.channel?.id;
  if (channelId !== undefined) {
    const team = world.people.teams.find((one) => one.channelId === channelId);
    if (team === undefined) return refuse(response, 404, 'ConversationNotFound', 'There is no such channel.');
    if (activity === undefined)
      return refuse(response, 400, 'BadSyntax', 'A channel conversation starts with an activity.');
    const posted = postFromBot(world, channelPlace(team, undefined), activity);
    return sendJson(response, 201, created(world, posted.place, posted.id));
  }
  const person = personOfAccount(world.people, members?.[0]?.id ?? '');
  if (person === undefined)
    return refuse(response, 403, 'BotNotInConversationRoster', 'The bot is not installed for this person.');
  const place = personalPlace(person);
  await throughFaults({ world, response, place }, () => {
    const posted = activity === undefined ? undefined : postFromBot(world, place, activity);
    return { status: 201, body: created(world, place, posted?.id) };
  });
}

function created(world: LocalWorld, place: Place, activityId: string | undefined): object {
  return { id: conversationIdOf(place), serviceUrl: serviceUrlOf(world), activityId };
}

async function sendActivity({ world, request, response, parts: [conversationId = ''] }: Call): Promise<void> {
  const place = placeOfConversation(world.people, conversationId);
  if (place === undefined) return conversationNotFound(response);
  const body = await readBody(request, wireActivitySchema);
  if (body.kind === 'unreadable') return refuse(response, 400, 'BadSyntax', body.why);
  await throughFaults({ world, response, place }, () => {
    return { status: 201, body: { id: postFromBot(world, place, body.value).id } };
  });
}

async function updateActivity({
  world,
  request,
  response,
  parts: [conversationId = '', activityId = ''],
}: Call): Promise<void> {
  const place = placeOfConversation(world.people, conversationId);
  if (place === undefined) return conversationNotFound(response);
  const body = await readBody(request, wireActivitySchema);
  if (body.kind === 'unreadable') return refuse(response, 400, 'BadSyntax', body.why);
  await throughFaults({ world, response, place }, () => {
    return replaceFromBot(world, place, activityId, body.value)
      ? { status: 200, body: { id: activityId } }
      : activityNotFound;
  });
}

async function deleteActivity({ world, response, parts: [conversationId = '', activityId = ''] }: Call): Promise<void> {
  const place = placeOfConversation(world.people, conversationId);
  if (place === undefined) return conversationNotFound(response);
  await throughFaults({ world, response, place }, () => {
    return removeFromBot(world, place, activityId) ? { status: 200, body: {} } : activityNotFound;
  });
}

function listMembers({ world, request, response, parts: [conversationId = '', form = ''] }: Call): void {
  const place = placeOfConversation(world.people, conversationId);
  if (place === undefined) return conversationNotFound(response);
  const { tenantId } = world.people;
  const guests = place.kind === 'channel' ? (place.team.guests ?? []) : [];
  const members = [
    ...membersOf(world.people, place).map((person) => describeMember(person, tenantId)),
    ...guests.map((name, nth) => describeGuest(name, nth, tenantId)),
  ];
  if (form === 'members') return sendJson(response, 200, members);
  const query = new URLSearchParams(request.getQuery());
  sendJson(response, 200, memberPage(members, query.get('pageSize'), query.get('continuationToken')));
}

function oneMember({ world, response, parts: [conversationId = '', memberId = ''] }: Call): void {
  const place = placeOfConversation(world.people, conversationId);
  if (place === undefined) return conversationNotFound(response);
  const person = personOfAccount(world.people, memberId);
  if (person === undefined || !membersOf(world.people, place).includes(person)) {
    return refuse(response, 404, 'MemberNotFoundInConversation', 'That person is not in this conversation.');
  }
  sendJson(response, 200, describeMember(person, world.people.tenantId));
}

function aboutTeam({ world, response, parts: [teamId = '', conversations = ''] }: Call): void {
  const team = world.people.teams.find((one) => one.channelId === teamId || one.id === teamId);
  if (team === undefined) return refuse(response, 404, 'TeamNotFound', 'There is no such team.');
  // The general channel has no name of its own: clients show it in their own language.
  if (conversations !== '')
    return sendJson(response, 200, { conversations: [{ id: team.channelId, type: 'standard' }] });
  sendJson(response, 200, describeTeam(world.people, team));
}

type Answer = { readonly status: number; readonly body: object };

const activityNotFound: Answer = {
  status: 404,
  body: {
    error: { code: 'ActivityNotFoundInConversation', message: 'There is no such message in this conversation.' },
  },
};

async function throughFaults(
  { world, response, place }: { readonly world: LocalWorld; readonly response: Response; readonly place: Place },
  act: () => Answer,
): Promise<void> {
  const fault = place.kind === 'personal' ? world.faults.take(place.person.id) : undefined;
  if (fault !== undefined) return fail(response, fault, act);
  const answer = act();
  sendJson(response, answer.status, answer.body);
}

function fail(response: Response, fault: SendFault, act: () => Answer): void {
  switch (fault.kind) {
    case 'status':
      if (fault.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(fault.retryAfterSeconds));
      return refuse(response, fault.status, fault.code ?? 'PlannedFailure', 'A test asked for this failure.');
    case 'reset':
      if (fault.applied) act();
      response.socket?.destroy();
      return;
    default:
      fault satisfies never;
  }
}

function conversationNotFound(response: Response): void {
  refuse(response, 404, 'ConversationNotFound', 'There is no such conversation.');
}

function refuse(response: Response, status: number, code: string, message: string): void {
  sendJson(response, status, { error: { code, message } });
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    // A part that is not well encoded names nothing that exists.
    if (error instanceof URIError) return part;
    throw error;
  }
}
