import type { ConnectorClientOptions } from 'botframework-connector';
import { z } from 'zod';
import { CodedError } from '../src/errors.ts';
import { REQUEST_ID_HEADER, requestId } from './correlation.ts';
import { exchange, type Answer, type Exchange } from './exchange.ts';
import type { IsAllowedUrl } from './serviceUrls.ts';

type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>;

/** Sends one request by `fetch`, or as it does; that of Node outside the tests. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * The one way out to the connector: allowed addresses only, one attempt, no redirects, four seconds. Each request bears the
 * correlation id of its turn, or else one of its own, and nothing else about a person that the connector need not have.
 * Throws `CodedError` `outbound.refused`, `outbound.status` (with a `Refused` as its cause) or `outbound.failed`.
 * Source: issue “In a real tenant”, 2 and 6.
 */
export function outbound(isAllowed: IsAllowedUrl, send: Exchange = exchange): Exchange {
  return async (request) => {
    if (!isAllowed(request.url))
      throw new CodedError('outbound.refused', 'A message was addressed to a host that is not allowed.');
    const headers = { ...request.headers, [REQUEST_ID_HEADER]: requestId() };
    const answer = await answered(send({ ...request, headers }));
    if (answer.status >= 200 && answer.status < 300) return answer;
    const cause = refusedWith(answer);
    throw new CodedError('outbound.status', `A message was refused with status ${answer.status}.`, { cause });
  };
}

async function answered(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (cause) {
    throw new CodedError('outbound.failed', 'A message could not be delivered.', { cause });
  }
}

/** The same for the SDK, whose own client would repeat a POST up to four times and follow any address. */
export function outboundClient(deliver: Exchange): HttpClient {
  return {
    async sendRequest(request) {
      const { status, headers, body } = await deliver({
        ...{ url: request.url, method: request.method, headers: request.headers.rawHeaders() },
        ...(typeof request.body === 'string' ? { body: request.body } : {}),
      });
      // The SDK reads nothing of the headers but toJson().
      return { request, status, headers: { toJson: () => headers }, bodyAsText: body } as unknown as Awaited<
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

function refusedWith({ status, headers, body }: Answer): Refused {
  const seconds = Number(headers['retry-after'] ?? 'none');
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
