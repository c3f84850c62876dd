import assert from 'node:assert/strict';
import { rowsIn } from '../bot/storeContents.ts';
import { PEOPLE, withABot } from './aBot.ts';
import { actionsIn, buttonIn, headingOf, textOf, typedTextsOf, type WireCard } from './aCard.ts';
import { messageOn, type Screen } from './aChat.ts';
import { SPOKEN } from './answers.ts';
import { made, opened } from './aRecord.ts';
import { everyMessage, type Somebody } from './canaries.ts';
import { seen } from './waiting.ts';

const CASE = 'RFS-60601';
const NOTHING_VERB = { type: 'Action.Execute', verb: 'record.open', data: { number: 'SL-00000000' } };

describe('the access log', () => {
  const waited: number[] = [];
  const bot = withABot({ time: { wait: async (durationMs) => void waited.push(durationMs) } });
  let number: string;
  before(async () => {
    ({ number } = await made(bot.chat('priya'), 'record share', { ...SPOKEN, caseReference: CASE }));
    await summary('tom', CASE);
    await summary('ffion', CASE);
    await opened(bot.chat('maureen'), number);
    await opened(bot.chat('ffion'), number);
    await summary('gerald', 'RFS-NONE-1');
  });

  const summary = async (person: Somebody, reference: string): Promise<Screen> =>
    (await bot.chat(person).ask(`case summary ${reference}`)).press('Open');
  const log = async (whose: string): Promise<Screen> =>
    (await bot.chat('rowan').ask(`access log ${whose}`)).press('Open');
  const written = () =>
    rowsIn(bot.dataDir, 'accessLog').map(({ personId, action, subject }) => [personId, action, subject]);

  it('tells a records officer of everything on a case: by its summary, by its records, and refusals of both', async () => {
    const { card } = await log(CASE);
    assert.deepEqual(linesOn(card), [
      ['Asked for a record, and was shown nothing', 'Ffion Example', number],
      ['Opened a record', 'Maureen Castle', number],
      ['Asked for the summary of a case, and was shown nothing', 'Ffion Example'],
      ['Opened the summary of a case', 'Tom Fairweather', number],
    ]);
    assert.ok(typedTextsOf(card).includes(CASE));
    const record = await (await log(CASE)).press(number);
    assert.match(record.heading, new RegExp(`${number}|Keep this from`, 'u'));
  });

  it('folds a reference, and tells of refusals of one that no case has', async () => {
    assert.ok(linesOn((await log('rfs 60601')).card).length >= 4);
    assert.deepEqual(linesOn((await log('RFS-NONE-1')).card).at(-1), [
      'Asked for the summary of a case, and was shown nothing',
      'Gerald Sample',
    ]);
  });

  it('tells of one record by its number, as people type it', async () => {
    for (const typed of [number, number.toLowerCase().replace('-', ' ')])
      assert.deepEqual(linesOn((await log(typed)).card).slice(-3), [
        ['Asked for a record, and was shown nothing', 'Ffion Example', number],
        ['Opened a record', 'Maureen Castle', number],
        ['Opened the summary of a case', 'Tom Fairweather', number],
      ]);
  });

  it('tells of one person, by name and by id', async () => {
    for (const typed of ['ffion example', PEOPLE.ffion, PEOPLE.ffion.toUpperCase()]) {
      const { card } = await log(typed);
      assert.deepEqual(linesOn(card), [
        ['Asked for a record, and was shown nothing', 'Ffion Example', number],
        ['Asked for the summary of a case, and was shown nothing', 'Ffion Example'],
      ]);
      assert.ok(typedTextsOf(card).includes('Ffion Example'));
    }
  });

  it('says so when there is nothing', async () => {
    assert.match(textOf((await log(PEOPLE.adaeze)).card), /There is nothing in the log\./u);
    const left = '7d1f2c40-0000-4000-8000-9e00000000ff';
    assert.ok(typedTextsOf((await log(left)).card).includes(left), 'somebody who is not in the directory any more');
  });

  it('shows eight a page, the newest first, and goes on by key', async () => {
    for (let nth = 0; nth < 10; nth += 1) await bot.chat('adaeze').ask(`record SL-0000000${nth}`).then((stub) => stub.press('Open')); // prettier-ignore
    const first = await log('Adaeze Merriman');
    assert.deepEqual(linesOn(first.card).map(([, , asked]) => asked), [9, 8, 7, 6, 5, 4, 3, 2].map((nth) => `SL-0000000${nth}`)); // prettier-ignore
    await opened(bot.chat('adaeze'), number);
    const last = await first.press('Older');
    assert.deepEqual(linesOn(last.card).map(([, , asked]) => asked), ['SL-00000001', 'SL-00000000']); // prettier-ignore
    assert.deepEqual(titles(last.card), ['Newest']);
    assert.deepEqual(linesOn((await last.press('Newest')).card)[0], ['Opened a record', 'Adaeze Merriman', number]);
  });

  it('is itself written down when it is read, page by page, by id', async () => {
    const before = written().length;
    await (await log('Adaeze Merriman')).press('Older');
    await log(number);
    assert.deepEqual(written().slice(before), [
      [PEOPLE.rowan, 'log.read', PEOPLE.adaeze],
      [PEOPLE.rowan, 'log.read', PEOPLE.adaeze],
      [PEOPLE.rowan, 'log.read', number],
    ]);
    assert.deepEqual(linesOn((await log(number)).card)[0], ['Read the access log', 'Rowan Ledger', number]);
  });

  for (const person of ['priya', 'maureen', 'adaeze', 'ffion'] as const)
    it(`is refused to ${person} in the words for what does not exist, and that is written down`, async () => {
      const before = written().length;
      const theirs = await bot.chat('rowan').ask(`access log ${CASE}`);
      for (const whose of [CASE, number, 'Ffion Example']) {
        const asked = await bot.chat(person).ask(`access log ${whose}`);
        const none = await asked.perform(NOTHING_VERB);
        assert.equal(none.heading, 'Nothing here');
        assert.deepEqual(asked.card, none.card);
        for (const data of [buttonIn(theirs.card, 'Open').data, { person: PEOPLE.priya }])
          assert.deepEqual((await asked.perform({ type: 'Action.Execute', verb: 'log.open', data })).card, none.card);
      }
      const refusals = written()
        .slice(before)
        .filter(([who, action]) => who === PEOPLE[person] && action === 'log.refused');
      assert.equal(refusals.length, 6);
      assert.ok(refusals.every(([, , subject]) => !/RFS-?\d{3}/iu.test(String(subject)) && !String(subject).includes('Ffion'))); // prettier-ignore
    });

  it('is in help for records officers only', async () => {
    assert.match(textOf((await bot.chat('rowan').ask('help')).card), /^access log …$/mu);
    assert.doesNotMatch(textOf((await bot.chat('maureen').ask('help')).card), /access log/u);
  });

  it('leaves a message that says neither whose nor what’s log was asked for', async () => {
    const stub = await bot.chat('rowan').ask(`access log ${CASE}`);
    await stub.press('Open');
    await (await bot.chat('rowan').ask('access log Ffion Example')).press('Open');
    const stored = JSON.stringify((await bot.chat('rowan').messages()).filter(({ sender }) => sender === 'bot'));
    // Nothing shorter: what is sealed in the message is random text.
    for (const word of [CASE, CASE.toLowerCase(), 'Ffion Example', 'Fairweather', PEOPLE.ffion])
      assert.ok(!stored.includes(word), word);
  });

  it('answers a place in the log that is none with a code', async () => {
    const { messageId } = await bot.chat('rowan').ask(`access log ${CASE}`);
    for (const before of ['', 'x', '2026-11-23T14:05:00.000Z', `2026-11-23T14:05:00.000Z 2026-11-23:ab 0`, 7]) {
      const data = { person: PEOPLE.priya, before };
      const answer = await bot.chat('rowan').invoke(messageId, { type: 'Action.Execute', verb: 'log.page', data });
      assert.equal(answer.body.statusCode, 400);
    }
    const past = { person: PEOPLE.priya, before: '2000-01-01T00:00:00.000Z 2000-01-01:ab 1' };
    const { body } = await bot
      .chat('rowan')
      .invoke(messageId, { type: 'Action.Execute', verb: 'log.page', data: past });
    assert.match(textOf(body.value as WireCard), /There is nothing older/u); // an answer that was checked to be a card
  });

  it('has the records officers told of somebody who guesses, without a name, and their log opened at a press', async () => {
    waited.length = 0;
    for (let nth = 0; nth < 21; nth += 1) await summary('gerald', `RFS-7${nth}`);
    assert.deepEqual(waited, [100, 200]); // one was refused at the beginning
    const about = async () =>
      (await bot.chat('rowan').messages()).filter(({ activity }) =>
        (activity.attachments ?? []).some(({ content }) => headingOf(content).startsWith('Much was looked up')),
      );
    const [message] = await seen(async () => ((await about()).length > 0 ? about() : undefined), 'the message');
    assert.ok(message !== undefined);
    assert.doesNotMatch(JSON.stringify(message), /Gerald|RFS/u);
    const shown = await (await messageOn(bot.chat('rowan'), message.id)).press('Open their log');
    assert.ok(typedTextsOf(shown.card).includes('Gerald Sample'));
    await summary('gerald', 'RFS-79');
    assert.equal((await about()).length, 1);
    const others = JSON.stringify((await everyMessage(bot)).filter(({ id }) => id !== message.id));
    assert.doesNotMatch(others, /Much was looked up/u);
  });
});

/** What each line of a log says: what was done, by whom, and which records; without the time. */
function linesOn(card: WireCard): readonly (readonly string[])[] {
  const lines: string[][] = [];
  for (const part of card.body as readonly WireCard[]) {
    if (part.type === 'TextBlock' && part.weight === 'Bolder' && part.style !== 'heading')
      lines.push([String(part.text)]);
    else if (part.type === 'RichTextBlock') lines.at(-1)?.push(...typedTextsOf({ body: [part] }));
    else if (part.type === 'ActionSet') lines.at(-1)?.push(...actionsIn({ body: [part] }).map(({ title }) => title));
  }
  return lines;
}

/** The buttons at the foot of a card. */
function titles(card: WireCard): readonly string[] {
  return ((card.actions ?? []) as readonly { readonly title: string }[]).map(({ title }) => title); // actions of a card of ours
}
