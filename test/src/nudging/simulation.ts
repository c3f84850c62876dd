import { addDays, dateOf, instantOf } from '../../../src/londonTime.ts';
import type { LocalDate, Instant } from '../../../src/fields.ts';
import { factsOf, stateKey } from '../../../src/nudging/facts.ts';
import { snooze } from '../../../src/nudging/acting.ts';
import {
  isOpenAt,
  planOf,
  sweepNudges,
  type NudgeSender,
  type NudgeSent,
  type SweepDeps,
} from '../../../src/nudging/sweep.ts';
import { overseers } from '../../../src/nudging/overseers.ts';
import type { Nudge } from '../../../src/nudgePorts.ts';
import type { Person } from '../../../src/people.ts';
import type { OpenItem } from '../../../src/ports.ts';
import type { Stores } from '../../../src/storePorts.ts';
import { aStoreOfItsOwn } from '../aStoreOfItsOwn.ts';
import { isWorkingDay } from '../../../src/workingDays.ts';
import { aPerson, KEYS, TENANT } from '../aBench.ts';
import { aCommit } from '../stores/contract/builders.ts';

const AUTHORS = ['ann', 'ben', 'cai'] as const;
const HEAD = aPerson({
  id: 'head',
  name: 'Head',
  managerId: undefined,
  roles: ['manager'],
  teamIds: ['north', 'south'],
});
const LEADS = ['lea', 'lou'].map((id) =>
  aPerson({ id, name: id, managerId: 'head', roles: ['manager'], teamIds: ['north'] }),
);
const PEOPLE: readonly Person[] = [
  ...AUTHORS.map((id, nth) => aPerson({ id, name: id, managerId: nth < 2 ? 'lea' : 'lou', teamIds: ['north'] })),
  ...LEADS,
  HEAD,
  aPerson({ id: 'rob', name: 'Rob', managerId: 'head', teamIds: [], roles: ['recordsOfficer'] }),
];

/** A card that went out. */
export interface Delivered {
  readonly personId: string;
  readonly at: Instant;
  readonly numbers: readonly string[];
  /** Of these, the ones whose record had been closed before that moment. */
  readonly closed: readonly string[];
}

export interface Simulated {
  readonly delivered: readonly Delivered[];
  /** Items that were due after the faults had stopped and stood in nobody's card on that day. */
  readonly missed: readonly string[];
  /** Cards that whoever had claimed them had died with, or whose wait was over, and that no instance took up again. */
  readonly left: readonly string[];
  readonly crashes: number;
  readonly faults: number;
}

/** A stream of numbers from 0 up to 1 that a seed fixes. Source: the mulberry32 generator, public domain. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Thrown where a process would have died. */
class Died extends Error {}

interface World {
  readonly stores: Stores;
  readonly random: () => number;
  now: Instant;
  faultsOn: boolean;
  records: number;
  crashes: number;
  faults: number;
  readonly closedAt: Map<string, Instant>;
  readonly delivered: Delivered[];
  readonly left: string[];
}

const FROM: LocalDate = '2026-03-16';
const DAYS = 380;
const QUIET_DAYS = 12;
/** Longer than a pause is, so that what one instance closes meanwhile can be told from the same moment. */
const PAUSE_MS = 20_000;
/** After this, a card is taken from whoever claimed it. */
const CLAIM_MS = 5 * 60_000;

const TICKS = ['08:59', '09:00', '09:01', '11:30', '16:00', '17:29', '17:30', '20:00'] as const;

/** The days and their ticks, the same for every seed. */
const CALENDAR = Array.from({ length: DAYS }, (_, nth) => {
  const day = addDays(FROM, nth);
  return { day, ticks: TICKS.map((time) => ({ time, at: instantOf(day, time) })) };
});

/** A year of three instances that crash, sends that fail, records that come and are closed; the same for the same seed. */
export async function simulate(seed: number): Promise<Simulated> {
  const stores = await aStoreOfItsOwn(TENANT);
  const world: World = {
    ...{ stores, random: chance(seed), now: `${FROM}T00:00:00.000Z`, faultsOn: true },
    ...{ records: 0, crashes: 0, faults: 0, closedAt: new Map(), delivered: [], left: [] },
  };
  const missed: string[] = [];
  try {
    for (const [nth, { day, ticks }] of CALENDAR.entries()) {
      world.faultsOn = nth < DAYS - QUIET_DAYS;
      await liveThrough(world, day, ticks);
      if (nth >= DAYS - QUIET_DAYS + 3) missed.push(...(await missedOn(world, day)));
    }
    const { delivered, left, crashes, faults } = world;
    return { delivered, missed, left, crashes, faults };
  } finally {
    await stores.close();
  }
}

