import assert from 'node:assert/strict';
import { answerCard, type Typed } from '../../src/answering.ts';
import type { Answers } from '../../src/fields.ts';
import { fieldOf, type Asked } from '../../src/journey.ts';
import { share } from '../../src/records/share.ts';

const asked = (...names: readonly string[]): readonly Asked[] =>
  names.map((name) => ({ name, field: fieldOf(share, name), mode: 'optional' }));
const answer = (names: readonly string[], typed: Typed, before: Answers = {}) =>
  answerCard(share, asked(...names), before, typed);

describe('answering a card', () => {
  it('cuts what is over its limit, says by how much, and keeps what was saved before', () => {
    const { answers, cut, findings } = answer(['keepFrom'], { keepFrom: 'a'.repeat(203) }, { keepFrom: 'D.B.' });
    assert.equal(answers.keepFrom, 'D.B.');
    assert.equal(cut.keepFrom?.length, 200);
    assert.match(findings[0]?.text ?? '', /3 characters over the limit of 200/);
  });

  it('keeps an unfinished date and time as they were typed', () => {
    const halves: readonly Typed[] = [
      { contactAtDate: '2026-11-23' },
      { contactAtTime: '09:00' },
      { contactAtDate: '2026-03-29', contactAtTime: '01:30' },
    ];
    for (const typed of halves) {
      const { answers, unfinished, findings } = answer(['contactAt'], typed);
      assert.deepEqual([answers, unfinished, findings.length], [{}, typed, 1]);
    }
  });

  it('refuses options that do not exist', () => {
    assert.equal(answer(['consent'], { consent: 'toString' }).findings.length, 1);
    assert.equal(answer(['methods'], { methods: 'phone,fax' }).findings.length, 1);
  });

  it('orders and unites ticks', () => {
    assert.deepEqual(answer(['methods'], { methods: 'letter, phone,letter' }).answers.methods, ['phone', 'letter']);
  });

  it('drops what was typed beside a question that never applied', () => {
    const { answers, findings } = answer(['methods', 'methodOther'], { methods: 'phone', methodOther: 'by owl' });
    assert.deepEqual([answers, findings], [{ methods: ['phone'] }, []]);
  });

  it('keeps an answer that once applied', () => {
    const before = { methods: ['other'], methodOther: 'By hand' };
    const { answers } = answer(['methods', 'methodOther'], { methods: 'phone', methodOther: '' }, before);
    assert.equal(answers.methodOther, 'By hand');
  });

  it('refuses more than 64 KB together, and saves none of that card', () => {
    const before = Object.fromEntries(Array.from({ length: 16 }, (_, nth) => [`kept${nth}`, 'x'.repeat(4_000)]));
    const { answers, findings } = answer(['reason'], { reason: 'y'.repeat(4_000) }, before);
    assert.equal(answers, before);
    assert.deepEqual(
      findings.map(({ field }) => field),
      ['reason'],
    );
  });
});
