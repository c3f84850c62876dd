import assert from 'node:assert/strict';
import fc from 'fast-check';
import { effectiveAnswers, findings, problems } from '../../src/completeness.ts';
import { fieldOf, relevantFields } from '../../src/journey.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';
import { SEED, anyAnswers, nearlyComplete } from './answerSets.ts';
import { NOW, SETTINGS, TODAY, aSituation } from './aShare.ts';
import { completeAnswers } from './completeAnswers.ts';
import { faultsOf } from './oracles/oracles.ts';

const RUNS = { seed: SEED, numRuns: 300 };

for (const type of RECORD_TYPES) {
  describe(`completeness of ${type.id}, against the tables of required fields`, () => {
    for (const [what, arbitrary, numRuns] of [
      ['any answers', anyAnswers(type), 600],
      ['nearly complete answers', nearlyComplete(type), 1_500],
    ] as const) {
      it(`refuses exactly the fields that the tables refuse: ${what}`, () => {
        fc.assert(
          fc.property(arbitrary, fc.boolean(), (answers, publicAuthority) => {
            const situation = aSituation({ settings: { ...SETTINGS, publicAuthority } });
            const standpoint = { now: NOW, today: TODAY, publicAuthority };
            const found = new Set(problems(type, answers, situation).map(({ field }) => field));
            const relevant = relevantFields(type, answers);
            const expected = [...faultsOf(type.id, answers, standpoint)].filter((name) => relevant.has(name));
            assert.deepEqual([...found].sort(), expected.sort());
            const signed = faultsOf(type.id, effectiveAnswers(type, answers), standpoint);
            assert.equal(found.size === 0, signed.size === 0);
          }),
          { ...RUNS, numRuns },
        );
      });
    }

    it('lists findings in the order of the questions, each naming its question', () => {
      const order = type.sections.flatMap((section) => section.fields);
      fc.assert(
        fc.property(anyAnswers(type), (answers) => {
          const found = findings(type, answers, aSituation());
          const places = found.map(({ field }) => order.indexOf(field));
          assert.deepEqual(
            places,
            places.toSorted((a, b) => a - b),
          );
          for (const { field, text } of found) assert.ok(text.includes(fieldOf(type, field).label), text);
        }),
        RUNS,
      );
    });

    it('accepts the records that the other tests build on', () => {
      for (const answers of completeAnswers(type.id)) assert.deepEqual(problems(type, answers, aSituation()), []);
    });
  });
}
