import { candidateTest, isDecidedByIndex } from './candidates.ts';
import { queryCharge } from './charges.ts';
import type { Container, StoredItem } from './containers.ts';
import type { Circumstances } from './documents.ts';
import type { JsonValue } from './json.ts';
import { keyOfRequest, type PartitionKey, type PhysicalPartition } from './partitions.ts';
import { checkServed } from './queryChecks.ts';
import { needsPlan, PARTIAL_COUNT, queryPlan } from './queryPlan.ts';
import { rowsOf } from './rows.ts';
import { QUERY } from './routing.ts';
import { type SqlQuery, sqlQuery } from './sql.ts';
import { type Answer, bytesOf, header, isSet, notModelled, parsedObject, Refusal, type WireRequest } from './wire.ts';

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1000;
/** Source: service limits of Azure Cosmos DB, "Maximum response size". */
const MOST_PAGE_BYTES = 4 * 1024 * 1024;
const SUBSTATUS_PARTITION_GONE = 1002;

/** The plan by which a client can run a query over several physical partitions. Nothing is charged for it. */
export function queryPlanAnswer({ definition }: Container, request: WireRequest): Answer {
  const query = sqlQuery(parsedObject(request.body));
  return { status: 200, body: queryPlan(query, definition.partitionKey), charge: 0 };
}

/**
 * One page of a query's result, from exactly the partition that the request addresses: a logical one by its key, a
 * physical one by its id, or, when the query is simple enough for the gateway, one physical partition after another.
 *
 * @throws Refusal 400 for a query that the service would refuse or would have to scan for, 410 for a partition that is
 *   gone.
 */
export function queryAnswer(container: Container, request: WireRequest, at: Circumstances): Answer {
  if (!header(request, 'content-type')?.startsWith(QUERY)) {
    throw new Refusal(400, `A query must have the content type ${QUERY}.`);
  }
  const query = sqlQuery(parsedObject(request.body));
  const partialCount = PARTIAL_COUNT.exec(query.text);
  const scope = scopeOf(container, request, () => needsPlan(query));
  const scans = isSet(request, 'x-ms-documentdb-query-enable-scan');
  checkServed(query, container.definition, { scans, hasPartitionKey: scope.kind === 'key' });
  if (partialCount === null) return pageOf(container, query, scope, at, request);
  const counted = sqlQuery({
    ...parsedObject(request.body),
    query: query.text.replace(PARTIAL_COUNT, 'SELECT VALUE $1'),
  });
  const answer = pageOf(container, counted, scope, at, request);
  const { Documents = [], ...rest } = answer.body as { readonly Documents?: readonly JsonValue[] }; // made just above
  return { ...answer, body: { ...rest, Documents: Documents.map((count) => [{ item: count }]) } };
}

/** All items of what the request addresses, page by page. */
export function feedAnswer(container: Container, request: WireRequest, at: Circumstances): Answer {
  if (header(request, 'a-im') !== undefined) throw notModelled('the change feed');
  const scope = scopeOf(container, request, () => false);
  return pageOf(container, sqlQuery({ query: 'SELECT * FROM c' }), scope, at, request);
}

interface Scope {
  readonly kind: 'key' | 'physical' | 'all';
  /** Which physical partition, counted from 0, this page is from, when all are asked one after the other. */
  readonly position: number;
  /** Within that partition, the engine's token. */
  readonly token: string | undefined;
  readonly place: PartitionKey | PhysicalPartition;
}

function scopeOf(container: Container, request: WireRequest, mustBePlanned: () => boolean): Scope {
  const sent = header(request, 'x-ms-continuation');
  const key = keyOfRequest(request, container.definition.partitionKey);
  if (key !== undefined) {
    return { kind: 'key', position: 0, token: sent, place: key };
  }
  const id = header(request, 'x-ms-documentdb-partitionkeyrangeid');
  if (id !== undefined) {
    const range = container.physical.find((one) => one.id === id);
    if (range === undefined)
      throw new Refusal(410, 'The partition key range is gone.', { substatus: SUBSTATUS_PARTITION_GONE });
    if (header(request, 'x-ms-start-epk') !== undefined) throw notModelled('ranges of effective partition keys');
    return { kind: 'physical', position: 0, token: sent, place: range };
  }
  if (!isSet(request, 'x-ms-documentdb-query-enablecrosspartition')) throw crossPartitionDisabled();
  if (mustBePlanned()) throw plannedByTheClient(sqlQuery(parsedObject(request.body)), container);
  const [position = 0, token] = sent === undefined ? [] : gatewayToken(sent);
  const range = container.physical[position];
  if (range === undefined) throw new Refusal(400, 'The continuation token is not one of this query.');
  return { kind: 'all', position, token, place: range };
}

