import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stores } from '../../../src/storePorts.ts';
import { openSqlite } from '../../../src/stores/sqlite/openSqlite.ts';
import { describeAccessStore } from './contract/accessStore.ts';
import { describeDraftStore } from './contract/draftStore.ts';
import { describeNoticeStore } from './contract/noticeStore.ts';
import { describeNudgeStore } from './contract/nudgeStore.ts';
import { describeOpenRecords } from './contract/openRecords.ts';
import { describeConversationStore, describeKeyStore, describeStores } from './contract/otherStores.ts';
import { describeRecordLists } from './contract/recordLists.ts';
import { describeRecordStore } from './contract/recordStore.ts';
import { describeSearchIndex } from './contract/searchIndex.ts';
import { describeUndecidedCases } from './contract/undecidedCases.ts';

describe('SQLite in memory', () => {
  describeContract(() => ':memory:');
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
  describeContract(() => join(folder, `${(opened += 1)}.sqlite`));
});

function describeContract(freshPath: () => string): void {
  const open = (): Promise<Stores> => openSqlite({ path: freshPath(), tenantId: 'tenant-1' });
  describeAccessStore(open);
  describeDraftStore(open);
  describeRecordStore(open);
  describeOpenRecords(open);
  describeNudgeStore(open);
  describeRecordLists(open);
  describeSearchIndex(open);
  describeNoticeStore(open);
  describeUndecidedCases(open);
  describeKeyStore(open);
  describeConversationStore(open);
  describeStores(open);
}
