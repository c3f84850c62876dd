import { createSecretKey, randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { AccountSettings, Databases } from './account.ts';
import type { Certificate } from './aCertificate.ts';
import { Changes } from './changes.ts';
import type { Bulk, Container } from './containers.ts';
import { type Armed, type Fault, Faults, type Target } from './faults.ts';
import { operate } from './items.ts';
import type { JsonObject } from './json.ts';
import { keyOfItem } from './partitions.ts';
import { DoubleRequests } from './requests.ts';
import { Tallies } from './tallies.ts';

export interface CosmosDoubleOptions {
  /** `Strong` unless given. */
  readonly consistency?: 'Strong' | 'BoundedStaleness' | 'Session' | 'ConsistentPrefix' | 'Eventual';
  /** One unless given. */
  readonly writeRegions?: readonly string[];
  /** The write regions unless given. */
  readonly readRegions?: readonly string[];
  /** Of each new container; two unless given, so that queries without a partition key fan out. */
  readonly physicalPartitions?: number;
  /**
   * Items that a page of a query has at most, however many are asked for; the service, too, may end a page early at
   * any time. As many as are asked for unless given.
   */
  readonly pageItemsAtMost?: number;
  /** Base 64; random unless given. */
  readonly key?: string;
  /** Entra ID tokens to accept besides the key; a client sends one with `tokenProvider` as `type=aad&ver=1.0&sig=…`. */
  readonly aadTokens?: readonly string[];
  /** Serves https with it, which a client needs to come with a token. */
  readonly certificate?: Certificate;
}

export interface CosmosDoubleControl {
  /** Arms a fault. Of several that strike the same request, the one armed first has its way. */
  readonly fail: (target: Target, fault: Fault) => Armed;
  readonly disarmAll: () => void;
  readonly tallies: Pick<Tallies, 'of' | 'byKind' | 'last' | 'reset'>;
  /** How far the service's clock is ahead of the machine's when it checks a request's date. */
  readonly skewClock: (ms: number) => void;
  /** Lets time pass for `_ts` and times to live. */
  readonly passTime: (ms: number) => void;
  /** Splits the physical partitions of a container in two each. */
  readonly split: (database: string, container: string) => void;
  /** Has a container hold these items as well. */
  readonly holdInBulk: (database: string, container: string, bulk: Bulk) => void;
  /** All that was sent, as a reader of the account's disks would see it; items past their time to live too. */
  readonly contents: () => readonly StoredContainer[];
  /** Puts these items in the place of all that a container holds, as somebody who can write to all of it. */
  readonly fill: (database: string, container: string, items: readonly JsonObject[]) => void;
}

export interface StoredContainer {
  readonly database: string;
  readonly container: string;
  readonly items: readonly JsonObject[];
}

export interface CosmosDouble {
  readonly endpoint: string;
  readonly key: string;
  readonly control: CosmosDoubleControl;
  /** Ends the server and all its connections, hanging ones too. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a strict double of an Azure Cosmos DB account on the loopback interface, empty, for the real SDK
 * (`connectionPolicy.enableEndpointDiscovery` must be false). It keeps all in memory.
 *
 * Strict: signature, date, API version; partition key header; logical partitions apart; ids; 2 MB an item and a request,
 * 4 MB a page; etags; batches whole or not at all; composite indexes. Stricter than the service on purpose: ids with
 * `? \ / #`, and filters on paths that are not indexed, unless a scan is asked for.
 *
 * Answered with 501, as not modelled: bulk operations, change feed, stored procedures and throughput (no such paths),
 * prefixes of hierarchical keys, If-None-Match on writes, If-Match where there is no item, moves and conditions of a
 * patch, aggregates over partitions other than COUNT. Not known to the grammar: OFFSET, GROUP BY, LIKE, DISTINCT. Not
 * modelled and not noticed: throttling by throughput (only as a fault), the 20 GB of a logical partition, replicas and
 * regions, string order by UTF-8 (it is by UTF-16 units).
 */
export async function startCosmosDouble(options: CosmosDoubleOptions = {}): Promise<CosmosDouble> {
  const writeRegions = options.writeRegions ?? ['UK South'];
  const settings: AccountSettings = {
    consistency: options.consistency ?? 'Strong',
    writeRegions,
    readRegions: options.readRegions ?? writeRegions,
    physicalPartitions: options.physicalPartitions ?? 2,
    pageItemsAtMost: options.pageItemsAtMost ?? Infinity,
  };
  const key = options.key ?? randomBytes(64).toString('base64');
  const credentials = { key: createSecretKey(key, 'base64'), aadTokens: options.aadTokens ?? [] };
  const [databases, faults, tallies, clock]: [Databases, Faults, Tallies, { skewMs: number; passedMs: number }] = [
    new Map(),
    new Faults(),
    new Tallies(),
    { skewMs: 0, passedMs: 0 },
  ];
  const scheme = options.certificate === undefined ? 'http' : 'https';
  const requests = new DoubleRequests({ scheme, settings, credentials, databases, faults, tallies, clock });
  const { certificate } = options;
  const listener: RequestListener = (request, response) => void requests.handle(request, response);
  const server = certificate === undefined ? createServer(listener) : createTlsServer({ ...certificate }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server on a port has one
  return {
    endpoint: `${scheme}://127.0.0.1:${port}/`,
    key,
    control: controlOf({ databases, faults, tallies, clock }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function containerIn(databases: Databases, database: string, container: string): Container {
  const found = databases.get(database)?.containers.get(container);
  if (found === undefined) throw new Error(`There is no container ${database}/${container}.`);
  return found;
}

function fill(container: Container, items: readonly JsonObject[]): void {
  for (const key of container.keys()) {
    const emptied = new Changes(container.partition(key));
    for (const id of container.partition(key).keys()) emptied.delete(id);
    container.commit(key, emptied);
  }
  const byKey = Map.groupBy(items, (item) => keyOfItem(container.definition.partitionKey, item));
  for (const [key, own] of byKey) {
    const changes = new Changes(container.partition(key));
    const place = { container, key, items: changes, now: Math.floor(Date.now() / 1000), readFactor: 1 };
    for (const body of own) operate(place, { does: 'upsert', body });
    container.commit(key, changes);
  }
}

interface Controlled {
  readonly databases: Databases;
  readonly faults: Faults;
  readonly tallies: Tallies;
  readonly clock: { skewMs: number; passedMs: number };
}

function controlOf({ databases, faults, tallies, clock }: Controlled): CosmosDoubleControl {
  return {
    fail: (target, fault) => faults.arm(target, fault),
    disarmAll: () => faults.disarmAll(),
    tallies,
    skewClock: (ms) => {
      clock.skewMs = ms;
    },
    passTime: (ms) => {
      clock.passedMs += ms;
    },
    split: (database, container) => containerIn(databases, database, container).split(),
    holdInBulk: (database, container, bulk) => containerIn(databases, database, container).holdInBulk(bulk),
    fill: (database, container, items) => fill(containerIn(databases, database, container), items),
    contents: () =>
      [...databases.values()].flatMap(({ id, containers }) =>
        [...containers].map(([name, container]) => ({
          database: id,
          container: name,
          items: container.keys().flatMap((key) => [...container.partition(key).values()].map(({ body }) => body)),
        })),
      ),
  };
}
