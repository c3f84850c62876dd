import { caseFacts, caseOf, readGrant, type CaseDeps, type CaseFacts, type Grant } from './caseFacts.ts';
import type { Purpose } from './drafts.ts';
import type { Instant } from './fields.ts';
import type { Overseers } from './ports.ts';
import { signingAs, type Person } from './people.ts';
import type { Clock, Directory, VersionHeader } from './ports.ts';

/** What a person may be to a record. */
export type Relation =
  | 'author'
  | 'managerOfAuthor'
  | 'managerOfTeam'
  | 'otherManagerOfTeam'
  | 'recordsOfficer'
  /** Practitioner or manager of a team of its case, or of the team that it was recorded for. */
  | 'team'
  /** Its open items are in their list today: they stand in for its manager, or an item went further up. */
  | 'overseer'
  /** They gave a reason, and hold urgent access to its case for an hour. */
  | 'urgent';

/** What can be asked of a record that exists. */
export type RecordAction =
  | 'record.open'
  | 'record.copyText'
  | 'record.history'
  | 'record.complete'
  | 'record.addOutcome'
  | 'record.amend'
  | 'record.endorse'
  | 'record.comment'
  | 'record.link'
  | 'record.withdraw'
  | 'record.dispute';

/** The facts of a record on which rights depend; `caseKey` is the case file that it stands in. */
export type Owned = Pick<VersionHeader, 'recordId' | 'authorId' | 'teamId' | 'openItems' | 'linkedTo'> & {
  readonly caseKey: string;
};

/** All that rights are worked out from, afresh at every press. */
export interface Rights extends CaseDeps {
  readonly directory: Directory & Partial<Overseers>;
  readonly clock: Clock;
}

/** Nobody endorses, or comments on, a record of their own. Source: RK §1 (joint and endorsed decisions). */
const ENDORSERS: readonly Relation[] = ['managerOfAuthor', 'otherManagerOfTeam'];
const READERS: readonly Relation[] = [
  'author',
  'team',
  'managerOfAuthor',
  'managerOfTeam',
  'recordsOfficer',
  'overseer',
  'urgent',
];

/**
 * Who may do what with a record that exists, by what they are to it. Deny by default: what is not listed is refused, and
 * refused exactly as a record that does not exist.
 * Source: architecture, "Who may do what".
 */
const BY_RELATION: Readonly<Record<RecordAction, readonly Relation[]>> = {
  'record.open': READERS,
  'record.copyText': READERS,
  'record.history': READERS,
  'record.complete': ['author', 'managerOfTeam'],
  'record.addOutcome': ['author', 'team', 'managerOfAuthor', 'managerOfTeam', 'overseer'],
  'record.amend': ['author', 'managerOfTeam'],
  'record.endorse': ENDORSERS,
  'record.comment': ENDORSERS,
  'record.withdraw': ['author', 'managerOfTeam'],
  // Records without a case are listed for records officers, who also hear what people say of their own records.
  'record.link': ['author', 'managerOfTeam', 'recordsOfficer'],
  'record.dispute': ['author', 'managerOfTeam', 'recordsOfficer'],
};

/** What somebody must be allowed to do to make a version of this kind: at its beginning, at each press, and at its end. */
export const VERSION_RIGHTS = {
  completed: 'record.complete',
  outcome: 'record.addOutcome',
  amended: 'record.amend',
  endorsed: 'record.endorse',
  commented: 'record.comment',
  linked: 'record.link',
  withdrawn: 'record.withdraw',
  disputed: 'record.dispute',
} as const satisfies Readonly<Record<Exclude<Purpose, 'record'>, RecordAction>>;

/** Source: architecture, "Who may do what": practitioners and managers record; by their last known role if need be. */
export function mayRecord(person: Person): boolean {
  const { roles } = signingAs(person);
  return roles.includes('practitioner') || roles.includes('manager');
}

/** Source: architecture, "Who may do what": records without a case are listed for records officers. */
export function mayListUnlinked(person: Person): boolean {
  return person.roles.includes('recordsOfficer');
}

/** Source: architecture, "Who may do what": the access log is for records officers. */
export function mayReadAccessLog(person: Person): boolean {
  return person.roles.includes('recordsOfficer');
}

/** What can be asked of a case itself: of who may see it. */
export type CaseAction = 'case.addTeam' | 'case.restrict' | 'restriction.decide' | 'restriction.change';

/** What a person may be to a case. */
type CaseRelation =
  /** Manager of a case team; where the case is restricted, named as well. */
  | 'caseManager'
  /**
   * Manager of a case team, or of the team of the record whose author asks for the restriction, named or not; never whoever
   * asked for it.
   */
  | 'deciding'
  /** Manager, and named. */
  | 'namedManager'
  | 'recordsOfficer';

/**
 * Who may change who may see a case. Records officers need not be named for it: somebody must be able to name others when
 * all who are named have left. It shows them nothing of the case.
 * Source: architecture, "Who may do what"; project decision 0012.
 */
const BY_CASE_RELATION: Readonly<Record<CaseAction, readonly CaseRelation[]>> = {
  'case.addTeam': ['caseManager', 'recordsOfficer'],
  'case.restrict': ['caseManager', 'recordsOfficer'],
  'restriction.decide': ['deciding', 'recordsOfficer'],
  'restriction.change': ['namedManager', 'recordsOfficer'],
};

/** Whether a person may do this with a case, by what is known of it at this moment; never with one that is not known. */
export function mayWithCase(action: CaseAction, person: Person, facts: CaseFacts | undefined): boolean {
  if (facts === undefined) return false;
  const own = caseRelationsOf(person, facts);
  return BY_CASE_RELATION[action].some((relation) => own.includes(relation));
}

