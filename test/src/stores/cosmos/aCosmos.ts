import { randomBytes } from 'node:crypto';
import type { Stores } from '../../../../src/storePorts.ts';
import type { CosmosPlace } from '../../../../src/stores/cosmos/connection.ts';
import { openCosmos, type CosmosOptions } from '../../../../src/stores/cosmos/openCosmos.ts';
import { provision } from '../../../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble } from '../../../cosmos/cosmosDouble.ts';

let made = 0;

/** Makes an empty database in an account. */
export async function freshDatabase({ endpoint, key }: Omit<CosmosPlace, 'database'>): Promise<CosmosPlace> {
  const place = { endpoint, key, database: `sharing-log-${(made += 1)}` };
  await provision(place, () => undefined);
  return place;
}

/** Opens a store as one process among others does. */
export function opened(place: CosmosPlace, more: Partial<CosmosOptions> = {}): Promise<Stores> {
  const random = { bytes: (length: number) => randomBytes(length) };
  return openCosmos({ ...place, tenantId: 'tenant-1', random, ...more });
}

/** Runs a double for the suite that calls this. */
export function withADouble(): () => CosmosDouble {
  let double: CosmosDouble | undefined;
  before(async () => {
    double = await startCosmosDouble();
  });
  after(() => double?.close());
  return () => {
    if (double === undefined) throw new Error('No double is running outside a test.');
    return double;
  };
}
