import assert from 'node:assert/strict';
import { SEARCH_HANDLERS } from '../../bot/searchActions.ts';
import type { Services } from '../../bot/services.ts';
import { sealAsked } from '../../src/asked.ts';
import { changeCase } from '../../src/caseFacts.ts';
import type { Person } from '../../src/people.ts';
import { actionsIn, headingOf, type WireCard } from '../journeys/aCard.ts';
import { numbersOn } from '../journeys/aSearch.ts';
import { aBench, ASHA, BO, KEYS, MO, type Bench } from '../src/aBench.ts';
import { aFiledRecord } from '../src/aFiledRecord.ts';
import { NOW } from '../src/aShare.ts';

/** Of these, one look through the index finds only some. */
const RESTRICTED = 300;

describe('looking further back in a search', () => {
  let bench: Bench;
  let services: Services;
  let seen: string;
  before(async () => {
    bench = await aBench();
    const searching = { ...bench.opening, search: bench.stores.search };
    services = { keys: KEYS, searching } as unknown as Services; // all of it that a search uses
    const of = { author: ASHA, teamId: 'team-north' };
    seen = (await aFiledRecord(bench.stores, { ...of, nth: 1, reference: 'XX-2' })).header.number;
    let caseKey = '';
    for (let nth = 2; nth < RESTRICTED + 2; nth += 1)
      ({ caseKey } = await aFiledRecord(bench.stores, { ...of, nth, reference: 'XX-1' }));
    const restriction = { state: 'confirmed', people: [MO.id], by: MO.id, at: NOW } as const;
    await changeCase(bench.opening, caseKey, (facts) => ({ ...facts, restriction: { ...restriction, people: [MO.id] } })); // prettier-ignore
  });
  after(() => bench.close());

  const press = async (person: Person, verb: string, data: unknown): Promise<WireCard> => {
    const { card } = (await SEARCH_HANDLERS[verb]?.(services, person, data)) ?? assert.fail(verb);
    return JSON.parse(JSON.stringify(card)) as WireCard; // as it goes over the wire
  };
  const furtherBack = (card: WireCard) =>
    actionsIn(card).find(({ verb }) => verb === 'search.page')?.data ?? assert.fail('there is more');

  it('tells nothing of the records that were looked through and may not be seen, and finds those that may', async () => {
    const card = await press(ASHA, 'search.run', { author: 'me' });
    assert.equal(headingOf(card), 'Nothing found yet');
    assert.doesNotMatch(JSON.stringify(card), /01KAR0/u);
    assert.deepEqual(numbersOn(await press(ASHA, 'search.page', furtherBack(card))), [seen]);
  });

  it('is for whoever searched: for somebody else, or with another token, nothing is there', async () => {
    const data = furtherBack(await press(ASHA, 'search.run', { author: 'me' }));
    const asked = sealAsked(KEYS, BO.id, JSON.stringify({ author: ASHA.name }));
    assert.equal(headingOf(await press(BO, 'search.page', { ...data, asked })), 'Nothing here');
    const wish = sealAsked(KEYS, ASHA.id, JSON.stringify({ author: 'me' }));
    assert.equal(headingOf(await press(ASHA, 'search.page', { asked: wish, before: wish })), 'Nothing here');
  });
});
