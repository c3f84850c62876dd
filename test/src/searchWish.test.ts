import assert from 'node:assert/strict';
import fc from 'fast-check';
import { termsOf } from '../../src/searchTerms.ts';
import { packWish, readWish, unpackWish, type Wish } from '../../src/searchWish.ts';
import { readTypedDate } from '../../src/typedDate.ts';
import { aPerson, ASHA, BO, KEYS } from './aBench.ts';

describe('what is typed after search', () => {
  for (const [text, wish] of [
    ['SL-7K2M9QXC', { reference: 'SL-7K2M9QXC' }],
    ['sl 7k2m9qxc', { reference: 'sl 7k2m9qxc' }],
    ['RFS-10422', { reference: 'RFS-10422' }],
    ['Fn 12/3', { reference: 'Fn 12/3' }],
    ['RFS-10422 open', { reference: 'RFS-10422', isOpen: true }],
    ['Exampleshire Health Visiting', { organisation: 'Exampleshire Health Visiting' }],
    ['open', { isOpen: true }],
    ['OPEN By me', { isOpen: true, author: 'me' }],
    ['from 1/11/2026 to 30/11/2026', { from: '1/11/2026', to: '30/11/2026' }],
    ['from 31/02/2026', { from: '31/02/2026' }],
    ['type share', { type: 'share' }],
    ['type decided not to share open', { type: 'notShared', isOpen: true }],
    ['type Request received by Priya Shah', { type: 'requestReceived', author: 'Priya Shah' }],
    ['type letter', { type: 'letter' }],
    ['org Mind', { organisation: 'Mind' }],
    ['organisation Ward 4 from 2026-11-01', { organisation: 'Ward 4', from: '2026-11-01' }],
    ['Madeup School type request made by Mo Pretend open', { organisation: 'Madeup School', type: 'requestMade', author: 'Mo Pretend', isOpen: true }], // prettier-ignore
    ['RFS-1 organisation Madeup School', { reference: 'RFS-1', organisation: 'Madeup School' }],
    ['Open Door Project', { organisation: 'Open Door Project' }],
    ['Letters from Home', { organisation: 'Letters from Home' }],
    ['by', { organisation: 'by' }],
    ['', {}],
    ['   ', {}],
  ] as const)
    it(`is read from “${text}”`, () => {
      assert.deepEqual(readWish(text), wish);
    });

  it('is a reference without a digit where the agency’s own pattern says so', () => {
    assert.deepEqual(readWish('ABC-DEF', /^[A-Z]{3}-[A-Z]{3}$/u), { reference: 'ABC-DEF' });
    assert.deepEqual(readWish('ABC-DEF'), { organisation: 'ABC-DEF' });
  });

  it('is read in a moment, however it is made', () => {
    const word = fc.constantFrom('by', 'org', 'type', 'open', 'from', 'to', '1/1/2026', 'x', 'not', 'share');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 66 }), (words) => {
        const wish = readWish(words.join(' '));
        assert.deepEqual(unpackWish(packWish(wish)), wish);
      }),
    );
    assert.deepEqual(readWish('by '.repeat(66).trim()), { author: 'by' });
  });

  it('is nothing when it was not packed by us', () => {
    for (const text of ['', '[]', 'null', '{"reference":1}', '{"isOpen":false}', '{"other":"x"}', '{'])
      assert.equal(unpackWish(text), undefined);
  });
});

describe('a typed day', () => {
  for (const [text, date] of [
    ['2026-11-23', '2026-11-23'],
    ['23/11/2026', '2026-11-23'],
    [' 3.1.2027 ', '2027-01-03'],
    ['29/02/2028', '2028-02-29'],
    ['29/02/2026', undefined],
    ['2026-11-31', undefined],
    ['0/0/2026', undefined],
    ['11/23/2026', undefined],
    ['tomorrow', undefined],
    ['1/1/26', undefined],
    ['', undefined],
  ] as const)
    it(`“${text}” is ${date ?? 'none'}`, () => {
      assert.equal(readTypedDate(text), date);
    });
});

describe('what is wrong with a search', () => {
  const directory = {
    person: async () => undefined,
    lastKnown: async () => undefined,
    reportsOf: async () => [],
    team: async () => undefined,
    teamNamed: async () => undefined,
    recordsOfficers: async () => [],
    managersOf: async () => [],
    personNamed: async (name: string) => (name === BO.name ? BO : undefined),
  };
  const problems = async (wish: Wish): Promise<readonly string[]> => {
    const terms = await termsOf({ keys: KEYS, directory }, aPerson(), wish);
    return 'rest' in terms ? [] : terms.map(({ field }) => field);
  };

  for (const [what, wish, fields] of [
    ['nothing is asked for', {}, ['reference']],
    ['all of it is blank', { reference: ' ', author: '\t' }, ['reference']],
    ['the reference holds a wildcard', { reference: 'RFS-%' }, ['reference']],
    ['the reference holds SQL', { reference: "1' OR '1'='1" }, ['reference']],
    ['the reference holds markup', { reference: '<b>1</b>' }, ['reference']],
    ['the reference is a mention', { reference: '<at>Sharing Log</at> 1' }, ['reference']],
    ['the reference says nothing', { reference: 'tbc' }, ['reference']],
    ['the reference is over-long', { reference: '1'.repeat(65) }, ['reference']],
    ['the organisation is over-long', { organisation: 'x'.repeat(201) }, ['organisation']],
    ['the author is over-long', { author: 'x'.repeat(101) }, ['author']],
    ['nobody is called that', { author: 'No Body' }, ['author']],
    ['the kind is none', { type: 'letter' }, ['type']],
    ['a day does not exist', { from: '2026-02-30' }, ['from']],
    ['a day is no day', { to: 'Friday 13' }, ['to']],
    ['the days are the wrong way round', { from: '2026-11-02', to: '1/11/2026' }, ['to']],
    ['several things are wrong', { reference: '*', from: 'x', author: 'No Body' }, ['reference', 'from', 'author']],
  ] as const)
    it(`is said when ${what}`, async () => {
      assert.deepEqual(await problems(wish), fields);
    });

  it('is nothing when all is in order', async () => {
    for (const wish of [
      { isOpen: true },
      { reference: 'SL-7K2M9QXC' },
      { organisation: `%' OR 1=1 -- <b>` },
      { author: BO.name, from: '2026-11-01', to: '2026-11-01' },
    ] as const)
      assert.deepEqual(await problems(wish), []);
  });

  it('never repeats what was typed', async () => {
    const typed = { reference: 'Kanari%', organisation: 'Kanari'.repeat(50), type: 'Kanari', from: 'Kanari1', to: 'Kanari2', author: 'Kanari' }; // prettier-ignore
    const terms = await termsOf({ keys: KEYS, directory }, ASHA, typed);
    assert.equal(JSON.stringify(terms).includes('Kanari'), false);
    assert.equal(Array.isArray(terms) && terms.length, 6);
  });
});
