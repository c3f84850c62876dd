import { may, type RecordAction } from '../access.ts';
import { owned, type CaseDeps } from '../caseFacts.ts';
import type { LocalDate } from '../fields.ts';
import { isDate, dateOf } from '../londonTime.ts';
import type { Person } from '../people.ts';
import { placeholderFault } from '../placeholders.ts';
import type { AccessLog } from '../ports.ts';
import type { TextField } from '../fields.ts';
import { addWorkingDays, workingDaysBetween } from '../workingDays.ts';
import { standingOf } from './digest.ts';
import { stateOf, statesBy, type OpenFact } from './facts.ts';
import { freshState, type NudgingDeps } from './sweep.ts';

/** What a press on an item of somebody's list came to. */
export type Acted =
  | { readonly kind: 'snoozed'; readonly number: string; readonly until: LocalDate }
  | { readonly kind: 'reminded'; readonly number: string }
  /** It is not in this person's list any more, or never was: the two look alike. */
  | { readonly kind: 'notYours' }
  | { readonly kind: 'refused'; readonly text: string };

/** The working days that a snooze may take; more than the last of the offered ones only by typing. */
export const SNOOZE_DAYS = [1, 3, 5] as const;
const SNOOZE_AT_MOST = 20;

/** Why an item is put off: asked with every snooze. */
export const SNOOZE_REASON: TextField = {
  kind: 'text',
  rule: 'name',
  label: 'Why can it wait?',
  mend: 'Say why it can wait',
  source: 'Issue “Nothing left open”, 2',
};

export interface ActingDeps extends NudgingDeps, CaseDeps {
  readonly access: AccessLog;
}

type Item = Pick<OpenFact, 'recordId' | 'kind'> & { readonly number: string };

/**
 * Puts an item off in a manager's list, and so its way further up. Only for somebody in whose list it stands as a
 * manager's, at this moment.
 * Source: issue "Nothing left open", 2.
 */
export async function snooze(
  deps: ActingDeps,
  person: Person,
  item: Item,
  days: number,
  reason: string,
): Promise<Acted> {
  const fact = await asManager(deps, person, item, 'record.open');
  if (fact === undefined) return { kind: 'notYours' };
  if (!Number.isInteger(days) || days < 1 || days > SNOOZE_AT_MOST)
    return { kind: 'refused', text: `Choose from 1 to ${SNOOZE_AT_MOST} working days.` };
  if (reason.trim() === '' || reason.length > 200 || placeholderFault(SNOOZE_REASON, reason) !== undefined)
    return { kind: 'refused', text: 'Say why it can wait, in a few words.' };
  const today = dateOf(deps.clock.now());
  const until = addWorkingDays(today, days);
  const state = await knownOf(deps, fact);
  const pausedDays = state.firstStoodOn === undefined ? state.pausedDays : state.pausedDays + pausedBy(state.snoozedUntil, today, until); // prettier-ignore
  const place = { kind: 'item', recordId: fact.recordId, item: fact.kind } as const;
  const note = Buffer.from(deps.keys.seal(place, Buffer.from(reason))).toString('base64');
  const saved = await deps.nudges.saveItem({
    ...state,
    ...{ snoozedUntil: until, pausedDays, note },
    revision: state.revision + 1,
  });
  if (saved === 'conflict') return snooze(deps, person, item, days, reason);
  return { kind: 'snoozed', number: fact.number, until };
}

/** The further working days that a snooze adds to one that may still run. */
function pausedBy(before: LocalDate | undefined, today: LocalDate, until: LocalDate): number {
  const from = before !== undefined && before > today ? before : today;
  return workingDaysBetween(from, until);
}

/** Asks that an item stand in its author's next card as one of which they are reminded. */
export async function remindAuthor(deps: ActingDeps, person: Person, item: Item): Promise<Acted> {
  const fact = await asManager(deps, person, item);
  if (fact === undefined) return { kind: 'notYours' };
  if (!(await canBeTold(deps, fact.authorId)))
    return { kind: 'refused', text: 'Its author has left, or cannot be reached. Nobody was reminded.' };
  await markReminded(deps, fact);
  return { kind: 'reminded', number: fact.number };
}

async function markReminded(deps: ActingDeps, fact: OpenFact): Promise<void> {
  const state = await knownOf(deps, fact);
  const marked = { ...state, remindedOn: dateOf(deps.clock.now()), revision: state.revision + 1 };
  if ((await deps.nudges.saveItem(marked)) === 'conflict') return markReminded(deps, fact);
}

async function knownOf(deps: ActingDeps, fact: OpenFact) {
  const states = statesBy(await deps.nudges.items([fact.recordId]));
  return stateOf(states, fact) ?? freshState(fact);
}

/**
 * The item, when it stands in this person's list as one of others, and they may do this with its record. What was refused is
 * written down.
 */
async function asManager(
  deps: ActingDeps,
  person: Person,
  item: Item,
  needed?: RecordAction,
): Promise<OpenFact | undefined> {
  const found = await standingOf(deps, person, item);
  const isManagers = found !== undefined && (found.standing === 'team' || found.standing === 'escalated');
  if (isManagers && (needed === undefined || (await mayWith(deps, person, found.fact, needed)))) return found.fact;
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: 'record.refused',
    subject: item.number,
  });
  return undefined;
}

async function mayWith(deps: ActingDeps, person: Person, fact: OpenFact, needed: RecordAction): Promise<boolean> {
  const stored = await deps.open.one(fact.homeCaseKey, fact.recordId);
  return stored !== undefined && may(deps, needed, person, owned(stored));
}

async function canBeTold(deps: ActingDeps, personId: string): Promise<boolean> {
  const isThere = (await deps.directory.person(personId)) !== undefined;
  return isThere && !(await deps.nudges.unreachable()).includes(personId);
}

/** What naming a deputy came to. */
export type Deputised =
  | { readonly kind: 'deputy'; readonly deputy: Person; readonly until: LocalDate }
  | { readonly kind: 'notManager' }
  | { readonly kind: 'refused'; readonly text: string };

/** Source: issue "Nothing left open", 6. */
const DEPUTY_DAYS_AT_MOST = 60;

/**
 * Has somebody stand in for a manager, up to and including a day. Who is not known and oneself are refused in words.
 */
export async function nameDeputy(deps: ActingDeps, person: Person, name: string, until: string): Promise<Deputised> {
  if (!person.roles.includes('manager')) return { kind: 'notManager' };
  const today = dateOf(deps.clock.now());
  const deputy = await deps.directory.personNamed(name);
  if (deputy === undefined)
    return { kind: 'refused', text: 'Nobody, or more than one person, has that name here. Give the full name.' };
  if (deputy.id === person.id)
    return { kind: 'refused', text: 'You cannot stand in for yourself. Name somebody else.' };
  if (!isDate(until) || until < today)
    return { kind: 'refused', text: 'Give a day from today on, such as 2027-01-15.' };
  if (workingDaysBetween(today, until) > DEPUTY_DAYS_AT_MOST)
    return { kind: 'refused', text: `Give a day within the next ${DEPUTY_DAYS_AT_MOST} working days.` };
  await deps.nudges.saveDeputy({ managerId: person.id, deputyId: deputy.id, until });
  return { kind: 'deputy', deputy, until };
}