async function liveThrough(world: World, day: LocalDate, ticks: (typeof CALENDAR)[number]['ticks']): Promise<void> {
  for (const { time, at } of ticks) {
    if (at === undefined) continue;
    world.now = at;
    if (time === '08:59' || time === '11:30') await somethingHappens(world, day);
    // Most days have little to say: only some ticks are played at all hours.
    if (time !== '09:00' && world.random() < 0.65) continue;
    const before = await toTakeUp(world, day);
    const lived = await Promise.all([0, 1, 2].map(() => oneInstance(world)));
    if (before.length === 0 || !lived.includes(true)) continue;
    const after = await toTakeUp(world, day);
    const isLeft = (nudge: Nudge): boolean =>
      before.some(({ personId, revision }) => personId === nudge.personId && revision === nudge.revision);
    world.left.push(...after.filter(isLeft).map(({ personId, status }) => `${day} ${time} ${personId} ${status}`));
  }
}

/** Cards of today that the next sweep has to go on with, by whomever they were begun. */
async function toTakeUp(world: World, day: LocalDate): Promise<readonly Nudge[]> {
  const isOlder = ({ changedAt }: Nudge, ms: number): boolean => Date.parse(world.now) - Date.parse(changedAt) >= ms;
  const isLate = (nudge: Nudge): boolean =>
    (nudge.status === 'claimed' && isOlder(nudge, CLAIM_MS)) ||
    (nudge.status === 'waiting' && (nudge.retryAt ?? '') <= world.now);
  const late = isOpenAt(world.now) ? (await world.stores.nudges.ofDay(day)).filter(isLate) : [];
  if (late.length === 0) return [];
  const plan = await planOf(depsOf({ ...world, faultsOn: false }), day);
  return late.filter(({ personId }) => plan.has(personId));
}

/** Whether it lived to the end of its sweep. */
async function oneInstance(world: World): Promise<boolean> {
  const deps = depsOf(world);
  try {
    await sweepNudges(deps, () => undefined);
  } catch (error) {
    if (!(error instanceof Died)) throw error;
  }
  return !deps.isDead();
}

/** The dependencies of one sweep of one instance; it may die at any of its calls, and then makes no other. */
function depsOf(world: World): SweepDeps & { readonly isDead: () => boolean } {
  let isDead = false;
  const diesAt = world.faultsOn && world.random() < 0.2 ? Math.floor(world.random() * 25) : Infinity;
  let calls = 0;
  const living = async <T>(call: () => Promise<T>): Promise<T> => {
    if (isDead) throw new Died();
    if (calls++ >= diesAt) {
      isDead = true;
      world.crashes += 1;
      throw new Died();
    }
    return call();
  };
  const { nudges, open, drafts } = world.stores;
  const sender: NudgeSender = {
    send: (person, _counts, numbers) => living(() => deliver(world, person, numbers)),
  };
  return {
    isDead: () => isDead,
    nudges: {
      ...nudges,
      create: (nudge) => living(() => nudges.create(nudge)),
      save: (nudge) => living(() => nudges.save(nudge)),
      saveItem: (item) => living(() => nudges.saveItem(item)),
    },
    open,
    drafts,
    directory: {
      person: async (id) => PEOPLE.find((person) => person.id === id),
      reportsOf: async () => [],
      team: async () => undefined,
      teamNamed: async () => undefined,
      recordsOfficers: async () => PEOPLE.filter(({ roles }) => roles.includes('recordsOfficer')),
      managersOf: async (teamId) =>
        PEOPLE.filter(({ roles, teamIds }) => roles.includes('manager') && teamIds.includes(teamId)),
      personNamed: async () => undefined,
    },
    clock: { now: () => world.now },
    rules: { escalateAfterDays: 5 },
    sender,
    // Others close records while a sweep is under way.
    pause: async () => {
      world.now = new Date(Date.parse(world.now) + PAUSE_MS).toISOString();
      if (world.faultsOn && world.random() < 0.1) await closeOne(world);
    },
  };
}

