import type { Fault } from '../../../cosmos/faults.ts';

/** Every way in which a request may end without saying whether it did its work, by name. */
export const UNANSWERED: readonly (readonly [string, Fault])[] = [
  ...[408, 449, 503].map((status) => [`status ${status}`, { with: 'status', status }] as const),
  ['a reset connection', { with: 'reset' }],
  ['no answer', { with: 'hang' }],
];
