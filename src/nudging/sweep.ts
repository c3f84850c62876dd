import type { Instant, LocalDate } from '../fields.ts';
import { codeOf } from '../errors.ts';
import { addDays, dateOf, instantOf, timeOf, weekdayOf } from '../londonTime.ts';
import type { ItemState, Nudge, NudgeCounts, NudgeStatus, NudgeStore, OpenHeader, OpenRecords } from '../nudgePorts.ts';
import type { Person } from '../people.ts';
import type { Clock, Directory, DraftStore } from '../ports.ts';
import { addWorkingDays, isWorkingDay } from '../workingDays.ts';
import { factsOf, stateKey, stateOf, statesBy, type OpenFact } from './facts.ts';
import { orgOn } from './org.ts';
import { isEmpty, planFor, type Content, type NudgeRules, type Plan } from './plan.ts';

/** How a send ended. `later`: Teams asked to wait. `failed`: it may have arrived. */
export type NudgeSent =
  { readonly kind: 'sent' | 'unreachable' | 'failed' } | { readonly kind: 'later'; readonly seconds: number };

/** Sends the one card of the day: counts and record numbers, nothing of any case. */
export interface NudgeSender {
  send(person: Person, counts: NudgeCounts, numbers: readonly string[]): Promise<NudgeSent>;
}

export interface NudgingDeps {
  readonly nudges: NudgeStore;
  readonly open: OpenRecords;
  readonly drafts: Pick<DraftStore, 'touchedBefore'>;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly rules: NudgeRules;
}

export interface SweepDeps extends NudgingDeps {
  readonly sender: NudgeSender;
  /** Waits between two sends, so that there are five in a second at most. */
  readonly pause: () => Promise<void>;
}

/** London time of day between which cards go out. Source: issue "Nothing left open", 2. */
const FROM = '09:00';
const UNTIL = '17:30';
/** After this, whoever claimed a card or was sending it is taken to have died. */
const CLAIM_MS = 5 * 60_000;
const SENDING_MS = 2 * 60_000;
const PAGE = 500;
const DRAFTS_READ = 5_000;

/**
 * Sends what is to be sent now: at most one card a person and a working day, between 9:00 and 17:30. May be called at any
 * time, by any number of processes at once; what one has claimed, another leaves alone. `failed` hears codes.
 * Source: issue "Nothing left open", 2 to 4.
 */
export async function sweepNudges(deps: SweepDeps, failed: (code: string) => void): Promise<void> {
  const today = dateOf(deps.clock.now());
  // Nobody has a card of today yet.
  if (!isWorkingDay(today) || timeOf(deps.clock.now()) < FROM) return;
  const known = new Map((await deps.nudges.ofDay(today)).map((nudge) => [nudge.personId, nudge]));
  for (const nudge of known.values()) await settleAbandoned(deps, nudge);
  if (!isOpenAt(deps.clock.now())) return;
  const plan = await planOf(deps, today);
  for (const personId of plan.keys()) {
    try {
      const claimed = await claim(deps, personId, today, known.get(personId));
      if (claimed !== undefined && isOpenAt(deps.clock.now())) await sendTo(deps, claimed, plan.get(personId), failed);
    } catch (error) {
      failed(codeOf(error));
    }
  }
}

/** Whether cards go out at this moment: on a working day, between 9:00 and 17:30 in London. */
export function isOpenAt(now: Instant): boolean {
  const time = timeOf(now);
  return time >= FROM && time < UNTIL && isWorkingDay(dateOf(now));
}

/**
 * What is open today and whose it is. For the daily card, lawful bases that are not sure stand in it once a week; a list that
 * is opened shows them always.
 */