const crossPartitionDisabled = (): Refusal =>
  new Refusal(
    400,
    'Cross partition query is required but disabled. Please set x-ms-documentdb-query-enablecrosspartition to true, ' +
      'specify x-ms-documentdb-partitionkey, or revise your query to avoid this exception.',
  );

/** Clients that know plans take this as the sign to use one; the words are those that the SDK looks for. */
const plannedByTheClient = (query: SqlQuery, { definition }: Container): Refusal =>
  new Refusal(
    400,
    'The provided cross partition query can not be directly served by the gateway. This is a first chance (internal) ' +
      'exception that all newer clients will know how to handle gracefully.',
    { substatus: 1004, more: { additionalErrorInfo: JSON.stringify(queryPlan(query, definition.partitionKey)) } },
  );

const gatewayToken = (sent: string): readonly [number, string | undefined] => {
  const [, position = '', token] = /^(\d+)@(.*)$/s.exec(sent) ?? [];
  return [Number(position === '' ? -1 : position), token === '' ? undefined : token];
};

function pageOf(container: Container, query: SqlQuery, scope: Scope, at: Circumstances, request: WireRequest): Answer {
  const candidates = candidatesIn(container, query, scope, at);
  const { result, continuation } = fitting(
    query,
    candidates,
    Math.min(askedFor(request), at.pageItemsAtMost),
    scope.token,
  );
  const next = nextToken(scope, continuation, container.physical.length);
  const loaded = isDecidedByIndex(query) ? averages(candidates, result.length) : candidates.map(({ bytes }) => bytes);
  return {
    status: 200,
    body: { _rid: container.rid, Documents: result, _count: result.length },
    charge: queryCharge(1, loaded, at.readFactor),
    matched: candidates.length,
    headers: { 'x-ms-item-count': String(result.length), ...(next === undefined ? {} : { 'x-ms-continuation': next }) },
  };
}

/** Those that the query may be about, in the order in which they were made. */
function candidatesIn(
  container: Container,
  query: SqlQuery,
  { place }: Scope,
  { now }: Circumstances,
): readonly StoredItem[] {
  const mayBe = candidateTest(query);
  const candidates: StoredItem[] = [];
  for (const item of container.itemsFor(query, place))
    if (item.expiresAt > now && mayBe(item.body)) candidates.push(item);
  return candidates.sort((a, b) => (a.rid < b.rid ? -1 : 1));
}

/** How many items a page may have. -1 leaves it to the service, which then gives up to a thousand. */
function askedFor(request: WireRequest): number {
  const asked = Number(header(request, 'x-ms-max-item-count') ?? DEFAULT_PAGE);
  if (!Number.isInteger(asked) || asked < -1 || asked === 0) {
    throw new Refusal(400, 'x-ms-max-item-count must be -1 or a positive whole number.');
  }
  return asked === -1 ? LARGEST_PAGE : Math.min(asked, LARGEST_PAGE);
}

interface Page {
  readonly result: readonly JsonValue[];
  readonly continuation: { readonly token: string } | null;
}

/** A page as long as asked for, or shorter when that would be over 4 MB. */
function fitting(query: SqlQuery, candidates: readonly StoredItem[], most: number, token: string | undefined): Page {
  const page = run(query, candidates, most, token);
  let bytes = 0;
  const over = page.result.findIndex((item) => (bytes += bytesOf(JSON.stringify(item))) > MOST_PAGE_BYTES);
  return over < 1 ? page : run(query, candidates, over, token);
}

function run(
  query: SqlQuery,
  candidates: readonly StoredItem[],
  maxItemCount: number,
  token: string | undefined,
): Page {
  try {
    return query.run(rowsOf(candidates.map(({ body }) => body)), {
      parameters: [...query.parameters].map(([name, value]) => ({ name, value })),
      maxItemCount,
      ...(token === undefined ? {} : { continuation: { token } }),
    }) as Page; // as its README says
  } catch (error) {
    throw new Refusal(400, `The query cannot be run: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function nextToken(
  { kind, position }: Scope,
  continuation: { readonly token: string } | null,
  physical: number,
): string | undefined {
  if (kind !== 'all') return continuation?.token;
  if (continuation !== null) return `${position}@${continuation.token}`;
  return position + 1 < physical ? `${position + 1}@` : undefined;
}

/** Results need not be whole items: as many sizes as results, each the average of the items they come from. */
function averages(candidates: readonly StoredItem[], count: number): readonly number[] {
  const total = candidates.reduce((sum, { bytes }) => sum + bytes, 0);
  return Array.from({ length: Math.min(count, candidates.length) }, () => total / candidates.length);
}
