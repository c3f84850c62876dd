import { asked, clientFor, type CosmosPlace } from './connection.ts';
import { CONTAINER_NAMES, CONTAINERS, isPartedSo, partitionOf, policyOf, type ContainerName } from './containers.ts';
import { cosmosFault, statusOf, substatusOf } from './cosmosFault.ts';
import { checkAccount, definitionOf, isIndexedAsPlanned } from './fit.ts';

/** What was done about a container. */
export type Provisioned = 'made' | 'indexed anew' | 'there already';

/** Making a container takes longer than a call of a store may. */
const PATIENCE_MS = 60_000;

/**
 * Makes the database and its containers, and gives those that are there the indexes of this release; `done` hears of each.
 * Deletes nothing, and may be repeated. Refuses an unfit account first, and a container with another partition key:
 * `store.unfit`. An identity of Entra ID may only read here, whatever its roles: `store.refused` where something is to be made.
 */
export async function provision(
  place: CosmosPlace,
  done: (name: ContainerName, what: Provisioned) => void,
): Promise<void> {
  const client = await clientFor(place);
  try {
    await checkAccount(client);
    await managed((abortSignal) => client.databases.createIfNotExists({ id: place.database }, { abortSignal }));
    const database = client.database(place.database);
    for (const name of CONTAINER_NAMES) {
      const plan = CONTAINERS[name];
      const wanted = { id: name, partitionKey: partitionOf(plan), indexingPolicy: policyOf(plan) };
      const found = await definitionOf(database, name);
      if (found === undefined) {
        await managed((abortSignal) => database.containers.createIfNotExists(wanted, { abortSignal }));
        done(name, 'made');
      } else if (!isPartedSo(plan, found.partitionKey)) {
        throw cosmosFault('store.unfit', undefined, `The container “${name}” has another partition key than ${plan.partitionKey} (version 2): name another database with COSMOS_DATABASE.`); // prettier-ignore
      } else if (isIndexedAsPlanned(found, name)) {
        done(name, 'there already');
      } else {
        await managed((abortSignal) => database.container(name).replace({ ...found, indexingPolicy: policyOf(plan) }, { abortSignal })); // prettier-ignore
        done(name, 'indexed anew');
      }
    }
  } finally {
    client.dispose();
  }
}

/**
 * An account takes what makes or changes containers from keys alone; identities go through Azure Resource Manager.
 * Source: aka.ms/cosmos-native-rbac; “cannot be authorized by AAD token in data plane” is 403 with this sub-status.
 */
const NOT_IN_DATA_PLANE = { status: 403, substatus: 5300 } as const;

async function managed<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await asked(ask, PATIENCE_MS);
  } catch (error) {
    if (statusOf(error) !== NOT_IN_DATA_PLANE.status || substatusOf(error) !== NOT_IN_DATA_PLANE.substatus) throw error;
    throw cosmosFault('store.refused', error, 'The account lets no identity of Entra ID make or change databases and containers, whatever its roles: run this once with a key of the account in COSMOS_KEY, or have them made by Bicep or in the Azure portal.'); // prettier-ignore
  }
}
