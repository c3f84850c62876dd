import { randomBytes } from 'node:crypto';
import type { Stores } from '../../src/storePorts.ts';
import { openCosmos } from '../../src/stores/cosmos/openCosmos.ts';
import { openSqlite } from '../../src/stores/sqlite/openSqlite.ts';
import { IS_ON_COSMOS, storeSettings } from '../journeys/aStore.ts';

let opened = 0;

/** An empty store that is gone afterwards: SQLite in memory, or with JOURNEY_STORE=cosmos a database of the double. */
export async function aStoreOfItsOwn(tenantId: string): Promise<Stores> {
  if (!IS_ON_COSMOS) return openSqlite({ path: ':memory:', tenantId });
  const { COSMOS_ENDPOINT = '', COSMOS_KEY = '', COSMOS_DATABASE = '' } = await storeSettings(`own ${(opened += 1)}`);
  const place = { endpoint: COSMOS_ENDPOINT, key: COSMOS_KEY, database: COSMOS_DATABASE };
  return openCosmos({ ...place, tenantId, random: { bytes: (length) => randomBytes(length) } });
}
