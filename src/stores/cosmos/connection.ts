import type { TokenCredential } from '@azure/identity';
import { CosmosClient, type Database } from '@azure/cosmos';
import { CodedError } from '../../errors.ts';
import { turnEnds } from '../../turnTime.ts';
import { CONTAINER_NAMES, type ContainerName } from './containers.ts';
import { asCosmosFault, cosmosFault, OutcomeUnknown } from './cosmosFault.ts';
import { orAborted } from './settled.ts';
import { documentsIn, type Documents, type Limits } from './documents.ts';
import { observedClient, type Observe } from './observed.ts';

/** Where the account is, and as whom to come to it. */
export interface CosmosPlace {
  readonly endpoint: string;
  readonly database: string;
  /** Given only where there is no identity of one's own; without it, the identity that this process runs as. */
  readonly key?: string | undefined;
  /** Regions to read from, the nearest first. */
  readonly preferredRegions?: readonly string[] | undefined;
}

/** What a call of a store works on: every container, and until when. */
export type On = Readonly<Record<ContainerName, Documents>> & { readonly deadline: AbortSignal };

/** Makes one call of a store. Faults come as coded errors. */
export type Call = <T>(work: (on: On) => Promise<T>) => Promise<T>;

export interface Connection {
  readonly call: Call;
  readonly client: CosmosClient;
  readonly database: Database;
  /** Waits for the calls that are under way, and refuses others. May be repeated. */
  close(): Promise<void>;
}

/** A press is answered within four seconds: a call gives up before, as does whatever follows in the turn, with time left to say so. Source: issue “Azure Cosmos DB”, 2. */
export const LIMITS: Limits = { callMs: 3_000, attemptMs: 2_200 };

/** Source: platform-facts, “Cosmos DB and @azure/cosmos”. */
const THROTTLING = { maxRetryAttemptCount: 9, maxWaitTimeInSeconds: 2, fixedRetryIntervalInMilliseconds: 0 };
const REQUEST_TIMEOUT_MS = 3_000;

/** A client for the account; asks nothing of it yet. Throws `CodedError('setting')` for an endpoint that is none. */
export async function clientFor(
  { endpoint, key, preferredRegions = [] }: CosmosPlace,
  observe?: Observe,
): Promise<CosmosClient> {
  const isPlain = endpoint.startsWith('http:');
  try {
    return new CosmosClient({
      endpoint,
      ...(key === undefined ? { aadCredentials: await ownIdentity() } : { key }),
      ...(observe === undefined ? {} : { httpClient: observedClient(observe) }),
      connectionPolicy: {
        requestTimeout: REQUEST_TIMEOUT_MS,
        retryOptions: THROTTLING,
        preferredLocations: [...preferredRegions],
        useMultipleWriteLocations: false,
        // An emulator without TLS names itself by an address that is not this one.
        enableEndpointDiscovery: !isPlain,
      },
    });
  } catch (cause) {
    throw new CodedError('setting', 'COSMOS_ENDPOINT or COSMOS_KEY cannot be used: copy both from the account’s “Keys” page.', { cause }); // prettier-ignore
  }
}

/** Loaded when it is needed: it is large, and a key makes it needless. */
async function ownIdentity(): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential();
}

/** A connection to a database of an account. */
export async function connect(place: CosmosPlace, limits: Limits = LIMITS, observe?: Observe): Promise<Connection> {
  const client = await clientFor(place, observe);
  const database = client.database(place.database);
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  function on(): On {
    const [own, turn] = [AbortSignal.timeout(limits.callMs), turnEnds()];
    const deadline = turn === undefined ? own : AbortSignal.any([own, turn]);
    const documents = CONTAINER_NAMES.map((name) => [name, documentsIn(database.container(name), deadline, limits)]);
    return { ...(Object.fromEntries(documents) as Record<ContainerName, Documents>), deadline }; // fromEntries forgets the names
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
