import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { canonicalJson } from './canonicalJson.ts';
import { CodedError } from './errors.ts';
import type { Keys, LookupPurpose, SealedPlace, SealedVersion, VersionPlace } from './keyPorts.ts';
import type { Random } from './ports.ts';

/** Every key here: 256 bits. */
export const KEY_BYTES = 32;
const FORMAT = 1;
const FORMAT_NAME = `sharing-log/sealed/${FORMAT}`;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;
const CIPHER = 'aes-256-gcm';

/** What keys are made of: one finds, one seals. Neither tells the other. */
export interface KeyMaterial {
  readonly tenantId: string;
  readonly lookupKey: Uint8Array;
  readonly storeKey: Uint8Array;
}

/**
 * The keys of a store, in memory: keyed hashes, and AES-256-GCM. Each version has a random key of its own, wrapped by the
 * store key; drafts and conversations are sealed under keys derived from it. What is sealed is bound to its place: moved
 * anywhere else it does not open.
 * Opening throws `CodedError('store.broken')` for what was changed, moved, or sealed under other keys.
 * Source: architecture, "Data", keys.
 */
export function keysFrom({ tenantId, lookupKey, storeKey }: KeyMaterial, random: Random): Keys {
  const finding = createSecretKey(lookupKey);
  const wrapping = createSecretKey(storeKey);
  const derived = {
    draft: derivedKey(storeKey, 'draft'),
    conversation: derivedKey(storeKey, 'conversation'),
    item: derivedKey(storeKey, 'item'),
    case: derivedKey(storeKey, 'case'),
    grant: derivedKey(storeKey, 'grant'),
    asked: derivedKey(storeKey, 'asked'),
  } as const;
  const bound = (place: SealedPlace): string => canonicalJson({ format: FORMAT_NAME, tenantId, ...place });
  const boundVersion = versionBinding(tenantId);
  return {
    lookupHash: (purpose: LookupPurpose, text) =>
      createHmac('sha256', finding).update(`${purpose}\n${text}`).digest('hex'),
    sealVersion(place, plain): SealedVersion {
      const own = random.bytes(KEY_BYTES);
      return {
        sealed: seal(createSecretKey(own), boundVersion('version', place), plain, random),
        wrappedKey: seal(wrapping, boundVersion('versionKey', place), own, random),
      };
    },
    openVersion(place, { sealed, wrappedKey }) {
      const own = open(wrapping, boundVersion('versionKey', place), wrappedKey);
      return open(createSecretKey(own), boundVersion('version', place), sealed);
    },
    seal: (place, plain) => seal(derived[place.kind], bound(place), plain, random),
    open: (place, sealed) => open(derived[place.kind], bound(place), sealed),
    rewrap(place, wrappedKey, to) {
      const where = boundVersion('versionKey', place);
      return seal(createSecretKey(to), where, open(wrapping, where, wrappedKey), random);
    },
  };
}

/**
 * The canonical JSON of where a version stands, which is what binds it and its key. Put together here, because verifying
 * asks for it twice an entry; a test compares it with `canonicalJson`.
 */
function versionBinding(tenantId: string): (kind: 'version' | 'versionKey', place: VersionPlace) => string {
  const tenant = canonicalJson(tenantId);
  return (kind, { caseKey, recordId, version }) =>
    `{"caseKey":${canonicalJson(caseKey)},"format":"${FORMAT_NAME}","kind":"${kind}","recordId":${canonicalJson(recordId)},"tenantId":${tenant},"version":${version}}`;
}

/** Seals a store key under a key-encryption key, bound to tenant and key id. */
export function wrapStoreKey(
  kek: Uint8Array,
  bound: { tenantId: string; keyId: string },
  storeKey: Uint8Array,
  random: Random,
): Uint8Array {
  // prettier-ignore
  return seal(createSecretKey(kek), storeKeyBound(bound), storeKey, random);
}

/** The store key that was wrapped so. Throws `CodedError('keys')` when this is not the key that wrapped it. */
export function unwrapStoreKey(
  kek: Uint8Array,
  bound: { tenantId: string; keyId: string },
  wrapped: Uint8Array,
): Uint8Array {
  // prettier-ignore
  try {
    return open(createSecretKey(kek), storeKeyBound(bound), wrapped);
  } catch (cause) {
    throw new CodedError('keys', 'The key does not belong to this data: put back the key file that was made with it.', {
      cause,
    });
  }
}

function storeKeyBound({ tenantId, keyId }: { tenantId: string; keyId: string }): string {
  return canonicalJson({ format: FORMAT_NAME, kind: 'storeKey', tenantId, keyId });
}

function derivedKey(storeKey: Uint8Array, purpose: string): KeyObject {
  const bytes = hkdfSync('sha256', storeKey, new Uint8Array(0), `sharing-log/${purpose}`, KEY_BYTES);
  return createSecretKey(new Uint8Array(bytes));
}

/** One byte of format, the nonce, the ciphertext, the tag. */
function seal(key: KeyObject, bound: string, plain: Uint8Array, random: Random): Uint8Array {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(bound));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([Uint8Array.of(FORMAT), nonce, body, cipher.getAuthTag()]);
}

function open(key: KeyObject, bound: string, sealed: Uint8Array): Uint8Array {
  if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== FORMAT) throw cannotOpen();
  const nonce = sealed.subarray(1, HEAD_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(bound)).setAuthTag(tag);
  const plain = decipher.update(sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES));
  try {
    decipher.final();
  } catch (cause) {
    throw cannotOpen(cause);
  }
  return plain;
}

function cannotOpen(cause?: unknown): CodedError {
  return new CodedError('store.broken', 'Something in the store was changed, moved, or sealed with other keys.', {
    cause,
  });
}
