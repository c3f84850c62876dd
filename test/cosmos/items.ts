import { createCharge, deleteCharge, missCharge, patchCharge, readCharge, replaceCharge } from './charges.ts';
import type { Changes } from './changes.ts';
import { type Container, newEtag, type StoredItem } from './containers.ts';
import { indexTerms, namesOf } from './indexing.ts';
import { type JsonObject, type JsonValue, valueAt } from './json.ts';
import { keyOfItem, type PartitionKey } from './partitions.ts';
import { patched } from './patching.ts';
import { checkId } from './resourceIds.ts';
import { bytesOf, MOST_BYTES, notModelled, Refusal } from './wire.ts';

/** One operation on one item, alone or in a batch. */
export type ItemOperation = { readonly ifMatch?: string; readonly ifNoneMatch?: string } & (
  | { readonly does: 'read' | 'delete'; readonly id: string }
  | { readonly does: 'create' | 'upsert'; readonly body: JsonObject }
  | { readonly does: 'replace'; readonly id: string; readonly body: JsonObject }
  | { readonly does: 'patch'; readonly id: string; readonly patch: JsonValue }
);

export interface Outcome {
  readonly status: number;
  readonly charge: number;
  readonly item?: StoredItem;
}

/** Where an operation happens: a logical partition's items, which it changes. */
export interface Place {
  readonly container: Container;
  readonly key: PartitionKey;
  readonly items: Changes;
  /** Epoch seconds. */
  readonly now: number;
  /** How much dearer reads are at the account's consistency. */
  readonly readFactor: number;
}

/**
 * Does one operation on the items of a place.
 *
 * @throws Refusal 404, 409, 412, 400 or 413, with nothing changed.
 */
export function operate(place: Place, operation: ItemOperation): Outcome {
  if (operation.ifNoneMatch !== undefined && operation.does !== 'read') throw notModelled('If-None-Match on writes');
  switch (operation.does) {
    case 'read':
      return read(place, operation);
    case 'create':
      return create(place, operation, operation.body);
    case 'upsert':
      return upsert(place, operation, operation.body);
    case 'replace':
      return replace(place, operation, operation.id, operation.body);
    case 'patch':
      return patch(place, operation, operation.id, operation.patch);
    case 'delete':
      return remove(place, operation, operation.id);
    default:
      return operation satisfies never;
  }
}

function read(place: Place, { id, ifNoneMatch }: ItemOperation & { readonly id: string }): Outcome {
  const item = existing(place, id);
  if (ifNoneMatch === item.etag) return { status: 304, charge: missCharge(place.readFactor), item };
  return { status: 200, charge: readCharge(item.bytes, place.readFactor), item };
}

function create(place: Place, operation: ItemOperation, body: JsonObject): Outcome {
  if (operation.ifMatch !== undefined) throw notModelled('If-Match on an item that is not there');
  const item = stored(place, body);
  const { id } = item;
  if (alive(place, id) !== undefined) {
    throw new Refusal(409, 'Entity with the specified id already exists in the system.', {
      charge: createCharge(item),
    });
  }
  checkUnique(place, item);
  // A dead item with this id makes way for the younger one.
  place.items.set(id, item);
  return { status: 201, charge: createCharge(item), item };
}

function upsert(place: Place, operation: ItemOperation, body: JsonObject): Outcome {
  checkId(body.id);
  const found = alive(place, body.id);
  if (found !== undefined) return replace(place, operation, body.id, body);
  return create(place, operation, body);
}

function replace(place: Place, operation: ItemOperation, id: string, body: JsonObject): Outcome {
  const before = existing(place, id);
  checkMatch(place, operation, before);
  if (body.id !== id) throw new Refusal(400, 'The id of an item cannot be changed.');
  const item = stored(place, body, { rid: before.rid });
  checkUnique(place, item);
  place.items.set(id, item);
  return { status: 200, charge: replaceCharge(before, item), item };
}

