import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { AuditScope, AuditSource } from '../../auditPorts.ts';
import { accessAuditSource, accessCount } from './accessAudit.ts';
import {
  auditedIn,
  caseIn,
  grantIn,
  headIn,
  SELECT_AUDITED,
  SELECT_CASES,
  SELECT_GRANTS,
  unchainedIn,
  wordingIn,
} from './auditRows.ts';
import { batchesOfColumns, type Query } from './batches.ts';
import { bytes, integer, text, type Row } from './columns.ts';
import { unpackStoreKey } from './keyStore.ts';
import type { SqliteOptions } from './openSqlite.ts';
import { checkOurs } from './schema.ts';
import { asStoreFault, noRecordsAt } from './storeFault.ts';

/** Long enough for a writer that is starting to find its feet. */
const BUSY_TIMEOUT_MS = 5_000;

/** Enough for the upper pages of every index that is looked into: a larger one costs as much to search as it saves. */
const CACHE_KIB = 8_192;

const UNCHAINED = `
  SELECT v.caseKey, v.recordId, v.version FROM versions AS v
  WHERE NOT EXISTS (SELECT 1 FROM chain AS c WHERE c.recordId = v.recordId AND c.version = v.version)`;

/**
 * Opens a store to be read as it stands at this moment, beside a bot that goes on writing: in one read transaction, which
 * ends with `close`. Throws a coded fault, and leaves nothing open, for what `openSqlite` refuses, and `store.missing` when
 * there is no file.
 */
export function openAudit({ path, tenantId }: SqliteOptions, mayBeHalf = false): AuditSource {
  if (!existsSync(path)) throw noRecordsAt(path);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS, defensive: true });
    db.exec(`PRAGMA trusted_schema = OFF; PRAGMA cache_size = ${-CACHE_KIB}; BEGIN`);
    checkOurs(db, tenantId, mayBeHalf);
    return sourceOn(db);
  } catch (error) {
    if (db?.isOpen === true) db.close();
    throw asStoreFault(error);
  }
}

function sourceOn(db: DatabaseSync): AuditSource {
  const drafts = db.prepare('SELECT personId, body FROM drafts WHERE draftId = ?');
  const one = (of: StatementSync | string, ...values: readonly SQLInputValue[]): Row | undefined => {
    try {
      return (typeof of === 'string' ? db.prepare(of) : of).get(...values);
    } catch (error) {
      throw asStoreFault(error);
    }
  };
  return {
    ...accessAuditSource(db),
    look: (scope) => ({
      entries: batchesOfColumns(
        db,
        scoped(SELECT_AUDITED, 'WHERE c.caseKey = ?', 'ORDER BY c.caseKey, c.seq', scope),
        auditedIn,
      ),
      heads: batchesOfColumns(
        db,
        scoped('SELECT caseKey, seq, hash FROM heads', 'WHERE caseKey = ?', 'ORDER BY caseKey', scope),
        headIn,
      ),
      unchained: batchesOfColumns(
        db,
        scoped(UNCHAINED, 'AND v.caseKey = ?', 'ORDER BY v.recordId, v.version', scope),
        unchainedIn,
      ),
    }),
    cases: (scope) =>
      batchesOfColumns(db, scoped(SELECT_CASES, 'WHERE c.caseKey = ?', 'ORDER BY c.caseKey', scope), caseIn),
    grants: (scope) =>
      batchesOfColumns(db, scoped(SELECT_GRANTS, 'WHERE caseKey = ?', 'ORDER BY grantId', scope), grantIn),
    wordings: () =>
      batchesOfColumns(db, { sql: 'SELECT hash, body FROM wordings ORDER BY hash', values: [] }, wordingIn),
    async entryCount(scope) {
      const { sql, values } = scoped('SELECT count(*) AS entries FROM chain', 'WHERE caseKey = ?', '', scope);
      return integer(one(sql, ...values) ?? {}, 'entries') + (scope === undefined ? accessCount(db) : 0);
    },
    async draft(draftId) {
      const row = one(drafts, draftId);
      return row && { personId: text(row, 'personId'), body: bytes(row, 'body') };
    },
    async byNumber(number) {
      const row = one('SELECT number, recordId, caseKey FROM numbers WHERE number = ?', number);
      return row && { number, recordId: text(row, 'recordId'), caseKey: text(row, 'caseKey') };
    },
    storeKey: {
      async read() {
        const row = one(`SELECT value FROM meta WHERE key = 'storeKey'`);
        return row && unpackStoreKey(text(row, 'value'));
      },
    },
    async close() {
      if (db.isOpen) db.close();
    },
  };
}

function scoped(select: string, within: string, order: string, scope: AuditScope): Query {
  if (scope === undefined) return { sql: `${select} ${order}`, values: [] };
  return { sql: `${select} ${within} ${order}`, values: [scope] };
}
