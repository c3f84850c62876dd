import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Typed } from '../../../src/answering.ts';
import { fieldsIn } from '../../../src/conditions.ts';
import type { Asked } from '../../../src/journey.ts';
import { startDraft } from '../../../src/recording/drafting.ts';
import { sign } from '../../../src/recording/signing.ts';
import { back, change, discard, later, next } from '../../../src/recording/stepping.ts';
import type { RecordingView } from '../../../src/recording/views.ts';
import type { RecordType } from '../../../src/recordType.ts';
import { RECORD_TYPES } from '../../../src/records/registry.ts';
import { requestMade } from '../../../src/records/requestMade.ts';
import { requestReceived } from '../../../src/records/requestReceived.ts';
import { answersIn, ASHA, aBench, pressOn, reopen, standing, storedOf, type Bench } from '../aBench.ts';
import { SEED, typedFor } from '../answerSets.ts';
import { NOW, TODAY } from '../aShare.ts';
import { completeAnswers } from '../completeAnswers.ts';
import { typedAnswers } from '../givenAnswers.ts';
import { faultsOf } from '../oracles/oracles.ts';

/** Answers that pass, for every question that can be asked: what a careful person falls back on. */
function carefully(type: RecordType): Typed {
  const asInTheOthers = completeAnswers(type.id).map((answers) => typedAnswers(type, answers));
  return Object.assign({}, ...asInTheOthers, SELDOM_ASKED, { signature: 'Asha Invented' });
}

const SELDOM_ASKED: Typed = {
  competenceView: 'She could say in her own words what would happen.',
  consentLimits: 'none',
  consentLimitsDetail: 'Nothing about the earlier placement.',
  withinLimits: 'yes',
  beyondLimitsReason: 'The placement bears on who is at risk.',
  requestLimitsDetail: 'Nothing about the earlier placement.',
  legalReference: 'Exampleshire Family Court, 2 November',
  toldOfRecords: 'now',
  notToldReason: 'The call was cut off',
  familyInformedWho: 'The mother',
  familyToldBy: '2026-11-27',
  notInformedReasons: 'riskOfHarm',
  notInformedExplanation: 'Telling the father might have put her at risk.',
  methodOther: 'By hand',
  concerning: 'Q.Z., aged 5',
  receiptConfirmed: 'notYet',
  receiptHow: 'reply',
  receiptNote: 'It was put through the door',
  requesterIdentityDetail: 'They gave the word agreed on',
  ownIdentityDetail: 'I gave the word agreed on',
  recipientMissing: '',
  recipientMissingReason: 'The desk would not say',
  requesterMissing: '',
  requesterMissingReason: 'The desk would not say',
  practitionerMissing: '',
  practitionerMissingReason: 'The desk would not say',
  outcomeDue: '2026-11-30',
  nextAction: 'The allocated worker rings on Friday.',
  reviewOn: '2026-12-07',
  jointWith: 'Bo Imaginary, North team',
  endorsedByName: 'Mo Pretend',
  professionalViewKind: 'opinion',
};

const PRESSES_AT_MOST = 60;
const JOURNEYS = 100;
/** So few signed journeys would mean that the property saw too little. */
const SIGNED_AT_LEAST = 60;

/** The answers by which a type parts into ways of its own: each must have been gone to its end. */
const TURNS: Readonly<Record<string, readonly string[]>> = {
  requestReceived: Object.keys(requestReceived.fields.decision.options),
  requestMade: Object.keys(requestMade.fields.reply.options),
};

/** A person at a draft of one type: what they would type, and what they answer at random however careful they are. */
interface Player {
  readonly type: RecordType;
  readonly careful: Typed;
  /** Questions that decide which others are asked. */
  readonly crossroads: ReadonlySet<string>;
  readonly sections: readonly string[];
}

function playerOf(type: RecordType): Player {
  return {
    type,
    careful: carefully(type),
    crossroads: new Set(
      Object.values(type.askWhen)
        .flatMap(fieldsIn)
        .filter((name) => isAnsweredAtRandom(name)),
    ),
    sections: type.sections.filter((section) => section.place !== 'signing').map(({ id }) => id),
  };
}

