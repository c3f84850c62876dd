import { Refusal } from './wire.ts';

const MOST_CHARACTERS = 255;

/**
 * Refuses what cannot be an id. The service takes some of these characters when they are made and cannot find them
 * again later, so the double is stricter on purpose.
 * Source: service limits of Azure Cosmos DB, "Per-item limits"; REST reference, "Create a document".
 */
export function checkId(id: unknown): asserts id is string {
  if (typeof id !== 'string' || id === '') throw new Refusal(400, "The input content is invalid: 'id' is missing.");
  if (/[/\\?#]/.test(id))
    throw new Refusal(400, "The input name is invalid. An id may not contain '/', '\\', '?', '#'.");
  if (id.endsWith(' ')) throw new Refusal(400, 'The input name is invalid. An id may not end with a space.');
  if (id.length > MOST_CHARACTERS)
    throw new Refusal(400, 'The input name is invalid. An id has at most 255 characters.');
}
