import { accessOf, mayRecord, underGrant, type Access, type Footing } from './access.ts';
import { owned } from './caseFacts.ts';
import { CodedError } from './errors.ts';
import type { Instant } from './fields.ts';
import { caseAlias } from './freezing.ts';
import { recordLine, type RecordLine } from './listing.ts';
import { nothingInTime } from './listed.ts';
import { findRecord, type OpeningDeps } from './opening.ts';
import { slowed } from './pacing.ts';
import type { Person } from './people.ts';
import type { StoredVersion } from './ports.ts';
import type { SearchIndex, SearchKey } from './searchPorts.ts';
import { meets, searchWithin, termsOf, type SearchTerms, type WishProblem } from './searchTerms.ts';
import type { Wish } from './searchWish.ts';

export interface SearchDeps extends OpeningDeps {
  readonly search: SearchIndex;
  readonly caseReferencePattern?: RegExp | undefined;
}

/** A page of what was found, the record begun last first. */
export interface SearchResults {
  readonly kind: 'results';
  readonly lines: readonly RecordLine[];
  /** Given when there are more, or may be: what the next page takes for `before`. */
  readonly before?: string;
  /** There may be more, but this page ends here: so much was looked through. */
  readonly isCutShort: boolean;
  /** Or it took too long to look further; then it is cut short for that reason. */
  readonly isOutOfTime: boolean;
  /** Their own records, those of their teams and of those whom they manage were looked through: not one case, not all. */
  readonly isWithinTeams: boolean;
  /** When the urgent access ends by which alone they see it. */
  readonly urgentUntil?: Instant;
}

/** What does not exist and what may not be seen are one answer. */
export type Searched =
  | SearchResults
  | { readonly kind: 'nothing' }
  | { readonly kind: 'problems'; readonly problems: readonly WishProblem[] };

/** Which part of what is found is shown. */
export interface SearchPage {
  /** Begin after this record. */
  readonly before?: string | undefined;
  /** And after so many more. */
  readonly skip?: number;
  readonly limit?: number;
}

/** Source: architecture, "Card budgets". */
const LINES_A_PAGE = 8;

/** One press takes so many looks at the index, and from the second on asks of so many records whether they may be seen. */
const LOOKS_A_PRESS = 5;
const FOUND_A_LOOK = 50;

/**
 * Finds records by what somebody wants, among those that they may open at this moment and no others. What is shown, and
 * what was looked for in vain, is noted in the access log before anything is shown. Throws `store.unsure` when nothing
 * could be looked through in time.
 * Source: issue “Case summary”, 3.
 */
export async function searchRecords(
  deps: SearchDeps,
  person: Person,
  wish: Wish,
  page: SearchPage = {},
): Promise<Searched> {
  const terms = await termsOf(deps, person, wish);
  if (!('rest' in terms)) return { kind: 'problems', problems: terms };
  const { skip = 0, limit = LINES_A_PAGE } = page;
  const access = accessOf(deps, person);
  const found = await find(deps, access, person, terms, { before: page.before, limit: skip + limit });
  const hits = found.hits.slice(skip);
  const { before, isCutShort, isOutOfTime } = found;
  await note(deps, person, hits, found.missed);
  if (hits.length === 0 && !isCutShort) return { kind: 'nothing' };
  const stored = await Promise.all(hits.map(({ record }) => latestOf(deps, record)));
  const grants = hits.flatMap(({ footing }) => (footing.kind === 'urgent' ? [footing.grant.until] : []));
  return {
    kind: 'results',
    lines: stored.map((version) => recordLine(deps, version)),
    ...(before === undefined ? {} : { before }),
    ...{ isCutShort, isOutOfTime },
    isWithinTeams: terms.exact === undefined && !person.roles.includes('recordsOfficer'),
    ...(grants[0] === undefined ? {} : { urgentUntil: grants[0] }),
  };
}

type Findable = Pick<StoredVersion, 'caseKey' | 'header'>;

/** A record that was found and may be seen. */
interface Hit {
  readonly record: Findable;
  readonly footing: Footing;
}

interface Found {
  readonly hits: readonly Hit[];
  readonly before?: string;
  readonly isCutShort: boolean;
  readonly isOutOfTime: boolean;
  /** What the log says of somebody who asked for one case or record and may see nothing of it: never what was typed. */
  readonly missed?: string;
}

interface Wanted {
  readonly before: string | undefined;
  readonly limit: number;
}

