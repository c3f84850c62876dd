import { existsSync } from 'node:fs';
import { openKeys, ringHolder } from '../src/keyring.ts';
import type { Keys } from '../src/keyPorts.ts';
import type { Random } from '../src/ports.ts';
import type { Stores } from '../src/storePorts.ts';
import type { Observe } from '../src/stores/cosmos/observed.ts';
import { openCosmos } from '../src/stores/cosmos/openCosmos.ts';
import { openSqlite } from '../src/stores/sqlite/openSqlite.ts';
import { vaultHolder } from '../src/vaultKeys.ts';
import { makeKeyFile, readKeyFile } from './keyFile.ts';
import { keyVault, vaultAccess, type VaultAccess } from './keyVault.ts';
import { cosmosPlaceOf, placesOf, type Settings } from './settings.ts';
import type { VaultAddress } from './vaultAddress.ts';

/** The records with what opens them. */
export interface OpenedStore {
  readonly stores: Stores;
  readonly keys: Keys;
  /** The key file that was made, because nothing had been kept yet. */
  readonly madeKeyFile?: string;
  /** Keys were made and wrapped in the vault, because nothing had been kept yet. */
  readonly madeInVault?: boolean;
}

/** What opens a store beside its settings. */
export interface Opening {
  readonly tenantId: string;
  readonly random: Random;
  /** Hears what requests to an account cost. */
  readonly observe?: Observe;
  /** As whom to come to a key vault; as whoever this process is, when it is left out. */
  readonly access?: VaultAccess;
  /** The client id of the managed identity to come to Cosmos DB as; whichever there is, when it is left out. */
  readonly clientId?: string | undefined;
}

/**
 * Opens the store that the settings choose, and its keys, which are made on the first start only: where there is data
 * already, its own key is to be put back. Throws the coded faults of store, keys and vault; nothing is left open then.
 */
export function openStore(settings: Settings, opening: Opening): Promise<OpenedStore> {
  const { vaultKey } = placesOf(settings);
  return vaultKey === undefined ? openWithFile(settings, opening) : openWithVault(settings, opening, vaultKey);
}

/** Any number of instances may do this at once, on a store that any number may open. */
async function openWithVault(settings: Settings, opening: Opening, key: VaultAddress): Promise<OpenedStore> {
  const { tenantId, random, access = vaultAccess() } = opening;
  const stores = await storesOf(settings, opening);
  return orClose(stores, async () => {
    const isNew = (await stores.storeKey.read()) === undefined;
    const holder = vaultHolder(keyVault(key, access));
    const keys = await openKeys(stores.storeKey, holder, tenantId, random);
    return { stores, keys, madeInVault: isNew };
  });
}

async function openWithFile(settings: Settings, opening: Opening): Promise<OpenedStore> {
  const { tenantId, random } = opening;
  const { database, keyFile } = placesOf(settings);
  const isNewFile = settings.STORE === 'sqlite' && !existsSync(keyFile) && !existsSync(database);
  if (isNewFile) makeKeyFile(keyFile);
  if (settings.STORE === 'sqlite') readKeyFile(keyFile);
  const stores = await storesOf(settings, opening);
  return orClose(stores, async () => {
    const isNew = isNewFile || (await makeKeysOf(stores, keyFile));
    const keys = await openKeys(stores.storeKey, ringHolder(readKeyFile(keyFile)), tenantId, random);
    return { stores, keys, ...(isNew ? { madeKeyFile: keyFile } : {}) };
  });
}

function storesOf(settings: Settings, { tenantId, random, observe, clientId }: Opening): Promise<Stores> {
  if (settings.STORE === 'sqlite') return openSqlite({ path: placesOf(settings).database, tenantId });
  const watched = observe === undefined ? {} : { observe };
  return openCosmos({ ...cosmosPlaceOf(settings, clientId), tenantId, random, ...watched });
}

async function orClose<T>(stores: Stores, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
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
