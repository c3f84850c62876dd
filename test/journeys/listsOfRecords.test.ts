import assert from 'node:assert/strict';
import { rowsIn } from '../bot/storeContents.ts';
import { PEOPLE, withABot } from './aBot.ts';
import { actionsIn, textOf, typedTextsOf, type WireCard } from './aCard.ts';
import type { Screen } from './aChat.ts';
import { ASKED, DECIDED_NOT_TO, URGENT } from './answers.ts';
import { made } from './aRecord.ts';
import { dated } from './branches.ts';

type Somebody = keyof typeof PEOPLE;

const NOTHING_VERB = { type: 'Action.Execute', verb: 'record.open', data: { number: 'SL-00000000' } };

describe('lists of records', () => {
  const bot = withABot();

  const decided = async (person: Somebody, changes: Readonly<Record<string, string>> = {}): Promise<string> =>
    (await made(bot.chat(person), 'decided not to share', dated({ ...DECIDED_NOT_TO, ...changes }, bot.today))).number;
  const several = async (count: number, one: () => Promise<string>): Promise<readonly string[]> => {
    const numbers: string[] = [];
    for (let nth = 0; nth < count; nth += 1) numbers.unshift(await one());
    return numbers;
  };
  const list = async (person: Somebody, command: string): Promise<Screen> =>
    (await bot.chat(person).ask(command)).press('Open');
  const listsSeen = () => rowsIn(bot.dataDir, 'accessLog').filter(({ action }) => action === 'record.list');

  describe('of one’s own', () => {
    let numbers: readonly string[];
    before(async () => {
      numbers = await several(10, () => decided('priya'));
      await decided('tom');
    });

    it('show eight a page, the newest first, and nobody else’s', async () => {
      const first = await list('priya', 'my records');
      assert.deepEqual(numbersOn(first.card), numbers.slice(0, 8));
      assert.deepEqual(titles(first.card), ['Older']);
      const last = await first.press('Older');
      assert.deepEqual(numbersOn(last.card), numbers.slice(8));
      assert.deepEqual(titles(last.card), ['Newest']);
      assert.deepEqual((await last.press('Newest')).card, first.card);
    });

    it('go on after the last one shown, whatever was recorded meanwhile', async () => {
      const first = await list('priya', 'my records');
      const shown = numbersOn(first.card);
      numbers = [await decided('priya'), ...numbers];
      const { card } = await first.press('Older');
      assert.deepEqual([...shown, ...numbersOn(card)], numbers.slice(1));
    });

    it('end with a page that offers no other when it is full', async () => {
      await several(8, () => decided('gerald'));
      const { card } = await list('gerald', 'my records');
      assert.equal(numbersOn(card).length, 8);
      assert.deepEqual(titles(card), []);
    });

    it('say of each what it is about, whom it was with and what is open', async () => {
      await decided('ffion', { reviewOn: 'today+30', caseReference: '', concerning: 'S.T., aged 2' });
      await made(bot.chat('ffion'), 'request received', {
        ...ASKED,
        caseReference: 'RFS-71001',
        decision: 'notYet',
        waitingFor: 'A call from the legal team.',
      });
      const { number } = await made(bot.chat('ffion'), 'record share urgent', {
        ...URGENT,
        caseReference: 'RFS-71002',
      });
      const { card } = await list('ffion', 'my records');
      assert.deepEqual(typedTextsOf(card), [
        'RFS-71002',
        URGENT.recipientOrganisation,
        'RFS-71001',
        ASKED.requesterOrganisation,
        'S.T., aged 2',
      ]);
      for (const open of ['Record to be completed by 12:00 on', 'Decision awaited by', 'Decision to review by'])
        assert.match(textOf(card), new RegExp(`Still open: ${open} `, 'u'));
      const completing = actionsIn(card).filter(({ verb }) => verb === 'record.complete');
      assert.deepEqual(
        completing.map(({ data }) => data?.number),
        [number],
      );
    });

    it('open a record at a press', async () => {
      const shown = await list('priya', 'my records');
      const record = await shown.perform(actionsIn(shown.card).find(({ verb }) => verb === 'record.open')!);
      assert.equal(record.heading, `Decided not to share ${numbers[0] ?? ''}`);
    });

    it('say so when there are none', async () => {
      assert.match(textOf((await list('adaeze', 'my records')).card), /You have made no records yet\./u);
    });

    it('are written down, page by page, with what was shown', async () => {
      const before = listsSeen().length;
      await (await list('priya', 'my records')).press('Older');
      const rows = listsSeen().slice(before);
      assert.deepEqual(
        rows.map(({ personId, subject }) => [personId, subject]),
        [
          [PEOPLE.priya, numbers.slice(0, 8).join(' ')],
          [PEOPLE.priya, numbers.slice(8, 16).join(' ')],
        ],
      );
    });
  });

  describe('without a case', () => {
    let numbers: readonly string[];
    before(async () => {
      const earlier = numbersOn((await list('rowan', 'unlinked')).card);
      numbers = [...(await several(9, () => decided('tom', { caseReference: '' }))), ...earlier];
      await decided('tom', { caseReference: 'RFS-72001' });
    });

    it('show records officers whatever anybody filed under no case, eight a page, the newest first', async () => {
      const first = await list('rowan', 'unlinked');
      assert.deepEqual(numbersOn(first.card), numbers.slice(0, 8));
      const rest = await first.press('Older');
      assert.deepEqual([...numbersOn(first.card), ...numbersOn(rest.card)], numbers);
      assert.ok(!textOf(rest.card).includes('RFS-'));
    });

    it('are written down with what was shown', async () => {
      const before = listsSeen().length;
      await list('rowan', 'unlinked');
      const rows = listsSeen().slice(before);
      assert.deepEqual(
        rows.map(({ personId, subject }) => [personId, subject]),
        [[PEOPLE.rowan, numbers.slice(0, 8).join(' ')]],
      );
    });

    for (const person of ['priya', 'tom', 'maureen', 'adaeze'] as const)
      it(`are refused to ${person} in the words for what does not exist, by command and by press`, async () => {
        const before = listsSeen().length;
        const asked = await bot.chat(person).ask('unlinked');
        const none = await asked.perform(NOTHING_VERB);
        assert.equal(none.heading, 'Nothing here');
        assert.deepEqual(asked.card, none.card);
        const pressed = await asked.perform({ type: 'Action.Execute', verb: 'record.unlinked', data: {} });
        assert.deepEqual(pressed.card, none.card);
        assert.equal(listsSeen().length, before);
      });

    it('are in help for records officers only', async () => {
      assert.match(textOf((await bot.chat('rowan').ask('help')).card), /^unlinked$/mu);
      assert.doesNotMatch(textOf((await bot.chat('priya').ask('help')).card), /^unlinked$/mu);
    });
  });

  describe('in the chat', () => {
    it('leave a message without a word of any case', async () => {
      await decided('maureen', { caseReference: '', concerning: 'S.T., aged 2' });
      for (const [person, command] of [
        ['maureen', 'my records'],
        ['rowan', 'unlinked'],
      ] as const) {
        const shown = await list(person, command);
        assert.ok(typedTextsOf(shown.card).includes('S.T., aged 2'));
        const stored = JSON.stringify((await bot.chat(person).messages()).filter(({ sender }) => sender === 'bot'));
        assert.ok(!stored.includes('S.T.') && !stored.includes('aged 2'));
      }
    });
  });
});

/** The numbers of the records on a list, in its order. */
function numbersOn(card: WireCard): readonly string[] {
  return actionsIn(card).flatMap(({ verb, data }) => (verb === 'record.open' ? [String(data?.number)] : []));
}

/** The buttons at the foot of a list. */
function titles(card: WireCard): readonly string[] {
  return ((card.actions ?? []) as readonly { readonly title: string }[]).map(({ title }) => title); // actions of a card of ours
}
