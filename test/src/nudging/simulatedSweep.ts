import { sweepNudges, type NudgeSender, type NudgeSent, type SweepDeps } from '../../../src/nudging/sweep.ts';
import type { Person } from '../../../src/people.ts';
import { closeOne, recordIdOf } from './simulatedWork.ts';
import { nudgingIn, type World } from './simulatedWorld.ts';

/** Longer than a pause is, so that what one instance closes meanwhile can be told from the same moment. */
const PAUSE_MS = 20_000;

/** Thrown where a process would have died. */
class Died extends Error {}

/** Has one instance sweep: whether it lived to the end of that. */
export async function oneInstance(world: World): Promise<boolean> {
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
  const whole = nudgingIn(world);
  const { nudges } = whole;
  const sender: NudgeSender = {
    send: (person, _counts, numbers) => living(() => deliver(world, person, numbers)),
  };
  return {
    ...whole,
    isDead: () => isDead,
    nudges: {
      ...nudges,
      create: (nudge) => living(() => nudges.create(nudge)),
      save: (nudge) => living(() => nudges.save(nudge)),
      saveItem: (item) => living(() => nudges.saveItem(item)),
    },
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
