import { createHash } from 'node:crypto';
import { provision } from '../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble } from '../cosmos/cosmosDouble.ts';

/** The store that conversations are played on: SQLite, or with JOURNEY_STORE=cosmos a double of Cosmos DB. */
export const IS_ON_COSMOS = process.env.JOURNEY_STORE === 'cosmos';

let double: CosmosDouble | undefined;
const provisioned = new Set<string>();

/** Starts the double that conversations are played on, empty. */
export async function startDouble(): Promise<void> {
  double = await startCosmosDouble();
}

export async function endDouble(): Promise<void> {
  await double?.close();
  double = undefined;
  provisioned.clear();
}

/** The double, while conversations are played on it. */
export function cosmosDouble(): CosmosDouble {
  if (double === undefined) throw new Error('No double of Cosmos DB is running: take .mocharc.cosmos.json for mocha.');
  return double;
}

/** The database of a bot with this folder. */
export function databaseOf(dataDir: string): string {
  return `journey-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
}

/** The settings of the store for a bot with this folder; the same folder has the same records again. */
export async function storeSettings(dataDir: string): Promise<Readonly<Record<string, string>>> {
  if (!IS_ON_COSMOS) return {};
  const { endpoint, key } = cosmosDouble();
  const database = databaseOf(dataDir);
  if (!provisioned.has(database)) await provision({ endpoint, key, database }, () => undefined);
  provisioned.add(database);
  return { STORE: 'cosmos', COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key, COSMOS_DATABASE: database };
}
