import assert from 'node:assert/strict';
import { codeOf } from '../../../../src/errors.ts';
import type { WrappedStoreKey } from '../../../../src/keyPorts.ts';
import type { CosmosPlace } from '../../../../src/stores/cosmos/connection.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';
import { UNANSWERED } from './unanswered.ts';

const LIMITS = { callMs: 5_000, attemptMs: 60, listMs: 5_000 };
/** Attempts are counted from here: what is asked of the account itself changes nothing. */
const ASKING = ['read', 'create'] as const;

/** Starts on an empty database, as a bot does: the key that is kept there then. */
async function start(place: CosmosPlace, name: string): Promise<WrappedStoreKey> {
  const stores = await opened(place, { limits: LIMITS });
  try {
    return await stores.storeKey.create({ keyId: name, wrapped: Uint8Array.of(name.length) });
  } finally {
    await stores.close();
  }
}

describe('the first start on Cosmos DB', () => {
  const double = withADouble();

  const kept = ({ database }: CosmosPlace): readonly unknown[] =>
    double()
      .control.contents()
      .filter((each) => each.database === database)
      .flatMap(({ items }) => items.map(({ doc }) => doc))
      .sort();

  for (const [what, fault] of UNANSWERED)
    it(`makes one store key and one owner: ${what}, whether done or not, at each request`, async () => {
      double().control.tallies.reset();
      await start(await freshDatabase(double()), 'counted');
      const { requests } = double().control.tallies.of(...ASKING);
      assert.ok(requests >= 4, `${requests} requests`);
      for (let nth = 1; nth <= requests; nth += 1)
        for (const applied of [false, true]) {
          const place = await freshDatabase(double());
          const { hits } = double().control.fail({ nth, kind: ASKING }, { ...fault, applied });
          const first = await start(place, 'first');
          assert.equal(hits(), 1);
          double().control.disarmAll();
          assert.equal(first.keyId, 'first');
          assert.deepEqual(await start(place, 'second'), first, `request ${nth}`);
          assert.deepEqual(kept(place), ['storeKey', 'tenant']);
        }
    });

  it('makes one store key and one owner of several that start at once', async () => {
    for (let schedule = 0; schedule < 10; schedule += 1) {
      const place = await freshDatabase(double());
      const keys = await Promise.all(['one', 'two', 'three', 'four'].map((name) => start(place, name)));
      assert.equal(new Set(keys.map(({ keyId }) => keyId)).size, 1);
      assert.deepEqual(kept(place), ['storeKey', 'tenant']);
    }
  });

  it('lets one of two tenants in that start at once', async () => {
    const place = await freshDatabase(double());
    const tenants = ['tenant-1', 'tenant-2'];
    const ended = await Promise.all(
      tenants.map((tenantId) =>
        opened(place, { tenantId }).then((stores) => stores.close().then(() => 'open'), codeOf),
      ),
    );
    assert.deepEqual(ended.sort(), ['open', 'store.tenant']);
  });
});
