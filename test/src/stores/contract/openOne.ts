import type { Stores } from '../../../../src/storePorts.ts';
import type { Open } from './builders.ts';

/** Opens a fresh store before each test of the suite that calls this, and closes it after. */
export function eachWithItsOwn(open: Open): () => Stores {
  let stores: Stores | undefined;
  beforeEach(async () => {
    stores = await open();
  });
  afterEach(async () => {
    await stores?.close();
    stores = undefined;
  });
  return () => {
    if (stores === undefined) throw new Error('No store is open outside a test.');
    return stores;
  };
}
