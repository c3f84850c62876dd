import { auditAccess } from './accessAudit.ts';
import { caseFileAudit, type CaseFileAudit, type CaseFileDeps } from './caseFileAudit.ts';
import type { AuditedEntry, AuditLook, AuditScope, AuditSource } from './auditPorts.ts';
import { findingList, type AuditFinding, type FindingList } from './auditFindings.ts';
import type { Keys } from './keyPorts.ts';
import type { ChainHead } from './ports.ts';
import { auditReceipts, type ReceiptDeps } from './receiptAudit.ts';
import { auditRights } from './rightsAudit.ts';
import { wordingAudit } from './wordingAudit.ts';

/** What was looked at, and what is wrong. */
export interface Verified {
  readonly entries: number;
  readonly records: number;
  readonly caseFiles: number;
  /** Of the access log; 0 where one case file only was looked at. */
  readonly accessEntries: number;
  readonly findings: readonly AuditFinding[];
  /** There were so many findings that the rest was not looked at. */
  readonly isCutShort: boolean;
}

export interface VerifyOptions {
  /** One case file only. */
  readonly scope?: AuditScope;
  /** Hears, after each batch, how many entries have been looked at. */
  readonly onProgress?: (entries: number) => void;
}

type Head = Omit<ChainHead, 'etag'>;

/**
 * Checks that a store is whole: every chain, every version, their order, their numbers, their words and what was signed,
 * who may see which case, and, unless one case file only is looked at, the access log.
 * Changes nothing, and holds no more in memory than a batch and one case file's records. Finds any change by somebody
 * without the keys, except two that leave no trace in the store itself: the last entries of a case file taken away with all
 * that belongs to them, and an older copy of the whole store put in its place.
 * Rejects with a coded fault when the store cannot be read.
 * Source: architecture, "Data", chain and keys.
 */
export async function verify(source: AuditSource, keys: Keys, options: VerifyOptions = {}): Promise<Verified> {
  const { scope, onProgress } = options;
  const findings = findingList();
  const words = wordingAudit(findings);
  const look = source.look(scope);
  const walk = chainWalk({ source, keys, findings, usesWording: words.uses }, cursor(look.heads));
  for await (const batch of look.entries) {
    for (const audited of batch) {
      if (!walk.isIn(audited)) await walk.begin(audited);
      walk.entry(audited);
    }
    onProgress?.(walk.counts.entries);
    if (findings.isFull()) break;
  }
  if (!findings.isFull()) await walk.end();
  await auditRest(look, findings);
  await auditRights({ source, keys, findings }, scope);
  await words.check(source);
  const { entries } = walk.counts;
  const isAll = scope === undefined && !findings.isFull();
  const accessEntries = isAll
    ? await auditAccess({ source, keys, findings }, (read) => onProgress?.(entries + read))
    : 0;
  return { ...walk.counts, accessEntries, findings: findings.found, isCutShort: findings.isFull() };
}

/** Goes through the chains and, beside them, the heads; both are in order of `caseKey`. */
function chainWalk(deps: CaseFileDeps & ReceiptDeps, heads: Cursor<Head>) {
  const counts = { entries: 0, records: 0, caseFiles: 0 };
  let current: CaseFileAudit | undefined;
  let last: AuditedEntry | undefined;

  async function headOf(caseKey: string): Promise<Head | undefined> {
    let head = await heads.peek();
    while (head !== undefined && head.caseKey < caseKey) {
      deps.findings.add({ what: 'head.stray', caseKey: head.caseKey });
      heads.take();
      head = await heads.peek();
    }
    if (head?.caseKey !== caseKey) return undefined;
    heads.take();
    return head;
  }

  async function endCurrent(): Promise<void> {
    if (current === undefined || last === undefined) return;
    current.end(await headOf(current.caseKey));
    await auditReceipts(deps, last);
  }

  return {
    counts,
    isIn: ({ entry }: AuditedEntry): boolean => entry.caseKey === current?.caseKey,
    async begin({ entry }: AuditedEntry): Promise<void> {
      await endCurrent();
      current = caseFileAudit(deps, entry.caseKey);
      counts.caseFiles += 1;
    },
    entry(audited: AuditedEntry): void {
      counts.entries += 1;
      if (audited.entry.version === 1) counts.records += 1;
      current?.entry(audited);
      last = audited;
    },
    async end(): Promise<void> {
      await endCurrent();
      for (let head = await heads.peek(); head !== undefined; head = await heads.peek()) {
        deps.findings.add({ what: 'head.stray', caseKey: head.caseKey });
        heads.take();
      }
    },
  };
}

/** What stands in the case files and belongs to no chain. */
async function auditRest({ unchained, unfiled }: AuditLook, findings: FindingList): Promise<void> {
  if (findings.isFull()) return;
  for await (const batch of unchained) {
    for (const version of batch) findings.add({ what: 'version.unchained', ...version });
    if (findings.isFull()) return;
  }
  for await (const batch of unfiled ?? []) {
    for (const each of batch) findings.add({ what: 'case.unfiled', ...each });
    if (findings.isFull()) return;
  }
}

interface Cursor<T> {
  /** What comes next; `undefined` at the end. */
  peek(): Promise<T | undefined>;
  take(): void;
}

function cursor<T>(batches: AsyncIterable<readonly T[]>): Cursor<T> {
  const iterator = batches[Symbol.asyncIterator]();
  let batch: readonly T[] = [];
  let at = 0;
  return {
    async peek() {
      if (at === batch.length) {
        const next = await iterator.next();
        batch = next.done === true ? [] : next.value;
        at = 0;
      }
      return batch[at];
    },
    take: () => void (at += 1),
  };
}
