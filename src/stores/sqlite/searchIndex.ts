import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordPage, StoredVersion, VersionHeader } from '../../ports.ts';
import type { RecordSearch, SearchIndex, SearchKey, SearchPart } from '../../searchPorts.ts';
import { searchKeyText } from '../searchKeyText.ts';
import { integer, text } from './columns.ts';
import type { Connection } from './connection.ts';
import { storeFault } from './storeFault.ts';

/** How many rows one look goes through at most: a few milliseconds, during which nothing else runs. */
export const ROWS_A_LOOK = 2_000;

/** Comes after every record id. */
const AFTER_ALL = '~';

/** Finds records in the table that commits and changes of case teams keep (`searchKeys`), newest first, by its key. */
export function searchIndex({ db, read }: Connection): SearchIndex {
  const rows = rowStatements(db);
  const latest = db.prepare('SELECT caseKey, header FROM versions WHERE recordId = ? ORDER BY version DESC LIMIT 1');

  function found(recordId: string): Pick<StoredVersion, 'caseKey' | 'header'> {
    const row = latest.get(recordId);
    if (row === undefined) throw storeFault('store.broken');
    return { caseKey: text(row, 'caseKey'), header: JSON.parse(text(row, 'header')) as VersionHeader }; // written at a commit
  }

  function look(search: RecordSearch, page: RecordPage): SearchPart {
    if (search.within.length === 0) return { found: [], isCutShort: false };
    const hits: string[] = [];
    let last = '';
    let looked = 0;
    for (const row of rows(search, page.before ?? AFTER_ALL)) {
      const recordId = text(row, 'recordId');
      looked += 1;
      // What is found under several keys comes once for each, one after the other.
      if (recordId === last) continue;
      if (hits.length === page.limit) return { found: hits.map(found), next: last, isCutShort: false };
      last = recordId;
      if (integer(row, 'isHit') === 1) hits.push(recordId);
    }
    return { found: hits.map(found), ...(looked === ROWS_A_LOOK ? { next: last } : {}), isCutShort: false };
  }

  return { search: (search, page) => read(() => look(search, page)) };
}

/** Goes through the rows of a search, those begun last first, and says of each whether all of it holds. */
function rowStatements(db: DatabaseSync) {
  const prepared = new Map<string, StatementSync>();
  const few = db.prepare('SELECT count(*) AS rows FROM (SELECT 1 FROM searchKeys WHERE searchKey = ? LIMIT ?)');

  function isRare(key: SearchKey): boolean {
    return integer(few.get(searchKeyText(key), ROWS_A_LOOK) ?? {}, 'rows') < ROWS_A_LOOK;
  }

  function statement(keys: number, conditions: number): StatementSync {
    const known = prepared.get(`${keys} ${conditions}`);
    if (known !== undefined) return known;
    const made = db.prepare(rowsSql(keys, conditions));
    prepared.set(`${keys} ${conditions}`, made);
    return made;
  }

  return (search: RecordSearch, before: string) => {
    const { through, also } = shortestWay(search, isRare);
    const { type = null, contactFrom = '', contactBefore = AFTER_ALL, isOpen = false } = search;
    return statement(through.length, also.length).iterate(
      { type, contactFrom, contactBefore, isOpen: isOpen ? 1 : 0, before },
      ...also.map((keys) => JSON.stringify(keys.map(searchKeyText))),
      ...through.map(searchKeyText),
    );
  };
}

interface Way {
  readonly through: readonly SearchKey[];
  /** Each record is to be found under one of each of these too. */
  readonly also: readonly (readonly SearchKey[])[];
}

/** Whichever way finds the same with fewer rows: through something that little is found under, if there is such a thing. */
function shortestWay({ within, also }: RecordSearch, isRare: (key: SearchKey) => boolean): Way {
  const isBounded = !within.some(({ kind }) => kind === 'everything');
  const first = also.find(isRare) ?? (isBounded ? undefined : also[0]);
  if (first === undefined) return { through: isBounded ? within : EVERYTHING, also: also.map((key) => [key]) };
  const rest = also.filter((key) => key !== first).map((key) => [key]);
  return { through: [first], also: isBounded ? [within, ...rest] : rest };
}

const EVERYTHING: readonly SearchKey[] = [{ kind: 'everything' }];

/** The keys are merged in the order of the table, so that no more rows are read than are looked at. */
function rowsSql(keys: number, conditions: number): string {
  const through = Array.from(
    { length: keys },
    () => 'SELECT recordId, type, contactAt, isOpen FROM searchKeys WHERE searchKey = ? AND recordId < :before',
  );
  const also = Array.from(
    { length: conditions },
    () => `AND EXISTS (SELECT 1 FROM searchKeys AS k
      WHERE k.recordId = r.recordId AND k.searchKey IN (SELECT value FROM json_each(?)))`,
  );
  return `SELECT recordId, (:type IS NULL OR type = :type) AND contactAt >= :contactFrom AND contactAt < :contactBefore
      AND (isOpen = 1 OR :isOpen = 0) ${also.join(' ')} AS isHit
    FROM (${through.join(' UNION ALL ')} ORDER BY recordId DESC LIMIT ${ROWS_A_LOOK}) AS r ORDER BY recordId DESC`;
}
