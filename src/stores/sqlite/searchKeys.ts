import type { DatabaseSync } from 'node:sqlite';
import type { Connection } from './connection.ts';
import { IS_LATEST } from './versionRow.ts';

/** The latest versions for which `where` holds, and what their records are found under. */
function keysWhere(where: string): string {
  return `WITH r AS MATERIALIZED (
      SELECT v.recordId, v.authorId, v.teamId, coalesce(v.linkedTo, v.caseKey) AS caseKey, v.counterpartToken, v.type,
          v.contactAt, json_array_length(v.header, '$.openItems') > 0 AS isOpen
        FROM versions AS v WHERE ${IS_LATEST} AND ${where})
    SELECT 'everything' AS searchKey, recordId, type, contactAt, isOpen FROM r
    UNION ALL SELECT 'author ' || authorId, recordId, type, contactAt, isOpen FROM r
    UNION ALL SELECT 'team ' || teamId, recordId, type, contactAt, isOpen FROM r
    UNION ALL SELECT 'team ' || t.teamId, r.recordId, r.type, r.contactAt, r.isOpen
      FROM r CROSS JOIN caseTeams AS t ON t.caseKey = r.caseKey WHERE t.teamId <> r.teamId
    UNION ALL SELECT 'organisation ' || counterpartToken, recordId, type, contactAt, isOpen FROM r
      WHERE counterpartToken <> ''`;
}

const ONE_RECORD = 'v.recordId = :id';
const ONE_CASE = `coalesce(v.linkedTo, v.caseKey) = :id
  AND (v.caseKey = :id OR v.recordId IN (SELECT recordId FROM links WHERE caseKey = :id))`;

/** Keeps what is found under what. To be called within the transaction of the change: `drop` before it, `add` after it. */
export interface SearchKeyStatements {
  readonly drop: (id: string) => void;
  readonly add: (id: string) => void;
}

/** For a change of one record. */
export function searchKeyStatements(db: DatabaseSync): SearchKeyStatements {
  return statementsWhere(db, ONE_RECORD);
}

/** For a change of the teams of one case: all records that belong to it now. */
export function caseKeyStatements(db: DatabaseSync): SearchKeyStatements {
  return statementsWhere(db, ONE_CASE);
}

function statementsWhere(db: DatabaseSync, where: string): SearchKeyStatements {
  const keys = keysWhere(where);
  const drop = db.prepare(
    `DELETE FROM searchKeys WHERE (searchKey, recordId) IN (SELECT searchKey, recordId FROM (${keys}))`,
  );
  const add = db.prepare(`INSERT INTO searchKeys (searchKey, recordId, type, contactAt, isOpen) ${keys}`);
  return { drop: (id) => void drop.run({ id }), add: (id) => void add.run({ id }) };
}

/** Makes the whole table anew from the versions and the case teams; resolves when it is durable. May be repeated. */
export function rebuildSearchKeys({ db, write }: Connection): Promise<void> {
  return write(() => {
    db.exec(`DELETE FROM searchKeys;
      INSERT INTO searchKeys (searchKey, recordId, type, contactAt, isOpen) ${keysWhere('TRUE')}`);
  });
}
