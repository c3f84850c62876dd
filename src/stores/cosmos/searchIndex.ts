import type { RecordSearch, SearchIndex, SearchPart } from '../../searchPorts.ts';
import type { RecordPage } from '../../ports.ts';
import { searchKeyText } from '../searchKeyText.ts';
import { linkId, recordDocId, type LinkDoc, type RecordDoc } from './caseDocs.ts';
import type { Connection, On } from './connection.ts';
import type { Query } from './documents.ts';
import { AFTER_ALL } from './recordLists.ts';
import { anyOf } from './text.ts';

/** How many documents one look takes beyond what it may find: a record that was linked stands in several. */
const BEYOND = 50;

/** One record that may be what is looked for, with everything that was found of it. */
type Candidate = readonly (RecordDoc | LinkDoc)[];

/**
 * Finds records under the keys of their latest headers, newest first. A record that was linked away is found under the
 * teams of its case through the note in that case’s partition, and looked at where it stands.
 */
export function searchIndex({ call }: Connection): SearchIndex {
  return { search: (search, page) => call((on) => look(on, search, page)) };
}

async function look(on: On, search: RecordSearch, page: RecordPage): Promise<SearchPart> {
  if (search.within.length === 0) return { found: [], isCutShort: false };
  const most = page.limit + 1 + BEYOND;
  const { items: docs, isCutShort } = await on.cases.list<RecordDoc | LinkDoc>(
    queryOf(search, page.before ?? AFTER_ALL, most),
  );
  const all = [...Map.groupBy(docs, ({ recordId }) => recordId)];
  const isCut = isCutShort || docs.length === most;
  // What was found of the last record may be cut as well: the next look begins with it.
  const candidates = isCut && all.length > 1 ? all.slice(0, -1) : all;
  const found: SearchPart['found'][number][] = [];
  let last = '';
  for (const [recordId, candidate] of candidates) {
    if (found.length === page.limit) return { found, next: last, isCutShort: false };
    if (last !== '' && on.listsEnd.aborted && isElsewhere(search, candidate))
      return { found, next: last, isCutShort: true };
    const hit = await hitOf(on, search, candidate);
    last = recordId;
    if (hit !== undefined) found.push({ caseKey: hit.caseKey, header: hit.header });
  }
  return { found, ...(isCut && last !== '' ? { next: last } : {}), isCutShort };
}

function queryOf(search: RecordSearch, before: string, most: number): Query {
  const { within, also, type, contactFrom, contactBefore, isOpen } = search;
  const under = within.map((key, nth) =>
    key.kind === 'everything' ? `c.doc = 'record'` : `ARRAY_CONTAINS(c.keys, @within${nth})`,
  );
  const conditions = [
    ...also.flatMap((key, nth) => (key.kind === 'everything' ? [] : [alsoSql(key.kind, nth)])),
    ...(type === undefined ? [] : ['c.type = @type']),
    ...(contactFrom === undefined ? [] : ['c.contactAt >= @contactFrom']),
    ...(contactBefore === undefined ? [] : ['c.contactAt < @contactBefore']),
    ...(isOpen === true ? [`c.due >= ''`] : []),
  ];
  // What is looked for is asked of the record itself: a note of a link knows nothing of it.
  const ofRecord = conditions.map((condition) => `AND (c.doc = 'link' OR ${condition})`).join(' ');
  return {
    sql: `SELECT TOP @most c.doc, c.caseKey, c.recordId, c.homeCaseKey, c.keys, c.isAway, c.type, c.contactAt, c.due,
      c.header FROM c WHERE c.recordId < @before AND ${anyOf(under)} ${ofRecord} ORDER BY c.recordId DESC`,
    values: {
      ...Object.fromEntries(within.map((key, nth) => [`within${nth}`, searchKeyText(key)])),
      ...Object.fromEntries(also.map((key, nth) => [`also${nth}`, searchKeyText(key)])),
      ...{ before, most },
      ...(type === undefined ? {} : { type }),
      ...(contactFrom === undefined ? {} : { contactFrom }),
      ...(contactBefore === undefined ? {} : { contactBefore }),
    },
  };
}

/** The teams of the case of a record that was linked away stand with its note: it is looked at in any case. */
function alsoSql(kind: RecordSearch['also'][number]['kind'], nth: number): string {
  const isUnder = `ARRAY_CONTAINS(c.keys, @also${nth})`;
  return kind === 'team' ? `c.isAway = true OR ${isUnder}` : isUnder;
}

/** The record, if all that is looked for holds of it. */
async function hitOf({ cases }: On, search: RecordSearch, docs: Candidate): Promise<RecordDoc | undefined> {
  const links = docs.filter((doc) => doc.doc === 'link');
  const here = docs.find((doc) => doc.doc === 'record');
  const record = here ?? (await recordOf({ cases }, links[0]));
  if (record === undefined) return undefined;
  if (here !== undefined && !needsItsCase(search, here)) return here;
  const { linkedTo } = record.header;
  const known = links.find(({ caseKey }) => caseKey === linkedTo);
  const link =
    known ?? (linkedTo === undefined ? undefined : await cases.read<LinkDoc>(linkedTo, linkId(record.recordId)));
  return matches(search, record, new Set([...record.keys, ...(link?.keys ?? [])])) ? record : undefined;
}

async function recordOf({ cases }: Pick<On, 'cases'>, link: LinkDoc | undefined): Promise<RecordDoc | undefined> {
  return link && cases.read<RecordDoc>(link.homeCaseKey, recordDocId(link.recordId));
}

/** Whether something has to be read of it yet. */
function isElsewhere(search: RecordSearch, docs: Candidate): boolean {
  const here = docs.find((doc) => doc.doc === 'record');
  return here === undefined || needsItsCase(search, here);
}

/** Whether the teams of the case that a record was linked into decide whether it is looked for. */
function needsItsCase({ also }: RecordSearch, { isAway }: RecordDoc): boolean {
  return isAway === true && also.some(({ kind }) => kind === 'team');
}

function matches(search: RecordSearch, { type, contactAt, due }: RecordDoc, keys: ReadonlySet<string>): boolean {
  const isUnder = (key: RecordSearch['also'][number]): boolean =>
    key.kind === 'everything' || keys.has(searchKeyText(key));
  return (
    search.within.some(isUnder) &&
    search.also.every(isUnder) &&
    (search.type === undefined || search.type === type) &&
    (search.contactFrom === undefined || contactAt >= search.contactFrom) &&
    (search.contactBefore === undefined || contactAt < search.contactBefore) &&
    (search.isOpen !== true || due !== undefined)
  );
}
