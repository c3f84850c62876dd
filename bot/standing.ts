import type { OpenedStore } from './openStore.ts';
import { draftCount } from './draftCount.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { keysCheck, readiness, type ReadinessProbe } from './readiness.ts';
import type { Settings } from './settings.ts';
import { countedStores } from './storeCalls.ts';
import { turnsUnderWay, type TurnsUnderWay } from './turnsUnderWay.ts';

type Opened = Pick<OpenedStore, 'stores' | 'keys'>;

/** The same store, with its calls told to the figures. */
export function counted<T extends Opened>(opened: T, metrics: Pick<Metrics, 'readCalls'>): T {
  const { stores, tallies } = countedStores(opened.stores);
  metrics.readCalls(tallies);
  return { ...opened, stores };
}

/** How a bot stands, for whoever asks: whether it is ready, what is under way, and how many drafts are open. */
export function standing(
  { stores, keys }: Opened,
  deps: {
    readonly settings: Pick<Settings, 'STORE'>;
    /** Whether the directory can be asked. */
    readonly check: () => Promise<void>;
    readonly nowMs: () => number;
    readonly log: Log;
    readonly metrics: Pick<Metrics, 'countDrafts'>;
  },
): { readonly ready: ReadinessProbe; readonly turns: TurnsUnderWay } {
  const { nowMs, log } = deps;
  deps.metrics.countDrafts(draftCount({ drafts: stores.drafts, store: deps.settings.STORE, nowMs, log }));
  const checks = { store: () => stores.check(), keys: keysCheck(keys, stores.storeKey), directory: deps.check };
  return { ready: readiness(checks, { nowMs, log }), turns: turnsUnderWay() };
}
