import type { LocalDate } from '../fields.ts';
import { daysLate, isEscalated, isSnoozed, stateOf, type OpenFact, type States } from './facts.ts';
import type { Org } from './org.ts';

/** What the one card of a person holds on one day. */
export interface Content {
  /** Items of their own records that have fallen due, or of which a manager reminds them. */
  readonly own: OpenFact[];
  /** For managers: items that fell due before today. */
  readonly team: OpenFact[];
  /** Items that have stood in a manager's card for long; the manager's own manager sees them too. */
  readonly escalated: OpenFact[];
  /** For records officers, weekly: records whose lawful basis is not sure. */
  readonly basis: OpenFact[];
  /** Unfinished records of their own. */
  drafts: number;
}

/** Records officers who have had this week's card about lawful bases: it is weekly. */
export type Told = ReadonlySet<string>;

/** The cards of one day, by the id of the person. Nobody without content has one. */
export type Plan = ReadonlyMap<string, Content>;

/** How soon an item goes further up, in working days. Source: issue "Nothing left open", 2. */
export interface NudgeRules {
  readonly escalateAfterDays: number;
}

/**
 * Who is to be told of what today. Looks at nothing but its arguments, and says the same for the same ones.
 * Source: issue "Nothing left open", 1, 2 and 6.
 */
export async function planFor(
  today: LocalDate,
  facts: readonly OpenFact[],
  states: States,
  drafts: ReadonlyMap<string, number>,
  org: Org,
  rules: NudgeRules,
  told: Told,
): Promise<Plan> {
  const plan = new Map<string, Content>();
  const of = (personId: string): Content => {
    const known = plan.get(personId) ?? { own: [], team: [], escalated: [], basis: [], drafts: 0 };
    plan.set(personId, known);
    return known;
  };
  for (const fact of facts) {
    if (fact.kind === 'basis') await addBasis(fact, today, org, told, of);
    else await addItem(fact, states, today, org, rules, of);
  }
  for (const [personId, count] of drafts) {
    if ((await org.person(personId)) !== undefined && org.isReachable(personId)) of(personId).drafts = count;
  }
  for (const content of plan.values())
    for (const list of [content.own, content.team, content.escalated, content.basis]) list.sort(byAge);
  return plan;
}

async function addItem(
  fact: OpenFact,
  states: States,
  today: LocalDate,
  org: Org,
  rules: NudgeRules,
  of: (personId: string) => Content,
): Promise<void> {
  if (fact.dueOn > today) return;
  const state = stateOf(states, fact);
  const author = await org.person(fact.authorId);
  const hasAuthor = author !== undefined && org.isReachable(author.id);
  if (hasAuthor) of(author.id).own.push(fact);
  // Somebody who cannot be told has their items in the next card of the next one up.
  if (hasAuthor && (daysLate(fact, today) < 1 || isSnoozed(state, today))) return;
  const manager = await org.managerFor(fact.authorId, fact.teamId);
  if (manager === undefined || isSnoozed(state, today)) return;
  of(manager.id).team.push(fact);
  if (!isEscalated(state, today, rules.escalateAfterDays)) return;
  const above = await org.nextUp(fact.authorId, fact.teamId);
  if (above !== undefined) of(above.id).escalated.push(fact);
}

async function addBasis(
  fact: OpenFact,
  today: LocalDate,
  org: Org,
  told: Told,
  of: (personId: string) => Content,
): Promise<void> {
  if (fact.dueOn > today) return;
  for (const { id } of await org.recordsOfficers()) if (org.isReachable(id) && !told.has(id)) of(id).basis.push(fact);
}

function byAge(a: OpenFact, b: OpenFact): number {
  return a.dueOn === b.dueOn ? a.recordId.localeCompare(b.recordId) : a.dueOn.localeCompare(b.dueOn);
}

/** Whether there is anything to say. */
export function isEmpty({ own, team, escalated, basis, drafts }: Content): boolean {
  return own.length + team.length + escalated.length + basis.length + drafts === 0;
}
