import { existsSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { copiedText } from '../../copiedText.ts';
import { KEYS, type CopyKey, type CopyStore, type Kept, type KeptKind } from '../../copyPorts.ts';
import { accessStore } from './accessStore.ts';
import { openAudit } from './audit.ts';
import { openConnection, type Connection } from './connection.ts';
import { countKept, isAnythingKept, readKept } from './copyReading.ts';
import { COPIED_TABLES, ROWS, type TableRow } from './copyRows.ts';
import { keyStore } from './keyStore.ts';
import { rebuildOpenRecords } from './openRecords.ts';
import type { SqliteOptions } from './openSqlite.ts';
import { isHalfCopied } from './schema.ts';
import { rebuildSearchKeys } from './searchKeys.ts';
import { noRecordsAt } from './storeFault.ts';

/**
 * Opens a store to be copied, as its only writer, or makes one to be copied into. Throws what `openSqlite` rejects with,
 * `store.locked` while a bot works on it, and `store.missing` when it is to be copied and there is no file: none is made.
 */
export function openCopy({ path, tenantId }: SqliteOptions, as: 'source' | 'target'): CopyStore {
  if (as === 'source' && !existsSync(path)) throw noRecordsAt(path);
  const connection = openConnection(path, tenantId, true);
  return {
    ...reading(connection),
    ...writing(connection),
    audit: () => openAudit({ path, tenantId }, true),
    async close() {
      connection.close();
    },
  };
}

function reading(connection: Connection): Pick<CopyStore, 'state' | 'storeKey' | 'read' | 'count' | 'lastAccess'> {
  const { db, read } = connection;
  return {
    state: () =>
      read(() => {
        if (isHalfCopied(db)) return 'half';
        return isAnythingKept(db) ? 'whole' : 'empty';
      }),
    storeKey: () => keyStore(connection).read(),
    read: (kind) => readKept(db, kind),
    count: (kind) => read(() => countKept(db, kind)),
    lastAccess: () => accessStore(connection).latestChain(),
  };
}

function writing(connection: Connection): Pick<CopyStore, 'begin' | 'keep' | 'derive' | 'end'> {
  const { db, write } = connection;
  const insert = inserting(db);

  function keep<K extends KeptKind>(kind: K, values: readonly Kept[K][]): void {
    for (const value of values) if (!ROWS[kind](value).every(insert)) throw new Other(KEYS[kind](value));
  }

  return {
    begin: () =>
      write(() => {
        db.exec(`INSERT INTO meta (key, value) VALUES ('copying', '') ON CONFLICT DO NOTHING`);
      }),
    async keep(kind, values) {
      let other: CopyKey | undefined;
      await write(() => {
        db.exec('SAVEPOINT copied');
        try {
          keep(kind, values);
        } catch (error) {
          if (!(error instanceof Other)) throw error;
          db.exec('ROLLBACK TO copied');
          other = error.key;
        }
        db.exec('RELEASE copied');
      });
      return other;
    },
    async derive() {
      await rebuildOpenRecords(connection);
      await rebuildSearchKeys(connection);
    },
    end: () =>
      write(() => {
        db.exec(`DELETE FROM meta WHERE key = 'copying'`);
      }),
  };
}

/** Something else stands there. Undoes what was kept in the same batch. */
class Other extends Error {
  readonly key: CopyKey;

  constructor(key: CopyKey) {
    super('Something else stands there.');
    this.key = key;
  }
}

/** Adds a row unless it is there; false when another one is. */
function inserting(db: DatabaseSync): (row: TableRow) => boolean {
  const prepared = new Map<string, readonly [insert: StatementSync, find: StatementSync]>();

  function statements({ table, row }: TableRow): readonly [StatementSync, StatementSync] {
    const known = prepared.get(table);
    if (known !== undefined) return known;
    const columns = Object.keys(row);
    const where = COPIED_TABLES[table].map((name) => `${name} = ?`).join(' AND ');
    const made = [
      db.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
      ),
      db.prepare(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${where}`),
    ] as const;
    prepared.set(table, made);
    return made;
  }

  return (wanted) => {
    const [insert, find] = statements(wanted);
    const { table, row } = wanted;
    if (insert.run(...Object.values(row)).changes === 1) return true;
    const there = find.get(...COPIED_TABLES[table].map((name) => row[name] ?? null));
    return there !== undefined && copiedText({ ...there }) === copiedText(row);
  };
}
