import { isOfCase, mayWithCase, type CaseAction } from './access.ts';
import { changeCase, type CaseFacts, type Restriction } from './caseFacts.ts';
import type { Instant } from './fields.ts';
import { allowedCase, type Found } from './managing.ts';
import type { OpeningDeps } from './opening.ts';
import type { Person } from './people.ts';
import type { StoredVersion } from './ports.ts';
import type { CaseAsked } from './findingCase.ts';

/** Somebody who may see a restricted case, or would. */
export interface Named {
  readonly personId: string;
  /** `undefined` for somebody who has left. */
  readonly name: string | undefined;
  readonly jobTitle: string | undefined;
  /** Naming alone opens nothing: neither a record of theirs nor a team of theirs is part of the case. */
  readonly hasNoPart: boolean;
}

/** Who may see a case, for somebody who may change that. Nothing of what it says. */
export interface RestrictionView {
  readonly kind: 'restriction';
  /** `none`: everybody may whose team is a case team. Those named are those who would be. */
  readonly state: 'none' | Restriction['state'];
  readonly revision: number;
  readonly people: readonly Named[];
  /** Who asked for it, in which record. */
  readonly asked?: { readonly number: string; readonly name: string | undefined; readonly at: Instant };
  /** What stands against what was just pressed. */
  readonly problem?: string;
  /** What the press came to. */
  readonly notice?: string;
}

/** Absent and forbidden are one answer. Source: architecture, "Who may do what". */
export type Restricted = RestrictionView | { readonly kind: 'nothing' } | { readonly kind: 'lifted' };

/** A change to who is named, on top of the revision that the card was drawn from. */
export interface Press {
  readonly asked: CaseAsked;
  readonly revision: number;
}

/** Said when a press comes from a card that is no longer the current one. */
const MOVED_ON = 'This has changed since that card was drawn. This is how it stands now; nothing was done.';
const NOBODY = 'Nobody, or more than one person, has that name here. Give the full name.';
const NAME_CHARACTERS = 200;
/** More than a card can list. */
const NAMED_AT_MOST = 60;

/**
 * Shows who may see a case to somebody who may change that. Noted in the access log before it is shown, refused or not.
 * Source: issue “Case summary”, 4; project decision 0012.
 */
export async function openRestriction(deps: OpeningDeps, person: Person, asked: CaseAsked): Promise<Restricted> {
  const found = await allowedCase(deps, person, asked, 'restriction.see', actionNow);
  return found === undefined ? { kind: 'nothing' } : viewOf(deps, found);
}

/**
 * Restricts a case to the authors of its records and this person, or confirms a restriction that was asked for: this
 * person is then named as well.
 */
export async function setRestriction(deps: OpeningDeps, person: Person, press: Press): Promise<Restricted> {
  const found = await allowedCase(deps, person, press.asked, 'restriction.set', actionNow);
  if (found === undefined) return { kind: 'nothing' };
  const { restriction } = found.facts;
  if (restriction?.state === 'confirmed') return movedOn(deps, found);
  const at = deps.clock.now();
  const before = restriction?.people ?? authorsOf(found.records);
  const asked = restriction?.asked === undefined ? {} : { asked: restriction.asked };
  const people = [...new Set([...before, person.id])];
  return changed(deps, person, found, press, { state: 'confirmed', people, by: person.id, at, ...asked });
}

/** Names somebody by their name in the directory, in any case. */
export async function addNamed(
  deps: OpeningDeps,
  person: Person,
  press: Press & { readonly name: string },
): Promise<Restricted> {
  const named = press.name.length > NAME_CHARACTERS ? undefined : await deps.directory.personNamed(press.name);
  const found = await allowedCase(deps, person, press.asked, 'restriction.add', actionNow, named?.id);
  if (found === undefined) return { kind: 'nothing' };
  const { restriction } = found.facts;
  if (restriction?.state !== 'confirmed') return movedOn(deps, found);
  const problem = addingProblem(restriction, named);
  if (named === undefined || problem !== undefined)
    return { ...(await viewOf(deps, found)), problem: problem ?? NOBODY };
  return changed(deps, person, found, press, { ...restriction, people: [...restriction.people, named.id] });
}

function addingProblem({ people }: Restriction, named: Person | undefined): string | undefined {
  if (named === undefined) return NOBODY;
  if (people.includes(named.id)) return 'They are named already. Nothing was changed.';
  return people.length >= NAMED_AT_MOST ? `At most ${NAMED_AT_MOST} people can be named.` : undefined;
}

