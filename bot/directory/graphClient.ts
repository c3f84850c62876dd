import { z } from 'zod';
import { CodedError, type ErrorCode } from '../../src/errors.ts';
import type { Clock } from '../../src/ports.ts';
import { correlationId } from '../correlation.ts';
import type { GraphTokens } from './graphToken.ts';

/** The only address that the bot asks for people and teams. */
export const GRAPH = 'https://graph.microsoft.com/v1.0/';
/** Together with a token's it leaves time to answer within a turn. */
export const TIMEOUT_MS = 2_000;

/** A wait that a turn can bear. */
const SHORT_MS = 1_000;
/** How long it is not asked again after it did not answer: else every turn would wait for it. */
const AWAY_MS = 5_000;
const BUSY_MS = 5_000;
const BUSY_AT_MOST_MS = 3_600_000;
/** A page of 999 users or groups, with what is asked of them, is a fifth of it. */
const BYTES_AT_MOST = 2_000_000;
const PAGES_AT_MOST = 20;

/** What an administrator must grant the bot, as Graph names it. */
export type Permission = 'User.Read.All' | 'GroupMember.Read.All' | 'TeamsAppInstallation.ReadWriteSelfForUser.All';

/** What the client needs. Tests give a loopback address; nothing else does. */
export interface GraphAccess {
  readonly tokens: GraphTokens;
  readonly clock: Clock;
  readonly wait: (durationMs: number) => Promise<void>;
  readonly baseUrl?: string;
  readonly timeoutMs?: number;
}

/**
 * Reads from Microsoft Graph, and asks it for the one thing that the bot may make. Paths are relative to its root and hold
 * nothing that is not encoded. Throws `directory.away` (no answer, or none that can be read), `directory.busy` (throttled for
 * longer than a turn can wait) or `directory.refused` (with the permission that is missing). Nothing in an error says what
 * was asked for.
 */
export interface GraphClient {
  /** `undefined` where there is no such thing. */
  get(path: string, permission: Permission): Promise<unknown>;
  /** Every entry of a list, from all of its pages. `undefined` where there is no such thing. */
  list(path: string, permission: Permission): Promise<readonly unknown[] | undefined>;
  /** Makes something, in one attempt. `exists` where it is there already, `absent` where the place or what it refers to is not. */
  post(path: string, body: unknown, permission: Permission): Promise<'made' | 'exists' | 'absent'>;
}

