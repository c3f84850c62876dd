import { accessOf, isNamed, type Rights } from './access.ts';
import type { Typed } from './answering.ts';
import { caseFacts, caseOf, owned, packGrant, type CaseFacts, type Restriction } from './caseFacts.ts';
import { codeOf, CodedError } from './errors.ts';
import type { Instant } from './fields.ts';
import { caseAlias } from './freezing.ts';
import { derivedId, readRecordNumber } from './ids.ts';
import { urgentNotices } from './notices.ts';
import { findRecord, type OpeningDeps } from './opening.ts';
import { slowed } from './pacing.ts';
import type { Person } from './people.ts';
import type { StoredVersion } from './ports.ts';
import type { Audience, NoticeStore } from './noticePorts.ts';
import { summarise, type CaseSummary } from './summary.ts';
import { readAsk, type ReadAsk } from './urgentAsking.ts';

export interface UrgentDeps extends OpeningDeps {
  readonly notices: NoticeStore;
}

/** A press on the form for urgent access. */
export interface UrgentPress {
  /** Of the form, not of the press: what is pressed twice is asked once. */
  readonly askId: string;
  readonly typed: Typed;
}

/** What asking for urgent access came to. */
export type UrgentAnswer =
  | CaseSummary
  /** There is no such case, or it is one that only certain people may see: the two are one answer. */
  | { readonly kind: 'nothingOpened' }
  | Extract<ReadAsk, { kind: 'asking' }>
  /** The store failed, or the directory cannot be asked: nothing was shown, and what was typed is kept. */
  | { readonly kind: 'notNow'; readonly typed: Typed }
  /** What this form opened has ended: it opens nothing a second time. */
  | { readonly kind: 'ended'; readonly typed: Typed };

const HOUR_MS = 3_600_000;

/**
 * Opens a case for an hour, for reading, to somebody who says why they need it now. Nothing is looked up without a reason.
 * Before anything is shown it is durable that they were given it, and that managers of the case teams and records officers
 * are to be told. A case that only certain people may see is not opened: those people are to be told, and the answer is
 * the one for a case that there is not. Who may see the whole case already just gets it. May be repeated.
 * Source: issue "Case summary", 5.
 */
export async function askUrgently(deps: UrgentDeps, person: Person, press: UrgentPress): Promise<UrgentAnswer> {
  const read = readAsk(press.typed);
  if (read.kind === 'asking') return read;
  try {
    return await answered(deps, person, { ...read, ...press });
  } catch (error) {
    if (!/^(?:store|directory)\./u.test(codeOf(error))) throw error;
    return { kind: 'notNow', typed: press.typed };
  }
}

type Ask = UrgentPress & { readonly wanted: string; readonly reason: string };

async function answered(deps: UrgentDeps, person: Person, ask: Ask): Promise<UrgentAnswer> {
  // Looked up nowhere, so that it says nothing of the case.
  if (person.asKnown !== undefined) throw new CodedError('directory.away', 'Whoever asks cannot be looked up.');
  const found = await wantedCase(deps, person, ask.wanted);
  // Where there is no case its place is looked into all the same, so that the answer takes as long.
  const facts = await caseFacts(deps, found.place);
  const restriction = isNamed(person, facts) ? undefined : facts?.restriction;
  const records = found.isThere && restriction === undefined ? await deps.records.caseFile(found.place) : [];
  const [latest] = records;
  if (latest === undefined || facts === undefined) {
    await refuse(deps, person, ask, found, restriction);
    return { kind: 'nothingOpened' };
  }
  if (!(await seesAll(deps, person, records)) && (await give(deps, person, ask, facts)) === 'ended')
    return { kind: 'ended', typed: ask.typed };
  const summary = await summarise(deps, person, { number: latest.header.number });
  return summary.kind === 'nothing' ? { kind: 'nothingOpened' } : summary;
}

interface Wanted {
  /** The key of the case, or where it would be found. */
  readonly place: string;
  readonly isThere: boolean;
  /** What the log says was asked for: ids, never what was typed. */
  readonly subject: string;
}