export async function planOf(
  deps: NudgingDeps,
  today: LocalDate,
  basis: 'weekly' | 'always' = 'weekly',
): Promise<Plan> {
  const facts = await dueFacts(deps, today);
  const states = statesBy(await deps.nudges.items([...new Set(facts.map(({ recordId }) => recordId))]));
  const org = orgOn(deps.directory, today, await deps.nudges.deputies(today), await deps.nudges.unreachable());
  const isBasisDue = facts.some(({ kind, dueOn }) => kind === 'basis' && dueOn <= today);
  const told = isBasisDue && basis === 'weekly' ? await toldThisWeek(deps, today) : new Set<string>();
  return planFor(today, facts, states, await dueDrafts(deps, today), org, deps.rules, told);
}

/** Who has been sent a card about lawful bases on an earlier day of this week. */
async function toldThisWeek(deps: NudgingDeps, today: LocalDate): Promise<ReadonlySet<string>> {
  const told = new Set<string>();
  for (const { id } of await deps.directory.recordsOfficers()) {
    for (let date = mondayOf(today); date < today && !told.has(id); date = addDays(date, 1)) {
      const card = await deps.nudges.read(id, date);
      if (card?.status === 'sent' && (card.counts?.basis ?? 0) > 0) told.add(id);
    }
  }
  return told;
}

/** The first day of the week of a date. */
function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, -((weekdayOf(date) + 6) % 7));
}

/** Every open item of which somebody hears today, page by page. */
export async function dueFacts(deps: Pick<NudgingDeps, 'open'>, today: LocalDate): Promise<readonly OpenFact[]> {
  const facts: OpenFact[] = [];
  let after: { readonly due: LocalDate; readonly recordId: string } | undefined;
  for (;;) {
    const page = await deps.open.due(today, { after, limit: PAGE });
    for (const stored of page) facts.push(...factsOf(stored));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return facts;
    after = { due: earliestDue(last), recordId: last.header.recordId };
  }
}

function earliestDue({ header }: OpenHeader): LocalDate {
  return header.openItems.reduce((due, item) => (item.due < due ? item.due : due), '9999-12-31');
}

/** Drafts that nobody has touched for a working day, counted by their author. */
async function dueDrafts(deps: NudgingDeps, today: LocalDate): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const before = instantOf(today, '00:00') ?? deps.clock.now();
  for (const { personId, touchedAt } of await deps.drafts.touchedBefore(before, DRAFTS_READ)) {
    if (addWorkingDays(dateOf(touchedAt), 1) <= today) counts.set(personId, (counts.get(personId) ?? 0) + 1);
  }
  return counts;
}

/** Gives up what somebody was sending when they died: it may have arrived. */
async function settleAbandoned(deps: SweepDeps, nudge: Nudge): Promise<void> {
  if (nudge.status === 'sending' && isOlder(deps, nudge, SENDING_MS)) await move(deps, nudge, 'uncertain');
}

/** Takes today's card of a person, if it is there to be taken. */
async function claim(
  deps: SweepDeps,
  personId: string,
  date: LocalDate,
  known: Nudge | undefined,
): Promise<Nudge | undefined> {
  const changedAt = deps.clock.now();
  if (known === undefined) {
    const fresh: Nudge = { personId, date, status: 'claimed', revision: 1, changedAt };
    return (await deps.nudges.create(fresh)) === 'saved' ? fresh : undefined;
  }
  const mayTake =
    (known.status === 'claimed' && isOlder(deps, known, CLAIM_MS)) ||
    (known.status === 'waiting' && (known.retryAt ?? '') <= changedAt);
  return mayTake ? move(deps, known, 'claimed') : undefined;
}

/** Sends one card, with what is still open at this moment. */
async function sendTo(
  deps: SweepDeps,
  claimed: Nudge,
  planned: Content | undefined,
  failed: (code: string) => void,
): Promise<void> {
  const person = await deps.directory.person(claimed.personId);
  if (person === undefined || planned === undefined) {
    await move(deps, claimed, 'nothing');
    return;
  }
  const sending = await move(deps, claimed, 'sending');
  if (sending === undefined) return;
  const content = await stillOpen(deps, planned);
  if (isEmpty(content)) {
    await move(deps, sending, 'nothing');
    return;
  }
  if (!isOpenAt(deps.clock.now())) {
    await move(deps, sending, 'claimed');
    return;
  }
  const sent = await deps.sender.send(person, countsOf(content), numbersOf(content));
  await settle(deps, sending, sent, content);
  if (sent.kind !== 'sent') failed(`nudge.${sent.kind}`);
  await deps.pause();
}

