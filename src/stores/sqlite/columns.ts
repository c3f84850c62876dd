import type { SQLOutputValue } from 'node:sqlite';
import { storeFault } from './storeFault.ts';

export type Row = Record<string, SQLOutputValue>;

/** Takes so many rows. A bare parameter would do, but SQLite compiles a statement anew whenever that one is given. */
export const AT_MOST = 'LIMIT CAST(? AS INTEGER)';

/** A text column of a row. Throws `store.broken` when it holds anything else. */
export function text(row: Row, column: string): string {
  return textIn(row[column]);
}

/** A text column that may be null. Throws `store.broken` when it holds anything else. */
export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

/** An integer column of a row. Throws `store.broken` when it holds anything else. */
export function integer(row: Row, column: string): number {
  return integerIn(row[column]);
}

/** A column of bytes. Throws `store.broken` when it holds anything else. */
export function bytes(row: Row, column: string): Uint8Array {
  return bytesIn(row[column]);
}

/** A value that is text. Throws `store.broken` for anything else. */
export function textIn(value: SQLOutputValue | undefined): string {
  if (typeof value !== 'string') throw storeFault('store.broken');
  return value;
}

/** A value that is an integer. Throws `store.broken` for anything else. */
export function integerIn(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number') throw storeFault('store.broken');
  return value;
}

/** A value that is bytes. Throws `store.broken` for anything else. */
export function bytesIn(value: SQLOutputValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw storeFault('store.broken');
  return value;
}
