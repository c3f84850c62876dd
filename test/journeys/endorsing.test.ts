import assert from 'node:assert/strict';
import { rowsIn } from '../bot/storeContents.ts';
import { PEOPLE, withABot } from './aBot.ts';
import { actionsIn, inputsIn, linesOf, textOf } from './aCard.ts';
import { answerAll, messageOn, refreshed, type Screen } from './aChat.ts';
import { AGREED, OUTCOME, SHARED, TOLD } from './answers.ts';
import { made, opened, openedBelow } from './aRecord.ts';

const A_SHARE = { ...SHARED, methods: 'phone', ...AGREED, consentLimits: 'none', ...TOLD, ...OUTCOME };
const STATED = { decidedBy: 'jointly,endorsed', jointWith: 'The school nurse', endorsedByName: 'Maureen Castle' };
const LINE = 'Which manager endorsed it?';

describe('a manager and the endorsement of a record', () => {
  const bot = withABot();

  let cases = 0;
  const recorded = async (person: keyof typeof PEOPLE, stated: object = {}): Promise<string> => {
    cases += 1;
    const answers = { ...A_SHARE, ...stated, caseReference: `RFS-${52_000 + cases}` };
    return (await made(bot.chat(person), 'record share', answers)).number;
  };
  const titles = (shown: Screen): readonly string[] => actionsIn(shown.card).map(({ title }) => title);
  const versions = (number: string) => rowsIn(bot.dataDir, 'versions').filter((row) => row.number === number);

  it('confirms what the record says, and both read it', async () => {
    const number = await recorded('priya', STATED);
    const record = await opened(bot.chat('maureen'), number);
    assert.equal(linesOf(record.card).get(LINE), 'Said to be endorsed by Maureen Castle, not yet confirmed');
    assert.ok(['Confirm', 'Not so', 'Comment'].every((title) => titles(record).includes(title)));
    assert.ok(!titles(record).includes('Endorse'));
    const asked = await record.press('Confirm');
    assert.equal(asked.heading, 'Confirm the endorsement?');
    assert.ok(textOf(asked.card).includes(`Record share ${number}`));
    for (const _press of [1, 2, 3]) assert.equal((await asked.press('Confirm')).heading, `Saved: ${number}`);
    assert.equal(versions(number).length, 2);
    for (const person of ['priya', 'maureen'] as const) {
      const after = await opened(bot.chat(person), number);
      assert.match(linesOf(after.card).get(LINE) ?? '', /^Endorsed by Maureen Castle, confirmed on \w+day /u);
      assert.ok(!titles(after).includes('Confirm'));
      const text = inputsIn((await after.press('Copy as text')).card)[0]?.value ?? '';
      assert.equal(text.match(/Endorsed by Maureen Castle, confirmed on/gu)?.length, 3);
      assert.match(textOf((await after.press('History')).card), /Endorsed by Maureen Castle, confirmed on/u);
    }
  });

  it('says that it was not so', async () => {
    const number = await recorded('priya', STATED);
    const asked = await (await opened(bot.chat('adaeze'), number)).press('Not so');
    await asked.press('Not so');
    const record = await opened(bot.chat('priya'), number);
    assert.match(textOf(record.card), /Adaeze Merriman says that this was not endorsed, \w+day /u);
  });

  it('endorses a decision; the message of the record goes on being that', async () => {
    const chat = bot.chat('maureen');
    const number = await recorded('priya');
    const record = await opened(chat, number);
    const kept = JSON.stringify((await messageOn(chat, record.messageId)).card);
    const receipt = await (await record.press('Endorse')).press('Endorse');
    assert.equal(receipt.heading, `Saved: ${number}`);
    assert.equal(JSON.stringify((await messageOn(chat, record.messageId)).card), kept);
    const shown = await refreshed(chat, record.messageId);
    assert.match(textOf(shown.card), /Endorsed by Maureen Castle, Team manager, Exampleshire Council, on \w+day /u);
    assert.ok(!titles(shown).includes('Endorse'));
    assert.equal((await record.press('Endorse')).heading, 'It has been said already');
  });

  it('comments without endorsing, in a message below that holds nothing of the case', async () => {
    const chat = bot.chat('maureen');
    const number = await recorded('priya');
    await (await opened(chat, number)).press('Comment');
    const check = await answerAll(await openedBelow(chat), { commentText: 'I would have rung the school.' });
    const receipt = await check.press('Sign and save', { signature: 'Maureen Castle' });
    assert.equal(receipt.heading, `Saved: ${number}`);
    assert.doesNotMatch(JSON.stringify(await chat.messages()), /rung the school/u);
    const record = await opened(bot.chat('priya'), number);
    assert.equal(linesOf(record.card).get('What is your comment?'), 'I would have rung the school.');
    assert.doesNotMatch(textOf(record.card), /Endorsed by/u);
  });

  it('cannot say anything of their own record, and nobody else can who may not', async () => {
    const own = await recorded('maureen', STATED);
    const theirs = await recorded('priya', STATED);
    for (const [person, number] of [
      ['maureen', own],
      ['priya', theirs],
      ['rowan', theirs],
    ] as const) {
      const record = await opened(bot.chat(person), number);
      for (const title of ['Confirm', 'Not so', 'Endorse', 'Comment'])
        assert.ok(!titles(record).includes(title), title);
    }
    for (const [person, number] of [
      ['maureen', own],
      ['priya', theirs],
      ['rowan', theirs],
      ['tom', theirs],
      ['gerald', theirs],
    ] as const) {
      const stub = await bot.chat(person).ask(`record ${number}`);
      const answers = [number, 'SL-00000000'].flatMap((wanted) =>
        [
          { verb: 'record.endorse', data: { number: wanted, how: 'confirmed' } },
          { verb: 'record.endorse', data: { number: wanted, how: 'confirmed', version: 1 } },
          { verb: 'record.comment', data: { number: wanted } },
        ].map((action) => bot.chat(person).invoke(stub.messageId, { type: 'Action.Execute', ...action })),
      );
      const texts = new Set((await Promise.all(answers)).map(({ text }) => text));
      assert.equal(texts.size, 1, person);
      assert.match([...texts][0] ?? '', /Nothing here/u);
      const refused = rowsIn(bot.dataDir, 'accessLog').filter(({ personId, action, subject }) => personId === PEOPLE[person] && action === 'record.refused' && subject === number); // prettier-ignore
      assert.ok(refused.length >= 3, person);
      assert.equal(versions(number).length, 1);
    }
  });

  for (const [what, data] of Object.entries({
    'another word': { how: 'maybe' },
    'no word': {},
    'a version that is text': { how: 'endorsed', version: '1' },
    'something beside it': { how: 'endorsed', all: true },
  }))
    it(`${what} in the press is answered with a code`, async () => {
      const stub = await bot.chat('maureen').ask('record SL-00000000');
      const action = { type: 'Action.Execute', verb: 'record.endorse', data: { number: 'SL-00000000', ...data } };
      assert.match((await bot.chat('maureen').invoke(stub.messageId, action)).text, /BadRequest/u);
    });
});
