import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { checkSource, checkTarget, copyAll, type Copied, type Copying } from '../../../../src/copying.ts';
import type { CopyStore } from '../../../../src/copyPorts.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { openCopy as openCosmosCopy } from '../../../../src/stores/cosmos/copyStore.ts';
import type { CosmosPlace } from '../../../../src/stores/cosmos/connection.ts';
import { openCopy as openSqliteCopy } from '../../../../src/stores/sqlite/copyStore.ts';
import { openSqlite } from '../../../../src/stores/sqlite/openSqlite.ts';
import type { CosmosDouble } from '../../../cosmos/cosmosDouble.ts';
import { chanceFrom, seededKeys } from '../../../evidence/aSeededStore.ts';
import { TENANT } from '../../aBench.ts';
import { freshDatabase, opened } from '../cosmos/aCosmos.ts';

/** A store that may be copied, and copied into. */
export interface Place {
  copy(as: 'source' | 'target'): Promise<CopyStore>;
  /** Opens it as a bot does. */
  open(): Promise<Stores>;
  /** Everything that is kept, as text to compare. */
  contents(): readonly string[];
}

export function sqlitePlace(path: string): Place {
  const options = { path, tenantId: TENANT };
  return {
    copy: async (as) => openSqliteCopy(options, as),
    open: () => openSqlite(options),
    contents: () => sqliteContents(path),
  };
}

/** A limit that does not let a struck request be asked for again for long. */
const LIMITS = { callMs: 2_000, attemptMs: 1_000, listMs: 2_000 };

export async function cosmosPlace(double: CosmosDouble): Promise<Place & { readonly place: CosmosPlace }> {
  const place = await freshDatabase(double);
  return {
    place,
    copy: (as) => openCosmosCopy({ ...place, tenantId: TENANT, limits: LIMITS, busyWaitMs: 1, pausesMs: [0] }, as),
    open: () => opened(place, { tenantId: TENANT }),
    contents: () => cosmosContents(double, place.database),
  };
}

/** Copies from one to the other, as the command does. */
export async function copied(from: Place, to: Place, more: Partial<Copying> = {}): Promise<Copied> {
  const source = await from.copy('source');
  try {
    await checkSource(source);
    const target = await to.copy('target');
    try {
      await checkTarget(source, target);
      return await copyAll({ from: source, to: target, keys: seededKeys(chanceFrom('keys')), ...more });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The rows of every table, but for where they stand in the file, and links that say nothing. */
function sqliteContents(path: string): readonly string[] {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all();
    return tables.flatMap(({ name }) => rowsOf(db, String(name)).map((row) => `${String(name)} ${row}`));
  } finally {
    db.close();
  }
}

function rowsOf(db: DatabaseSync, table: string): readonly string[] {
  const where = table === 'links' ? 'WHERE caseKey <> homeCaseKey' : '';
  return db
    .prepare(`SELECT * FROM "${table}" ${where}`)
    .all()
    .map(({ id: _, ...row }) =>
      JSON.stringify(row, (_name, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
      ),
    )
    .sort();
}

const OF_THE_ACCOUNT: ReadonlySet<string> = new Set([
  '_etag',
  '_ts',
  '_rid',
  '_self',
  '_attachments',
  'writtenBy',
  'nth',
]);

function cosmosContents(double: CosmosDouble, database: string): readonly string[] {
  const items = double.control.contents().filter((each) => each.database === database);
  const texts = items.flatMap(({ container, items: docs }) =>
    docs.map((doc) => {
      const kept = Object.entries(doc).filter(([name]) => !OF_THE_ACCOUNT.has(name));
      return `${container} ${JSON.stringify(Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))))}`;
    }),
  );
  return texts.sort();
}

/** A folder for the suite that calls this, and the paths of files in it. */
export function withAFolder(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'sharing-log-copy-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return (name) => join(folder, `${name}.sqlite`);
}
