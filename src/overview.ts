import { accessOf, type Rights } from './access.ts';
import { owned } from './caseFacts.ts';
import type { Instant, LocalDate } from './fields.ts';
import { knownType } from './forms.ts';
import { nothingInTime, type Listed } from './listed.ts';
import { addDays, dateOf, instantOf, weekdayOf } from './londonTime.ts';
import type { Person, Team } from './people.ts';
import type { AccessLog, RecordStore, SavedKey, StoredVersion, VersionHeader } from './ports.ts';
import { workingDaysBetween } from './workingDays.ts';

export interface OverviewDeps extends Rights {
  readonly records: Pick<RecordStore, 'headersOfTeam'>;
  readonly access: AccessLog;
}

/** How many of something. */
export interface Count {
  readonly label: string;
  readonly count: number;
}

/** What a team has recorded in the last weeks: numbers, and nothing of any case. */
export interface TeamOverview {
  readonly team: Team;
  readonly records: number;
  /**
   * By the week in which they were signed and the Monday that it began on, the earliest first; weeks without any among them.
   * The first one begins later where older ones are not counted.
   */
  readonly weeks: readonly { readonly from: LocalDate; readonly count: number }[];
  /** By type, the most frequent first. */
  readonly types: readonly Count[];
  /** Records in which nothing was open when they were signed. */
  readonly closedAtSigning: number;
  /** Of those whose outcome was awaited at signing and is known now: how many, and the median of working days from contact. */
  readonly outcomes: { readonly count: number; readonly medianDays: number | undefined };
  /** Given when finding older ones took too long: what was signed before is not counted, and all that was since is. */
  readonly countedFrom?: Instant;
}

export const WEEKS = 12;
const HEADERS_A_READ = 500;
/** Of so many records it is asked at once whether they may be seen. */
const ASKED_AT_ONCE = 100;

/**
 * What the teams of a manager have recorded in the last twelve weeks, this one included; `undefined` for anybody else.
 * Cases that this manager may not see are not counted. Noted in the access log before it is shown. Throws `store.unsure`
 * when nothing of a team is found in time.
 * Source: issue "Case summary", 7.
 */
export async function teamOverview(deps: OverviewDeps, person: Person): Promise<readonly TeamOverview[] | undefined> {
  const isManager = person.roles.includes('manager');
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: isManager ? 'team.overview' : 'record.refused',
    subject: isManager ? person.teamIds.join(' ') : 'team.overview',
  });
  if (!isManager) return undefined;
  const teams = await Promise.all(person.teamIds.map((id) => deps.directory.team(id)));
  return Promise.all(teams.filter((team) => team !== undefined).map((team) => overviewOf(deps, person, team)));
}

async function overviewOf(deps: OverviewDeps, person: Person, team: Team): Promise<TeamOverview> {
  const today = dateOf(deps.clock.now());
  const first = addDays(mondayOf(today), -7 * (WEEKS - 1));
  const { records, countedFrom } = await recordsSince(deps, person, team.id, instantOf(first, '00:00') ?? '');
  const signed = records.map((versions) => versions[0]).filter((header) => header !== undefined);
  const days = records.map(daysToOutcome).filter((each) => each !== undefined);
  return {
    team,
    records: records.length,
    weeks: weeksFrom(first, countedFrom).map((from) => ({
      from,
      count: signed.filter(({ savedAt }) => mondayOf(dateOf(savedAt)) === mondayOf(from)).length,
    })),
    types: countsOf(signed.map(({ type }) => knownType(type).title)),
    closedAtSigning: signed.filter(({ openItems }) => openItems.length === 0).length,
    outcomes: { count: days.length, medianDays: median(days) },
    ...(countedFrom === undefined ? {} : { countedFrom }),
  };
}

/** The day on which each week begins, or, in the first of them, the day from which there are counts. */
function weeksFrom(first: LocalDate, countedFrom: Instant | undefined): readonly LocalDate[] {
  const mondays = Array.from({ length: WEEKS }, (_, nth) => addDays(first, 7 * nth));
  if (countedFrom === undefined) return mondays;
  const day = dateOf(countedFrom);
  return [day, ...mondays.filter((monday) => monday > day)];
}

type Saved = Pick<StoredVersion, 'caseKey' | 'header'>;

interface Counted {
  /** The headers of each record that was first signed in this time, the first version first. */
  readonly records: readonly (readonly VersionHeader[])[];
  /** Given when finding what is older took too long: of all that was signed then or later, every version is known. */
  readonly countedFrom?: Instant;
}

/** What was first signed since an instant and may be seen: read backwards, so that nothing known of a record lacks its end. */
async function recordsSince(deps: OverviewDeps, person: Person, teamId: string, since: Instant): Promise<Counted> {
  const { items, isCutShort } = await headersSince(deps, teamId, since);
  const oldest = items.at(-1)?.header.savedAt;
  if (isCutShort && oldest === undefined) throw nothingInTime();
  const signed = [...Map.groupBy(items, ({ header }) => header.recordId).values()]
    .map((versions) => versions.toSorted((a, b) => a.header.version - b.header.version))
    .filter(([first]) => first?.header.version === 1)
    .toReversed();
  const access = accessOf(deps, person);
  const records: (readonly VersionHeader[])[] = [];
  for (let at = 0; at < signed.length; at += ASKED_AT_ONCE) {
    const some = signed.slice(at, at + ASKED_AT_ONCE);
    const latest = some.map((versions) => versions.at(-1)).filter((version) => version !== undefined);
    const footings = await Promise.all(latest.map((version) => access.footing('record.open', owned(version))));
    const seen = some.filter((_, nth) => footings[nth] !== undefined);
    records.push(...seen.map((versions) => versions.map(({ header }) => header)));
  }
  return { records, ...(isCutShort && oldest !== undefined ? { countedFrom: oldest } : {}) };
}

/** The header of each version that was saved since then, the one saved last first. */
async function headersSince({ records }: OverviewDeps, teamId: string, since: Instant): Promise<Listed<Saved>> {
  const all: Saved[] = [];
  for (let before: SavedKey | undefined; ;) {
    const { items, isCutShort } = await records.headersOfTeam(teamId, since, { before, limit: HEADERS_A_READ });
    all.push(...items);
    const last = items.at(-1)?.header;
    if (isCutShort || last === undefined || items.length < HEADERS_A_READ) return { items: all, isCutShort };
    before = { savedAt: last.savedAt, recordId: last.recordId };
  }
}

/** Working days from the contact to the day on which an outcome that was awaited at signing was recorded. */
function daysToOutcome(versions: readonly VersionHeader[]): number | undefined {
  const [first] = versions;
  if (first === undefined || !isAwaited(first)) return undefined;
  const known = versions.find((header) => !isAwaited(header));
  return known === undefined ? undefined : workingDaysBetween(dateOf(first.contactAt), dateOf(known.savedAt));
}

function isAwaited({ openItems }: VersionHeader): boolean {
  return openItems.some(({ kind }) => kind === 'outcome' || kind === 'completion');
}

function countsOf(labels: readonly string[]): readonly Count[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
}

/** The Monday of the week that a date lies in. */
function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, -((weekdayOf(date) + 6) % 7));
}

/** The middle one, or the mean of the two in the middle. */
function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
