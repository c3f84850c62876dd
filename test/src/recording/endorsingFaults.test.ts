import assert from 'node:assert/strict';
import { codeOf } from '../../../src/errors.ts';
import { endorse } from '../../../src/recording/endorsing.ts';
import { recover } from '../../../src/recording/settling.ts';
import type { RecordingView } from '../../../src/recording/views.ts';
import { aBench, fillIn, MO, signOn, storedOf, type Bench } from '../aBench.ts';
import { aShare, typedShare } from '../aShare.ts';
import { faultyStores, FAULTS } from '../faultyStores.ts';

const NEVER = 1_000_000;
const PRESSES_AT_MOST = 10;

/** The same press again and again, until it is answered with a receipt. */
async function endorses(bench: Bench, number: string): Promise<RecordingView> {
  for (let presses = 0; presses < PRESSES_AT_MOST; presses += 1) {
    try {
      const view = await endorse(bench.recording, MO, { number, how: 'endorsed', version: 1 });
      if (view.kind === 'receipt') return view;
      assert.ok(view.kind === 'check' || view.kind === 'checking', view.kind);
    } catch (error) {
      assert.match(codeOf(error), /^store\./u);
    }
  }
  throw new Error('no receipt');
}

function notExpected(code: string): never {
  throw new Error(`recovery failed: ${code}`);
}

describe('an endorsement over a store that fails', () => {
  for (const how of FAULTS)
    it(`is saved once, whichever call fails ${how.when} its effect: ${how.code}`, async function () {
      this.timeout(30_000);
      let after = 0;
      for (let isReached = true; isReached;) {
        after += 1;
        const fault = { at: NEVER, ...how };
        const faulty = faultyStores(fault);
        const bench = await aBench({ wrap: faulty.wrap });
        try {
          const made = await signOn(bench, await fillIn(bench, typedShare(aShare())));
          assert.ok(made.kind === 'receipt');
          fault.at = faulty.calls() + after;
          const version = await storedOf(bench, await endorses(bench, made.committed.number));
          isReached = faulty.calls() >= fault.at;
          fault.at = NEVER;
          await recover(bench.recording, notExpected);
          assert.equal(version.header.version, 2, `fault at call ${after}`);
          assert.equal((await bench.stores.records.versions(version.caseKey, version.header.recordId)).length, 2);
          assert.deepEqual(await bench.stores.drafts.unfinished(MO.id), []);
        } finally {
          await bench.close();
        }
      }
      assert.ok(after > 10, `the store was called ${after} times`);
    });
});
