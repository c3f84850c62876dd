import { isObject, type JsonObject, type JsonValue } from './json.ts';
import { type ItemOperation, operate, type Outcome, type Place } from './items.ts';
import { keyOfText } from './partitions.ts';
import { notModelled, Refusal } from './wire.ts';

const MOST_OPERATIONS = 100;

/** 424: not done because of another operation of the same batch. */
const FAILED_DEPENDENCY = 424;

/** As the SDK's `OperationResponse`: status, charge, and for a success etag and item. */
export type BatchResult = JsonObject;

export interface BatchOutcome {
  /** Whether all operations were done; otherwise the place is not to be kept. */
  readonly done: boolean;
  readonly results: readonly BatchResult[];
  readonly charge: number;
}

/**
 * Tries operations one after the other in one logical partition. The first that is refused spoils all: its result
 * has its own status, the others 424.
 * Source: "Transactional batch operations in Azure Cosmos DB".
 *
 * @throws Refusal 400 for a batch that is none: empty, over 100 operations, of another partition, of unknown kinds.
 */
export function batchOutcomes(place: Place, sent: JsonValue): BatchOutcome {
  if (!Array.isArray(sent) || sent.length === 0) throw new Refusal(400, 'A batch must have operations.');
  if (sent.length > MOST_OPERATIONS)
    throw new Refusal(400, 'Batch request has more operations than what is supported.');
  const operations = (sent as readonly JsonValue[]).map((operation) => operationOf(place, operation));
  const outcomes: Outcome[] = [];
  for (const operation of operations) {
    try {
      outcomes.push(operate(place, operation));
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.status === 501) throw refusal;
      return failed(operations.length, outcomes, refusal);
    }
    const unchanged = outcomes.at(-1)?.status === 304;
    if (unchanged) throw notModelled('a read in a batch that finds its item unchanged');
  }
  const results = outcomes.map(({ status, charge, item }) => ({
    statusCode: status,
    requestCharge: charge,
    ...(item === undefined ? {} : { eTag: item.etag, resourceBody: item.body }),
  }));
  return { done: true, results, charge: total(outcomes) };
}

/** What was tried is charged all the same. */
function failed(count: number, outcomes: readonly Outcome[], refusal: Refusal): BatchOutcome {
  const culprit = outcomes.length;
  const results = Array.from({ length: count }, (_, at): BatchResult =>
    at === culprit
      ? {
          statusCode: refusal.status,
          subStatusCode: refusal.substatus,
          requestCharge: refusal.charge,
          message: refusal.message,
        }
      : { statusCode: FAILED_DEPENDENCY, requestCharge: outcomes[at]?.charge ?? 0 },
  );
  return { done: false, results, charge: total(outcomes) + refusal.charge };
}

const total = (outcomes: readonly Outcome[]): number => outcomes.reduce((sum, { charge }) => sum + charge, 0);

function operationOf(place: Place, sent: JsonValue): ItemOperation {
  if (!isObject(sent)) throw new Refusal(400, 'A batch operation must be an object.');
  const { operationType, id, resourceBody, ifMatch, ifNoneMatch, partitionKey } = sent;
  if (
    typeof partitionKey === 'string' &&
    keyOfText(partitionKey, place.container.definition.partitionKey) !== place.key
  ) {
    throw new Refusal(400, 'All operations of a batch must be in one logical partition.');
  }
  const conditions = {
    ...(typeof ifMatch === 'string' ? { ifMatch } : {}),
    ...(typeof ifNoneMatch === 'string' ? { ifNoneMatch } : {}),
  };
  switch (operationType) {
    case 'Read':
      return { ...conditions, does: 'read', id: textOf(id) };
    case 'Delete':
      return { ...conditions, does: 'delete', id: textOf(id) };
    case 'Create':
      return { ...conditions, does: 'create', body: bodyOf(resourceBody) };
    case 'Upsert':
      return { ...conditions, does: 'upsert', body: bodyOf(resourceBody) };
    case 'Replace':
      return { ...conditions, does: 'replace', id: textOf(id), body: bodyOf(resourceBody) };
    case 'Patch':
      return { ...conditions, does: 'patch', id: textOf(id), patch: resourceBody ?? null };
    default:
      throw new Refusal(400, `The batch operation type ${JSON.stringify(operationType)} is not known.`);
  }
}

function textOf(id: JsonValue | undefined): string {
  if (typeof id !== 'string' || id === '') throw new Refusal(400, 'A batch operation must name an item.');
  return id;
}

function bodyOf(resourceBody: JsonValue | undefined): JsonObject {
  if (!isObject(resourceBody)) throw new Refusal(400, 'A batch operation must have an item.');
  return resourceBody;
}
