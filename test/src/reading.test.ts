import assert from 'node:assert/strict';
import fc from 'fast-check';
import { effectiveAnswers } from '../../src/completeness.ts';
import type { Answers } from '../../src/fields.ts';
import { relevantFields } from '../../src/journey.ts';
import { openItems } from '../../src/openItems.ts';
import { keptFrom, readAnswers } from '../../src/reading.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';
import { share } from '../../src/records/share.ts';
import { readWording, wordingOf } from '../../src/wording.ts';
import { aShare, aShareWithout, aSituation } from './aShare.ts';
import { nearlyComplete, SEED } from './answerSets.ts';

const read = (answers: Answers): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readAnswers(share, readWording(wordingOf(share).body), effectiveAnswers(share, answers)).flatMap(({ lines }) =>
      lines.map(({ field, text }) => [field, text]),
    ),
  );

describe('reading a record', () => {
  it('says what was not given, and why', () => {
    const gap = { recipientName: undefined, recipientMissing: ['name'], recipientMissingReason: 'refused' } as const;
    const lines = read(aShare(gap));
    assert.equal(lines.recipientName, 'not given (refused)');
    assert.equal(lines.recipientMissing, undefined);
  });

  it('gives the same reason where none was typed again', () => {
    assert.match(read(aShareWithout()).notInformedExplanation ?? '', /^The same reason/);
  });

  it('gives no reason for not telling a family that was told, or that will be', () => {
    const told = aShareWithout({ familyInformed: 'yes', toldOfRecords: 'now', notInformedReasons: undefined });
    const toBeTold = aShareWithout({ familyInformed: 'notYet', familyToldBy: '2026-12-01' });
    for (const answers of [told, toBeTold]) assert.equal(read(answers).notInformedExplanation, undefined);
  });

  for (const type of RECORD_TYPES) {
    it(`of ${type.id} has a line only for a question that applies, or for what is implied`, () => {
      fc.assert(
        fc.property(nearlyComplete(type), (answers) => {
          const relevant = relevantFields(type, answers);
          const lines = readAnswers(type, readWording(wordingOf(type).body), effectiveAnswers(type, answers));
          const stray = lines.flatMap((section) => section.lines.map(({ field }) => field));
          assert.deepEqual(
            stray.filter((name) => !relevant.has(name) && !(name in type.implied)),
            [],
          );
        }),
        { seed: SEED, numRuns: 500 },
      );
    });
  }

  it('says that what was spoken was confirmed in person', () => {
    assert.match(read(aShare()).receiptConfirmed ?? '', /^Confirmed in person/);
  });

  it('shows a view with its kind, an endorsement as unconfirmed, and labels for ticks', () => {
    const lines = read(aShare({ professionalView: 'He is safe.', professionalViewKind: 'opinion', decidedBy: ['endorsed'], endorsedByName: 'Mo Pretend' })); // prettier-ignore
    assert.equal(lines.professionalView, 'Opinion: He is safe.');
    assert.equal(lines.endorsedByName, 'Said to be endorsed by Mo Pretend, not yet confirmed');
    assert.equal(lines.methods, 'Telephone');
  });

  it('keeps who must not know out of the lines, and gives it apart', () => {
    const answers = aShare({ keepFrom: 'D.B.' });
    assert.equal(read(answers).keepFrom, undefined);
    assert.equal(keptFrom(answers), 'D.B.');
    assert.equal(keptFrom(aShare()), undefined);
  });

  it('opens what is unfinished, in the order in which it falls due', () => {
    const answers = aShareWithout({
      familyInformed: 'notYet',
      familyToldBy: '2026-12-01',
      notInformedReasons: ['other'],
    });
    assert.deepEqual(openItems(share, answers, aSituation()), [
      { kind: 'outcome', due: '2026-11-24' },
      { kind: 'receipt', due: '2026-11-25' },
      { kind: 'familyTold', due: '2026-12-01' },
    ]);
    assert.deepEqual(openItems(share, aShare(), aSituation()), []);
  });
});
