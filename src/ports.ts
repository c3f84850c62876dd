import type { Instant, LocalDate } from './fields.ts';
import type { Person, Team } from './people.ts';
import type { OpenItemKind } from './recordType.ts';

/** The only source of the present time. */
export interface Clock {
  now(): Instant;
}

/** The only source of chance. */
export interface Random {
  bytes(length: number): Uint8Array;
}

/** Who works here. Answers may be up to ten minutes old. */
export interface Directory {
  /** `undefined` for someone who is not in the directory. Rejects when the directory cannot be asked. */
  person(id: string): Promise<Person | undefined>;
  team(id: string): Promise<Team | undefined>;
}

/** Reference by which the agency's keys can be used without being seen. */
export interface Keys {
  /** A keyed hash that finds, and does not reveal: hex. Different `purpose`s never give the same hash. */
  lookupHash(purpose: LookupPurpose, text: string): string;
}

export type LookupPurpose = 'case' | 'organisation';

export type DraftStatus = 'open' | 'committing' | 'committed';

/** A draft as it is kept. `body` is opaque to the store. */
export interface StoredDraft {
  readonly draftId: string;
  readonly personId: string;
  readonly status: DraftStatus;
  /** Rises by one with every save. */
  readonly revision: number;
  readonly touchedAt: Instant;
  readonly body: Uint8Array;
}

/** Where people's unfinished records are kept. */
export interface DraftStore {
  /** Resolves only when the draft is durable. `conflict` when there already is one with this id. */
  create(draft: StoredDraft): Promise<'saved' | 'conflict'>;
  /** Replaces the draft whose revision is one less; resolves only when it is durable. `conflict` otherwise. */
  save(draft: StoredDraft): Promise<'saved' | 'conflict'>;
  read(personId: string, draftId: string): Promise<StoredDraft | undefined>;
  /** A person's drafts that are not committed, the one touched last first. */
  unfinished(personId: string): Promise<readonly StoredDraft[]>;
  /** Every draft that was being committed, oldest first, at most `limit`. */
  committing(limit: number): Promise<readonly StoredDraft[]>;
  /** Deletes a draft if it still has this revision and is open. */
  discard(personId: string, draftId: string, revision: number): Promise<'discarded' | 'conflict'>;
}

export type VersionKind =
  'recorded' | 'completed' | 'outcome' | 'amended' | 'endorsed' | 'commented' | 'linked' | 'withdrawn' | 'disputed';

/** An item of unfinished business. */
export interface OpenItem {
  readonly kind: OpenItemKind;
  readonly due: LocalDate;
}

/** What stands in clear with each version: enough to find it and to see what is open, and nothing about the case. */
export interface VersionHeader {
  readonly recordId: string;
  readonly version: number;
  readonly kind: VersionKind;
  readonly type: string;
  readonly number: string;
  readonly contactAt: Instant;
  readonly savedAt: Instant;
  readonly authorId: string;
  readonly teamId: string;
  readonly openItems: readonly OpenItem[];
  readonly consentLimited: boolean;
  readonly counterpartToken: string;
  readonly wordingHash: string;
}

/** One version as it is kept: header in clear, payload opaque, and a commitment over both. */
export interface StoredVersion {
  readonly caseKey: string;
  readonly header: VersionHeader;
  readonly payload: Uint8Array;
  /** SHA-256 in hex over salt, header and payload. */
  readonly commitment: string;
}

/** One link of a case file's chain. Strings and integers only. */
export interface ChainEntry {
  readonly caseKey: string;
  readonly seq: number;
  readonly kind: VersionKind;
  readonly recordId: string;
  readonly version: number;
  readonly at: Instant;
  readonly actor: string;
  readonly draftId: string;
  readonly commitment: string;
  /** The hash of the entry before; 64 zeros at the first. */
  readonly prev: string;
}

/** The end of a case file's chain; `seq` 0 and 64 zeros while it is empty. */
export interface ChainHead {
  readonly caseKey: string;
  readonly seq: number;
  readonly hash: string;
  readonly etag: string;
}

/** The words of a record type as they were shown, stored once by their hash. */
export interface Wording {
  readonly hash: string;
  readonly body: string;
}

export interface Commit {
  readonly version: StoredVersion;
  readonly entry: ChainEntry;
  readonly hash: string;
  /** The head that `entry` follows. */
  readonly head: ChainHead;
  readonly wording: Wording;
}

/** `exists`: that version is there already. `moved`: another commit came first; re-read the head. */
export type CommitResult = 'committed' | 'exists' | 'moved';

export interface NumberReservation {
  readonly number: string;
  readonly recordId: string;
  readonly caseKey: string;
}

/** Where records are kept. Append-only: what was committed is never changed. */
export interface RecordStore {
  /** The case file for an alias; made with `caseKey` when there is none. Idempotent. */
  caseKeyFor(alias: string, foldVersion: number, caseKey: string): Promise<string>;
  /** The case file that an alias stands for, if any. */
  findCaseKey(alias: string): Promise<string | undefined>;
  /** Takes a number for a record. `mine` when this record holds it, now or already. */
  reserveNumber(reservation: NumberReservation): Promise<'mine' | 'taken'>;
  byNumber(number: string): Promise<NumberReservation | undefined>;
  head(caseKey: string): Promise<ChainHead>;
  /** All or nothing; resolves only when it is durable. */
  commit(commit: Commit): Promise<CommitResult>;
  version(caseKey: string, recordId: string, version: number): Promise<StoredVersion | undefined>;
  /** The latest version of a record. */
  latest(caseKey: string, recordId: string): Promise<StoredVersion | undefined>;
  /** The chain entry of one version, with its hash. */
  chainOf(
    caseKey: string,
    recordId: string,
    version: number,
  ): Promise<(ChainEntry & { readonly hash: string }) | undefined>;
  wording(hash: string): Promise<string | undefined>;
}

/** One line of the access log. Written before anything is shown. */
export interface AccessEntry {
  readonly at: Instant;
  readonly personId: string;
  readonly action: 'record.open' | 'record.copy' | 'record.refused';
  /** The ids of what was seen; the number asked for when it was refused. */
  readonly subject: string;
}

export interface AccessLog {
  /** Resolves only when the entry is durable. */
  append(entry: AccessEntry): Promise<void>;
}

/** Where a person can be reached. `reference` is opaque to the store. */
export interface StoredConversation {
  readonly personId: string;
  readonly savedAt: Instant;
  readonly reference: Uint8Array;
}

export interface ConversationStore {
  save(conversation: StoredConversation): Promise<void>;
  read(personId: string): Promise<StoredConversation | undefined>;
}

/** All that a store adapter offers. */
export interface Stores {
  readonly drafts: DraftStore;
  readonly records: RecordStore;
  readonly access: AccessLog;
  readonly conversations: ConversationStore;
  /** Reads a row; rejects when the store cannot be used. */
  check(): Promise<void>;
  close(): Promise<void>;
}
