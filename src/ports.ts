import type { StoredCase } from './casePorts.ts';
import type { Instant, LocalDate } from './fields.ts';
import type { Listed } from './listed.ts';
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

/**
 * Who works here. Answers may be up to ten minutes old, and rights are worked out from them; where the directory cannot be
 * asked for a younger one, each rejects with a `directory.` code, but those that say otherwise.
 */
export interface Directory {
  /** `undefined` for someone who is not in the directory. */
  person(id: string): Promise<Person | undefined>;
  /**
   * The same; while the directory cannot be asked, as it last knew them, however long ago, with `asKnown`. To name people,
   * and for whoever is speaking. Rejects for somebody of whom it remembers nothing.
   */
  lastKnown(id: string): Promise<Person | undefined>;
  /** Those whose `managerId` this is. */
  reportsOf(managerId: string): Promise<readonly Pick<Person, 'id'>[]>;
  /** For its name: may be older while the directory cannot be asked. */
  team(id: string): Promise<Team | undefined>;
  recordsOfficers(): Promise<readonly Person[]>;
  /** Those with the role of manager in a team, in a steady order. */
  managersOf(teamId: string): Promise<readonly Person[]>;
  /** The one person with this name, in any case; `undefined` for none or several. */
  personNamed(name: string): Promise<Person | undefined>;
  /** The one team with this name, in any case, or with this id; `undefined` for none or several. */
  teamNamed(nameOrId: string): Promise<Team | undefined>;
}

/** Who hears of a record's open items today: whoever gets its manager's card, and the next one up once one is escalated. */
export interface Overseers {
  /** Ids of people, none of them the author. */
  overseersOf(
    record: Pick<VersionHeader, 'recordId' | 'authorId' | 'teamId' | 'openItems'>,
  ): Promise<readonly string[]>;
}

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
  /** Everybody’s open drafts that were last touched before an instant, oldest first, at most `limit`. */
  touchedBefore(instant: Instant, limit: number): Promise<readonly StoredDraft[]>;
  /** How many drafts are open, of everybody. */
  countOpen(): Promise<number>;
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
  /** Filed under its own number, because no case reference is known. */
  readonly isUnlinked: boolean;
  /** The case file that it was linked to last; absent while it belongs to the one that it stands in. */
  readonly linkedTo?: string;
  readonly counterpartToken: string;
  readonly wordingHash: string;
}

/** One version as it is kept: header in clear, payload opaque, and a commitment over both. */
export interface StoredVersion {
  readonly caseKey: string;
  readonly header: VersionHeader;
  /** Sealed. */
  readonly payload: Uint8Array;
  /** The key of the payload, itself sealed; kept in a row of its own. */
  readonly wrappedKey: Uint8Array;
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
  /** Who may see the case from now on, as its first revision; kept only if nothing is known of that yet. */
  readonly opens?: StoredCase;
  /** Of its record type, and of what was said beside it. */
  readonly wordings: readonly Wording[];
}

/** `exists`: that version is there already. `moved`: another commit came first; re-read the head. */
export type CommitResult = 'committed' | 'exists' | 'moved';

export interface NumberReservation {
  readonly number: string;
  readonly recordId: string;
  readonly caseKey: string;
}

/** Where records are kept. Append-only: what was committed is never changed. An array is all of it, or a fault. */
export interface RecordStore {
  /** The case file for an alias, the same for whoever asks: where there is none yet `caseKey`, or one that the store names. */
  caseKeyFor(alias: string, foldVersion: number, caseKey: string): Promise<string>;
  /** The case file that an alias stands for; surely given once something stands in it. */
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
  /** Every version of a record, the first one first. */
  versions(caseKey: string, recordId: string): Promise<readonly StoredVersion[]>;
  /** Notes in a case file that a record of another one belongs to it. Idempotent; it can be rebuilt from the versions. */
  linkInto(caseKey: string, recordId: string, homeCaseKey: string): Promise<void>;
  /** The latest version of each record that belongs to a case file now, the record begun last first. */
  caseFile(caseKey: string): Promise<readonly StoredVersion[]>;
  /** The latest version of each record that a person made, the record begun last first, after the record `before`. */
  byAuthor(authorId: string, page: RecordPage): Promise<Listed<StoredVersion>>;
  /**
   * The latest version of each urgent record that is to be completed, of this author or of one of these teams, the record
   * begun last first, at most `limit`.
   */
  toBeCompleted(
    of: { readonly authorId: string; readonly teamIds: readonly string[] },
    limit: number,
  ): Promise<Listed<StoredVersion>>;
  /**
   * The header of every version of a team's records that was saved at an instant or later, the one saved last first, and
   * of those saved at once the record with the latest id; a page of them.
   */
  headersOfTeam(
    teamId: string,
    since: Instant,
    page: SavedPage,
  ): Promise<Listed<Pick<StoredVersion, 'caseKey' | 'header'>>>;
  /** The latest version of each record without a case, the record begun last first, after the record `before`. */
  unlinked(page: RecordPage): Promise<Listed<StoredVersion>>;
}

/** Orders versions by when they were saved. */
export interface SavedKey {
  readonly savedAt: Instant;
  readonly recordId: string;
}

/** A page of what was saved, by key: earlier than `before`, or the newest; at most `limit`. */
export interface SavedPage {
  readonly before?: SavedKey | undefined;
  readonly limit: number;
}

/** A page of a list of records, by key: those begun before the record `before`, or the newest; at most `limit`. */
export interface RecordPage {
  readonly before?: string | undefined;
  readonly limit: number;
}

/** One line of the access log. Written before anything is shown. */
export interface AccessEntry {
  readonly at: Instant;
  readonly personId: string;
  readonly action:
    | 'record.open'
    | 'record.copy'
    | 'record.refused'
    /** A list of records, of which some detail is shown. */
    | 'record.list'
    /** The numbers of a manager's teams. */
    | 'team.overview'
    /** A page of what a search found, of which some detail is shown; `nothing` when it found nothing. */
    | 'record.search'
    /** The consent of earlier records, shown to the author of a new one or taken over into it. */
    | 'consent.see'
    /** The summary of a case; one of a case that there is not, or that they may not see. */
    | 'case.open'
    /** Its counts, shown to a channel. */
    | 'case.channel'
    | 'case.refused'
    /** Urgent access to a case that was given; that was not, because there is no such case or only others may see it. */
    | 'urgent.granted'
    | 'urgent.refused'
    /** Who asked for urgent access and why, shown to somebody who was told of it. */
    | 'urgent.show'
    /** The access log itself, on a case, a record or a person. */
    | 'log.read'
    | 'log.refused'
    /** Who may see a case: another team, or only certain people. The team or the person stands behind the case. */
    | 'case.addTeam'
    | 'restriction.see'
    | 'restriction.set'
    | 'restriction.add'
    | 'restriction.remove'
    | 'restriction.lift';
  /** The ids of what was seen, with spaces between; what was asked for when it was refused. */
  readonly subject: string;
  /** The urgent access without which it would not have been shown. */
  readonly grantId?: string;
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
