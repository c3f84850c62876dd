import assert from 'node:assert/strict';
import { foldCaseReference } from '../../src/caseReference.ts';
import { evaluate } from '../../src/conditions.ts';
import { newUlid, readRecordNumber, recordNumbers } from '../../src/ids.ts';

describe('ids and numbers', () => {
  it('makes ULIDs whose first ten characters are the time', () => {
    const clock = { now: () => '1970-01-01T00:00:00.032Z' };
    assert.equal(newUlid(clock, { bytes: (length) => new Uint8Array(length) }), `0000000010${'0'.repeat(16)}`);
  });

  it('offers the same nine numbers for the same record', () => {
    const numbers = recordNumbers('0123456789ABCDEFGHJKMNPQRS');
    assert.deepEqual([numbers.length, numbers[0], numbers[1]], [9, 'SL-ABCDEFGH', 'SL-BCDEFGHJ']);
  });

  it('reads a number as people type it', () => {
    for (const text of ['sl-7kq2m9xa', 'SL 7KQ2M9XA', ' SL–7KQ2M9XA '])
      assert.equal(readRecordNumber(text), 'SL-7KQ2M9XA');
    assert.equal(readRecordNumber('SL-OIL00000'), 'SL-01100000');
    for (const text of ['SL-7KQ2M9X', 'SL-7KQ2M9XU', '7KQ2M9XA', '']) assert.equal(readRecordNumber(text), undefined);
  });
});

describe('a case reference', () => {
  it('is the same however it is spaced and separated, and no other', () => {
    for (const text of ['fn 12/3', ' FN-12-3 ', 'Fn__12 . 3', 'ＦＮ 12/3'])
      assert.equal(foldCaseReference(text), 'FN-12-3');
    assert.equal(foldCaseReference('FN123'), 'FN123');
  });
});

describe('a condition', () => {
  const open = () => 'open' as const;
  it('is undecided, and never hides, while its question is open', () => {
    for (const condition of [
      { field: 'a', is: 'x' },
      { not: { field: 'a', has: 'x' } },
      { any: [{ field: 'a', blank: true }] },
    ]) {
      assert.equal(evaluate(condition, {}, open), 'undecided');
    }
  });

  it('is decided by what is known when that is enough', () => {
    const standing = (field: string) => (field === 'a' ? 'settled' : 'open');
    const [known, unknown] = [
      { field: 'a', is: 'x' },
      { field: 'b', is: 'y' },
    ];
    assert.equal(evaluate({ any: [known, unknown] }, { a: 'x' }, standing), 'yes');
    assert.equal(evaluate({ all: [known, unknown] }, { a: 'z' }, standing), 'no');
    assert.equal(evaluate({ all: [known, unknown] }, { a: 'x' }, standing), 'undecided');
  });
});
