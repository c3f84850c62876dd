import assert from 'node:assert/strict';
import { dateOf, timeOf } from '../../../src/londonTime.ts';
import { isWorkingDay } from '../../../src/workingDays.ts';
import { simulate, type Simulated } from './simulation.ts';

/** Seeds are counted from `SIMULATION_FROM`: one that failed is played again with that and `SIMULATION_SEEDS=1`. */
const SEEDS = Number(process.env.SIMULATION_SEEDS ?? '300');
const FIRST = Number(process.env.SIMULATION_FROM ?? '1');
const IN_A_TEST = 25;

describe('a simulated year of nudges', function () {
  this.timeout(60_000 + SEEDS * 5_000);

  for (let from = FIRST; from < FIRST + SEEDS; from += IN_A_TEST) {
    const last = Math.min(from + IN_A_TEST, FIRST + SEEDS) - 1;
    it(`seeds ${from} to ${last}: one card a day, at its time, of what is open, and nothing is forgotten`, async () => {
      for (let seed = from; seed <= last; seed += 1) holds(seed, await simulate(seed));
    });
  }
});

function holds(seed: number, { delivered, missed, crashes, faults }: Simulated): void {
  const again = `seed ${seed} (SIMULATION_FROM=${seed} SIMULATION_SEEDS=1 plays it again)`;
  const days = new Set<string>();
  for (const { personId, at, closed } of delivered) {
    const [day, time] = [dateOf(at), timeOf(at)];
    assert.ok(!days.has(`${personId} ${day}`), `${again}: ${personId} was sent two cards on ${day}`);
    days.add(`${personId} ${day}`);
    assert.ok(isWorkingDay(day), `${again}: a card on ${day}`);
    assert.ok(time >= '09:00' && time < '17:30', `${again}: a card at ${time} on ${day}`);
    assert.deepEqual(closed, [], `${again}: a card about what was closed`);
  }
  assert.deepEqual(missed, [], `${again}: items in nobody's card`);
  // A year in which little happens would prove little.
  assert.ok(delivered.length > 50 && crashes > 2 && faults > 5, `${again}: ${delivered.length}, ${crashes}, ${faults}`);
}
