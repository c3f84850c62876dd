import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../../src/stores/sqlite/openSqlite.ts';
import { describeContract } from './contract/contract.ts';

describe('SQLite in memory', () => {
  describeContract(() => openSqlite({ path: ':memory:', tenantId: 'tenant-1' }));
});

describe('SQLite in a file', () => {
  let folder = '';
  let opened = 0;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sharing-log-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  describeContract(() => openSqlite({ path: join(folder, `${(opened += 1)}.sqlite`), tenantId: 'tenant-1' }));
});
