import assert from 'node:assert/strict';
import { rowsIn, storeContents } from '../bot/storeContents.ts';
import { PEOPLE, withABot } from './aBot.ts';
import { buttonIn } from './aCard.ts';
import type { Chat, Screen } from './aChat.ts';
import { OUTCOME_AWAITED, SPOKEN, URGENT } from './answers.ts';
import { made, opened } from './aRecord.ts';
import { anAmendment, begunBy, titlesOn, versionFrom } from './furtherVersions.ts';

type Somebody = keyof typeof PEOPLE;

const NO_SUCH_NUMBER = 'SL-00000000';
const STRANGERS = ['ffion', 'gerald'] as const;

/** What begins a further version: each command with its verb. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  'add outcome …': 'outcome.start',
  'amend …': 'record.amend',
  'withdraw consent …': 'record.withdraw',
  'dispute …': 'record.dispute',
  'link …': 'record.link',
  'link … RFS-83001': 'record.link',
};

/** What only reads. */
const READING: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['record.open', {}],
  ['record.open', { version: 1 }],
  ['record.history', {}],
  ['record.history', { version: 1 }],
  ['record.history', { version: 2 }],
  ['record.copyText', {}],
  ['record.showAnswer', { field: 'reason' }],
  ['record.again', {}],
];

/** What the records officer may not do, who may read. */
const NOT_FOR_ROWAN = ['add outcome …', 'amend …', 'withdraw consent …'] as const;

/** What each may do with a record of Priya's of which the outcome is open, by the buttons on it. */
const MAY: Readonly<Partial<Record<Somebody, readonly string[]>>> = {
  priya: ['Add outcome', 'Amend', 'Consent taken back', 'Something disputed', 'Wrong case?'],
  maureen: ['Add outcome', 'Amend', 'Comment', 'Consent taken back', 'Endorse', 'Something disputed', 'Wrong case?'],
  adaeze: ['Add outcome', 'Amend', 'Comment', 'Consent taken back', 'Endorse', 'Something disputed', 'Wrong case?'],
  tom: ['Add outcome'],
  rowan: ['Something disputed', 'Wrong case?'],
};

describe('who may make a further version', () => {
  const bot = withABot();
  /** Records of Priya's: one with its outcome open, one that is closed and amended, one to be completed. */
  const numbers: string[] = [];
  before(async () => {
    const chat = bot.chat('priya');
    numbers.push((await made(chat, 'record share', OUTCOME_AWAITED)).number);
    const { number } = await made(chat, 'record share', SPOKEN);
    await versionFrom(await begunBy(chat, `amend ${number}`), anAmendment());
    numbers.push(number, (await made(chat, 'record share urgent', URGENT)).number);
  });

  /** The answer to a command as it stands in the chat, as bytes. */
  const typed = async (chat: Chat, command: string): Promise<string> => JSON.stringify((await chat.ask(command)).card);
  /** The whole answer to a press, as bytes. */
  const pressed = async (chat: Chat, at: Screen, verb: string, data: object): Promise<string> => {
    const { status, text } = await chat.invoke(at.messageId, { type: 'Action.Execute', verb, data });
    return `${status} ${text}`;
  };
  const kept = (): string => storeContents(bot.dataDir, ['accessLog', 'conversations', 'notices']);
  /**
   * Fails unless this person gets the same for each number as for one that does not exist, and nothing but the refusals
   * is written.
   */
  const assertRefused = async (
    person: Somebody,
    wanted: readonly string[],
    asks: readonly ((number: string) => Promise<string>)[],
  ): Promise<void> => {
    const [before, looks] = [kept(), rowsIn(bot.dataDir, 'accessLog').length];
    for (const ask of asks) {
      const none = await ask(NO_SUCH_NUMBER);
      assert.match(none, /Nothing here that you may see/u);
      for (const number of wanted) assert.equal(await ask(number), none);
    }
    assert.ok(kept() === before, 'nothing is kept');
    const seen = rowsIn(bot.dataDir, 'accessLog').slice(looks);
    const refused = asks.flatMap(() => [NO_SUCH_NUMBER, ...wanted]);
    assert.deepEqual(
      seen.map(({ personId, action, subject }) => [personId, action, subject]),
      refused.map((number) => [PEOPLE[person], 'record.refused', number]),
    );
  };

  for (const person of STRANGERS)
    describe(`answers ${person}, who may not see the record, byte for byte as for a number that does not exist,`, () => {
      const chat = (): Chat => bot.chat(person);

      it('at every command', async () => {
        const commands = Object.keys(BEGINNINGS);
        const asks = commands.map((command) => (number: string) => typed(chat(), command.replace('…', number)));
        await assertRefused(person, numbers, asks);
      });

      it('at every button', async () => {
        const help = await chat().ask('help');
        const beginning = [...new Set([...Object.values(BEGINNINGS), 'record.complete'])];
        const presses = [...beginning.map((verb) => [verb, {}] as const), ...READING];
        const asks = presses.map(
          ([verb, data]) =>
            (number: string) =>
              pressed(chat(), help, verb, { ...data, number }),
        );
        const messages = (await chat().messages()).length;
        await assertRefused(person, numbers, asks);
        assert.equal((await chat().messages()).length, messages, 'no form is put below');
      });

      it('in the history', async () => {
        const stubs = new Set<string>();
        const open = async (number: string): Promise<string> => {
          const { card, messageId } = await chat().ask(`history ${number}`);
          stubs.add(JSON.stringify(card).replaceAll(number, '…'));
          return (await chat().invoke(messageId, buttonIn(card, 'Open'))).text;
        };
        await assertRefused(person, numbers, [open]);
        assert.equal(stubs.size, 1);
      });
    });

  it('answers a records officer, who may read, in the same way for what is not theirs to do', async () => {
    const chat = bot.chat('rowan');
    const help = await chat.ask('help');
    const verbs = [...NOT_FOR_ROWAN.map((command) => BEGINNINGS[command] ?? ''), 'record.complete'];
    await assertRefused('rowan', numbers, [
      ...NOT_FOR_ROWAN.map((command) => (number: string) => typed(chat, command.replace('…', number))),
      ...verbs.map((verb) => (number: string) => pressed(chat, help, verb, { number })),
    ]);
  });

  for (const person of ['priya', 'tom', 'maureen', 'adaeze', 'rowan'] as const)
    it(`offers ${person} on the record what they may do, and does it`, async () => {
      const [number = ''] = numbers;
      const record = await opened(bot.chat(person), number);
      const offered = titlesOn(record.card).filter(
        (title) => !['History', 'Copy as text', 'Show all', 'Case summary'].includes(title),
      );
      assert.deepEqual(offered.toSorted(), MAY[person]);
      // Endorsing asks once, on the card itself.
      const begun = offered.filter((title) => title !== 'Endorse');
      for (const title of begun) assert.equal((await record.press(title)).heading, 'Go on below', title);
    });

  it('offers nobody more than help says', async () => {
    const help = JSON.stringify((await bot.chat('rowan').ask('help')).card);
    for (const command of ['dispute SL-…', 'link SL-… REF', 'history SL-…']) assert.ok(help.includes(command), command);
    for (const command of ['amend SL-…', 'add outcome SL-…', 'withdraw consent SL-…'])
      assert.ok(!help.includes(command), command);
  });
});
