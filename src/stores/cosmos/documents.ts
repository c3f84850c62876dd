import type { JSONObject, JSONValue, OperationInput } from '@azure/cosmos';
import type { Listed } from '../../listed.ts';
import { asCosmosFault, statusOf } from './cosmosFault.ts';
import { firstOf, pagesAcross, type FanOut } from './fanOut.ts';
import { orAborted, repeated } from './settled.ts';

/** A document as it was read, with what it is replaced by. */
export type Kept<T> = T & { readonly _etag: string };

/** SQL with the values of its parameters, by name and without the `@`. */
export interface Query {
  readonly sql: string;
  readonly values: Readonly<Record<string, JSONValue>>;
}

/** How long things may take. */
export interface Limits {
  /** One call of a store, whatever it takes: throttling, repeating, looking back. */
  readonly callMs: number;
  /** One request, with the waits for a throttled account. */
  readonly attemptMs: number;
  /** A list that is shown as far as it was found by then. Within a turn it may have to end earlier. */
  readonly listMs: number;
}

/** Until when. */
export interface Until {
  /** A call gives up. */
  readonly deadline: AbortSignal;
  /** A list ends with what it has. */
  readonly listsEnd: AbortSignal;
}

export type Step =
  | { readonly create: object }
  | { readonly upsert: object }
  | { readonly replace: { readonly id: string }; readonly etag: string };

/** The etags of what was written, in the order of the steps; or the step that was refused for what is there already. */
export type BatchResult = { readonly etags: readonly string[] } | { readonly refusedAt: number };

/** The documents of one container, for the length of one call. Everything rejects with `asCosmosFault`. */
export interface Documents {
  /** Repeated until there is an answer. */
  read<T>(partition: string, id: string): Promise<Kept<T> | undefined>;
  /** Those of these that are there, 100 at most, in one request while all of them are; repeated until there is an answer. */
  readAll<T>(partition: string, ids: readonly string[]): Promise<readonly T[]>;
  /**
   * All that a query finds, or a fault; repeated until there is an answer. Give the partition here and in the SQL, or in
   * neither.
   */
  query<T>(query: Query, partition?: string): Promise<readonly T[]>;
  /** What a query over all partitions finds first, in its order, until the time for lists is over. For what is shown. */
  list<T>(query: Query): Promise<Listed<T>>;
  /** One attempt. The etag; `undefined` when there is one already. */
  create(partition: string, doc: { readonly id: string }): Promise<string | undefined>;
  /** One attempt. The new etag; `undefined` when it is another by now, or gone. */
  replace(partition: string, doc: { readonly id: string }, etag: string): Promise<string | undefined>;
  /** Overwrites whatever is there; repeated until there is an answer. */
  upsert(partition: string, doc: { readonly id: string }): Promise<void>;
  /** One attempt. `undefined` when it is another by now, or gone. */
  remove(partition: string, id: string, etag?: string): Promise<true | undefined>;
  /** One attempt: all of it or nothing. At most 100 steps. */
  batch(partition: string, steps: readonly Step[]): Promise<BatchResult>;
}

/** What is there already, or no longer: the request was understood, and nothing was done. */
const REFUSALS: ReadonlySet<number> = new Set([404, 409, 412]);

/** Source: learn.microsoft.com/azure/cosmos-db/nosql/transactional-batch: the steps around the culprit fail with 424. */
const FAILED_WITH_ANOTHER = 424;

