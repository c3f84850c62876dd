import type { SealedPlace, VersionPlace, WrappedStoreKey } from './keyPorts.ts';

/** What takes the place of everything that is sealed. */
export interface Resealing {
  readonly storeKey: WrappedStoreKey;
  /** The same key of a version, wrapped anew. */
  readonly versionKey: (place: VersionPlace, wrappedKey: Uint8Array) => Uint8Array;
  /** The same draft or conversation, sealed anew. */
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
  /** All or nothing; resolves only when it is durable. */
  reseal(resealing: Resealing): Promise<Resealed>;
  close(): Promise<void>;
}
