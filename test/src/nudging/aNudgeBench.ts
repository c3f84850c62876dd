import assert from 'node:assert/strict';
import type { Instant, LocalDate } from '../../../src/fields.ts';
import { instantOf } from '../../../src/londonTime.ts';
import type { ItemState, NudgeCounts, NudgeStore } from '../../../src/nudgePorts.ts';
import type { ActingDeps } from '../../../src/nudging/acting.ts';
import type { OpenFact } from '../../../src/nudging/facts.ts';
import { overseers } from '../../../src/nudging/overseers.ts';
import { sweepNudges, type NudgeSent, type SweepDeps } from '../../../src/nudging/sweep.ts';
import type { Person } from '../../../src/people.ts';
import { foldWords } from '../../../src/placeholders.ts';
import type { AccessEntry, Directory, DraftStore, OpenItem, VersionHeader } from '../../../src/ports.ts';
import type { Stores } from '../../../src/storePorts.ts';
import { aStoreOfItsOwn } from '../aStoreOfItsOwn.ts';
import { aPerson, KEYS, TENANT } from '../aBench.ts';
import { aCommit } from '../stores/contract/builders.ts';

/** An author, three managers above one another, a colleague and a records officer. */
export const ANN = aPerson({ id: 'ann', name: 'Ann Invented', managerId: 'mo' });
export const BEN = aPerson({ id: 'ben', name: 'Ben Imaginary', managerId: 'mo' });
export const MO = aPerson({ id: 'mo', name: 'Mo Pretend', managerId: 'zed', roles: ['manager'] });
export const ZED = aPerson({ id: 'zed', name: 'Zed Madeup', managerId: 'top', roles: ['manager'], teamIds: [] });
const { managerId: _, ...unmanaged } = aPerson({ id: 'top', name: 'Topaz Fable', roles: ['manager'], teamIds: [] });
export const TOP: Person = unmanaged;
export const ROB = aPerson({
  ...{ id: 'rob', name: 'Rob Fictional', managerId: 'zed' },
  ...{ teamIds: [], roles: ['recordsOfficer'] },
});
export const EVERYBODY: readonly Person[] = [ANN, BEN, MO, ZED, TOP, ROB];

export function without(...ids: readonly string[]): readonly Person[] {
  return EVERYBODY.filter(({ id }) => !ids.includes(id));
}

/** Everybody, with some of them changed. */
export function changed(...people: readonly Person[]): readonly Person[] {
  return EVERYBODY.map((person) => people.find(({ id }) => id === person.id) ?? person);
}

export function aDirectory(people: readonly Person[] = EVERYBODY): Directory {
  return {
    person: async (id) => people.find((person) => person.id === id),
    lastKnown: async (id) => people.find((person) => person.id === id),
    reportsOf: async (id) => people.filter(({ managerId }) => managerId === id),
    team: async () => undefined,
    teamNamed: async () => undefined,
    recordsOfficers: async () => people.filter(({ roles }) => roles.includes('recordsOfficer')),
    managersOf: async (teamId) =>
      people.filter(({ roles, teamIds }) => roles.includes('manager') && teamIds.includes(teamId)),
    personNamed: async (name) => {
      const named = people.filter((person) => foldWords(person.name) === foldWords(name));
      return named.length === 1 ? named[0] : undefined;
    },
  };
}

/** The outcome of Ann's record, due on Monday 23 November 2026. */
export function aFact(wanted: Partial<OpenFact> = {}): OpenFact {
  return {
    ...{
      recordId: 'r1',
      caseKey: 'case r1',
      homeCaseKey: 'case r1',
      number: 'SL r1',
      kind: 'outcome',
      dueOn: '2026-11-23',
    },
    ...{ contactAt: '2026-11-16T10:00:00.000Z', authorId: 'ann', teamId: 'team-north' },
    ...wanted,
  };
}

export function aState(wanted: Partial<ItemState> = {}): ItemState {
  return { recordId: 'r1', kind: 'outcome', pausedDays: 0, revision: 1, ...wanted };
}

/** A card that was handed to Teams. */
export interface Handed {
  readonly personId: string;
  readonly at: Instant;
  readonly counts: NudgeCounts;
  readonly numbers: readonly string[];
}