async function deliver(world: World, person: Person, numbers: readonly string[]): Promise<NudgeSent> {
  const roll = world.faultsOn ? world.random() : 1;
  if (roll < 0.06) return fault(world, { kind: 'later', seconds: 60 * Math.floor(1 + world.random() * 300) });
  if (roll < 0.09) return fault(world, { kind: 'unreachable' });
  if (roll < 0.12) return fault(world, { kind: 'failed' });
  const closed: string[] = [];
  for (const number of numbers) {
    const closedAt = world.closedAt.get(recordIdOf(number));
    if (closedAt !== undefined && Date.parse(world.now) - Date.parse(closedAt) > PAUSE_MS) closed.push(number);
  }
  world.delivered.push({ personId: person.id, at: world.now, numbers, closed });
  return roll < 0.15 ? fault(world, { kind: 'failed' }) : { kind: 'sent' };
}

function fault(world: World, sent: NudgeSent): NudgeSent {
  world.faults += 1;
  return sent;
}

/** Records are made and closed, items put off, and people speak to the bot again. */
async function somethingHappens(world: World, day: LocalDate): Promise<void> {
  if (world.random() < 0.3) await record(world, day);
  if (world.random() < 0.3) await closeOne(world);
  if (world.random() < 0.05) await snoozeOne(world);
  if (!world.faultsOn || world.random() < 0.3) {
    for (const id of await world.stores.nudges.unreachable()) await world.stores.nudges.setReachable(id, true);
  }
}

const KINDS = ['outcome', 'receipt', 'familyTold', 'decision', 'basis'] as const;

async function record(world: World, day: LocalDate): Promise<void> {
  world.records += 1;
  const author = pick(world, AUTHORS);
  const openItems: OpenItem[] = [];
  for (const kind of KINDS) {
    if (openItems.length === 0 || world.random() < 0.2)
      openItems.push({ kind, due: addDays(day, Math.floor(world.random() * 20)) });
  }
  const recordId = `record-${String(world.records).padStart(6, '0')}`;
  await commit(world, recordId, 1, author, openItems);
}

async function closeOne(world: World): Promise<void> {
  const open = await world.stores.open.due('9999-12-31', { limit: 50 });
  if (open.length === 0) return;
  const { header } = pick(world, open);
  world.closedAt.set(header.recordId, world.now);
  await commit(world, header.recordId, header.version + 1, header.authorId, []);
}

async function snoozeOne(world: World): Promise<void> {
  const due = await world.stores.open.due(dateOf(world.now), { limit: 50 });
  if (due.length === 0) return;
  const fact = factsOf(pick(world, due))[0];
  const manager = pick(world, LEADS);
  if (fact === undefined) return;
  const nudging = depsOf({ ...world, faultsOn: false });
  const directory = { ...nudging.directory, ...overseers(nudging, nudging.rules) };
  const access = { append: async () => undefined };
  const deps = { ...nudging, directory, access, cases: world.stores.cases, keys: KEYS };
  await snooze(deps, manager, fact, pick(world, [1, 3, 5]), 'They are away until then');
}

async function commit(
  world: World,
  recordId: string,
  version: number,
  authorId: string,
  openItems: readonly OpenItem[],
): Promise<void> {
  const head = await world.stores.records.head(`case ${recordId}`);
  const wanted = { recordId, version, authorId, teamId: 'north', openItems, number: `SL ${recordId}` };
  await world.stores.records.commit(aCommit(head, { ...wanted, savedAt: world.now, contactAt: world.now }));
}

function recordIdOf(number: string): string {
  return number.slice('SL '.length);
}

/** Items that were due on a quiet working day and stood in nobody's card of that day. */
async function missedOn(world: World, day: LocalDate): Promise<readonly string[]> {
  if (!isWorkingDay(day)) return [];
  const told = new Set(world.delivered.filter(({ at }) => dateOf(at) === day).flatMap(({ numbers }) => numbers));
  const due = await world.stores.open.due(day, { limit: 500 });
  const states = new Map((await world.stores.nudges.items(due.map(({ header }) => header.recordId))).map((state) => [stateKey(state), state])); // prettier-ignore
  return (
    due
      // What was recorded today has its card tomorrow.
      .filter(({ header }) => dateOf(header.savedAt) < day)
      .flatMap(factsOf)
      .filter((fact) => fact.kind !== 'basis' && fact.dueOn <= day)
      .filter((fact) => (states.get(stateKey(fact))?.snoozedUntil ?? '') < day)
      .filter((fact) => !told.has(fact.number))
      .map((fact) => `${day} ${fact.number} ${fact.kind}`)
  );
}

function pick<T>(world: World, from: readonly T[]): T {
  const found = from[Math.floor(world.random() * from.length)];
  if (found === undefined) throw new Error('There is nothing to pick from');
  return found;
}
