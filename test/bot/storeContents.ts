import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { bytesUnder } from './clearText.ts';
import { IS_ON_COSMOS } from '../journeys/aStore.ts';
import { cosmosBytes, cosmosContents, cosmosRows, type Table } from '../journeys/cosmosRows.ts';

type Row = Readonly<Record<string, unknown>>;

/** Everything that a store holds, table by table but for some, as text to compare. Reads beside the running bot. */
export function storeContents(dataDir: string, leavingOut: readonly Table[] = []): string {
  if (IS_ON_COSMOS) return cosmosContents(dataDir, leavingOut);
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
  if (IS_ON_COSMOS) return cosmosRows(dataDir, table);
  const db = new DatabaseSync(join(dataDir, 'sharing-log.sqlite'), { readOnly: true });
  try {
    return db.prepare(`SELECT * FROM ${table}`).all();
  } finally {
    db.close();
  }
}

/** Every byte that is kept of a bot with this folder: beside the store its files, and what is sealed as the bytes that it is. */
export function everythingKept(dataDir: string): Buffer {
  const files = bytesUnder(join(dataDir, '..'));
  return IS_ON_COSMOS ? Buffer.concat([files, cosmosBytes(dataDir)]) : files;
}
