import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Stores } from '../../../../src/storePorts.ts';
import { sweepNudges, type SweepDeps } from '../../../../src/nudging/sweep.ts';
import { aNudgeBench, outcomeDue, type NudgeBench } from '../../nudging/aNudgeBench.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';

const INSTANCES = 3;
const DAYS = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'] as const;

/** The contract has every rule; here each sweep has a store of its own, which knows nothing of what the others have read. */
describe('several instances on Cosmos DB that sweep at the same moment', () => {
  const double = withADouble();
  let bench: NudgeBench;
  let all: readonly Stores[];
  beforeEach(async () => {
    const place = await freshDatabase(double());
    const tenantId = 'tenant-1';
    all = await Promise.all(
      Array.from({ length: INSTANCES }, () =>
        opened(place, { tenantId, random: { bytes: (length) => randomBytes(length) } }),
      ),
    );
    bench = await aNudgeBench({ stores: all[0] });
    await bench.record('r1', outcomeDue(DAYS[0]));
    await bench.record('r2', outcomeDue(DAYS[0]), { authorId: 'ben' });
  });
  afterEach(async () => {
    for (const stores of all) await stores.close();
  });

  const depsOf = ({ nudges, open, drafts }: Stores): SweepDeps => ({ ...bench.deps, nudges, open, drafts });
  const sweepAll = (): Promise<unknown> =>
    Promise.all(all.map((stores) => sweepNudges(depsOf(stores), (code) => assert.fail(code))));

  it('send one card a person and day', async () => {
    for (const day of DAYS) {
      bench.at(day);
      const before = bench.handed.length;
      await sweepAll();
      await sweepAll();
      const handed = bench.handed.slice(before).map(({ personId }) => personId).toSorted(); // prettier-ignore
      // From the day after on, their manager has what they left open.
      assert.deepEqual(handed, day === DAYS[0] ? ['ann', 'ben'] : ['ann', 'ben', 'mo'], day);
    }
  });

  it('take over once what one of them had claimed when it died', async () => {
    const changedAt = '2026-11-23T09:00:00.000Z';
    for (const personId of ['ann', 'ben'])
      await bench.stores.nudges.create({ personId, date: DAYS[0], status: 'claimed', revision: 1, changedAt });
    bench.at(DAYS[0], '09:04');
    await sweepAll();
    assert.equal(bench.handed.length, 0);
    bench.at(DAYS[0], '09:05');
    await sweepAll();
    assert.deepEqual(bench.handed.map(({ personId }) => personId).toSorted(), ['ann', 'ben']);
  });
});
