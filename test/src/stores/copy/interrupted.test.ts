import assert from 'node:assert/strict';
import type { CopyStore } from '../../../../src/copyPorts.ts';
import { withADouble } from '../cosmos/aCosmos.ts';
import { fillStore } from './aFilledStore.ts';
import { copied, cosmosPlace, sqlitePlace, withAFolder, type Place } from './places.ts';

/** Kinds of requests that write. */
const WRITING = ['create', 'batch', 'delete'] as const;

const WRITES = ['begin', 'keep', 'derive', 'end'] as const;

/** The same place, whose nth write from now fails, before or after it is done. */
function failingAt(
  place: Place,
  nth: number,
  isDone: boolean,
): { readonly place: Place; readonly writes: () => number } {
  let writes = 0;
  const strike = (store: CopyStore): CopyStore => {
    const struck = WRITES.map((name) => {
      const write = async (...given: readonly unknown[]): Promise<unknown> => {
        const isStruck = (writes += 1) === nth;
        const call = (...all: readonly unknown[]) =>
          (store[name] as (...of: readonly unknown[]) => Promise<unknown>)(...all); // whichever of them it is
        if (!isStruck) return call(...given);
        if (isDone) await call(...given);
        throw new Error('Struck.');
      };
      return [name, write];
    });
    return { ...store, ...(Object.fromEntries(struck) as Pick<CopyStore, (typeof WRITES)[number]>) }; // fromEntries forgets the names
  };
  return { place: { ...place, copy: async (as) => strike(await place.copy(as)) }, writes: () => writes };
}

describe('a copy that is interrupted', () => {
  const double = withADouble();
  const path = withAFolder();
  let source: Place;
  let between: Place;
  let wanted: readonly string[];

  before(async () => {
    source = sqlitePlace(path('source'));
    const stores = await source.open();
    await fillStore(stores, 'few', true);
    await stores.close();
    between = await cosmosPlace(double());
    await copied(source, between);
    wanted = between.contents();
  });

  async function refusesABot(place: Place): Promise<void> {
    await assert.rejects(place.open(), { code: 'store.half' });
  }

  it('at any write to Cosmos DB, done or not, is refused by a bot, goes on, and ends in the same', async () => {
    const counted = await cosmosPlace(double());
    double().control.tallies.reset();
    await copied(source, counted);
    const writes = double().control.tallies.of(...WRITING).requests;
    assert.ok(writes > 25, String(writes));
    for (let nth = 1; nth <= writes; nth += 1) {
      const target = await cosmosPlace(double());
      double().control.fail({ nth, kind: WRITING }, { with: 'status', status: 403, applied: nth % 2 === 0 });
      await assert.rejects(copied(source, target), { code: 'store.refused' });
      double().control.disarmAll();
      if (nth > 1 && nth < writes) await refusesABot(target);
      assert.deepEqual((await copied(source, target)).findings, []);
      assert.deepEqual(target.contents(), wanted, `write ${nth}`);
    }
  }).timeout(120_000);

  it('where nobody knows what became of a request, settles it by itself', async () => {
    const target = await cosmosPlace(double());
    for (const nth of [20, 40, 60])
      double().control.fail({ nth, method: 'POST' }, { with: 'status', status: 503, applied: nth !== 40 });
    await copied(source, target);
    double().control.disarmAll();
    assert.deepEqual(target.contents(), wanted);
  });

  it('by an account that is out of request units, waits and goes on', async () => {
    const target = await cosmosPlace(double());
    double().control.fail({ nth: 30, times: 12 }, { with: 'status', status: 429, retryAfterMs: 1 });
    await copied(source, target);
    double().control.disarmAll();
    assert.deepEqual(target.contents(), wanted);
  });

  it('at any write into SQLite, done or not, is refused by a bot, goes on, and ends in the same', async () => {
    const counted = failingAt(sqlitePlace(path('counted')), Infinity, false);
    await copied(between, counted.place);
    const rows = sqlitePlace(path('counted')).contents();
    assert.deepEqual(rows, source.contents());
    for (let nth = 1; nth <= counted.writes(); nth += 1) {
      const isDone = nth % 2 === 0;
      const target = sqlitePlace(path(`target-${nth}-${String(isDone)}`));
      const isHalf = nth < counted.writes() ? nth > 1 || isDone : !isDone;
      await assert.rejects(copied(between, failingAt(target, nth, isDone).place), { message: 'Struck.' });
      if (isHalf) await refusesABot(target);
      await copied(between, target);
      assert.deepEqual(target.contents(), rows, `write ${nth}`);
    }
  }).timeout(120_000);

  it('by whoever runs it, says so, and goes on', async () => {
    for (const target of [await cosmosPlace(double()), sqlitePlace(path('stopped'))]) {
      let asked = 0;
      await assert.rejects(copied(between, target, { isStopped: () => (asked += 1) === 5 }), { code: 'copy.stopped' });
      await refusesABot(target);
      await copied(between, target);
    }
  });

  it('is not gone on with from other records', async () => {
    const other = sqlitePlace(path('other'));
    const stores = await other.open();
    await fillStore(stores, 'other', true);
    await stores.close();
    const target = await cosmosPlace(double());
    await assert.rejects(copied(source, target, { isStopped: () => true }), { code: 'copy.stopped' });
    const before = target.contents();
    await assert.rejects(copied(other, target), { code: 'copy.foreign' });
    assert.deepEqual(target.contents(), before);
  });

  it('is not copied any further itself', async () => {
    const target = sqlitePlace(path('half'));
    await assert.rejects(copied(between, target, { isStopped: () => true }), { code: 'copy.stopped' });
    await assert.rejects(copied(target, await cosmosPlace(double())), { code: 'store.half' });
  });
});
