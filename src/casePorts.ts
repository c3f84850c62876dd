import type { Instant } from './fields.ts';

/** Who may see a case file beyond its authors, as it is kept. `body` is sealed, and opaque to the store. */
export interface StoredCase {
  readonly caseKey: string;
  /** Rises by one with every save; 1 at the first. */
  readonly revision: number;
  /** The case teams, to find cases by; what counts is in `body`. */
  readonly teamIds: readonly string[];
  /** Since when its restriction waits to be decided on; absent when it does not, or when that was told on. */
  readonly undecidedSince?: Instant;
  readonly body: Uint8Array;
}

/** Urgent access that somebody was given, as it is kept. `body` is sealed. */
export interface StoredGrant {
  readonly grantId: string;
  readonly personId: string;
  readonly caseKey: string;
  /** The moment at which it ends. */
  readonly until: Instant;
  readonly body: Uint8Array;
}

/** Where it is kept who may see which case. */
export interface CaseStore {
  read(caseKey: string): Promise<StoredCase | undefined>;
  /** Whether a case is kept. One that was stays for ever: this may be answered from memory. */
  has(caseKey: string): Promise<boolean>;
  /** Keeps a case with revision 1, or replaces the one whose revision is one less; resolves only when it is durable. */
  save(stored: StoredCase): Promise<'saved' | 'conflict'>;
  /** Cases whose restriction waits to be decided on, the one that has waited longest first, at most `limit`. */
  undecided(limit: number): Promise<readonly StoredCase[]>;
  /** Resolves only when it is durable. Idempotent for the same `grantId`. */
  grant(grant: StoredGrant): Promise<void>;
  grantById(grantId: string): Promise<StoredGrant | undefined>;
  /** A person's grants on a case that have not ended at an instant. */
  grantsOf(personId: string, caseKey: string, at: Instant): Promise<readonly StoredGrant[]>;
}
