import type { OpenHeader, OpenRecords } from '../../nudgePorts.ts';
import { recordDocId, type RecordDoc } from './caseDocs.ts';
import type { Connection } from './connection.ts';
import { versionsAt } from './findVersions.ts';
import { anyOf, listOf } from './text.ts';

/** Finds records with open items by the earliest day on which one is due, which stands with their latest header. */
export function openRecords({ call }: Connection): OpenRecords {
  return {
    due: (until, { after = BEFORE_ALL, limit }) =>
      call(({ cases }) => {
        const sql = `SELECT TOP @limit c.caseKey, c.header FROM c WHERE c.due <= @until
          AND (c.due > @due OR c.due = @due AND c.recordId > @recordId) ORDER BY c.due, c.recordId`;
        return cases.query<OpenHeader>({ sql, values: { ...after, until, limit } });
      }),
    openOf: ({ authorId, teamIds = [] }, limit) =>
      call(async ({ cases }) => {
        const teams = listOf('team', teamIds);
        const whose = [
          ...(authorId === undefined ? [] : ['c.authorId = @authorId']),
          ...(teamIds.length === 0 ? [] : [`c.teamId IN (${teams.sql})`]),
        ];
        if (whose.length === 0) return [];
        const sql = `SELECT TOP @limit c.caseKey, c.header FROM c WHERE c.due >= '' AND ${anyOf(whose)}
          ORDER BY c.due, c.recordId`;
        const values = { ...teams.values, ...(authorId === undefined ? {} : { authorId }), limit };
        return cases.query<OpenHeader>({ sql, values });
      }),
    one: (caseKey, recordId) =>
      call(async (on) => {
        const found = await on.cases.read<RecordDoc>(caseKey, recordDocId(recordId));
        return found?.due === undefined ? undefined : (await versionsAt(on, [found]))[0];
      }),
  };
}

/** Comes before every key. */
const BEFORE_ALL = { due: '', recordId: '' } as const;
