import assert from 'node:assert/strict';
import { longDate } from '../../src/londonTime.ts';
import { withABot, type PEOPLE } from './aBot.ts';
import { actionsIn, headingOf, inputsIn, linesOf, textOf, typedTextsOf, type Inputs, type WireCard } from './aCard.ts';
import { answerAll, messageOn, type Screen } from './aChat.ts';
import { AGREED, OUTCOME, TOLD, URGENT } from './answers.ts';
import { answeredFrom, made, opened, openedBelow, savedAs } from './aRecord.ts';
import { dayOf } from './branches.ts';
import { seen } from './waiting.ts';

const NO_SUCH_NUMBER = 'SL-00000000';
const URGENT_COMMAND = 'record share urgent';

/** What an urgent record leaves out. */
const THE_REST: Inputs = {
  recipientName: 'Carys Fabled',
  recipientJobTitle: 'Paramedic',
  recipientTelephone: '999',
  informationTypes: 'health',
  ...AGREED,
  consentLimits: 'none',
  ...TOLD,
  ...OUTCOME,
};

describe('an urgent share', () => {
  const bot = withABot();

  const drafts = async (person: keyof typeof PEOPLE): Promise<Screen> => bot.chat(person).ask('drafts');
  const lists = (shown: Screen, number: string): boolean => textOf(shown.card).includes(`Urgent record ${number}`);
  /** Presses “Complete it” for a record, whoever it is and whatever their chat shows. */
  const complete = async (person: keyof typeof PEOPLE, number: string): Promise<Screen> =>
    (await bot.chat(person).ask('help')).perform({
      type: 'Action.Execute',
      verb: 'record.complete',
      data: { number },
    });

  it('is one card, then the signature, then a receipt that asks for the rest', async () => {
    const start = await bot.chat('priya').ask(URGENT_COMMAND);
    assert.equal(inputsIn(start.card).length, 6);
    const { number, receipt } = savedAs(await (await answeredFrom(start, URGENT)).sign());
    const due = longDate(dayOf('workday+1', bot.today));
    assert.match(textOf(receipt.card), new RegExp(`Record to be completed by 12:00 on ${due}`, 'u'));
    assert.deepEqual(
      actionsIn(receipt.card).map(({ title }) => title),
      ['Complete it', 'Open record', 'Wrong case?'],
    );
    assert.deepEqual((await messageOn(bot.chat('priya'), start.messageId)).card, receipt.card);
    assert.match(number, /^SL-/u);
  });

  it('is told to the author’s manager at once, by its number and without a word of the case', async () => {
    const { number } = await made(bot.chat('priya'), URGENT_COMMAND, URGENT);
    const told = await seen(async () => {
      const messages = await bot.chat('maureen').messages();
      return messages.find(({ activity }) => JSON.stringify(activity).includes(number));
    }, 'a message to the manager');
    const card = told.activity.attachments?.[0]?.content ?? {};
    assert.equal(headingOf(card), 'An urgent record was made');
    const stored = JSON.stringify(told.activity);
    for (const typed of [...Object.values(URGENT), 'Priya'])
      assert.ok(typed === 'phone' || !stored.includes(typed), typed);
    const record = await (await messageOn(bot.chat('maureen'), told.id)).press('Open record');
    assert.ok(typedTextsOf(record.card).includes(URGENT.reason ?? ''));
  });

  it('stands among the drafts of its author and of the managers of the team, and of nobody else', async () => {
    const { number } = await made(bot.chat('priya'), URGENT_COMMAND, URGENT);
    for (const person of ['priya', 'maureen', 'adaeze'] as const)
      assert.ok(lists(await drafts(person), number), person);
    for (const person of ['tom', 'ffion', 'gerald', 'rowan'] as const)
      assert.ok(!JSON.stringify((await drafts(person)).card).includes(number), person);
  });

  it('says of what was not asked that it is not known yet', async () => {
    const { number } = await made(bot.chat('priya'), URGENT_COMMAND, URGENT);
    const lines = linesOf((await opened(bot.chat('priya'), number)).card);
    for (const question of ['Who received it?', 'Did the family agree to this sharing?', 'Do you know the outcome?'])
      assert.equal(lines.get(question), 'Not known yet', question);
    assert.equal(lines.get('Why did you share it?'), URGENT.reason);
  });

  it('is completed through the ordinary cards, with what is known filled in, under the same number', async () => {
    const { number, receipt } = await made(bot.chat('priya'), URGENT_COMMAND, URGENT);
    assert.equal((await receipt.press('Complete it')).heading, 'Go on below');
    const { check, sign } = await answeredFrom(await openedBelow(bot.chat('priya')), THE_REST);
    assert.ok(typedTextsOf(check.card).includes(URGENT.informationShared ?? ''));
    const completed = savedAs(await sign());
    assert.equal(completed.number, number);
    assert.match(textOf(completed.receipt.card), /Nothing is left open\./u);
    const record = await opened(bot.chat('priya'), number);
    assert.doesNotMatch(textOf(record.card), /Not known yet|Still open/u);
    for (const typed of [URGENT.reason, THE_REST.recipientName, THE_REST.consentGivenBy, THE_REST.outcome])
      assert.ok(typedTextsOf(record.card).includes(typed ?? ''), typed);
    for (const person of ['priya', 'maureen', 'adaeze'] as const)
      assert.ok(!JSON.stringify((await drafts(person)).card).includes(number), person);
  });

  it('that is being completed stands once among its author’s drafts', async () => {
    const { number, receipt } = await made(bot.chat('priya'), URGENT_COMMAND, URGENT);
    await receipt.press('Complete it');
    await receipt.press('Complete it');
    const listed = textOf((await drafts('priya')).card)
      .split('\n')
      .filter((line) => line.includes(number));
    assert.deepEqual(listed, [`Record share ${number}, to be completed`]);
  });

  it('that was completed is not completed again', async () => {
    const { number, receipt } = await made(bot.chat('priya'), URGENT_COMMAND, URGENT);
    await receipt.press('Complete it');
    await (await answeredFrom(await openedBelow(bot.chat('priya')), THE_REST)).sign();
    for (const again of [await complete('maureen', number), await receipt.press('Complete it')])
      assert.equal(again.heading, 'Already complete');
  });

  it('that somebody else completes first is not overwritten unseen: the second is told, and keeps what they typed', async () => {
    const { number, receipt } = await made(bot.chat('priya'), URGENT_COMMAND, URGENT);
    await receipt.press('Complete it');
    const mine = await answeredFrom(await openedBelow(bot.chat('priya')), THE_REST);
    await complete('maureen', number);
    const theirs = await answeredFrom(await openedBelow(bot.chat('maureen')), {
      ...THE_REST,
      recipientName: 'Carys Other',
    });
    await mine.sign();
    const overtaken = await theirs.sign('Maureen Castle');
    assert.equal(overtaken.heading, 'Somebody else was first');
    assert.ok(typedTextsOf((await opened(bot.chat('priya'), number)).card).includes('Carys Fabled'));
    const resumed = await overtaken.press('Go on with mine');
    assert.ok(typedTextsOf(resumed.card).includes('Carys Other'));
    assert.equal(savedAs(await resumed.press('Sign and save', { signature: 'Maureen Castle' })).number, number);
  });

  it('that a manager of the team completes stays its author’s', async () => {
    const { number } = await made(bot.chat('priya'), URGENT_COMMAND, URGENT);
    const listed = await drafts('maureen');
    await listed.perform(completing(listed, number));
    const { sign } = await answeredFrom(await openedBelow(bot.chat('maureen')), THE_REST);
    assert.equal(savedAs(await sign('Maureen Castle')).number, number);
    const mine = await (await bot.chat('priya').ask('my records')).press('Open');
    assert.ok(textOf(mine.card).includes(number));
    assert.match(
      typedTextsOf((await opened(bot.chat('priya'), number)).card).at(-1) ?? '',
      /^Completed by Maureen Castle, Team manager/u,
    );
  });

  for (const person of ['tom', 'ffion', 'gerald', 'rowan'] as const) {
    it(`is completed by nobody else: ${person} is answered as for a number that does not exist`, async () => {
      const { number } = await made(bot.chat('priya'), URGENT_COMMAND, URGENT);
      const refused = await complete(person, number);
      assert.equal(refused.heading, 'Nothing here');
      assert.deepEqual(refused.card, (await complete(person, NO_SUCH_NUMBER)).card);
    });
  }

  it('refuses a placeholder as any other share does', async () => {
    const start = await bot.chat('priya').ask(URGENT_COMMAND);
    const again = await answerAll(start, { ...URGENT, reason: 'as above' });
    assert.equal(again.heading, start.heading);
    assert.match(textOf(again.card), /points elsewhere/u);
    assert.equal(inputValue(again.card, 'reason'), 'as above');
  });
});

function completing({ card }: Screen, number: string): object {
  const found = actionsIn(card).find(({ verb, data }) => verb === 'record.complete' && data?.number === number);
  assert.ok(found !== undefined, 'there is “Complete it”');
  return found;
}

function inputValue(card: WireCard, id: string): string | undefined {
  return inputsIn(card).find((input) => input.id === id)?.value;
}
