import { CodedError } from './errors.ts';
import type { Keys, KeyStore, WrappedStoreKey } from './keyPorts.ts';
import type { Random } from './ports.ts';
import { KEY_BYTES, keysFrom, unwrapStoreKey, wrapStoreKey, type KeyMaterial } from './sealing.ts';

/** A key-encryption key, by an id that stands in clear beside what it wrapped. */
export interface KeyEncryptionKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** What an agency keeps outside the store: without it, nothing in the store can be found or read. */
export interface Keyring {
  readonly lookupKey: Uint8Array;
  /** The one that wraps, first; others only while a rotation is under way. */
  readonly encryptionKeys: readonly KeyEncryptionKey[];
}

/** The two keys of a store, in clear. */
export type StoreKeys = Omit<KeyMaterial, 'tenantId'>;

/** Whoever opens the keys of a store from outside it: a keyring, or a key vault. */
export interface KeyHolder {
  /** The keys of a store, as it keeps them. Throws `CodedError('keys')` for what this holder did not wrap. */
  open(tenantId: string, kept: WrappedStoreKey): Promise<StoreKeys>;
  /** New keys for a store that has none, to be kept there. */
  make(tenantId: string, random: Random): Promise<WrappedStoreKey>;
}

/** Wrapped by a key vault: with it goes the address of a key there, and with a keyring a short name. */
export function isOfVault({ keyId }: Pick<WrappedStoreKey, 'keyId'>): boolean {
  return keyId.startsWith('https://');
}

/** Opens with a keyring; the lookup key is the keyring's own. */
export function ringHolder(ring: Keyring): KeyHolder {
  return {
    open: async (tenantId, kept) => ({ lookupKey: ring.lookupKey, storeKey: storeKeyOf(ring, tenantId, kept) }),
    async make(tenantId, random) {
      const kek = firstOf(ring);
      const wrapped = wrapStoreKey(kek.key, { tenantId, keyId: kek.id }, random.bytes(KEY_BYTES), random);
      return { keyId: kek.id, wrapped };
    },
  };
}

/**
 * The keys of a store, opened by their holder; the first time, they are made. Runs once, at start; of several starts at
 * once, all end with the keys of the one that came first.
 * Throws `CodedError('keys')` when the holder does not belong to the store, and the holder's own faults.
 */
export async function openKeys(store: KeyStore, holder: KeyHolder, tenantId: string, random: Random): Promise<Keys> {
  const kept = (await store.read()) ?? (await store.create(await holder.make(tenantId, random)));
  return keysFrom({ tenantId, ...(await holder.open(tenantId, kept)) }, random);
}

/**
 * The keys of a store that is only read: nothing is made or written. Throws `CodedError('keys')` when the holder does not
 * belong to the store, or when the store has no key, and the holder's own faults.
 */
export async function readKeys(
  store: Pick<KeyStore, 'read'>,
  holder: KeyHolder,
  tenantId: string,
  random: Random,
): Promise<Keys> {
  const kept = await store.read();
  if (kept === undefined) {
    throw new CodedError('keys', 'The store has lost its own key: restore the last backup in which it opens.');
  }
  return keysFrom({ tenantId, ...(await holder.open(tenantId, kept)) }, random);
}

function storeKeyOf(ring: Keyring, tenantId: string, kept: WrappedStoreKey): Uint8Array {
  if (isOfVault(kept))
    throw new CodedError('keys', 'The keys of this data are in a key vault: set KEY_VAULT_KEY to the address of its key.'); // prettier-ignore
  const kek = ring.encryptionKeys.find(({ id }) => id === kept.keyId);
  if (kek === undefined) {
    throw new CodedError('keys', 'The key does not belong to this data: put back the key file that was made with it.');
  }
  return unwrapStoreKey(kek.key, { tenantId, keyId: kek.id }, kept.wrapped);
}

/** The key-encryption key that wraps. Throws `CodedError('keys')` when there is none. */
function firstOf({ encryptionKeys }: Keyring): KeyEncryptionKey {
  const [kek] = encryptionKeys;
  if (kek === undefined) throw new CodedError('keys', 'The key file holds no key: put back the one that was made.');
  return kek;
}
