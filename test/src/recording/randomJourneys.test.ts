import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Typed } from '../../../src/answering.ts';
import type { Asked } from '../../../src/journey.ts';
import { discard, later, back, next, change } from '../../../src/recording/stepping.ts';
import { startDraft } from '../../../src/recording/drafting.ts';
import { sign } from '../../../src/recording/signing.ts';
import type { RecordingView } from '../../../src/recording/views.ts';
import { share } from '../../../src/records/share.ts';
import { answersIn, ASHA, aBench, pressOn, reopen, standing, storedOf, type Bench } from '../aBench.ts';
import { SEED, typedFor } from '../answerSets.ts';
import { NOW, TODAY, aShareWithout, typedShare } from '../aShare.ts';
import { faultsOf } from '../shareOracle.ts';

/** Answers that pass, for every question that can be asked: what a careful person falls back on. */
const CAREFUL: Typed = {
  ...typedShare(
    aShareWithout({
      consentGivenBy: 'The mother, K.B.',
      consentGiverRoles: ['parent'],
      competenceView: 'She could say in her own words what would happen.',
      consentForm: 'written',
      consentOn: TODAY,
      consentLimits: 'none',
      consentLimitsDetail: 'Nothing about the earlier placement.',
      withinLimits: 'yes',
      beyondLimitsReason: 'The placement bears on who is at risk.',
      legalReference: 'Exampleshire Family Court, 2 November',
      toldOfRecords: 'now',
      notToldReason: 'The call was cut off',
      familyInformedWho: 'The mother',
      familyToldBy: '2026-11-27',
      notInformedExplanation: 'Telling the father might have put her at risk.',
      outcome: 'A visit was booked for Thursday.',
      methodOther: 'By hand',
      concerning: 'Q.Z., aged 5',
      receiptHow: 'reply',
      receiptNote: 'It was put through the door',
      recipientMissingReason: 'The desk would not say',
      jointWith: 'Bo Imaginary, North team',
      endorsedByName: 'Mo Pretend',
      professionalViewKind: 'opinion',
    }),
  ),
  recipientMissing: '',
  signature: 'Asha Invented',
};

const PRESSES_AT_MOST = 60;
const SECTIONS = share.sections.filter((section) => section.place !== 'signing').map(({ id }) => id);

/** One person at one draft, pressing at random and typing well or badly, more and more carefully towards the end. */
async function play(bench: Bench, gen: fc.GeneratorValue): Promise<RecordingView> {
  let view = await startDraft(bench.recording, ASHA, share);
  for (let press = 0; press < PRESSES_AT_MOST; press += 1) {
    if (view.kind === 'later') view = await reopen(bench, view);
    if (view.kind !== 'questions' && view.kind !== 'check') return view;
    const care = Math.min(98, 70 + press);
    const roll = gen(fc.nat, { max: 99 });
    const asked = view.kind === 'questions' ? view.card.asked : view.signing;
    const typed = {
      ...typedAt(gen, asked, care),
      ...(roll < care ? { signature: CAREFUL.signature ?? '' } : { signature: 'tbc' }),
    };
    const on = pressOn(view, typed);
    if (roll >= 97) view = await later(bench.recording, ASHA, on);
    else if (roll >= 91) view = await back(bench.recording, ASHA, on);
    else if (roll === 90) view = await discard(bench.recording, ASHA, { ...on, revision: on.revision - 1 });
    else if (view.kind === 'questions') view = await next(bench.recording, ASHA, on);
    else view = await atTheEnd(bench, gen, view.findings.find(({ level }) => level === 'problem')?.field, on, roll);
  }
  return view;
}

async function atTheEnd(
  bench: Bench,
  gen: fc.GeneratorValue,
  wrong: string | undefined,
  on: Parameters<typeof sign>[2],
  roll: number,
): Promise<RecordingView> {
  // Signing with problems on the card is tried as well: it must not work.
  if (roll < 50 && (wrong === undefined || roll < 10)) return sign(bench.recording, ASHA, on);
  const holding = share.sections.find((section) => section.fields.some((name) => name === wrong));
  const section = holding?.place === 'signing' ? undefined : holding?.id;
  return change(bench.recording, ASHA, { ...on, change: section ?? gen(fc.constantFrom, ...SECTIONS) });
}

function typedAt(gen: fc.GeneratorValue, asked: readonly Asked[], care: number): Typed {
  const typed: Record<string, string> = {};
  for (const { name, field } of asked) {
    if (gen(fc.nat, { max: 99 }) >= care || isCrossroads(name))
      Object.assign(
        typed,
        gen(() => typedFor(name, field)),
      );
    else for (const id of [name, `${name}Date`, `${name}Time`]) if (CAREFUL[id] !== undefined) typed[id] = CAREFUL[id];
  }
  return typed;
}

/** Questions that decide which others are asked: answered at random however careful the person is. */
function isCrossroads(name: string): boolean {
  return ['consent', 'familyInformed', 'outcomeKnown', 'methods', 'consentLimits', 'receiptConfirmed'].includes(name);
}

describe('random journeys', () => {
  it('sign nothing that breaks a rule, and lose no record', async function () {
    this.timeout(50_000);
    let receipts = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (gen) => {
        const bench = await aBench();
        try {
          const view = await play(bench, gen);
          const saved = bench.commits.filter((result) => result === 'committed').length;
          assert.equal(saved, view.kind === 'receipt' ? 1 : 0, `${saved} records behind a ${view.kind}`);
          if (view.kind !== 'receipt') return void standing(view);
          receipts += 1;
          const answers = answersIn(await storedOf(bench, view));
          assert.deepEqual([...faultsOf(answers, NOW, TODAY)], []);
        } finally {
          await bench.close();
        }
      }),
      { seed: SEED, numRuns: 150, endOnFailure: true },
    );
    assert.ok(receipts >= 50, `only ${receipts} of 150 journeys were signed: the property saw too little`);
  });
});
