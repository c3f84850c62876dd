import type { Container } from './containers.ts';
import { header, Refusal, type WireRequest } from './wire.ts';

const SUBSTATUS_NOT_YET = 1002;

/** From the strongest to the weakest. */
const LEVELS = ['Strong', 'BoundedStaleness', 'Session', 'ConsistentPrefix', 'Eventual'];

/**
 * Refuses a consistency stronger than the account's, and a session that has seen more than the container holds (one
 * that was deleted and made anew, say).
 *
 * @throws Refusal 400, or 404 with sub-status 1002.
 */
export function checkSession(request: WireRequest, container: Container, consistency: string): void {
  const asked = header(request, 'x-ms-consistency-level');
  if (asked !== undefined && (!LEVELS.includes(asked) || LEVELS.indexOf(asked) < LEVELS.indexOf(consistency))) {
    throw new Refusal(400, `ConsistencyLevel ${asked} is stronger than the account's ${consistency}.`);
  }
  const tokens = header(request, 'x-ms-session-token') ?? '';
  const seen = [...tokens.matchAll(/(?:^|,)[^:,]+:-?\d+#(\d+)/g)].map(([, sequence]) => Number(sequence));
  if (seen.some((sequence) => sequence > container.sequence)) {
    throw new Refusal(404, 'The read session is not available for the input session token.', {
      substatus: SUBSTATUS_NOT_YET,
    });
  }
}

/** What a client needs to read its own writes. Source: `SessionContainer` and `VectorSessionToken` of the SDK. */
export function sessionHeaders(container: Container, owner: string): Readonly<Record<string, string>> {
  const token = container.physical.map(({ id }) => `${id}:-1#${container.sequence}`).join(',');
  return { 'x-ms-session-token': token, 'x-ms-content-path': container.rid, 'x-ms-alt-content-path': owner };
}
