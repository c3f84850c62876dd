import type { Stores } from '../src/storePorts.ts';
import type { CallTally } from './metrics.ts';

type Method = (...args: readonly unknown[]) => unknown;

/** The same stores, and how often each of their methods was called and failed, from now on. */
export function countedStores(stores: Stores): { readonly stores: Stores; readonly tallies: readonly CallTally[] } {
  const tallies: CallTally[] = [];
  const counted = Object.fromEntries(
    Object.entries(stores).map(([store, port]) => [
      store,
      typeof port === 'function' ? port : countedPort(store, port as Readonly<Record<string, Method>>, tallies), // ports are methods only
    ]),
  );
  return { stores: counted as unknown as Stores, tallies }; // each port has the methods that it had
}

function countedPort(store: string, port: Readonly<Record<string, Method>>, tallies: CallTally[]) {
  return Object.fromEntries(
    Object.entries(port).map(([method, call]) => {
      const tally: CallTally = { store, method, calls: 0, faults: 0 };
      tallies.push(tally);
      const failed = (): void => {
        tally.faults += 1;
      };
      const counted: Method = (...args) => {
        tally.calls += 1;
        const result = call(...args);
        // Whoever called is given the same promise, and hears of the fault there.
        if (result instanceof Promise) result.catch(failed);
        return result;
      };
      return [method, counted];
    }),
  );
}
