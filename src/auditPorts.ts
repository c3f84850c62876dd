import type { AccessAuditSource } from './accessAudit.ts';
import type { StoredCase, StoredGrant } from './casePorts.ts';
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

/** What lists and searches go by, and does not follow from the versions and the case teams; of a record, where it is of one. */
export interface Unfiled {
  readonly caseKey: string;
  readonly recordId?: string;
}

/** What is to be read: one case file, or all of them. */
export type AuditScope = string | undefined;

/**
 * One look at the case files: each of them as it stood at one moment, whoever writes meanwhile. `heads` may be read beside
 * `entries`; `unchained` and `unfiled` only once these have come to their end. Each is read once.
 */
export interface AuditLook {
  /** Chain entries, by `caseKey` and then `seq`. */
  readonly entries: AsyncIterable<readonly AuditedEntry[]>;
  /** Heads, by `caseKey`. */
  readonly heads: AsyncIterable<readonly Omit<ChainHead, 'etag'>[]>;
  readonly unchained: AsyncIterable<readonly UnchainedVersion[]>;
  /** Where a store keeps it in documents of their own. */
  readonly unfiled?: AsyncIterable<readonly Unfiled[]>;
}

/**
 * Reads a store beside whoever writes to it, and changes nothing. Batches are of a bounded size and come in order.
 * Everything rejects with a coded fault of the store when it cannot be read.
 */
export interface AuditSource extends AccessAuditSource {
  look(scope: AuditScope): AuditLook;
  /** Who may see which case, and whom urgent access was given to. */
  cases(scope: AuditScope): AsyncIterable<readonly StoredCase[]>;
  grants(scope: AuditScope): AsyncIterable<readonly StoredGrant[]>;
  /** Words are kept before the record that was signed with them: read last, none is missing that was kept meanwhile. */
  wordings(): AsyncIterable<readonly Wording[]>;
  /** How many entries there are, those of the access log among them where all is read. */
  entryCount(scope: AuditScope): Promise<number>;
  /** The draft that a version was signed as; `personId` is who the entry says has signed it, to look with that person first. */
  draft(draftId: string, personId: string): Promise<Pick<StoredDraft, 'personId' | 'body'> | undefined>;
  byNumber(number: string): Promise<NumberReservation | undefined>;
  readonly storeKey: Pick<KeyStore, 'read'>;
  close(): Promise<void>;
}
