import type { SQLOutputValue } from 'node:sqlite';
import { storeFault } from './storeFault.ts';

export type Row = Record<string, SQLOutputValue>;

/** A text column of a row. Throws `store.broken` when it holds anything else. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw storeFault('store.broken');
  return value;
}

/** A text column that may be null. Throws `store.broken` when it holds anything else. */
export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

/** An integer column of a row. Throws `store.broken` when it holds anything else. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw storeFault('store.broken');
  return value;
}

/** A column of bytes. Throws `store.broken` when it holds anything else. */
export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw storeFault('store.broken');
  return value;
}
