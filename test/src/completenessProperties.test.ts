import assert from 'node:assert/strict';
import fc from 'fast-check';
import { effectiveAnswers, findings, problems } from '../../src/completeness.ts';
import { relevantFields } from '../../src/journey.ts';
import { share } from '../../src/records/share.ts';
import { SEED, anyAnswers } from './answerSets.ts';
import { NOW, SETTINGS, TODAY, aShare, aShareWithout, aSituation } from './aShare.ts';
import { faultsOf } from './shareOracle.ts';

const RUNS = { seed: SEED, numRuns: 1_500 };

/** Sets of answers that are mostly complete, with a few answers replaced: near misses find more than noise does. */
const nearlyComplete = fc
  .tuple(
    fc.constantFrom(
      aShare(),
      aShareWithout(),
      aShareWithout({ ...aShare({ consent: 'partly' }), methods: ['letter'] }),
    ),
    anyAnswers,
    fc.subarray(Object.keys(share.fields), { maxLength: 5 }),
  )
  .map(([complete, other, names]) => {
    const kept = Object.entries(complete).filter(([name]) => !names.includes(name));
    const replaced = Object.entries(other).filter(([name]) => names.includes(name));
    return Object.fromEntries([...kept, ...replaced]);
  });

describe('completeness, against the table of required fields', () => {
  for (const [what, arbitrary] of [
    ['any answers', anyAnswers],
    ['nearly complete answers', nearlyComplete],
  ] as const) {
    it(`refuses exactly the fields that the table refuses: ${what}`, () => {
      fc.assert(
        fc.property(arbitrary, fc.boolean(), (answers, publicAuthority) => {
          const situation = aSituation({ settings: { ...SETTINGS, publicAuthority } });
          const found = new Set(problems(share, answers, situation).map(({ field }) => field));
          const relevant = relevantFields(share, answers);
          const expected = [...faultsOf(answers, NOW, TODAY, publicAuthority)].filter((name) => relevant.has(name));
          assert.deepEqual([...found].sort(), expected.sort());
          assert.equal(
            found.size === 0,
            faultsOf(effectiveAnswers(share, answers), NOW, TODAY, publicAuthority).size === 0,
          );
        }),
        RUNS,
      );
    });
  }

  it('lists findings in the order of the questions, each naming its question', () => {
    const order = share.sections.flatMap((section): readonly string[] => section.fields);
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const found = findings(share, answers, aSituation());
        const places = found.map(({ field }) => order.indexOf(field));
        assert.deepEqual(
          places,
          [...places].sort((a, b) => a - b),
        );
        for (const { field, text } of found) {
          const label = Object.entries(share.fields).find(([name]) => name === field)?.[1].label ?? 'no such field';
          assert.ok(text.includes(label), text);
        }
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  it('accepts the shares that the other tests build on', () => {
    for (const answers of [aShare(), aShareWithout()]) assert.deepEqual(problems(share, answers, aSituation()), []);
  });
});
