import type { Container, SqlQuerySpec } from '@azure/cosmos';
import { CodedError } from '../../errors.ts';
import type { Listed } from '../../listed.ts';
import { asCosmosFault, OutcomeUnknown } from './cosmosFault.ts';
import { orAborted, repeated } from './settled.ts';

/** How a container is asked across its partitions. */
export interface FanOut {
  /** As the present client knows it. */
  readonly container: () => Container;
  /** Puts another client in the place of one that does not know where the partitions are now. */
  readonly renew: (stale: Container) => void;
}

/**
 * All partitions are asked at once, and what they give is merged in the order of the query. With query control the client
 * gives it back after every round of requests; without, it keeps what it has until a page is full, however long that takes.
 */
const ACROSS = {
  maxDegreeOfParallelism: -1,
  // Pages that are fetched ahead and fail before they are needed would end the process: nothing hears of them.
  bufferItems: false,
  forceQueryPlan: true,
  enableQueryControl: true,
  // The client’s own size is ten: a request for every ten documents of each partition.
  maxItemCount: 100,
} as const;

/**
 * What a query over all partitions finds, as it comes and in its order. Ends with the signal, and asks nothing more then.
 *
 * After a partition was split, the client goes on asking for the one that is gone, for as long as it lives: rounds that are
 * free and find nothing are the sign. It is replaced, and the query has to be repeated. Throws `OutcomeUnknown` for both.
 */
export async function* pagesAcross<T>(
  fanOut: FanOut,
  spec: SqlQuerySpec,
  signal: AbortSignal,
): AsyncGenerator<readonly T[]> {
  const container = fanOut.container();
  const iterator = container.items.query<T>(spec, { ...ACROSS, abortSignal: signal });
  while (iterator.hasMoreResults()) {
    const page = await orAborted(signal, iterator.fetchNext());
    const found: readonly T[] | undefined = page.resources; // the client leaves it out of an empty round
    const items = found ?? [];
    if (items.length === 0 && page.requestCharge === 0 && iterator.hasMoreResults()) {
      fanOut.renew(container);
      throw new OutcomeUnknown(undefined);
    }
    yield items;
  }
}

/**
 * What comes of a list until the signal ends it: asked anew when there was no answer, and the longest that any attempt
 * gave, as each is the beginning of the list. Throws coded faults for whatever is known not to work.
 */
export async function firstOf<T>(until: AbortSignal, ask: () => AsyncIterable<readonly T[]>): Promise<Listed<T>> {
  let longest: readonly T[] = [];
  if (until.aborted) return { items: longest, isCutShort: true };
  try {
    const items = await repeated(until, async () => {
      const found: T[] = [];
      try {
        for await (const page of ask()) {
          found.push(...page);
          if (found.length > longest.length) longest = found;
        }
      } catch (error) {
        throw asCosmosFault(error);
      }
      return found;
    });
    return { items, isCutShort: false };
  } catch (error) {
    const isBusy = error instanceof CodedError && error.code === 'store.busy' && longest.length > 0;
    if (error instanceof OutcomeUnknown || isBusy) return { items: longest, isCutShort: true };
    throw error;
  }
}
