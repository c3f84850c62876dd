import assert from 'node:assert/strict';
import { CodedError } from '../../src/errors.ts';
import { rowsIn } from '../bot/storeContents.ts';
import { moveClock, withABot } from './aBot.ts';
import { buttonIn, headingOf } from './aCard.ts';
import { cardIn, type Chat } from './aChat.ts';
import { SPOKEN } from './answers.ts';
import { made, opened } from './aRecord.ts';
import { dayOf } from './branches.ts';
import type { Somebody } from './canaries.ts';

const CASE = 'KNR-31337';
const CHILD = 'KANARY child, aged 5';
/** What of the records could be shown. */
const DETAIL = /KANARY|KNR-31337|knr-31337/u;

describe('whatever shows something of a case', function () {
  this.timeout(30_000);
  const bot = withABot();
  let number: string;
  let unlinked: string;
  before(async () => {
    const answers = {
      ...{ ...SPOKEN, caseReference: CASE, concerning: CHILD, reason: 'KANARY reason: the visit was missed.' },
      ...{
        outcomeKnown: 'notYet',
        outcome: '',
        outcomeDue: dayOf('workday+5', bot.today),
        nextAction: 'KANARY: the nurse rings.',
      },
    };
    ({ number } = await made(bot.chat('priya'), 'record share', answers));
    const { caseReference: _, ...without } = answers;
    ({ number: unlinked } = await made(bot.chat('priya'), 'record share', without));
    await moveClock(bot.running.url, { london: `${dayOf('workday+7', bot.today)}T14:00` });
  });

  const failing = (): (() => void) => {
    const { access } = bot.running.services.stores;
    const whole = { ...access };
    Object.assign(access, { appendBatch: () => Promise.reject(new CodedError('store.full', 'The disk is full.')) });
    return () => Object.assign(access, whole);
  };
  const entries = (): number => rowsIn(bot.dataDir, 'accessLog').length;
  const a = (verb: string, data: () => object | Promise<object>) => async () => ({ type: 'Action.Execute', verb, data: await data() }); // prettier-ignore
  /** The button of the message that answers a command. */
  const opening = (command: () => string) => async (chat: Chat) => buttonIn((await chat.ask(command())).card, 'Open');

  const PRESSES: Readonly<Record<string, readonly [Somebody, (chat: Chat) => Promise<object>]>> = {
    'the record': ['priya', a('record.open', () => ({ number }))],
    'the record by its command': ['tom', opening(() => `record ${number}`)],
    'the whole of an answer': ['priya', a('record.showAnswer', () => ({ number, field: 'reason' }))],
    'the record as text': ['priya', a('record.copyText', () => ({ number }))],
    'its history': ['priya', async (chat) => buttonIn((await opened(chat, number)).card, 'History')],
    'the summary of its case': ['tom', opening(() => `case summary ${CASE}`)],
    'the summary by a record': ['maureen', a('summary.open', () => ({ number }))],
    'the list of one’s own records': ['priya', opening(() => 'my records')],
    'the list of records without a case': ['rowan', opening(() => 'unlinked')],
    'what is open today': ['priya', a('nudge.open', () => ({}))],
    'what is open at all': ['maureen', opening(() => 'missing outcomes')],
    'the access log': ['rowan', opening(() => `access log ${CASE}`)],
  }; // prettier-ignore

  for (const [what, [person, press]] of Object.entries(PRESSES)) {
    it(`shows nothing of ${what} unless that was written down first`, async () => {
      const chat = bot.chat(person);
      const { messageId } = await chat.ask('help');
      const action = await press(chat);
      const before = entries();
      const mend = failing();
      const refused = await chat.invoke(messageId, action);
      mend();
      assert.equal(headingOf(cardIn(refused)), 'Not done');
      assert.doesNotMatch(refused.text, DETAIL);
      assert.equal(entries(), before);
      const shown = await chat.invoke(messageId, action);
      // A history says what was changed, and here nothing was: the name of who made the record is its detail.
      assert.match(shown.text, what === 'its history' ? /Priya Shah/u : DETAIL);
      assert.equal(entries(), before + 1, 'one entry, and it is there when the answer is');
    });
  }

  it('begins no further version of a record, and copies none, unless that was written down first', async () => {
    const chat = bot.chat('priya');
    const { messageId } = await chat.ask('help');
    for (const verb of ['record.amend', 'record.dispute', 'record.withdraw', 'record.again', 'outcome.start']) {
      const messages = (await chat.messages()).length;
      const mend = failing();
      const refused = await chat.invoke(messageId, { type: 'Action.Execute', verb, data: { number } });
      mend();
      assert.equal(headingOf(cardIn(refused)), 'Not done', verb);
      assert.doesNotMatch(refused.text, DETAIL);
      assert.equal((await chat.messages()).length, messages, verb);
    }
  });

  it('answers the same where there is nothing to see as where there is, when it cannot be written down', async () => {
    const chat = bot.chat('ffion');
    const { messageId } = await chat.ask('help');
    const mend = failing();
    for (const verb of ['record.open', 'record.history', 'record.copyText', 'summary.open', 'record.amend']) {
      const answers = await Promise.all(
        [number, unlinked, 'SL-00000000'].map((of) =>
          chat.invoke(messageId, { type: 'Action.Execute', verb, data: { number: of } }),
        ),
      );
      assert.equal(new Set(answers.map(({ text }) => text)).size, 1, verb);
    }
    mend();
  });
});
