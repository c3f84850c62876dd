import type { ChainedAccess } from './accessLogPorts.ts';
import type { AuditSource } from './auditPorts.ts';
import type { StoredCase, StoredGrant } from './casePorts.ts';
import type { WrappedStoreKey } from './keyPorts.ts';
import type { StoredNotice } from './noticePorts.ts';
import type { Deputy, ItemState, Nudge } from './nudgePorts.ts';
import type {
  ChainEntry,
  NumberReservation,
  StoredConversation,
  StoredDraft,
  StoredVersion,
  VersionHeader,
  Wording,
} from './ports.ts';

/** A version as it is copied: one whose key was destroyed has none. */
export interface CopiedVersion extends Omit<StoredVersion, 'caseKey' | 'wrappedKey'> {
  readonly header: VersionHeader;
  readonly wrappedKey?: Uint8Array;
}

/** All that stands in one case file; each list in the order of its keys. */
export interface CaseFile {
  readonly caseKey: string;
  /** Absent while nothing was committed. */
  readonly head?: { readonly seq: number; readonly hash: string };
  readonly versions: readonly CopiedVersion[];
  readonly chain: readonly (ChainEntry & { readonly hash: string })[];
  /** Records of other case files that were linked into this one. */
  readonly links: readonly { readonly recordId: string; readonly homeCaseKey: string }[];
  /** Who may see it. */
  readonly facts?: StoredCase;
}

/** Everything that a store keeps, by kind. What is sealed is copied as it is; what follows from the rest is made anew. */
export interface Kept {
  readonly storeKey: WrappedStoreKey;
  readonly wording: Wording;
  readonly alias: { readonly alias: string; readonly foldVersion: number; readonly caseKey: string };
  readonly number: NumberReservation;
  readonly access: ChainedAccess;
  readonly caseFile: CaseFile;
  readonly grant: StoredGrant;
  readonly draft: StoredDraft;
  readonly conversation: StoredConversation;
  readonly notice: StoredNotice & { readonly status: 'pending' | 'sent' | 'givenUp' };
  readonly nudge: Nudge;
  readonly item: ItemState;
  readonly deputy: Deputy;
  readonly unreachable: { readonly personId: string };
}

export type KeptKind = keyof Kept;

/** Orders what is kept of one kind, and tells one from another. */
export type CopyKey = readonly (string | number)[];

/**
 * What each kind is ordered by, the same in every store: text by its UTF-8 bytes. The kinds stand in the order in which
 * they are copied: the store key first, which tells one store from another.
 */
export const KEYS: { readonly [K in KeptKind]: (value: Kept[K]) => CopyKey } = {
  storeKey: () => [],
  access: ({ at, chainKey, seq }) => [at, chainKey, seq],
  wording: ({ hash }) => [hash],
  alias: ({ alias }) => [alias],
  number: ({ number }) => [number],
  caseFile: ({ caseKey }) => [caseKey],
  grant: ({ grantId }) => [grantId],
  draft: ({ draftId }) => [draftId],
  conversation: ({ personId }) => [personId],
  notice: ({ noticeId }) => [noticeId],
  nudge: ({ date, personId }) => [date, personId],
  item: ({ recordId, kind }) => [recordId, kind],
  deputy: ({ managerId }) => [managerId],
  unreachable: ({ personId }) => [personId],
};

export const KEPT_KINDS = Object.keys(KEYS) as readonly KeptKind[]; // keys forgets what it was given

/** `half`: a copy into it was begun and has not ended well. */
export type CopyState = 'empty' | 'half' | 'whole';

/** What reading or keeping something costs, in request units, by published sizes; and what the account has charged. */
export interface Charges {
  read<K extends KeptKind>(kind: K, value: Kept[K]): number;
  keep<K extends KeptKind>(kind: K, value: Kept[K]): number;
  charged(): number;
}

/** A store that is copied, or copied into, while no bot works on it. Everything rejects with coded faults of the store. */
export interface CopyStore {
  state(): Promise<CopyState>;
  storeKey(): Promise<WrappedStoreKey | undefined>;
  /** All of one kind, by its key, in batches of a bounded size. */
  read<K extends KeptKind>(kind: K): AsyncIterable<readonly Kept[K][]>;
  /** How many there are, for a progress bar. */
  count(kind: KeptKind): Promise<number>;
  /** The place of the entry of the access log that was written last. */
  lastAccess(): Promise<Pick<ChainedAccess, 'chainKey' | 'seq'> | undefined>;

  /** Marks the store as one into which a copy was begun; no bot starts on it then. May be repeated. */
  begin(): Promise<void>;
  /**
   * Keeps what is not there yet; resolves when it is durable. The key of the first that stands there otherwise: of that
   * one nothing is kept, and nothing is ever overwritten. May be repeated.
   */
  keep<K extends KeptKind>(kind: K, values: readonly Kept[K][]): Promise<CopyKey | undefined>;
  /** Makes what follows from the rest. May be repeated. */
  derive(): Promise<void>;
  /** Takes the mark away: the copy is whole. May be repeated. */
  end(): Promise<void>;

  /** To verify it; where a store can be. */
  readonly audit?: () => AuditSource;
  /** Where reading and writing is paid for. */
  readonly charges?: Charges;
  close(): Promise<void>;
}
