import type { RecordStore } from '../../ports.ts';
import { HEAD_ID, headDoc, linkDoc, linkId, NO_HASH, type HeadDoc } from './caseDocs.ts';
import { aliasSteps } from './caseAliases.ts';
import type { Connection, On } from './connection.ts';
import type { Kept, Step } from './documents.ts';
import { settled } from './settled.ts';

/** The head of a case file written anew with these teams: whoever rests on the old one has to look again. */
export function touchHead(
  caseKey: string,
  head: Kept<HeadDoc> | undefined,
  teamIds: readonly string[],
): readonly Step[] {
  if (head === undefined) return [{ create: headDoc(caseKey, 0, NO_HASH, teamIds) }, ...aliasSteps(caseKey)];
  return [{ replace: headDoc(caseKey, head.seq, head.hash, teamIds), etag: head._etag }];
}

/**
 * Notes a record in the case file that it was linked into, under the teams of that case. The head is touched in the same
 * batch, so that no change of the teams misses the note.
 */
export function linking({ call }: Connection): RecordStore['linkInto'] {
  return (caseKey, recordId, homeCaseKey) =>
    call(async (on) => {
      // Where it stands it is found already.
      if (caseKey === homeCaseKey) return;
      await settled<true>(on.deadline, {
        attempt: () => attempt(on, caseKey, recordId, homeCaseKey),
        lookBack: async () => ((await on.cases.read(caseKey, linkId(recordId))) === undefined ? undefined : true),
      });
    });
}

async function attempt(
  { cases }: On,
  caseKey: string,
  recordId: string,
  homeCaseKey: string,
): Promise<true | undefined> {
  const head = await cases.read<HeadDoc>(caseKey, HEAD_ID);
  const teamIds = head?.teamIds ?? [];
  const link = linkDoc(caseKey, { recordId, homeCaseKey }, teamIds);
  const result = await cases.batch(caseKey, [{ create: link }, ...touchHead(caseKey, head, teamIds)]);
  return 'etags' in result ? true : undefined;
}
