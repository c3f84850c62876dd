import assert from 'node:assert/strict';
import { CosmosClient, type Database } from '@azure/cosmos';
import { codeOf } from '../../../../src/errors.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { CONTAINER_NAMES, CONTAINERS, policyOf } from '../../../../src/stores/cosmos/containers.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';
import { fill, LIST_CALLS } from './listCalls.ts';
import { fillForReads, READ_CALLS } from './readCalls.ts';

/** Whatever is asked of a store. */
const CALLS: readonly ((stores: Stores) => Promise<unknown>)[] = [
  ...READ_CALLS.map(({ run }) => run),
  ...LIST_CALLS.map(
    ({ keys }) =>
      (stores: Stores) =>
        keys(stores),
  ),
];

describe('the composite indexes on Cosmos DB', () => {
  const double = withADouble();
  let stores: Stores;
  let client: CosmosClient;
  let database: Database;
  before(async () => {
    const place = await freshDatabase(double());
    stores = await opened(place);
    await fill(stores);
    await fillForReads(stores);
    const { endpoint, key = '' } = place;
    client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } });
    database = client.database(place.database);
  });
  after(async () => {
    client.dispose();
    await stores.close();
  });

  /** What fails; the double refuses an order by several properties that has no index, as the account does. */
  const failing = async (): Promise<readonly string[]> => {
    const ended = await Promise.all(CALLS.map((call) => call(stores).then(() => '', codeOf)));
    return ended.filter((code) => code !== '');
  };

  it('are enough for whatever is asked', async () => {
    assert.deepEqual(await failing(), []);
  });

  for (const name of CONTAINER_NAMES)
    for (const order of CONTAINERS[name].orders)
      it(`are no more than that: ${name} by ${order.map(({ path }) => path.slice(1)).join(', ')}`, async () => {
        const container = database.container(name);
        const { resource } = await container.read();
        assert.ok(resource);
        const policy = policyOf({
          ...CONTAINERS[name],
          orders: CONTAINERS[name].orders.filter((each) => each !== order),
        });
        await container.replace({ ...resource, indexingPolicy: policy });
        const failed = await failing();
        await container.replace(resource);
        assert.ok(failed.length > 0, 'nothing asks for it');
        assert.deepEqual(new Set(failed), new Set(['store.fault']));
      });
});
