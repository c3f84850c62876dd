import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { VERBS } from '../../bot/actions.ts';
import { CARD_BUDGET_BYTES, cardBytes } from '../../cards/elements.ts';
import { sampleCards } from '../../cards/samples.ts';
import { actionsOf, actionSetsOf, inputsOf, partsOf, wordsOf } from './looking.ts';

const require = createRequire(import.meta.url);
// The renderer's own types describe its browser build; these are the few parts that lint a card.
const { AdaptiveCard, SerializationContext, Versions } = require('adaptivecards/dist/adaptivecards.js') as {
  AdaptiveCard: new () => { parse(json: unknown, context: unknown): void; validateProperties(): Validation };
  SerializationContext: new (version: unknown) => {
    eventCount: number;
    getEventAt(index: number): { message: string };
  };
  Versions: { v1_5: unknown };
};

interface Validation {
  readonly validationEvents: readonly { readonly message: string }[];
}

const DATA_KEYS = new Set([
  'draftId',
  'section',
  'revision',
  'number',
  'page',
  'part',
  'field',
  'change',
  'before',
  'version',
  'how',
  'recordId',
  'kind',
  'caseKey',
  'asked',
]);
const LEAVING = new Set(['Back', 'Finish later', 'Cancel']);

describe('sample cards', () => {
  const samples = sampleCards();

  it('have ids, titles and groups of their own', () => {
    assert.equal(new Set(samples.map(({ id }) => id)).size, samples.length);
    assert.equal(new Set(samples.map(({ group, title }) => `${group}/${title}`)).size, samples.length);
    assert.deepEqual(
      samples.filter(({ id }) => !/^[a-zA-Z][\w.-]*$/u.test(id)),
      [],
    );
  });

  it('are the same at each drawing', () => {
    assert.deepEqual(sampleCards(), samples);
  });

  for (const { id, card } of samples) {
    describe(id, () => {
      it('is a card that the renderer takes without complaint', () => {
        const context = new SerializationContext(Versions.v1_5);
        const parsed = new AdaptiveCard();
        parsed.parse(card, context);
        const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
        assert.deepEqual(events, []);
        assert.deepEqual(
          parsed.validateProperties().validationEvents.map(({ message }) => message),
          [],
        );
        assert.equal(card.version, '1.5');
      });

      it('keeps to the budget', () => {
        assert.ok(cardBytes(card) <= CARD_BUDGET_BYTES, `${cardBytes(card)} bytes`);
        assert.ok(inputsOf(card).length <= 6, 'more than six inputs');
        assert.ok(inputsOf(card).filter(({ isMultiline }) => isMultiline === true).length <= 2, 'long texts');
        for (const set of actionSetsOf(card)) assert.ok(set.length <= 6, `${set.length} actions in one set`);
      });

      it('labels its inputs, says what is missing, and names each once', () => {
        const inputs = inputsOf(card);
        for (const input of inputs) {
          assert.ok(typeof input.label === 'string' && input.label !== '', String(input.id));
          if (input.isRequired === true) assert.match(String(input.errorMessage), /^[A-Z].*\.$/u);
        }
        assert.equal(new Set(inputs.map((input) => input.id)).size, inputs.length);
      });

      it('presses only known verbs, with nothing but ids in their data', () => {
        for (const action of actionsOf(card)) {
          assert.ok(VERBS.includes(String(action.verb)), String(action.verb));
          assert.deepEqual(
            Object.keys(action.data ?? {}).filter((key) => !DATA_KEYS.has(key)),
            [],
          );
          if (LEAVING.has(String(action.title))) assert.equal(action.associatedInputs, 'none');
          if (typeof action.tooltip === 'string') assert.ok(action.tooltip.startsWith(String(action.title)));
        }
      });

      it('begins with a heading', () => {
        const first = partsOf(card.body).find(({ type }) => type === 'TextBlock');
        assert.equal(first?.style, 'heading');
      });

      it('speaks plainly', () => {
        for (const text of wordsOf(card)) {
          assert.doesNotMatch(text, /\b(?:null|undefined|invalid|error|required field)\b/iu);
          assert.doesNotMatch(text, /!|\d{4}-\d\d-\d\d|\[object/u);
          assert.notEqual(text.trim(), '');
        }
      });

      it('has one primary button at most', () => {
        assert.ok(partsOf([card.body, card.actions ?? []]).filter(({ style }) => style === 'positive').length <= 1);
      });
    });
  }
});
