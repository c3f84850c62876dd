import type { DatabaseSync } from 'node:sqlite';
import type { ChainEntry, ChainHead, VersionKind } from '../../ports.ts';
import { integer, text, type Row } from './columns.ts';

const BEFORE_THE_FIRST = { seq: 0, hash: '0'.repeat(64), etag: '' } as const;

type HashedEntry = ChainEntry & { readonly hash: string };

/** What the next commit rests on. */
export function headEtag(seq: number, hash: string): string {
  return `${seq}:${hash.slice(0, 16)}`;
}

/** What is done to the chains of case files, to be called within a transaction when it writes. */
export function chainStatements(db: DatabaseSync) {
  const COLUMNS = 'caseKey, seq, kind, recordId, version, at, actor, draftId, commitment, prev, hash';
  const insert = db.prepare(`INSERT INTO chain (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const of = db.prepare(`SELECT ${COLUMNS} FROM chain WHERE recordId = ? AND version = ? AND caseKey = ?`);
  const head = db.prepare('SELECT seq, hash, etag FROM heads WHERE caseKey = ?');
  const replaceHead = db.prepare(
    `INSERT INTO heads (caseKey, seq, hash, etag) VALUES (?, ?, ?, ?)
      ON CONFLICT (caseKey) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, etag = excluded.etag`,
  );
  return {
    head(caseKey: string): ChainHead {
      const row = head.get(caseKey);
      if (row === undefined) return { caseKey, ...BEFORE_THE_FIRST };
      return { caseKey, seq: integer(row, 'seq'), hash: text(row, 'hash'), etag: text(row, 'etag') };
    },
    /** Adds an entry and makes it the head. */
    append(
      { caseKey, seq, kind, recordId, version, at, actor, draftId, commitment, prev }: ChainEntry,
      hash: string,
    ): void {
      insert.run(caseKey, seq, kind, recordId, version, at, actor, draftId, commitment, prev, hash);
      replaceHead.run(caseKey, seq, hash, headEtag(seq, hash));
    },
    of(caseKey: string, recordId: string, version: number): HashedEntry | undefined {
      const row = of.get(recordId, version, caseKey);
      return row && asEntry(row);
    },
  };
}

/** A row of the chain, as it was written. */
export function asEntry(row: Row): HashedEntry {
  return {
    caseKey: text(row, 'caseKey'),
    seq: integer(row, 'seq'),
    kind: text(row, 'kind') as VersionKind, // written by `append` above, and the table refuses updates
    recordId: text(row, 'recordId'),
    version: integer(row, 'version'),
    at: text(row, 'at'),
    actor: text(row, 'actor'),
    draftId: text(row, 'draftId'),
    commitment: text(row, 'commitment'),
    prev: text(row, 'prev'),
    hash: text(row, 'hash'),
  };
}
