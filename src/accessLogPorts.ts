import type { Instant } from './fields.ts';
import type { Listed } from './listed.ts';
import type { AccessEntry } from './ports.ts';

/** Where an entry of the access log stands. */
export interface AccessPlace {
  /** `<UTC date>:<id of the process>`: the chain that it belongs to. */
  readonly chainKey: string;
  /** From 1. */
  readonly seq: number;
}

/** An entry of the access log as it is kept, but for its hash. */
export interface AccessLink extends AccessEntry, AccessPlace {
  /** The entry of another chain that the first of this one follows; absent for the rest, and where there was none. */
  readonly before?: AccessPlace;
  /** The hash of the entry that it follows; 64 zeros where there is none. */
  readonly prev: string;
}

export type ChainedAccess = AccessLink & { readonly hash: string };

/** The end of a chain, as far as it is known. */
export type AccessEnd = AccessPlace & { readonly hash: string };

/** Orders the log by time, and beyond that in one way only. */
export type AccessKey = AccessPlace & { readonly at: Instant };

/** A page of the log, newest first, by key: what is older than `before`, or the newest; at most `limit`. */
export interface AccessPage {
  readonly before?: AccessKey | undefined;
  readonly limit: number;
}

/** What somebody did, to what first, and how often. */
export interface AccessTally {
  readonly action: AccessEntry['action'];
  readonly first: string;
  readonly times: number;
}

/** Where the access log is kept. Append-only. */
export interface AccessStore {
  /** All or nothing; resolves only when it is durable. Rejects when one of the places is taken. */
  appendBatch(entries: readonly ChainedAccess[]): Promise<void>;
  /** The end of the chain that was written to last, by whatever process; `undefined` while the log is empty. */
  latestChain(): Promise<AccessEnd | undefined>;
  /** What has any of these among the ids of its `subject`, each entry once. */
  about(subjects: readonly string[], page: AccessPage): Promise<Listed<ChainedAccess>>;
  /** What one person did, and was refused. */
  by(personId: string, page: AccessPage): Promise<Listed<ChainedAccess>>;
  /** What one person did from an instant on, counted by action and by the first id of its subject. */
  tally(personId: string, from: Instant): Promise<readonly AccessTally[]>;
}

/** Sorts the newest first. */
export function byNewest(a: AccessKey, b: AccessKey): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  if (a.chainKey !== b.chainKey) return a.chainKey < b.chainKey ? 1 : -1;
  return b.seq - a.seq;
}
