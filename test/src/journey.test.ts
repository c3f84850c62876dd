import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Answers } from '../../src/fields.ts';
import { inputsOf } from '../../src/fields.ts';
import {
  CARD_INPUTS,
  CARD_LONG_TEXTS,
  cardsOfSection,
  journeyCards,
  relevantFields,
  type JourneyCard,
} from '../../src/journey.ts';
import { share } from '../../src/records/share.ts';
import { SEED, anyAnswers } from './answerSets.ts';
import { aShare, aShareWithout } from './aShare.ts';

const RUNS = { seed: SEED, numRuns: 600 };
const CARDS_AT_MOST = 8;

function allCards(answers: Answers): readonly JourneyCard[] {
  const outside = share.sections.filter((section) => (section.place ?? 'journey') !== 'journey');
  return [...journeyCards(share, answers), ...outside.flatMap((section) => cardsOfSection(share, section, answers))];
}

const namesOn = (cards: readonly JourneyCard[]): readonly string[] =>
  cards.flatMap((card) => card.asked.map(({ name }) => name));

describe('journey', () => {
  it('asks every question that applies on some card, and none twice', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const asked = namesOn(allCards(answers));
        assert.equal(new Set(asked).size, asked.length);
        assert.deepEqual(
          [...relevantFields(share, answers)].filter((name) => !asked.includes(name)),
          [],
        );
      }),
      RUNS,
    );
  });

  it('asks nothing that earlier cards have ruled out', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const relevant = relevantFields(share, answers);
        for (const card of allCards(answers)) {
          for (const { name, mode } of card.asked) if (mode !== 'offered') assert.ok(relevant.has(name), name);
        }
      }),
      RUNS,
    );
  });

  it('lays out each card from the answers of earlier cards only', () => {
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (answers, others) => {
        const cards = journeyCards(share, answers);
        for (let k = 0; k < cards.length; k += 1) {
          const before = new Set(namesOn(cards.slice(0, k)));
          const mixed = { ...pick(others, (name) => !before.has(name)), ...pick(answers, (name) => before.has(name)) };
          assert.deepEqual(laidOut(journeyCards(share, mixed)).slice(0, k + 1), laidOut(cards).slice(0, k + 1));
        }
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  it('keeps every card within its inputs and long answers, and every path within eight cards', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        assert.ok(journeyCards(share, answers).length <= CARDS_AT_MOST);
        for (const { asked } of allCards(answers)) {
          assert.ok(asked.reduce((sum, { field }) => sum + inputsOf(field), 0) <= CARD_INPUTS);
          assert.ok(asked.filter(({ field }) => field.kind === 'longText').length <= CARD_LONG_TEXTS);
        }
      }),
      RUNS,
    );
  });

  it('keeps the longest path, on which everything is asked, within eight cards', () => {
    const answers = aShareWithout({
      consent: 'partly',
      methods: ['letter', 'other'],
      consentGiverRoles: ['childUnder16'],
      consentLimits: 'limited',
      withinLimits: 'no',
      noConsentGrounds: ['courtOrder'],
      familyInformed: 'partly',
      toldOfRecords: 'no',
      receiptConfirmed: 'yes',
    });
    const cards = journeyCards(share, answers);
    assert.ok(cards.length <= CARDS_AT_MOST, `${cards.length} cards`);
    for (const name of [
      'competenceView',
      'beyondLimitsReason',
      'legalReference',
      'noConsentExplanation',
      'notInformedExplanation',
    ]) {
      assert.ok(namesOn(cards).includes(name), name);
    }
  });

  it('does not ask how it arrived when it was spoken', () => {
    assert.ok(!namesOn(journeyCards(share, aShare())).includes('receiptConfirmed'));
    assert.ok(namesOn(journeyCards(share, aShare({ methods: ['phone', 'letter'] }))).includes('receiptConfirmed'));
  });

  it('asks both sets of questions about consent when it was partial', () => {
    const names = namesOn(journeyCards(share, aShare({ consent: 'partly' })));
    assert.ok(names.includes('consentGivenBy') && names.includes('noConsentExplanation'));
  });

  it('gives the further cards of a section ids of their own', () => {
    const ids = journeyCards(share, aShare()).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.includes('consent') && ids.includes('consent.2'));
  });
});

function pick(answers: Answers, wanted: (name: string) => boolean): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => wanted(name)));
}

function laidOut(cards: readonly JourneyCard[]): unknown[] {
  return cards.map(({ id, asked }) => ({ id, asked: asked.map(({ name, mode }) => `${name} ${mode}`) }));
}
