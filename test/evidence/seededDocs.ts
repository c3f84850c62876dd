import { auditSource } from '../../src/stores/cosmos/audit.ts';
import { CONTAINER_NAMES } from '../../src/stores/cosmos/containers.ts';
import { connect, type Connection, type CosmosPlace } from '../../src/stores/cosmos/connection.ts';
import { PATIENT_LIMITS } from '../../src/stores/cosmos/patient.ts';
import type { Stores } from '../../src/storePorts.ts';
import { verify, type Verified } from '../../src/verifying.ts';
import type { CosmosDouble } from '../cosmos/cosmosDouble.ts';
import type { JsonObject } from '../cosmos/json.ts';
import { TENANT } from '../src/aBench.ts';
import { freshDatabase, opened, withADouble } from '../src/stores/cosmos/aCosmos.ts';
import { aDocAttacker, type DocAttacker, type Docs } from './aDocAttacker.ts';
import { chanceFrom, seededKeys } from './aSeededStore.ts';
import type { SeededStores } from './tamperedCopies.ts';

/** How many stores in Cosmos DB; a copy of each is tampered with in every way. */
export const DOC_SEEDS = Number(process.env.EVIDENCE_COSMOS_SEEDS ?? '1');
export const DOC_TIMEOUT_MS = 60_000 + DOC_SEEDS * 60_000;

/** Nothing is under way here: what does not fit together is read again at once. */
const AT_ONCE: readonly number[] = [0];

/** Makes stores in Cosmos DB before the suite that calls this; each look puts one of them there anew. */
export function withSeededDocs(make: (stores: Stores, seed: string) => Promise<void>): SeededStores<DocAttacker> {
  const double = withADouble();
  const kept: Docs[] = [];
  let place: CosmosPlace;
  let connection: Connection;
  before(async () => {
    for (let seed = 0; seed < DOC_SEEDS; seed += 1) {
      place = await freshDatabase(double());
      const stores = await opened(place, { tenantId: TENANT });
      await make(stores, `seed ${seed}`);
      await stores.close();
      kept.push(docsIn(double(), place.database));
    }
    connection = await connect(place, PATIENT_LIMITS);
  });
  after(() => connection.close());
  return {
    seeds: DOC_SEEDS,
    // What lists go by may follow no more as well.
    findingsAtMost: 12,
    look: (seed) => verified(double(), connection, kept[seed]!),
    async lookAtCopy(seed, name, tamper) {
      const docs = structuredClone(kept[seed]!);
      const where = tamper(aDocAttacker(docs, chanceFrom(`${name} ${seed}`)));
      return { where, findings: (await verified(double(), connection, docs)).findings };
    },
  };
}

function docsIn(double: CosmosDouble, database: string): Docs {
  const containers = double.control.contents().filter((each) => each.database === database);
  return structuredClone(
    Object.fromEntries(containers.map(({ container, items }) => [container, items])),
  ) as unknown as Docs; // all containers of the plan
}

function verified(double: CosmosDouble, connection: Connection, docs: Docs): Promise<Verified> {
  for (const name of CONTAINER_NAMES)
    double.control.fill(connection.database.id, name, docs[name] as readonly JsonObject[]); // documents are JSON
  return verify(auditSource(connection, AT_ONCE), seededKeys(chanceFrom('verify')));
}
