import assert from 'node:assert/strict';
import { mergedAccess } from '../../../../src/stores/cosmos/mergedAccess.ts';
import { anAccess } from '../contract/accessStore.ts';

/** Entries at these seconds, in the order that is given. */
const at = (...seconds: readonly number[]) =>
  seconds.map((second) => anAccess({ seq: second, at: `2026-11-23T14:05:0${second}.000Z` }));

describe('lists of the access log as one', () => {
  it('are in order, with each entry once, and no longer than wanted', () => {
    const lists = [at(9, 5, 1), at(7, 5, 3)].map((items) => ({ items, isCutShort: false }));
    assert.deepEqual(mergedAccess(lists, 9), { items: at(9, 7, 5, 3, 1), isCutShort: false });
    assert.deepEqual(mergedAccess(lists, 2), { items: at(9, 7), isCutShort: false });
    assert.deepEqual(mergedAccess([], 9), { items: [], isCutShort: false });
  });

  it('end where one of them was cut short: what it did not come to may belong in between', () => {
    const cut = { items: at(8, 6), isCutShort: true };
    const other = { items: at(9, 7, 5, 3), isCutShort: false };
    assert.deepEqual(mergedAccess([cut, other], 9), { items: at(9, 8, 7, 6), isCutShort: true });
    assert.deepEqual(mergedAccess([{ ...cut, items: [] }, other], 9), { items: [], isCutShort: true });
  });

  it('are as long as wanted although one was cut short further back', () => {
    const cut = { items: at(8, 6), isCutShort: true };
    assert.deepEqual(mergedAccess([cut, { items: at(9, 7), isCutShort: false }], 3), { items: at(9, 8, 7), isCutShort: false }); // prettier-ignore
  });
});
