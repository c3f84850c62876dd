import { CodedError } from './errors.ts';

/**
 * A list to be shown, as far as a store found it in the time that lists have. Only what is shown may come so: whatever has
 * to be whole – what is due, rights, recovery, a copy – is an array of a port, and a fault when it takes too long.
 * Source: issue “Azure Cosmos DB”, 1.
 */
export interface Listed<T> {
  /** The first of the list, in its order and without a gap. */
  readonly items: readonly T[];
  /** The time was over before it was known that there is no more. Then there may be none at all yet. */
  readonly isCutShort: boolean;
}

/** All that there is, or all that was asked for. */
export function whole<T>(items: readonly T[]): Listed<T> {
  return { items, isCutShort: false };
}

/** For a list of which nothing came in time: nobody may take that for an empty one. */
export function nothingInTime(): CodedError {
  return new CodedError('store.unsure', 'Nothing of a list was found in the time that lists have.');
}
