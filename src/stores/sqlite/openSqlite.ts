import type { Stores } from '../../storePorts.ts';
import { accessStore } from './accessStore.ts';
import { caseStore } from './caseStore.ts';
import { text } from './columns.ts';
import { openConnection, type Connection } from './connection.ts';
import { conversationStore } from './conversationStore.ts';
import { draftStore } from './draftStore.ts';
import { keyStore } from './keyStore.ts';
import { noticeStore } from './noticeStore.ts';
import { nudgeStore } from './nudgeStore.ts';
import { openRecords } from './openRecords.ts';
import { recordStore } from './recordStore.ts';
import { searchIndex } from './searchIndex.ts';
import { storeFault } from './storeFault.ts';

export interface SqliteOptions {
  /** The database file, or `:memory:` for a store that is gone when it is closed. */
  readonly path: string;
  /** The tenant whose data this is. A store is one tenant's for ever. */
  readonly tenantId: string;
}

/**
 * Opens the store in one SQLite file, and makes file and folder, for their owner alone, when there are none. There is one
 * writer at a time: a second one is refused, in this process or another, until the first has closed or died. Rejects with
 * a coded fault whose message says how to mend it: `store.missing`, `store.readOnly`, `store.full`, `store.locked`,
 * `store.newer`, `store.tenant`, `store.broken` or `store.fault` (also for a network file system, as far as it is detected;
 * see `locate`). The same faults come from every call on the store.
 */
export async function openSqlite({ path, tenantId }: SqliteOptions): Promise<Stores> {
  return storesOn(openConnection(path, tenantId));
}

/** All stores on one open connection. */
export function storesOn(connection: Connection): Stores {
  const tenant = connection.db.prepare(`SELECT value FROM meta WHERE key = 'tenantId'`);
  return {
    drafts: draftStore(connection),
    records: recordStore(connection),
    cases: caseStore(connection),
    access: accessStore(connection),
    conversations: conversationStore(connection),
    notices: noticeStore(connection),
    nudges: nudgeStore(connection),
    open: openRecords(connection),
    search: searchIndex(connection),
    storeKey: keyStore(connection),
    check: () =>
      connection.read(() => {
        const row = tenant.get();
        if (row === undefined) throw storeFault('store.broken');
        text(row, 'value');
      }),
    async close() {
      connection.close();
    },
  };
}
