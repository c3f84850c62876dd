import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Route } from './routing.ts';
import { header, Refusal, type WireRequest } from './wire.ts';

/** Versions of the REST protocol that the current SDKs send. */
const API_VERSIONS: readonly (string | undefined)[] = ['2020-07-15', '2018-12-31'];

const SUBSTATUS_AAD_NOT_ALLOWED = 5300;

const SKEW_AT_MOST_MS = 15 * 60 * 1000;

export interface Credentials {
  /** The account's key. As an object, since the engine takes long to find out that bytes are none. */
  readonly key: KeyObject;
  /** Tokens of Entra ID that are good for this account. */
  readonly aadTokens: readonly string[];
}

/**
 * Lets a request pass whose signature was made with the account's key (or that bears a known Entra token) for exactly
 * this method, resource and date.
 * Source: "Access control on Azure Cosmos DB resources", REST reference; a skewed date is "403 Forbidden" there.
 *
 * @throws Refusal 400 without a known API version, 401 without a good signature, 403 when the date is 15 minutes off.
 */
export function authorize(request: WireRequest, route: Route, credentials: Credentials, nowMs: number): void {
  const version = header(request, 'x-ms-version');
  if (!API_VERSIONS.includes(version)) throw new Refusal(400, `The API version '${version ?? ''}' is not supported.`);
  const sent = header(request, 'authorization');
  if (sent === undefined) throw new Refusal(401, 'Required Header authorization is missing.');
  const { type, ver, sig } = /^type=(?<type>\w+)&ver=(?<ver>[\d.]+)&sig=(?<sig>.+)$/.exec(decoded(sent))?.groups ?? {};
  if (ver !== '1.0' || sig === undefined) throw new Refusal(401, 'The authorization header is not well formed.');
  if (type === 'aad') {
    if (!credentials.aadTokens.includes(sig)) throw new Refusal(401, 'The Entra ID token is not valid.');
    return checkMayManage(route);
  }
  const date = header(request, 'x-ms-date');
  if (date === undefined) throw new Refusal(401, 'Required Header x-ms-date is missing.');
  if (type !== 'master' || !same(sig, signature(route, date, credentials.key))) {
    throw new Refusal(401, "The input authorization token can't serve the request. The wrong key is being used.");
  }
  if (!(Math.abs(Date.parse(date) - nowMs) <= SKEW_AT_MOST_MS)) {
    throw new Refusal(403, `The authorization token is not valid at the current time. Token date: ${date}.`);
  }
}

/**
 * Entra ID identities read and write items; they cannot create, change or delete databases and containers here, only
 * through Azure Resource Manager.
 * Source: "Use data plane role-based access control with Azure Cosmos DB for NoSQL".
 */
function checkMayManage({ kind, method }: Route): void {
  if (method === 'GET' || (kind !== 'database' && kind !== 'container')) return;
  throw new Refusal(403, 'Request blocked by Auth: management of resources is not allowed with an Entra ID token.', {
    substatus: SUBSTATUS_AAD_NOT_ALLOWED,
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function signature({ method, resourceType, resourceLink }: Route, date: string, key: KeyObject): string {
  const text = `${method.toLowerCase()}\n${resourceType}\n${resourceLink}\n${date.toLowerCase()}\n\n`;
  return createHmac('sha256', key).update(text).digest('base64');
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