async function find(
  deps: SearchDeps,
  access: Access,
  person: Person,
  terms: SearchTerms,
  wanted: Wanted,
): Promise<Found> {
  if (terms.exact === undefined) return lookThrough(deps, access, await scopeOf(deps, person), terms, wanted);
  const { records, subject } = await exactly(deps, person, terms.exact);
  const seen = await seenOf(access, records);
  const { before = '~', limit } = wanted;
  const met = seen.filter(({ record: { header } }) => header.recordId < before && meets(terms, header));
  return { ...pageOf(met, limit), ...ENDED, ...(seen.length === 0 ? { missed: subject } : {}) };
}

/** The records that a number or a case reference stands for, whoever asks, those begun last first. */
async function exactly(
  deps: SearchDeps,
  person: Person,
  exact: NonNullable<SearchTerms['exact']>,
): Promise<{ readonly records: readonly Findable[]; readonly subject: string }> {
  if ('number' in exact) {
    const record = await findRecord(deps, exact.number);
    return { records: record === undefined ? [] : [record], subject: exact.number };
  }
  const subject = caseAlias(deps.keys, person.tenantId, exact.reference);
  const caseKey = await deps.records.findCaseKey(subject);
  return { records: caseKey === undefined ? [] : await deps.records.caseFile(caseKey), subject };
}

/**
 * What somebody may see for what they are: all, for records officers; else their own records, those of their teams and of
 * cases of these, and those of the people whom they manage. What they see only for an hour, or only while it is in their
 * daily list, is found by number or reference. Each record is asked about all the same.
 * Source: architecture, "Who may do what".
 */
async function scopeOf({ directory }: SearchDeps, person: Person): Promise<readonly SearchKey[]> {
  if (person.roles.includes('recordsOfficer')) return [{ kind: 'everything' }];
  // Whoever cannot be looked up now sees their own alone.
  const reports = person.asKnown === undefined ? await directory.reportsOf(person.id) : [];
  const authors = [person.id, ...reports.map(({ id }) => id)];
  return [
    ...authors.map((id) => ({ kind: 'author', id }) as const),
    ...(mayRecord(person) ? person.teamIds.map((id) => ({ kind: 'team', id }) as const) : []),
  ];
}

async function lookThrough(
  deps: SearchDeps,
  access: Access,
  scope: readonly SearchKey[],
  terms: SearchTerms,
  { before: start, limit }: Wanted,
): Promise<Found> {
  const search = searchWithin(terms, scope);
  const hits: Hit[] = [];
  let before = start;
  for (let look = 0; look < LOOKS_A_PRESS; look += 1) {
    const part = await deps.search.search(search, {
      before,
      limit: look === 0 ? limit + 1 : FOUND_A_LOOK,
    });
    hits.push(...(await seenOf(access, part.found)));
    const isLast = part.next === undefined && !part.isCutShort;
    if (hits.length > limit || isLast) return { ...pageOf(hits, limit), ...ENDED };
    if (look === 0 && part.next === undefined) throw nothingInTime();
    before = part.next ?? before;
    if (part.isCutShort) return { hits, ...after(before), isCutShort: true, isOutOfTime: true };
  }
  return { hits, ...after(before), isCutShort: true, isOutOfTime: false };
}

function after(before: string | undefined): Pick<Found, 'before'> {
  return before === undefined ? {} : { before };
}

const ENDED = { isCutShort: false, isOutOfTime: false } as const;

/** Those that may be opened at this moment. */
async function seenOf(access: Access, records: readonly Findable[]): Promise<readonly Hit[]> {
  const footings = await Promise.all(records.map((record) => access.footing('record.open', owned(record))));
  return records.flatMap((record, at): readonly Hit[] => {
    const footing = footings[at];
    return footing === undefined ? [] : [{ record, footing }];
  });
}

function pageOf(hits: readonly Hit[], limit: number): Pick<Found, 'hits' | 'before'> {
  const shown = hits.slice(0, limit);
  const last = shown.at(-1)?.record.header.recordId;
  return { hits: shown, ...(hits.length > limit && last !== undefined ? { before: last } : {}) };
}

async function latestOf({ records }: SearchDeps, { caseKey, header }: Findable): Promise<StoredVersion> {
  const latest = await records.latest(caseKey, header.recordId);
  if (latest === undefined) throw new CodedError('store.broken', 'A record that was found is not there.');
  return latest;
}

async function note(deps: SearchDeps, person: Person, hits: readonly Hit[], missed: string | undefined): Promise<void> {
  const numbers = hits.map(({ record }) => record.header.number).join(' ');
  const urgent = hits.find(({ footing }) => footing.kind === 'urgent');
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: missed === undefined ? 'record.search' : 'record.refused',
    subject: missed ?? (numbers === '' ? 'nothing' : numbers),
    ...underGrant(urgent?.footing),
  });
  await slowed(deps, person);
}
