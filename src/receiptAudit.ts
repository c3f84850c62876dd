import type { AuditedEntry, AuditSource } from './auditPorts.ts';
import type { FindingCode, FindingList } from './auditFindings.ts';
import { chainHash } from './committing.ts';
import type { Keys } from './keyPorts.ts';
import { openOr, readObject } from './versionAudit.ts';

export interface ReceiptDeps {
  readonly source: AuditSource;
  readonly keys: Keys;
  readonly findings: FindingList;
}

/** What a receipt says of an entry; `notYet` while the draft is still being committed. */
type Said = 'agrees' | 'notYet' | Extract<FindingCode, `receipt.${string}`>;

/**
 * Compares a chain with the receipts that its signers were given, which are sealed in the drafts that they signed. Whoever
 * has no keys can compute the hashes of a chain anew, and not the receipts. Each hash covers all entries before it, so that
 * the receipt of the last one vouches for all; only when it does not is each one looked at, to say where it begins.
 * Source: architecture, "Committing exactly once", step 5.
 */
export async function auditReceipts({ source, keys, findings }: ReceiptDeps, last: AuditedEntry): Promise<void> {
  const { caseKey } = last.entry;
  if ((await receiptOf(source, keys, last)) === 'agrees') return;
  for await (const batch of source.look(caseKey).entries) {
    for (const audited of batch) {
      const { entry, hash, reservation } = audited;
      // One that was changed is a finding already.
      if (chainHash(entry) !== hash) continue;
      const said = await receiptOf(source, keys, audited);
      if (said === 'agrees' || said === 'notYet') continue;
      const { seq, recordId, version } = entry;
      findings.add({ what: said, caseKey, seq, recordId, version, number: reservation?.number });
      // All hashes after this one differ as well.
      if (said === 'receipt.mismatch') return;
    }
  }
}

async function receiptOf(source: AuditSource, keys: Keys, { entry, hash }: AuditedEntry): Promise<Said> {
  const { caseKey, seq, draftId, actor } = entry;
  const draft = await source.draft(draftId, actor);
  if (draft === undefined) return 'receipt.missing';
  const { personId, body } = draft;
  const opened = openOr(() => keys.open({ kind: 'draft', personId, draftId }, body));
  if (opened === undefined) return 'receipt.unreadable';
  const { committed, committing } = readObject(Buffer.from(opened).toString('utf8')) ?? {};
  if (typeof committed !== 'object' || committed === null)
    return committing === undefined ? 'receipt.missing' : 'notYet';
  const receipt = committed as Readonly<Record<string, unknown>>; // any object: what is in it is compared, not used
  const agrees = receipt.caseKey === caseKey && receipt.seq === seq && receipt.hash === hash;
  return agrees ? 'agrees' : 'receipt.mismatch';
}
