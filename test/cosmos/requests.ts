import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import {
  accountAnswer,
  type AccountSettings,
  containerAnswer,
  containerNamed,
  databaseAnswer,
  type Databases,
  partitionsAnswer,
} from './account.ts';
import { authorize, type Credentials } from './authorization.ts';
import { readFactor } from './charges.ts';
import type { Container } from './containers.ts';
import { batchAnswer, type Circumstances, itemAnswer } from './documents.ts';
import type { Faults, Strike } from './faults.ts';
import { feedAnswer, queryAnswer, queryPlanAnswer } from './queries.ts';
import { type RequestKind, type Route, routeOf } from './routing.ts';
import { checkSession, sessionHeaders } from './sessions.ts';
import type { Tallies } from './tallies.ts';
import { type Answer, attempt, bytesOf, type WireRequest } from './wire.ts';

export interface Parts {
  readonly scheme: 'http' | 'https';
  readonly settings: AccountSettings;
  readonly credentials: Credentials;
  readonly databases: Databases;
  readonly faults: Faults;
  readonly tallies: Tallies;
  readonly clock: { readonly skewMs: number; readonly passedMs: number };
}

// Taken before a test may put a clock of its own in their place.
const { setTimeout: realTimeout } = globalThis;

/** Takes requests from HTTP to the account's state and back, through whatever fault is armed. */
export class DoubleRequests {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Never throws; a fault of the double itself is answered with 500 and its words. */
  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming).catch(() => undefined);
    if (request === undefined) return;
    const route = attempt(() => routeOf(request));
    if ('status' in route) return this.#send(request, undefined, route, response);
    const strike = this.#parts.faults.strike(route);
    const answer = strike === undefined ? this.#answer(request, route) : await this.#struck(request, route, strike);
    if (answer === 'hang') return this.#count(request, route, UNANSWERED);
    if (answer === 'reset') {
      this.#count(request, route, UNANSWERED);
      incoming.socket.resetAndDestroy();
      return;
    }
    this.#send(request, route, answer, response);
  }

  async #struck(request: WireRequest, route: Route, strike: Strike): Promise<Answer | 'hang' | 'reset'> {
    const { fault } = strike;
    const before = fault.applied === true ? this.#answer(request, route) : undefined;
    strike.reached();
    switch (fault.with) {
      case 'hang':
      case 'reset':
        return fault.with;
      case 'status': {
        const { status, substatus = 0, retryAfterMs } = fault;
        const body = { code: String(status), message: `Fault of the test double: ${status}.` };
        const headers = { 'x-ms-substatus': String(substatus), ...retryHeader(retryAfterMs) };
        return { status, charge: before?.charge ?? 0, body, headers };
      }
      case 'hold':
        await strike.released;
        return before ?? this.#answer(request, route);
      case 'slow':
        await new Promise((resolve) => realTimeout(resolve, fault.ms));
        return before ?? this.#answer(request, route);
      default:
        return fault satisfies never;
    }
  }

  #answer(request: WireRequest, route: Route): Answer {
    return attempt(() => {
      authorize(request, route, this.#parts.credentials, Date.now() + this.#parts.clock.skewMs);
      return this.#answerTo(request, route);
    });
  }

  #answerTo(request: WireRequest, route: Route): Answer {
    const { settings, databases } = this.#parts;
    switch (route.kind) {
      case 'account':
        return accountAnswer(settings, `${this.#parts.scheme}://${request.headers.host ?? ''}/`);
      case 'database':
        return databaseAnswer(databases, route, request);
      case 'container':
        return containerAnswer(databases, route, request, settings);
      case 'pkranges':
        return partitionsAnswer(containerNamed(databases, route));
      default: {
        const container = containerNamed(databases, route);
        checkSession(request, container, settings.consistency);
        const answer = attempt(() => this.#documentAnswer(container, request, route));
        const owner = `dbs/${route.database ?? ''}/colls/${route.container ?? ''}`;
        return { ...answer, headers: { ...answer.headers, ...sessionHeaders(container, owner) } };
      }
    }
  }

  #documentAnswer(container: Container, request: WireRequest, route: Route): Answer {
    const { consistency, pageItemsAtMost } = this.#parts.settings;
    const now = Math.floor((Date.now() + this.#parts.clock.passedMs) / 1000);
    const at: Circumstances = { now, readFactor: readFactor(consistency), pageItemsAtMost };
    switch (route.kind) {
      case 'query':
        return queryAnswer(container, request, at);
      case 'queryPlan':
        return queryPlanAnswer(container, request);
      case 'feed':
        return feedAnswer(container, request, at);
      case 'batch':
        return batchAnswer(container, request, at);
      default:
        return itemAnswer(container, route, request, at);
    }
  }

  #send(request: WireRequest, route: Route | undefined, answer: Answer, response: ServerResponse): void {
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
    const bytes = bytesOf(text);
    this.#count(request, route, { ...answer, bytesOut: bytes });
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      ...(answer.status === 204 || answer.status === 304 ? {} : { 'content-length': String(bytes) }),
      'x-ms-activity-id': randomUUID(),
      'x-ms-request-charge': answer.charge.toFixed(2),
      'x-ms-gatewayversion': 'version=2.14.0',
      date: new Date().toUTCString(),
      ...answer.headers,
    });
    response.end(text);
  }

  #count(request: WireRequest, route: Route | undefined, answered: Answered): void {
    if (route === undefined) return;
    const { status, bytesOut, charge, matched = 0 } = answered;
    const { kind, container } = route;
    const bytes = { bytesIn: bytesOf(request.body), bytesOut };
    const isWrite = isWriteOf(kind, request.body);
    this.#parts.tallies.count({ kind, container, status, isWrite, ...bytes, charge, matched });
  }
}

const WRITES: ReadonlySet<RequestKind> = new Set(['create', 'upsert', 'replace', 'patch', 'delete']);

const isWriteOf = (kind: RequestKind, body: string): boolean =>
  WRITES.has(kind) || (kind === 'batch' && /"operationType":"(?!Read")/.test(body));

type Answered = Pick<Answer, 'status' | 'charge' | 'matched'> & { readonly bytesOut: number };

const UNANSWERED: Answered = { status: 0, bytesOut: 0, charge: 0 };

const retryHeader = (ms: number | undefined): Readonly<Record<string, string>> =>
  ms === undefined ? {} : { 'x-ms-retry-after-ms': String(ms) };

/** A segment that is not well encoded is taken as it is, and found nowhere. */
function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  await finished(incoming);
  const path = (incoming.url ?? '/').split('?')[0] ?? '/';
  const segments = path.split('/').filter((segment) => segment !== '');
  return {
    method: incoming.method ?? '',
    segments: segments.map(decodedSegment),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
