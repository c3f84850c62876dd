import type { RequestKind, Route } from './routing.ts';

/** Which requests a fault strikes: of those that match, the nth from now and so many more. */
export interface Target {
  readonly method?: string;
  readonly container?: string;
  readonly kind?: RequestKind | readonly RequestKind[];
  /** From 1; unless given, the next one. */
  readonly nth?: number;
  /** Unless given, one; `Infinity` for all from the nth on. */
  readonly times?: number;
}

/** What happens to a struck request; when `applied`, after it has been done, else instead. */
export type Fault = { readonly applied?: boolean } & (
  | {
      readonly with: 'status';
      readonly status: number;
      readonly substatus?: number;
      /** Milliseconds, as sent with 429 and 449. */
      readonly retryAfterMs?: number;
    }
  /** The connection is reset. */
  | { readonly with: 'reset' }
  /** No answer until the double is closed. */
  | { readonly with: 'hang' }
  /** Answered normally, but only after `release()`; `applied` says whether it is done before or after. */
  | { readonly with: 'hold' }
  /** Answered normally after so many milliseconds of real time. */
  | { readonly with: 'slow'; readonly ms: number }
);

export interface Armed {
  /** How many requests it has struck. */
  readonly hits: () => number;
  /** Settles when the first request is struck; for one that is held and applied, after it is done. */
  readonly struck: Promise<void>;
  /** Lets held requests go, now and from now on. */
  readonly release: () => void;
  /** Strikes nothing more. */
  readonly disarm: () => void;
}

export interface Strike {
  readonly fault: Fault;
  readonly released: Promise<void>;
  readonly reached: () => void;
}

/** The faults that are armed, in the order in which they were. */
export class Faults {
  #armed: { readonly strikes: (route: Route) => Strike | undefined }[] = [];

  arm(target: Target, fault: Fault): Armed {
    const struck = Promise.withResolvers<undefined>();
    const released = Promise.withResolvers<undefined>();
    const first = target.nth ?? 1;
    const last = first + (target.times ?? 1) - 1;
    let [seen, hits] = [0, 0];
    const reached = (): void => struck.resolve(undefined);
    const entry = {
      strikes: (route: Route): Strike | undefined => {
        if (!matches(target, route)) return undefined;
        seen++;
        if (seen < first || seen > last) return undefined;
        hits++;
        return { fault, released: released.promise, reached };
      },
    };
    this.#armed.push(entry);
    const disarm = (): void => {
      this.#armed = this.#armed.filter((other) => other !== entry);
    };
    return { hits: () => hits, struck: struck.promise, release: () => released.resolve(undefined), disarm };
  }

  /** The fault that strikes a request, if any; each armed fault counts the requests that match it. */
  strike(route: Route): Strike | undefined {
    return this.#armed.map(({ strikes }) => strikes(route)).find((strike) => strike !== undefined);
  }

  disarmAll(): void {
    this.#armed = [];
  }
}

function matches({ method, container, kind }: Target, route: Route): boolean {
  const kinds = kind === undefined ? undefined : [kind].flat();
  return (
    (method === undefined || method === route.method) &&
    (container === undefined || container === route.container) &&
    (kinds === undefined || kinds.includes(route.kind))
  );
}
