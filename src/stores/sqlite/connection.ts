import { DatabaseSync } from 'node:sqlite';
import { groupCommit, transactionOn, type Write } from './groupCommit.ts';
import { locate, makeFile } from './location.ts';
import { checkRelease, prepareSchema } from './schema.ts';
import { asStoreFault } from './storeFault.ts';

/** Looks something up among what is committed; faults come as coded errors. */
export type Read = <T>(look: () => T) => Promise<T>;

/** One open database, and the way in which everything reads and writes it. */
export interface Connection {
  readonly db: DatabaseSync;
  readonly read: Read;
  readonly write: Write;
  /** Makes what is queued durable, then closes and gives up the lock. May be repeated. */
  close(): void;
}

/** How long a statement waits for another process, which holds up every turn of this one. */
const BUSY_TIMEOUT_MS = 250;

/** The locks that this process holds, kept from the garbage collector: it closes what nothing refers to. */
const locks = new Set<DatabaseSync>();

/** Pages in the log before they are moved into the database, 16 MB: each move waits for the disk twice more. */
const CHECKPOINT_PAGES = 4_000;

const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA recursive_triggers = ON;
  PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
`;

/**
 * Opens the database at `path` as its only writer, and makes it when there is none; `:memory:` keeps nothing. The lock is
 * an exclusive transaction on a file of its own beside it, `<path>.lock`, which the system gives up when the process ends
 * in whatever way; readers beside this process are not kept out. Nothing else may open that file in this process.
 * One into which a copy did not end is refused unless it `mayBeHalf`.
 * Rejects with a coded fault of the store, and then leaves nothing open.
 */
export function openConnection(path: string, tenantId: string, mayBeHalf = false): Connection {
  const open: DatabaseSync[] = [];
  try {
    const file = path === ':memory:' ? path : lockedFile(path, open);
    const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, defensive: true });
    open.push(db);
    checkRelease(db);
    db.exec(PRAGMAS);
    prepareSchema(db, tenantId, mayBeHalf);
    return connectionOn(db, open);
  } catch (error) {
    closeAll(open);
    throw asStoreFault(error);
  }
}

/** The file to open, now that the lock beside it is held. */
function lockedFile(path: string, open: DatabaseSync[]): string {
  const file = locate(path);
  const lockPath = `${file}.lock`;
  makeFile(lockPath);
  const lock = new DatabaseSync(lockPath, { timeout: 0 });
  open.push(lock);
  locks.add(lock);
  lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  makeFile(file);
  return file;
}

function connectionOn(db: DatabaseSync, open: readonly DatabaseSync[]): Connection {
  const { write, flush } = groupCommit(transactionOn(db));
  return {
    db,
    write,
    async read(look) {
      try {
        return look();
      } catch (error) {
        throw asStoreFault(error);
      }
    },
    close() {
      flush();
      closeAll(open);
    },
  };
}

/** Closes the lock last, so that nobody else writes before this process has stopped. */
function closeAll(open: readonly DatabaseSync[]): void {
  try {
    for (const db of open.toReversed()) {
      if (db.isOpen) db.close();
      locks.delete(db);
    }
  } catch (error) {
    throw asStoreFault(error);
  }
}
