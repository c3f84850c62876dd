/** Where a version stands: what is sealed there opens nowhere else. */
export interface VersionPlace {
  readonly caseKey: string;
  readonly recordId: string;
  readonly version: number;
}

/** Where else something sealed stands. */
export type SealedPlace =
  | { readonly kind: 'draft'; readonly personId: string; readonly draftId: string }
  | { readonly kind: 'conversation'; readonly personId: string }
  | { readonly kind: 'item'; readonly recordId: string; readonly item: string }
  | { readonly kind: 'case'; readonly caseKey: string; readonly revision: number }
  | {
      readonly kind: 'grant';
      readonly grantId: string;
      readonly personId: string;
      readonly caseKey: string;
      readonly until: string;
    }
  | { readonly kind: 'asked'; readonly audience: string };

/** A sealed payload, and the key that it was sealed with, itself sealed. */
export interface SealedVersion {
  readonly sealed: Uint8Array;
  readonly wrappedKey: Uint8Array;
}

/**
 * The agency's keys, to be used without being seen. Opening throws `CodedError('store.broken')` for what was changed,
 * moved to another place, or sealed with other keys.
 */
export interface Keys {
  /** A keyed hash that finds, and does not reveal: hex. Different `purpose`s never give the same hash. */
  lookupHash(purpose: LookupPurpose, text: string): string;
  /** Seals under a new key of its own. */
  sealVersion(place: VersionPlace, plain: Uint8Array): SealedVersion;
  openVersion(place: VersionPlace, version: SealedVersion): Uint8Array;
  seal(place: SealedPlace, plain: Uint8Array): Uint8Array;
  open(place: SealedPlace, sealed: Uint8Array): Uint8Array;
  /** The same key of a version, wrapped by another store key. */
  rewrap(place: VersionPlace, wrappedKey: Uint8Array, to: Uint8Array): Uint8Array;
}

/** What a keyed hash is for. */
export type LookupPurpose = 'case' | 'organisation' | 'access' | 'log';

/** The store key as it is kept: sealed by the key-encryption key with this id. */
export interface WrappedStoreKey {
  readonly keyId: string;
  readonly wrapped: Uint8Array;
}

/** Keeps the one sealed store key. */
export interface KeyStore {
  read(): Promise<WrappedStoreKey | undefined>;
  /** Keeps this one unless there is one already; resolves with the one that is kept. */
  create(key: WrappedStoreKey): Promise<WrappedStoreKey>;
}
