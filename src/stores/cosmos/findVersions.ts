import type { StoredVersion } from '../../ports.ts';
import { asStored, keyId, versionId, type KeyDoc, type RecordDoc, type VersionDoc } from './caseDocs.ts';
import type { On } from './connection.ts';
import { inChunks } from './text.ts';

/** Which version of a record stands where. */
export type Place = Pick<RecordDoc, 'caseKey' | 'recordId' | 'version'>;

/** A batch reads 100 documents: a version and its key are two. */
const READ_AT_ONCE = 50;

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
  const reading = inChunks(places, READ_AT_ONCE).map((chunk) => {
    const ids = chunk.flatMap(({ recordId, version }) => [versionId(recordId, version), keyId(recordId, version)]);
    return on.cases.readAll<VersionDoc | KeyDoc>(caseKey, ids);
  });
  return paired((await Promise.all(reading)).flat());
}

/** Every version among these documents, with its key. */
export function paired(docs: readonly (VersionDoc | KeyDoc)[]): readonly StoredVersion[] {
  const keys = new Map(docs.flatMap((doc) => (doc.doc === 'key' ? [[doc.id, doc] as const] : [])));
  return docs.flatMap((doc) =>
    doc.doc === 'version' ? [asStored(doc, keys.get(keyId(doc.recordId, doc.version)))] : [],
  );
}
