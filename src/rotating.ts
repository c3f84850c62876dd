import { CodedError, codeOf } from './errors.ts';
import { storeKeyOf, type KeyEncryptionKey, type Keyring } from './keyring.ts';
import type { Random } from './ports.ts';
import type { WrappedStoreKey } from './keyPorts.ts';
import type { Resealed, Resealing, RotationStore } from './rotationPorts.ts';
import { KEY_BYTES, keysFrom, wrapStoreKey } from './sealing.ts';

export interface RotatingDeps {
  readonly store: RotationStore;
  readonly ring: Keyring;
  /** Replaces the agency's keys as one step; returns only when it is durable. */
  readonly keepRing: (ring: Keyring) => void;
  readonly newKey: () => KeyEncryptionKey;
  readonly tenantId: string;
  readonly random: Random;
}

/**
 * Gives a store a new key-encryption key and a new store key, and wraps or seals anew what stands under them. The keyring
 * holds the old and the new key while the store changes over, so that a crash at any moment leaves a store that opens, and
 * the new one alone afterwards. The lookup key stays. May be repeated, and run again after one that did not end, which is
 * gone on with where some of it was done.
 * Rejects with `CodedError('keys')` when the keyring does not belong to the store, and with the store's errors.
 * Source: architecture, "Data", keys.
 */
export async function rotateKeys(deps: RotatingDeps): Promise<Resealed> {
  const { store, ring, keepRing } = deps;
  const { lookupKey } = ring;
  const kept = await store.storeKey();
  if (kept === undefined) throw new CodedError('keys', 'There is no key to replace yet: start the bot once.');
  const begun = await store.begun?.();
  const storeKey = begun === undefined ? deps.random.bytes(KEY_BYTES) : storeKeyOf(ring, deps.tenantId, begun);
  // The store key was opened with it, so that it is there.
  const kek = ring.encryptionKeys.find(({ id }) => id === begun?.keyId) ?? deps.newKey();
  const resealing = renewal(deps, kept, kek, storeKey);
  // Of the keys that a rotation which did not end left behind, only the one in use is still needed.
  const inUse = ring.encryptionKeys.filter(({ id }) => id === kept.keyId);
  keepRing({ lookupKey, encryptionKeys: [...inUse, kek] });
  const resealed = await resealOrPutBack(deps, resealing, kept.keyId);
  try {
    keepRing({ lookupKey, encryptionKeys: [kek] });
  } catch (cause) {
    const told =
      'The records have new keys, but the key file still holds the old one as well: mend it and rotate again.';
    throw new CodedError('keys', told, { cause });
  }
  return resealed;
}

/**
 * When resealing fails the old ring goes back, but only if the store says that it did not change over all the same; where
 * some of it may have changed over, both keys stay.
 */
async function resealOrPutBack(
  { store, ring, keepRing }: RotatingDeps,
  resealing: Resealing,
  oldKeyId: string,
): Promise<Resealed> {
  try {
    return await store.reseal(resealing);
  } catch (error) {
    const kept = store.begun === undefined ? await store.storeKey() : undefined;
    if (kept?.keyId === oldKeyId) keepRing(ring);
    throw error;
  }
}

function renewal(
  { ring, tenantId, random }: RotatingDeps,
  kept: WrappedStoreKey,
  kek: KeyEncryptionKey,
  storeKey: Uint8Array,
): Resealing {
  const { lookupKey } = ring;
  const old = keysFrom({ tenantId, lookupKey, storeKey: storeKeyOf(ring, tenantId, kept) }, random);
  const next = keysFrom({ tenantId, lookupKey, storeKey }, random);
  return {
    storeKey: { keyId: kek.id, wrapped: wrapStoreKey(kek.key, { tenantId, keyId: kek.id }, storeKey, random) },
    versionKey: (place, wrappedKey) =>
      unlessRenewed(
        wrappedKey,
        () => old.rewrap(place, wrappedKey, storeKey),
        () => next.rewrap(place, wrappedKey, storeKey),
      ),
    sealed: (place, sealed) =>
      unlessRenewed(
        sealed,
        () => next.seal(place, old.open(place, sealed)),
        () => next.open(place, sealed),
      ),
  };
}

/** What was renewed, or the same bytes where only the new key opens them. Throws when neither does. */
function unlessRenewed(bytes: Uint8Array, renew: () => Uint8Array, openNew: () => Uint8Array): Uint8Array {
  try {
    return renew();
  } catch (error) {
    if (codeOf(error) !== 'store.broken') throw error;
    openNew();
    return bytes;
  }
}
