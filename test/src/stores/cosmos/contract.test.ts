import { describeContract } from '../contract/contract.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';

describe('Cosmos DB, a double on this machine', () => {
  const double = withADouble();
  describeContract(async () => opened(await freshDatabase(double())));
});
