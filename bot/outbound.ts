import type { ConnectorClient } from 'botframework-connector';
import { ConnectorFactory, type ConnectorClientOptions } from 'botframework-connector';
import { CodedError } from '../src/errors.ts';

type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>;

/** A press must be answered within ten seconds, and its turn may send twice. */
const TIMEOUT_MS = 4_000;

/** True for an address that never leaves this machine. */
export function isLoopbackUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  return (
    protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) && username === '' && password === ''
  );
}

/**
 * The one way out of the process: allowed addresses only, one attempt, no redirects, four seconds. The SDK's own client
 * would repeat a POST up to four times and follow any address.
 * Throws `CodedError` `outbound.refused`, `outbound.status` (with a `Refused` as its cause) or `outbound.failed`.
 */
export function outboundClient(isAllowed: (url: string) => boolean): HttpClient {
  return {
    async sendRequest(request) {
      if (!isAllowed(request.url))
        throw new CodedError('outbound.refused', 'A message was addressed to a host that is not allowed.');
      const response = await attempt(request);
      const bodyAsText = await response.text();
      if (!response.ok)
        throw new CodedError('outbound.status', `A message was refused with status ${response.status}.`, {
          cause: refusedWith(response),
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
  /** How long the other side asks to wait, where it says so in seconds. */
  readonly retryAfterSeconds?: number;
}

function refusedWith({ status, headers }: Response): Refused {
  const seconds = Number(headers.get('retry-after') ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? { status, retryAfterSeconds: seconds } : { status };
}

/** The refusal behind an error; `undefined` when it is not one. */
export function refusalIn(error: CodedError): Refused | undefined {
  // Only the client above throws with this code.
  return error.code === 'outbound.status' ? (error.cause as Refused) : undefined;
}

async function attempt(request: Parameters<HttpClient['sendRequest']>[0]): Promise<Response> {
  try {
    const body = typeof request.body === 'string' ? { body: request.body } : {};
    return await fetch(request.url, {
      method: request.method,
      headers: request.headers.rawHeaders(),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...body,
    });
  } catch (cause) {
    throw new CodedError('outbound.failed', 'A message could not be delivered.', { cause });
  }
}

const CLIENTS_KEPT = 32;

/** Makes a connector client once for each address and audience: the SDK would build one for every turn. Bounded. */
export function cachedConnectors(
  inner: ConnectorFactory,
  kept: Map<string, Promise<ConnectorClient>>,
): ConnectorFactory {
  return new (class extends ConnectorFactory {
    override create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
      const key = `${serviceUrl} ${audience ?? ''}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      if (kept.size >= CLIENTS_KEPT) kept.clear();
      const made = inner.create(serviceUrl, audience);
      kept.set(key, made);
      return made;
    }
  })();
}
