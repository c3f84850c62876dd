import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessEntry, Stores } from '../../../src/ports.ts';
import { openConnection, type Connection } from '../../../src/stores/sqlite/connection.ts';
import { openSqlite, storesOn } from '../../../src/stores/sqlite/openSqlite.ts';
import { describeDraftStore } from './contract/draftStore.ts';
import { describeNoticeStore } from './contract/noticeStore.ts';
import { describeNudgeStore } from './contract/nudgeStore.ts';
import { describeOpenRecords } from './contract/openRecords.ts';
import {
  describeAccessLog,
  describeConversationStore,
  describeKeyStore,
  describeStores,
} from './contract/otherStores.ts';
import { describeRecordLists } from './contract/recordLists.ts';
import { describeRecordStore } from './contract/recordStore.ts';
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
  describeDraftStore(open);
  describeRecordStore(open);
  describeOpenRecords(open);
  describeNudgeStore(open);
  describeRecordLists(open);
  describeNoticeStore(open);
  describeUndecidedCases(open);
  describeKeyStore(open);
  describeConversationStore(open);
  describeStores(open);

  let connection: Connection | undefined;
  describeAccessLog(
    async () => storesOn((connection = openConnection(freshPath(), 'tenant-1'))),
    async () => (connection === undefined ? [] : accessEntries(connection)),
  );
}

function accessEntries({ db }: Connection): readonly AccessEntry[] {
  const rows = db.prepare('SELECT at, personId, action, subject FROM accessLog ORDER BY id').all();
  return rows.map((row) => ({ ...row }) as unknown as AccessEntry); // the columns asked for are those of an entry
}
