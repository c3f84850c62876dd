import { Counter, Histogram, Registry, type OpenMetricsContentType } from 'prom-client';
import type { SeenRequest } from '../src/stores/cosmos/observed.ts';

/** What a turn was, for the figures: names of our own only, never text from a person. */
export interface TurnName {
  readonly kind: 'press' | 'message' | 'find' | 'other';
  /** A verb that a card may carry, or a kind of command; `other` for anything else. */
  readonly name: string;
}

/** Figures of this process since its start. */
export interface Metrics {
  readonly turned: (turn: TurnName, seconds: number) => void;
  /** One request to Cosmos DB. */
  readonly requested: (request: SeenRequest) => void;
  /** All of them, in the text format of `contentType`. */
  readonly text: () => Promise<string>;
  readonly contentType: OpenMetricsContentType;
}

/** A press is to be answered within four seconds at the worst. Source: issue “Azure Cosmos DB”, 2. */
const TURN_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4];

/**
 * Makes the figures of one process, all at nothing. Every label has few values, whatever is sent to the bot.
 * Source: issue “Azure Cosmos DB”, 6; the format: OpenMetrics 1.0.
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
  const requests = new Counter({
    name: 'sharing_log_store_requests_total',
    help: 'Requests to Cosmos DB, by the HTTP status of the answer; none where there was no answer.',
    labelNames: ['container', 'operation', 'result'] as const,
    registers,
  });
  const units = new Counter({
    name: 'sharing_log_store_request_units_total',
    help: 'Request units that Cosmos DB said it charged.',
    labelNames: ['container', 'operation'] as const,
    registers,
  });
  const bytes = new Counter({
    name: 'sharing_log_store_bytes_total',
    help: 'Bytes of the bodies sent to Cosmos DB and received from it, without headers.',
    labelNames: ['container', 'operation', 'direction'] as const,
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    turned: ({ kind, name }, seconds) => turns.observe({ kind, name }, seconds),
    requested({ container, operation, result, charge, sentBytes, receivedBytes }) {
      requests.inc({ container, operation, result });
      units.inc({ container, operation }, charge);
      bytes.inc({ container, operation, direction: 'sent' }, sentBytes);
      bytes.inc({ container, operation, direction: 'received' }, receivedBytes);
    },
  };
}
