import type { FindingList } from './auditFindings.ts';
import type { AuditScope, AuditSource } from './auditPorts.ts';
import { readCase, readGrant, storedBy } from './caseFacts.ts';
import type { StoredCase } from './casePorts.ts';
import { codeOf } from './errors.ts';
import type { Keys } from './keyPorts.ts';

export interface RightsDeps {
  readonly source: Pick<AuditSource, 'cases' | 'grants'>;
  readonly keys: Keys;
  readonly findings: FindingList;
}

/**
 * Opens what says who may see which case, and every urgent access, which only somebody with the keys can have sealed there;
 * and compares what a case is found by with what is sealed.
 * Source: architecture, "Who may do what"; issue “Azure Cosmos DB”.
 */
export async function auditRights({ source, keys, findings }: RightsDeps, scope: AuditScope): Promise<void> {
  for await (const batch of source.cases(scope)) {
    if (findings.isFull()) return;
    for (const stored of batch) {
      const { caseKey } = stored;
      const facts = ifWhole(() => readCase(keys, stored));
      if (facts === undefined) findings.add({ what: 'case.unreadable', caseKey });
      else if (!isFoundSo(stored, storedBy(facts))) findings.add({ what: 'case.mismatch', caseKey });
    }
  }
  for await (const batch of source.grants(scope)) {
    if (findings.isFull()) return;
    for (const stored of batch) {
      const grant = ifWhole(() => readGrant(keys, stored));
      if (grant === undefined) findings.add({ what: 'grant.unreadable', caseKey: stored.caseKey });
    }
  }
}

/** What was read; `undefined` when it was not sealed so by us. Other faults are thrown on. */
function ifWhole<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (codeOf(error) === 'store.broken') return undefined;
    throw error;
  }
}

type FoundBy = Pick<StoredCase, 'teamIds' | 'undecidedSince'>;

function isFoundSo(stored: FoundBy, sealed: FoundBy): boolean {
  const [one, other] = [new Set(stored.teamIds), new Set(sealed.teamIds)];
  return stored.undecidedSince === sealed.undecidedSince && one.symmetricDifference(other).size === 0;
}
