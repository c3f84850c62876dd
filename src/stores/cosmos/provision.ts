import { asked, clientFor, type CosmosPlace } from './connection.ts';
import { CONTAINER_NAMES, CONTAINERS, isPartedSo, partitionOf, policyOf, type ContainerName } from './containers.ts';
import { cosmosFault } from './cosmosFault.ts';
import { checkAccount, definitionOf, isIndexedAsPlanned } from './fit.ts';

/** What was done about a container. */
export type Provisioned = 'made' | 'indexed anew' | 'there already';

/** Making a container takes longer than a call of a store may. */
const PATIENCE_MS = 60_000;

/**
 * Makes the database and its containers, and gives those that are there the indexes of this release; `done` hears of each.
 * Deletes nothing, and may be repeated. Refuses an unfit account first, and a container with another partition key:
 * `store.unfit`. An identity needs the right to make containers, which the roles for data do not give.
 */
export async function provision(
  place: CosmosPlace,
  done: (name: ContainerName, what: Provisioned) => void,
): Promise<void> {
  const client = await clientFor(place);
  try {
    await checkAccount(client);
    await asked(
      (abortSignal) => client.databases.createIfNotExists({ id: place.database }, { abortSignal }),
      PATIENCE_MS,
    );
    const database = client.database(place.database);
    for (const name of CONTAINER_NAMES) {
      const plan = CONTAINERS[name];
      const wanted = { id: name, partitionKey: partitionOf(plan), indexingPolicy: policyOf(plan) };
      const found = await definitionOf(database, name);
      if (found === undefined) {
        await asked((abortSignal) => database.containers.createIfNotExists(wanted, { abortSignal }), PATIENCE_MS);
        done(name, 'made');
      } else if (!isPartedSo(plan, found.partitionKey)) {
        throw cosmosFault('store.unfit', undefined, `The container “${name}” has another partition key than ${plan.partitionKey} (version 2): name another database with COSMOS_DATABASE.`); // prettier-ignore
      } else if (isIndexedAsPlanned(found, name)) {
        done(name, 'there already');
      } else {
        await asked((abortSignal) => database.container(name).replace({ ...found, indexingPolicy: policyOf(plan) }, { abortSignal }), PATIENCE_MS); // prettier-ignore
        done(name, 'indexed anew');
      }
    }
  } finally {
    client.dispose();
  }
}
