// @ts-check
import { announce } from './announcer.js';
import { byId } from './dom.js';
import { fetchClock, moveClock } from './localApi.js';
import { inputMoment, longMoment, shortDayOf, shortMoment, timeOfDay } from './londonClock.js';
/** @import { ClockReading } from './wire.js' */

const TICK_MS = 5_000;

/** Wires the clock in the header: it shows the bot's time in London and moves it forward. */
export function createClockPanel() {
  const button = byId('clockButton', HTMLButtonElement);
  const dialog = byId('clockDialog', HTMLDialogElement);
  const moment = byId('clockMoment', HTMLInputElement);
  const problem = byId('clockProblem', HTMLElement);
  const morning = byId('clockMorning', HTMLButtonElement);
  const controls = [morning, byId('clockHour', HTMLButtonElement), byId('clockMove', HTMLButtonElement)];
  let aheadMs = 0;
  /** @type {string | undefined} */
  let nextMorning;

  const now = () => Date.now() + aheadMs;

  function draw() {
    byId('clockShort', HTMLElement).textContent = shortMoment(now());
    byId('clockTime', HTMLElement).textContent = timeOfDay(now());
    byId('clockNow', HTMLElement).textContent = longMoment(now());
  }

  /** @param {ClockReading} reading */
  function take(reading) {
    aheadMs = Date.parse(reading.now) - Date.now();
    nextMorning = reading.nextWorkingMorning ?? nextMorning;
    morning.textContent = nextMorning === undefined ? 'Next working day, 9:00' : `Next working day, 9:00 (${shortDayOf(nextMorning)})`;
    draw();
  }

  /** @param {Parameters<typeof moveClock>[0]} wish */
  async function move(wish) {
    problem.textContent = '';
    for (const control of controls) control.disabled = true;
    const outcome = await moveClock(wish);
    for (const control of controls) control.disabled = false;
    if (outcome.kind === 'failed') {
      problem.textContent = outcome.why;
      return;
    }
    take(outcome.value);
    dialog.close();
    announce(`The clock now says ${longMoment(now())}`);
  }

  async function read() {
    const outcome = await fetchClock();
    if (outcome.kind === 'ok') take(outcome.value);
  }

  button.addEventListener('click', () => {
    problem.textContent = '';
    moment.value = inputMoment(now() + 3_600_000);
    dialog.showModal();
    void read();
  });
  byId('clockClose', HTMLButtonElement).addEventListener('click', () => dialog.close());
  morning.addEventListener('click', () => {
    if (nextMorning !== undefined) void move({ now: nextMorning });
  });
  byId('clockHour', HTMLButtonElement).addEventListener('click', () => void move({ advance: 'PT1H' }));
  byId('clockForm', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    if (moment.value === '') problem.textContent = 'Choose a date and a time to move to.';
    else void move({ london: moment.value.slice(0, 16) });
  });
  setInterval(draw, TICK_MS);
  void read();
  return { take, read };
}
