import type { ConnectorClient } from 'botframework-connector';
import { ConnectorFactory, type ConnectorClientOptions } from 'botframework-connector';
import { z } from 'zod';
import { CodedError } from '../src/errors.ts';
import type { IsAllowedUrl } from './serviceUrls.ts';

type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>;

/** A press must be answered within ten seconds, and its turn may send twice. */
const TIMEOUT_MS = 4_000;

/** Sends one request; that of Node outside the tests. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * The one way out to the connector: allowed addresses only, one attempt, no redirects, four seconds. The SDK's own client
 * would repeat a POST up to four times and follow any address.
 * Throws `CodedError` `outbound.refused`, `outbound.status` (with a `Refused` as its cause) or `outbound.failed`.
 */
export function outboundClient(isAllowed: IsAllowedUrl, send: Fetch = fetch): HttpClient {
  return {
    async sendRequest(request) {
      if (!isAllowed(request.url))
        throw new CodedError('outbound.refused', 'A message was addressed to a host that is not allowed.');
      const { response, bodyAsText } = await attempt(request, send);
      if (!response.ok)
        throw new CodedError('outbound.status', `A message was refused with status ${response.status}.`, {
          cause: refusedWith(response, bodyAsText),
        });
      const headers = { toJson: () => Object.fromEntries(response.headers) };
      // The SDK reads nothing of the headers but toJson().
      return { request, status: response.status, headers, bodyAsText } as unknown as Awaited<
        ReturnType<HttpClient['sendRequest']>
      >;
    },
  };
}

/** What is known of a refusal: the cause of `outbound.status`. */
export interface Refused {
  readonly status: number;
  /** The code in the body, where there is one. */
  readonly code?: string;
  /** How long the other side asks to wait, where it says so in seconds. */
  readonly retryAfterSeconds?: number;
}

function refusedWith({ status, headers }: Response, body: string): Refused {
  const seconds = Number(headers.get('retry-after') ?? 'none');
  const code = codeIn(body);
  return {
    status,
    ...(code === undefined ? {} : { code }),
    ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterSeconds: seconds } : {}),
  };
}

const codeText = z.string().regex(/^[A-Za-z]{1,64}$/u);
const errorBody = z.looseObject({ error: z.looseObject({ code: codeText }) });
/** How the message service of Teams itself answers: what matters is JSON once more, in a text. */
const serviceBody = z.looseObject({ message: z.string() });
const serviceMessage = z.looseObject({ subCode: codeText });

/**
 * The code with which Teams names a refusal. What its sentences say is not read.
 * Source: Microsoft, Status codes from bot conversational APIs, and Understand who blocked, muted, or uninstalled a bot.
 */
function codeIn(body: string): string | undefined {
  const read = jsonIn(body);
  const named = errorBody.safeParse(read);
  if (named.success) return named.data.error.code;
  const service = serviceBody.safeParse(read);
  const within = serviceMessage.safeParse(service.success ? jsonIn(service.data.message) : undefined);
  return within.success ? within.data.subCode : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a refusal without a body that can be read has no code
  }
}

/** The refusal behind an error; `undefined` when it is not one. */
export function refusalIn(error: CodedError): Refused | undefined {
  // Only the client above throws with this code.
  return error.code === 'outbound.status' ? (error.cause as Refused) : undefined;
}

async function attempt(
  request: Parameters<HttpClient['sendRequest']>[0],
  send: Fetch,
): Promise<{ readonly response: Response; readonly bodyAsText: string }> {
  try {
    const body = typeof request.body === 'string' ? { body: request.body } : {};
    const response = await send(request.url, {
      method: request.method,
      headers: request.headers.rawHeaders(),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...body,
    });
    return { response, bodyAsText: await response.text() };
  } catch (cause) {
    throw new CodedError('outbound.failed', 'A message could not be delivered.', { cause });
  }
}

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
