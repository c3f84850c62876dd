import type { DatabaseSync } from 'node:sqlite';
import { asStoreFault } from './storeFault.ts';

/** Queues work that writes; resolves with what it returned, once that is durable. */
export type Write = <T>(work: () => T) => Promise<T>;

/** The steps of a transaction, and of the savepoint that each piece of work has within it. */
export interface Transaction {
  begin(): void;
  commit(): void;
  rollback(): void;
  /** Opens a savepoint. */
  mark(): void;
  /** Keeps what was done since the savepoint. */
  keep(): void;
  /** Undoes what was done since the savepoint. */
  undo(): void;
  /** False when SQLite has rolled the whole transaction back of its own accord, as it may when the disk is full. */
  isOpen(): boolean;
}

/** The transactions of one connection. Each statement is compiled once. */
export function transactionOn(db: DatabaseSync): Transaction {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const mark = db.prepare('SAVEPOINT work');
  const keep = db.prepare('RELEASE work');
  const undo = db.prepare('ROLLBACK TO work');
  return {
    begin: () => void begin.run(),
    commit: () => void commit.run(),
    rollback: () => void rollback.run(),
    mark: () => void mark.run(),
    keep: () => void keep.run(),
    undo() {
      undo.run();
      keep.run();
    },
    isOpen: () => db.isTransaction,
  };
}

interface Queued {
  /** Does the work, and returns how to tell its caller once the group is durable. */
  readonly perform: () => () => void;
  readonly reject: (fault: Error) => void;
}

/**
 * Makes writes that arrive in the same turn of the event loop share one durable transaction, in the order in which they
 * arrived. Nobody hears of a write before the transaction has committed, and then each has its own answer: work that throws
 * is undone alone and rejects. When the transaction itself cannot begin, go on (SQLite gives it up when the disk is full)
 * or commit, every write of the group rejects; none of them happened then, unless the disk failed while it was syncing:
 * whoever must know reads again. Every rejection is a coded fault of the store.
 *
 * `flush` does at once what is queued.
 */
export function groupCommit(transaction: Transaction): { readonly write: Write; readonly flush: () => void } {
  let queue: Queued[] = [];

  function flush(): void {
    const group = queue;
    queue = [];
    if (group.length === 0) return;
    try {
      const settle = performAll(transaction, group);
      for (const tell of settle) tell();
    } catch (error) {
      const fault = asStoreFault(error);
      for (const { reject } of group) reject(fault);
    }
  }

  function write<T>(work: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    if (queue.length === 0) setImmediate(flush);
    queue.push({ perform: () => resolve.bind(undefined, work()), reject });
    return promise;
  }

  return { write, flush };
}

/** Performs a group in one transaction and commits it; throws, with nothing kept, when the transaction fails. */
function performAll(transaction: Transaction, group: readonly Queued[]): readonly (() => void)[] {
  transaction.begin();
  try {
    const settle = group.map((queued) => performOne(transaction, queued));
    transaction.commit();
    return settle;
  } catch (error) {
    if (transaction.isOpen()) transaction.rollback();
    throw error;
  }
}

function performOne(transaction: Transaction, { perform, reject }: Queued): () => void {
  transaction.mark();
  try {
    const tell = perform();
    transaction.keep();
    return tell;
  } catch (error) {
    if (!transaction.isOpen()) throw error;
    transaction.undo();
    return () => {
      reject(asStoreFault(error));
    };
  }
}
