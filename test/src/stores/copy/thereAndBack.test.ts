import assert from 'node:assert/strict';
import { withADouble } from '../cosmos/aCosmos.ts';
import { fillStore } from './aFilledStore.ts';
import { copied, cosmosPlace, sqlitePlace, withAFolder, type Place } from './places.ts';

async function filled(place: Place, seed: string): Promise<Place> {
  const stores = await place.open();
  await fillStore(stores, seed);
  await stores.close();
  return place;
}

async function lastChain(place: Place): Promise<unknown> {
  const stores = await place.open();
  try {
    return await stores.access.latestChain();
  } finally {
    await stores.close();
  }
}

describe('a copy of a store', () => {
  const double = withADouble();
  const path = withAFolder();

  it('from SQLite into Cosmos DB and back is the same in every table, and the chain written last is the last', async () => {
    const first = await filled(sqlitePlace(path('first')), 'there');
    const between = await cosmosPlace(double());
    const second = sqlitePlace(path('second'));
    const there = await copied(first, between);
    assert.deepEqual([there.wasThere, there.findings], [false, []]);
    assert.deepEqual(await lastChain(between), await lastChain(first));
    const back = await copied(between, second);
    assert.deepEqual([back.wasThere, back.findings], [false, []]);
    assert.deepEqual(back.counts, there.counts);
    for (const [kind, count] of Object.entries(there.counts)) assert.ok(count > 0, kind);
    assert.deepEqual(second.contents(), first.contents());
    assert.deepEqual(await lastChain(second), await lastChain(first));
  });

  it('of Cosmos DB is what a bot would have written there', async () => {
    const first = await filled(await cosmosPlace(double()), 'back');
    const between = sqlitePlace(path('between'));
    const second = await cosmosPlace(double());
    await copied(first, between);
    await copied(between, second);
    assert.deepEqual(second.contents(), first.contents());
  });
});
