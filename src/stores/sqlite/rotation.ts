import { existsSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Resealed, Resealing, RotationStore } from '../../rotationPorts.ts';
import { bytes, integer, text, type Row } from './columns.ts';
import { openConnection } from './connection.ts';
import { keyStore, packStoreKey } from './keyStore.ts';
import type { SqliteOptions } from './openSqlite.ts';
import { noRecordsAt } from './storeFault.ts';

/** Rows that are held in memory at a time. */
const BATCH_ROWS = 500;

/**
 * Opens a store whose keys are to be changed, as its only writer. Throws what `openSqlite` rejects with, `store.locked`
 * among it, and `store.missing` when there is no file: none is made.
 */
export function openRotation({ path, tenantId }: SqliteOptions): RotationStore {
  if (!existsSync(path)) throw noRecordsAt(path);
  const connection = openConnection(path, tenantId);
  return {
    storeKey: () => keyStore(connection).read(),
    reseal: (resealing) => connection.write(() => resealAll(connection.db, resealing)),
    async close() {
      connection.close();
    },
  };
}

function resealAll(db: DatabaseSync, { storeKey, versionKey, sealed }: Resealing): Resealed {
  const resealed = {
    versionKeys: renew(db, {
      select: `SELECT k.recordId, k.version, k.wrapped, v.caseKey
        FROM versionKeys AS k JOIN versions AS v ON v.recordId = k.recordId AND v.version = k.version
        WHERE (k.recordId, k.version) > (?, ?) ORDER BY k.recordId, k.version LIMIT ?`,
      update: 'UPDATE versionKeys SET wrapped = ? WHERE recordId = ? AND version = ?',
      first: ['', 0],
      keyOf: (row) => [text(row, 'recordId'), integer(row, 'version')],
      renewed: (row) => {
        const place = {
          caseKey: text(row, 'caseKey'),
          recordId: text(row, 'recordId'),
          version: integer(row, 'version'),
        };
        return versionKey(place, bytes(row, 'wrapped'));
      },
    }),
    drafts: renew(db, {
      select: 'SELECT draftId, personId, body FROM drafts WHERE draftId > ? ORDER BY draftId LIMIT ?',
      update: 'UPDATE drafts SET body = ? WHERE draftId = ?',
      first: [''],
      keyOf: (row) => [text(row, 'draftId')],
      renewed: (row) =>
        sealed({ kind: 'draft', personId: text(row, 'personId'), draftId: text(row, 'draftId') }, bytes(row, 'body')),
    }),
    conversations: renew(db, {
      select: 'SELECT personId, reference FROM conversations WHERE personId > ? ORDER BY personId LIMIT ?',
      update: 'UPDATE conversations SET reference = ? WHERE personId = ?',
      first: [''],
      keyOf: (row) => [text(row, 'personId')],
      renewed: (row) => sealed({ kind: 'conversation', personId: text(row, 'personId') }, bytes(row, 'reference')),
    }),
    // Why an item was put off. Base64 within text.
    notes: renew(db, {
      select: `SELECT recordId, kind, note FROM itemStates
        WHERE note IS NOT NULL AND (recordId, kind) > (?, ?) ORDER BY recordId, kind LIMIT ?`,
      update: 'UPDATE itemStates SET note = ? WHERE recordId = ? AND kind = ?',
      first: ['', ''],
      keyOf: (row) => [text(row, 'recordId'), text(row, 'kind')],
      renewed: (row) => {
        const place = { kind: 'item', recordId: text(row, 'recordId'), item: text(row, 'kind') } as const;
        return Buffer.from(sealed(place, Buffer.from(text(row, 'note'), 'base64'))).toString('base64');
      },
    }),
    cases: renew(db, {
      select: 'SELECT caseKey, revision, body FROM cases WHERE caseKey > ? ORDER BY caseKey LIMIT ?',
      update: 'UPDATE cases SET body = ? WHERE caseKey = ?',
      first: [''],
      keyOf: (row) => [text(row, 'caseKey')],
      renewed: (row) =>
        sealed({ kind: 'case', caseKey: text(row, 'caseKey'), revision: integer(row, 'revision') }, bytes(row, 'body')),
    }),
    grants: renew(db, {
      select: 'SELECT grantId, personId, caseKey, until, body FROM grants WHERE grantId > ? ORDER BY grantId LIMIT ?',
      update: 'UPDATE grants SET body = ? WHERE grantId = ?',
      first: [''],
      keyOf: (row) => [text(row, 'grantId')],
      renewed: (row) => {
        const [grantId, personId] = [text(row, 'grantId'), text(row, 'personId')];
        const [caseKey, until] = [text(row, 'caseKey'), text(row, 'until')];
        return sealed({ kind: 'grant', grantId, personId, caseKey, until }, bytes(row, 'body'));
      },
    }),
  };
  db.prepare(`UPDATE meta SET value = ? WHERE key = 'storeKey'`).run(packStoreKey(storeKey));
  return resealed;
}

interface Renewing {
  /** A batch of rows after a key, in order. */
  readonly select: string;
  readonly update: string;
  /** Comes before every key. */
  readonly first: readonly SQLInputValue[];
  readonly keyOf: (row: Row) => readonly SQLInputValue[];
  readonly renewed: (row: Row) => SQLInputValue;
}

/** Renews one column of a table, a batch after the other; how many rows there were. */
function renew(db: DatabaseSync, { select, update, first, keyOf, renewed }: Renewing): number {
  const batchAfter = db.prepare(select);
  const replace = db.prepare(update);
  let count = 0;
  let after = first;
  for (;;) {
    const rows = batchAfter.all(...after, BATCH_ROWS);
    for (const row of rows) {
      after = keyOf(row);
      replace.run(renewed(row), ...after);
    }
    count += rows.length;
    if (rows.length < BATCH_ROWS) return count;
  }
}
