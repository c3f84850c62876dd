import type { AuditedEntry } from './auditPorts.ts';
import type { AuditFinding, FindingCode, FindingList } from './auditFindings.ts';
import { chainHash } from './committing.ts';
import type { Keys } from './keyPorts.ts';
import type { ChainHead } from './ports.ts';
import { auditVersion } from './versionAudit.ts';

const BEFORE_THE_FIRST = '0'.repeat(64);

export interface CaseFileDeps {
  readonly keys: Keys;
  readonly findings: FindingList;
  /** Hears which words a version was signed with, and where it stands. */
  readonly usesWording: (hash: string, place: WordingPlace) => void;
}

/** Where words are used. */
export type WordingPlace = Omit<AuditFinding, 'what' | 'wordingHash'>;

/** Goes along the chain of one case file, entry by entry in order of `seq`, and then looks at its end. */
export interface CaseFileAudit {
  readonly caseKey: string;
  entry(audited: AuditedEntry): void;
  end(head: Pick<ChainHead, 'seq' | 'hash'> | undefined): void;
}

/** Holds one short line in memory for each record of the case file. What only follows from a finding is no finding. */
export function caseFileAudit(deps: CaseFileDeps, caseKey: string): CaseFileAudit {
  const { findings } = deps;
  const versions = new Map<string, number>();
  const misnumbered = new Set<string>();
  let last: { readonly seq: number; readonly hash: string | undefined } = { seq: 0, hash: BEFORE_THE_FIRST };
  let hasGap = false;

  const placeOf = ({ entry: { seq, recordId, version }, reservation }: AuditedEntry) => ({
    ...{ caseKey, seq, recordId, version, number: reservation?.number },
  });
  const add = (what: FindingCode, audited: AuditedEntry, more: Partial<AuditFinding> = {}): void => {
    findings.add({ what, ...placeOf(audited), ...more });
  };

  /** Whether the entry stands where the one before it says. */
  function checkPlace(audited: AuditedEntry): boolean {
    const { seq, prev } = audited.entry;
    const isSound = chainHash(audited.entry) === audited.hash;
    if (seq > last.seq + 1) {
      findings.add({
        what: 'chain.gap',
        caseKey,
        seq: last.seq + 1,
        ...(seq > last.seq + 2 ? { toSeq: seq - 1 } : {}),
      });
      hasGap = true;
    }
    if (!isSound) add('chain.hash', audited);
    else if (seq === last.seq + 1 && last.hash !== undefined && prev !== last.hash) add('chain.prev', audited);
    last = { seq, hash: isSound ? audited.hash : undefined };
    return isSound;
  }

  function checkOrder(audited: AuditedEntry): void {
    const { recordId, version } = audited.entry;
    const expected = (versions.get(recordId) ?? 0) + 1;
    if (version !== expected && !hasGap) add('version.order', audited);
    versions.set(recordId, version);
  }

  function checkVersion(audited: AuditedEntry, isSound: boolean): void {
    const read = auditVersion(deps.keys, audited, isSound);
    if (read.wrong !== undefined) return add(read.wrong, audited);
    checkNumber(audited, read.header.number);
    for (const hash of read.wordingHashes) deps.usesWording(hash, placeOf(audited));
  }

  function checkNumber(audited: AuditedEntry, number: string): void {
    const wrong = numberFault(audited, number);
    if (wrong === undefined || misnumbered.has(audited.entry.recordId)) return;
    misnumbered.add(audited.entry.recordId);
    add(wrong, audited, { number });
  }

  return {
    caseKey,
    entry(audited) {
      if (audited.entry.seq <= last.seq) return add('chain.extra', audited);
      const isSound = checkPlace(audited);
      checkOrder(audited);
      checkVersion(audited, isSound);
    },
    end(head) {
      if (head === undefined) return findings.add({ what: 'head.missing', caseKey, seq: last.seq });
      if (head.seq > last.seq) findings.add({ what: 'chain.short', caseKey, seq: last.seq + 1 });
      else if (head.seq < last.seq) findings.add({ what: 'head.behind', caseKey, seq: last.seq });
      else if (last.hash !== undefined && head.hash !== last.hash) {
        findings.add({ what: 'head.hash', caseKey, seq: last.seq });
      }
    },
  };
}

function numberFault({ entry, reservation }: AuditedEntry, number: string): FindingCode | undefined {
  if (reservation === undefined) return 'number.missing';
  return reservation.number === number && reservation.caseKey === entry.caseKey ? undefined : 'number.mismatch';
}
