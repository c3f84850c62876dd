import { accessOf, type Rights } from './access.ts';
import { owned } from './caseFacts.ts';
import type { LocalDate } from './fields.ts';
import { knownType } from './forms.ts';
import { addDays, dateOf, instantOf, weekdayOf } from './londonTime.ts';
import type { Person, Team } from './people.ts';
import type { AccessLog, RecordStore, StoredVersion, VersionHeader } from './ports.ts';
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
  /** By the week in which they were signed, the Monday that it began on, the earliest first; weeks without any among them. */
  readonly weeks: readonly { readonly monday: LocalDate; readonly count: number }[];
  /** By type, the most frequent first. */
  readonly types: readonly Count[];
  /** Records in which nothing was open when they were signed. */
  readonly closedAtSigning: number;
  /** Of those whose outcome was awaited at signing and is known now: how many, and the median of working days from contact. */
  readonly outcomes: { readonly count: number; readonly medianDays: number | undefined };
}

export const WEEKS = 12;
const HEADERS_A_READ = 500;

/**
 * What the teams of a manager have recorded in the last twelve weeks, this one included; `undefined` for anybody else.
 * Cases that this manager may not see are not counted. Noted in the access log before it is shown.
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
  const records = await recordsSince(deps, person, team.id, instantOf(first, '00:00') ?? '');
  const signed = records.map((versions) => versions[0]).filter((header) => header !== undefined);
  const days = records.map(daysToOutcome).filter((each) => each !== undefined);
  return {
    team,
    records: records.length,
    weeks: Array.from({ length: WEEKS }, (_, nth) => addDays(first, 7 * nth)).map((monday) => ({
      monday,
      count: signed.filter(({ savedAt }) => mondayOf(dateOf(savedAt)) === monday).length,
    })),
    types: countsOf(signed.map(({ type }) => knownType(type).title)),
    closedAtSigning: signed.filter(({ openItems }) => openItems.length === 0).length,
    outcomes: { count: days.length, medianDays: median(days) },
  };
}

/** The headers of each record that was first signed since then, the first version first. */
async function recordsSince(
  deps: OverviewDeps,
  person: Person,
  teamId: string,
  since: string,
): Promise<readonly (readonly VersionHeader[])[]> {
  const byRecord = new Map<string, Pick<StoredVersion, 'caseKey' | 'header'>[]>();
  let after: { readonly savedAt: string; readonly recordId: string } = { savedAt: since, recordId: '' };
  for (;;) {
    const page = await deps.records.headersOfTeam(teamId, after, HEADERS_A_READ);
    for (const each of page) {
      const { recordId } = each.header;
      byRecord.set(recordId, [...(byRecord.get(recordId) ?? []), each]);
    }
    const last = page.at(-1)?.header;
    if (last === undefined || page.length < HEADERS_A_READ) break;
    after = { savedAt: last.savedAt, recordId: last.recordId };
  }
  const access = accessOf(deps, person);
  const records: (readonly VersionHeader[])[] = [];
  for (const found of byRecord.values()) {
    const versions = found.toSorted((a, b) => a.header.version - b.header.version);
    const latest = versions.at(-1);
    if (latest === undefined || versions[0]?.header.version !== 1) continue;
    if ((await access.footing('record.open', owned(latest))) !== undefined)
      records.push(versions.map(({ header }) => header));
  }
  return records;
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