/** Takes somebody off; never the last one, and never oneself. */
export async function removeNamed(
  deps: OpeningDeps,
  person: Person,
  press: Press & { readonly personId: string },
): Promise<Restricted> {
  const { personId } = press;
  const found = await allowedCase(deps, person, press.asked, 'restriction.remove', actionNow, idIn(personId));
  if (found === undefined) return { kind: 'nothing' };
  const { restriction } = found.facts;
  if (restriction?.state !== 'confirmed') return movedOn(deps, found);
  const problem = removingProblem(restriction, person, personId);
  if (problem !== undefined) return { ...(await viewOf(deps, found)), problem };
  const people = restriction.people.filter((id) => id !== personId);
  return changed(deps, person, found, press, { ...restriction, people });
}

function removingProblem({ people }: Restriction, person: Person, personId: string): string | undefined {
  if (!people.includes(personId)) return 'Choose somebody who is named.';
  if (people.length === 1) return 'Somebody must be named. Name another person first, or lift the restriction.';
  if (personId !== person.id) return undefined;
  return 'You cannot take yourself off. Ask another named manager, or the records team.';
}

/** Lets everybody see the case again whose team is a case team. */
export async function liftRestriction(deps: OpeningDeps, person: Person, press: Press): Promise<Restricted> {
  const found = await allowedCase(deps, person, press.asked, 'restriction.lift', actionNow);
  if (found === undefined) return { kind: 'nothing' };
  return found.facts.restriction === undefined ? movedOn(deps, found) : changed(deps, person, found, press, undefined);
}

/** What changing the restriction of a case takes as it stands now. */
export function actionNow({ restriction }: CaseFacts): CaseAction {
  if (restriction === undefined) return 'case.restrict';
  switch (restriction.state) {
    case 'requested':
      return 'restriction.decide';
    case 'confirmed':
      return 'restriction.change';
    default:
      return restriction.state satisfies never;
  }
}

/**
 * Saves a restriction, or that there is none any more, unless somebody else has changed what is known of the case since the
 * card was drawn.
 */
async function changed(
  deps: OpeningDeps,
  person: Person,
  found: Found,
  { revision }: Press,
  restriction: Restriction | undefined,
): Promise<Restricted> {
  let isDone = false;
  const facts = await changeCase(deps, found.caseKey, (known) => {
    isDone = known.revision === revision && mayWithCase(actionNow(known), person, known);
    const { restriction: _, ...rest } = known;
    return isDone ? { ...rest, ...(restriction === undefined ? {} : { restriction }) } : known;
  });
  if (isDone && restriction === undefined) return { kind: 'lifted' };
  if (facts === undefined || !mayWithCase(actionNow(facts), person, facts)) return { kind: 'nothing' };
  const now = { ...found, facts };
  return isDone ? { ...(await viewOf(deps, now)), notice: 'Done.' } : movedOn(deps, now);
}

async function movedOn(deps: OpeningDeps, found: Found): Promise<Restricted> {
  return { ...(await viewOf(deps, found)), notice: MOVED_ON };
}

async function viewOf(deps: OpeningDeps, { facts, records }: Found): Promise<RestrictionView> {
  const { restriction, revision } = facts;
  const authors = authorsOf(records);
  const named = await Promise.all((restriction?.people ?? authors).map((id) => namedOf(deps, facts, authors, id)));
  const asked = restriction?.asked;
  const asker = asked === undefined ? undefined : await deps.directory.person(asked.personId);
  return {
    kind: 'restriction',
    state: restriction?.state ?? 'none',
    revision,
    people: named.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'en')),
    ...(asked === undefined ? {} : { asked: { number: asked.number, name: asker?.name, at: asked.at } }),
  };
}

async function namedOf(
  deps: OpeningDeps,
  facts: CaseFacts,
  authors: readonly string[],
  personId: string,
): Promise<Named> {
  const person = await deps.directory.person(personId);
  const hasPart = person !== undefined && (authors.includes(personId) || isOfCase(person, facts));
  return { personId, name: person?.name, jobTitle: person?.jobTitle, hasNoPart: person !== undefined && !hasPart };
}

function authorsOf(records: readonly StoredVersion[]): readonly string[] {
  return [...new Set(records.map(({ header }) => header.authorId))];
}

/** What a button sent stands in the log only where it can be somebody's id. */
function idIn(personId: string): string | undefined {
  return /^[\w-]{1,64}$/u.test(personId) ? personId : undefined;
}
