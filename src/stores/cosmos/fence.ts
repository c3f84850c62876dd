import { performance } from 'node:perf_hooks';
import type { CodedError } from '../../errors.ts';
import type { Call, On } from './connection.ts';
import { cosmosFault } from './cosmosFault.ts';
import { readKeyDoc } from './keyStore.ts';

/** A process that works looks so often whether the store key is still the one that it began with. */
export const FENCE_MS = 60_000;

/**
 * The same calls, of a process that must not write under a key which is being replaced, as nobody could read that later: each
 * call after a minute looks first, which is one read more. Once the key was seen to be another, or about to be, every call is
 * refused until the process is started again: `store.rotated`. Begins with the key that is there now.
 * Source: project decision 0016.
 */
export async function fenced(call: Call, nowMs: () => number = () => performance.now()): Promise<Call> {
  let lookedAtMs = -Infinity;
  let keyId: string | undefined;
  let refused: CodedError | undefined;

  async function look(on: On): Promise<void> {
    const atMs = nowMs();
    const found = await readKeyDoc(on);
    if (found?.next !== undefined || (keyId !== undefined && found?.keyId !== keyId))
      refused = cosmosFault('store.rotated');
    if (refused !== undefined) throw refused;
    keyId = found?.keyId;
    lookedAtMs = atMs;
  }

  await call(look);
  return (work) =>
    call(async (on) => {
      if (refused !== undefined) throw refused;
      if (nowMs() - lookedAtMs >= FENCE_MS) await look(on);
      return work(on);
    });
}
