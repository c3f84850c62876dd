import type { Instant } from './fields.ts';
import type { Person } from './people.ts';
import type { Committed, Purpose } from './drafts.ts';
import type { RecordType } from './recordType.ts';
import type { NoticeKind } from './recordType.ts';

/** What a receipt says: no detail of the case is in it. */
export interface Receipt {
  readonly type: RecordType;
  readonly committed: Committed;
  readonly purpose: Purpose;
}

/** Who is to be told of a record. Resolved to people when it is sent, not before. */
export type Audience =
  | { readonly kind: 'recordsOfficers' }
  | { readonly kind: 'managerOf' | 'person'; readonly personId: string }
  /** The managers of these teams but this person; the records officers where there is no other. */
  | { readonly kind: 'managersOf'; readonly teamIds: readonly string[]; readonly personId: string };

/**
 * What a message to somebody who must hear of something is about: a signed record, urgent access, or what became of their
 * own signature when they were not shown it; or a welcome.
 */
export type MessageKind =
  NoticeKind | 'urgentAccess' | 'restrictedAsked' | 'muchLookedUp' | 'saved' | 'overtaken' | 'welcome';

/** One message that is still to be sent. It carries a number or an id, and no detail of the case. */
export interface StoredNotice {
  /** The same for the same message about the same thing, always. */
  readonly noticeId: string;
  readonly what: MessageKind;
  /** The number of a record, or the id of urgent access, of a person or of a draft. */
  readonly about: string;
  readonly audience: Audience;
  readonly queuedAt: Instant;
  /** How often it was tried. */
  readonly attempts: number;
}

/** Messages that are to be sent once, and are kept until they were, or cannot be. */
export interface NoticeStore {
  /** Queues what is not there yet; resolves when it is durable. Idempotent. */
  queue(notices: readonly StoredNotice[]): Promise<void>;
  /** Those that are neither sent nor given up, the oldest first, at most `limit`. */
  pending(limit: number): Promise<readonly StoredNotice[]>;
  /** All that were ever queued about a record or urgent access, by their ids. */
  about(about: string): Promise<readonly StoredNotice[]>;
  /**
   * Notes another attempt, before it is made. True for one of those who ask with the same count of attempts, while it is
   * neither sent nor given up.
   */
  claim(notice: StoredNotice): Promise<boolean>;
  /** Notes that there is to be no other attempt. */
  settle(noticeId: string, how: 'sent' | 'givenUp'): Promise<void>;
}

/** How sending a message to somebody ended. `failed` may have reached them or not. */
export type Told = 'sent' | 'unreachable' | 'failed';

/** What a message says. No detail of a case is in it. */
export type Message =
  | { readonly what: Exclude<MessageKind, 'saved'>; readonly about: string }
  | { readonly what: 'saved'; readonly about: string; readonly receipt: Receipt };

/** Sends a message to a person's own chat. */
export interface Notifier {
  tell(person: Person, message: Message): Promise<Told>;
  /** Whether this person is to be written nothing for now. Whoever heeds that makes no attempt that would count. */
  readonly isHeldUp?: (person: Person) => boolean;
}
