import { timingSafeEqual } from 'node:crypto';
import { CodedError } from './errors.ts';
import type { KeyEncryptionKey, KeyHolder, Keyring, StoreKeys } from './keyring.ts';
import type { WrappedStoreKey } from './keyPorts.ts';
import type { Random } from './ports.ts';
import type { Resealed, Resealing, RotationStore } from './rotationPorts.ts';
import { KEY_BYTES, keysFrom, wrapStoreKey } from './sealing.ts';
import { wrapInVault, type VaultKey } from './vaultKeys.ts';

/** Who is to hold the keys of a store from now on. At every moment, what stands in the store can be opened. */
export interface NextHolder {
  /** Wraps the new keys; returns only when whoever opens them is durable. What opened the store before goes on doing so. */
  begin(tenantId: string, keys: StoreKeys, kept: WrappedStoreKey): Promise<WrappedStoreKey>;
  /** The store has changed over. */
  end(): void;
  /** The store has not changed over. */
  undo(): void;
}

export interface RotatingDeps {
  readonly store: RotationStore;
  /** Who opens the store now. */
  readonly from: KeyHolder;
  readonly to: NextHolder;
  readonly tenantId: string;
  readonly random: Random;
}

/**
 * Gives a store a new store key, wrapped by a new key of whoever is to hold it, and wraps or seals anew what stands under
 * it. A crash at any moment leaves a store that opens. The lookup key stays. May be repeated, and run again after one that
 * did not end.
 * Rejects with `CodedError('keys')` when the holder does not belong to the store, and with the errors of store and holders.
 * Source: architecture, "Data", keys.
 */
export async function rotateKeys({ store, from, to, tenantId, random }: RotatingDeps): Promise<Resealed> {
  const kept = await store.storeKey();
  if (kept === undefined) throw new CodedError('keys', 'There is no key to replace yet: start the bot once.');
  const { lookupKey, storeKey: oldKey } = await from.open(tenantId, kept);
  const storeKey = random.bytes(KEY_BYTES);
  const wrapped = await to.begin(tenantId, { lookupKey, storeKey }, kept);
  const old = keysFrom({ tenantId, lookupKey, storeKey: oldKey }, random);
  const next = keysFrom({ tenantId, lookupKey, storeKey }, random);
  const resealed = await resealOrUndo(store, to, kept, {
    storeKey: wrapped,
    versionKey: (place, wrappedKey) => old.rewrap(place, wrappedKey, storeKey),
    sealed: (place, sealed) => next.seal(place, old.open(place, sealed)),
  });
  to.end();
  return resealed;
}

/** When resealing fails all goes back, but only if the store says that it did not change over all the same. */
async function resealOrUndo(
  store: RotationStore,
  to: NextHolder,
  kept: WrappedStoreKey,
  resealing: Resealing,
): Promise<Resealed> {
  try {
    return await store.reseal(resealing);
  } catch (error) {
    const now = await store.storeKey();
    if (now !== undefined && Buffer.compare(now.wrapped, kept.wrapped) === 0) to.undo();
    throw error;
  }
}

export interface RingDeps {
  /** What there is; `undefined` where there is none yet. */
  readonly ring: Keyring | undefined;
  /** Replaces the keyring as one step, or takes it away; returns only when that is durable. */
  readonly keepRing: (ring: Keyring | undefined) => void;
  readonly newKey: () => KeyEncryptionKey;
  readonly random: Random;
}

/** A keyring with a new key-encryption key. While the store changes over it holds the old one as well. */
export function nextInRing({ ring, keepRing, newKey, random }: RingDeps): NextHolder {
  const kek = newKey();
  let after: Keyring | undefined;
  return {
    async begin(tenantId, { lookupKey, storeKey }, kept) {
      if (ring !== undefined && !isSame(ring.lookupKey, lookupKey))
        throw new CodedError('keys', 'There is a key file of other data in that place: set KEY_FILE to another.');
      after = { lookupKey, encryptionKeys: [kek] };
      // Of the keys that a rotation which did not end left behind, only the one in use is still needed.
      const inUse = (ring?.encryptionKeys ?? []).filter(({ id }) => id === kept.keyId);
      const wrapped = wrapStoreKey(kek.key, { tenantId, keyId: kek.id }, storeKey, random);
      keepRing({ lookupKey, encryptionKeys: [...inUse, kek] });
      return { keyId: kek.id, wrapped };
    },
    end() {
      try {
        keepRing(after);
      } catch (cause) {
        const told =
          'The records have new keys, but the key file still holds the old one as well: mend it and rotate again.';
        throw new CodedError('keys', told, { cause });
      }
    },
    undo: () => keepRing(ring),
  };
}

/** The current version of a key in a vault. All that it needs stands in the store, and changes over with it. */
export function nextInVault(vault: VaultKey): NextHolder {
  return {
    begin: (tenantId, keys) => wrapInVault(vault, tenantId, keys),
    end: () => undefined,
    undo: () => undefined,
  };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
