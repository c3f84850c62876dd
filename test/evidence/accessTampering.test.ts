import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessPlace } from '../../src/accessLogPorts.ts';
import { sentenceOf, type AuditFinding } from '../../src/auditFindings.ts';
import { openAudit } from '../../src/stores/sqlite/audit.ts';
import { verify, type Verified } from '../../src/verifying.ts';
import { TENANT } from '../src/aBench.ts';
import { ACCESS_TAMPERS } from './accessTampers.ts';
import { anAttacker } from './anAttacker.ts';
import { aSeededLog } from './aSeededLog.ts';
import { chanceFrom, seededKeys } from './aSeededStore.ts';

/** How many logs; each is tampered with in every way. */
const SEEDS = Number(process.env.EVIDENCE_SEEDS ?? '20');
/** One change is told in a few findings, not in one for each entry after it. */
const FINDINGS_AT_MOST = 6;

describe('verifying an access log', function () {
  this.timeout(60_000 + SEEDS * 2_000);
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
  let folder = '';
  const logOf = (seed: number): string => join(folder, `${seed}.sqlite`);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sharing-log-'));
    for (const seed of seeds) await aSeededLog(logOf(seed), `seed ${seed}`);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it(`finds nothing in ${SEEDS} logs that nobody touched`, async () => {
    for (const seed of seeds) {
      const { accessEntries, findings } = await look(logOf(seed));
      assert.deepEqual(findings, [], `seed ${seed}`);
      assert.ok(accessEntries >= 12, `seed ${seed} made ${accessEntries} entries only`);
    }
  });

  for (const [name, { tamper, says }] of Object.entries(ACCESS_TAMPERS)) {
    it(`finds ${name}, and where, in ${SEEDS} logs`, async () => {
      for (const seed of seeds) {
        const path = join(folder, 'tampered.sqlite');
        copyFileSync(logOf(seed), path);
        const attacker = anAttacker(path, chanceFrom(`${name} ${seed}`));
        const where = tamper(attacker);
        attacker.leave();
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

  it('does not show that the newest entries were taken away: a later chain would', async () => {
    const path = join(folder, 'shorter.sqlite');
    copyFileSync(logOf(0), path);
    const attacker = anAttacker(path, chanceFrom('newest'));
    attacker.run('DELETE FROM accessLog WHERE id = (SELECT max(id) FROM accessLog)');
    attacker.leave();
    assert.deepEqual((await look(path)).findings, []);
  });
});

async function look(path: string): Promise<Verified> {
  const source = openAudit({ path, tenantId: TENANT });
  try {
    return await verify(source, seededKeys(chanceFrom('verify')));
  } finally {
    await source.close();
  }
}

function isAt({ chainKey, seq = Number.NaN, toSeq = seq }: AuditFinding, where: AccessPlace): boolean {
  return chainKey === where.chainKey && seq <= where.seq && where.seq <= toSeq;
}
