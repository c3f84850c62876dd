import { ConnectorFactory, type ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import { CodedError } from '../src/errors.ts';
import type { Exchange } from './exchange.ts';

const CLIENTS_KEPT = 32;

/**
 * Makes a connector client once for each address and audience: the SDK would build one for every turn. Keeps the 32 that
 * were used last; one that could not be made is not kept.
 */
export function cachedConnectors(
  inner: ConnectorFactory,
  kept: Map<string, Promise<ConnectorClient>>,
): ConnectorFactory {
  return new (class extends ConnectorFactory {
    override create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
      const key = `${serviceUrl} ${audience ?? ''}`;
      const client = kept.get(key) ?? made(key, serviceUrl, audience);
      kept.delete(key);
      kept.set(key, client);
      if (kept.size > CLIENTS_KEPT) kept.delete(kept.keys().next().value ?? key);
      return client;
    }
  })();

  function made(key: string, serviceUrl: string, audience?: string): Promise<ConnectorClient> {
    const client = inner.create(serviceUrl, audience);
    client.catch(() => kept.delete(key));
    return client;
  }
}

/** How the bot says who it is; nothing where nobody asks, in local mode. */
export type Authorization = () => Promise<Readonly<Record<string, string>>>;

/**
 * Makes the SDK's clients, whose messages go straight out: what the SDK does to send one – a pipeline of policies, and a
 * walk through all that an activity may have – took a third of a turn. So do questions about a team, for which the SDK would
 * make a client that goes its own way out. Everything else is still the SDK's, over the same way.
 */
export function directConnectors(
  inner: ConnectorFactory,
  deliver: Exchange,
  authorization: Authorization,
): ConnectorFactory {
  return new (class extends ConnectorFactory {
    override async create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
      const client = await inner.create(serviceUrl, audience);
      const call = callsTo(serviceUrl, deliver, authorization);
      Object.assign(client.conversations, messages(call));
      groups.set(client, (threadId) => groupOf(call, threadId));
      return client;
    }
  })();
}

interface Messages {
  sendToConversation(conversationId: string, activity: object): Promise<SentMessage>;
  replyToActivity(conversationId: string, activityId: string, activity: object): Promise<SentMessage>;
  updateActivity(conversationId: string, activityId: string, activity: object): Promise<SentMessage>;
}

const sentMessage = z.object({ id: z.string().optional() });
type SentMessage = z.infer<typeof sentMessage>;

/** One call of the connector: the parts of its path, encoded here, and what is sent. Gives the body of the answer. */
type Call = (method: 'GET' | 'POST' | 'PUT', path: readonly string[], sent?: object) => Promise<string>;

function callsTo(serviceUrl: string, deliver: Exchange, authorization: Authorization): Call {
  const root = serviceUrl.replace(/\/$/u, '');
  return async (method, path, sent) => {
    // Nothing encodes these, and they would lead elsewhere.
    if (path.some((part) => /^\.{0,2}$/u.test(part)))
      throw new CodedError('outbound.refused', 'A message had no place.');
    const url = [root, ...path.map(encodeURIComponent)].join('/');
    const headers = { ...HEADERS, ...(await authorization()) };
    const body = sent === undefined ? {} : { body: JSON.stringify(sent) };
    return (await deliver({ method, url, headers, ...body })).body;
  };
}

/** Source: Microsoft, Bot Connector REST API, “Conversation operations”. */
function messages(call: Call): Messages {
  async function send(method: 'POST' | 'PUT', ids: readonly string[], activity: object): Promise<SentMessage> {
    const [conversation = '', ...message] = ids;
    const body = await call(method, ['v3', 'conversations', conversation, 'activities', ...message], activity);
    return body === '' ? {} : readAs(sentMessage, body);
  }

  return {
    sendToConversation: (conversationId, activity) => send('POST', [conversationId], activity),
    replyToActivity: (conversationId, activityId, activity) => send('POST', [conversationId, activityId], activity),
    updateActivity: (conversationId, activityId, activity) => send('PUT', [conversationId, activityId], activity),
  };
}

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  accept: 'application/json',
  'user-agent': 'Microsoft-BotFramework/3.1 SharingLog',
} as const;

const groups = new WeakMap<ConnectorClient, (threadId: string) => Promise<string | undefined>>();
const teamDetails = z.object({ aadGroupId: z.string().optional() });

/**
 * The Entra group id of the team with this thread, asked of Teams; `undefined` where it does not say. Only for a client of
 * `directConnectors`.
 * Source: Microsoft, “Get Teams specific context for your bot”.
 */
export function groupOfTeam(client: ConnectorClient, threadId: string): Promise<string | undefined> {
  const ask = groups.get(client);
  if (ask === undefined) throw new TypeError('A client of the SDK’s own came in.');
  return ask(threadId);
}

async function groupOf(call: Call, threadId: string): Promise<string | undefined> {
  return readAs(teamDetails, await call('GET', ['v3', 'teams', threadId])).aadGroupId;
}

/** Whatever answered said that all is well; where that is all that can be read, a message may have arrived. */
function readAs<T>(shape: z.ZodType<T>, body: string): T {
  const read = shape.safeParse(jsonIn(body));
  if (read.success) return read.data;
  throw new CodedError('outbound.failed', 'What was asked did not answer as Teams does.');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