function caseRelationsOf(person: Person, facts: CaseFacts): readonly CaseRelation[] {
  const relations: CaseRelation[] = person.roles.includes('recordsOfficer') ? ['recordsOfficer'] : [];
  if (!person.roles.includes('manager')) return relations;
  const isOfCase = facts.teams.some(({ teamId }) => person.teamIds.includes(teamId));
  const asked = facts.restriction?.asked;
  if (isOfCase && isNamed(person, facts)) relations.push('caseManager');
  const isOfRecord = asked !== undefined && person.teamIds.includes(asked.teamId);
  if ((isOfCase || isOfRecord) && asked?.personId !== person.id) relations.push('deciding');
  if (facts.restriction?.people.includes(person.id) === true) relations.push('namedManager');
  return relations;
}

/** On what footing somebody may do something: as what they are, or for an hour. */
export type Footing = { readonly kind: 'standing' } | { readonly kind: 'urgent'; readonly grant: Grant };

/** What the access log notes beside an access: the grant without which there would be none. */
export function underGrant(footing: Footing | undefined): { readonly grantId?: string } {
  return footing?.kind === 'urgent' ? { grantId: footing.grant.grantId } : {};
}

/** What is shown beside it: until when. Absent for what is seen by standing. */
export function markedUntil(footing: Footing | undefined): { readonly urgentUntil?: Instant } {
  return footing?.kind === 'urgent' ? { urgentUntil: footing.grant.until } : {};
}

const STANDING: Footing = { kind: 'standing' };

/** What one person may do, for the length of one press: what was looked up once holds for all of its records. */
export interface Access {
  /** `undefined` when they may not. Source: architecture, "Who may do what". */
  footing(action: RecordAction, record: Owned): Promise<Footing | undefined>;
  /** Who may see a case, looked up once. `undefined` for one in which nothing was recorded yet. */
  facts(caseKey: string): Promise<CaseFacts | undefined>;
}

/** Whether a person may do this with that record, by what holds at this moment. */
export async function may(rights: Rights, action: RecordAction, person: Person, record: Owned): Promise<boolean> {
  return (await accessOf(rights, person).footing(action, record)) !== undefined;
}

/** The rights of one person. To be made anew for every press. */
export function accessOf(rights: Rights, person: Person): Access {
  const { directory, clock } = rights;
  const factsOf = once((caseKey) => caseFacts(rights, caseKey));
  const managerOf = once(async (authorId) => (await directory.person(authorId))?.managerId);
  const grantOf = once(async (caseKey): Promise<Grant | undefined> => {
    const [stored] = await rights.cases.grantsOf(person.id, caseKey, clock.now());
    return stored && readGrant(rights.keys, stored);
  });

  async function isStanding(action: RecordAction, record: Owned, facts: CaseFacts | undefined): Promise<boolean> {
    const own = BY_RELATION[action];
    if (relationsOf(person, record, facts).some((relation) => own.includes(relation))) return true;
    if (record.authorId === person.id) return false;
    if (own.includes('managerOfAuthor') && (await managerOf(record.authorId)) === person.id) return true;
    // Where nothing is open, nobody hears of it beyond those above.
    if (!own.includes('overseer') || record.openItems.length === 0 || directory.overseersOf === undefined) return false;
    return (await directory.overseersOf(record)).includes(person.id);
  }

  return {
    facts: factsOf,
    async footing(action, record) {
      // While the directory cannot be asked, nobody knows whose manager they are, or whether they still work here.
      if (person.asKnown !== undefined && record.authorId !== person.id) return undefined;
      const caseKey = caseOf(record);
      const facts = await factsOf(caseKey);
      if (!isNamed(person, facts)) return undefined;
      if (await isStanding(action, record, facts)) return STANDING;
      if (!BY_RELATION[action].includes('urgent')) return undefined;
      const grant = await grantOf(caseKey);
      return grant && { kind: 'urgent', grant };
    },
  };
}

/** Whether a case that only certain people may see names this one; true for every other case. */
export function isNamed(person: Person, facts: CaseFacts | undefined): boolean {
  return facts?.restriction === undefined || facts.restriction.people.includes(person.id);
}

/** Whether somebody is of a case team, or sees every case for the agency: then naming them opens its records. */
export function isOfCase(person: Person, { teams }: CaseFacts): boolean {
  if (person.roles.includes('recordsOfficer')) return true;
  return mayRecord(person) && teams.some(({ teamId }) => person.teamIds.includes(teamId));
}

/** Looks each thing up once. */
function once<T>(look: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const found = known.get(key) ?? look(key);
    known.set(key, found);
    return found;
  };
}

/** What a person is to a record by their own standing, without asking who its author is. */
function relationsOf(person: Person, record: Owned, facts: CaseFacts | undefined): readonly Relation[] {
  const relations: Relation[] = [];
  if (record.authorId === person.id) relations.push('author');
  if (person.roles.includes('manager') && person.teamIds.includes(record.teamId)) {
    relations.push('managerOfTeam');
    if (record.authorId !== person.id) relations.push('otherManagerOfTeam');
  }
  const caseTeams = facts?.teams.map(({ teamId }) => teamId) ?? [];
  if (mayRecord(person) && person.teamIds.some((id) => id === record.teamId || caseTeams.includes(id))) {
    relations.push('team');
  }
  if (person.roles.includes('recordsOfficer')) relations.push('recordsOfficer');
  return relations;
}
