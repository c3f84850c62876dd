/** What can be wrong with a store, and how it is said. Nothing in the sentences is of a case. */
const SAY = {
  'chain.gap': 'an entry is missing here.',
  'chain.extra': 'an entry stands here that has no place in the chain.',
  'chain.hash': 'the entry was changed after it was written.',
  'chain.prev': 'the entry does not follow the one before it.',
  'chain.short': 'the entries from here to the end of the chain are missing.',
  'head.behind': 'the end of the chain was set back: this entry stands after it.',
  'head.hash': 'the end of the chain does not match this entry, which is its last.',
  'head.missing': 'the end of the chain is not marked.',
  'head.stray': 'the end of the chain is marked, and there is no chain.',
  'version.missing': 'the version that the entry names is missing.',
  'version.elsewhere': 'the version that the entry names stands in another case file.',
  'version.order': 'the versions of the record do not follow one another here.',
  'version.unchained': 'no entry of a chain names this version.',
  'key.missing': 'the key of the version is missing, so it cannot be read.',
  'payload.unreadable':
    'what was recorded does not open: it, or its key, was changed or moved here from another place.',
  'header.unreadable': 'the header of the version is not written as it was saved.',
  'version.changed': 'the version is not what was signed: its header, or what was recorded, was changed.',
  'commitment.changed': 'the commitment of the version was changed after it was signed.',
  'entry.mismatch': 'the entry and the version that it names do not agree on what was signed, when, or by whom.',
  'number.missing': 'the number of the record is not reserved any more.',
  'number.mismatch': 'the number of the record is reserved otherwise than the record says.',
  'wording.missing': 'the words of the questions are missing.',
  'wording.changed': 'the words of the questions were changed after they were saved.',
  'receipt.missing': 'the receipt that the signer was given for the entry is missing.',
  'receipt.unreadable': 'the receipt that the signer was given for the entry was changed.',
  'receipt.mismatch':
    'the entry is not the one that the signer was given a receipt for; those after it may differ as well.',
  'case.unfiled': 'what lists and searches go by is not what follows from the versions and the case teams.',
  'case.unreadable': 'what says who may see the case was changed, or was not written by Sharing Log.',
  'case.mismatch': 'the case is found by other teams, or waits otherwise, than what says who may see it.',
  'grant.unreadable': 'an urgent access to the case was changed, or was not written by Sharing Log.',
  'access.gap': 'an entry is missing here.',
  'access.extra': 'an entry stands here a second time.',
  'access.changed': 'the entry was changed after it was written, or was not written by Sharing Log.',
  'access.prev': 'the entry is not the one that the next one was written after.',
  'access.short': 'the entries from here on, up to where a later chain goes on, are missing.',
  'access.missing': 'the chain, after which a later one goes on, is missing.',
  'access.unfiled': 'the entry is not found any more by what it is about.',
} as const;

export type FindingCode = keyof typeof SAY;

/** One thing that is wrong, and where: ids and places only. */
export interface AuditFinding {
  readonly what: FindingCode;
  readonly caseKey?: string | undefined;
  /** A chain of the access log. */
  readonly chainKey?: string | undefined;
  readonly seq?: number | undefined;
  /** The last entry, where the same is wrong with several in a row. */
  readonly toSeq?: number | undefined;
  readonly recordId?: string | undefined;
  readonly version?: number | undefined;
  readonly number?: string | undefined;
  readonly wordingHash?: string | undefined;
}

/** How many findings are kept: more say nothing more. */
export const FINDINGS_AT_MOST = 1_000;

/** Findings as they come. The same thing wrong with entries in a row is one finding. */
export interface FindingList {
  readonly found: readonly AuditFinding[];
  /** No more are kept. */
  isFull(): boolean;
  add(finding: AuditFinding): void;
}

export function findingList(): FindingList {
  const found: AuditFinding[] = [];
  /** Where the last finding of each kind stands in the list. */
  const last = new Map<FindingCode, number>();
  return {
    found,
    isFull: () => found.length >= FINDINGS_AT_MOST,
    add(finding) {
      const at = last.get(finding.what) ?? -1;
      const before = found[at];
      if (before !== undefined && isNext(before, finding)) found[at] = { ...before, toSeq: finding.seq };
      else if (found.length < FINDINGS_AT_MOST) last.set(finding.what, found.push(finding) - 1);
    },
  };
}

function isNext(before: AuditFinding, { caseKey, chainKey, seq, wordingHash }: AuditFinding): boolean {
  const end = before.toSeq ?? before.seq;
  const isSameChain = caseKey === before.caseKey && chainKey === before.chainKey && wordingHash === before.wordingHash;
  return seq !== undefined && end !== undefined && isSameChain && seq === end + 1;
}

/** A finding as people read it: where, and what. */
export function sentenceOf(finding: AuditFinding): string {
  const { what, caseKey, chainKey, seq, toSeq, recordId, version, number, wordingHash } = finding;
  const record = number ?? recordId;
  const entries = toSeq === undefined ? `entry ${String(seq)}` : `entries ${String(seq)} to ${toSeq}`;
  const where = [
    caseKey === undefined ? [] : [`case file ${caseKey}`],
    chainKey === undefined ? [] : [`access log ${chainKey}`],
    seq === undefined ? [] : [entries],
    record === undefined || toSeq !== undefined ? [] : [`record ${record}`],
    version === undefined || toSeq !== undefined ? [] : [`version ${version}`],
    wordingHash === undefined ? [] : [`wording ${wordingHash}`],
  ].flat().join(', '); // prettier-ignore
  return `${where.charAt(0).toUpperCase()}${where.slice(1)}: ${SAY[what]}`;
}
