import type { Instant, LocalDate } from './fields.ts';
import type { OpenItemKind } from './recordType.ts';
import type { StoredVersion } from './ports.ts';

/** How the one card of a person and a day stands. */
export type NudgeStatus =
  /** Somebody is about to send it. */
  | 'claimed'
  /** It was on its way out when this was written: unless it moves on, nobody knows whether it arrived. */
  | 'sending'
  | 'sent'
  /** It may have arrived. Not sent again today. */
  | 'uncertain'
  /** Teams asked to wait until `retryAt`. */
  | 'waiting'
  /** The person cannot be written to. */
  | 'unreachable'
  /** Nothing was open any more when it was about to be sent. */
  | 'nothing';

/** The one card of a person and a London date. */
export interface Nudge {
  readonly personId: string;
  readonly date: LocalDate;
  readonly status: NudgeStatus;
  /** Rises by one with every change. */
  readonly revision: number;
  readonly changedAt: Instant;
  readonly retryAt?: Instant;
  /** What it counted when it was sent: reminders, items of others, escalated items, drafts. */
  readonly counts?: NudgeCounts;
}

export interface NudgeCounts {
  readonly own: number;
  readonly team: number;
  readonly escalated: number;
  readonly drafts: number;
  readonly basis: number;
}

/** What is known of one open item besides what its record says. */
export interface ItemState {
  readonly recordId: string;
  readonly kind: OpenItemKind;
  /** The day on which it first stood in a manager's card. */
  readonly firstStoodOn?: LocalDate;
  /** The last day of its snooze. */
  readonly snoozedUntil?: LocalDate;
  /** Working days on which it was snoozed after it first stood: they do not count towards escalation. */
  readonly pausedDays: number;
  /** Why it was put off, sealed; in base 64. */
  readonly note?: string;
  /** A manager asked on this day that its author be reminded. */
  readonly remindedOn?: LocalDate;
  readonly revision: number;
}

/** Somebody who stands in for a manager, up to and including a day. */
export interface Deputy {
  readonly managerId: string;
  readonly deputyId: string;
  readonly until: LocalDate;
}

/** Where nudges, what is known of open items, deputies and who cannot be reached are kept. */
export interface NudgeStore {
  /** Makes the card of a person and a day; `conflict` when there is one. */
  create(nudge: Nudge): Promise<'saved' | 'conflict'>;
  /** Replaces the one whose revision is one less; `conflict` otherwise. */
  save(nudge: Nudge): Promise<'saved' | 'conflict'>;
  read(personId: string, date: LocalDate): Promise<Nudge | undefined>;
  /** The cards of a day, by person. */
  ofDay(date: LocalDate): Promise<readonly Nudge[]>;
  /** The latest cards, newest first, of these people or of everybody. */
  latest(limit: number, personIds?: readonly string[]): Promise<readonly Nudge[]>;
  item(recordId: string, kind: OpenItemKind): Promise<ItemState | undefined>;
  items(recordIds: readonly string[]): Promise<readonly ItemState[]>;
  /** Creates with revision 1, or replaces the one whose revision is one less; `conflict` otherwise. */
  saveItem(item: ItemState): Promise<'saved' | 'conflict'>;
  /** Replaces who stands in for a manager. */
  saveDeputy(deputy: Deputy): Promise<void>;
  deputies(onOrAfter: LocalDate): Promise<readonly Deputy[]>;
  /** Notes that a person cannot be written to, or that they can be again. Idempotent. */
  setReachable(personId: string, isReachable: boolean): Promise<void>;
  unreachable(): Promise<readonly string[]>;
}

/** The latest header of a record with something open, and the case file that it stands in. */
export type OpenHeader = Pick<StoredVersion, 'caseKey' | 'header'>;

/** Finds what is open. Kept beside the versions, and derived from them alone. */
export interface OpenRecords {
  /** Each record with an item due on or before a day, the earliest due first, by key. */
  due(
    until: LocalDate,
    page: { readonly after?: DueKey | undefined; readonly limit: number },
  ): Promise<readonly OpenHeader[]>;
  /** The latest version of one record, if anything is open in it; `caseKey` is the case file that it stands in. */
  one(caseKey: string, recordId: string): Promise<StoredVersion | undefined>;
  /** The same, of an author, or of teams, whenever it is due. */
  openOf(
    of: { readonly authorId?: string; readonly teamIds?: readonly string[] },
    limit: number,
  ): Promise<readonly OpenHeader[]>;
}

export interface DueKey {
  readonly due: LocalDate;
  readonly recordId: string;
}
