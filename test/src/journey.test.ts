import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inputsOf, type Answers } from '../../src/fields.ts';
import {
  CARD_INPUTS,
  CARD_LONG_TEXTS,
  cardsOfSection,
  fieldOf,
  isRequired,
  journeyCards,
  relevantFields,
  type Asked,
  type JourneyCard,
} from '../../src/journey.ts';
import { signingQuestions } from '../../src/recording/show.ts';
import type { RecordType } from '../../src/recordType.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';
import { requestMade } from '../../src/records/requestMade.ts';
import { requestReceived } from '../../src/records/requestReceived.ts';
import { share } from '../../src/records/share.ts';
import { aRequestMade } from './aRequestMade.ts';
import { aRequestNotOurs, aRequestReceived, aRequestRefused, aRequestWaiting } from './aRequestReceived.ts';
import { aShare } from './aShare.ts';
import { SEED, anyAnswers, nearlyComplete } from './answerSets.ts';
import { everyPath } from './everyPath.ts';

const RUNS = { seed: SEED, numRuns: 300 };
const CARDS_AT_MOST = 8;
/** The team and the signature. */
const SIGNING_INPUTS = 2;

/** Sections that are reached from the check card only when their button is pressed. */
const offeredIn = (type: RecordType): readonly string[] =>
  type.sections.filter(({ place }) => place === 'offered').flatMap(({ fields }) => fields);

function allCards(type: RecordType, answers: Answers): readonly JourneyCard[] {
  const outside = type.sections.filter((section) => (section.place ?? 'journey') !== 'journey');
  return [...journeyCards(type, answers), ...outside.flatMap((section) => cardsOfSection(type, section, answers))];
}

const namesOn = (cards: readonly JourneyCard[]): readonly string[] =>
  cards.flatMap((card) => card.asked.map(({ name }) => name));

function fitsOnACard(asked: readonly Asked[], others = 0): boolean {
  const inputs = asked.reduce((sum, { field }) => sum + inputsOf(field), others);
  return inputs <= CARD_INPUTS && asked.filter(({ field }) => field.kind === 'longText').length <= CARD_LONG_TEXTS;
}

for (const type of RECORD_TYPES) {
  const sets = fc.oneof(anyAnswers(type), nearlyComplete(type));

  describe(`journey of ${type.id}`, () => {
    it('asks every question that applies on some card, and none twice', () => {
      fc.assert(
        fc.property(sets, (answers) => {
          const asked = namesOn(allCards(type, answers));
          assert.equal(new Set(asked).size, asked.length);
          assert.deepEqual(
            [...relevantFields(type, answers)].filter((name) => !asked.includes(name)),
            [],
          );
        }),
        RUNS,
      );
    });

    it('asks what must be answered on the way or at signing, never behind a button alone', () => {
      const offered = new Set(offeredIn(type));
      fc.assert(
        fc.property(sets, (answers) => {
          const untouched = pick(answers, (name) => !offered.has(name));
          const relevant = relevantFields(type, untouched);
          const met = [...namesOn(journeyCards(type, untouched)), ...signingNames(type, untouched)];
          const missed = [...relevant].filter(
            (name) => isRequired(type, name, untouched, relevant) && !met.includes(name),
          );
          assert.deepEqual(missed, []);
        }),
        RUNS,
      );
    });

    it('asks nothing that earlier cards have ruled out', () => {
      fc.assert(
        fc.property(sets, (answers) => {
          const relevant = relevantFields(type, answers);
          for (const card of allCards(type, answers)) {
            for (const { name, mode } of card.asked) if (mode !== 'offered') assert.ok(relevant.has(name), name);
          }
        }),
        RUNS,
      );
    });

    it('lays out each card from the answers of earlier cards only', () => {
      fc.assert(
        fc.property(sets, sets, (answers, others) => {
          const cards = journeyCards(type, answers);
          for (let k = 0; k < cards.length; k += 1) {
            const before = new Set(namesOn(cards.slice(0, k)));
            const mixed = {
              ...pick(others, (name) => !before.has(name)),
              ...pick(answers, (name) => before.has(name)),
            };
            assert.deepEqual(laidOut(journeyCards(type, mixed)).slice(0, k + 1), laidOut(cards).slice(0, k + 1));
          }
        }),
        { ...RUNS, numRuns: 150 },
      );
    });

    it('keeps every card within its inputs and long answers, whatever is answered or left', () => {
      fc.assert(
        fc.property(sets, (answers) => {
          assert.ok(journeyCards(type, answers).length <= CARDS_AT_MOST);
          for (const { asked } of allCards(type, answers)) assert.ok(fitsOnACard(asked));
          assert.ok(fitsOnACard(signingQuestions(type, answers), SIGNING_INPUTS), 'the check card');
        }),
        RUNS,
      );
    });

    it('keeps every path there is within eight cards, each within its inputs, and meets every question on one', () => {
      const met = new Set<string>();
      for (const answers of everyPath(type)) {
        const cards = journeyCards(type, answers);
        assert.ok(cards.length <= CARDS_AT_MOST, `${cards.length} cards for ${JSON.stringify(answers)}`);
        for (const { id, asked } of cards) {
          assert.ok(fitsOnACard(asked), id);
          for (const { name } of asked) met.add(name);
        }
      }
      const onTheWay = type.sections.filter(({ place }) => place === undefined).flatMap(({ fields }) => fields);
      assert.deepEqual([...met].toSorted(), onTheWay.filter((name) => !isRetired(type, name)).toSorted());
    });

    it('gives every card of a path an id of its own', () => {
      fc.assert(
        fc.property(sets, (answers) => {
          const ids = allCards(type, answers).map(({ id }) => id);
          assert.equal(new Set(ids).size, ids.length);
        }),
        { ...RUNS, numRuns: 100 },
      );
    });
  });
}

