import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** The header in which a turn is answered with its correlation id. */
export const CORRELATION_HEADER = 'x-correlation-id';

const ids = new AsyncLocalStorage<string | undefined>();

/** The header in which Microsoft’s services take the id of a request. Source: Azure REST API guidelines. */
export const REQUEST_ID_HEADER = 'x-ms-client-request-id';

/**
 * A new id for a turn: a random UUID. Never taken from what was sent, which might be anything.
 * Source: issue “In a real tenant”, 6.
 */
export function newCorrelationId(): string {
  return randomUUID();
}

/** Does the work of one turn: whatever is logged or asked in it, however deep, goes under this id; `undefined` for none. */
export function underCorrelation<T>(id: string | undefined, work: () => T): T {
  return ids.run(id, work);
}

/** What a request that is sent now goes by: the id of its turn, or one of its own. It says nothing of anybody. */
export function requestId(): string {
  return correlationId() ?? newCorrelationId();
}

/** The id of the turn that this is done in; `undefined` outside a turn. */
export function correlationId(): string | undefined {
  return ids.getStore();
}
