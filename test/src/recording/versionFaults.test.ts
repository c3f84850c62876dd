import assert from 'node:assert/strict';
import { codeOf } from '../../../src/errors.ts';
import { begin } from '../../../src/recording/beginning.ts';
import { openDraft } from '../../../src/recording/drafting.ts';
import { recover } from '../../../src/recording/settling.ts';
import { sign } from '../../../src/recording/signing.ts';
import { change, next } from '../../../src/recording/stepping.ts';
import type { RecordingView } from '../../../src/recording/views.ts';
import { aBench, answersIn, ASHA, fillIn, pressOn, signOn, storedOf, type Bench } from '../aBench.ts';
import { aShare, typedShare } from '../aShare.ts';
import { faultyStores, FAULTS, type FaultyStores } from '../faultyStores.ts';

const NEVER = 1_000_000;
const TRIES_AT_MOST = 60;
const TYPED = { recipientName: 'Nia Madeup-Jones', amendmentReason: 'Her name was misspelt.', signature: ASHA.name };

/** A bench on which a record is signed; the store then fails once, at the so-many-th call after that. */
async function aRecordThenAFault(after: number, how: (typeof FAULTS)[number]) {
  const fault = { at: NEVER, ...how };
  const faulty = faultyStores(fault);
  const one = await aBench({ wrap: faulty.wrap });
  const view = await signOn(one, await fillIn(one, typedShare(aShare())));
  assert.ok(view.kind === 'receipt');
  fault.at = faulty.calls() + after;
  return { one, faulty, number: view.committed.number, at: fault.at };
}

/** The next press of somebody who amends the record, and tries again when the store cannot be reached. */
async function pressOnwards(one: Bench, number: string, view: RecordingView | undefined, draftId: string | undefined) {
  if (view?.kind === 'questions') return next(one.recording, ASHA, pressOn(view, TYPED));
  if (view?.kind === 'check' && view.changes.length === 0)
    return change(one.recording, ASHA, { ...pressOn(view), change: 'recipient' });
  if (view?.kind === 'check') return sign(one.recording, ASHA, pressOn(view, TYPED));
  return draftId === undefined
    ? begin(one.recording, ASHA, number, 'amended')
    : openDraft(one.recording, ASHA, draftId);
}

async function amends(one: Bench, number: string): Promise<RecordingView> {
  let view: RecordingView | undefined;
  let draftId: string | undefined;
  for (let tries = 0; view?.kind !== 'receipt'; tries += 1) {
    assert.ok(tries < TRIES_AT_MOST, 'no receipt');
    try {
      view = await pressOnwards(one, number, view, draftId);
      if ('draft' in view) draftId = view.draft.draftId;
    } catch (error) {
      assert.match(codeOf(error), /^store\./);
      view = undefined;
    }
    // What is shown as saved is saved, at that moment.
    if (view?.kind === 'receipt') await storedOf(one, view);
  }
  return view;
}

function notExpected(code: string): never {
  throw new Error(`recovery failed: ${code}`);
}

function reachedBy({ faulty, at }: { readonly faulty: FaultyStores; readonly at: number }): boolean {
  return faulty.calls() >= at;
}

describe('a further version over a store that fails', () => {
  for (const how of FAULTS) {
    it(`is made once, whichever call fails ${how.when} its effect: ${how.code}`, async function () {
      this.timeout(30_000);
      let after = 1;
      for (; after < 100; after += 1) {
        const { one, faulty, number, at } = await aRecordThenAFault(after, how);
        try {
          const version = await storedOf(one, await amends(one, number));
          const reached = reachedBy({ faulty, at });
          if (reached) await recover(one.recording, notExpected);
          assert.equal(version.header.version, 2, `fault at call ${after}`);
          assert.equal(answersIn(version).recipientName, TYPED.recipientName);
          assert.equal((await one.stores.records.versions(version.caseKey, version.header.recordId)).length, 2);
          assert.deepEqual(await one.stores.drafts.committing(10), []);
          if (!reached) break;
        } finally {
          await one.close();
        }
      }
      assert.ok(after > 10 && after < 100, `the store was called ${after} times`);
    });
  }
});
