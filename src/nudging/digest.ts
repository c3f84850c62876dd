import { accessOf, type Access } from '../access.ts';
import { owned, type CaseDeps } from '../caseFacts.ts';
import { textIn, type LocalDate } from '../fields.ts';
import { knownType } from '../forms.ts';
import { nothingInTime } from '../listed.ts';
import { dateOf } from '../londonTime.ts';
import { addWorkingDays } from '../workingDays.ts';
import { unpackPayload } from '../payloads.ts';
import type { Person } from '../people.ts';
import type { AccessLog, StoredVersion } from '../ports.ts';
import {
  daysLate,
  factsOf,
  isEscalated,
  isSnoozed,
  stateKey,
  stateOf,
  statesBy,
  type OpenFact,
  type States,
} from './facts.ts';
import type { Content } from './plan.ts';
import { planOf, type NudgingDeps } from './sweep.ts';

export interface DigestDeps extends NudgingDeps, CaseDeps {
  readonly access: AccessLog;
}

/** Why an item stands in somebody's list. */
export type Standing = 'own' | 'team' | 'escalated' | 'basis' | 'listed';

/** One open item in a list, as its reader sees it. */
export interface DigestLine {
  readonly fact: OpenFact;
  readonly standing: Standing;
  /**
   * `undefined` for a record that its reader may not open, as one of a restricted case: of that the line says number, kind
   * and day alone, so that nobody overlooks what is open.
   */
  readonly title: string | undefined;
  /** The case reference, or whom it is about. */
  readonly about: string | undefined;
  /** What was to happen next, as it was recorded. */
  readonly nextAction: string | undefined;
  /** Working days late; 0 on the day on which it fell due. */
  readonly daysLate: number;
  readonly snoozedUntil: LocalDate | undefined;
  /** A manager has asked today, or since the last card, that its author be reminded. */
  readonly isReminded: boolean;
  /** It stands in the next manager's list as well, or in this one for that reason. */
  readonly isEscalated: boolean;
}

/** How many items are how late, the newest first. */
export interface Age {
  readonly label: string;
  readonly count: number;
}

/** A page of what is open for somebody today. */
export interface Digest {
  readonly lines: readonly DigestLine[];
  readonly ages: readonly Age[];
  readonly drafts: number;
  readonly page: number;
  readonly pages: number;
  /** Given when these are not all: so many items stand here, those that are due first. */
  readonly first?: number;
  /** Finding the rest did not take too long: there are more than a list holds. */
  readonly isTooMany?: true;
}

/** Source: architecture, "Card budgets". */
const LINES_A_PAGE = 8;

/** What is open today for this person, worked out afresh. Noted in the access log before it is shown. */
export async function digestFor(deps: DigestDeps, person: Person, page = 1): Promise<Digest> {
  const today = dateOf(deps.clock.now());
  const content = (await planOf(deps, today, 'always')).get(person.id);
  const all = content === undefined ? [] : standingsOf(content, person);
  return { ...(await pageOf(deps, person, all, page)), drafts: content?.drafts ?? 0 };
}

/** In records. */
const LISTED_AT_MOST = 500;

/**
 * Every open item, due or not, of a person's own records, and for a manager of those of their teams: by team, the oldest
 * first. Noted in the access log before it is shown. Throws `store.unsure` when none is found in time.
 * Source: issue "Nothing left open", 1.
 */
export async function missingOutcomes(deps: DigestDeps, person: Person, page = 1): Promise<Digest> {
  const teamIds = person.roles.includes('manager') ? person.teamIds : [];
  const { items, isCutShort } = await deps.open.openOf({ authorId: person.id, teamIds }, LISTED_AT_MOST + 1);
  const isTooMany = items.length > LISTED_AT_MOST;
  const all = items
    .slice(0, LISTED_AT_MOST)
    .flatMap(factsOf)
    .filter(({ kind }) => kind !== 'basis')
    .sort(
      (a, b) =>
        a.teamId.localeCompare(b.teamId) || a.dueOn.localeCompare(b.dueOn) || a.recordId.localeCompare(b.recordId),
    )
    .map((fact) => ({ fact, standing: fact.authorId === person.id ? ('own' as const) : ('listed' as const) }));
  if (isCutShort && all.length === 0) throw nothingInTime();
  const shown = { ...(await pageOf(deps, person, all, page)), drafts: 0 };
  // Ages of some of them would look like those of all.
  if (isTooMany) return { ...shown, ages: [], first: all.length, isTooMany };
  return isCutShort ? { ...shown, ages: [], first: all.length } : shown;
}

