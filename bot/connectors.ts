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
 * walk through all that an activity may have – took a third of a turn. Everything else is still the SDK's.
 */
export function directConnectors(
  inner: ConnectorFactory,
  deliver: Exchange,
  authorization: Authorization,
): ConnectorFactory {
  return new (class extends ConnectorFactory {
    override async create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
      const client = await inner.create(serviceUrl, audience);
      Object.assign(client.conversations, messages(serviceUrl, deliver, authorization));
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

/** Source: Microsoft, Bot Connector REST API, “Conversation operations”. */
function messages(serviceUrl: string, deliver: Exchange, authorization: Authorization): Messages {
  const root = `${serviceUrl.replace(/\/$/u, '')}/v3/conversations/`;

  async function send(method: 'POST' | 'PUT', ids: readonly string[], activity: object): Promise<SentMessage> {
    // Nothing encodes these, and they would lead elsewhere.
    if (ids.some((id) => /^\.{0,2}$/u.test(id))) throw new CodedError('outbound.refused', 'A message had no place.');
    const [conversation = '', ...message] = ids.map(encodeURIComponent);
    const { body } = await deliver({
      method,
      url: [`${root}${conversation}/activities`, ...message].join('/'),
      headers: { ...HEADERS, 'x-ms-conversation-id': conversation, ...(await authorization()) },
      body: JSON.stringify(activity),
    });
    return body === '' ? {} : idIn(body);
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

/** Whatever answered said that it was taken; where that is all that can be read, it may have arrived. */
function idIn(body: string): SentMessage {
  const read = sentMessage.safeParse(jsonIn(body));
  if (read.success) return read.data;
  throw new CodedError('outbound.failed', 'What took a message did not answer as Teams does.');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
