import type { ContainerDefinition, CosmosClient, Database } from '@azure/cosmos';
import { asked } from './connection.ts';
import {
  canonicalPolicy,
  CONTAINER_NAMES,
  CONTAINERS,
  isPartedSo,
  policyOf,
  type ContainerName,
} from './containers.ts';
import { cosmosFault, statusOf } from './cosmosFault.ts';

/**
 * Refuses an account or a database in which records are not safe or not found: weaker consistency than Strong, several
 * write regions, a container that is missing, or is parted or indexed in another way. One sentence each, with what to do.
 * Throws `store.unfit`, `store.missing`, or what the account answers.
 * Source: issue “Azure Cosmos DB”, 3 and “Bad input”; project decision 0016.
 */
export async function checkFit(client: CosmosClient, database: Database): Promise<void> {
  await checkAccount(client);
  await Promise.all(CONTAINER_NAMES.map((name) => checkContainer(database, name)));
}

/** Refuses what is no account, and an account that is not strongly consistent with one write region. */
export async function checkAccount(client: CosmosClient): Promise<void> {
  const { resource } = await asked((abortSignal) => client.getDatabaseAccount({ abortSignal }));
  // The client fills in what an answer does not say; every account names where it is written.
  if (resource?.writableLocations.length === 0)
    throw unfit('What answers there is no account of Azure Cosmos DB: set COSMOS_ENDPOINT to the address on the account’s “Keys” page.'); // prettier-ignore
  if (resource?.consistencyPolicy !== 'Strong')
    throw unfit('The account is not strongly consistent, so that two people could save over each other: set its default consistency to Strong in the Azure portal, and start again.'); // prettier-ignore
  if (resource.enableMultipleWritableLocations || resource.writableLocations.length > 1)
    throw unfit('The account has several write regions, so that two people could save over each other: leave it one under “Replicate data globally” in the Azure portal, and start again.'); // prettier-ignore
}

async function checkContainer(database: Database, name: ContainerName): Promise<void> {
  const definition = await definitionOf(database, name);
  if (definition === undefined)
    throw cosmosFault('store.missing', undefined, `The database has no container “${name}”: make it with “npm run cosmos:provision”, and check COSMOS_DATABASE.`); // prettier-ignore
  const plan = CONTAINERS[name];
  if (!isPartedSo(plan, definition.partitionKey))
    throw unfit(`The container “${name}” has another partition key than ${plan.partitionKey} (version 2), which cannot be changed: set COSMOS_DATABASE to another database, and make it with “npm run cosmos:provision”.`); // prettier-ignore
  if (!isIndexedAsPlanned(definition, name))
    throw unfit(`The container “${name}” is indexed in another way than this release asks for: run “npm run cosmos:provision”, wait until it is indexed anew, and start again.`); // prettier-ignore
}

/** A container as it is; `undefined` when it is not there. */
export async function definitionOf(database: Database, name: ContainerName): Promise<ContainerDefinition | undefined> {
  try {
    const { resource } = await asked((abortSignal) => database.container(name).read({ abortSignal }));
    return resource;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

export function isIndexedAsPlanned({ indexingPolicy = {} }: ContainerDefinition, name: ContainerName): boolean {
  return canonicalPolicy(indexingPolicy) === canonicalPolicy(policyOf(CONTAINERS[name]));
}

function unfit(message: string): Error {
  return cosmosFault('store.unfit', undefined, message);
}
