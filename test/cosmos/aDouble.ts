import { createHmac } from 'node:crypto';
import {
  type Container,
  CosmosClient,
  type ErrorResponse,
  type IndexingPolicy,
  PartitionKeyDefinitionVersion,
} from '@azure/cosmos';
import { type CosmosDouble, type CosmosDoubleOptions, startCosmosDouble } from './cosmosDouble.ts';

export const INDEXED: IndexingPolicy = {
  indexingMode: 'consistent',
  automatic: true,
  includedPaths: [{ path: '/due/?' }, { path: '/rank/?' }, { path: '/tags/[]/?' }],
  excludedPaths: [{ path: '/*' }],
  compositeIndexes: [
    [
      { path: '/due', order: 'ascending' },
      { path: '/id', order: 'descending' },
    ],
  ],
};

export interface ADouble {
  readonly double: CosmosDouble;
  readonly client: CosmosClient;
  readonly container: Container;
  readonly close: () => Promise<void>;
}

/** A double with a database `bot` and a container `cases`, partitioned by `caseKey`, and a client of the real SDK. */
export async function aDouble(
  options: CosmosDoubleOptions = {},
  definition: Readonly<Record<string, unknown>> = {},
): Promise<ADouble> {
  const double = await startCosmosDouble(options);
  const client = aClient(double);
  const { database } = await client.databases.create({ id: 'bot' });
  const { container } = await database.containers.create({
    id: 'cases',
    partitionKey: { paths: ['/caseKey'], version: PartitionKeyDefinitionVersion.V2 },
    indexingPolicy: INDEXED,
    ...definition,
  });
  double.control.tallies.reset();
  return {
    double,
    client,
    container,
    close: async () => {
      client.dispose();
      await double.close();
    },
  };
}

export function aClient(
  { endpoint, key }: Pick<CosmosDouble, 'endpoint' | 'key'>,
  more: Readonly<Record<string, unknown>> = {},
): CosmosClient {
  const connectionPolicy = { enableEndpointDiscovery: false, requestTimeout: 3000 };
  return new CosmosClient({ endpoint, key, connectionPolicy, ...more });
}

export interface Refused {
  readonly code: unknown;
  readonly substatus: unknown;
  readonly message: string;
}

/** How the SDK tells of a refusal. A batch wraps what it was refused with. */
export async function refusalOf(work: Promise<unknown>): Promise<Refused> {
  try {
    await work;
  } catch (error) {
    const thrown = error as ErrorResponse & { readonly cause?: ErrorResponse }; // what the SDK throws
    const { code, substatus, message } = thrown.cause ?? thrown;
    return { code, substatus, message };
  }
  throw new Error('It was not refused.');
}

interface RawRequest {
  readonly method?: string;
  readonly path: string;
  /** The path that the signature is for, when it is another. */
  readonly signedFor?: string;
  readonly body?: unknown;
}

/** A signed request that no SDK would send: its headers as given, `undefined` for one that is left out. */
export async function rawRequest(
  { endpoint, key }: CosmosDouble,
  { method = 'POST', path, signedFor = path, body }: RawRequest,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const date = new Date().toUTCString();
  const all = {
    'x-ms-version': '2020-07-15',
    'x-ms-date': date,
    authorization: authorization(method, signedFor, date, key),
    ...headers,
  };
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(`${endpoint}${path.slice(1)}`, {
    method,
    headers: sent,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answered = await response.text();
  return { status: response.status, body: answered === '' ? undefined : (JSON.parse(answered) as unknown) };
}

function authorization(method: string, path: string, date: string, key: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  const isFeed = segments.length % 2 === 1;
  const link = (isFeed ? segments.slice(0, -1) : segments).join('/');
  const text = `${method.toLowerCase()}\n${segments.at(isFeed ? -1 : -2) ?? ''}\n${link}\n${date.toLowerCase()}\n\n`;
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
  return encodeURIComponent(`type=master&ver=1.0&sig=${signature}`);
}