async function pageOf(
  deps: DigestDeps,
  person: Person,
  all: readonly { readonly fact: OpenFact; readonly standing: Standing }[],
  page: number,
): Promise<Omit<Digest, 'drafts'>> {
  const today = dateOf(deps.clock.now());
  const pages = Math.max(1, Math.ceil(all.length / LINES_A_PAGE));
  const shown = Math.min(Math.max(1, page), pages);
  const facts = all.slice((shown - 1) * LINES_A_PAGE, shown * LINES_A_PAGE);
  if (facts.length > 0) {
    const subject = [...new Set(facts.map(({ fact }) => fact.number))].join(' ');
    await deps.access.append({ at: deps.clock.now(), personId: person.id, action: 'record.list', subject });
  }
  const states = statesBy(await deps.nudges.items([...new Set(facts.map(({ fact }) => fact.recordId))]));
  const access = accessOf(deps, person);
  const lines = await Promise.all(facts.map((each) => lineOf(deps, access, each, states, today)));
  return {
    lines: lines.filter((line) => line !== undefined),
    ages: agesOf(all.map(({ fact }) => fact), today), // prettier-ignore
    page: shown,
    pages,
  };
}

/** The records of one case of which something stands in somebody's list today; empty when nothing does. */
export async function recordsInList(
  deps: NudgingDeps,
  person: Person,
  caseKey: string,
): Promise<readonly StoredVersion[]> {
  const content = (await planOf(deps, dateOf(deps.clock.now()), 'always')).get(person.id);
  if (content === undefined) return [];
  const facts = new Map(
    standingsOf(content, person)
      .filter(({ fact, standing }) => fact.caseKey === caseKey && standing !== 'basis')
      .map(({ fact }) => [fact.recordId, fact]),
  );
  const found = await Promise.all([...facts.values()].map((fact) => deps.open.one(fact)));
  return found.filter((stored) => stored !== undefined);
}

/** One item of somebody's list of today, and why it stands there; `undefined` when it does not. */
export async function standingOf(
  deps: NudgingDeps,
  person: Person,
  item: Pick<OpenFact, 'recordId' | 'kind'>,
): Promise<{ readonly fact: OpenFact; readonly standing: Standing } | undefined> {
  const content = (await planOf(deps, dateOf(deps.clock.now()), 'always')).get(person.id);
  return content === undefined
    ? undefined
    : standingsOf(content, person).find(({ fact }) => stateKey(fact) === stateKey(item) && fact.number !== '');
}

/**
 * Each item once, cases together, the one with the oldest item first. A manager's own record stands among theirs. Only
 * what is their own for somebody whom the directory cannot be asked about.
 */
function standingsOf(
  content: Content,
  { asKnown }: Person,
): readonly { readonly fact: OpenFact; readonly standing: Standing }[] {
  const all = (asKnown === undefined ? (['own', 'team', 'escalated', 'basis'] as const) : (['own'] as const)).flatMap(
    (standing) => content[standing].map((fact) => ({ fact, standing })),
  );
  const once = [...new Map(all.map((each) => [stateKey(each.fact), each])).values()];
  const oldest = new Map<string, LocalDate>();
  for (const { fact } of once) {
    const known = oldest.get(fact.caseKey);
    if (known === undefined || fact.dueOn < known) oldest.set(fact.caseKey, fact.dueOn);
  }
  const key = ({ fact }: { readonly fact: OpenFact }): string =>
    `${oldest.get(fact.caseKey) ?? ''} ${fact.caseKey} ${fact.dueOn} ${fact.recordId}`;
  return once.sort((a, b) => key(a).localeCompare(key(b)));
}

async function lineOf(
  deps: DigestDeps,
  access: Access,
  { fact, standing }: { readonly fact: OpenFact; readonly standing: Standing },
  states: States,
  today: LocalDate,
): Promise<DigestLine | undefined> {
  const stored = await deps.open.one(fact);
  if (stored === undefined) return undefined;
  const isSeen = (await access.footing('record.open', owned(stored))) !== undefined;
  const answers = isSeen ? unpackPayload(deps.keys, stored).answers : {};
  const state = stateOf(states, fact);
  return {
    fact,
    standing,
    title: isSeen ? knownType(stored.header.type).title : undefined,
    about: textIn(answers.caseReference) ?? textIn(answers.concerning),
    nextAction: textIn(answers.nextAction),
    daysLate: daysLate(fact, today),
    snoozedUntil: isSnoozed(state, today) ? state?.snoozedUntil : undefined,
    // It joins the author's next card, and stays to be read on that day.
    isReminded: state?.remindedOn !== undefined && addWorkingDays(state.remindedOn, 1) >= today,
    isEscalated: isEscalated(state, today, deps.rules.escalateAfterDays),
  };
}

const AGES: readonly { readonly label: string; readonly from: number }[] = [
  { label: 'Not late', from: 0 },
  { label: '1 to 4 working days late', from: 1 },
  { label: '5 to 9 working days late', from: 5 },
  { label: '10 or more working days late', from: 10 },
];

function agesOf(facts: readonly OpenFact[], today: LocalDate): readonly Age[] {
  const late = facts.map((fact) => daysLate(fact, today));
  return AGES.map(({ label, from }, at) => {
    const below = AGES[at + 1]?.from ?? Infinity;
    return { label, count: late.filter((days) => days >= from && days < below).length };
  });
}
