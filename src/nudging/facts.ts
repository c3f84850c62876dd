import type { Instant, LocalDate } from '../fields.ts';
import type { ItemState, OpenHeader } from '../nudgePorts.ts';
import type { OpenItemKind } from '../recordType.ts';
import { addWorkingDays, workingDaysBetween } from '../workingDays.ts';

/** One open item, as nudging sees it: ids and days, and nothing of the case. */
export interface OpenFact {
  readonly recordId: string;
  /** The case file that its record belongs to. */
  readonly caseKey: string;
  /** The one that it stands in. */
  readonly homeCaseKey: string;
  readonly number: string;
  readonly kind: OpenItemKind;
  /** The working day on which it falls due. */
  readonly dueOn: LocalDate;
  readonly contactAt: Instant;
  readonly authorId: string;
  readonly teamId: string;
}

/** The open items of a record, each due on a working day. Source: issue "Nothing left open", 1. */
export function factsOf({ header, caseKey }: OpenHeader): readonly OpenFact[] {
  const { recordId, number, contactAt, authorId, teamId, linkedTo } = header;
  return header.openItems.map(({ kind, due }) => ({
    ...{ recordId, caseKey: linkedTo ?? caseKey, homeCaseKey: caseKey, number, kind, contactAt, authorId, teamId },
    dueOn: addWorkingDays(due, 0),
  }));
}

/** What is known of an item besides its record, by record and kind. */
export type States = ReadonlyMap<string, ItemState>;

export function stateKey({ recordId, kind }: Pick<OpenFact, 'recordId' | 'kind'>): string {
  return `${recordId} ${kind}`;
}

export function statesBy(items: readonly ItemState[]): States {
  return new Map(items.map((item) => [stateKey(item), item]));
}

/** What is known of an item as it is due now: what was so before it fell due anew does not count any more. */
export function stateOf(states: States, fact: Pick<OpenFact, 'recordId' | 'kind' | 'dueOn'>): ItemState | undefined {
  const state = states.get(stateKey(fact));
  // It stands with a manager on the day on which it falls due at the earliest.
  if (state?.firstStoodOn === undefined || state.firstStoodOn >= fact.dueOn) return state;
  const { recordId, kind, revision } = state;
  return { recordId, kind, pausedDays: 0, revision };
}

/** Working days from the day on which an item fell due; 0 on that day. */
export function daysLate(fact: OpenFact, today: LocalDate): number {
  return workingDaysBetween(fact.dueOn, today);
}

/** Whether a manager has put an item off for today. */
export function isSnoozed(state: ItemState | undefined, today: LocalDate): boolean {
  return state?.snoozedUntil !== undefined && state.snoozedUntil >= today;
}

/**
 * Whether an item stands in the next manager's card as well: so many working days after it first stood in the manager's,
 * those on which it was snoozed not counted.
 * Source: issue "Nothing left open", 2.
 */
export function isEscalated(state: ItemState | undefined, today: LocalDate, afterDays: number): boolean {
  if (state?.firstStoodOn === undefined || isSnoozed(state, today)) return false;
  return workingDaysBetween(state.firstStoodOn, today) - state.pausedDays >= afterDays;
}
