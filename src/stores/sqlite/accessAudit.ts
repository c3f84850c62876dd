import type { DatabaseSync } from 'node:sqlite';
import type { AccessAuditSource, AuditedAccess } from '../../accessAudit.ts';
import { batchesOfRows } from './batches.ts';
import { subjectsOf } from '../subjectsOf.ts';
import { ACCESS_COLUMNS, asAccess } from './accessStore.ts';
import { integer, optionalText, text, type Row } from './columns.ts';
import { asStoreFault } from './storeFault.ts';

/** Entries in order, each with what the one that it names is now. */
const SELECT = `
  SELECT ${ACCESS_COLUMNS},
    (SELECT b.hash FROM accessLog AS b WHERE b.chainKey = a.beforeKey AND b.seq = a.beforeSeq) AS namedHash,
    (SELECT max(b.seq) FROM accessLog AS b WHERE b.chainKey = a.beforeKey) AS namedLast
  FROM accessLog AS a ORDER BY chainKey, seq`;

/** Reads the access log to be verified, within the transaction that is open. */
export function accessAuditSource(db: DatabaseSync): AccessAuditSource {
  return { accessEntries: () => entriesOf(db) };
}

async function* entriesOf(db: DatabaseSync): AsyncGenerator<readonly AuditedAccess[]> {
  try {
    const filed = db.prepare(
      'SELECT 1 AS there FROM accessSubjects WHERE subject = ? AND at = ? AND chainKey = ? AND seq = ?',
    );
    const isFiled = (subject: string, row: Row): boolean =>
      filed.get(subject, text(row, 'at'), text(row, 'chainKey'), integer(row, 'seq')) !== undefined;
    yield* batchesOfRows(db, { sql: SELECT, values: [] }, (row) => auditedIn(row, isFiled));
  } catch (error) {
    throw asStoreFault(error);
  }
}

function auditedIn(row: Row, isFiled: (subject: string, row: Row) => boolean): AuditedAccess {
  const entry = asAccess(row);
  const audited = { entry, isFiled: subjectsOf(entry.subject).every((subject) => isFiled(subject, row)) };
  if (entry.before === undefined) return audited;
  const lastSeq = row.namedLast === null ? undefined : integer(row, 'namedLast');
  return { ...audited, named: { hash: optionalText(row, 'namedHash'), lastSeq } };
}

/** How many entries there are to be looked at. */
export function accessCount(db: DatabaseSync): number {
  try {
    return integer(db.prepare('SELECT count(*) AS entries FROM accessLog').get() ?? {}, 'entries');
  } catch (error) {
    throw asStoreFault(error);
  }
}
