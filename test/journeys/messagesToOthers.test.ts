import assert from 'node:assert/strict';
import { rowsIn } from '../bot/storeContents.ts';
import { moveClock, PEOPLE, RIVERSIDE, withABot } from './aBot.ts';
import { actionsIn, headingOf, typedTextsOf, type Inputs, type WireCard } from './aCard.ts';
import { messageOn, type KeptMessage } from './aChat.ts';
import { ALL_SHARED, ASKED, REFUSED, URGENT } from './answers.ts';
import { answered, made, opened, savedAs } from './aRecord.ts';
import { dated } from './branches.ts';
import { CANARY_RECORDS, CASE_OF_ALL, everyMessage, EVERYBODY, withCanaries, type Somebody } from './canaries.ts';
import { seen } from './waiting.ts';

const URGENT_COMMAND = 'record share urgent';

describe('messages to those who must hear of a record', () => {
  const bot = withABot({ per: 'test' });

  const about = async (person: Somebody, number: string): Promise<readonly KeptMessage[]> =>
    (await bot.chat(person).messages()).filter(({ activity }) => cardsOf(activity).some((card) => opens(card, number)));
  const told = (person: Somebody, number: string): Promise<KeptMessage> =>
    seen(async () => (await about(person, number))[0], `${person} to hear of ${number}`);
  const logged = (code: string): Promise<string> =>
    seen(() => bot.logged.find((line) => line.includes(`"${code}"`)), `${code} in the log`);
  const signedBy = async (person: Somebody, command: string, answers: Inputs): Promise<string> =>
    (await made(bot.chat(person), command, dated(answers, bot.today))).number;
  const queued = (number: string) => rowsIn(bot.dataDir, 'notices').filter((notice) => notice.about === number);

  describe('go to the records officers', () => {
    const TELLING: Readonly<Record<string, readonly [string, Inputs]>> = {
      'when people ask for their own records': ['People asked for their own records', { ...REFUSED, requestKind: 'ownRecords' }],
      'when all was shared and nobody checked who asked': ['Shared without a check of who asked', { ...ALL_SHARED, requesterIdentity: 'notConfirmed', requesterIdentityDetail: 'She would not wait for a call back' }],
      'when part was shared and nobody checked who asked': ['Shared without a check of who asked', { ...ALL_SHARED, decision: 'part', requesterIdentity: 'notConfirmed', requesterIdentityDetail: 'She would not wait for a call back' }],
    }; // prettier-ignore
    for (const [when, [title, answers]] of Object.entries(TELLING))
      it(when, async () => {
        const number = await signedBy('priya', 'request received', answers);
        const message = await told('rowan', number);
        assert.deepEqual(cardsOf(message.activity).map(headingOf), [title]);
        const record = await (await messageOn(bot.chat('rowan'), message.id)).press('Open record');
        assert.ok(typedTextsOf(record.card).includes(answers.reason ?? ''));
        for (const person of EVERYBODY)
          if (person !== 'rowan' && person !== 'priya') assert.deepEqual(await about(person, number), [], person);
      });

    it('once for each reason that there is', async () => {
      const both = {
        ...ALL_SHARED,
        requestKind: 'ownRecords',
        requesterIdentity: 'notConfirmed',
        requesterIdentityDetail: 'They gave no name',
      };
      const number = await signedBy('priya', 'request received', both);
      const messages = await seen(async () => {
        const found = await about('rowan', number);
        return found.length < 2 ? undefined : found;
      }, 'two messages');
      assert.deepEqual(messages.flatMap(({ activity }) => cardsOf(activity).map(headingOf)).toSorted(), [
        'People asked for their own records',
        'Shared without a check of who asked',
      ]);
    });
  });

  const SILENT: Readonly<Record<string, readonly [string, Inputs]>> = {
    'a request refused because nobody could check who asked': ['request received', { ...REFUSED, requesterIdentity: 'notConfirmed', requesterIdentityDetail: 'They rang off' }],
    'a request that was checked': ['request received', ALL_SHARED],
    'a request that is not decided': ['request received', { ...ASKED, requesterIdentity: 'notConfirmed', requesterIdentityDetail: 'They rang off', decision: 'notYet', waitingFor: 'A call back from their office.' }],
  }; // prettier-ignore
  for (const [what, [command, answers]] of Object.entries(SILENT))
    it(`go to nobody for ${what}`, async () => {
      assert.deepEqual(queued(await signedBy('priya', command, answers)), []);
    });

  it('are sent once, however often Sign is pressed', async () => {
    const { check, sign } = await answered(bot.chat('priya'), URGENT_COMMAND, URGENT);
    const receipts = await Promise.all([sign(), sign(), sign()]);
    const { number } = savedAs(receipts[0]);
    await told('maureen', number);
    savedAs(await check.press('Sign and save', { signature: 'Priya Shah' }));
    await seen(() => (queued(number).every(({ status }) => status === 'sent') ? true : undefined), 'all to be sent');
    assert.equal((await about('maureen', number)).length, 1);
  });

  it('do not hold up a record whose author has no manager', async () => {
    const number = await signedBy('adaeze', URGENT_COMMAND, { ...URGENT, teamId: RIVERSIDE });
    await logged('notice.nobody');
    const statuses = (): string => queued(number).map(({ status }) => String(status)).join(); // prettier-ignore
    await seen(() => (statuses() === 'givenUp' ? true : undefined), 'it to be given up');
  });

  it('go to the manager’s manager when the manager cannot be reached', async () => {
    bot.running.connector.failNext(PEOPLE.maureen, { kind: 'status', status: 403, code: 'ConversationBlockedByUser' });
    const number = await signedBy('priya', URGENT_COMMAND, URGENT);
    await logged('notice.unreachable');
    await moveClock(bot.running.url, { advance: 'PT1M' });
    const message = await told('adaeze', number);
    assert.deepEqual(cardsOf(message.activity).map(headingOf), ['An urgent record was made']);
    assert.deepEqual(await about('maureen', number), []);
  });

  it('come later when they could not be delivered at first', async () => {
    bot.running.connector.failNext(PEOPLE.maureen, { kind: 'status', status: 500 });
    const number = await signedBy('priya', URGENT_COMMAND, URGENT);
    await logged('notice.again');
    assert.deepEqual(await about('maureen', number), []);
    await moveClock(bot.running.url, { advance: 'PT1M' });
    await told('maureen', number);
    assert.equal((await about('maureen', number)).length, 1);
  });

  it('go to the manager’s manager as well when they could not be delivered ten times', async () => {
    bot.running.connector.failNext(PEOPLE.maureen, { kind: 'status', status: 500 }, 10);
    const number = await signedBy('priya', URGENT_COMMAND, URGENT);
    await logged('notice.again');
    const left = (code: string): number => bot.logged.filter((line) => line.includes(`"${code}"`)).length;
    for (let nth = 2; nth <= 9; nth += 1) {
      await moveClock(bot.running.url, { advance: 'PT1M' });
      await seen(() => (left('notice.again') === nth ? true : undefined), `attempt ${nth}`);
      assert.deepEqual(await about('adaeze', number), []);
    }
    await moveClock(bot.running.url, { advance: 'PT1M' });
    await told('adaeze', number);
    assert.equal(left('notice.failed'), 1);
    assert.deepEqual(await about('maureen', number), []);
    await moveClock(bot.running.url, { advance: 'PT1M' });
    assert.equal((await about('adaeze', number)).length, 1);
  });

  it('come after the bot was stopped and started again', async () => {
    bot.running.connector.failNext(PEOPLE.rowan, { kind: 'status', status: 500 }, 2);
    const number = await signedBy('priya', 'request received', { ...REFUSED, requestKind: 'ownRecords' });
    await logged('notice.again');
    await bot.close();
    await bot.start();
    await told('rowan', number);
  });

  it('come twice rather than not at all when nobody knows whether they arrived', async () => {
    await bot.chat('maureen').ask('help');
    bot.running.connector.failNext(PEOPLE.maureen, { kind: 'reset', applied: true });
    const number = await signedBy('priya', URGENT_COMMAND, URGENT);
    await logged('notice.again');
    await moveClock(bot.running.url, { advance: 'PT1M' });
    await seen(async () => (await about('maureen', number))[1], 'a second message');
  });

  it('hold nothing that was typed, and neither does any other message in any chat', async () => {
    const typed: string[] = [];
    const numbers: string[] = [];
    for (const [person, command, answers] of CANARY_RECORDS) {
      const { sign } = await answered(bot.chat(person), command, dated(withCanaries(answers, typed), bot.today));
      numbers.push(savedAs(await sign('Signed Kanari')).number);
    }
    const notices = await seen(() => {
      const rows = rowsIn(bot.dataDir, 'notices');
      return rows.every(({ status }) => status !== 'pending') ? rows : undefined;
    }, 'all to be sent');
    for (const number of numbers) await (await opened(bot.chat('maureen'), number)).press('Copy as text');
    for (const person of ['priya', 'ffion', 'rowan', 'maureen'] as const)
      for (const command of ['drafts', 'my records', 'unlinked', 'help']) await bot.chat(person).ask(command);
    assert.deepEqual([...new Set(notices.map(({ what }) => what))].toSorted(), [
      'earlierLimits',
      'identityNotConfirmed',
      'ownRecords',
      'urgent',
    ]);
    const stored = JSON.stringify([await everyMessage(bot), notices, bot.logged]);
    assert.ok(typed.length > 60, `${typed.length} typed`);
    for (const canary of [...typed, 'Kanari', CASE_OF_ALL]) assert.ok(!stored.includes(canary), canary);
  });
});

function cardsOf({ attachments = [] }: KeptMessage['activity']): readonly WireCard[] {
  return attachments.map(({ content }) => content);
}

/** Whether a card is about a record: has the button that opens it. */
function opens(card: WireCard, number: string): boolean {
  return actionsIn(card).some(({ verb, data }) => verb === 'record.open' && data?.number === number);
}
