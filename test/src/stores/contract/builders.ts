import type { ChainHead, Commit, StoredDraft, VersionHeader } from '../../../../src/ports.ts';
import type { Stores } from '../../../../src/storePorts.ts';

/** Opens an empty store. */
export type Open = () => Promise<Stores>;

export function aDraft(wanted: Partial<StoredDraft> = {}): StoredDraft {
  return {
    draftId: '01JDRAFT000000000000000001',
    personId: 'person-asha',
    status: 'open',
    revision: 1,
    touchedAt: '2026-11-23T14:05:00.000Z',
    body: Uint8Array.of(1, 2, 3),
    ...wanted,
  };
}

export function aHeader(wanted: Partial<VersionHeader> = {}): VersionHeader {
  return {
    recordId: '01JRECORD00000000000000001',
    version: 1,
    kind: 'recorded',
    type: 'share',
    number: 'SL-7KQ2M9XA',
    contactAt: '2026-11-23T13:40:00.000Z',
    savedAt: '2026-11-23T14:05:00.000Z',
    authorId: 'person-asha',
    teamId: 'team-north',
    openItems: [{ kind: 'outcome', due: '2026-11-30' }],
    consentLimited: false,
    isUnlinked: false,
    counterpartToken: 'c0ffee',
    wordingHash: 'wording-1',
    ...wanted,
  };
}

/** The head of a case file in which nothing has been committed. */
export function noHead(caseKey = 'case-1'): ChainHead {
  return { caseKey, seq: 0, hash: '0'.repeat(64), etag: '' };
}

/** A commit that follows `head`; its hash is made up, for a store does not look into it. */
export function aCommit(head: ChainHead = noHead(), wanted: Partial<VersionHeader> = {}): Commit {
  const header = aHeader(wanted);
  const { recordId, version, kind, savedAt, authorId } = header;
  const commitment = `commitment of ${recordId} ${version}`;
  const { caseKey } = head;
  return {
    version: { caseKey, header, payload: Uint8Array.of(4, 5, 6), wrappedKey: Uint8Array.of(7, 8), commitment },
    entry: {
      ...{ caseKey, seq: head.seq + 1, kind, recordId, version, at: savedAt, actor: authorId, draftId: recordId },
      ...{ commitment, prev: head.hash },
    },
    hash: hashOf(head.seq + 1, recordId),
    head,
    wordings: [{ hash: header.wordingHash, body: `words of ${header.wordingHash}` }],
  };
}

function hashOf(seq: number, recordId: string): string {
  return Buffer.from(`${seq} ${recordId}`).toString('hex').padEnd(64, 'f').slice(0, 64);
}
