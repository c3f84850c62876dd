import type { AuditedEntry } from './auditPorts.ts';
import type { FindingCode } from './auditFindings.ts';
import type { Keys } from './keyPorts.ts';
import { openOr, readObject } from './versionAudit.ts';

/**
 * Compares a chain entry with the receipt that its signer was given, which is sealed in the draft that it was signed as.
 * Whoever has no keys can compute the hashes of a chain anew, and not the receipts. A draft that is still being committed
 * holds none yet.
 * Source: architecture, "Committing exactly once", step 5.
 */
export function auditReceipt(keys: Keys, { entry, hash, draft }: AuditedEntry): FindingCode | undefined {
  if (draft === undefined || draft.status === 'open') return 'receipt.missing';
  if (draft.status === 'committing') return undefined;
  const { personId, body } = draft;
  const plain = openOr(() => keys.open({ kind: 'draft', personId, draftId: entry.draftId }, body));
  if (plain === undefined) return 'receipt.unreadable';
  const committed = readObject(Buffer.from(plain).toString('utf8'))?.committed;
  if (typeof committed !== 'object' || committed === null) return 'receipt.unreadable';
  const receipt = committed as Readonly<Record<string, unknown>>; // any object: its fields are compared, not used
  const agrees = receipt.caseKey === entry.caseKey && receipt.seq === entry.seq && receipt.hash === hash;
  return agrees ? undefined : 'receipt.mismatch';
}
