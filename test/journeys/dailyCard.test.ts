import assert from 'node:assert/strict';
import { timeFrom, withABot, type PEOPLE } from './aBot.ts';
import { actionsIn, buttonIn, textOf } from './aCard.ts';
import { http, messageOn, type Screen } from './aChat.ts';
import { AGREED, OUTCOME, SHARED, TOLD } from './answers.ts';
import { made } from './aRecord.ts';

const DUE = '2027-03-10';
/** A share whose outcome is to be found out by a Wednesday. */
const WAITING = {
  ...SHARED,
  ...AGREED,
  ...TOLD,
  ...OUTCOME,
  methods: 'phone',
  consentLimits: 'none',
  caseReference: 'KANARY-4711',
  concerning: 'KANARY child',
  outcomeKnown: 'notYet',
  outcome: '',
  outcomeDue: DUE,
  nextAction: 'KANARY next: the nurse rings on Thursday.',
};

describe('the one card of a working day', function () {
  this.timeout(30_000);
  const bot = withABot({ time: timeFrom('2026-11-26T10:00:00.000Z') });
  let number: string;
  before(async () => {
    await at('2027-03-01T10:00:00.000Z');
    ({ number } = await made(bot.chat('priya'), 'record share', WAITING));
  });

  const at = async (now: string): Promise<void> => {
    const moved = await http(`${bot.running.url}/local/clock`, { now });
    assert.equal(moved.status, 200, moved.text);
  };
  const cardsOf = async (person: keyof typeof PEOPLE) =>
    (await bot.chat(person).messages()).filter(({ activity }) =>
      JSON.stringify(activity).includes('What is open today'),
    );
  const list = async (person: keyof typeof PEOPLE): Promise<Screen> => {
    const last = (await cardsOf(person)).at(-1);
    assert.ok(last, `${person} has no card`);
    return (await messageOn(bot.chat(person), last.id)).press('Open the list');
  };

  it('is not sent before anything is due', async () => {
    await at('2027-03-09T10:00:00.000Z');
    assert.deepEqual(await cardsOf('priya'), []);
  });

  it('reminds the author at nine on the day, and their manager not yet', async () => {
    await at('2027-03-10T08:59:00.000Z');
    assert.deepEqual(await cardsOf('priya'), []);
    await at('2027-03-10T09:00:00.000Z');
    assert.equal((await cardsOf('priya')).length, 1);
    assert.deepEqual(await cardsOf('maureen'), []);
  });

  it('is one a day, however often the clock ticks', async () => {
    await at('2027-03-10T12:00:00.000Z');
    await at('2027-03-10T17:00:00.000Z');
    assert.equal((await cardsOf('priya')).length, 1);
  });

  it('stands with the manager from the working day after, with the next action as recorded when it is opened', async () => {
    await at('2027-03-11T09:00:00.000Z');
    const shown = textOf((await list('maureen')).card);
    assert.match(shown, /1 working day late/u);
    assert.match(shown, /KANARY next: the nurse rings on Thursday\./u);
    assert.match(shown, /Not late|1 to 4 working days late: 1/u);
  });

  it('keeps counts and numbers only in what Teams stores', async () => {
    for (const person of ['priya', 'maureen'] as const) {
      for (const message of await cardsOf(person)) {
        const text = JSON.stringify(message.activity);
        assert.doesNotMatch(text, /KANARY/u);
        assert.ok(text.includes(number));
      }
    }
  });

  it('can be put off with a reason, and only with one', async () => {
    const ask = await (await list('maureen')).press('Snooze');
    const again = await ask.press('Put it off', { days: '3', reason: ' ' });
    assert.match(textOf(again.card), /Say why it can wait/u);
    const done = await again.press('Put it off', { days: '3', reason: 'The nurse is on leave' });
    assert.equal(done.heading, 'Put off');
    await at('2027-03-12T09:00:00.000Z');
    assert.equal((await cardsOf('maureen')).length, 1, 'no card while it is put off');
    assert.equal((await cardsOf('priya')).length, 3, 'its author is reminded all the same');
    await at('2027-03-17T09:00:00.000Z');
    assert.equal((await cardsOf('maureen')).length, 2);
  });

  it('takes a forged snooze for what it is', async () => {
    const data = {
      ...buttonIn((await list('maureen')).card, 'Snooze').data,
      days: '999',
      reason: 'For ever and a day',
    };
    const press = { type: 'Action.Execute', verb: 'nudge.snooze', data };
    assert.match(textOf((await (await list('maureen')).perform(press)).card), /1 to 20 working days/u);
    const own = await (await list('priya')).perform({ ...press, data: { ...data, days: '1' } });
    assert.equal(own.heading, 'Not in your list');
  });

  it('reminds the author where the manager asks for it', async () => {
    const done = await (await list('maureen')).press('Remind author');
    assert.equal(done.heading, 'Its author is reminded');
    await at('2027-03-18T09:00:00.000Z');
    assert.match(textOf((await list('priya')).card), /asked for a reminder/u);
  });

  it('goes further up after five working days in the manager’s list, and both lists say so', async () => {
    for (const day of ['19', '22', '23', '24', '25']) await at(`2027-03-${day}T09:00:00.000Z`);
    assert.match(textOf((await list('adaeze')).card), /stands here as well/u);
    assert.match(textOf((await list('maureen')).card), /your manager’s list as well/u);
    const opened = await (await list('adaeze')).press('Open');
    assert.match(opened.heading, new RegExp(number, 'u'));
  });

  it('is closed from the list by adding the outcome, and then nobody hears of it again', async () => {
    const below = await (await list('maureen')).press('Add outcome');
    assert.equal(below.heading, 'Go on below');
    const stub = (await bot.chat('maureen').messages()).at(-1);
    const form = await (await messageOn(bot.chat('maureen'), stub?.id ?? '')).press('Open');
    const check = await form.press('Continue', {
      outcomeKnown: 'yes',
      outcome: 'She has gained weight again.',
      nextAction: 'none',
    });
    await check.press('Sign and save', { signature: 'Maureen Castle' });
    const before = await Promise.all((['priya', 'maureen', 'adaeze'] as const).map(cardsOf));
    await at('2027-03-30T09:00:00.000Z');
    const after = await Promise.all((['priya', 'maureen', 'adaeze'] as const).map(cardsOf));
    assert.deepEqual(
      after.map((cards) => cards.length),
      before.map((cards) => cards.length),
    );
    assert.equal((await list('maureen')).heading, 'Nothing is open');
  });

  it('is listed with its result for managers and records officers, and for nobody else', async () => {
    assert.equal((await bot.chat('rowan').ask('nudges')).heading, 'Daily cards');
    assert.equal((await bot.chat('maureen').ask('nudges')).heading, 'Daily cards');
    assert.equal((await bot.chat('priya').ask('nudges')).heading, 'Nothing here');
  });

  it('goes to who stands in for a manager', async () => {
    const told = await bot.chat('maureen').ask('deputy Tom Fairweather until 30/04/2027');
    assert.equal(told.heading, 'Somebody stands in for you');
    for (const [text, why] of [
      ['deputy Nobody Inparticular until 30/04/2027', /Nobody, or more than one/u],
      ['deputy Maureen Castle until 30/04/2027', /cannot stand in for yourself/u],
      ['deputy Tom Fairweather until 30/04/2020', /from today on/u],
    ] as const) {
      assert.match(textOf((await bot.chat('maureen').ask(text)).card), why);
    }
    await made(bot.chat('priya'), 'record share', {
      ...WAITING,
      caseReference: 'KANARY-4712',
      outcomeDue: '2027-04-05',
    });
    await at('2027-04-07T08:00:00.000Z');
    const shown = await list('tom');
    assert.ok(actionsIn(shown.card).some(({ title }) => title === 'Snooze'));
    const opened = await shown.press('Open');
    assert.match(opened.heading, /^Record share SL-/u);
  });
});