/** What cannot be had is ticked seldom, or hardly a journey would be signed. */
function isAnsweredAtRandom(name: string): boolean {
  return !name.endsWith('Missing') && name !== 'decidedBy' && name !== 'lawfulBasis' && name !== 'professionalView';
}

/** Pressing at random and typing well or badly, more and more carefully towards the end. */
async function play(bench: Bench, gen: fc.GeneratorValue, player: Player): Promise<RecordingView> {
  let view = await startDraft(bench.recording, ASHA, player.type);
  for (let press = 0; press < PRESSES_AT_MOST; press += 1) {
    if (view.kind === 'later') view = await reopen(bench, view);
    if (view.kind !== 'questions' && view.kind !== 'check') return view;
    const care = Math.min(98, 70 + press);
    const roll = gen(fc.nat, { max: 99 });
    const asked = view.kind === 'questions' ? view.card.asked : view.signing;
    const typed = {
      ...typedAt(gen, asked, care, player),
      signature: roll < care ? (player.careful.signature ?? '') : 'tbc',
    };
    const on = pressOn(view, typed);
    if (roll >= 97) view = await later(bench.recording, ASHA, on);
    else if (roll >= 91) view = await back(bench.recording, ASHA, on);
    else if (roll === 90) view = await discard(bench.recording, ASHA, { ...on, revision: on.revision - 1 });
    else if (view.kind === 'questions') view = await next(bench.recording, ASHA, on);
    else {
      const wrong = view.findings.find(({ level }) => level === 'problem')?.field;
      view = await atTheEnd(bench, gen, wrong, on, roll, player);
    }
  }
  return view;
}

async function atTheEnd(
  bench: Bench,
  gen: fc.GeneratorValue,
  wrong: string | undefined,
  on: Parameters<typeof sign>[2],
  roll: number,
  { type, sections }: Player,
): Promise<RecordingView> {
  // Signing with problems on the card is tried as well: it must not work.
  if (roll < 50 && (wrong === undefined || roll < 10)) return sign(bench.recording, ASHA, on);
  const holding = type.sections.find((section) => section.fields.some((name) => name === wrong));
  const section = holding?.place === 'signing' ? undefined : holding?.id;
  return change(bench.recording, ASHA, { ...on, change: section ?? gen(fc.constantFrom, ...sections) });
}

function typedAt(gen: fc.GeneratorValue, asked: readonly Asked[], care: number, player: Player): Typed {
  const typed: Record<string, string> = {};
  for (const { name, field } of asked) {
    if (gen(fc.nat, { max: 99 }) >= care || player.crossroads.has(name))
      Object.assign(
        typed,
        gen(() => typedFor(name, field)),
      );
    else {
      for (const id of [name, `${name}Date`, `${name}Time`]) {
        const text = player.careful[id];
        if (text !== undefined) typed[id] = text;
      }
    }
  }
  return typed;
}

describe('random journeys', () => {
  for (const type of RECORD_TYPES) {
    it(`through ${type.id} sign nothing that breaks a rule, and lose no record`, async () => {
      const player = playerOf(type);
      let receipts = 0;
      const turns = new Set<unknown>();
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (gen) => {
          const bench = await aBench();
          try {
            const view = await play(bench, gen, player);
            const saved = bench.commits.filter((result) => result === 'committed').length;
            assert.equal(saved, view.kind === 'receipt' ? 1 : 0, `${saved} records behind a ${view.kind}`);
            if (view.kind !== 'receipt') return void standing(view);
            receipts += 1;
            const answers = answersIn(await storedOf(bench, view));
            turns.add(answers.decision ?? answers.reply);
            const standpoint = { now: NOW, today: TODAY, publicAuthority: true };
            assert.deepEqual([...faultsOf(type.id, answers, standpoint)], []);
          } finally {
            await bench.close();
          }
        }),
        { seed: SEED, numRuns: JOURNEYS, endOnFailure: true },
      );
      assert.ok(receipts >= SIGNED_AT_LEAST, `only ${receipts} of ${JOURNEYS} journeys were signed`);
      assert.deepEqual(turns, new Set(TURNS[type.id] ?? [undefined]));
    });
  }
});
