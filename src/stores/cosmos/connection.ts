import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { CosmosClient, type Container, type Database } from '@azure/cosmos';
import { CodedError } from '../../errors.ts';
import { listsEnd as turnsListsEnd, turnEnds } from '../../turnTime.ts';
import { CONTAINER_NAMES, type ContainerName } from './containers.ts';
import { asCosmosFault, cosmosFault, OutcomeUnknown } from './cosmosFault.ts';
import { orAborted } from './settled.ts';
import { documentsIn, type Documents, type Limits, type Until } from './documents.ts';
import type { FanOut } from './fanOut.ts';
import { observedClient, type Observe } from './observed.ts';
import { rememberingPlans } from './rememberedPlans.ts';

/** Where the account is, and as whom to come to it. */
export interface CosmosPlace {
  readonly endpoint: string;
  readonly database: string;
  /** Given only where there is no identity of one's own; without it, the identity that this process runs as. */
  readonly key?: string | undefined;
  /** The client id of the managed identity to come as; whichever there is, when it is left out. */
  readonly clientId?: string | undefined;
  /** Regions to read from, the nearest first. */
  readonly preferredRegions?: readonly string[] | undefined;
}

/** What a call of a store works on: every container, and until when. */
export type On = Readonly<Record<ContainerName, Documents>> & Until;

/** Makes one call of a store. Faults come as coded errors. */
export type Call = <T>(work: (on: On) => Promise<T>) => Promise<T>;

export interface Connection {
  readonly call: Call;
  /** As it was when the connection was made. */
  readonly client: CosmosClient;
  readonly database: Database;
  /** Waits for the calls that are under way, and refuses others. May be repeated. */
  close(): Promise<void>;
}

/**
 * A press is answered within four seconds: a call gives up before, as does whatever follows in the turn, with time left to
 * say so. Source: issue “Azure Cosmos DB”, 2.
 */
export const LIMITS: Limits = { callMs: 3_000, attemptMs: 2_200, listMs: 2_000 };

/** Source: platform-facts, “Cosmos DB and @azure/cosmos”. */
const THROTTLING = { maxRetryAttemptCount: 9, maxWaitTimeInSeconds: 2, fixedRetryIntervalInMilliseconds: 0 };
const REQUEST_TIMEOUT_MS = 3_000;

/** A client for the account; asks nothing of it yet. Throws `CodedError('setting')` for an endpoint that is none. */
export async function clientFor(place: CosmosPlace, observe?: Observe): Promise<CosmosClient> {
  return (await clientsFor(place, observe))();
}

/** Makes such clients, all of them as whoever the first one is. */
async function clientsFor(
  { endpoint, key, clientId, preferredRegions = [] }: CosmosPlace,
  observe: Observe | undefined,
): Promise<() => CosmosClient> {
  const http = createDefaultHttpClient();
  const httpClient = rememberingPlans(observe === undefined ? http : observedClient(http, observe));
  const as = key === undefined ? { aadCredentials: await ownIdentity(clientId) } : { key };
  const connectionPolicy = {
    requestTimeout: REQUEST_TIMEOUT_MS,
    retryOptions: THROTTLING,
    preferredLocations: [...preferredRegions],
    useMultipleWriteLocations: false,
    // An emulator without TLS names itself by an address that is not this one.
    enableEndpointDiscovery: !endpoint.startsWith('http:'),
  };
  return () => {
    try {
      return new CosmosClient({ endpoint, ...as, httpClient, connectionPolicy: { ...connectionPolicy } });
    } catch (cause) {
      throw new CodedError('setting', 'COSMOS_ENDPOINT or COSMOS_KEY cannot be used: copy both from the account’s “Keys” page.', { cause }); // prettier-ignore
    }
  };
}

/** Loaded when it is needed: it is large, and a key makes it needless. */
async function ownIdentity(clientId: string | undefined): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential(clientId === undefined ? {} : { managedIdentityClientId: clientId });
}

/** A connection to a database of an account. */
export async function connect(place: CosmosPlace, limits: Limits = LIMITS, observe?: Observe): Promise<Connection> {
  const newClient = await clientsFor(place, observe);
  let { client, containers } = opened(newClient, place);
  const database = client.database(place.database);
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  /** Others under way may have found out as well: one new client is enough for them all. */
  function renew(name: ContainerName, stale: Container): void {
    if (containers[name] !== stale) return;
    client.dispose();
    ({ client, containers } = opened(newClient, place));
  }

  function on(): On {
    const deadline = soonest(AbortSignal.timeout(limits.callMs), turnEnds());
    const until = { deadline, listsEnd: soonest(deadline, AbortSignal.timeout(limits.listMs), turnsListsEnd()) };
    const documents = CONTAINER_NAMES.map((name) => {
      const fanOut: FanOut = {
        container: () => containers[name],
        renew: (stale) => {
          renew(name, stale);
        },
      };
      return [name, documentsIn(fanOut, until, limits)];
    });
    return { ...(Object.fromEntries(documents) as Record<ContainerName, Documents>), ...until }; // fromEntries forgets the names
  }

  return {
    client,
    database,
    async call(work) {
      if (isClosed) throw cosmosFault('store.fault', undefined, 'The store is closed.');
      const working = work(on());
      underWay.add(working);
      try {
        return await working;
      } catch (error) {
        throw asFaultOfCall(error);
      } finally {
        underWay.delete(working);
      }
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(underWay);
      client.dispose();
    },
  };
}

/** A client and the containers as it knows them. */
function opened(newClient: () => CosmosClient, { database: id }: CosmosPlace) {
  const client = newClient();
  const containers = CONTAINER_NAMES.map((name) => [name, client.database(id).container(name)]);
  return { client, containers: Object.fromEntries(containers) as Record<ContainerName, Container> }; // fromEntries forgets the names
}

function soonest(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}

/** What comes of a request is coded already; anything else is a mistake in this adapter or in what is stored. */
function asFaultOfCall(error: unknown): CodedError {
  if (error instanceof OutcomeUnknown) return cosmosFault('store.unsure', error.cause);
  return error instanceof CodedError ? error : cosmosFault('store.fault', error);
}

/** A start may take longer than a press: an identity is looked for in several places. */
const PATIENCE_MS = 15_000;

/** Asks something of the account that is no call of a store. Throws coded faults; `store.unsure` when it does not answer. */
export async function asked<T>(ask: (signal: AbortSignal) => Promise<T>, patienceMs: number = PATIENCE_MS): Promise<T> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    return await orAborted(signal, ask(signal));
  } catch (error) {
    const fault = asCosmosFault(error);
    throw fault instanceof OutcomeUnknown
      ? cosmosFault('store.unsure', error, 'The account does not answer: check COSMOS_ENDPOINT and the network.')
      : fault;
  }
}
