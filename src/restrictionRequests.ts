import { caseFacts, caseOf, changeCase, openCase, readCase, type CaseDeps, type CaseFacts } from './caseFacts.ts';
import type { Draft, Frozen } from './drafts.ts';
import type { Instant } from './fields.ts';
import { dateOf, instantOf, timeOf } from './londonTime.ts';
import { noticeAbout } from './notices.ts';
import type { Clock, RecordStore } from './ports.ts';
import type { NoticeStore, StoredNotice } from './noticePorts.ts';
import { addWorkingDays, isWorkingDay } from './workingDays.ts';

/** How many cases one sweep looks at. */
const LOOKED_AT = 100;

/**
 * Restricts the case of a signed record whose author asked for it, before that record is saved, and answers with whom that
 * is to be told. Where the case is restricted already nothing is added, and nobody is named. May be repeated: once the
 * record is saved, what a manager has decided since stands.
 * A record that was restricted so and is then filed under another case takes that with it.
 * Source: issue “Case summary”, 4.
 */
export async function restrictFirst(
  deps: CaseDeps & { readonly records: RecordStore },
  draft: Draft,
  frozen: Frozen,
  number: string,
): Promise<readonly StoredNotice[]> {
  const wanted = await wantedBy(deps, draft, frozen, number);
  if (wanted === undefined) return [];
  const { caseKey, header } = frozen;
  const target = caseOf({ caseKey, linkedTo: header.linkedTo });
  const isSaved = (await deps.records.version(caseKey, header.recordId, header.version)) !== undefined;
  await openCase(deps, target, header.teamId, header.savedAt);
  const facts = isSaved
    ? await caseFacts(deps, target)
    : await changeCase(deps, target, (known) => (known.restriction === undefined ? { ...known, ...wanted } : known));
  return facts === undefined ? [] : toldOf(facts, header.recordId, header.version);
}

/** The restriction that a signature calls for, if any. */
async function wantedBy(
  deps: CaseDeps,
  { base }: Draft,
  { caseKey, header, entry, restrict }: Frozen,
  number: string,
): Promise<Pick<CaseFacts, 'restriction'> | undefined> {
  const { recordId, version, teamId, savedAt, linkedTo } = header;
  const request = (personId: string, people: readonly string[]): Pick<CaseFacts, 'restriction'> => {
    const asked = { personId, at: savedAt, recordId, version, number, teamId };
    return { restriction: { state: 'requested', people: [...people], by: personId, at: savedAt, asked } };
  };
  if (restrict === true) return request(entry.personId, [entry.personId]);
  const before = base === undefined ? undefined : caseOf(base);
  if (before === undefined || linkedTo === undefined || before === caseOf({ caseKey, linkedTo })) return undefined;
  const held = (await caseFacts(deps, before))?.restriction;
  if (held?.asked?.recordId !== recordId) return undefined;
  return request(held.asked.personId, held.people);
}

/** Managers of the case teams hear of it at once, as long as it waits for them; never the one who asked. */
function toldOf(facts: CaseFacts, recordId: string, version: number): readonly StoredNotice[] {
  const { restriction, teams } = facts;
  const asked = restriction?.asked;
  if (restriction?.state !== 'requested' || asked?.recordId !== recordId || asked.version !== version) return [];
  const teamIds = teams.map(({ teamId }) => teamId);
  const audience = { kind: 'managersOf', teamIds, personId: asked.personId } as const;
  return [noticeAbout({ ...asked, about: asked.number, what: 'restrictionAsked', queuedAt: asked.at }, audience)];
}

export interface OverdueDeps extends CaseDeps {
  readonly notices: Pick<NoticeStore, 'queue'>;
  readonly clock: Clock;
}

/**
 * Has the records officers told, once, of restrictions that nobody has decided on for a working day. They go on holding.
 * How many were told of. Runs every minute, in any number of processes.
 * Source: issue “Case summary”, 4.
 */
export async function tellOverdue(deps: OverdueDeps): Promise<number> {
  const now = deps.clock.now();
  let told = 0;
  for (const stored of await deps.cases.undecided(LOOKED_AT)) {
    if (decideBy(stored.undecidedSince ?? now) > now) continue;
    const { caseKey, restriction } = readCase(deps.keys, stored);
    if (restriction?.asked === undefined) continue;
    const { asked } = restriction;
    const about = { ...asked, about: asked.number, what: 'restrictionOverdue', queuedAt: now } as const;
    await deps.notices.queue([noticeAbout(about, { kind: 'recordsOfficers' })]);
    await changeCase(deps, caseKey, overdueTold);
    told += 1;
  }
  return told;
}

function overdueTold(facts: CaseFacts): CaseFacts {
  const { restriction } = facts;
  if (restriction?.state !== 'requested' || restriction.isOverdueTold === true) return facts;
  return { ...facts, restriction: { ...restriction, isOverdueTold: true } };
}

/** The same time of the next working day; of what was asked on a day off, the end of the first working day after it. */
export function decideBy(askedAt: Instant): Instant {
  const date = dateOf(askedAt);
  const [from, time] = isWorkingDay(date) ? [date, timeOf(askedAt)] : [addWorkingDays(date, 0), '00:00'];
  // Only a Sunday has times that do not occur; were it otherwise, telling early is better than never.
  return instantOf(addWorkingDays(from, 1), time) ?? askedAt;
}
