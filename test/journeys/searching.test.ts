import assert from 'node:assert/strict';
import { rowsIn, storeContents } from '../bot/storeContents.ts';
import { moveClock, PEOPLE, RIVERSIDE, withABot } from './aBot.ts';
import { actionsIn, inputsIn, textOf, typedTextsOf, type Inputs } from './aCard.ts';
import { http, messageOn, refreshed, type KeptMessage } from './aChat.ts';
import { DECIDED_NOT_TO, OUTCOME_AWAITED } from './answers.ts';
import { made } from './aRecord.ts';
import { extended, inserted, numbersOn, searched, withoutTokens, type FoundCard } from './aSearch.ts';
import { dated } from './branches.ts';
import { everyMessage, type Somebody } from './canaries.ts';

/** Stands in what is typed, and may stand in answers to whoever searches alone. */
const MARK = 'Kanari';
const REFERENCE = 'KNR-80808';
const ORGANISATION = `<b>${MARK}</b> & Sons **Health**`;

describe('searching', () => {
  const bot = withABot();
  let share: string;
  let decisions: readonly string[] = [];
  let ffions: string;
  const record = async (person: Somebody, command: string, answers: Inputs): Promise<string> =>
    (await made(bot.chat(person), command, dated(answers, bot.today))).number;
  before(async () => {
    share = await record('priya', 'record share', { ...OUTCOME_AWAITED, caseReference: REFERENCE, recipientOrganisation: ORGANISATION, concerning: `${MARK}, aged 5` }); // prettier-ignore
    for (let nth = 0; nth < 9; nth += 1)
      decisions = [await record('tom', 'decided not to share', { ...DECIDED_NOT_TO, caseReference: 'RFS-1' }), ...decisions]; // prettier-ignore
    ffions = await record('ffion', 'decided not to share', { ...DECIDED_NOT_TO, caseReference: 'RFS-2' });
  });

  const logOf = (from: number) =>
    rowsIn(bot.dataDir, 'accessLog')
      .slice(from)
      .map(({ personId, action, subject }) => [personId, action, subject]);
  const logged = (): number => rowsIn(bot.dataDir, 'accessLog').length;

  describe('by a command', () => {
    it('finds by reference, and says kind, number, when, about what, with whom and what is open', async () => {
      const { card, heading } = await searched(bot.chat('priya'), 'knr 80808');
      assert.equal(heading, 'Found');
      assert.deepEqual(numbersOn(card), [share]);
      assert.deepEqual(typedTextsOf(card), ['knr 80808', REFERENCE, ORGANISATION]);
      assert.match(textOf(card), new RegExp(`Record share ${share}[^]*\\((GMT|BST)\\)[^]*Still open: Outcome`, 'u'));
    });

    for (const [what, text, found] of [
      ['a number', () => share.toLowerCase(), () => [share]],
      ['an organisation', () => `org ${ORGANISATION}`, () => [share]],
      ['its author', () => 'by priya shah', () => [share]],
      ['what is open', () => 'open', () => [share]],
      ['a kind and an author', () => 'type decided not to share by Tom Fairweather', () => decisions.slice(0, 8)],
      ['a day', () => `${REFERENCE} from ${bot.today} to ${bot.today}`, () => [share]],
    ] as const)
      it(`finds by ${what}`, async () => {
        assert.deepEqual(numbersOn((await searched(bot.chat('priya'), text())).card), found());
      });

    it('goes through pages of eight, and back, whatever was recorded meanwhile', async () => {
      const first = await searched(bot.chat('maureen'), 'RFS-1');
      assert.deepEqual(numbersOn(first.card), decisions.slice(0, 8));
      const last = await first.press('Older');
      assert.deepEqual(numbersOn(last.card), decisions.slice(8));
      assert.deepEqual((await last.press('Newest')).card.body, first.card.body);
    });

    it('opens what it found at a press', async () => {
      const shown = await searched(bot.chat('priya'), REFERENCE);
      assert.equal((await shown.press('Open')).heading, `Record share ${share}`);
    });

    it('brings what was found back when the message is seen again, and for nobody else', async () => {
      const stub = await bot.chat('priya').ask(`search ${REFERENCE}`);
      assert.deepEqual(numbersOn((await refreshed(bot.chat('priya'), stub.messageId)).card), [share]);
      const taken = await bot.chat('maureen').ask('help');
      const pressed = await taken.perform(actionsIn(stub.card)[0]!);
      assert.equal(pressed.heading, 'Nothing here');
    });

    it('in a channel is answered in one’s own chat', async () => {
      const url = `${bot.running.url}/local/chats/channel/${RIVERSIDE}/messages`;
      await http(url, { personId: PEOPLE.priya, text: `search ${REFERENCE}` });
      const last = (await bot.chat('priya').messages()).at(-1)!;
      assert.deepEqual(numbersOn((await (await messageOn(bot.chat('priya'), last.id)).press('Open')).card), [share]);
      assert.ok(!JSON.stringify(await http(url)).includes(share));
    });
  });

  describe('by the form', () => {
    it('finds what all of it holds for, and brings the form back filled in', async () => {
      const form = await bot.chat('priya').ask('search');
      assert.deepEqual(
        inputsIn(form.card).map(({ id, value }) => [id, value]),
        ['reference', 'organisation', 'type', 'from', 'to', 'author'].map((id) => [id, undefined]),
      );
      const typed = { organisation: ORGANISATION, type: 'share', from: bot.today, author: 'Priya Shah' };
      const found = await form.press('Search', typed);
      assert.deepEqual(numbersOn(found.card), [share]);
      assert.deepEqual(valuesOf((await found.press('Change the search')).card), typed);
      const none = await form.press('Search', { ...typed, type: 'requestMade' });
      assert.equal(none.heading, 'Nothing here');
      assert.deepEqual(valuesOf((await none.press('Change the search')).card), { ...typed, type: 'requestMade' });
    });

    it('finds only what is open by its other button, on every page', async () => {
      const form = await bot.chat('priya').ask('search');
      assert.deepEqual(numbersOn((await form.press('Search what is open', { from: '2020-01-01' })).card), [share]);
      assert.deepEqual(numbersOn((await form.press('Search what is open')).card), [share]);
    });

    it('is opened from help', async () => {
      const help = await bot.chat('priya').ask('help');
      const pressed = await help.perform(actionsIn(help.card).find(({ verb }) => verb === 'search.form')!);
      assert.equal(pressed.heading, 'Find a record');
    });
  });

  describe('for somebody who may not see it', () => {
    it('is answered as for what is not there, in the same words, and noted', async () => {
      for (const [hidden, absent] of [
        ['KNR-80808', 'KNR-80809'],
        [share, 'SL-00000000'],
        ['by Priya Shah', 'by Rowan Ledger'],
        [`org ${ORGANISATION}`, 'org Nowhere'],
      ] as const) {
        const from = logged();
        const cards = [];
        for (const text of [hidden, absent]) cards.push((await searched(bot.chat('ffion'), text)).card);
        assert.equal(withoutTokens(cards[0]!), withoutTokens(cards[1]!));
        assert.equal(textOf(cards[0]!).split('\n')[0], 'Nothing here');
        const entries = logOf(from);
        assert.equal(entries.length, 2);
        assert.equal(entries[0]?.[1], entries[1]?.[1]);
        // More than three letters, which a record number may hold by chance.
        assert.doesNotMatch(JSON.stringify(entries), /KNR-?808/iu);
      }
    });

    it('finds one’s own and nothing of other teams among all that is looked through', async () => {
      const own = await searched(bot.chat('ffion'), 'from 2020-01-01');
      assert.deepEqual(numbersOn(own.card), [ffions]);
      assert.match(textOf(own.card), /Looked through: your own records, your teams’/u);
      const all = await searched(bot.chat('rowan'), 'type decided not to share');
      assert.deepEqual(numbersOn(all.card), [ffions, ...decisions.slice(0, 7)]);
      assert.doesNotMatch(textOf(all.card), /Looked through/u);
    });
  });

  describe('in the access log', () => {
    it('stands page by page, with what was shown', async () => {
      const from = logged();
      await (await searched(bot.chat('tom'), 'RFS-1')).press('Older');
      assert.deepEqual(logOf(from), [
        [PEOPLE.tom, 'record.search', decisions.slice(0, 8).join(' ')],
        [PEOPLE.tom, 'record.search', decisions.slice(8).join(' ')],
      ]);
    });
  });

  describe('beside the compose box', () => {
    const texts = (found: readonly FoundCard[] | undefined) => (found ?? []).map(({ content }) => textOf(content));

    it('finds the same, each with a card without case detail and a preview without markup', async () => {
      const from = logged();
      const { type, attachments = [] } = await extended(bot, 'priya', REFERENCE);
      assert.equal(type, 'result');
      assert.deepEqual(logOf(from), [[PEOPLE.priya, 'record.search', share]]);
      const [one] = attachments;
      assert.ok(one !== undefined && attachments.length === 1);
      assert.match(textOf(one.content), new RegExp(`^Record share ${share}\nContact on \\w+ \\d+ \\w+ \\d{4}$`, 'u'));
      assert.deepEqual(actionsIn(one.content).map(({ verb, data }) => [verb, data]), [['record.open', { number: share }]]); // prettier-ignore
      assert.deepEqual(Object.keys(one.content).toSorted(), ['$schema', 'actions', 'body', 'type', 'version']);
      assert.equal(one.preview.content.title, `Record share ${share}`);
      assert.match(one.preview.content.text, new RegExp(`^\\w+ \\d+ \\w+ \\d{4} · ${REFERENCE} · &#60;b`, 'u'));
      assert.doesNotMatch(one.preview.content.text, /[<>*_[\]()`~]/u);
    });

    it('goes on by skipping, and ends with nothing more', async () => {
      const all = texts((await extended(bot, 'tom', 'RFS-1')).attachments);
      assert.equal(all.length, 9);
      assert.deepEqual(texts((await extended(bot, 'tom', 'RFS-1', { skip: 4 })).attachments), all.slice(4));
      for (const skip of [9, 10_000]) {
        const { type, attachments } = await extended(bot, 'tom', 'RFS-1', { skip });
        assert.deepEqual([type, attachments], ['result', []]);
      }
    });

    it('says one sentence for what may not be seen and for what is not there, the same', async () => {
      const hidden = await extended(bot, 'ffion', REFERENCE);
      assert.deepEqual(hidden, await extended(bot, 'ffion', 'KNR-1'));
      assert.deepEqual(hidden, { type: 'message', text: 'Nothing found that you may see.' });
    });

    it('puts a card into a channel in which nothing of the case stands, and which the bot does not answer', async () => {
      const chat = `channel/${RIVERSIDE}`;
      const [found] = (await extended(bot, 'priya', REFERENCE, { chat })).attachments ?? [];
      const messages = (await bot.chat('priya').messages()).length;
      const { body } = await inserted(bot, 'priya', chat, found!);
      const all = (await http(`${bot.running.url}/local/chats/${chat}/messages`)).body
        .messages as readonly KeptMessage[];
      const kept = JSON.stringify(all.find(({ id }) => id === body.id));
      assert.ok(kept.includes(share));
      for (const detail of [REFERENCE, MARK]) assert.ok(!kept.includes(detail));
      assert.equal((await bot.chat('priya').messages()).length, messages);
    });

    it('puts a card into one’s own chat, which the bot does not answer', async () => {
      const chat = `personal/${PEOPLE.priya}`;
      const [found] = (await extended(bot, 'priya', REFERENCE)).attachments ?? [];
      const { body } = await inserted(bot, 'priya', chat, found!);
      const last = (await bot.chat('priya').messages()).at(-1);
      assert.equal(last?.id, body.id);
      assert.equal((await (await messageOn(bot.chat('priya'), last?.id ?? '')).press('Open')).heading, `Record share ${share}`); // prettier-ignore
    });
  });

  it('leaves no word of any case in what the bot writes into any chat, and none in its log', async () => {
    const stored = JSON.stringify(await everyMessage(bot));
    for (const detail of [MARK, REFERENCE, 'knr 80808', 'RFS-1', 'Sons']) assert.ok(!stored.includes(detail), detail);
    assert.ok(!bot.logged.join('\n').includes(MARK));
    assert.ok(!storeContents(bot.dataDir).includes(MARK), 'and none in clear in the store');
  });

  it('still finds all of it a year on', async () => {
    await moveClock(bot.running.url, { advance: 'P1Y' });
    assert.deepEqual(numbersOn((await searched(bot.chat('priya'), REFERENCE)).card), [share]);
  });
});

/** What stands in the inputs of a card. */
function valuesOf(card: Parameters<typeof inputsIn>[0]): Inputs {
  return Object.fromEntries(inputsIn(card).flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]])));
}
