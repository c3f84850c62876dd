import type { AccessAuditSource } from './accessAudit.ts';
import type { KeyStore } from './keyPorts.ts';
import type { ChainEntry, ChainHead, NumberReservation, StoredDraft, Wording } from './ports.ts';

/** A version as it stands in the store, nothing of it read yet. */
export interface AuditedVersion {
  readonly caseKey: string;
  /** The text of the header, to the byte. */
  readonly header: string;
  readonly payload: Uint8Array;
  readonly wrappedKey: Uint8Array | undefined;
  readonly commitment: string;
}

/** A chain entry with all that the store holds for it; `undefined` for what is not there. */
export interface AuditedEntry {
  readonly entry: ChainEntry;
  readonly hash: string;
  /** The version that the entry names, wherever it stands. */
  readonly version: AuditedVersion | undefined;
  /** The number that is reserved for its record. */
  readonly reservation: NumberReservation | undefined;
}

/** A version that no chain entry names. */
export interface UnchainedVersion {
  readonly caseKey: string;
  readonly recordId: string;
  readonly version: number;
}

/** What is to be read: one case file, or all of them. */
export type AuditScope = string | undefined;

/**
 * Reads a store as it stands at one moment, beside its writer, and changes nothing. Batches are of a bounded size and come
 * in order. Everything rejects with a coded fault of the store when it cannot be read.
 */
export interface AuditSource extends AccessAuditSource {
  /** Chain entries, by `caseKey` and then `seq`. */
  entries(scope: AuditScope): AsyncIterable<readonly AuditedEntry[]>;
  /** Heads, by `caseKey`. */
  heads(scope: AuditScope): AsyncIterable<readonly Omit<ChainHead, 'etag'>[]>;
  unchained(scope: AuditScope): AsyncIterable<readonly UnchainedVersion[]>;
  wordings(): AsyncIterable<readonly Wording[]>;
  /** How many entries there are, those of the access log among them where all is read. */
  entryCount(scope: AuditScope): Promise<number>;
  /** The draft that a version was signed as. */
  draft(draftId: string): Promise<Pick<StoredDraft, 'personId' | 'body'> | undefined>;
  byNumber(number: string): Promise<NumberReservation | undefined>;
  readonly storeKey: Pick<KeyStore, 'read'>;
  close(): Promise<void>;
}
