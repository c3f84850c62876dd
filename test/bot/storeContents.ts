import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

type Row = Readonly<Record<string, unknown>>;

/** Everything that a store holds, table by table, as text to compare. Reads beside the running bot. */
export function storeContents(dataDir: string): string {
  const db = new DatabaseSync(join(dataDir, 'sharing-log.sqlite'), { readOnly: true });
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all();
    const rows = tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${String(name)}"`).all()]);
    return JSON.stringify(rows, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    );
  } finally {
    db.close();
  }
}

/** The rows of one table, in the order in which they were written or of their key. Reads beside the running bot. */
export function rowsIn(dataDir: string, table: 'accessLog' | 'notices' | 'versions'): readonly Row[] {
  const db = new DatabaseSync(join(dataDir, 'sharing-log.sqlite'), { readOnly: true });
  try {
    return db.prepare(`SELECT * FROM ${table}`).all();
  } finally {
    db.close();
  }
}
