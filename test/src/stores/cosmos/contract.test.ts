import { describeContract } from '../contract/contract.ts';
import { ACCOUNT_WORDS, opened, withDatabases } from './aCosmos.ts';

describe(`Cosmos DB, ${ACCOUNT_WORDS}`, () => {
  const database = withDatabases();
  describeContract(async () => opened(await database()));
});