describe('the way through a share', () => {
  const asked = (wanted: Parameters<typeof aShare>[0]) => namesOn(journeyCards(share, aShare(wanted)));

  it('does not ask how it arrived when it was spoken', () => {
    assert.ok(!asked({}).includes('receiptConfirmed'));
    assert.ok(asked({ methods: ['phone', 'letter'] }).includes('receiptConfirmed'));
  });

  it('asks both sets of questions about consent when it was partial', () => {
    const names = asked({ consent: 'partly' });
    assert.ok(names.includes('consentGivenBy') && names.includes('noConsentExplanation'));
  });

  it('gives the further cards of a section ids of their own', () => {
    const ids = journeyCards(share, aShare()).map(({ id }) => id);
    assert.ok(ids.includes('consent') && ids.includes('consent.2'));
  });
});

describe('the way through a request received', () => {
  const relevant = (answers: Answers) => relevantFields(requestReceived, answers);
  const AFTER_SHARING = ['sharedAt', 'consent', 'lawfulBasis', 'informationShared', 'methods'];

  it('asks of consent, the family and what was shared only when something was shared', () => {
    for (const name of AFTER_SHARING) {
      assert.ok(relevant(aRequestReceived()).has(name), name);
      for (const answers of [aRequestRefused(), aRequestWaiting(), aRequestNotOurs()])
        assert.ok(!relevant({ ...aRequestReceived(), ...answers }).has(name), name);
    }
  });

  it('asks what stood against sharing when something was held back', () => {
    for (const [decision, isAsked] of [
      ['all', false],
      ['part', true],
      ['none', true],
      ['notYet', false],
    ] as const)
      // prettier-ignore
      assert.equal(relevant(aRequestReceived({ decision })).has('refusalGrounds'), isAsked, decision);
  });

  it('asks of the family, of issues of consent and of who decided when it was refused', () => {
    for (const name of ['familyInformed', 'consentIssues', 'decidedBy', 'outcomeKnown'])
      assert.ok(relevant(aRequestRefused()).has(name), name);
  });

  it('asks by when it will be decided, and for no outcome, while nothing is decided', () => {
    const names = relevant(aRequestWaiting());
    assert.ok(names.has('waitingFor') && names.has('decisionDue'));
    assert.ok(!names.has('outcomeKnown') && !names.has('nextAction') && !names.has('decidedBy'));
  });

  it('may do without reasons when nothing is held, and asks to whom a request was passed on', () => {
    const nothingHeld = aRequestNotOurs();
    assert.ok(!isRequired(requestReceived, 'decisionReasons', nothingHeld, relevant(nothingHeld)));
    const passedOn = relevant(aRequestNotOurs({ decision: 'passedOn' }));
    assert.ok(passedOn.has('passedTo') && !passedOn.has('decisionReasons'));
  });
});

describe('the way through a request made', () => {
  const relevant = (answers: Answers) => relevantFields(requestMade, answers);

  it('asks when they replied and for the outcome once they have, and only then', () => {
    for (const name of ['replyAt', 'outcomeKnown']) {
      assert.ok(!relevant(aRequestMade()).has(name), name);
      for (const reply of ['all', 'part', 'refused', 'nothingHeld'] as const)
        assert.ok(relevant(aRequestMade({ reply })).has(name), `${name} ${reply}`);
    }
    assert.ok(relevant(aRequestMade()).has('outcomeDue'));
  });

  it('asks what came only when something came, and why it was held back when something was', () => {
    for (const [reply, came, heldBack] of [
      ['awaited', false, false],
      ['all', true, false],
      ['part', true, true],
      ['refused', false, true],
      ['nothingHeld', false, false],
    ] as const) {
      assert.equal(relevant(aRequestMade({ reply })).has('informationShared'), came, reply);
      assert.equal(relevant(aRequestMade({ reply })).has('refusalReasons'), heldBack, reply);
    }
  });
});

function signingNames(type: RecordType, answers: Answers): readonly string[] {
  return signingQuestions(type, answers).map(({ name }) => name);
}

function isRetired(type: RecordType, name: string): boolean {
  return fieldOf(type, name).retired !== undefined;
}

function pick(answers: Answers, wanted: (name: string) => boolean): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => wanted(name)));
}

function laidOut(cards: readonly JourneyCard[]): unknown[] {
  return cards.map(({ id, asked }) => ({ id, asked: asked.map(({ name, mode }) => `${name} ${mode}`) }));
}
