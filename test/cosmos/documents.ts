import { batchOutcomes } from './batches.ts';
import { Changes } from './changes.ts';
import type { Container } from './containers.ts';
import type { JsonObject } from './json.ts';
import { type ItemOperation, operate, type Outcome, type Place } from './items.ts';
import { keyOfRequest, type PartitionKey } from './partitions.ts';
import type { Route } from './routing.ts';
import {
  type Answer,
  bytesOf,
  header,
  isSet,
  MOST_BYTES,
  notModelled,
  parsed,
  parsedObject,
  Refusal,
  type WireRequest,
} from './wire.ts';

/** What the answers to item requests depend on besides the request. */
export interface Circumstances {
  /** Epoch seconds. */
  readonly now: number;
  readonly readFactor: number;
  /** Items that a page has at most, whatever the client asks for. */
  readonly pageItemsAtMost: number;
}

/** Reads, writes or deletes one item. @throws Refusal as the service refuses. */
export function itemAnswer(container: Container, route: Route, request: WireRequest, at: Circumstances): Answer {
  checkSize(request);
  const key = requiredKey(container, request);
  const place = { container, key, items: new Changes(container.partition(key)), ...at };
  const outcome = operate(place, operationOf(route, request));
  if (route.kind !== 'read') container.commit(key, place.items);
  return itemOutcomeAnswer(outcome);
}

function itemOutcomeAnswer({ status, charge, item }: Outcome): Answer {
  if (item === undefined) return { status, charge };
  const headers = { etag: item.etag };
  return status === 304 ? { status, charge, headers } : { status, charge, headers, body: item.body };
}

function operationOf({ kind, item }: Route, request: WireRequest): ItemOperation {
  const id = item ?? '';
  const conditions = {
    ...optional('ifMatch', header(request, 'if-match')),
    ...optional('ifNoneMatch', header(request, 'if-none-match')),
  };
  switch (kind) {
    case 'read':
    case 'delete':
      return { ...conditions, does: kind, id };
    case 'create':
    case 'upsert':
      return { ...conditions, does: kind, body: parsedObject(request.body) };
    case 'replace':
      return { ...conditions, does: kind, id, body: parsedObject(request.body) };
    case 'patch':
      return { ...conditions, does: kind, id, patch: parsed(request.body) };
    default:
      throw new Refusal(405, 'The requested verb is not supported.');
  }
}

export function optional<const K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: string }; // computed names widen
}

/** Does a transactional batch: all of it or nothing. @throws Refusal 400 or 413 when it cannot be tried at all. */
export function batchAnswer(container: Container, request: WireRequest, at: Circumstances): Answer {
  checkSize(request);
  if (!isSet(request, 'x-ms-cosmos-batch-atomic')) throw notModelled('bulk operations');
  const key = requiredKey(container, request);
  const place: Place = { container, key, items: new Changes(container.partition(key)), ...at };
  const { done, results, charge } = batchOutcomes(place, parsed(request.body));
  if (done) container.commit(key, place.items);
  const minimal = header(request, 'prefer') === 'return=minimal';
  const body = minimal ? results.map(withoutBody) : results;
  return { status: done ? 200 : 207, body, charge };
}

function withoutBody(result: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'resourceBody'));
}

function requiredKey(container: Container, request: WireRequest): PartitionKey {
  const key = keyOfRequest(request, container.definition.partitionKey);
  if (key === undefined) throw new Refusal(400, 'PartitionKey value must be supplied for this operation.');
  return key;
}

function checkSize({ body }: WireRequest): void {
  if (bytesOf(body) > MOST_BYTES) throw new Refusal(413, 'Request size is too large: a request may have 2 MB.');
}
