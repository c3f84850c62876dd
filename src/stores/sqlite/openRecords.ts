import type { DatabaseSync } from 'node:sqlite';
import { whole } from '../../listed.ts';
import type { OpenRecords } from '../../nudgePorts.ts';
import { AT_MOST } from './columns.ts';
import type { Connection } from './connection.ts';
import { asHeader, asStored, IS_LATEST, VERSION_COLUMNS, WITH_KEY } from './versionRow.ts';

/** Finds records with open items in the table that each commit keeps, so that what is settled costs nothing. */
export function openRecords({ db, read }: Connection): OpenRecords {
  const COLUMNS = 'caseKey, header';
  const due = db.prepare(
    `SELECT ${COLUMNS} FROM openRecords WHERE due <= ? AND (due, recordId) > (?, ?) ORDER BY due, recordId ${AT_MOST}`,
  );
  const openOf = db.prepare(
    `SELECT ${COLUMNS} FROM openRecords
      WHERE authorId = ? OR teamId IN (SELECT value FROM json_each(?)) ORDER BY due, recordId ${AT_MOST}`,
  );
  const one = db.prepare(
    `SELECT ${VERSION_COLUMNS} FROM openRecords AS o
      CROSS JOIN versions AS v ON v.recordId = o.recordId AND v.version = o.version ${WITH_KEY} WHERE o.recordId = ? AND o.caseKey = ?`,
  );
  return {
    one: ({ homeCaseKey, recordId }) =>
      read(() => {
        const row = one.get(recordId, homeCaseKey);
        return row && asStored(row);
      }),
    due: (until, { after = BEFORE_ALL, limit }) =>
      read(() => due.all(until, after.due, after.recordId, limit).map(asHeader)),
    openOf: ({ authorId, teamIds = [] }, limit) =>
      read(() => whole(openOf.all(authorId ?? null, JSON.stringify(teamIds), limit).map(asHeader))),
  };
}

/** Comes before every key. */
const BEFORE_ALL = { due: '', recordId: '' } as const;

/** Derives the rows of records whose latest version has open items. */
const DERIVE = `INSERT INTO openRecords (recordId, version, caseKey, due, authorId, teamId, header)
  SELECT v.recordId, v.version, v.caseKey, min(item.value ->> '$.due'), v.authorId, v.teamId, v.header
    FROM versions AS v CROSS JOIN json_each(v.header, '$.openItems') AS item WHERE ${IS_LATEST}`;

/** Makes the row of one record follow its latest version; to be called within the transaction that wrote it. */
export function openRecordStatements(db: DatabaseSync): { readonly follow: (recordId: string) => void } {
  const remove = db.prepare('DELETE FROM openRecords WHERE recordId = ?');
  const derive = db.prepare(`${DERIVE} AND v.recordId = ? GROUP BY v.recordId`);
  return {
    follow(recordId) {
      remove.run(recordId);
      derive.run(recordId);
    },
  };
}

/** Makes the whole table anew from the versions; resolves when it is durable. May be repeated. */
export function rebuildOpenRecords({ db, write }: Connection): Promise<void> {
  return write(() => {
    db.exec(`DELETE FROM openRecords; ${DERIVE} GROUP BY v.recordId`);
  });
}
