import assert from 'node:assert/strict';
import type { Card } from '../../cards/elements.ts';
import { sampleCards } from '../../cards/samples.ts';
import { actionsOf, wordsOf } from './looking.ts';

const samples = new Map(sampleCards().map(({ id, card }) => [id, card]));
const sample = (id: string): Card => samples.get(id) ?? assert.fail(id);
const titlesOf = (card: Card): readonly unknown[] => actionsOf(card).map(({ title }) => title);

const TOO_LONG = 'took too long to find';

describe('a card with the first of a list', () => {
  for (const [id, says] of [
    ['list-mine-5', 'Showing the first 5. The rest took too long to find: press “Older” to look further back.'],
    [
      'list-unlinked-1',
      'Showing the first one of the older ones. The rest took too long to find: press “Older” to look further back.',
    ],
    ['log-case-cut', 'Showing the first 5. The rest took too long to find: press “Older” to look further back.'],
    [
      'search-late',
      'Showing the first 3. The rest took too long to find: look further back, or change the search to say more of what you look for.',
    ],
    [
      'search-late-further',
      'Showing the first 7 of the older ones. The rest took too long to find: look further back, or change the search to say more of what you look for.',
    ],
    [
      'missing-cut',
      'Showing the first 11, by the day on which they are due. The rest took too long to find: ask again in a moment.',
    ],
    ['stored-sent-cut', 'Showing the first 5. The rest took too long to find: ask again in a moment.'],
    [
      'stored-drafts-cut',
      'There may be more urgent records to complete: finding them took too long. Ask again in a moment.',
    ],
    [
      'stored-overview-cut',
      'These numbers begin on Monday 19 October 2026, 09:12 (BST). What was signed before took too long to find: ask again in a moment for all of it.',
    ],
  ] as const)
    it(`says so, and what to do: ${id}`, () => {
      assert.ok(wordsOf(sample(id)).includes(says), wordsOf(sample(id)).join('\n'));
    });

  for (const [id, title] of [
    ['list-mine-5', 'Older'],
    ['list-unlinked-1', 'Older'],
    ['log-case-cut', 'Older'],
    ['search-late', 'Look further back'],
    ['search-late-none', 'Look further back'],
  ] as const)
    it(`has the button that it speaks of: ${id}`, () => {
      assert.ok(titlesOf(sample(id)).includes(title));
    });

  it('says of a search without a result yet that it is not through', () => {
    const words = wordsOf(sample('search-late-none'));
    assert.ok(words.includes('Nothing found yet'));
    assert.ok(
      words.some((text) => text.startsWith('Only the newer records were looked through. The rest took too long')),
    );
  });

  it('says so again where a team of the overview has recorded nothing in the time that is counted', () => {
    assert.equal(wordsOf(sample('stored-overview-cut')).filter((text) => text.includes(TOO_LONG)).length, 2);
  });

  for (const id of [
    'list-mine-8',
    'log-case',
    'search-found',
    'search-cut',
    'missing',
    'stored-sent',
    'stored-overview',
  ])
    it(`is not taken for one where all was found: ${id}`, () => {
      assert.doesNotMatch(wordsOf(sample(id)).join('\n'), new RegExp(TOO_LONG, 'u'));
    });
});
