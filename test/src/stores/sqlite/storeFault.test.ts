import assert from 'node:assert/strict';
import { CodedError } from '../../../../src/errors.ts';
import { asStoreFault } from '../../../../src/stores/sqlite/storeFault.ts';

describe('faults of a SQLite store', () => {
  for (const [errcode, code] of [
    [3, 'store.readOnly'],
    [5, 'store.locked'],
    [261, 'store.locked'], // SQLITE_BUSY_RECOVERY
    [6, 'store.locked'],
    [8, 'store.readOnly'],
    [1544, 'store.readOnly'], // SQLITE_READONLY_DIRECTORY
    [10, 'store.fault'],
    [11, 'store.broken'],
    [13, 'store.full'],
    [14, 'store.missing'],
    [19, 'store.fault'],
    [26, 'store.broken'],
  ] as const) {
    it(`tell SQLite’s result ${errcode} as ${code}, with its cause`, () => {
      const cause = Object.assign(new Error('disk is full, locked, read-only'), { code: 'ERR_SQLITE_ERROR', errcode });
      const fault = asStoreFault(cause);
      assert.equal(fault.code, code);
      assert.equal(fault.cause, cause);
    });
  }

  for (const [system, code] of [
    ['ENOENT', 'store.missing'],
    ['ENOTDIR', 'store.missing'],
    ['EACCES', 'store.readOnly'],
    ['EPERM', 'store.readOnly'],
    ['EROFS', 'store.readOnly'],
    ['ENOSPC', 'store.full'],
    ['EDQUOT', 'store.full'],
    ['EIO', 'store.fault'],
  ] as const) {
    it(`tell the system’s ${system} as ${code}`, () => {
      assert.equal(asStoreFault(Object.assign(new Error(), { code: system })).code, code);
    });
  }

  it('leave a coded error as it is', () => {
    const coded = new CodedError('store.tenant', 'Another tenant.');
    assert.equal(asStoreFault(coded), coded);
  });

  it('are told in one sentence that says nothing of what was thrown', () => {
    for (const thrown of [new TypeError('Asha Example'), 'Asha Example', undefined]) {
      const fault = asStoreFault(thrown);
      assert.equal(fault.code, 'store.fault');
      assert.match(fault.message, /^[^.]+\.$/u);
      assert.doesNotMatch(fault.message, /Asha/u);
    }
  });
});
