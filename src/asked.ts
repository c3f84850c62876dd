import type { Keys } from './keyPorts.ts';
import { codeOf } from './errors.ts';

/**
 * What somebody asked for by typing, sealed so that a stored message can bring it back without holding it. `audience` is
 * the id of the person who may press, or of the team of whose members each may.
 * Source: architecture, "Where case detail may stand".
 */
export function sealAsked(keys: Keys, audience: string, text: string): string {
  return Buffer.from(keys.seal({ kind: 'asked', audience }, Buffer.from(text))).toString('base64url');
}

/** What was asked; `undefined` for a token that is not ours, is somebody else's, or is from before the keys were changed. */
export function openAsked(keys: Keys, audience: string, token: string): string | undefined {
  try {
    return Buffer.from(keys.open({ kind: 'asked', audience }, Buffer.from(token, 'base64url'))).toString('utf8');
  } catch (error) {
    if (codeOf(error) === 'store.broken') return undefined;
    throw error;
  }
}
