import assert from 'node:assert/strict';
import { instantOf } from '../../src/londonTime.ts';
import { addWorkingDays } from '../../src/workingDays.ts';
import { assertNoFaultIn } from '../bot/aWire.ts';
import { rowsIn, storeContents } from '../bot/storeContents.ts';
import { moveClock, PEOPLE, timeFrom, withABot } from './aBot.ts';
import { buttonIn, textOf, type WireAction } from './aCard.ts';
import { cardIn, http, messageOn, type KeptMessage } from './aChat.ts';
import { AGREED, OUTCOME, SHARED, TOLD } from './answers.ts';
import { made } from './aRecord.ts';

type Somebody = keyof typeof PEOPLE;

/** A Wednesday, on which Priya's outcome falls due; from the day after, it stands with Maureen. */
const DUE = '2027-03-10';
const STOOD = '2027-03-11';
const WAITING = {
  ...SHARED,
  ...AGREED,
  ...TOLD,
  ...OUTCOME,
  methods: 'phone',
  consentLimits: 'none',
  caseReference: 'SLG-90210',
  outcomeKnown: 'notYet',
  outcome: '',
  outcomeDue: DUE,
  nextAction: 'The nurse rings on Thursday.',
};
/** Little goes further up while these tests play. */
const PATIENT = { ESCALATE_AFTER_DAYS: '20' };

