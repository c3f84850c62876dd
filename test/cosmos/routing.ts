import { header, isSet, Refusal, type WireRequest } from './wire.ts';

/** What a request is for; counters and faults go by it. */
export type RequestKind =
  | 'account'
  | 'database'
  | 'container'
  | 'pkranges'
  | 'read'
  | 'feed'
  | 'create'
  | 'upsert'
  | 'replace'
  | 'delete'
  | 'patch'
  | 'batch'
  | 'query'
  | 'queryPlan';

export interface Route {
  readonly kind: RequestKind;
  readonly method: string;
  readonly database?: string;
  readonly container?: string;
  readonly item?: string;
  /** As the signature names it: the type of what is addressed, and the link of its owner or of itself. */
  readonly resourceType: string;
  readonly resourceLink: string;
}

/** Where a request goes. @throws Refusal 404 for a path the service does not have, 405 for a method it does not take. */
export function routeOf(request: WireRequest): Route {
  const { segments, method } = request;
  const addressesFeed = segments.length % 2 === 1;
  const resourceType = segments.at(addressesFeed ? -1 : -2) ?? '';
  const resourceLink = (addressesFeed ? segments.slice(0, -1) : segments).join('/');
  const [dbs, database, colls, container, last, item] = segments;
  const at = { method, resourceType, resourceLink };
  if (dbs === undefined) return { ...at, kind: 'account' };
  if (dbs !== 'dbs' || segments.length > 6) throw noSuchPath();
  if (database === undefined || colls === undefined) return { ...at, kind: 'database', ...given({ database }) };
  if (colls !== 'colls') throw noSuchPath();
  if (last === undefined) return { ...at, kind: 'container', ...given({ database, container }) };
  const owner = given({ database, container, item });
  if (last === 'pkranges' && item === undefined) return { ...at, ...owner, kind: 'pkranges' };
  if (last !== 'docs') throw noSuchPath();
  return { ...at, ...owner, kind: item === undefined ? kindOnFeed(request) : kindOnItem(method) };
}

function kindOnFeed(request: WireRequest): RequestKind {
  if (request.method === 'GET') return 'feed';
  if (request.method !== 'POST') throw new Refusal(405, 'The requested verb is not supported.');
  if (isSet(request, 'x-ms-cosmos-is-query-plan-request')) return 'queryPlan';
  if (isSet(request, 'x-ms-documentdb-isquery') || header(request, 'content-type')?.startsWith(QUERY)) return 'query';
  if (isSet(request, 'x-ms-cosmos-is-batch-request')) return 'batch';
  return isSet(request, 'x-ms-documentdb-is-upsert') ? 'upsert' : 'create';
}

export const QUERY = 'application/query+json';

function kindOnItem(method: string): RequestKind {
  switch (method) {
    case 'GET':
      return 'read';
    case 'PUT':
      return 'replace';
    case 'DELETE':
      return 'delete';
    case 'PATCH':
      return 'patch';
    default:
      throw new Refusal(405, 'The requested verb is not supported.');
  }
}

function given<const T extends Readonly<Record<string, string | undefined>>>(
  names: T,
): { readonly [K in keyof T]?: string } {
  const entries = Object.entries(names).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { readonly [K in keyof T]?: string }; // Object.entries forgets the names
}

const noSuchPath = (): Refusal => new Refusal(404, 'The request path is not one of Cosmos DB.');
