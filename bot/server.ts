import { isUtf8 } from 'node:buffer';
import { pino } from 'pino';
import restify, { type Request, type Response, type Server, type ServerOptions } from 'restify';
import type { TurnContext } from 'botbuilder';
import { codeOf } from '../src/errors.ts';
import type { TurnAdapter } from './adapter.ts';
import { CORRELATION_HEADER, newCorrelationId, underCorrelation } from './correlation.ts';
import type { Gate, Greeted, TurnedAway } from './gate.ts';
import type { Metrics } from './metrics.ts';
import { mayReadMetrics } from './metricsAccess.ts';
import type { Log } from './log.ts';
import type { ReadinessProbe } from './readiness.ts';
import type { RefusalReason } from './refusalReasons.ts';
import type { TurnsUnderWay } from './turnsUnderWay.ts';

const BODY_LIMIT_BYTES = 256 * 1024;
const DROPPED_BYTES = 8 * 1024 * 1024;
/** restify's types want another library's log. */
const SILENT = pino({ level: 'silent' }) as unknown as NonNullable<ServerOptions['log']>;
const NOT_FOUND = { code: 'notFound' } as const;
/** Whoever sends slower than this only wants to keep a connection. */
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 30_000;

export interface ServerDeps {
  readonly adapter: TurnAdapter;
  readonly turn: (context: TurnContext) => Promise<void>;
  readonly gate: Gate;
  readonly ready: Pick<ReadinessProbe, 'now'>;
  readonly turns: Pick<TurnsUnderWay, 'begin'>;
  /** Hears why a request was turned away: a code, before anything is answered. */
  readonly refused: (reason: RefusalReason) => void;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'text' | 'contentType' | 'refused'>;
  /** What a reader of the figures has to bear; without it, only this machine may read them. */
  readonly metricsToken: string | undefined;
}

/** The HTTP edge: the bot's messages, its health and its figures. Answers to what is refused are a short code and nothing else. */
export function createServer(deps: ServerDeps): Server {
  // restify's own log would have whole requests in it.
  const server = restify.createServer({ name: 'Sharing Log', handleUncaughtExceptions: false, log: SILENT });
  // restify's types do not say that this is Node's own server.
  const http = server.server as { headersTimeout: number; requestTimeout: number };
  http.headersTimeout = HEADERS_WITHIN_MS;
  http.requestTimeout = REQUEST_WITHIN_MS;
  server.post(
    '/api/messages',
    route(deps.log, (request, response) => onActivity(deps, request, response)),
  );
  server.get(
    '/health/live',
    route(deps.log, async (_request, response) => answer(response, 200, { status: 'live' })),
  );
  server.get(
    '/health/ready',
    route(deps.log, (_request, response) => onReady(deps, response)),
  );
  server.get(
    '/metrics',
    route(deps.log, (request, response) => onMetrics(deps, request, response)),
  );
  // restify's own error bodies carry the error's text. It would send one all the same, and fail at that, if this answer
  // were not given through restify.
  server.on(
    'restifyError',
    (_request: Request, response: Response, error: { statusCode?: number }, done: () => void) => {
      if (!response.headersSent)
        answer(response, error.statusCode ?? 500, error.statusCode === 404 ? NOT_FOUND : { code: 'refused' });
      done();
    },
  );
  return server;
}

async function onActivity(deps: ServerDeps, request: Request, response: Response): Promise<void> {
  const greeted = await deps.gate.greet(request);
  if (greeted.kind === 'turnedAway') {
    refuse(deps, greeted.reason);
    return sendAway(request, response, greeted);
  }
  const body = await readJson(request);
  if (body === 'gone') return;
  if (typeof body === 'string') {
    refuse(deps, body);
    return answer(response, body === 'tooLarge' ? 413 : 400, { code: body });
  }
  const admitted = greeted.admit(body.value, body.text);
  if (admitted.kind === 'turnedAway') {
    refuse(deps, admitted.reason);
    return answer(response, admitted.status, { code: admitted.reason }, retryAfter(admitted));
  }
  // An answer that nobody received, or that says that it failed, leaves the way open for the same delivery.
  const isOver = deps.turns.begin();
  const closed = new Promise<void>((resolve) => response.once('close', () => resolve()));
  response.once('close', () => {
    if (!response.writableFinished || response.statusCode >= 500) admitted.dropped();
  });
  const id = newCorrelationId();
  response.setHeader(CORRELATION_HEADER, id);
  await underCorrelation(id, () => takeTurn(deps, body.value, response));
  await closed;
  isOver();
}