export function documentsIn(fanOut: FanOut, { deadline, listsEnd }: Until, limits: Limits): Documents {
  const container = fanOut.container();

  async function request<T>(send: (options: { readonly abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
    const signal = AbortSignal.any([deadline, AbortSignal.timeout(limits.attemptMs)]);
    try {
      return await orAborted(signal, send({ abortSignal: signal }));
    } catch (error) {
      throw asCosmosFault(error);
    }
  }

  /** The same, with `undefined` for a refusal. */
  async function unlessRefused<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      if (REFUSALS.has(statusOf(error) ?? 0)) return undefined;
      throw error;
    }
  }

  function read<T>(partition: string, id: string): Promise<Kept<T> | undefined> {
    return repeated(deadline, async () => {
      const { resource } = await request((options) => container.item(id, partition).read<object>(options));
      return resource as Kept<T> | undefined; // written by this adapter
    });
  }

  function batched(partition: string, operations: OperationInput[], contentResponseOnWriteEnabled: boolean) {
    return request(async (options) => {
      const how = { ...options, contentResponseOnWriteEnabled };
      const { result = [], code } = await container.items.batch(operations, partition, how);
      return { result, code };
    });
  }

  return {
    read,
    query: <T>(query: Query, partition?: string) =>
      repeated(deadline, async () => {
        const { resources } = await request(({ abortSignal }) =>
          partition === undefined
            ? gathered<T>(pagesAcross(fanOut, asSpec(query), abortSignal))
            : container.items.query<T>(asSpec(query), { abortSignal, partitionKey: partition }).fetchAll(),
        );
        return resources;
      }),
    list: (query) => firstOf(listsEnd, () => pagesAcross(fanOut, asSpec(query), listsEnd)),
    create: (_partition, doc) =>
      unlessRefused(request((options) => container.items.create(doc, options)).then(({ etag }) => etag)),
    replace: (partition, doc, etag) =>
      unlessRefused(
        request((options) => container.item(doc.id, partition).replace(doc, { ...options, ...ifMatch(etag) })).then(
          (answer) => answer.etag,
        ),
      ),
    upsert: (_partition, doc) =>
      repeated(
        deadline,
        async () => {
          await request((options) => container.items.upsert(doc, options));
        },
        true,
      ),
    remove: (partition, id, etag) =>
      unlessRefused(
        request((options) =>
          container.item(id, partition).delete({ ...options, ...(etag === undefined ? {} : ifMatch(etag)) }),
        ).then(() => true as const),
      ),
    batch: async (partition, steps) => {
      const { code, result } = await batched(partition, steps.map(asOperation), false);
      return asBatchResult(code, result);
    },
    readAll: <T>(partition: string, ids: readonly string[]) =>
      repeated(deadline, async () => {
        if (ids.length === 0) return [];
        const { code, result } = await batched(partition, ids.map((id) => ({ operationType: 'Read', id })), true); // prettier-ignore
        if ('etags' in asBatchResult(code, result)) return result.map(({ resourceBody }) => resourceBody as T); // written by this adapter
        // One that is missing fails the others too.
        const each = await Promise.all(ids.map((id) => read<T>(partition, id)));
        return each.filter((doc) => doc !== undefined);
      }),
  };
}

async function gathered<T>(pages: AsyncIterable<readonly T[]>): Promise<{ readonly resources: readonly T[] }> {
  const resources: T[] = [];
  for await (const page of pages) resources.push(...page);
  return { resources };
}

const ifMatch = (etag: string) => ({ accessCondition: { type: 'IfMatch', condition: etag } }) as const;

function asSpec({ sql, values }: Query) {
  const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
  return { query: sql, parameters };
}

function asOperation(step: Step): OperationInput {
  if ('create' in step) return { operationType: 'Create', resourceBody: step.create as JSONObject }; // plain data
  if ('upsert' in step) return { operationType: 'Upsert', resourceBody: step.upsert as JSONObject }; // plain data
  const { replace, etag } = step;
  return { operationType: 'Replace', id: replace.id, resourceBody: replace as unknown as JSONObject, ifMatch: etag }; // plain data
}

/** Anything but 200 is a failure, which is that of the step that did not merely fail with another. */
function asBatchResult(
  code: number | undefined,
  results: readonly { readonly statusCode: number; readonly eTag?: string }[],
): BatchResult {
  if (code === 200 && results.every(({ statusCode }) => statusCode < 300))
    return { etags: results.map(({ eTag }) => eTag ?? '') };
  const refusedAt = results.findIndex(({ statusCode }) => statusCode >= 300 && statusCode !== FAILED_WITH_ANOTHER);
  const status = results[refusedAt]?.statusCode ?? code ?? 0;
  if (REFUSALS.has(status) && refusedAt >= 0) return { refusedAt };
  throw asCosmosFault(Object.assign(new Error('A batch failed.'), { code: status }));
}
