import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localKeys } from '../../bot/local/localKeys.ts';
import { codeOf } from '../../src/errors.ts';

describe('the keys of local mode', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sharing-log-keys-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('are made on first start, beside the data folder, for their owner only', () => {
    const made = localKeys(join(folder, 'data'));
    assert.equal(made.isNew, true);
    assert.equal(made.path, join(folder, 'data.key'));
    assert.equal(statSync(made.path).mode & 0o777, 0o600);
  });

  it('are the same ones at the next start', () => {
    const first = localKeys(join(folder, 'data'));
    const again = localKeys(join(folder, 'data'));
    assert.equal(again.isNew, false);
    assert.equal(again.keys.lookupHash('case', 'FN-12-3'), first.keys.lookupHash('case', 'FN-12-3'));
  });

  it('give another hash for another purpose', () => {
    const { keys } = localKeys(join(folder, 'data'));
    assert.notEqual(keys.lookupHash('case', 'A'), keys.lookupHash('organisation', 'A'));
  });

  it('are refused in one sentence when their file is damaged, and left as they are', () => {
    const path = join(folder, 'data.key');
    writeFileSync(path, '{"format":1,"lookupKey":"zz"}');
    assert.throws(
      () => localKeys(join(folder, 'data')),
      (error) => codeOf(error) === 'keys',
    );
    assert.equal(readFileSync(path, 'utf8'), '{"format":1,"lookupKey":"zz"}');
  });
});
