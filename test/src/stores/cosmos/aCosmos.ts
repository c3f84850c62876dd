import { randomBytes } from 'node:crypto';
import { CosmosClient } from '@azure/cosmos';
import type { Stores } from '../../../../src/storePorts.ts';
import type { CosmosPlace } from '../../../../src/stores/cosmos/connection.ts';
import { openCosmos, type CosmosOptions } from '../../../../src/stores/cosmos/openCosmos.ts';
import { provision } from '../../../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble, type CosmosDoubleOptions } from '../../../cosmos/cosmosDouble.ts';

type Account = Pick<CosmosPlace, 'endpoint' | 'key'>;

/** Apart from those of other runs in the same account. */
const RUN = randomBytes(4).toString('hex');
let made = 0;

/** Makes an empty database in an account. */
export async function freshDatabase({ endpoint, key }: Account): Promise<CosmosPlace> {
  const place = { endpoint, key, database: `sharing-log-test-${RUN}-${(made += 1)}` };
  await provision(place, () => undefined);
  return place;
}

/** Opens a store as one process among others does. */
export function opened(place: CosmosPlace, more: Partial<CosmosOptions> = {}): Promise<Stores> {
  const random = { bytes: (length: number) => randomBytes(length) };
  return openCosmos({ ...place, tenantId: 'tenant-1', random, ...more });
}

/** Runs a double for the suite that calls this. */
export function withADouble(options: CosmosDoubleOptions = {}): () => CosmosDouble {
  let double: CosmosDouble | undefined;
  before(async () => {
    double = await startCosmosDouble(options);
  });
  after(() => double?.close());
  return () => {
    if (double === undefined) throw new Error('No double is running outside a test.');
    return double;
  };
}

const { COSMOS_ENDPOINT, COSMOS_KEY } = process.env;

/** The account that is named in the environment, if one is. */
const NAMED: Account | undefined =
  COSMOS_ENDPOINT === undefined || COSMOS_KEY === undefined
    ? undefined
    : { endpoint: COSMOS_ENDPOINT, key: COSMOS_KEY };

export const ACCOUNT_WORDS = NAMED === undefined ? 'a double on this machine' : 'the account in COSMOS_ENDPOINT';

/** Empty databases, in the account that the environment names and else in a double; they are gone after the suite. */
export function withDatabases(): () => Promise<CosmosPlace> {
  if (NAMED === undefined) {
    const double = withADouble();
    return () => freshDatabase(double());
  }
  const all: CosmosPlace[] = [];
  after(async () => {
    const connectionPolicy = { enableEndpointDiscovery: !NAMED.endpoint.startsWith('http:') };
    const client = new CosmosClient({ endpoint: NAMED.endpoint, key: NAMED.key ?? '', connectionPolicy });
    for (const { database } of all) await client.database(database).delete();
    client.dispose();
  });
  return async () => {
    const place = await freshDatabase(NAMED);
    all.push(place);
    return place;
  };
}
