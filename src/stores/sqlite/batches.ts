import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Columns } from './auditRows.ts';
import type { Row } from './columns.ts';
import { asStoreFault } from './storeFault.ts';

/** A statement with its values. */
export interface Query {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** With payloads of a few kilobytes a batch stays within a megabyte or two. */
const BATCH_ROWS = 32;

/** The rows of one statement, in batches, each as its columns in order: quicker to read than by name. */
export function batchesOfColumns<T>(
  db: DatabaseSync,
  query: Query,
  as: (row: Columns) => T,
): AsyncGenerator<readonly T[]> {
  return batched(db, query, true, (row) => as(row as unknown as Columns)); // by setReturnArrays, of which the declared type knows nothing
}

/** The rows of one statement, in batches, each by the names of its columns. */
export function batchesOfRows<T>(db: DatabaseSync, query: Query, as: (row: Row) => T): AsyncGenerator<readonly T[]> {
  return batched(db, query, false, as);
}

async function* batched<T>(
  db: DatabaseSync,
  { sql, values }: Query,
  asArrays: boolean,
  as: (row: Row) => T,
): AsyncGenerator<readonly T[]> {
  try {
    const statement = db.prepare(sql);
    statement.setReturnArrays(asArrays);
    let batch: T[] = [];
    for (const row of statement.iterate(...values)) {
      batch.push(as(row));
      if (batch.length < BATCH_ROWS) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } catch (error) {
    throw asStoreFault(error);
  }
}
