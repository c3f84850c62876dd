import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentenceOf, type AuditFinding } from '../../src/auditFindings.ts';
import { openAudit } from '../../src/stores/sqlite/audit.ts';
import { verify, type Verified } from '../../src/verifying.ts';
import { TENANT } from '../src/aBench.ts';
import { anAttacker, type Attacker } from './anAttacker.ts';
import { aSeededFile, chanceFrom, seededKeys } from './aSeededStore.ts';
import type { Tamper, TamperedAt } from './tamperSteps.ts';
import { TAMPERS } from './tampers.ts';

/** How many stores; each is tampered with in every way. */
const SEEDS = Number(process.env.EVIDENCE_SEEDS ?? '20');
/** One change is told in a few findings, not in one for each entry after it. */
const FINDINGS_AT_MOST = 6;

describe('verifying a store', function () {
  this.timeout(60_000 + SEEDS * 2_000);
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
  let folder = '';
  const storeOf = (seed: number): string => join(folder, `${seed}.sqlite`);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sharing-log-'));
    for (const seed of seeds) await aSeededFile(storeOf(seed), `seed ${seed}`);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it(`finds nothing in ${SEEDS} stores that nobody touched`, async () => {
    for (const seed of seeds) {
      const { entries, findings } = await look(storeOf(seed));
      assert.deepEqual(findings, [], `seed ${seed}`);
      assert.ok(entries >= 9, `seed ${seed} made ${entries} entries only`);
    }
  });

  for (const [name, { tamper, says }] of Object.entries(TAMPERS)) {
    it(`finds ${name}, and where, in ${SEEDS} stores`, async () => {
      for (const seed of seeds) {
        const path = join(folder, 'tampered.sqlite');
        copyFileSync(storeOf(seed), path);
        const attacker = anAttacker(path, chanceFrom(`${name} ${seed}`));
        const where = leaving(attacker, tamper);
        const { findings } = await look(path);
        const said = `seed ${seed}, at ${JSON.stringify(where)}: ${findings.map(sentenceOf).join(' ')}`;
        assert.ok(
          findings.some((finding) => finding.what === says[0] && isAt(finding, where)),
          said,
        );
        assert.deepEqual(findings.filter(({ what }) => !says.includes(what)), [], said); // prettier-ignore
        assert.ok(findings.length <= FINDINGS_AT_MOST, said);
      }
    });
  }
});

function leaving(attacker: Attacker, tamper: Tamper): TamperedAt {
  try {
    return tamper(attacker);
  } finally {
    attacker.leave();
  }
}

async function look(path: string): Promise<Verified> {
  const source = openAudit({ path, tenantId: TENANT });
  try {
    return await verify(source, seededKeys(chanceFrom('verify')));
  } finally {
    await source.close();
  }
}

function isAt(finding: AuditFinding, where: TamperedAt): boolean {
  if (where.wordingHash !== undefined) return finding.wordingHash === where.wordingHash;
  if (finding.caseKey !== where.caseKey) return false;
  if (where.seq === undefined && where.recordId === undefined) return true;
  const { seq = Number.NaN, toSeq = seq } = finding;
  const isInRow = where.seq !== undefined && seq <= where.seq && where.seq <= toSeq;
  return isInRow || (where.recordId !== undefined && finding.recordId === where.recordId);
}
