import type { Instant } from '../../../src/fields.ts';
import type { NudgingDeps } from '../../../src/nudging/sweep.ts';
import type { Person } from '../../../src/people.ts';
import type { Directory } from '../../../src/ports.ts';
import type { Stores } from '../../../src/storePorts.ts';
import { aStoreOfItsOwn } from '../aStoreOfItsOwn.ts';
import { aPerson, TENANT } from '../aBench.ts';

export const AUTHORS = ['ann', 'ben', 'cai'] as const;
const HEAD = aPerson({
  id: 'head',
  name: 'Head',
  managerId: undefined,
  roles: ['manager'],
  teamIds: ['north', 'south'],
});
export const LEADS = ['lea', 'lou'].map((id) =>
  aPerson({ id, name: id, managerId: 'head', roles: ['manager'], teamIds: ['north'] }),
);
const PEOPLE: readonly Person[] = [
  ...AUTHORS.map((id, nth) => aPerson({ id, name: id, managerId: nth < 2 ? 'lea' : 'lou', teamIds: ['north'] })),
  ...LEADS,
  HEAD,
  aPerson({ id: 'rob', name: 'Rob', managerId: 'head', teamIds: [], roles: ['recordsOfficer'] }),
];

const DIRECTORY: Directory = {
  person: async (id) => PEOPLE.find((person) => person.id === id),
  lastKnown: async (id) => PEOPLE.find((person) => person.id === id),
  reportsOf: async () => [],
  team: async () => undefined,
  teamNamed: async () => undefined,
  recordsOfficers: async () => PEOPLE.filter(({ roles }) => roles.includes('recordsOfficer')),
  managersOf: async (teamId) =>
    PEOPLE.filter(({ roles, teamIds }) => roles.includes('manager') && teamIds.includes(teamId)),
  personNamed: async () => undefined,
};

/** A card that went out. */
export interface Delivered {
  readonly personId: string;
  readonly at: Instant;
  readonly numbers: readonly string[];
  /** Of these, the ones whose record had been closed before that moment. */
  readonly closed: readonly string[];
}

/** What a year plays in, and what has come of it so far. */
export interface World {
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

/** A world in which nothing was done yet. Whoever asks for it closes its stores. */
export async function aWorld(seed: number, now: Instant): Promise<World> {
  const stores = await aStoreOfItsOwn(TENANT);
  return {
    ...{ stores, random: chance(seed), now, faultsOn: true },
    ...{ records: 0, crashes: 0, faults: 0, closedAt: new Map(), delivered: [], left: [] },
  };
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

export function pick<T>(world: World, from: readonly T[]): T {
  const found = from[Math.floor(world.random() * from.length)];
  if (found === undefined) throw new Error('There is nothing to pick from');
  return found;
}

/** What nudging reads and writes, where nothing fails. */
export function nudgingIn(world: World): NudgingDeps {
  const { nudges, open, drafts } = world.stores;
  const clock = { now: () => world.now };
  return { nudges, open, drafts, directory: DIRECTORY, clock, rules: { escalateAfterDays: 5 } };
}
