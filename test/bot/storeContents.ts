import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

type Row = Readonly<Record<string, unknown>>;

export type Table = 'accessLog' | 'conversations' | 'drafts' | 'notices' | 'versions';

/** Everything that a store holds, table by table but for some, as text to compare. Reads beside the running bot. */
export function storeContents(dataDir: string, leavingOut: readonly Table[] = []): string {
  const db = new DatabaseSync(join(dataDir, 'sharing-log.sqlite'), { readOnly: true });
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all();
    const isLeftOut = (name: string): boolean =>
      leavingOut.some((other) => other === name || (other === 'accessLog' && name === 'accessSubjects'));
    const wanted = tables.map(({ name }) => String(name)).filter((name) => !isLeftOut(name));
    const rows = wanted.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]);
    return JSON.stringify(rows, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    );
  } finally {
    db.close();
  }
}

/** The rows of one table, in the order in which they were written or of their key. Reads beside the running bot. */
export function rowsIn(dataDir: string, table: Table): readonly Row[] {
  const db = new DatabaseSync(join(dataDir, 'sharing-log.sqlite'), { readOnly: true });
  try {
    return db.prepare(`SELECT * FROM ${table}`).all();
  } finally {
    db.close();
  }
}
