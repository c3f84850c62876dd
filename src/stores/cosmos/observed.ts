import type { HttpClient, PipelineRequest } from '@azure/core-rest-pipeline';
import { CONTAINER_NAMES, type ContainerName } from './containers.ts';

/** What a request asked the account for. `plan`: how a query is to be run; `partitions`: where; `other`: the account itself. */
export type CosmosOperation =
  'read' | 'query' | 'plan' | 'create' | 'replace' | 'upsert' | 'delete' | 'batch' | 'partitions' | 'other';

/** One request as it went over the wire, with the charge that the account named. Holds nothing of what was asked. */
export interface SeenRequest {
  readonly container: ContainerName | 'none';
  readonly operation: CosmosOperation;
  /** The HTTP status of the answer; `none` where there was no answer. */
  readonly result: string;
  /** In request units. */
  readonly charge: number;
  /** Of the bodies, without headers. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/** Hears of every request: those that the client makes of its own accord and those that were refused among them. */
export type Observe = (request: SeenRequest) => void;

/**
 * An HTTP client with somebody who hears of each request once it has ended. Here, and not around
 * the calls of the SDK, for one call may make several requests, and it keeps silent about the charge of those that fail.
 * Source: issue “Azure Cosmos DB”, 6.
 */
export function observedClient(client: HttpClient, observe: Observe): HttpClient {
  return {
    async sendRequest(request) {
      const seen = { ...placeOf(request), sentBytes: typeof request.body === 'string' ? bytesOf(request.body) : 0 };
      try {
        const answer = await client.sendRequest(request);
        const charge = Number(answer.headers.get('x-ms-request-charge') ?? 0);
        observe({ ...seen, result: String(answer.status), charge, receivedBytes: bytesOf(answer.bodyAsText ?? '') });
        return answer;
      } catch (error) {
        observe({ ...seen, result: 'none', charge: 0, receivedBytes: 0 });
        throw error;
      }
    },
  };
}

const bytesOf = (text: string): number => Buffer.byteLength(text);

/** What a request is for. Source: learn.microsoft.com/rest/api/cosmos-db, and the headers that the SDK sends. */
function placeOf(request: PipelineRequest): Pick<SeenRequest, 'container' | 'operation'> {
  const [, , , , named, what] = new URL(request.url).pathname.split('/');
  const container = CONTAINER_NAMES.find((name) => name === named) ?? 'none';
  if (what === 'pkranges') return { container, operation: 'partitions' };
  return { container, operation: what === 'docs' ? operationOf(request) : 'other' };
}

/** What a request on documents does, whatever their container. */
export function operationOf({ method, headers }: PipelineRequest): CosmosOperation {
  const isSet = (name: string): boolean => headers.get(name)?.toLowerCase() === 'true';
  switch (method) {
    case 'GET':
      return 'read';
    case 'PUT':
      return 'replace';
    case 'DELETE':
      return 'delete';
    default:
      if (isSet('x-ms-cosmos-is-query-plan-request')) return 'plan';
      if (isSet('x-ms-documentdb-isquery')) return 'query';
      if (isSet('x-ms-cosmos-is-batch-request')) return 'batch';
      return isSet('x-ms-documentdb-is-upsert') ? 'upsert' : 'create';
  }
}
