import { timingSafeEqual } from 'node:crypto';
import { CodedError, codeOf } from './errors.ts';
import { ringHolder, type KeyEncryptionKey, type KeyHolder, type Keyring, type StoreKeys } from './keyring.ts';
import type { Keys, WrappedStoreKey } from './keyPorts.ts';
import type { Random } from './ports.ts';
import type { Resealed, Resealing, RotationStore } from './rotationPorts.ts';
import { KEY_BYTES, keysFrom, wrapStoreKey } from './sealing.ts';
import { vaultHolder, wrapInVault, type VaultKey } from './vaultKeys.ts';

/** Who is to hold the keys of a store from now on. At every moment, what stands in the store can be opened. */
export interface NextHolder {
  /** Wraps the new keys; returns only when whoever opens them is durable. What opened the store before goes on doing so. */
  begin(tenantId: string, keys: StoreKeys, kept: WrappedStoreKey): Promise<WrappedStoreKey>;
  /** Opens the new keys of a change-over that was begun and did not come to its end, which is to go on. */
  resume(tenantId: string, begun: WrappedStoreKey): Promise<StoreKeys>;
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
 * did not end, which is gone on with where some of it was done.
 * Rejects with `CodedError('keys')` when the holder does not belong to the store, and with the errors of store and holders.
 * Source: architecture, "Data", keys.
 */
export async function rotateKeys({ store, from, to, tenantId, random }: RotatingDeps): Promise<Resealed> {
  const kept = await store.storeKey();
  if (kept === undefined) throw new CodedError('keys', 'There is no key to replace yet: start the bot once.');
  const { lookupKey, storeKey: oldKey } = await from.open(tenantId, kept);
  const begun = await store.begun?.();
  const storeKey = begun === undefined ? random.bytes(KEY_BYTES) : (await to.resume(tenantId, begun)).storeKey;
  const wrapped = begun ?? (await to.begin(tenantId, { lookupKey, storeKey }, kept));
  const old = keysFrom({ tenantId, lookupKey, storeKey: oldKey }, random);
  const next = keysFrom({ tenantId, lookupKey, storeKey }, random);
  const resealed = await resealOrUndo(store, to, kept, renewal(old, next, storeKey, wrapped));
  to.end();
  return resealed;
}

function renewal(old: Keys, next: Keys, storeKey: Uint8Array, wrapped: WrappedStoreKey): Resealing {
  return {
    storeKey: wrapped,
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

/**
 * When resealing fails all goes back, but only if the store says that it did not change over all the same; where some of it
 * may have changed over, both keys stay.
 */
async function resealOrUndo(
  store: RotationStore,
  to: NextHolder,
  kept: WrappedStoreKey,
  resealing: Resealing,
): Promise<Resealed> {
  try {
    return await store.reseal(resealing);
  } catch (error) {
    const now = store.begun === undefined ? await store.storeKey() : undefined;
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
    async resume(tenantId, begun) {
      const encryptionKeys = (ring?.encryptionKeys ?? []).filter(({ id }) => id === begun.keyId);
      const keys = await ringHolder({ lookupKey: ring?.lookupKey ?? new Uint8Array(0), encryptionKeys }).open(
        tenantId,
        begun,
      );
      after = { lookupKey: keys.lookupKey, encryptionKeys };
      return keys;
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
    resume: (tenantId, begun) => vaultHolder(vault).open(tenantId, begun),
    end: () => undefined,
    undo: () => undefined,
  };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
