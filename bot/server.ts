import restify, { type Request, type Response, type Server } from 'restify';
import type { TurnContext } from 'botbuilder';
import { codeOf } from '../src/errors.ts';
import { refuseActivity, type TurnAdapter } from './adapter.ts';
import type { Metrics } from './metrics.ts';
import { mayReadMetrics } from './metricsAccess.ts';
import type { Log } from './sharingBot.ts';

const BODY_LIMIT_BYTES = 256 * 1024;
const DROPPED_BYTES = 8 * 1024 * 1024;
const NOT_FOUND = { code: 'notFound' } as const;

export interface ServerDeps {
  readonly adapter: TurnAdapter;
  readonly turn: (context: TurnContext) => Promise<void>;
  readonly tenantId: string;
  readonly isAllowedServiceUrl: (url: string) => boolean;
  readonly ready: () => Promise<void>;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** What a reader of the figures has to bear; without it, only this machine may read them. */
  readonly metricsToken: string | undefined;
}

/** The HTTP edge: the bot's messages, its health and its figures. Answers to what is refused are a short code and nothing else. */
export function createServer(deps: ServerDeps): Server {
  const server = restify.createServer({ name: 'Sharing Log', handleUncaughtExceptions: false });
  server.post(
    '/api/messages',
    route((request, response) => onActivity(deps, request, response)),
  );
  server.get(
    '/health/live',
    route(async (_request, response) => answer(response, 200, { status: 'live' })),
  );
  server.get(
    '/health/ready',
    route((_request, response) => onReady(deps, response)),
  );
  server.get(
    '/metrics',
    route((request, response) => onMetrics(deps, request, response)),
  );
  // restify's own error bodies carry the error's text.
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
  const body = await readJson(request);
  if (body === 'tooLarge') return answer(response, 413, { code: 'tooLarge' });
  if (body === 'gone') return;
  if (body === 'notJson') return answer(response, 400, { code: 'notJson' });
  const refused = refuseActivity(body, deps.tenantId, deps.isAllowedServiceUrl);
  if (refused !== undefined) {
    deps.log('activity.refused', { reason: refused });
    return answer(response, refused === 'badActivity' ? 400 : 403, { code: refused });
  }
  try {
    const authorization = request.headers.authorization ?? '';
    // `refuseActivity` has looked at every field that the adapter relies on.
    const activity = body as unknown as Parameters<TurnAdapter['run']>[1];
    const result = await deps.adapter.run(authorization, activity, deps.turn);
    answer(response, result?.status ?? 200, result?.body);
  } catch (error) {
    deps.log('activity.failed', { fault: codeOf(error) });
    answer(response, 401, { code: 'refused' });
  }
}

async function onReady(deps: ServerDeps, response: Response): Promise<void> {
  try {
    await deps.ready();
    answer(response, 200, { status: 'ready' });
  } catch (error) {
    deps.log('health.notReady', { fault: codeOf(error) });
    answer(response, 503, { status: 'notReady', code: codeOf(error) });
  }
}

/** Whoever may not read the figures is answered as at a path that there is not. */
async function onMetrics(deps: ServerDeps, request: Request, response: Response): Promise<void> {
  const { metrics, metricsToken } = deps;
  const caller = { address: request.socket.remoteAddress, headers: request.headers };
  if (!mayReadMetrics(caller, metricsToken)) return answer(response, 404, NOT_FOUND);
  send(response, 200, metrics.contentType, await metrics.text());
}

/** A restify handler must not return a value: restify would log the whole request with it. */
function route(run: (request: Request, response: Response) => Promise<void>) {
  return async function handle(request: Request, response: Response): Promise<void> {
    await run(request, response);
  };
}

/** A caller that stopped sending half-way has gone: there is nobody to answer. */
type Unread = 'tooLarge' | 'notJson' | 'gone';

async function readJson(request: Request): Promise<Readonly<Record<string, unknown>> | Unread> {
  const text = await readText(request);
  if (typeof text !== 'object') return text;
  try {
    const value: unknown = JSON.parse(text.read);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : 'notJson';
  } catch (error) {
    if (error instanceof SyntaxError) return 'notJson';
    throw error;
  }
}

/** What is over the limit is read and dropped, so that the caller hears why; far beyond it, the connection is cut. */
function readText(request: Request): Promise<{ readonly read: string } | 'tooLarge' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
      else if (size > DROPPED_BYTES) request.destroy();
    });
    request.on('end', () => {
      resolve(size > BODY_LIMIT_BYTES ? 'tooLarge' : { read: Buffer.concat(chunks).toString('utf8') });
    });
    request.on('error', () => resolve('gone'));
    request.on('close', () => resolve('gone'));
  });
}

function answer(response: Response, status: number, body?: unknown): void {
  send(response, status, 'application/json; charset=utf-8', body === undefined ? '' : JSON.stringify(body));
}

/** By restify’s own method: it answers once more what it does not know to be answered, and the process ends of that. */
function send(response: Response, status: number, contentType: string, text: string): void {
  response.sendRaw(status, text, {
    'Content-Type': contentType,
    'Content-Length': String(Buffer.byteLength(text)),
    'X-Content-Type-Options': 'nosniff',
  });
}
