import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentenceOf, type AuditFinding, type FindingCode } from '../../src/auditFindings.ts';
import { openAudit } from '../../src/stores/sqlite/audit.ts';
import { verify, type Verified } from '../../src/verifying.ts';
import { TENANT } from '../src/aBench.ts';
import { anAttacker, type Attacker } from './anAttacker.ts';
import { chanceFrom, seededKeys } from './aSeededStore.ts';

/** How many files; a copy of each is tampered with in every way. */
export const SEEDS = Number(process.env.EVIDENCE_SEEDS ?? '20');
export const TIMEOUT_MS = 60_000 + SEEDS * 2_000;

/** One class of change: something is done to a store, and it is said where. */
export interface TamperClass<Where, By = Attacker> {
  readonly tamper: (attacker: By) => Where;
  /** How it is told: the first code always, and nothing but these. */
  readonly says: readonly [FindingCode, ...FindingCode[]];
}

/** Stores of a suite, one for each seed, which stay as they were made: what is tampered with is a copy. */
export interface SeededStores<By = Attacker> {
  readonly seeds: number;
  /** One change is told in a few findings, not in one for each entry after it. */
  readonly findingsAtMost: number;
  look(seed: number): Promise<Verified>;
  /** Verifies a copy with which somebody tampered, by the draws that a name and the seed fix. */
  lookAtCopy<Where>(seed: number, name: string, tamper: (attacker: By) => Where): Promise<Tampered<Where>>;
}

interface Tampered<Where> {
  readonly where: Where;
  readonly findings: readonly AuditFinding[];
}

/** Makes the files before the suite that calls this, and takes them away afterwards. */
export function withSeededFiles(make: (path: string, seed: string) => Promise<void>): SeededStores {
  let folder = '';
  const pathOf = (seed: number): string => join(folder, `${seed}.sqlite`);
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sharing-log-'));
    for (let seed = 0; seed < SEEDS; seed += 1) await make(pathOf(seed), `seed ${seed}`);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  return {
    seeds: SEEDS,
    findingsAtMost: 6,
    look: (seed) => verified(pathOf(seed)),
    async lookAtCopy(seed, name, tamper) {
      const path = join(folder, 'tampered.sqlite');
      copyFileSync(pathOf(seed), path);
      const where = leaving(anAttacker(path, chanceFrom(`${name} ${seed}`)), tamper);
      return { where, findings: (await verified(path)).findings };
    },
  };
}

function leaving<Where>(attacker: Attacker, tamper: (attacker: Attacker) => Where): Where {
  try {
    return tamper(attacker);
  } finally {
    attacker.leave();
  }
}

async function verified(path: string): Promise<Verified> {
  const source = openAudit({ path, tenantId: TENANT });
  try {
    return await verify(source, seededKeys(chanceFrom('verify')));
  } finally {
    await source.close();
  }
}

/** Fails unless nothing is found in any of the stores, and each has so many entries at least. */
export async function areWhole<By>(
  files: SeededStores<By>,
  entriesOf: (verified: Verified) => number,
  entriesAtLeast: number,
): Promise<void> {
  for (let seed = 0; seed < files.seeds; seed += 1) {
    const looked = await files.look(seed);
    assert.deepEqual(looked.findings, [], `seed ${seed}`);
    const entries = entriesOf(looked);
    assert.ok(entries >= entriesAtLeast, `seed ${seed} made ${entries} entries only`);
  }
}

/** Fails unless a class of change, done to a copy of each store, is told as it should be, in its place and in few words. */
export async function isFound<Where, By>(
  files: SeededStores<By>,
  [name, { tamper, says }]: readonly [name: string, TamperClass<Where, By>],
  isAt: (finding: AuditFinding, where: Where) => boolean,
): Promise<void> {
  for (let seed = 0; seed < files.seeds; seed += 1) {
    const { where, findings } = await files.lookAtCopy(seed, name, tamper);
    const said = `seed ${seed}, at ${JSON.stringify(where)}: ${findings.map(sentenceOf).join(' ')}`;
    assert.ok(
      findings.some((finding) => finding.what === says[0] && isAt(finding, where)),
      said,
    );
    assert.deepEqual(findings.filter(({ what }) => !says.includes(what)), [], said); // prettier-ignore
    assert.ok(findings.length <= files.findingsAtMost, said);
  }
}