function patch(place: Place, operation: ItemOperation, id: string, sent: JsonValue): Outcome {
  const before = existing(place, id);
  checkMatch(place, operation, before);
  const { body, operations } = patched(before.body, sent);
  if (body.id !== id) throw new Refusal(400, 'The id of an item cannot be changed.');
  const item = stored(place, body, { rid: before.rid });
  checkUnique(place, item);
  place.items.set(id, item);
  return { status: 200, charge: patchCharge(before, item, operations), item };
}

function remove(place: Place, operation: ItemOperation, id: string): Outcome {
  const before = existing(place, id);
  checkMatch(place, operation, before);
  place.items.delete(id);
  return { status: 204, charge: deleteCharge(before) };
}

/** The item unless its time to live is over. */
export const alive = ({ items, now }: Pick<Place, 'items' | 'now'>, id: string) => {
  const item = items.get(id);
  return item !== undefined && item.expiresAt > now ? item : undefined;
};

function existing(place: Place, id: string): StoredItem {
  const item = alive(place, id);
  if (item !== undefined) return item;
  const message = 'Entity with the specified id does not exist in the system.';
  throw new Refusal(404, message, { charge: missCharge(place.readFactor) });
}

function checkMatch(place: Place, { ifMatch }: ItemOperation, { etag }: StoredItem): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === etag) return;
  const message = 'Operation cannot be performed because one of the specified precondition is not met.';
  throw new Refusal(412, message, { charge: missCharge(place.readFactor) });
}

function checkUnique({ container, items, now }: Place, item: StoredItem): void {
  for (const { paths } of container.definition.uniqueKeyPolicy?.uniqueKeys ?? []) {
    const values = ({ body }: StoredItem): string =>
      JSON.stringify(paths.map((path) => valueAt(body, namesOf(path)) ?? null));
    const taken = [...items.values()].some(
      (other) => other.id !== item.id && other.expiresAt > now && values(other) === values(item),
    );
    if (taken) throw new Refusal(409, 'Unique index constraint violation.', { charge: createCharge(item) });
  }
}

const SYSTEM_PROPERTIES: ReadonlySet<string> = new Set(['_rid', '_self', '_etag', '_ts', '_attachments']);

/**
 * An item as the service keeps it; what it goes by is new unless it is `known`.
 *
 * @throws Refusal 400 or 413 for what is not kept.
 */
export function stored(
  { container, key, now }: Pick<Place, 'container' | 'key' | 'now'>,
  sent: JsonObject,
  known: { readonly rid?: string; readonly etag?: string } = {},
): StoredItem {
  checkId(sent.id);
  const { partitionKey, indexingPolicy } = container.definition;
  if (keyOfItem(partitionKey, sent) !== key) {
    const message = "PartitionKey extracted from document doesn't match the one specified in the header.";
    throw new Refusal(400, message, { substatus: 1001 });
  }
  const own = Object.fromEntries(Object.entries(sent).filter(([name]) => !SYSTEM_PROPERTIES.has(name)));
  const { rid = container.nextRid(), etag = newEtag() } = known;
  const body = {
    ...own,
    _rid: rid,
    _self: `colls/${container.rid}/docs/${rid}/`,
    _etag: etag,
    _attachments: 'attachments/',
    _ts: now,
  };
  const bytes = bytesOf(JSON.stringify(body));
  if (bytes > MOST_BYTES) throw new Refusal(413, 'Request size is too large: an item may have 2 MB.');
  const terms = indexTerms(indexingPolicy, body);
  return {
    id: sent.id,
    body,
    etag,
    rid,
    key,
    bytes,
    terms,
    expiresAt: expiry(container.definition.defaultTtl, sent.ttl, now),
  };
}

/** When an item's time to live ends; an item's own counts only where the container has one. Source: "Time to live". */
function expiry(ofContainer: number | undefined, ofItem: JsonValue | undefined, now: number): number {
  if (ofItem !== undefined && !(Number.isInteger(ofItem) && (ofItem === -1 || Number(ofItem) > 0))) {
    throw new Refusal(400, "The input ttl is invalid: it must be a positive whole number or '-1'.");
  }
  if (ofContainer === undefined) return Infinity;
  const seconds = typeof ofItem === 'number' ? ofItem : ofContainer;
  return seconds === -1 ? Infinity : now + seconds;
}
