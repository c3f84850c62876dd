import assert from 'node:assert/strict';
import { foundIn } from '../bot/clearText.ts';
import { storeContents, rowsIn } from '../bot/storeContents.ts';
import { changeCase } from '../../src/caseFacts.ts';
import { CodedError } from '../../src/errors.ts';
import { instantOf, timeOf } from '../../src/londonTime.ts';
import type { Stores } from '../../src/storePorts.ts';
import { moveClock, PEOPLE, withABot } from './aBot.ts';
import { actionsIn, buttonIn, headingOf, inputsIn, textOf, typedTextsOf, type WireCard } from './aCard.ts';
import { messageOn, type KeptMessage, type Screen } from './aChat.ts';
import { PARTLY } from './answers.ts';
import { made, opened } from './aRecord.ts';
import { dated } from './branches.ts';
import { everyMessage, EVERYBODY, withCanaries, type Somebody } from './canaries.ts';
import { seen } from './waiting.ts';

const CASE = 'RFS-20733';
/** How the summary begins: it names somebody who must not learn of it. */
const SUMMARY = 'Keep this from';
const ABSENT = 'RFS-99999';
const REASON = 'Kanari0 has rung from the station and will not say where she is';
const TOLD: readonly Somebody[] = ['maureen', 'adaeze', 'rowan'];

