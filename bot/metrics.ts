import { Counter, Gauge, Histogram, Registry, type OpenMetricsContentType } from 'prom-client';
import type { NudgeSent } from '../src/nudging/sweep.ts';
import type { SeenRequest } from '../src/stores/cosmos/observed.ts';
import type { RefusalReason } from './refusalReasons.ts';

/** What a turn was, for the figures: names of our own only, never text from a person. */
export interface TurnName {
  readonly kind: 'press' | 'message' | 'find' | 'other';
  /** A verb that a card may carry, or a kind of command; `other` for anything else. */
  readonly name: string;
}

/** How often one method of a store was called, and how often it failed. */
export interface CallTally {
  readonly store: string;
  readonly method: string;
  calls: number;
  faults: number;
}

/** Figures of this process since its start. */
export interface Metrics {
  readonly turned: (turn: TurnName, seconds: number) => void;
  /** One request to Cosmos DB. */
  readonly requested: (request: SeenRequest) => void;
  /** One card of a day. */
  readonly nudged: (result: NudgeSent['kind']) => void;
  /** One request that was turned away. */
  readonly refused: (reason: RefusalReason) => void;
  /** So many fields or lines that were kept out of the log. */
  readonly dropped: (count: number) => void;
  /** Reads these tallies from now on, whenever the figures are asked for. */
  readonly readCalls: (tallies: readonly CallTally[]) => void;
  /** Asks for the number of open drafts whenever the figures are asked for; it never rejects, and `undefined` is not known. */
  readonly countDrafts: (count: () => Promise<number | undefined>) => void;
  /** All of them, in the text format of `contentType`. */
  readonly text: () => Promise<string>;
  readonly contentType: OpenMetricsContentType;
}

/** A press is to be answered within four seconds at the worst. Source: issue “Azure Cosmos DB”, 2. */
const TURN_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4];

type Registers = readonly Registry<OpenMetricsContentType>[];

/**
 * Makes the figures of one process, all at nothing. Every label has few values, whatever is sent to the bot.
 * Source: issue “Azure Cosmos DB”, 6; issue “In a real tenant”, 6; the format: OpenMetrics 1.0.
 */
export function createMetrics(): Metrics {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const registers = [registry];
  const turns = new Histogram({
    name: 'sharing_log_turn_seconds',
    help: 'How long turns took, by what was pressed or asked.',
    labelNames: ['kind', 'name'] as const,
    buckets: TURN_SECONDS,
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    turned: ({ kind, name }, seconds) => turns.observe({ kind, name }, seconds),
    requested: requestFigures(registers),
    ...eventFigures(registers),
    readCalls: callFigures(registers),
    countDrafts(count) {
      const drafts = new Gauge({
        name: 'sharing_log_open_drafts',
        help: 'Drafts that are open, of everybody; up to a minute old on SQLite, five minutes on Cosmos DB. NaN while not known.',
        registers,
        async collect() {
          drafts.set((await count()) ?? Number.NaN);
        },
      });
    },
  };
}

function requestFigures(registers: Registers): Metrics['requested'] {
  const requests = new Counter({
    name: 'sharing_log_store_requests_total',
    help: 'Requests to Cosmos DB, by the HTTP status of the answer; none where there was no answer.',
    labelNames: ['container', 'operation', 'result'] as const,
    registers: [...registers],
  });
  const units = new Counter({
    name: 'sharing_log_store_request_units_total',
    help: 'Request units that Cosmos DB said it charged.',
    labelNames: ['container', 'operation'] as const,
    registers: [...registers],
  });
  const bytes = new Counter({
    name: 'sharing_log_store_bytes_total',
    help: 'Bytes of the bodies sent to Cosmos DB and received from it, without headers.',
    labelNames: ['container', 'operation', 'direction'] as const,
    registers: [...registers],
  });
  return ({ container, operation, result, charge, sentBytes, receivedBytes }) => {
    requests.inc({ container, operation, result });
    units.inc({ container, operation }, charge);
    bytes.inc({ container, operation, direction: 'sent' }, sentBytes);
    bytes.inc({ container, operation, direction: 'received' }, receivedBytes);
  };
}

function eventFigures(registers: Registers): Pick<Metrics, 'nudged' | 'refused' | 'dropped'> {
  const nudges = new Counter({
    name: 'sharing_log_nudges_total',
    help: 'Cards of a day, by how sending them ended.',
    labelNames: ['result'] as const,
    registers: [...registers],
  });
  const refusals = new Counter({
    name: 'sharing_log_refusals_total',
    help: 'Requests that were turned away before any turn.',
    labelNames: ['reason'] as const,
    registers: [...registers],
  });
  const dropped = new Counter({
    name: 'sharing_log_log_dropped_total',
    help: 'Fields and lines that were kept out of the log.',
    registers: [...registers],
  });
  return {
    nudged: (result) => nudges.inc({ result }),
    refused: (reason) => refusals.inc({ reason }),
    dropped: (count) => dropped.inc(count),
  };
}

/** Read only when they are asked for: a call of a store costs an addition, and no more. */
function callFigures(registers: Registers): Metrics['readCalls'] {
  return (tallies) => {
    const tallied = (name: string, help: string, of: 'calls' | 'faults'): void => {
      const counter = new Counter({
        ...{ name, help, labelNames: ['store', 'method'] as const, registers: [...registers] },
        collect() {
          counter.reset();
          for (const { store, method, [of]: count } of tallies) if (count > 0) counter.inc({ store, method }, count);
        },
      });
    };
    tallied('sharing_log_store_calls_total', 'Calls of the store, whichever it is.', 'calls');
    tallied('sharing_log_store_faults_total', 'Calls of the store that failed.', 'faults');
  };
}