function numbersOf({ own, team, escalated, basis }: Content): readonly string[] {
  return [...new Set([...own, ...team, ...escalated, ...basis].map(({ number }) => number))];
}

async function settle(deps: SweepDeps, sending: Nudge, sent: NudgeSent, content: Content): Promise<void> {
  switch (sent.kind) {
    case 'sent':
      await move(deps, sending, 'sent', { counts: countsOf(content) });
      return noteFirstStood(deps, content.team, sending.date);
    case 'failed':
      // It may stand there: counting it is safer than never going further up.
      await move(deps, sending, 'uncertain', { counts: countsOf(content) });
      return noteFirstStood(deps, content.team, sending.date);
    case 'unreachable':
      await deps.nudges.setReachable(sending.personId, false);
      await move(deps, sending, 'unreachable');
      return;
    case 'later': {
      const retryAt = new Date(Date.parse(deps.clock.now()) + sent.seconds * 1_000).toISOString();
      await move(deps, sending, 'waiting', { retryAt });
      return;
    }
    default:
      sent satisfies never;
  }
}

/** The day from which escalation counts. */
async function noteFirstStood(deps: SweepDeps, team: readonly OpenFact[], today: LocalDate): Promise<void> {
  const states = statesBy(await deps.nudges.items([...new Set(team.map(({ recordId }) => recordId))]));
  for (const fact of team) {
    const state = stateOf(states, fact);
    if (state?.firstStoodOn !== undefined) continue;
    await deps.nudges.saveItem({
      ...(state ?? freshState(fact)),
      firstStoodOn: today,
      revision: (state?.revision ?? 0) + 1,
    });
  }
}

/** An item of which nothing is known yet. */
export function freshState({ recordId, kind }: Pick<OpenFact, 'recordId' | 'kind'>): ItemState {
  return { recordId, kind, pausedDays: 0, revision: 0 };
}

/** The same content without what has been closed since it was planned. */
async function stillOpen(deps: SweepDeps, planned: Content): Promise<Content> {
  const open = new Set<string>();
  const all = [...planned.own, ...planned.team, ...planned.escalated, ...planned.basis];
  for (const [recordId, homeCaseKey] of new Map(all.map((fact) => [fact.recordId, fact.homeCaseKey]))) {
    const stored = await deps.open.one(homeCaseKey, recordId);
    if (stored !== undefined) for (const fact of factsOf(stored)) open.add(stateKey(fact));
  }
  const left = (facts: readonly OpenFact[]): OpenFact[] => facts.filter((fact) => open.has(stateKey(fact)));
  return {
    own: left(planned.own),
    team: left(planned.team),
    escalated: left(planned.escalated),
    basis: left(planned.basis),
    drafts: planned.drafts,
  };
}

export function countsOf({ own, team, escalated, basis, drafts }: Content): NudgeCounts {
  return { own: own.length, team: team.length, escalated: escalated.length, basis: basis.length, drafts };
}

async function move(
  deps: SweepDeps,
  nudge: Nudge,
  status: NudgeStatus,
  more: Pick<Nudge, 'counts' | 'retryAt'> = {},
): Promise<Nudge | undefined> {
  const next: Nudge = { ...nudge, ...more, status, revision: nudge.revision + 1, changedAt: deps.clock.now() };
  return (await deps.nudges.save(next)) === 'saved' ? next : undefined;
}

function isOlder(deps: SweepDeps, { changedAt }: Nudge, ms: number): boolean {
  return Date.parse(deps.clock.now()) - Date.parse(changedAt) >= ms;
}
