import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sampleCards } from '../../cards/samples.ts';
import { effectiveAnswers, findings } from '../../src/completeness.ts';
import type { Answers } from '../../src/fields.ts';
import type { RecordType } from '../../src/recordType.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';
import { wordsOf } from '../cards/looking.ts';
import { anyAnswers, nearlyComplete, SEED } from '../src/answerSets.ts';
import { aSituation, SETTINGS, TODAY } from '../src/aShare.ts';
import { readingAge, wordsIn } from './readingAge.ts';

/** An age at which anybody reads at work, tired or interrupted. */
const AGE_AT_MOST = 12;
/** One long text may be harder than all of them together, but not by more than this. */
const ONE_TEXT_AT_MOST = 16;
/** Fewer words than this say little of how hard a text is. */
const LONG_TEXT_WORDS = 12;

const SITUATION = aSituation({ settings: { ...SETTINGS, dutyToShareFrom: TODAY } });

/** Answers enough for every rule to have something to say. */
function answersTo(type: RecordType): readonly Answers[] {
  const long = nearlyComplete(type).map((answers) => ({ ...answers, informationShared: 'what was said '.repeat(60) }));
  return fc.sample(fc.oneof(anyAnswers(type), nearlyComplete(type), long), { seed: SEED, numRuns: 1_500 });
}

/** What is read of one type, by what it is for. */
function textsOf(type: RecordType, sets: readonly Answers[]): Readonly<Record<string, readonly string[]>> {
  const fields = Object.values(type.fields);
  return {
    labels: [...type.sections.map(({ title }) => title), ...fields.map(({ label }) => label)],
    hints: fields.flatMap(({ hint, beside }) => [hint, beside].filter((text) => text !== undefined)),
    options: fields.flatMap((field) =>
      'options' in field ? Object.values(field.options).map(({ label }) => label) : [],
    ),
    'ways to mend': fields.map(({ mend }) => mend),
    findings: distinct(sets.flatMap((answers) => findings(type, answers, SITUATION).map(({ text }) => text))),
  };
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Long texts that are too hard, each with its age. */
const tooHard = (texts: readonly string[]): readonly string[] =>
  distinct(texts)
    .filter((text) => wordsIn(text).length >= LONG_TEXT_WORDS && readingAge([text]) > ONE_TEXT_AT_MOST)
    .map((text) => `${readingAge([text]).toFixed(1)}: ${text}`);

function isEasy(texts: readonly string[]): void {
  const age = readingAge(texts);
  assert.ok(texts.length > 0 && age <= AGE_AT_MOST, `${age.toFixed(1)} over ${texts.length} texts`);
}

describe('reading age', () => {
  it('tells plain words from official ones', () => {
    assert.ok(readingAge(['Say who agreed. Their initials are enough.']) < AGE_AT_MOST);
    const official = ['Practitioners must ascertain whether appropriate authorisation was obtained prior to disclosure of confidential information.']; // prettier-ignore
    assert.equal(tooHard(official).length, 1);
  });

  for (const type of RECORD_TYPES) {
    describe(`of ${type.id}`, () => {
      const sets = answersTo(type);
      const texts = textsOf(type, sets);

      for (const [what, read] of Object.entries(texts)) {
        it(`is ${AGE_AT_MOST} at most, over its ${what}`, () => isEasy(read));
      }

      it(`is ${ONE_TEXT_AT_MOST} at most, for each long text`, () => {
        assert.deepEqual(tooHard(Object.values(texts).flat()), []);
      });

      it('is taken over what every rule has to say', () => {
        const silent = type.checks.filter(
          (check) => !sets.some((answers) => check.find(effectiveAnswers(type, answers), SITUATION) !== undefined),
        );
        assert.deepEqual(
          silent.map(({ on }) => on),
          [],
        );
      });
    });
  }

  describe('of the cards', () => {
    const texts = distinct(sampleCards().flatMap(({ card }) => wordsOf(card)));

    it(`is ${AGE_AT_MOST} at most, over all their words`, () => isEasy(texts));

    it(`is ${ONE_TEXT_AT_MOST} at most, for each long text`, () => assert.deepEqual(tooHard(texts), []));
  });
});
