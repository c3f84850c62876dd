import { CodedError, type ErrorCode } from '../../src/errors.ts';
import type { Stores } from '../../src/storePorts.ts';

/** Which call to the store fails, counted from 1, and whether it fails before or after it has taken effect. */
export interface Fault {
  readonly at: number;
  readonly when: 'before' | 'after';
  /** `store.fault` unless it is another. */
  readonly code?: ErrorCode;
}

/** Every way in which a store fails: it says so, has no room, or nobody knows; what is busy did nothing. */
export const FAULTS = [
  { when: 'before', code: 'store.fault' },
  { when: 'after', code: 'store.fault' },
  { when: 'before', code: 'store.unsure' },
  { when: 'after', code: 'store.unsure' },
  { when: 'before', code: 'store.busy' },
] as const satisfies readonly Omit<Fault, 'at'>[];

export interface FaultyStores {
  readonly wrap: (stores: Stores) => Stores;
  /** Calls made so far. */
  calls(): number;
}

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** Puts a counter between the bot and its store, which makes one call fail, whichever of all that a store offers. */
export function faultyStores(fault: Fault): FaultyStores {
  let calls = 0;
  const through =
    (method: Method): Method =>
    async (...given) => {
      calls += 1;
      const fails = calls === fault.at;
      const { when, code = 'store.fault' } = fault;
      if (fails && when === 'before') throw new CodedError(code, 'made to fail before');
      const result = await method(...given);
      if (fails) throw new CodedError(code, 'made to fail after');
      return result;
    };
  return {
    calls: () => calls,
    wrap: (stores) => ({ ...stores, ...wrapped(stores, through) }),
  };
}

/** Its parts, each call of which goes through something. Looking whether it can be used, and closing it, are no calls of a turn. */
function wrapped(stores: Stores, through: (method: Method) => Method): Partial<Stores> {
  const parts = Object.entries(stores).filter(([, part]) => typeof part === 'object') as [string, object][]; // just looked
  const all = parts.map(([name, part]) => {
    const methods = Object.entries(part) as [string, Method][]; // ports offer methods alone
    return [name, Object.fromEntries(methods.map(([each, method]) => [each, through(method)]))];
  });
  return Object.fromEntries(all) as Partial<Stores>; // fromEntries forgets the names
}
