import { HEAD_ID, recordDoc, teamKeys, type HeadDoc, type LinkDoc, type RecordDoc } from './caseDocs.ts';
import type { CaseDoc } from './caseFactsDoc.ts';

import type { On } from './connection.ts';
import type { Kept, Step } from './documents.ts';
import { touchHead } from './linking.ts';
import type { Revisions } from './revisions.ts';
import { settled } from './settled.ts';

/** A batch takes 100 steps: the case and the head are two of them. */
const FOUND_AT_ONCE = 98;

type Found = Kept<RecordDoc> | Kept<LinkDoc>;

/**
 * Saves a case with other teams than it had, and in the same batch what its records and links are found under; the head is
 * touched, so that a commit or a link at the same time has to look again. Beyond 98 records the rest follows batch by
 * batch: until then those are found under the teams from before. What counts for rights is in the case’s body.
 * Source: project decision 0016.
 */
export async function saveTeams(
  on: On,
  revisions: Revisions,
  wanted: CaseDoc,
  before: Kept<CaseDoc> | undefined,
): Promise<'saved' | 'conflict'> {
  const { caseKey, teamIds } = wanted;
  const doc = { ...wanted, writtenBy: revisions.mark() };
  const step: Step = before === undefined ? { create: doc } : { replace: doc, etag: before._etag };
  const place = { documents: on.cases, deadline: on.deadline, partition: caseKey };
  let isNew = before === undefined;
  const result = await settled<'saved' | 'conflict'>(on.deadline, {
    async attempt() {
      // A case file that has no head yet has no records and no links either: most cases begin so.
      const head = isNew ? undefined : await on.cases.read<HeadDoc>(caseKey, HEAD_ID);
      const changes = head === undefined ? [] : await changesOf(on, caseKey, teamIds);
      isNew = false;
      const steps = [step, ...touchHead(caseKey, head, teamIds), ...changes.slice(0, FOUND_AT_ONCE)];
      return 'etags' in (await on.cases.batch(caseKey, steps)) ? 'saved' : undefined;
    },
    async lookBack() {
      const found = await revisions.read<typeof doc>(place, doc.id);
      if (found?.writtenBy === doc.writtenBy) return 'saved';
      return found?._etag === before?._etag ? undefined : 'conflict';
    },
  });
  if (result === 'saved' && before !== undefined) await followTeams(on, caseKey, teamIds);
  return result;
}

/** Brings what is left along, if there was more than one batch takes. */
async function followTeams(on: On, caseKey: string, teamIds: readonly string[]): Promise<void> {
  await settled<true>(on.deadline, {
    async attempt() {
      const changes = await changesOf(on, caseKey, teamIds);
      if (changes.length === 0) return true;
      await on.cases.batch(caseKey, changes.slice(0, FOUND_AT_ONCE));
      return undefined;
    },
    lookBack: async () => undefined,
  });
}

/** The records and links of a case file that are found under other teams, as they are to be. */
async function changesOf({ cases }: On, caseKey: string, teamIds: readonly string[]): Promise<readonly Step[]> {
  const sql = `SELECT * FROM c WHERE c.caseKey = @caseKey AND c.doc IN ('record', 'link')`;
  const found = await cases.query<Found>({ sql, values: { caseKey } }, caseKey);
  return found.flatMap((doc) => {
    const { _etag: etag, ...kept } = doc;
    const keys = doc.doc === 'record' ? recordDoc(caseKey, doc.header, teamIds).keys : teamKeys(teamIds);
    return isSame(doc.keys, keys) ? [] : [{ replace: { ...kept, keys }, etag }];
  });
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key) => other.includes(key));
}
