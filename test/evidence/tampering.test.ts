import type { AuditFinding } from '../../src/auditFindings.ts';
import { aSeededFile } from './aSeededStore.ts';
import { areWhole, isFound, SEEDS, TIMEOUT_MS, withSeededFiles } from './tamperedCopies.ts';
import type { TamperedAt } from './tamperSteps.ts';
import { TAMPERS } from './tampers.ts';

const ENTRIES_AT_LEAST = 9;

describe('verifying a store', function () {
  this.timeout(TIMEOUT_MS);
  const stores = withSeededFiles(aSeededFile);

  it(`finds nothing in ${SEEDS} stores that nobody touched`, () =>
    areWhole(stores, ({ entries }) => entries, ENTRIES_AT_LEAST));

  for (const tampering of Object.entries(TAMPERS))
    it(`finds ${tampering[0]}, and where, in ${SEEDS} stores`, () => isFound(stores, tampering, isAt));
});

function isAt(finding: AuditFinding, where: TamperedAt): boolean {
  if (where.wordingHash !== undefined) return finding.wordingHash === where.wordingHash;
  if (finding.caseKey !== where.caseKey) return false;
  if (where.seq === undefined && where.recordId === undefined) return true;
  const { seq = Number.NaN, toSeq = seq } = finding;
  const isInRow = where.seq !== undefined && seq <= where.seq && where.seq <= toSeq;
  return isInRow || (where.recordId !== undefined && finding.recordId === where.recordId);
}