/** The case that a reference or the number of a record stands for, whoever asks. */
async function wantedCase(deps: OpeningDeps, person: Person, wanted: string): Promise<Wanted> {
  const alias = caseAlias(deps.keys, person.tenantId, wanted);
  const number = readRecordNumber(wanted);
  const [filed, stored] = await Promise.all([
    deps.records.findCaseKey(alias),
    number === undefined ? undefined : findRecord(deps, number),
  ]);
  const caseKey = stored === undefined ? filed : caseOf(owned(stored));
  return { place: caseKey ?? alias, isThere: caseKey !== undefined, subject: caseKey ?? number ?? alias };
}

/** Whether somebody may see every record of a case for what they are, without urgent access. */
async function seesAll(rights: Rights, person: Person, records: readonly StoredVersion[]): Promise<boolean> {
  const access = accessOf(rights, person);
  const footings = await Promise.all(records.map((stored) => access.footing('record.open', owned(stored))));
  return footings.every((footing) => footing?.kind === 'standing');
}

async function give(deps: UrgentDeps, person: Person, ask: Ask, { caseKey, teams }: CaseFacts) {
  const at = deps.clock.now();
  const grantId = derivedId('urgent', person.id, caseKey, ask.askId);
  const held = await deps.cases.grantById(grantId);
  if (held !== undefined) return held.until > at ? 'given' : 'ended';
  const until = new Date(Date.parse(at) + HOUR_MS).toISOString();
  const told = await responsibleFor(deps, teams, person);
  await Promise.all([
    deps.access.append({
      at,
      personId: person.id,
      action: 'urgent.granted',
      subject: `${caseKey} ${grantId}`,
      grantId,
    }),
    deps.notices.queue(urgentNotices('urgentAccess', grantId, told, at)),
  ]);
  // Last, for from here on the case is open: whatever fails before, nobody saw anything of which others do not hear.
  const grant = { grantId, personId: person.id, caseKey, until, at, reason: ask.reason };
  await deps.cases.grant(packGrant(deps.keys, grant));
  return 'given';
}

/** The managers of the case teams and the records officers, each once, and never the one who asks. */
async function responsibleFor(
  { directory }: Pick<Rights, 'directory'>,
  teams: CaseFacts['teams'],
  asker: Person,
): Promise<readonly Audience[]> {
  const managers = await Promise.all(teams.map(({ teamId }) => directory.managersOf(teamId)));
  const people = [...managers.flat(), ...(await directory.recordsOfficers())].map(({ id }) => id);
  const ids = new Set(people.filter((id) => id !== asker.id));
  // With nobody to tell, the operator hears of it when it is to be sent.
  return ids.size === 0 ? [{ kind: 'recordsOfficers' }] : [...ids].map((personId) => ({ kind: 'person', personId }));
}

/**
 * Writes down that nothing was opened. The people whom a restriction names are to be told; all is written at once, so that
 * it takes as long where there is nobody to tell.
 */
async function refuse(
  deps: UrgentDeps,
  person: Person,
  { askId, reason }: Ask,
  { place, subject }: Wanted,
  restriction: Restriction | undefined,
): Promise<void> {
  const at: Instant = deps.clock.now();
  const grantId = derivedId('urgent.refused', person.id, place, askId);
  const told = (restriction?.people ?? []).map((personId): Audience => ({ kind: 'person', personId }));
  // It ends as it begins: it opens nothing, and keeps the reason for those who are told.
  const attempt = packGrant(deps.keys, { grantId, personId: person.id, caseKey: place, at, until: at, reason });
  await Promise.all([
    deps.access.append({ at, personId: person.id, action: 'urgent.refused', subject }),
    deps.notices.queue(urgentNotices('restrictedAsked', grantId, told, at)),
    ...(told.length === 0 ? [] : [deps.cases.grant(attempt)]),
  ]);
  await slowed(deps, person);
}
