import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { begin } from '../../../../src/recording/beginning.ts';
import type { RecordingDeps } from '../../../../src/recording/deps.ts';
import { openDraft, startDraft } from '../../../../src/recording/drafting.ts';
import { sign } from '../../../../src/recording/signing.ts';
import { change, next } from '../../../../src/recording/stepping.ts';
import { share } from '../../../../src/records/share.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import {
  aBench,
  answersIn,
  aPerson,
  ASHA,
  check,
  fillIn,
  pressOn,
  questions,
  storedOf,
  type Bench,
} from '../../aBench.ts';
import { aShare, typedShare } from '../../aShare.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';

const INSTANCES = 8;
/** Each way in which some have seen the draft before, five times; `instances.test.ts` has 200 of what decides it in the store. */
const SCHEDULES = 40;
const SIGNED = { signature: ASHA.name };

const MANAGERS = Array.from({ length: INSTANCES }, (_, nth) =>
  aPerson({ id: `person-m${nth}`, name: `Manager ${'ABCDEFGH'[nth] ?? ''} Pretend`, roles: ['manager'] }),
);

describe('people who press at the same time on several instances of the bot on Cosmos DB', () => {
  const double = withADouble();
  let all: readonly { readonly stores: Stores; readonly bench: Bench; readonly recording: RecordingDeps }[];
  before(async () => {
    const place = await freshDatabase(double());
    all = await Promise.all(
      Array.from({ length: INSTANCES }, async () => {
        const stores = await opened(place);
        const bench = await aBench({ people: [ASHA, ...MANAGERS], wrap: () => stores });
        // Each has a chance of its own, as processes do.
        return {
          stores,
          bench,
          recording: { ...bench.recording, random: { bytes: (length: number) => randomBytes(length) } },
        };
      }),
    );
  });
  after(() => Promise.all(all.map(({ stores, bench }) => Promise.all([stores.close(), bench.close()]))));

  const instance = (nth: number) => all[nth % INSTANCES] ?? assert.fail();

  it(`keep what one of ${INSTANCES} typed on a card, and tell all others, in ${SCHEDULES} schedules`, async () => {
    for (let schedule = 0; schedule < SCHEDULES; schedule += 1) {
      const shown = questions(await startDraft(instance(schedule).recording, ASHA, share));
      const { draftId } = shown.draft;
      // Some have seen the draft before, and some have not.
      for (const { recording } of all.slice(0, schedule % INSTANCES)) await openDraft(recording, ASHA, draftId);
      const typed = (nth: number) => ({ ...typedShare(aShare()), concerning: `Q.Z. of instance ${nth}` });
      const views = await Promise.all(
        all.map(({ recording }, nth) => next(recording, ASHA, pressOn(shown, typed(nth)))),
      );
      const told = views.map((view) => questions(view).notice !== undefined);
      assert.equal(told.filter((isTold) => !isTold).length, 1, 'one goes on');
      const winner = typed(told.indexOf(false)).concerning;
      for (const view of [...views, await openDraft(instance(schedule + 1).recording, ASHA, draftId)]) {
        const { revision, answers } = questions(view).draft;
        assert.deepEqual([revision, answers.concerning], [shown.draft.revision + 1, winner]);
      }
    }
  }).timeout(120_000);

  it('make one record of a signature that all of them handle, and show all the same receipt', async () => {
    for (let schedule = 0; schedule < 20; schedule += 1) {
      const { bench, stores } = instance(schedule);
      const at = check(await fillIn({ ...bench, recording: instance(schedule).recording }, typedShare(aShare())));
      const press = pressOn(at, SIGNED);
      const before = (await stores.records.byAuthor(ASHA.id, { limit: 1_000 })).items.length;
      const views = await Promise.all(all.map(({ recording }) => sign(recording, ASHA, press)));
      const numbers = views.map((view) => (view.kind === 'receipt' ? view.committed.number : view.kind));
      assert.equal(new Set(numbers).size, 1, numbers.join());
      assert.equal((await stores.records.byAuthor(ASHA.id, { limit: 1_000 })).items.length, before + 1);
    }
  }).timeout(120_000);

  it('save one of the amendments that all sign at once, and tell all others, who keep theirs', async () => {
    for (let schedule = 0; schedule < 10; schedule += 1) {
      const { recording, bench } = instance(schedule);
      const made = await sign(recording, ASHA, pressOn(check(await fillIn({ ...bench, recording }, typedShare(aShare()))), SIGNED)); // prettier-ignore
      assert.ok(made.kind === 'receipt');
      const typed = (nth: number) => ({ recipientName: `Nia Number${nth}`, amendmentReason: 'It was misspelt.', signature: MANAGERS[nth]?.name ?? '' }); // prettier-ignore
      const ready = await Promise.all(
        all.map(async ({ recording: deps }, nth) => {
          const who = MANAGERS[nth] ?? assert.fail();
          const begun = check(await begin(deps, who, made.committed.number, 'amended'));
          const asked = await change(deps, who, { ...pressOn(begun), change: 'recipient' });
          return check(await next(deps, who, pressOn(questions(asked), typed(nth))));
        }),
      );
      const views = await Promise.all(
        all.map(({ recording: deps }, nth) => sign(deps, MANAGERS[nth] ?? assert.fail(), pressOn(ready[nth] ?? assert.fail(), typed(nth)))), // prettier-ignore
      );
      const kinds = views.map(({ kind }) => kind);
      assert.deepEqual(kinds.toSorted(), [...Array<string>(INSTANCES - 1).fill('overtaken'), 'receipt'].sort());
      const winner = kinds.indexOf('receipt');
      const saved = await storedOf({ ...bench, stores: instance(0).stores }, views[winner] ?? assert.fail());
      assert.deepEqual([saved.header.version, answersIn(saved).recipientName], [2, typed(winner).recipientName]);
      for (const [nth, view] of views.entries())
        if (view.kind === 'overtaken')
          assert.deepEqual([view.draft.status, view.draft.answers.recipientName], ['open', typed(nth).recipientName]);
    }
  }).timeout(120_000);
});
