import type { SealedPlace, VersionPlace, WrappedStoreKey } from './keyPorts.ts';

/** What takes the place of everything that is sealed. */
export interface Resealing {
  readonly storeKey: WrappedStoreKey;
  /** The same key of a version, wrapped anew; the very bytes where they are already. */
  readonly versionKey: (place: VersionPlace, wrappedKey: Uint8Array) => Uint8Array;
  /** The same draft or conversation, sealed anew; the very bytes where it is already. */
  readonly sealed: (place: SealedPlace, sealed: Uint8Array) => Uint8Array;
}

/** How much was wrapped or sealed anew. */
export interface Resealed {
  readonly versionKeys: number;
  readonly drafts: number;
  readonly conversations: number;
  readonly notes: number;
  readonly cases: number;
  readonly grants: number;
}

/** A store that nobody else writes to, while its keys are changed. */
export interface RotationStore {
  storeKey(): Promise<WrappedStoreKey | undefined>;
  /**
   * Where it is not all or nothing: the key that was begun to be put in the place of the store key, if that has not ended.
   * What stands there is then sealed under the one or under the other.
   */
  begun?(): Promise<WrappedStoreKey | undefined>;
  /**
   * All or nothing, unless there is `begun`; resolves only when it is durable. What was begun is gone on with: with the same
   * key, wrapped by the same key-encryption key.
   */
  reseal(resealing: Resealing): Promise<Resealed>;
  close(): Promise<void>;
}
