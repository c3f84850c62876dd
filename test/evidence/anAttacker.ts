import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { chainHash } from '../../src/committing.ts';
import { asEntry } from '../../src/stores/sqlite/chain.ts';
import type { Chance } from './aSeededStore.ts';

type Row = Record<string, SQLOutputValue>;

/** A row of the chain as an attacker sees it. */
export type Link = ReturnType<typeof asEntry>;

/** Somebody with write access to the file of a store, and no keys. Triggers are out of the way until `leave`. */
export interface Attacker {
  readonly chance: Chance;
  readonly run: (sql: string, ...values: readonly SQLInputValue[]) => void;
  readonly all: (sql: string, ...values: readonly SQLInputValue[]) => readonly Row[];
  readonly one: (sql: string, ...values: readonly SQLInputValue[]) => Row;
  /** Any entry; of a chain with at least `atLeast` entries. */
  readonly anyLink: (atLeast?: number) => Link;
  readonly chain: (caseKey: string) => readonly Link[];
  /** Numbers a chain from 1 on, computes its hashes anew and sets its head: what hashes alone allow. */
  rehash(caseKey: string): void;
  /** Makes room for what the table of chain entries does not allow. */
  dropChainConstraints(): void;
  leave(): void;
}

const COLUMNS = 'caseKey, seq, kind, recordId, version, at, actor, draftId, commitment, prev, hash';

export function anAttacker(path: string, chance: Chance): Attacker {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false, defensive: false });
  db.exec('PRAGMA synchronous = OFF');
  const triggers = db.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all();
  db.exec('BEGIN');
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  const attacker: Attacker = {
    chance,
    run: (sql, ...values) => void db.prepare(sql).run(...values),
    all: (sql, ...values) => db.prepare(sql).all(...values),
    one(sql, ...values) {
      const row = db.prepare(sql).get(...values);
      if (row === undefined) throw new Error(`nothing found by ${sql}`);
      return row;
    },
    anyLink(atLeast = 1) {
      const files = attacker.all('SELECT caseKey FROM chain GROUP BY caseKey HAVING count(*) >= ?', atLeast);
      return chance.oneOf(attacker.chain(String(chance.oneOf(files).caseKey)));
    },
    chain: (caseKey) =>
      db.prepare(`SELECT ${COLUMNS} FROM chain WHERE caseKey = ? ORDER BY seq`).all(caseKey).map(asEntry),
    rehash(caseKey) {
      rehash(db, caseKey);
    },
    dropChainConstraints() {
      db.exec('CREATE TABLE loose AS SELECT * FROM chain; DROP TABLE chain; ALTER TABLE loose RENAME TO chain');
    },
    leave() {
      for (const { sql } of triggers) db.exec(String(sql));
      db.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
      db.close();
    },
  };
  return attacker;
}

function rehash(db: DatabaseSync, caseKey: string): void {
  const links = db.prepare(`SELECT ${COLUMNS} FROM chain WHERE caseKey = ? ORDER BY seq`).all(caseKey).map(asEntry);
  db.prepare('DELETE FROM chain WHERE caseKey = ?').run(caseKey);
  const insert = db.prepare(`INSERT INTO chain (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  let prev = '0'.repeat(64);
  for (const [at, { hash: _old, ...link }] of links.entries()) {
    const next = { ...link, seq: at + 1, prev };
    prev = chainHash(next);
    const { seq, kind, recordId, version, at: time, actor, draftId, commitment } = next;
    insert.run(caseKey, seq, kind, recordId, version, time, actor, draftId, commitment, next.prev, prev);
  }
  db.prepare('UPDATE heads SET seq = ?, hash = ?, etag = ? WHERE caseKey = ?').run(
    links.length,
    prev,
    `${links.length}:${prev.slice(0, 16)}`,
    caseKey,
  );
}
