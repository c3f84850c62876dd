import assert from 'node:assert/strict';
import { checkCard } from '../../cards/checkCard.ts';
import { recordingCard } from '../../cards/draftCards.ts';
import { shortened, typedText, cardBytes, CARD_BUDGET_BYTES, type Card } from '../../cards/elements.ts';
import { questionsCard } from '../../cards/questionsCard.ts';
import { receiptCard, recordCard, recordTextCard } from '../../cards/recordCards.ts';
import { PARTLY } from '../../cards/samples/answers.ts';
import { aRecord } from '../../cards/samples/recordSamples.ts';
import { aDraft, SITUATION } from '../../cards/samples/sample.ts';
import type { Answers } from '../../src/fields.ts';
import { journeyCards } from '../../src/journey.ts';
import { checkView, questionsView } from '../../src/recording/show.ts';
import { share } from '../../src/records/share.ts';
import { inputsOf, partsOf, typedOf, wordsOf } from './looking.ts';

/** Markup, links, mentions, controls of direction, characters of two units, Welsh letters: all of it is only text. */
const CANARY = '**KANARY** [l](https://example.org) <at>Pob</at> &amp; _x_ \u202Eabc\u202C 🧒🏽 ŵŷïâ\n- one\n# two';

const CANARIES: Answers = Object.fromEntries(
  Object.entries(PARTLY).map(([name, answer]) => {
    const { kind } = share.fields[name as keyof typeof share.fields]; // its keys are the fields' names
    return [name, (kind === 'text' || kind === 'longText') && answer !== '' ? `${CANARY} ${name}` : answer];
  }),
);

describe('typed text on cards', () => {
  it('comes back exactly as typed, in inputs and nowhere else, on every card of questions', () => {
    for (const card of journeyCards(share, CANARIES)) {
      const drawn = questionsCard(questionsView(share, aDraft(CANARIES, { section: card.id }), card, SITUATION));
      staysTyped(drawn);
      for (const { name, field } of card.asked) {
        if (field.kind !== 'text' && field.kind !== 'longText') continue;
        const input = inputsOf(drawn).find(({ id }) => id === name);
        assert.equal(input?.value ?? '', CANARIES[name] ?? '');
      }
    }
  });

  it('comes back exactly as typed on the check card and in the record', () => {
    for (const drawn of [checkCard(checkView(share, aDraft(CANARIES), [], SITUATION)), recordCard(aRecord(CANARIES))]) {
      staysTyped(drawn);
      assert.ok(typedOf(drawn).includes(`${CANARY} reason`));
      assert.ok(typedOf(drawn).includes(`${CANARY} keepFrom`));
    }
  });

  it('stays in the box to copy from when a record is text', () => {
    staysTyped(recordTextCard(aRecord(CANARIES), 1));
  });

  it('shows a control character as one, and keeps tabs and line ends', () => {
    assert.deepEqual(typedText('a\u0000b\tc\nd').inlines, [{ type: 'TextRun', text: 'a\uFFFDb\tc\nd' }]);
  });

  it('is never cut inside a character pair', () => {
    const text = '🧒'.repeat(300);
    for (let characters = 90; characters < 130; characters += 1) {
      const cut = shortened(text, characters);
      assert.equal(cut.isCut, true);
      assert.ok(cut.text.isWellFormed());
      assert.ok(cut.text.length <= characters + 2);
    }
  });

  it('is not cut when the button for the rest would take more room', () => {
    assert.deepEqual(shortened('x'.repeat(200), 120), { text: 'x'.repeat(200), isCut: false });
  });
});

describe('messages that are kept in the chat', () => {
  it('hold nothing of what was answered', () => {
    const draft = aDraft(CANARIES, { section: 'consent', signature: CANARY, unfinished: { consentOn: 'KANARY' } });
    const line = { kind: 'draft', draft, type: share, sectionTitle: 'Consent and the family' } as const;
    const committed = {
      caseKey: 'KANARY',
      number: 'SL-7QK2M9XV',
      seq: 1,
      hash: '0'.repeat(64),
      savedAt: SITUATION.now,
      openItems: [{ kind: 'outcome', due: '2026-11-30' }] as const,
    };
    const kept: readonly Card[] = [
      recordingCard({ kind: 'drafts', lines: [line], page: 1, pages: 1, isCutShort: false }),
      recordingCard({ kind: 'later', draft, type: share }),
      recordingCard({ kind: 'askCancel', draft, type: share }),
      recordingCard({ kind: 'checking', draft, type: share }),
      receiptCard({ type: share, committed, purpose: 'record' }),
    ];
    for (const card of kept) assert.doesNotMatch(JSON.stringify(card), /KANARY|RFS-/u);
  });

  it('start a form blank: only the time of asking stands in it', () => {
    const [card] = journeyCards(share, {});
    assert.ok(card !== undefined);
    const drawn = questionsCard(questionsView(share, aDraft({}, { section: card.id }), card, SITUATION));
    assert.deepEqual(typedOf(drawn), ['2026-11-23', '14:05']);
  });
});

describe('cards of very long answers', () => {
  const letters = ['x', 'ŵ', '🧒', '好', '"', '\n', '\u0001'];

  for (const letter of letters) {
    it(`stay within the budget when all is ${JSON.stringify(letter)}`, () => {
      const long = Object.fromEntries(
        Object.entries(PARTLY).map(([name, answer]) => {
          const { kind } = share.fields[name as keyof typeof share.fields]; // its keys are the fields' names
          if (kind === 'longText' && name !== 'jointWith') return [name, `a${letter.repeat(3_999 / letter.length)}`];
          return [
            name,
            kind === 'text' && name !== 'caseReference' ? `a${letter.repeat(199 / letter.length)}` : answer,
          ];
        }),
      );
      const check = checkCard(checkView(share, aDraft(long), [], SITUATION));
      const record = aRecord(long);
      const parts = Array.from({ length: 20 }, (_, nth) => recordTextCard(record, nth + 1));
      for (const card of [check, recordCard(record), ...parts]) {
        assert.ok(cardBytes(card) <= CARD_BUDGET_BYTES, `${cardBytes(card)} bytes`);
      }
    });
  }

  it('fold away whole sections rather than leave one out unsaid', () => {
    const full = Object.fromEntries(
      Object.entries(PARTLY).map(([name, answer]) => {
        const { kind } = share.fields[name as keyof typeof share.fields]; // its keys are the fields' names
        return [name, kind === 'longText' ? '好'.repeat(4_000) : kind === 'text' ? '好'.repeat(200) : answer];
      }),
    );
    const drawn = checkCard(checkView(share, aDraft(full), [], SITUATION));
    const words = wordsOf(drawn);
    for (const { title, place } of share.sections) if (place !== 'signing') assert.ok(words.includes(title), title);
    assert.ok(words.some((text) => text.startsWith('There is no room here')));
  });
});

function staysTyped(card: Card): void {
  for (const text of wordsOf(card)) assert.doesNotMatch(text, /KANARY/u);
  for (const { data } of partsOf(card)) assert.doesNotMatch(JSON.stringify(data ?? {}), /KANARY/u);
}