const page = z.looseObject({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

/**
 * One attempt at each request, no redirects, and none to any other address. After it was throttled, Graph is not asked
 * again by anybody before it said: within a turn that is waited for only if it is short.
 * Source: issue “In a real tenant”, 3.
 */
export function graphClient(access: GraphAccess): GraphClient {
  const { baseUrl = GRAPH, timeoutMs = TIMEOUT_MS, tokens, clock, wait } = access;
  const root = new URL(baseUrl);
  let closed: { readonly untilMs: number; readonly code: ErrorCode } = { untilMs: 0, code: 'directory.away' };

  function close(code: ErrorCode, forMs: number): void {
    const untilMs = Date.parse(clock.now()) + forMs;
    if (untilMs > closed.untilMs) closed = { untilMs, code };
  }

  /** Waits until Graph may be asked, if that is soon. */
  async function pass(): Promise<void> {
    const seen = closed;
    const leftMs = seen.untilMs - Date.parse(clock.now());
    if (leftMs <= 0) return;
    if (leftMs <= SHORT_MS) await wait(leftMs);
    if (leftMs > SHORT_MS || closed !== seen) throw new CodedError(closed.code, NOT_YET);
  }

  async function once(
    url: URL,
    permission: Permission,
    posted?: unknown,
  ): Promise<Exclude<Answer, { kind: 'refused' }>> {
    await pass();
    const token = await tokens.current();
    const answer = await attempt(url, token, timeoutMs, posted);
    if (answer.kind === 'down') close('directory.away', AWAY_MS);
    if (answer.kind === 'busy') close('directory.busy', answer.waitMs(clock));
    if (answer.kind !== 'refused') return answer;
    if (answer.status === 401) tokens.forget(token);
    throw new CodedError('directory.refused', answer.status === 401 ? NOT_ACCEPTED : missing(permission));
  }

  async function ask(url: URL, permission: Permission): Promise<unknown> {
    const first = await once(url, permission);
    // A short wait is over at once, a long one fails there; a connection may just have been closed while nobody used it.
    const isAskedAgain = first.kind === 'busy' || first.kind === 'lost';
    const answer = isAskedAgain ? await once(url, permission) : first;
    if (answer.kind === 'found') return answer.body;
    if (answer.kind === 'absent') return undefined;
    if (answer.kind === 'lost') close('directory.away', AWAY_MS);
    throw unanswered(answer);
  }

  return {
    get: (path, permission) => ask(new URL(path, root), permission),
    async post(path, body, permission) {
      const answer = await once(new URL(path, root), permission, body);
      if (answer.kind === 'made' || answer.kind === 'exists' || answer.kind === 'absent') return answer.kind;
      throw unanswered(answer);
    },
    async list(path, permission) {
      const entries: unknown[] = [];
      let url = new URL(path, root);
      for (let nth = 0; nth < PAGES_AT_MOST; nth += 1) {
        const answer = await ask(url, permission);
        if (answer === undefined && nth === 0) return undefined;
        const read = page.safeParse(answer);
        if (!read.success) throw new CodedError('directory.away', `${NO_ANSWER} (not a list)`);
        entries.push(...read.data.value);
        const next = read.data['@odata.nextLink'];
        if (next === undefined) return entries;
        url = nextPage(root, next);
      }
      throw new CodedError('directory.away', `${NO_ANSWER} (more than ${PAGES_AT_MOST} pages)`);
    },
  };
}

const NO_ANSWER = 'Microsoft Graph gave no answer that can be used';
const NOT_YET = 'Microsoft Graph is not asked again yet.';
const NOT_ACCEPTED = 'Microsoft Graph does not accept the sign-in of the bot: check MicrosoftAppId and its tenant.';

function missing(permission: Permission): string {
  return `Microsoft Graph refuses the bot: an administrator must grant it the application permission ${permission}.`;
}

function unanswered(answer: Exclude<Answer, { kind: 'refused' }>): CodedError {
  const why = 'why' in answer ? answer.why : 'not what was asked for';
  return new CodedError(answer.kind === 'busy' ? 'directory.busy' : 'directory.away', `${NO_ANSWER} (${why})`);
}

/** The next page stands at the very same place, or it is not asked for: the token goes nowhere else. */
function nextPage(root: URL, link: string): URL {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const isThere =
    url?.origin === root.origin && url.pathname.startsWith(root.pathname) && url.username === '' && url.password === '';
  if (url === undefined || !isThere) throw new CodedError('directory.away', `${NO_ANSWER} (a page elsewhere)`);
  return url;
}

type Answer =
  | { readonly kind: 'found'; readonly body: unknown }
  | { readonly kind: 'absent' }
  | { readonly kind: 'made' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'busy'; readonly why: string; readonly waitMs: (clock: Clock) => number }
  /** The connection broke; Graph itself does not work; it worked, and this answer is of no use. */
  | { readonly kind: 'lost' | 'down' | 'useless'; readonly why: string };

async function attempt(url: URL, token: string, timeoutMs: number, posted?: unknown): Promise<Answer> {
  const id = correlationId();
  const forTurn: Readonly<Record<string, string>> = id === undefined ? {} : { 'client-request-id': id };
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', ...forTurn };
  const sent = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
  try {
    const response = await fetch(url, {
      ...(posted === undefined ? { headers } : { ...sent, body: JSON.stringify(posted) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 200) return await bodyOf(response);
    await response.body?.cancel();
    return unlucky(response);
  } catch (error) {
    // The name says enough, and nothing of the address or the answer.
    const why = error instanceof Error ? error.name : 'unknown';
    if (why === 'SyntaxError') return { kind: 'useless', why: 'no JSON' };
    return { kind: why === 'TimeoutError' ? 'down' : 'lost', why };
  }
}

function unlucky({ status, headers }: Response): Answer {
  const why = `status ${status}`;
  if (status === 404) return { kind: 'absent' };
  if (status === 201 || status === 204) return { kind: 'made' };
  if (status === 409) return { kind: 'exists' };
  if (status === 401 || status === 403) return { kind: 'refused', status };
  const after = headers.get('retry-after');
  if (status === 429 || (status === 503 && after !== null))
    return { kind: 'busy', why, waitMs: (clock) => waitOf(after, clock) };
  // What is wrong with one request is no reason not to send others.
  return { kind: status >= 500 ? 'down' : 'useless', why };
}

/** `Retry-After` is a number of seconds, or a date. */
function waitOf(after: string | null, clock: Clock): number {
  const text = after?.trim() ?? '';
  const ms = /^\d+$/u.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.parse(clock.now());
  return Number.isFinite(ms) && ms >= 0 ? Math.min(ms, BUSY_AT_MOST_MS) : BUSY_MS;
}

async function bodyOf(response: Response): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body = response.body as AsyncIterable<Uint8Array> | null; // declared without what it yields
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (bytes > BYTES_AT_MOST) return { kind: 'useless', why: 'too long' };
    chunks.push(chunk);
  }
  return { kind: 'found', body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown }; // checked by whoever asked
}
