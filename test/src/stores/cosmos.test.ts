import { randomBytes } from 'node:crypto';
import { provision } from '../../../src/stores/cosmos/provision.ts';
import { openCosmos } from '../../../src/stores/cosmos/openCosmos.ts';
import { startCosmosDouble, type CosmosDouble } from '../../cosmos/cosmosDouble.ts';
import { describeContract } from './contract/contract.ts';

const random = { bytes: (length: number) => randomBytes(length) };

describe('Cosmos DB', () => {
  let double: CosmosDouble | undefined;
  let opened = 0;
  before(async () => {
    double = await startCosmosDouble();
  });
  after(() => double?.close());

  describeContract(async () => {
    if (double === undefined) throw new Error('The double is not running.');
    const { endpoint, key } = double;
    const place = { endpoint, key, database: `contract-${(opened += 1)}` };
    await provision(place, () => undefined);
    return openCosmos({ ...place, tenantId: 'tenant-1', random });
  });
});