describe('the daily card when things go wrong', function () {
  this.timeout(30_000);
  const bot = withABot({ env: PATIENT, time: timeFrom('2026-11-26T10:00:00.000Z') });
  let number: string;
  /** The working day on which the test plays. */
  let day = STOOD;
  /** How many cards stood in a chat before it. */
  let stood: Partial<Record<Somebody, number>>;
  before(async () => {
    await moveClock(bot.running.url, { london: '2027-03-01T10:00' });
    ({ number } = await made(bot.chat('priya'), 'record share', WAITING));
    await at('09:00');
  });

  const at = (time: string): Promise<void> => moveClock(bot.running.url, { london: `${day}T${time}` });
  const cardsOf = async (person: Somebody): Promise<readonly KeptMessage[]> =>
    (await bot.chat(person).messages()).filter(({ activity }) =>
      JSON.stringify(activity).includes('What is open today'),
    );
  /** How many cards people were sent since the test began, or since the restart in it. */
  const sent = (...people: readonly Somebody[]): Promise<readonly number[]> =>
    Promise.all(people.map(async (person) => (await cardsOf(person)).length - (stood[person] ?? 0)));
  const nudgeOf = (person: Somebody) =>
    rowsIn(bot.dataDir, 'nudges').find((row) => row.personId === PEOPLE[person] && row.date === day);
  const statusOf = (person: Somebody): unknown => nudgeOf(person)?.status;
  const logged = (code: string): number => bot.logged.filter((line) => line.includes(`"${code}"`)).length;
  /** What was logged since, without the ids of the messages that it was about. */
  const loggedSince = (lines: number): readonly string[] =>
    bot.logged.slice(lines).map((line) => line.replace(/,"correlation":"[\da-f-]{36}"/u, ''));
  /** The chats of the local Teams are gone then, and it stands elsewhere: people speak, so that the bot knows where they are. */
  const restart = async (speaking: readonly Somebody[] = ['priya', 'maureen', 'adaeze']): Promise<void> => {
    await bot.close();
    await bot.start();
    // Whatever the start itself sends goes to where nobody is any more.
    await moveClock(bot.running.url, { advance: 'PT1S' });
    stood = {};
    for (const person of speaking) await bot.chat(person).ask('help');
  };

  describe('a press', () => {
    let item: NonNullable<WireAction['data']>;
    let caseKey: unknown;
    const messageIds: Partial<Record<Somebody, string>> = {};
    before(async () => {
      const card = (await cardsOf('maureen')).at(-1) ?? assert.fail('maureen has no card');
      const list = await (await messageOn(bot.chat('maureen'), card.id)).press('Open the list');
      item = buttonIn(list.card, 'Snooze').data ?? {};
      caseKey = buttonIn(list.card, 'Close these').data?.caseKey;
      for (const person of ['priya', 'tom', 'maureen', 'adaeze', 'rowan', 'gerald'] as const)
        messageIds[person] = (await bot.chat(person).ask('help')).messageId;
    });

    const invoked = async (person: Somebody, verb: string, data: unknown) => {
      const before = storeContents(bot.dataDir);
      const lines = bot.logged.length;
      const action = { type: 'Action.Execute', verb, data };
      const answer = await bot.chat(person).invoke(messageIds[person] ?? '', action);
      assertNoFaultIn(bot.logged.slice(lines));
      return { answer, isUnwritten: storeContents(bot.dataDir) === before };
    };

    for (const person of ['priya', 'tom', 'adaeze', 'rowan', 'gerald'] as const)
      it(`of ${person}, in whose list the item does not stand, changes nothing and is written down`, async () => {
        const before = rowsIn(bot.dataDir, 'accessLog').length;
        const states = rowsIn(bot.dataDir, 'itemStates');
        const snoozed = await invoked(person, 'nudge.snooze', { ...item, days: '1', reason: 'It can wait a while' });
        const reminded = await invoked(person, 'nudge.remindAuthor', item);
        for (const { answer } of [snoozed, reminded]) assert.match(textOf(cardIn(answer)), /Not in your list/u);
        assert.deepEqual(
          rowsIn(bot.dataDir, 'accessLog')
            .slice(before)
            .map(({ personId, action, subject }) => [personId, action, subject]),
          Array.from({ length: 2 }, () => [PEOPLE[person], 'record.refused', number]),
        );
        assert.deepEqual(rowsIn(bot.dataDir, 'itemStates'), states);
      });

    it('looks alike for an item that does not exist', async () => {
      const there = await invoked('tom', 'nudge.remindAuthor', item);
      const nowhere = await invoked('tom', 'nudge.remindAuthor', { ...item, recordId: '0'.repeat(26) });
      assert.deepEqual(nowhere.answer.body, there.answer.body);
    });

    it('that asks to put off shows nothing of the record to anybody', async () => {
      const { answer, isUnwritten } = await invoked('tom', 'nudge.askSnooze', item);
      assert.ok(isUnwritten);
      assert.doesNotMatch(JSON.stringify(cardIn(answer)), /nurse|SLG-90210/u);
    });

    for (const [what, typed] of [
      ['no days and no reason', {}],
      ['no reason', { days: '1' }],
      ['a reason that says nothing', { days: '1', reason: 'tbc' }],
      ['a reason that is too long', { days: '1', reason: 'x'.repeat(4_000) }],
      ['no days at all', { days: '0', reason: 'The nurse is on leave' }],
      ['half a day', { days: '0.5', reason: 'The nurse is on leave' }],
      ['days in words', { days: 'three', reason: 'The nurse is on leave' }],
      ['too many days', { days: '21', reason: 'The nurse is on leave' }],
    ] as const)
      it(`that puts off with ${what} brings the question back, and writes nothing`, async () => {
        const { answer, isUnwritten } = await invoked('maureen', 'nudge.snooze', { ...item, ...typed });
        assert.match(textOf(cardIn(answer)), /Put off: SL-/u);
        assert.ok(isUnwritten);
      });

    const badItems: Readonly<Record<string, (good: typeof item) => unknown>> = {
      'no data': () => undefined,
      'data that is null': () => null,
      'data that is text': () => 'r1',
      'data that is a list': () => [1],
      'no record': ({ recordId: _, ...rest }) => rest,
      'a record that is none': (good) => ({ ...good, recordId: '../../etc/passwd' }),
      'a record that is a list': (good) => ({ ...good, recordId: [good.recordId] }),
      'a kind that there is not': (good) => ({ ...good, kind: 'constructor' }),
      'a kind that is an object': (good) => ({ ...good, kind: { toString: 'outcome' } }),
      'a number that is a number': (good) => ({ ...good, number: 7 }),
      'a number without end': (good) => ({ ...good, number: 'S'.repeat(10_000) }),
      'something more': (good) => ({ ...good, everything: true }),
      'days that are a number': (good) => ({ ...good, days: 1, reason: 'The nurse is on leave' }),
      'days without end': (good) => ({ ...good, days: '1'.repeat(50), reason: 'The nurse is on leave' }),
      'a reason that is a list': (good) => ({ ...good, days: '1', reason: ['The nurse is on leave'] }),
      'a reason without end': (good) => ({ ...good, days: '1', reason: 'x'.repeat(4_001) }),
    };
    for (const [what, bad] of Object.entries(badItems))
      it(`on an item with ${what} is refused with a code, and writes nothing`, async () => {
        for (const verb of ['nudge.snooze', 'nudge.remindAuthor', 'nudge.askSnooze']) await refuses(verb, bad(item));
      });

    const badCases: Readonly<Record<string, (good: unknown) => unknown>> = {
      'no data': () => undefined,
      'data that is a list': (good) => [good],
      'a case that is none': () => ({ caseKey: 'SLG-90210' }),
      'a case that is a list': (good) => ({ caseKey: [good] }),
      'something more': (good) => ({ caseKey: good, recordId: '0'.repeat(26) }),
      'a reason that is a list': (good) => ({ caseKey: good, reason: ['It is settled'], signature: 'Maureen Castle' }),
      'a signature without end': (good) => ({ caseKey: good, reason: 'It is settled', signature: 'x'.repeat(4_001) }),
    };
    for (const [what, bad] of Object.entries(badCases))
      it(`that closes with ${what} is refused with a code, and writes nothing`, async () => {
        for (const verb of ['nudge.askClose', 'nudge.close']) await refuses(verb, bad(caseKey));
      });

    const badPages = {
      text: '1',
      nought: 0,
      'less than nought': -1,
      half: 1.5,
      'far off': 10_001,
      none: null,
    } as const;
    for (const [what, page] of Object.entries(badPages))
      it(`for a page of the list that is ${what} is refused with a code, and writes nothing`, async () => {
        for (const verb of ['nudge.open', 'nudge.missing']) await refuses(verb, { page });
      });

    it('for a list with something more than a page is refused with a code, and writes nothing', async () => {
      for (const verb of ['nudge.open', 'nudge.missing'])
        for (const data of [{ personId: PEOPLE.maureen }, [1], 'all']) await refuses(verb, data);
    });

    it('for a page beyond the last brings the last', async () => {
      const { answer } = await invoked('maureen', 'nudge.open', { page: 9_999 });
      assert.match(textOf(cardIn(answer)), new RegExp(number, 'u'));
    });

    async function refuses(verb: string, data: unknown): Promise<void> {
      const { answer, isUnwritten } = await invoked('maureen', verb, data);
      assert.equal(answer.status, 200, `${verb}: ${answer.text}`);
      assert.equal(answer.body.statusCode, 400, `${verb}: ${answer.text}`);
      assert.ok(isUnwritten, verb);
    }
  });

  describe('in Teams', () => {
    beforeEach(async () => {
      day = addWorkingDays(day, 1);
      stood = {};
      for (const person of ['priya', 'maureen', 'adaeze'] as const) stood[person] = (await cardsOf(person)).length;
    });
    const tomorrow = (): Promise<void> => {
      day = addWorkingDays(day, 1);
      return at('09:00');
    };

    it('that asks to wait: it is sent once, when the time has come', async () => {
      bot.running.connector.failNext(PEOPLE.priya, { kind: 'status', status: 429, retryAfterSeconds: 600 });
      await at('09:00');
      assert.deepEqual([await sent('priya', 'maureen'), statusOf('priya')], [[0, 1], 'waiting']);
      assert.equal(logged('nudge.later'), 1);
      await at('09:09');
      assert.deepEqual(await sent('priya'), [0]);
      await at('09:11');
      await at('12:00');
      assert.deepEqual([await sent('priya', 'maureen'), statusOf('priya')], [[1, 1], 'sent']);
    });

    it('that asks to wait and does not say how long: it is sent after a minute', async () => {
      bot.running.connector.failNext(PEOPLE.priya, { kind: 'status', status: 429 });
      await at('09:00');
      assert.deepEqual(await sent('priya'), [0]);
      await at('09:02');
      assert.deepEqual([await sent('priya'), statusOf('priya')], [[1], 'sent']);
    });

    it('that asks to wait beyond half past five: tomorrow’s carries it', async () => {
      bot.running.connector.failNext(PEOPLE.priya, { kind: 'status', status: 429, retryAfterSeconds: 3_600 });
      await at('17:00');
      await at('18:30');
      assert.deepEqual([await sent('priya'), statusOf('priya')], [[0], 'waiting']);
      await tomorrow();
      assert.deepEqual([await sent('priya'), statusOf('priya')], [[1], 'sent']);
    });

    it('that asks to wait, and the bot is restarted: it waits on', async () => {
      bot.running.connector.failNext(PEOPLE.priya, { kind: 'status', status: 429, retryAfterSeconds: 600 });
      await at('09:00');
      await restart();
      await at('09:05');
      assert.deepEqual([await sent('priya'), statusOf('priya')], [[0], 'waiting']);
      await at('09:11');
      assert.deepEqual([await sent('priya'), statusOf('priya')], [[1], 'sent']);
    });

    for (const [status, code, times] of [
      [403, 'ConversationBlockedByUser', 1],
      [403, 'MessageWritesBlocked', 1],
      [403, 'BotDisabledByAdmin', 1],
      [403, 'BotNotInConversationRoster', 1],
      // The chat that is known is gone, and no other can be opened.
      [404, 'ConversationNotFound', 2],
    ] as const)
      it(`that refuses with ${status} ${code}: they have no card until they speak to the bot again`, async () => {
        bot.running.connector.failNext(PEOPLE.priya, { kind: 'status', status, code }, times);
        const before = logged('nudge.unreachable');
        await at('09:00');
        assert.deepEqual([await sent('priya', 'maureen'), statusOf('priya')], [[0, 1], 'unreachable']);
        assert.deepEqual(unreachable(bot.dataDir), [PEOPLE.priya]);
        assert.equal(logged('nudge.unreachable'), before + 1);
        await at('10:00');
        assert.deepEqual([await sent('priya'), statusOf('priya')], [[0], 'unreachable']);
        await bot.chat('priya').ask('help');
        assert.deepEqual(unreachable(bot.dataDir), []);
        await tomorrow();
        assert.deepEqual([await sent('priya', 'maureen'), statusOf('priya')], [[1, 2], 'sent']);
      });

    it('that does not find the chat any more: another is opened', async () => {
      bot.running.connector.failNext(PEOPLE.priya, { kind: 'status', status: 404, code: 'ConversationNotFound' });
      await at('09:00');
      assert.deepEqual([await sent('priya'), statusOf('priya')], [[1], 'sent']);
      assert.deepEqual(unreachable(bot.dataDir), []);
    });

    // A code that Microsoft does not document might be any text, and is not written.
    for (const [status, code, says] of [
      [403, 'PlannedFailure', 'other'],
      [403, 'NotEnoughPermissions', 'NotEnoughPermissions'],
      [404, 'ServiceError', 'ServiceError'],
      [400, 'BadArgument', 'BadArgument'],
    ] as const)
      it(`that refuses with ${status} ${code}, which says nothing of the person: tomorrow’s carries it`, async () => {
        bot.running.connector.failNext(PEOPLE.priya, { kind: 'status', status, code });
        const lines = bot.logged.length;
        await at('09:00');
        assert.deepEqual([await sent('priya'), statusOf('priya')], [[0], 'uncertain']);
        assert.deepEqual(unreachable(bot.dataDir), []);
        assert.ok(loggedSince(lines).includes(`{"code":"reach.refused","status":${status},"says":"${says}"}`));
        await tomorrow();
        assert.deepEqual([await sent('priya'), statusOf('priya')], [[1], 'sent']);
      });

    it('that refuses the manager: the next one up has it, also after a restart, until the manager speaks', async () => {
      bot.running.connector.failNext(PEOPLE.maureen, {
        kind: 'status',
        status: 403,
        code: 'ConversationBlockedByUser',
      });
      await at('09:00');
      assert.deepEqual(await sent('priya', 'maureen'), [1, 0]);
      await restart(['priya', 'adaeze']);
      await tomorrow();
      assert.deepEqual(await sent('priya', 'maureen', 'adaeze'), [1, 0, 1]);
      assert.match(String(nudgeOf('adaeze')?.counts), /"team":1/u);
      await bot.chat('maureen').ask('help');
      await tomorrow();
      assert.deepEqual(await sent('priya', 'maureen'), [2, 1]);
    });

    for (const [what, fault, arrived, why] of [
      ['answers 500', { kind: 'status', status: 500 }, 0, 'outbound.status'],
      ['cuts the connection before it arrived', { kind: 'reset', applied: false }, 0, 'outbound.failed'],
      ['cuts the connection after it arrived', { kind: 'reset', applied: true }, 1, 'outbound.failed'],
    ] as const)
      it(`that ${what}: it may have arrived, is not sent again that day, and tomorrow’s carries it`, async () => {
        bot.running.connector.failNext(PEOPLE.priya, fault);
        const [before, lines] = [logged('nudge.failed'), bot.logged.length];
        await at('09:00');
        assert.deepEqual([await sent('priya', 'maureen'), statusOf('priya')], [[arrived, 1], 'uncertain']);
        assert.equal(logged('nudge.failed'), before + 1);
        const expected = [`{"code":"reach.failed","fault":"${why}"}`, '{"code":"nudge.failed"}'];
        assert.deepEqual(loggedSince(lines), expected);
        await restart();
        await at('17:00');
        assert.deepEqual([await sent('priya', 'maureen'), statusOf('priya')], [[0, 0], 'uncertain']);
        await tomorrow();
        assert.deepEqual([await sent('priya', 'maureen'), statusOf('priya')], [[1, 1], 'sent']);
      });

    it('is well, and the bot does not run for days: there is one card when it does again', async () => {
      await restart();
      day = addWorkingDays(day, 4);
      await at('11:20');
      await at('11:30');
      assert.deepEqual(await sent('priya', 'maureen'), [1, 1]);
    });

    it('is well, and the bot dies: what was claimed is taken over, what was on its way is not sent twice', async () => {
      const { nudges } = bot.running.services.stores;
      const changedAt = instantOf(day, '08:59') ?? assert.fail();
      await nudges.create({ personId: PEOPLE.priya, date: day, status: 'claimed', revision: 1, changedAt });
      await nudges.create({ personId: PEOPLE.maureen, date: day, status: 'sending', revision: 1, changedAt });
      await restart();
      await at('09:00');
      assert.deepEqual(await sent('priya', 'maureen'), [0, 0]);
      await at('09:05');
      assert.deepEqual([await sent('priya', 'maureen'), statusOf('maureen')], [[1, 0], 'uncertain']);
      await tomorrow();
      assert.deepEqual(await sent('priya', 'maureen'), [2, 1]);
    });

    it('has the card of before a restart: the list behind it is what is open then', async () => {
      await at('09:00');
      await restart();
      const { messageId } = await bot.chat('maureen').ask('help');
      const answer = await bot.chat('maureen').invoke(messageId, { type: 'Action.Execute', verb: 'nudge.open' });
      assert.match(textOf(cardIn(answer)), new RegExp(number, 'u'));
      assert.equal((await http(`${bot.running.url}/health/ready`)).status, 200);
    });
  });
});

function unreachable(dataDir: string): readonly unknown[] {
  return rowsIn(dataDir, 'unreachable').map(({ personId }) => personId);
}
