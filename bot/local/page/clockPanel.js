// @ts-check
import { announce } from './announcer.js';
import { byId } from './dom.js';
import { fetchClock, moveClock } from './localApi.js';
import { inputMoment, longMoment, shortDayOf, shortMoment, timeOfDay } from './londonClock.js';
/** @import { ClockReading } from './wire.js' */

const TICK_MS = 5_000;
const HOUR_MS = 3_600_000;

/** The clock in the header: it shows the bot's time in London and moves it forward. */
export class ClockPanel {
  #dialog = byId('clockDialog', HTMLDialogElement);
  #moment = byId('clockMoment', HTMLInputElement);
  #problem = byId('clockProblem', HTMLElement);
  #morning = byId('clockMorning', HTMLButtonElement);
  #hour = byId('clockHour', HTMLButtonElement);
  #move = byId('clockMove', HTMLButtonElement);
  #aheadMs = 0;
  /** @type {string | undefined} */
  #nextMorning;

  constructor() {
    byId('clockButton', HTMLButtonElement).addEventListener('click', () => this.#open());
    byId('clockClose', HTMLButtonElement).addEventListener('click', () => this.#dialog.close());
    this.#morning.addEventListener('click', () => {
      if (this.#nextMorning !== undefined) void this.#moveTo({ now: this.#nextMorning });
    });
    this.#hour.addEventListener('click', () => void this.#moveTo({ advance: 'PT1H' }));
    byId('clockForm', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#moment.value === '') this.#problem.textContent = 'Choose a date and a time to move to.';
      else void this.#moveTo({ london: this.#moment.value.slice(0, 16) });
    });
    setInterval(() => this.#draw(), TICK_MS);
    void this.read();
  }

  /** Asks for the time again; what is shown stays when there is no answer. */
  async read() {
    const outcome = await fetchClock();
    if (outcome.kind === 'ok') this.#take(outcome.value);
  }

  #open() {
    this.#problem.textContent = '';
    this.#moment.value = inputMoment(this.#now() + HOUR_MS);
    this.#dialog.showModal();
    void this.read();
  }

  #now() {
    return Date.now() + this.#aheadMs;
  }

  /** @param {ClockReading} reading */
  #take(reading) {
    this.#aheadMs = Date.parse(reading.now) - Date.now();
    this.#nextMorning = reading.nextWorkingMorning;
    const day = reading.nextWorkingMorning === undefined ? '' : ` (${shortDayOf(reading.nextWorkingMorning)})`;
    this.#morning.textContent = `Next working day, 9:00${day}`;
    this.#draw();
  }

  #draw() {
    const now = this.#now();
    byId('clockShort', HTMLElement).textContent = shortMoment(now);
    byId('clockTime', HTMLElement).textContent = timeOfDay(now);
    byId('clockNow', HTMLElement).textContent = longMoment(now);
  }

  /** @param {Parameters<typeof moveClock>[0]} wish */
  async #moveTo(wish) {
    this.#problem.textContent = '';
    this.#disable(true);
    const outcome = await moveClock(wish);
    this.#disable(false);
    if (outcome.kind === 'failed') {
      this.#problem.textContent = outcome.why;
      return;
    }
    this.#take(outcome.value);
    this.#dialog.close();
    announce(`The clock now says ${longMoment(this.#now())}`);
  }

  /** @param {boolean} disabled */
  #disable(disabled) {
    for (const control of [this.#morning, this.#hour, this.#move]) control.disabled = disabled;
  }
}
