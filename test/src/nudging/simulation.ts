import { addDays, dateOf, instantOf } from '../../../src/londonTime.ts';
import type { LocalDate } from '../../../src/fields.ts';
import { factsOf, stateKey } from '../../../src/nudging/facts.ts';
import { isOpenAt, planOf } from '../../../src/nudging/sweep.ts';
import type { Nudge } from '../../../src/nudgePorts.ts';
import { isWorkingDay } from '../../../src/workingDays.ts';
import { oneInstance } from './simulatedSweep.ts';
import { somethingHappens } from './simulatedWork.ts';
import { aWorld, nudgingIn, type Delivered, type World } from './simulatedWorld.ts';

export interface Simulated {
  readonly delivered: readonly Delivered[];
  /** Items that were due after the faults had stopped and stood in nobody's card on that day. */
  readonly missed: readonly string[];
  /** Cards that whoever had claimed them had died with, or whose wait was over, and that no instance took up again. */
  readonly left: readonly string[];
  readonly crashes: number;
  readonly faults: number;
}

const FROM: LocalDate = '2026-03-16';
const DAYS = 380;
const QUIET_DAYS = 12;
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
  const world = await aWorld(seed, `${FROM}T00:00:00.000Z`);
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
    await world.stores.close();
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
  const plan = await planOf(nudgingIn(world), day);
  return late.filter(({ personId }) => plan.has(personId));
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