function refuse({ metrics, refused }: ServerDeps, reason: RefusalReason): void {
  metrics.refused(reason);
  refused(reason);
}

async function takeTurn(deps: ServerDeps, activity: ReadBody['value'], response: Response): Promise<void> {
  try {
    // The gate has looked at every field that the adapter relies on.
    const result = await deps.adapter.run(activity as unknown as Parameters<TurnAdapter['run']>[0], deps.turn);
    answer(response, result?.status ?? 200, result?.body);
  } catch (error) {
    deps.log('activity.failed', { fault: codeOf(error) });
    answer(response, 500, { code: 'failed' });
  }
}

const PLAIN_ANSWER = {
  'Content-Type': 'application/json; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Before the token is known to be good, an answer has no body. A body that was not read ends the connection if it is long. */
function sendAway(request: Request, response: Response, away: TurnedAway): void {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  const headers = {
    ...retryAfter(away),
    ...(away.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    ...(length <= BODY_LIMIT_BYTES ? {} : { Connection: 'close' }),
  };
  answer(response, away.status, undefined, headers);
}

function retryAfter({ retryAfterSeconds }: TurnedAway): Readonly<Record<string, string>> {
  return retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
}

async function onReady(deps: ServerDeps, response: Response): Promise<void> {
  const found = await deps.ready.now();
  answer(response, found.status === 'ready' || found.status === 'degraded' ? 200 : 503, found);
}

/** Whoever may not read the figures is answered as at a path that there is not. */
async function onMetrics(deps: ServerDeps, request: Request, response: Response): Promise<void> {
  const { metrics, metricsToken } = deps;
  const caller = { address: request.socket.remoteAddress, headers: request.headers };
  if (!mayReadMetrics(caller, metricsToken)) return answer(response, 404, NOT_FOUND);
  send(response, 200, await metrics.text(), { ...PLAIN_ANSWER, 'Content-Type': metrics.contentType });
}

/**
 * A restify handler must not return a value, because restify would log the whole request with it; nor may it throw, because
 * restify would answer a second time and take the process down with that.
 */
function route(log: Log, run: (request: Request, response: Response) => Promise<void>) {
  return async function handle(request: Request, response: Response): Promise<void> {
    try {
      await run(request, response);
    } catch (error) {
      log('request.failed', { fault: codeOf(error) });
      if (!response.headersSent) answer(response, 500, { code: 'failed' });
    }
  };
}

/** A caller that stopped sending half-way has gone: there is nobody to answer. */
type Unread = 'tooLarge' | 'notJson' | 'gone';

interface ReadBody {
  readonly value: Parameters<Greeted['admit']>[0];
  readonly text: string;
}

async function readJson(request: Request): Promise<ReadBody | Unread> {
  if (!/^application\/json\s*(?:;|$)/iu.test(request.headers['content-type'] ?? '')) return 'notJson';
  const bytes = await readBytes(request);
  if (typeof bytes === 'string') return bytes;
  if (!isUtf8(bytes)) return 'notJson';
  const text = bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { value: { ...value }, text }
      : 'notJson';
  } catch (error) {
    if (error instanceof SyntaxError) return 'notJson';
    throw error;
  }
}

/** What is over the limit is read and dropped, so that the caller hears why; far beyond it, the connection is cut. */
function readBytes(request: Request): Promise<Buffer | 'tooLarge' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
      else if (size > DROPPED_BYTES) request.destroy();
    });
    request.on('end', () => {
      resolve(size > BODY_LIMIT_BYTES ? 'tooLarge' : Buffer.concat(chunks));
    });
    request.on('error', () => resolve('gone'));
    request.on('close', () => resolve('gone'));
  });
}

function answer(
  response: Response,
  status: number,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(response, status, body === undefined ? '' : JSON.stringify(body), { ...PLAIN_ANSWER, ...headers });
}

/** By restify’s own method: it answers once more what it does not know to be answered, and the process ends of that. */
function send(response: Response, status: number, text: string, headers: Readonly<Record<string, string>>): void {
  response.sendRaw(status, text, {
    ...headers,
    'Content-Length': String(Buffer.byteLength(text)),
  });
}
