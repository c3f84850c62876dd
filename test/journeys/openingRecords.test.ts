import assert from 'node:assert/strict';
import { withABot, type PEOPLE } from './aBot.ts';
import { buttonIn, inputsIn, typedTextsOf } from './aCard.ts';
import { answerAll } from './aChat.ts';
import { PARTLY } from './answers.ts';

const NO_SUCH_NUMBER = 'SL-00000000';

describe('opening a record by its number', () => {
  const bot = withABot();
  let number: string;
  before(async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), PARTLY);
    const receipt = await check.press('Sign and save', { signature: 'P. Shah' });
    number = receipt.heading.replace('Saved: ', '');
  });

  /** The whole of what somebody gets: the stored message, and the answer to its button, as bytes. */
  const asked = async (person: keyof typeof PEOPLE, wanted: string): Promise<string> => {
    const chat = bot.chat(person);
    const stub = await chat.ask(`record ${wanted}`);
    const answer = await chat.invoke(stub.messageId, buttonIn(stub.card, 'Open'));
    return `${answer.status} ${answer.text}`;
  };

  for (const [person, what] of [
    ['priya', 'its author'],
    ['tom', 'a colleague of the case team'],
    ['maureen', 'the author’s manager'],
    ['adaeze', 'another manager of its team'],
    ['rowan', 'a records officer'],
  ] as const) {
    it(`shows it to ${what}`, async () => {
      const record = await (await bot.chat(person).ask(`record ${number}`)).press('Open');
      assert.ok(typedTextsOf(record.card).includes(PARTLY.reason ?? ''));
      assert.match(typedTextsOf(record.card).at(-1) ?? '', /signed as P\. Shah; directory Priya Shah/u);
    });
  }

  for (const person of ['ffion', 'gerald'] as const) {
    it(`answers ${person}, who may not see it, byte for byte as for a number that does not exist`, async () => {
      assert.equal(await asked(person, number), await asked(person, NO_SUCH_NUMBER));
      const stubs = [];
      for (const wanted of [number, NO_SUCH_NUMBER]) stubs.push(await bot.chat(person).ask(`record ${wanted}`));
      const [its, none] = stubs.map(({ card }) => JSON.stringify(card));
      assert.equal(its?.replaceAll(number, '…'), none?.replaceAll(NO_SUCH_NUMBER, '…'));
    });
  }

  it('copies it as text', async () => {
    const record = await (await bot.chat('priya').ask(`record ${number}`)).press('Open');
    const copied = await record.press('Copy as text');
    const text = inputsIn(copied.card)[0]?.value ?? '';
    assert.match(text, /^KEEP FROM: The former partner, D\.B\./u);
    for (const name of ['reason', 'informationShared', 'noConsentExplanation', 'competenceView', 'nextAction'])
      assert.ok(text.includes(PARTLY[name] ?? name), name);
    assert.match(text, /Signed: signed as P\. Shah; directory Priya Shah/u);
  });

  it('copies nothing for someone who may not see it', async () => {
    const stub = await bot.chat('ffion').ask(`record ${number}`);
    const copy = (wanted: string): Promise<{ text: string }> =>
      bot
        .chat('ffion')
        .invoke(stub.messageId, { type: 'Action.Execute', verb: 'record.copyText', data: { number: wanted } });
    assert.equal((await copy(number)).text, (await copy(NO_SUCH_NUMBER)).text);
  });

  it('reads a number however it is typed', async () => {
    const record = await (await bot.chat('priya').ask(`RECORD  ${number.toLowerCase()} `)).press('Open');
    assert.equal(record.heading === 'Keep this from', true);
  });
});
