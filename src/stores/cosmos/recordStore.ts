import type { NumberReservation, RecordStore, StoredVersion } from '../../ports.ts';
import {
  asChained,
  asHead,
  HEAD_ID,
  recordDocId,
  versionId,
  type HeadDoc,
  type KeyDoc,
  type RecordDoc,
  type VersionDoc,
} from './caseDocs.ts';
import { aliases } from './caseAliases.ts';
import { committing } from './committing.ts';
import type { Connection, On } from './connection.ts';
import { paired, versionsAt } from './findVersions.ts';
import { linking } from './linking.ts';
import { recordLists } from './recordLists.ts';
import type { Revisions } from './revisions.ts';
import { settled } from './settled.ts';
import { idOf } from './text.ts';
import { wordings } from './wordings.ts';

/** Keeps records in Cosmos DB: a case file is one partition, and a commit one batch in it. */
export function recordStore(connection: Connection, revisions: Revisions): RecordStore {
  const { call } = connection;
  const words = wordings();
  return {
    ...aliases(connection),
    ...numbers(connection),
    ...recordLists(connection),
    linkInto: linking(connection),
    commit: committing(connection, words, revisions),
    wording: (hash) => call((on) => words.body(on, hash)),
    head: (caseKey) => call(async ({ cases }) => asHead(caseKey, await cases.read<HeadDoc>(caseKey, HEAD_ID))),
    version: (caseKey, recordId, version) =>
      call(async (on) => (await versionsAt(on, [{ caseKey, recordId, version }]))[0]),
    latest: (caseKey, recordId) =>
      call(async (on) => {
        const latest = await on.cases.read<RecordDoc>(caseKey, recordDocId(recordId));
        return latest && (await versionsAt(on, [latest]))[0];
      }),
    versions: (caseKey, recordId) => call((on) => versionsOf(on, caseKey, recordId)),
    chainOf: (caseKey, recordId, version) =>
      call(async ({ cases }) => {
        const found = await cases.read<VersionDoc>(caseKey, versionId(recordId, version));
        return found?.chained && asChained(caseKey, found.chained);
      }),
  };
}

/** They are put in order here: an index of version numbers would make every document of a case file dearer. */
async function versionsOf({ cases }: On, caseKey: string, recordId: string): Promise<readonly StoredVersion[]> {
  const sql = `SELECT * FROM c WHERE c.caseKey = @caseKey AND c.recordId = @recordId AND c.doc IN ('version', 'key')`;
  const found = paired(await cases.query<VersionDoc | KeyDoc>({ sql, values: { caseKey, recordId } }, caseKey));
  return found.toSorted((a, b) => a.header.version - b.header.version);
}

const numberKey = (number: string): string => idOf('number', number);

export function numberDoc({ number, recordId, caseKey }: NumberReservation) {
  const key = numberKey(number);
  return { id: key, key, doc: 'number', number, recordId, caseKey };
}

export function numbers({ call }: Pick<Connection, 'call'>): Pick<RecordStore, 'reserveNumber' | 'byNumber'> {
  async function find({ lookups }: On, number: string): Promise<NumberReservation | undefined> {
    const key = numberKey(number);
    const found = await lookups.read<NumberReservation>(key, key);
    return found && { number: found.number, recordId: found.recordId, caseKey: found.caseKey };
  }

  return {
    byNumber: (number) => call((on) => find(on, number)),
    reserveNumber: ({ number, recordId, caseKey }) =>
      call((on) => {
        const doc = numberDoc({ number, recordId, caseKey });
        return settled<'mine' | 'taken'>(on.deadline, {
          attempt: async () => ((await on.lookups.create(doc.key, doc)) === undefined ? undefined : 'mine'),
          async lookBack() {
            const holder = await find(on, number);
            return holder && (holder.recordId === recordId ? 'mine' : 'taken');
          },
        });
      }),
  };
}
