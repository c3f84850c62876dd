import type { Listed } from '../../listed.ts';
import type { RecordPage, RecordStore, SavedKey, StoredVersion } from '../../ports.ts';
import type { KeyDoc, LinkDoc, RecordDoc, VersionDoc } from './caseDocs.ts';
import type { Connection, On } from './connection.ts';
import type { Query } from './documents.ts';
import { paired, versionsAt } from './findVersions.ts';
import { anyOf, inChunks, listOf } from './text.ts';

/** Comes after every record id. */
export const AFTER_ALL = '~';

/** Comes after all that was saved. */
const LAST: SavedKey = { savedAt: '~', recordId: AFTER_ALL };

/** What the bot asks in one IN at most. */
const ASKED_AT_ONCE = 100;

type Lists = Pick<RecordStore, 'caseFile' | 'byAuthor' | 'toBeCompleted' | 'headersOfTeam' | 'unlinked'>;

/** Finds records by what stands in clear of their latest versions. All but a case file may ask many partitions. */
export function recordLists({ call }: Connection): Lists {
  return {
    caseFile: (caseKey) => call((on) => caseFile(on, caseKey)),
    byAuthor: (authorId, page) => call((on) => listed(on, 'c.authorId = @authorId', { authorId }, page)),
    unlinked: (page) => call((on) => listed(on, 'c.isUnlinked = true', {}, page)),
    toBeCompleted: ({ authorId, teamIds }, limit) =>
      call((on) => {
        const teams = listOf('team', teamIds);
        const whose = ['c.authorId = @authorId', ...(teamIds.length === 0 ? [] : [`c.teamId IN (${teams.sql})`])];
        const where = `c.isToBeCompleted = true AND ${anyOf(whose)}`;
        return listed(on, where, { authorId, ...teams.values }, { limit });
      }),
    headersOfTeam: (teamId, since, { before = LAST, limit }) =>
      call(({ cases }) => {
        const sql = `SELECT TOP @limit c.caseKey, c.header FROM c WHERE c.doc = 'version' AND c.teamId = @teamId
          AND c.savedAt >= @since AND (c.savedAt < @savedAt OR c.savedAt = @savedAt AND c.recordId < @recordId)
          ORDER BY c.savedAt DESC, c.recordId DESC`;
        const values = { teamId, since, ...before, limit };
        return cases.list<Pick<VersionDoc, 'caseKey' | 'header'>>({ sql, values });
      }),
  };
}

/** The latest versions of the records that are found, the one begun last first. */
async function listed(
  on: On,
  where: string,
  values: Query['values'],
  { before = AFTER_ALL, limit }: RecordPage,
): Promise<Listed<StoredVersion>> {
  const sql = `SELECT TOP @limit c.caseKey, c.recordId, c.version FROM c WHERE c.doc = 'record' AND ${where}
    AND c.recordId < @before ORDER BY c.recordId DESC`;
  const { items, isCutShort } = await on.cases.list<RecordDoc>({ sql, values: { ...values, before, limit } });
  return { items: await versionsAt(on, items), isCutShort };
}

/**
 * What belongs to a case file now: of the records that stand in it those that were not linked away, and of those that were
 * linked into it the ones whose latest version says so. All versions are read at once: asking first which are the latest
 * would cost one request more, and most records have one or two.
 */
async function caseFile({ cases }: On, caseKey: string): Promise<readonly StoredVersion[]> {
  const sql = `SELECT * FROM c WHERE c.caseKey = @caseKey AND c.doc IN ('version', 'key', 'link')`;
  const docs = await cases.query<VersionDoc | KeyDoc | LinkDoc>({ sql, values: { caseKey } }, caseKey);
  const links = docs.filter((doc) => doc.doc === 'link');
  const homes = Map.groupBy(links, ({ homeCaseKey }) => homeCaseKey);
  const linked = await Promise.all([...homes].map(([home, these]) => latestOf({ cases }, home, these)));
  const here = latestAmong(docs.filter((doc) => doc.doc !== 'link'));
  return [...here, ...linked.flat()]
    .filter(({ header, caseKey: home }) => (header.linkedTo ?? home) === caseKey)
    .sort((a, b) => (a.header.recordId < b.header.recordId ? 1 : -1));
}

/** The latest versions of some records of one case file. */
async function latestOf(
  { cases }: Pick<On, 'cases'>,
  caseKey: string,
  records: readonly Pick<LinkDoc, 'recordId'>[],
): Promise<readonly StoredVersion[]> {
  const asking = inChunks(records, ASKED_AT_ONCE).map((chunk) => {
    const list = listOf('record', chunk.map(({ recordId }) => recordId)); // prettier-ignore
    const sql = `SELECT * FROM c WHERE c.caseKey = @caseKey AND c.doc IN ('version', 'key')
      AND c.recordId IN (${list.sql})`;
    return cases.query<VersionDoc | KeyDoc>({ sql, values: { caseKey, ...list.values } }, caseKey);
  });
  return latestAmong((await Promise.all(asking)).flat());
}

/** The latest version of each record among these documents. */
function latestAmong(docs: readonly (VersionDoc | KeyDoc)[]): readonly StoredVersion[] {
  const latest = new Map<string, number>();
  for (const { recordId, version } of docs) latest.set(recordId, Math.max(version, latest.get(recordId) ?? 0));
  return paired(docs.filter(({ recordId, version }) => latest.get(recordId) === version));
}
