import type { NumberReservation, RecordStore, StoredVersion } from '../../ports.ts';
import { asChained, asHead, HEAD_ID, type ChainDoc, type HeadDoc, type KeyDoc, type VersionDoc } from './caseDocs.ts';
import { committing } from './committing.ts';
import type { Connection, On } from './connection.ts';
import { paired, versionsAt } from './findVersions.ts';
import { linking } from './linking.ts';
import { recordLists } from './recordLists.ts';
import { settled } from './settled.ts';
import { idOf } from './text.ts';
import { wordings } from './wordings.ts';

/** Keeps records in Cosmos DB: a case file is one partition, and a commit one batch in it. */
export function recordStore(connection: Connection): RecordStore {
  const { call } = connection;
  const words = wordings();
  return {
    ...aliases(connection),
    ...numbers(connection),
    ...recordLists(connection),
    linkInto: linking(connection),
    commit: committing(connection, words),
    wording: (hash) => call((on) => words.body(on, hash)),
    head: (caseKey) => call(async ({ cases }) => asHead(caseKey, await cases.read<HeadDoc>(caseKey, HEAD_ID))),
    version: (caseKey, recordId, version) =>
      call(async (on) => (await versionsAt(on, [{ caseKey, recordId, version }]))[0]),
    latest: (caseKey, recordId) => call(async (on) => (await versionsOf(on, caseKey, recordId, NEWEST))[0]),
    versions: (caseKey, recordId) => call((on) => versionsOf(on, caseKey, recordId, ALL)),
    chainOf: (caseKey, recordId, version) =>
      call(async ({ cases }) => {
        const sql = `SELECT * FROM c WHERE c.caseKey = @caseKey AND c.doc = 'chain' AND c.recordId = @recordId
          AND c.version = @version`;
        const [found] = await cases.query<ChainDoc>({ sql, values: { caseKey, recordId, version } }, caseKey);
        return found && asChained(found);
      }),
  };
}

/** A version and its key are two documents. */
const NEWEST = { take: 'TOP 2', order: 'DESC' } as const;
const ALL = { take: '', order: 'ASC' } as const;

async function versionsOf(
  { cases }: On,
  caseKey: string,
  recordId: string,
  { take, order }: typeof NEWEST | typeof ALL,
): Promise<readonly StoredVersion[]> {
  const sql = `SELECT ${take} * FROM c WHERE c.caseKey = @caseKey AND c.recordId = @recordId
    AND c.doc IN ('version', 'key') ORDER BY c.version ${order}`;
  return paired(await cases.query<VersionDoc | KeyDoc>({ sql, values: { caseKey, recordId } }, caseKey));
}

interface AliasDoc {
  readonly caseKey: string;
}

function aliases({ call }: Connection): Pick<RecordStore, 'caseKeyFor' | 'findCaseKey'> {
  const keyOf = (alias: string): string => idOf('alias', alias);
  const find = async ({ lookups }: On, key: string): Promise<string | undefined> =>
    (await lookups.read<AliasDoc>(key, key))?.caseKey;

  return {
    findCaseKey: (alias) => call((on) => find(on, keyOf(alias))),
    caseKeyFor: (alias, foldVersion, caseKey) =>
      call(async (on) => {
        const key = keyOf(alias);
        const doc = { id: key, key, doc: 'alias', foldVersion, caseKey };
        // Most references are known: reading first costs one request then, and creating first two.
        const known = await find(on, key);
        return (
          known ??
          settled(on.deadline, {
            attempt: async () => ((await on.lookups.create(key, doc)) === undefined ? undefined : caseKey),
            lookBack: () => find(on, key),
          })
        );
      }),
  };
}

function numbers({ call }: Connection): Pick<RecordStore, 'reserveNumber' | 'byNumber'> {
  const keyOf = (number: string): string => idOf('number', number);

  async function find({ lookups }: On, number: string): Promise<NumberReservation | undefined> {
    const key = keyOf(number);
    const found = await lookups.read<NumberReservation>(key, key);
    return found && { number: found.number, recordId: found.recordId, caseKey: found.caseKey };
  }

  return {
    byNumber: (number) => call((on) => find(on, number)),
    reserveNumber: ({ number, recordId, caseKey }) =>
      call((on) => {
        const key = keyOf(number);
        const doc = { id: key, key, doc: 'number', number, recordId, caseKey };
        return settled<'mine' | 'taken'>(on.deadline, {
          attempt: async () => ((await on.lookups.create(key, doc)) === undefined ? undefined : 'mine'),
          async lookBack() {
            const holder = await find(on, number);
            return holder && (holder.recordId === recordId ? 'mine' : 'taken');
          },
        });
      }),
  };
}
