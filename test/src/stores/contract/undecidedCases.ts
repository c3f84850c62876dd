import assert from 'node:assert/strict';
import type { StoredCase } from '../../../../src/casePorts.ts';
import type { Open } from './builders.ts';
import { eachWithItsOwn } from './openOne.ts';

function aCase(wanted: Partial<StoredCase> = {}): StoredCase {
  return { caseKey: 'case-1', revision: 1, teamIds: ['team-north'], body: Uint8Array.of(1, 2), ...wanted };
}

/** What every store promises of cases whose restriction waits to be decided on. */
export function describeUndecidedCases(open: Open): void {
  describe('cases whose restriction is undecided', () => {
    const stores = eachWithItsOwn(open);
    const found = async (limit = 10) => (await stores().cases.undecided(limit)).map(({ caseKey }) => caseKey);

    it('are found as they were saved, the one that has waited longest first', async () => {
      const late = aCase({ caseKey: 'late', undecidedSince: '2026-11-24T09:00:00.000Z' });
      const early = aCase({ caseKey: 'early', undecidedSince: '2026-11-23T09:00:00.000Z' });
      for (const stored of [late, early, aCase()]) assert.equal(await stores().cases.save(stored), 'saved');
      assert.deepEqual(await stores().cases.undecided(10), [early, late]);
      assert.deepEqual(await found(1), ['early']);
    });

    it('are there like any other once they were saved', async () => {
      assert.equal(await stores().cases.has('case-1'), false);
      await stores().cases.save(aCase());
      assert.equal(await stores().cases.has('case-1'), true);
      assert.equal(await stores().cases.has('case-2'), false);
    });

    it('are not found any more once they are decided', async () => {
      await stores().cases.save(aCase({ undecidedSince: '2026-11-23T09:00:00.000Z' }));
      assert.equal(await stores().cases.save(aCase({ revision: 2 })), 'saved');
      assert.deepEqual(await found(), []);
      assert.deepEqual(await stores().cases.read('case-1'), aCase({ revision: 2 }));
    });

    it('stay as they are when an older revision is saved', async () => {
      await stores().cases.save(aCase({ undecidedSince: '2026-11-23T09:00:00.000Z' }));
      assert.equal(await stores().cases.save(aCase()), 'conflict');
      assert.deepEqual(await found(), ['case-1']);
    });
  });
}
