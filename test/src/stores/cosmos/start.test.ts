import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CosmosClient, type IndexingPolicy } from '@azure/cosmos';
import type { CosmosPlace } from '../../../../src/stores/cosmos/connection.ts';
import { CONTAINER_NAMES, CONTAINERS, partitionOf, policyOf } from '../../../../src/stores/cosmos/containers.ts';
import { provision } from '../../../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble, type CosmosDoubleOptions } from '../../../cosmos/cosmosDouble.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';

/** One sentence, with what to do after the colon. */
const ONE_SENTENCE = /^[^.]+: [^.]+\.$/u;

async function refuses(place: CosmosPlace, code: string, says: RegExp, tenantId = 'tenant-1'): Promise<void> {
  await assert.rejects(opened(place, { tenantId }), (error: Error & { code?: string }) => {
    assert.equal(error.code, code);
    assert.match(error.message.replaceAll('.documents.azure.com', ''), ONE_SENTENCE);
    assert.match(error.message, says);
    return true;
  });
}

function containersOf({ endpoint, key = '', database }: CosmosPlace) {
  const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } });
  return client.database(database);
}

describe('a start on Cosmos DB', () => {
  const double = withADouble();
  let place: CosmosPlace;
  beforeEach(async () => {
    place = await freshDatabase(double());
  });

  it('takes what was made for it, as often as it is tried', async () => {
    for (const _ of [1, 2]) await (await opened(place)).close();
  });

  it('refuses the data of another tenant', async () => {
    await (await opened(place)).close();
    await refuses(place, 'store.tenant', /tenant id/u, 'tenant-2');
  });

  it('refuses an account that is not there', async () => {
    const gone = await startCosmosDouble();
    await gone.close();
    await refuses({ ...place, endpoint: gone.endpoint }, 'store.unsure', /COSMOS_ENDPOINT/u);
  });

  for (const [what, status, type, body] of [
    ['a page', 200, 'text/html', '<html>Welcome</html>'],
    ['nothing', 200, 'text/plain', ''],
    ['that there is no such page', 404, 'text/html', '<html>Not found</html>'],
    ['that nobody may see it', 403, 'text/html', '<html>Blocked</html>'],
    ['a way elsewhere', 302, 'text/html', ''],
    ['something of its own', 200, 'application/json', '{"status":"ok"}'],
  ] as const)
    it(`refuses an address at which something else answers ${what}`, async () => {
      const server = createServer((_request, response) => {
        response.writeHead(status, { 'content-type': type, location: '/' });
        response.end(body);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo; // it listens on a port
      const isJson = type === 'application/json';
      try {
        await refuses({ ...place, endpoint: `http://127.0.0.1:${port}/` }, isJson ? 'store.unfit' : 'store.unsure', /COSMOS_ENDPOINT/u); // prettier-ignore
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });

  it('refuses another key', async () => {
    await refuses({ ...place, key: Buffer.alloc(64).toString('base64') }, 'store.refused', /COSMOS_KEY/u);
  });

  it('refuses a database that is not there', async () => {
    await refuses({ ...place, database: 'another' }, 'store.missing', /COSMOS_DATABASE/u);
  });

  it('refuses an account by whose clock ours is wrong', async () => {
    double().control.skewClock(3_600_000);
    await refuses(place, 'store.refused', /clock/u).finally(() => double().control.skewClock(0));
  });

  it('refuses an account that is out of request units', async () => {
    double().control.fail({ kind: 'container', times: Infinity }, { with: 'status', status: 429, retryAfterMs: 1 });
    await refuses(place, 'store.busy', /request units/u).finally(() => double().control.disarmAll());
  });

  for (const name of CONTAINER_NAMES) {
    it(`refuses a database without the container ${name}`, async () => {
      await containersOf(place).container(name).delete();
      await refuses(place, 'store.missing', new RegExp(name, 'u'));
    });

    it(`refuses a container ${name} that is parted in another way`, async () => {
      const indexingPolicy = policyOf(CONTAINERS[name]);
      const ours = partitionOf(CONTAINERS[name]);
      for (const partitionKey of [
        { ...ours, paths: ['/id'] },
        { ...ours, version: 1 },
      ]) {
        await containersOf(place).container(name).delete();
        await containersOf(place).containers.create({ id: name, partitionKey, indexingPolicy });
        await refuses(place, 'store.unfit', /partition key/u);
        await assert.rejects(
          provision(place, () => undefined),
          { code: 'store.unfit' },
        );
      }
    });

    it(`refuses a container ${name} that is indexed in another way, until it is provisioned`, async () => {
      await indexed(place, name, { ...policyOf(CONTAINERS[name]), includedPaths: [{ path: '/other/?' }] });
      await refuses(place, 'store.unfit', /cosmos:provision/u);
      const done = await provisioned(place);
      assert.deepEqual(done[name], 'indexed anew');
      await (await opened(place)).close();
    });
  }

  it('minds the order within a composite index, and not the order of the indexes', async () => {
    const policy = policyOf(CONTAINERS.cases);
    const turned = { ...policy, compositeIndexes: policy.compositeIndexes.toReversed() };
    await indexed(place, 'cases', { ...turned, includedPaths: policy.includedPaths.toReversed() });
    await (await opened(place)).close();
    const wrong = policy.compositeIndexes.map((order) => order.toReversed());
    await indexed(place, 'cases', { ...policy, compositeIndexes: wrong });
    await refuses(place, 'store.unfit', /indexed/u);
  });

  it('provisions once', async () => {
    const done = await provisioned(place);
    assert.deepEqual(Object.keys(done), CONTAINER_NAMES);
    assert.deepEqual(new Set(Object.values(done)), new Set(['there already']));
  });
});

describe('a start on an account of Cosmos DB', () => {
  let double: CosmosDouble | undefined;
  afterEach(() => double?.close());

  for (const [what, options, says] of [
    ...(['BoundedStaleness', 'Session', 'ConsistentPrefix', 'Eventual'] as const).map(
      (consistency) => [`that is consistent only so far: ${consistency}`, { consistency }, /Strong/u] as const,
    ),
    ['with several write regions', { writeRegions: ['UK South', 'UK West'] }, /write regions/u],
  ] as const satisfies readonly (readonly [string, CosmosDoubleOptions, RegExp])[])
    it(`refuses one ${what}, and so does provisioning`, async () => {
      double = await startCosmosDouble(options);
      const { endpoint, key } = double;
      await refuses({ endpoint, key, database: 'sharing-log' }, 'store.unfit', says);
      await assert.rejects(freshDatabase(double), { code: 'store.unfit' });
    });
});

async function indexed(place: CosmosPlace, name: string, indexingPolicy: IndexingPolicy): Promise<void> {
  const container = containersOf(place).container(name);
  const { resource } = await container.read();
  assert.ok(resource);
  await container.replace({ ...resource, indexingPolicy });
}

async function provisioned(place: CosmosPlace): Promise<Readonly<Record<string, string>>> {
  const done: Record<string, string> = {};
  await provision(place, (name, what) => {
    done[name] = what;
  });
  return done;
}
