import assert from 'node:assert/strict';
import { checkCard } from '../../cards/checkCard.ts';
import { recordCard } from '../../cards/recordCards.ts';
import { PARTLY, SPOKEN } from '../../cards/samples/answers.ts';
import { aRecord } from '../../cards/samples/recordSamples.ts';
import { aDraft, SITUATION } from '../../cards/samples/sample.ts';
import { checkView } from '../../src/recording/show.ts';
import { share } from '../../src/records/share.ts';
import { actionsOf, inputsOf, partsOf } from './looking.ts';

describe('check card', () => {
  const drawn = checkCard(checkView(share, aDraft(PARTLY), [], SITUATION));

  it('marks nothing as required, so that Change is never held up', () => {
    assert.deepEqual(
      inputsOf(drawn).filter(({ isRequired }) => isRequired === true),
      [],
    );
  });

  it('says beside each Change what it changes', () => {
    const changes = actionsOf(drawn).filter(({ title }) => title === 'Change');
    assert.equal(new Set(changes.map(({ tooltip }) => tooltip)).size, changes.length);
  });

  it('repeats a problem at the section that holds it', () => {
    const card = checkCard(checkView(share, aDraft({ ...SPOKEN, recipientName: 'n/a' }), [], SITUATION));
    const told = partsOf(card.body).filter(({ text }) => String(text).startsWith('Give the name of the recipient'));
    assert.equal(told.length, 2);
  });
});

describe('record card', () => {
  it('says first, as a heading, from whom it must be kept', () => {
    const texts = partsOf(recordCard(aRecord(PARTLY)).body).filter(({ text }) => text !== undefined);
    assert.deepEqual(
      texts.slice(0, 2).map(({ text }) => text),
      ['Keep this from', 'The former partner, D.B.'],
    );
    assert.equal(texts[0]?.style, 'heading');
  });
});