export interface NudgeBench {
  readonly stores: Stores;
  readonly deps: SweepDeps & ActingDeps & { readonly drafts: DraftStore };
  readonly handed: readonly Handed[];
  /** What the sweeps said had failed. */
  readonly codes: readonly string[];
  readonly access: readonly AccessEntry[];
  /** What Teams answers to the next cards; it takes them when there is nothing here. */
  readonly answers: (NudgeSent | (() => Promise<NudgeSent>))[];
  setPeople(people: readonly Person[]): void;
  setEscalation(afterDays: number): void;
  /** Sets the clock to a London date and time. */
  at(day: LocalDate, time?: string): void;
  /** Lets a sweep happen, at nine on that day unless told otherwise, and answers with who was handed a card by it. */
  sweep(day?: LocalDate, time?: string): Promise<readonly string[]>;
  /** Makes a record, or another version of it, with these open items. */
  record(recordId: string, openItems: readonly OpenItem[], wanted?: Partial<VersionHeader>): Promise<void>;
  close(): Promise<void>;
}

/** Over an empty store of its own, unless there is another; `wrap` puts something before the store. */
export interface NudgeBenchOptions {
  readonly wrap?: (nudges: NudgeStore) => Partial<NudgeStore>;
  readonly stores?: Stores | undefined;
}

/** What nudging needs over a store, on Monday 23 November 2026 at nine. */
export async function aNudgeBench(options: NudgeBenchOptions = {}): Promise<NudgeBench> {
  const stores = options.stores ?? (await aStoreOfItsOwn(TENANT));
  let directory = aDirectory();
  let now = '2026-11-23T09:00:00.000Z';
  const [handed, codes, access, answers]: [Handed[], string[], AccessEntry[], NudgeBench['answers']] = [[], [], [], []];
  const rules = { escalateAfterDays: 5 };
  const clock = { now: () => now };
  const people: Directory = {
    person: (id) => directory.person(id),
    lastKnown: (id) => directory.lastKnown(id),
    reportsOf: (id) => directory.reportsOf(id),
    team: (id) => directory.team(id),
    teamNamed: (name) => directory.teamNamed(name),
    recordsOfficers: () => directory.recordsOfficers(),
    managersOf: (teamId) => directory.managersOf(teamId),
    personNamed: (name) => directory.personNamed(name),
  };
  const deps: NudgeBench['deps'] = {
    ...{ open: stores.open, drafts: stores.drafts, cases: stores.cases, keys: KEYS, rules, clock },
    nudges: { ...stores.nudges, ...options.wrap?.(stores.nudges) },
    access: { append: async (entry) => void access.push(entry) },
    directory: { ...people, ...overseers({ nudges: stores.nudges, directory: people, clock }, rules) },
    sender: {
      async send({ id }, counts, numbers) {
        handed.push({ personId: id, at: now, counts, numbers });
        const answer = answers.shift() ?? { kind: 'sent' };
        return typeof answer === 'function' ? answer() : answer;
      },
    },
    pause: async () => undefined,
  };
  const at: NudgeBench['at'] = (day, time = '09:00') => {
    const instant = instantOf(day, time);
    assert.ok(instant !== undefined, `${day} ${time}`);
    now = instant;
  };
  return {
    ...{ stores, deps, handed, codes, access, answers, at },
    setPeople: (people) => void (directory = aDirectory(people)),
    setEscalation: (afterDays) => void (rules.escalateAfterDays = afterDays),
    async sweep(day, time) {
      if (day !== undefined) at(day, time);
      const before = handed.length;
      await sweepNudges(deps, (code) => codes.push(code));
      return handed.slice(before).map(({ personId }) => personId);
    },
    async record(recordId, openItems, wanted = {}) {
      const head = await stores.records.head(`case ${recordId}`);
      const version = (await stores.records.latest(`case ${recordId}`, recordId))?.header.version ?? 0;
      const given = { authorId: 'ann', teamId: 'team-north', number: `SL ${recordId}`, savedAt: now, ...wanted };
      const made = await stores.records.commit(
        aCommit(head, { ...given, recordId, version: version + 1, openItems, contactAt: now }),
      );
      assert.equal(made, 'committed');
    },
    close: () => stores.close(),
  };
}

/** The outcome of a record, due on a day. */
export function outcomeDue(due: LocalDate): readonly OpenItem[] {
  return [{ kind: 'outcome', due }];
}
