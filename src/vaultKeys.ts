import { createHash, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from './canonicalJson.ts';
import { CodedError } from './errors.ts';
import type { KeyHolder, StoreKeys } from './keyring.ts';
import type { WrappedStoreKey } from './keyPorts.ts';
import { KEY_BYTES } from './sealing.ts';

/** A key that never leaves its vault. Every call throws the vault's coded faults. */
export interface VaultKey {
  /** The address of the version that wraps now. */
  current(): Promise<string>;
  wrap(keyId: string, plain: Uint8Array): Promise<Uint8Array>;
  /** Throws `CodedError('keys')` for what this key did not wrap. */
  unwrap(keyId: string, wrapped: Uint8Array): Promise<Uint8Array>;
}

const FORMAT = 1;
const BOUND_BYTES = 32;
const PLAIN_BYTES = 1 + 2 * KEY_BYTES + BOUND_BYTES;

/**
 * Opens with a key in a vault: what the store keeps holds both of its keys, and no key stands anywhere else.
 * Source: issue “In a real tenant”, 5; project decision 0020.
 */
export function vaultHolder(vault: VaultKey): KeyHolder {
  return {
    async open(tenantId, { keyId, wrapped }) {
      return unpackStoreKeys(await vault.unwrap(keyId, wrapped), { tenantId, keyId });
    },
    make: (tenantId, random) =>
      wrapInVault(vault, tenantId, { lookupKey: random.bytes(KEY_BYTES), storeKey: random.bytes(KEY_BYTES) }),
  };
}

/**
 * The keys of a store, wrapped by the current version of a key in a vault. They are unwrapped again before they are given
 * back: a vault wraps with a disabled key as well, and a right to wrap is none to unwrap.
 */
export async function wrapInVault(vault: VaultKey, tenantId: string, keys: StoreKeys): Promise<WrappedStoreKey> {
  const keyId = await vault.current();
  const plain = packStoreKeys(keys, { tenantId, keyId });
  const wrapped = await vault.wrap(keyId, plain);
  const again = await vault.unwrap(keyId, wrapped);
  if (again.length !== plain.length || !timingSafeEqual(again, plain)) throw notOurs();
  return { keyId, wrapped };
}

type Bound = Readonly<{ tenantId: string; keyId: string }>;

/** One byte of format, the store key, the lookup key, a hash of what they are bound to: 97 bytes, where RSA-2048 takes 190. */
function packStoreKeys({ storeKey, lookupKey }: StoreKeys, bound: Bound): Uint8Array {
  return Buffer.concat([Uint8Array.of(FORMAT), storeKey, lookupKey, hashOf(bound)]);
}

function unpackStoreKeys(plain: Uint8Array, bound: Bound): StoreKeys {
  if (plain.length !== PLAIN_BYTES || plain[0] !== FORMAT) throw notOurs();
  const part = (nth: number): Uint8Array => plain.slice(1 + nth * KEY_BYTES, 1 + (nth + 1) * KEY_BYTES);
  if (!timingSafeEqual(part(2), hashOf(bound))) throw notOurs();
  return { storeKey: part(0), lookupKey: part(1) };
}

function hashOf({ tenantId, keyId }: Bound): Uint8Array {
  const bound = canonicalJson({ format: `sharing-log/vault/${FORMAT}`, kind: 'storeKeys', tenantId, keyId });
  return createHash('sha256').update(bound).digest();
}

function notOurs(): CodedError {
  return new CodedError('keys', 'What the key vault unwrapped are not the keys of this data: check KEY_VAULT_KEY, or restore the last backup that opens.'); // prettier-ignore
}
