import assert from 'node:assert/strict';
import type { Listed } from '../../../../src/listed.ts';

/** What stands in a list, of which the store must say that it is whole. */
export async function wholeOf<T>(listing: Promise<Listed<T>>): Promise<readonly T[]> {
  const { items, isCutShort } = await listing;
  assert.equal(isCutShort, false, 'a list that had time enough');
  return items;
}
