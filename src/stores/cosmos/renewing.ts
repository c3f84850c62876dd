import type { Resealing } from '../../rotationPorts.ts';
import type { SealedPlace } from '../../keyPorts.ts';
import type { CaseDoc } from './caseFactsDoc.ts';
import type { GrantDoc } from './caseStore.ts';
import type { Call, On } from './connection.ts';
import type { ContainerName } from './containers.ts';
import type { ConversationDoc } from './conversationStore.ts';
import type { CaseFileDoc } from './copyReading.ts';
import type { Kept } from './documents.ts';
import type { DraftDoc } from './draftStore.ts';
import type { ItemDoc } from './nudgeStore.ts';
import { settled } from './settled.ts';
import { inChunks, packBytes, unpackBytes } from './text.ts';

/** The same document with what is sealed in it sealed anew; `undefined` where it is already. */
export type Renewal<D> = (doc: D) => D | undefined;

/** A batch takes 100 steps and 2 MB; a draft may be a tenth of that. */
const AT_ONCE = { cases: 100, lookups: 100, nudges: 100, access: 100, people: 100, drafts: 10 } as const;
const PARTITIONS_AT_ONCE = 16;

/** Replaces what is not renewed yet among documents of one container; how many there were. */
export async function renewedIn<D extends { readonly id: string }>(
  call: Call,
  container: ContainerName,
  docs: readonly D[],
  partitionOf: (doc: D) => string,
  renew: Renewal<D>,
): Promise<number> {
  let count = 0;
  for (const groups of inChunks([...Map.groupBy(docs, partitionOf)], PARTITIONS_AT_ONCE)) {
    const counts = await Promise.all(
      groups.flatMap(([partition, group]) =>
        inChunks(group, AT_ONCE[container]).map(
          (some) => call((on) => renewTogether(on, container, partition, some as readonly Kept<D>[], renew)), // as they were read
        ),
      ),
    );
    count += counts.reduce((sum, each) => sum + each, 0);
  }
  return count;
}

async function renewTogether<D extends { readonly id: string }>(
  on: On,
  container: ContainerName,
  partition: string,
  docs: readonly Kept<D>[],
  renew: Renewal<D>,
): Promise<number> {
  let left = docs;
  let most = 0;
  return settled<number>(on.deadline, {
    async attempt() {
      const steps = left.flatMap((doc) => {
        const renewed = renew(doc);
        return renewed === undefined ? [] : [{ replace: withoutSystem(renewed), etag: doc._etag }];
      });
      most = Math.max(most, steps.length);
      return steps.length === 0 || 'etags' in (await on[container].batch(partition, steps)) ? most : undefined;
    },
    async lookBack() {
      left = await on[container].readAll<Kept<D>>(partition, docs.map(({ id }) => id)); // prettier-ignore
      return left.every((doc) => renew(doc) === undefined) ? most : undefined;
    },
  });
}

function withoutSystem(doc: { readonly id: string }): { readonly id: string } {
  return { ...Object.fromEntries(Object.entries(doc).filter(([name]) => !name.startsWith('_'))), id: doc.id };
}

/** Of the key of a version, who may see a case, an urgent access; there is nothing else in a case file under the store key. */
export function caseRenewal({ versionKey, sealed }: Resealing): Renewal<CaseFileDoc> {
  return (doc) => {
    switch (doc.doc) {
      case 'key':
        return packed(doc, 'wrapped', (bytes) => versionKey(doc, bytes));
      case 'case':
        return packed(doc, 'body', (bytes) => sealed(casePlace(doc), bytes));
      case 'grant':
        return packed(doc, 'body', (bytes) => sealed(grantPlace(doc), bytes));
      default:
        return undefined;
    }
  };
}

const casePlace = ({ caseKey, revision }: CaseDoc): SealedPlace => ({ kind: 'case', caseKey, revision });
const grantPlace = ({ grantId, personId, caseKey, until }: GrantDoc): SealedPlace => ({
  ...{ kind: 'grant', grantId, personId, caseKey, until },
});

export function draftRenewal({ sealed }: Resealing): Renewal<DraftDoc> {
  return (doc) => {
    const { personId, draftId } = doc;
    return packed(doc, 'body', (bytes) => sealed({ kind: 'draft', personId, draftId }, bytes));
  };
}

export function conversationRenewal({ sealed }: Resealing): Renewal<ConversationDoc & { readonly id: string }> {
  return (doc) => packed(doc, 'reference', (bytes) => sealed({ kind: 'conversation', personId: doc.personId }, bytes));
}

/** Why an item was put off. */
export function itemRenewal({ sealed }: Resealing): Renewal<ItemDoc> {
  return (doc) => {
    const { recordId, item, note } = doc;
    if (note === undefined) return undefined;
    return packed({ ...doc, note }, 'note', (bytes) => sealed({ kind: 'item', recordId, item }, bytes));
  };
}

function packed<N extends string, D extends { readonly [K in N]: string }>(
  doc: D,
  name: N,
  renew: (bytes: Uint8Array) => Uint8Array,
): D | undefined {
  const bytes = unpackBytes(doc[name]);
  const renewed = renew(bytes);
  return renewed === bytes ? undefined : { ...doc, [name]: packBytes(renewed) };
}
