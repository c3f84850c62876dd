import { existsSync } from 'node:fs';
import { openKeys } from '../src/keyring.ts';
import type { Keys } from '../src/keyPorts.ts';
import type { Random } from '../src/ports.ts';
import type { Stores } from '../src/storePorts.ts';
import type { Observe } from '../src/stores/cosmos/observed.ts';
import { openCosmos } from '../src/stores/cosmos/openCosmos.ts';
import { openSqlite } from '../src/stores/sqlite/openSqlite.ts';
import { makeKeyFile, readKeyFile } from './keyFile.ts';
import { cosmosPlaceOf, placesOf, type Settings } from './settings.ts';

/** The records with what opens them. */
export interface OpenedStore {
  readonly stores: Stores;
  readonly keys: Keys;
  /** The key file that was made, because nothing had been kept yet. */
  readonly madeKeyFile?: string;
}

/**
 * Opens the store that the settings choose, and its keys, which are made on the first start only: where there is data
 * already, its own key file is to be put back. `observe` hears what requests to an account cost. Throws the coded faults of
 * store and keys; nothing is left open then.
 */
export async function openStore(
  settings: Settings,
  tenantId: string,
  random: Random,
  observe: Observe,
): Promise<OpenedStore> {
  const { database, keyFile } = placesOf(settings);
  const isNewFile = settings.STORE === 'sqlite' && !existsSync(keyFile) && !existsSync(database);
  if (isNewFile) makeKeyFile(keyFile);
  if (settings.STORE === 'sqlite') readKeyFile(keyFile);
  const stores =
    settings.STORE === 'sqlite'
      ? await openSqlite({ path: database, tenantId })
      : await openCosmos({ ...cosmosPlaceOf(settings), tenantId, random, observe });
  try {
    const isNew = isNewFile || (await makeKeysOf(stores, keyFile));
    const keys = await openKeys(stores.storeKey, readKeyFile(keyFile), tenantId, random);
    return { stores, keys, ...(isNew ? { madeKeyFile: keyFile } : {}) };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

/** Makes the key file of a store elsewhere that nothing was sealed in yet. */
async function makeKeysOf({ storeKey }: Stores, keyFile: string): Promise<boolean> {
  if (existsSync(keyFile) || (await storeKey.read()) !== undefined) return false;
  makeKeyFile(keyFile);
  return true;
}
