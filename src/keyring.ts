import { CodedError } from './errors.ts';
import type { Keys, KeyStore } from './keyPorts.ts';
import type { Random } from './ports.ts';
import { KEY_BYTES, keysFrom, unwrapStoreKey, wrapStoreKey } from './sealing.ts';

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

/**
 * The keys of a store, opened with the keyring; the first time, the store key is made. Runs once, at start.
 * Throws `CodedError('keys')` when the keyring does not belong to the store.
 */
export async function openKeys(store: KeyStore, ring: Keyring, tenantId: string, random: Random): Promise<Keys> {
  const kept = (await store.read()) ?? (await firstStoreKey(store, ring, tenantId, random));
  const storeKey = storeKeyOf(ring, tenantId, kept);
  return keysFrom({ tenantId, lookupKey: ring.lookupKey, storeKey }, random);
}

/**
 * The keys of a store that is only read: nothing is made or written. Throws `CodedError('keys')` when the keyring does not
 * belong to the store, or when the store has no key.
 */
export async function readKeys(
  store: Pick<KeyStore, 'read'>,
  ring: Keyring,
  tenantId: string,
  random: Random,
): Promise<Keys> {
  const kept = await store.read();
  if (kept === undefined) {
    throw new CodedError('keys', 'The store has lost its own key: restore the last backup in which it opens.');
  }
  return keysFrom({ tenantId, lookupKey: ring.lookupKey, storeKey: storeKeyOf(ring, tenantId, kept) }, random);
}

/** The store key in clear. Throws `CodedError('keys')`. */
export function storeKeyOf(
  ring: Keyring,
  tenantId: string,
  kept: { readonly keyId: string; readonly wrapped: Uint8Array },
): Uint8Array {
  const kek = ring.encryptionKeys.find(({ id }) => id === kept.keyId);
  if (kek === undefined) {
    throw new CodedError('keys', 'The key does not belong to this data: put back the key file that was made with it.');
  }
  return unwrapStoreKey(kek.key, { tenantId, keyId: kek.id }, kept.wrapped);
}

async function firstStoreKey(store: KeyStore, ring: Keyring, tenantId: string, random: Random) {
  const kek = firstOf(ring);
  const wrapped = wrapStoreKey(kek.key, { tenantId, keyId: kek.id }, random.bytes(KEY_BYTES), random);
  return store.create({ keyId: kek.id, wrapped });
}

/** The key-encryption key that wraps. Throws `CodedError('keys')` when there is none. */
export function firstOf({ encryptionKeys }: Keyring): KeyEncryptionKey {
  const [kek] = encryptionKeys;
  if (kek === undefined) throw new CodedError('keys', 'The key file holds no key: put back the one that was made.');
  return kek;
}