describe('urgent access to a case', () => {
  const bot = withABot({ per: 'test' });
  let number: string;
  const typed: string[] = [];
  beforeEach(async () => {
    typed.length = 0;
    ({ number } = await made(bot.chat('priya'), 'record share', dated(withCanaries(PARTLY, typed), bot.today)));
  });

  const ffion = () => bot.chat('ffion');
  const form = (reference = CASE): Promise<Screen> => ffion().ask(`urgent access ${reference}`);
  const open = async (reason = REASON, reference = CASE): Promise<Screen> =>
    (await form(reference)).press('Open for an hour', { reason });
  const perform = async (person: Somebody, verb: string, data: object): Promise<WireCard> =>
    (await (await bot.chat(person).ask('help')).perform({ type: 'Action.Execute', verb, data })).card;
  const toldOf = async (person: Somebody): Promise<readonly KeptMessage[]> =>
    (await bot.chat(person).messages()).filter(({ activity }) =>
      (activity.attachments ?? []).some(({ content }) => actionsIn(content).some(({ verb }) => verb === 'urgent.show')),
    );
  const oneToldOf = (person: Somebody): Promise<KeptMessage> =>
    seen(async () => (await toldOf(person))[0], `${person} to be told`);
  const allSent = (): Promise<true> =>
    seen(
      () => (rowsIn(bot.dataDir, 'notices').every(({ status }) => status === 'sent') ? true : undefined),
      'all sent',
    );
  const entries = () =>
    rowsIn(bot.dataDir, 'accessLog').map(({ personId, action, subject }) => [personId, action, subject]);
  const restrict = async (...people: readonly Somebody[]): Promise<void> => {
    const { opening, clock } = bot.running.services;
    const held = await opening.records.byNumber(number);
    const { caseKey } = (held && (await opening.records.latest(held.caseKey, held.recordId))) ?? assert.fail();
    await changeCase(opening, caseKey, (facts) => ({
      ...facts,
      restriction: {
        state: 'confirmed',
        people: people.map((person) => PEOPLE[person]),
        by: PEOPLE.maureen,
        at: clock.now(),
      },
    }));
  };

  it('asks why in a message without the reference, and looks nothing up before', async () => {
    const { stores } = bot.running.services;
    const before = storeContents(bot.dataDir, ['conversations']);
    const looked = forbidden(stores);
    const asked = await form();
    assert.deepEqual(
      inputsIn(asked.card).map(({ label }) => label),
      ['Why do you need it now?'],
    );
    assert.ok(!JSON.stringify(await ffion().messages().then((all) => all.filter(({ sender }) => sender === 'bot'))).includes(CASE)); // prettier-ignore
    for (const reason of ['', '  ', 'tbc', 'Urgent', 'as above', `${'ab '.repeat(1_666)}ab`])
      assert.match(textOf((await asked.press('Open for an hour', { reason })).card), /to put right/u);
    looked.allow();
    assert.equal(storeContents(bot.dataDir, ['conversations']), before);
  });

  it('opens the summary, with the mark, after a reason', async () => {
    const summary = await open();
    assert.equal(summary.heading, SUMMARY);
    const until = `Opened by urgent access until 15:0`;
    assert.ok(textOf(summary.card).includes(until));
    assert.ok(textOf(summary.card).includes(number));
  });

  it('marks the summary, the record, a whole answer, the history and the text', async () => {
    const summary = await open();
    const mark = /Opened by urgent access until \d\d:\d\d\. Every view is marked, and managers and the records officers have been told\./u; // prettier-ignore
    const record = await opened(ffion(), number);
    const again = await (await ffion().ask(`case summary ${CASE}`)).press('Open');
    const answer = await perform('ffion', 'record.showAnswer', { number, field: 'reason' });
    const copied = await record.press('Copy as text');
    const shown = [summary, again, record, copied, await record.press('History')].map(({ card }) => card);
    for (const card of [...shown, answer]) assert.match(textOf(card), mark);
    assert.match(inputsIn(copied.card)[0]?.value ?? '', mark);
    assert.doesNotMatch(textOf((await opened(bot.chat('priya'), number)).card), mark);
  });

  it('is for reading: the record offers nothing that writes, and a press that does is refused', async () => {
    await open();
    const record = await opened(ffion(), number);
    const verbs = actionsIn(record.card).map(({ verb }) => verb);
    const reading = ['record.open', 'record.history', 'record.copyText', 'record.showAnswer', 'summary.open'];
    assert.deepEqual(
      verbs.filter((verb) => !reading.includes(verb)),
      [],
    );
    for (const verb of [
      'record.amend',
      'outcome.start',
      'record.link',
      'record.withdraw',
      'record.dispute',
      'record.complete',
      'record.comment',
      'record.again',
    ])
      // prettier-ignore
      assert.equal(headingOf(await perform('ffion', verb, { number })), 'Nothing here', verb);
  });

  it('ends after an hour, by the clock', async () => {
    const asked = await form();
    await asked.press('Open for an hour', { reason: REASON });
    await moveClock(bot.running.url, { advance: 'PT58M' });
    assert.notEqual((await opened(ffion(), number)).heading, 'Nothing here');
    await moveClock(bot.running.url, { advance: 'PT2M' });
    assert.equal((await opened(ffion(), number)).heading, 'Nothing here');
    assert.equal((await (await ffion().ask(`case summary ${CASE}`)).press('Open')).heading, 'Nothing here');
    const again = await asked.press('Open for an hour', { reason: REASON });
    assert.match(textOf(again.card), /was for an hour, which is over/u);
    assert.equal((await again.press('Open for an hour')).heading, SUMMARY);
  });

  it('is told at once to managers of its team and records officers, once for each form', async () => {
    const asked = await form();
    const press = () => asked.press('Open for an hour', { reason: REASON });
    for (const { heading } of await Promise.all([press(), press(), press()])) assert.equal(heading, SUMMARY);
    await press();
    for (const person of TOLD) await oneToldOf(person);
    await allSent();
    for (const person of EVERYBODY) assert.equal((await toldOf(person)).length, TOLD.includes(person) ? 1 : 0, person);
    assert.equal((await open()).heading, SUMMARY);
    await seen(async () => (await toldOf('maureen'))[1], 'a second message');
  });

  it('shows those who were told who asked, when and why, and a way to the case', async () => {
    await open();
    for (const person of TOLD) {
      const message = await messageOn(bot.chat(person), (await oneToldOf(person)).id);
      const shown = await message.press('See who asked');
      assert.ok(typedTextsOf(shown.card).includes('Ffion Example, Youth worker, Exampleshire Youth Service'));
      assert.ok(typedTextsOf(shown.card).includes(REASON));
      assert.equal((await shown.press('Open case summary')).heading, SUMMARY);
    }
    const { grantId } = actionsIn((await messageOn(bot.chat('rowan'), (await oneToldOf('rowan')).id)).card)[0]?.data ?? {}; // prettier-ignore
    assert.match(String(grantId), /^[0-9A-Z]{26}$/u);
    const none = await perform('priya', 'urgent.show', { grantId: '0'.repeat(26) });
    for (const person of ['priya', 'tom', 'ffion', 'gerald'] as const)
      assert.deepEqual(await perform(person, 'urgent.show', { grantId }), none, person);
    assert.equal(headingOf(none), 'Nothing here');
  });

  it('gives those who may see the case the summary, and tells nobody', async () => {
    for (const person of ['priya', 'tom', 'maureen', 'rowan'] as const) {
      const asked = await bot.chat(person).ask(`urgent access ${CASE}`);
      const summary = await asked.press('Open for an hour', { reason: REASON });
      assert.equal(summary.heading, SUMMARY);
      assert.doesNotMatch(textOf(summary.card), /urgent access/u);
    }
    assert.deepEqual(rowsIn(bot.dataDir, 'notices'), []);
  });

  describe('that is restricted', () => {
    /** All that somebody gets at a press, as bytes. */
    const answerTo = async (reference: string): Promise<string> => {
      const asked = await form(reference);
      const action = buttonIn(asked.card, 'Open for an hour');
      const { status, text } = await ffion().invoke(asked.messageId, { ...action, data: { ...action.data, reason: REASON } }); // prettier-ignore
      return `${status} ${text}`;
    };

    it('is answered byte for byte as one that does not exist, by reference and by number', async () => {
      await restrict('priya', 'maureen');
      const none = await answerTo(ABSENT);
      assert.match(none, /those responsible for it have been told that you asked/u);
      for (const reference of [CASE, number, 'SL-00000000', '%', "' OR 1=1 --", '<at>all</at> **x**'])
        assert.equal(await answerTo(reference), none, reference);
      assert.equal((await opened(ffion(), number)).heading, 'Nothing here');
    });

    it('is told to the people who are named, and to nobody else', async () => {
      await restrict('priya', 'maureen');
      await open();
      for (const person of ['priya', 'maureen'] as const) {
        const shown = await (await messageOn(bot.chat(person), (await oneToldOf(person)).id)).press('See who asked');
        assert.match(textOf(shown.card), /It was not opened/u);
        assert.ok(typedTextsOf(shown.card).includes(REASON));
      }
      await allSent();
      for (const person of ['adaeze', 'rowan', 'gerald', 'ffion', 'tom'] as const)
        assert.deepEqual(await toldOf(person), [], person);
      assert.ok(entries().some(([who, action]) => who === PEOPLE.ffion && action === 'urgent.refused'));
    });

    it('shuts the case to somebody who has it open', async () => {
      await open();
      await restrict('priya');
      assert.equal((await opened(ffion(), number)).heading, 'Nothing here');
    });
  });

  describe('from the answer to what one may not see', () => {
    it('is offered alike for what is not there and what is not theirs, and asks which case', async () => {
      const answers = [];
      for (const wanted of [number, 'SL-00000000']) answers.push((await opened(ffion(), wanted)).card);
      assert.deepEqual(answers[0], answers[1]);
      const asked = await (await opened(ffion(), number)).press('Ask for urgent access');
      assert.deepEqual(
        inputsIn(asked.card).map(({ label }) => label),
        ['Which case?', 'Why do you need it now?'],
      );
      for (const wanted of [CASE.toLowerCase(), number])
        assert.equal((await asked.press('Open for an hour', { wanted, reason: REASON })).heading, SUMMARY);
    });

    it('comes back with what was typed and what is missing', async () => {
      const asked = await (await opened(ffion(), number)).press('Ask for urgent access');
      const again = await asked.press('Open for an hour', { reason: '**tbc** <at>all</at> of this' });
      assert.match(textOf(again.card), /Say which case you need/u);
      assert.equal(inputsIn(again.card)[1]?.value, '**tbc** <at>all</at> of this');
    });

    it('is offered in a personal chat for a command without a case', async () => {
      const asked = await ffion().ask('urgent access');
      assert.equal(inputsIn(asked.card).length, 2);
    });
  });

  it('does not open for somebody else’s form, nor for a token that is not ours', async () => {
    const { data } = buttonIn((await form()).card, 'Open for an hour');
    for (const [person, asked] of [
      ['gerald', data?.asked],
      ['ffion', 'AAAA'],
    ] as const) {
      const card = await perform(person, 'urgent.open', { ...data, asked, reason: REASON });
      assert.deepEqual(
        inputsIn(card).map(({ id, value }) => [id, value]),
        [
          ['wanted', undefined],
          ['reason', REASON],
        ],
      );
    }
    assert.deepEqual(rowsIn(bot.dataDir, 'notices'), []);
  });

  it('answers data that is none with a code, and writes nothing', async () => {
    const { messageId, card } = await form();
    const { data } = buttonIn(card, 'Open for an hour');
    const before = storeContents(bot.dataDir);
    const bad: readonly (readonly [string, unknown])[] = [
      ['urgent.open', { ...data, reason: ['a'] }],
      ['urgent.open', { ...data, reason: REASON, more: 1 }],
      ['urgent.open', { ...data, askId: 'x', reason: REASON }],
      ['urgent.open', { ...data, asked: '../../etc', reason: REASON }],
      ['urgent.open', { ...data, asked: 'a'.repeat(1_001), reason: REASON }],
      ['urgent.open', null],
      ['urgent.ask', { wanted: CASE }],
      ['urgent.show', {}],
      ['urgent.show', { grantId: '%' }],
      ['urgent.show', { grantId: { $ne: '' } }],
    ];
    for (const [verb, wrong] of bad) {
      const { status, body } = await ffion().invoke(messageId, { type: 'Action.Execute', verb, data: wrong });
      assert.deepEqual([status, body.statusCode], [200, 400], JSON.stringify(wrong));
    }
    assert.equal(storeContents(bot.dataDir), before);
  });

  for (const failing of ['the grant', 'the log', 'the messages'] as const)
    it(`shows nothing when ${failing} cannot be written, keeps the reason, and opens once it can`, async () => {
      const { access, notices, cases } = bot.running.services.stores;
      const full = (): Promise<never> => Promise.reject(new CodedError('store.full', 'The disk is full.'));
      const store = { 'the grant': cases, 'the log': access, 'the messages': notices }[failing];
      const whole = { ...store };
      const asked = await form();
      Object.assign(store, { grant: full, appendBatch: full, queue: full });
      const refused = await asked.press('Open for an hour', { reason: REASON });
      assert.match(textOf(refused.card), /Nothing was opened/u);
      assert.equal(inputsIn(refused.card)[0]?.value, REASON);
      assert.ok(!JSON.stringify(refused.card).includes(number));
      Object.assign(store, whole);
      assert.equal((await refused.press('Open for an hour')).heading, SUMMARY);
      for (const person of TOLD) await oneToldOf(person);
      await allSent();
      for (const person of TOLD) assert.equal((await toldOf(person)).length, 1, person);
    });

  it('leaves no reference, name or reason in a message, a notice, the store or the log', async () => {
    await open();
    for (const person of TOLD)
      await (await messageOn(bot.chat(person), (await oneToldOf(person)).id)).press('See who asked');
    await open(REASON, ABSENT);
    await restrict('priya');
    await open();
    await oneToldOf('priya');
    await allSent();
    const kept = JSON.stringify([await everyMessage(bot), rowsIn(bot.dataDir, 'notices'), bot.logged]);
    const store = Buffer.from(storeContents(bot.dataDir));
    assert.ok(typed.length > 10);
    for (const canary of [...typed, REASON, 'Kanari', CASE, ABSENT]) {
      assert.ok(!kept.includes(canary), canary);
      assert.deepEqual(foundIn(store, [canary]), [], canary);
    }
    for (const name of ['Ffion', 'Priya']) assert.ok(!JSON.stringify(rowsIn(bot.dataDir, 'notices')).includes(name));
  });

  it('says until when in London time', async () => {
    const summary = await open();
    const at = String(rowsIn(bot.dataDir, 'accessLog').find(({ action }) => action === 'urgent.granted')?.at);
    const until = new Date(Date.parse(at) + 3_600_000).toISOString();
    assert.ok(textOf(summary.card).includes(`until ${timeOf(until)}.`));
    assert.ok(until > (instantOf(bot.today, '15:00') ?? ''));
  });
});

/** Has every look at a case or a record fail the test until it is allowed again. */
function forbidden({ records, cases }: Stores): { readonly allow: () => void } {
  const whole = [{ ...records }, { ...cases }] as const;
  for (const store of [records, cases])
    for (const name of Object.keys(store))
      Object.assign(store, { [name]: () => Promise.reject(new Error(`${name} was called before there was a reason`)) });
  return {
    allow() {
      Object.assign(records, whole[0]);
      Object.assign(cases, whole[1]);
    },
  };
}
