import assert from 'node:assert/strict';
import { simulate, type Simulated } from './simulation.ts';

/** Seeds are counted from `SIMULATION_FROM`: one that failed is played again with that and `SIMULATION_SEEDS=1`. */
const SEEDS = Number(process.env.SIMULATION_SEEDS ?? '300');
const FIRST = Number(process.env.SIMULATION_FROM ?? '1');
const IN_A_TEST = 25;
/** Ten times what a year takes on a double of Cosmos DB on a machine that is busy; on SQLite it is a second. */
const A_YEAR_MS = 300_000;

/** Days and times are judged by another clock and another list than the bot's own. */
const LONDON = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short' });
const BANK_HOLIDAYS: readonly string[] = [
  ...['2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
  ...['2027-01-01', '2027-03-26', '2027-03-29'],
];
const WEEKEND: readonly number[] = [0, 6];

describe('a simulated year of nudges', function () {
  this.timeout(A_YEAR_MS * Math.min(SEEDS, IN_A_TEST));

  for (let from = FIRST; from < FIRST + SEEDS; from += IN_A_TEST) {
    const last = Math.min(from + IN_A_TEST, FIRST + SEEDS) - 1;
    it(`seeds ${from} to ${last}: one card a day, at its time, of what is open, and nothing is forgotten`, async () => {
      const years: Simulated[] = [];
      for (let seed = from; seed <= last; seed += 1) {
        const year = await simulate(seed);
        holds(seed, year);
        years.push(year);
      }
      if (years.length === IN_A_TEST) areEventful(years);
    });
  }
});

function holds(seed: number, { delivered, missed, left }: Simulated): void {
  const again = `seed ${seed} (SIMULATION_FROM=${seed} SIMULATION_SEEDS=1 plays it again)`;
  const days = new Set<string>();
  for (const { personId, at, closed } of delivered) {
    const [day = '', time = ''] = LONDON.format(new Date(at)).split(' ');
    assert.ok(!days.has(`${personId} ${day}`), `${again}: ${personId} was sent two cards on ${day}`);
    days.add(`${personId} ${day}`);
    const isFree = WEEKEND.includes(new Date(day).getUTCDay()) || BANK_HOLIDAYS.includes(day);
    assert.ok(!isFree, `${again}: a card on ${day}`);
    assert.ok(time >= '09:00' && time < '17:30', `${again}: a card at ${time} on ${day}`);
    assert.deepEqual(closed, [], `${again}: a card about what was closed`);
  }
  assert.deepEqual(missed, [], `${again}: items in nobody's card`);
  assert.deepEqual(left, [], `${again}: cards that nobody took up`);
}

/** Years in which little happens would prove little; one by itself may be quiet. */
function areEventful(years: readonly Simulated[]): void {
  const inAYear = (count: (year: Simulated) => number): number =>
    years.reduce((sum, year) => sum + count(year), 0) / years.length;
  assert.ok(inAYear(({ delivered }) => delivered.length) > 150, 'too few cards');
  assert.ok(inAYear(({ crashes }) => crashes) > 8, 'too few crashes');
  assert.ok(inAYear(({ faults }) => faults) > 25, 'too few faults of sending');
}
