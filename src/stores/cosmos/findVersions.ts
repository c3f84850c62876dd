import type { StoredVersion } from '../../ports.ts';
import { asStored, keyId, versionId, type KeyDoc, type RecordDoc, type VersionDoc } from './caseDocs.ts';
import type { On } from './connection.ts';
import { inChunks, listOf } from './text.ts';

/** Which version of a record stands where. */
export type Place = Pick<RecordDoc, 'caseKey' | 'recordId' | 'version'>;

/** How many documents are asked for by id at once. */
const ASKED_AT_ONCE = 100;

/** These versions, in this order; one that is not there is left out. Each case file is asked once, or a few times. */
export async function versionsAt(on: On, places: readonly Place[]): Promise<readonly StoredVersion[]> {
  const byCase = Map.groupBy(places, ({ caseKey }) => caseKey);
  const found = await Promise.all([...byCase].map(([caseKey, these]) => versionsIn(on, caseKey, these)));
  const byPlace = new Map(found.flat().map((stored) => [placeOf(stored), stored]));
  return places.flatMap(({ caseKey, recordId, version }) => {
    const stored = byPlace.get(`${caseKey}\n${versionId(recordId, version)}`);
    return stored === undefined ? [] : [stored];
  });
}

function placeOf({ caseKey, header: { recordId, version } }: StoredVersion): string {
  return `${caseKey}\n${versionId(recordId, version)}`;
}

async function versionsIn(on: On, caseKey: string, places: readonly Place[]): Promise<readonly StoredVersion[]> {
  const ids = places.flatMap(({ recordId, version }) => [versionId(recordId, version), keyId(recordId, version)]);
  const asking = inChunks(ids, ASKED_AT_ONCE).map((chunk) => {
    const list = listOf('id', chunk);
    const sql = `SELECT * FROM c WHERE c.caseKey = @caseKey AND c.id IN (${list.sql})`;
    return on.cases.query<VersionDoc | KeyDoc>({ sql, values: { caseKey, ...list.values } }, caseKey);
  });
  return paired((await Promise.all(asking)).flat());
}

/** Every version among these documents, with its key. */
export function paired(docs: readonly (VersionDoc | KeyDoc)[]): readonly StoredVersion[] {
  const keys = new Map(docs.flatMap((doc) => (doc.doc === 'key' ? [[doc.id, doc] as const] : [])));
  return docs.flatMap((doc) =>
    doc.doc === 'version' ? [asStored(doc, keys.get(keyId(doc.recordId, doc.version)))] : [],
  );
}
