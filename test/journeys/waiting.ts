import { setTimeout as after } from 'node:timers/promises';

const LOOKS = 400;
const BETWEEN_MS = 5;

/** Looks again and again until there is something to see: what happens outside a turn has no answer to wait for. */
export async function seen<T>(look: () => T | undefined | Promise<T | undefined>, what: string): Promise<T> {
  for (let looked = 0; looked < LOOKS; looked += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await after(BETWEEN_MS);
  }
  throw new Error(`Waited in vain for ${what}`);
}
