import assert from 'node:assert/strict';
import { rowsIn } from '../bot/storeContents.ts';
import { withABot } from './aBot.ts';
import { buttonIn, headingOf, pressData } from './aCard.ts';
import { answerAll, cardIn, type Screen } from './aChat.ts';
import { SPOKEN } from './answers.ts';

const SIGNED = { signature: 'Priya Shah' };

describe('the same press several times', () => {
  const bot = withABot({ per: 'test' });

  const count = (table: 'versions' | 'chain' | 'numbers' | 'drafts'): number => rowsIn(bot.dataDir, table).length;
  const signing = (check: Screen): object => {
    const action = buttonIn(check.card, 'Sign and save');
    return { ...action, data: pressData(check.card, action, SIGNED) };
  };

  it('on Sign, at once, makes one record and answers all with its receipt', async () => {
    const chat = bot.chat('priya');
    const check = await answerAll(await chat.ask('record share'), SPOKEN);
    const press = signing(check);
    const answers = await Promise.all([1, 2, 3].map(() => chat.invoke(check.messageId, press)));
    const headings = new Set(answers.map((answer) => headingOf(cardIn(answer))));
    assert.equal(headings.size, 1);
    assert.match([...headings][0] ?? '', /^Saved: SL-/u);
    assert.deepEqual([count('versions'), count('chain'), count('numbers'), count('drafts')], [1, 1, 1, 1]);
  });

  it('on Sign, delivered again later with new ids, makes one record', async () => {
    const chat = bot.chat('priya');
    const check = await answerAll(await chat.ask('record share'), SPOKEN);
    const press = signing(check);
    const first = cardIn(await chat.invoke(check.messageId, press));
    for (let again = 0; again < 2; again += 1)
      assert.deepEqual(cardIn(await chat.invoke(check.messageId, press)), first);
    assert.deepEqual([count('versions'), count('chain'), count('numbers')], [1, 1, 1]);
  });

  it('on Continue, at once, goes on by one card', async () => {
    const chat = bot.chat('priya');
    const first = await chat.ask('record share');
    const action = buttonIn(first.card, 'Continue');
    const press = { ...action, data: pressData(first.card, action, { concerning: 'J.B.', methods: 'phone' }) };
    const answers = await Promise.all([1, 2, 3].map(() => chat.invoke(first.messageId, press)));
    const headings = new Set(answers.map((answer) => headingOf(cardIn(answer))));
    assert.deepEqual([...headings], ['Who received it']);
  });

  it('on Delete, once the record was signed elsewhere, shows the receipt instead', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    const asked = await check.press('Cancel');
    const receipt = await check.press('Sign and save', SIGNED);
    assert.deepEqual((await asked.press('Delete it')).card, receipt.card);
    assert.equal(count('versions'), 1);
  });
});
