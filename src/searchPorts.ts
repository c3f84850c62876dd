import type { Instant } from './fields.ts';
import type { RecordPage, StoredVersion } from './ports.ts';

/** Something that records are found under. A `team` finds what it recorded, and what stands in a case that it is a team of. */
export type SearchKey =
  | { readonly kind: 'everything' }
  /** `id` of an organisation is its token. */
  | { readonly kind: 'author' | 'team' | 'organisation'; readonly id: string };

/** Which records are looked for: all that is given must hold of the latest version. */
export interface RecordSearch {
  /** Under any of these; without one, nothing is found. */
  readonly within: readonly SearchKey[];
  /** And under each of these. */
  readonly also: readonly SearchKey[];
  readonly type?: string | undefined;
  /** The contact was then, or later. */
  readonly contactFrom?: Instant | undefined;
  /** The contact was earlier. */
  readonly contactBefore?: Instant | undefined;
  /** Something is open in it. */
  readonly isOpen?: boolean | undefined;
}

/** What one look found. */
export interface SearchPart {
  readonly found: readonly Pick<StoredVersion, 'caseKey' | 'header'>[];
  /** Given when there may be more: what the next look takes for `before`. Not always a record that was found. */
  readonly next?: string;
  /** The time was over before all was looked at; without `next`, nothing was. */
  readonly isCutShort: boolean;
}

/** Finds records by what stands in clear of them. It can be rebuilt from the versions and the case teams. */
export interface SearchIndex {
  /**
   * One look at a bounded number of records, those begun last first: at most `limit` of them are found, and there may be
   * more although none is. Each record is found once, by its latest version.
   */
  search(search: RecordSearch, page: RecordPage): Promise<SearchPart>;
}
