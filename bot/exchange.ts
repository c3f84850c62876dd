import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';

/** One request, as it is sent. */
export interface Sending {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What was answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Sends one request and resolves with whatever was answered; rejects when there was no answer. */
export type Exchange = (request: Sending) => Promise<Answer>;

/** A press must be answered within ten seconds, and its turn may send twice. */
const TIMEOUT_MS = 4_000;
/** A page of 500 members is a fifth of it. */
const ANSWER_BYTES = 1_000_000;
/** A connection that nobody used for so long may have been closed at its other end. */
const IDLE_MS = 4_000;
const CONNECTIONS_AT_MOST = 128;

const KEPT = { keepAlive: true, timeout: IDLE_MS, maxSockets: CONNECTIONS_AT_MOST } as const;
const plain = new http.Agent(KEPT);
const withTls = new https.Agent({ ...KEPT, rejectUnauthorized: true });

/**
 * One attempt over connections that are kept, without following anything: within four seconds from asking to the last byte,
 * and a million bytes. Node's own `http`, because what `fetch` does beside it took as long as a whole turn.
 */
export function exchange({ url, method, headers, body = '' }: Sending, timeoutMs = TIMEOUT_MS): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === '' && method === 'GET' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...headers, ...length } };
    const sent = url.startsWith('https:')
      ? https.request(url, { ...options, agent: withTls })
      : http.request(url, { ...options, agent: plain });
    const timer = setTimeout(() => fail(faulty('ERR_ANSWER_LATE')), timeoutMs);
    const settle = (settled: () => void): void => {
      clearTimeout(timer);
      settled();
    };
    const fail = (error: Error): void => {
      sent.destroy();
      settle(() => reject(error));
    };
    sent.on('error', fail);
    sent.on('response', (response) => {
      read(response, fail, (text) =>
        settle(() => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })),
      );
    });
    sent.end(body);
  });
}

function read(response: IncomingMessage, fail: (error: Error) => void, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) fail(faulty('ERR_ANSWER_TOO_LONG'));
    else chunks.push(chunk);
  });
  response.on('error', fail);
  response.on('end', () => {
    done(Buffer.concat(chunks).toString('utf8'));
  });
}

/** In the form of Node's own. */
function faulty(code: string): Error {
  return Object.assign(new Error('There was no answer that can be used.'), { code });
}
