import assert from 'node:assert/strict';
import { aBot, aFolder, onAWorkingDay, PEOPLE, removeFolder, type TestBot } from '../journeys/aBot.ts';
import { actionsIn, headingOf, inputsIn, textOf, typedTextsOf, type Inputs, type WireCard } from '../journeys/aCard.ts';
import { DECIDED_NOT_TO } from '../journeys/answers.ts';
import { made } from '../journeys/aRecord.ts';
import { extended, numbersOn, searched } from '../journeys/aSearch.ts';
import { dated } from '../journeys/branches.ts';
import { aPress, assertNoFaultIn, aWire, cardFrom, codeFrom, type Wire } from './aWire.ts';

const ODD: Readonly<Record<string, string>> = {
  'a wildcard': '%',
  'another wildcard': 'RFS-*',
  SQL: `1'; DROP TABLE versions; --`,
  markup: '<script>alert(1)</script> [a](https://evil.example) **b** 1',
  'a mention': '<at>Everyone</at> 1',
  'only marks': '-/._-',
  'hidden marks': '\u202E1\u202C\u200B\u0000',
  'the start of a number': 'SL-123',
  'over-long': '1'.repeat(5_000),
  'over-long and wide': '👩‍👩‍👧‍👦'.repeat(1_000),
};

describe('bad input to a search', () => {
  const dataDir = aFolder();
  let bot: TestBot;
  let wire: Wire;
  let logged = 0;
  before(async () => {
    bot = await aBot(dataDir);
    const today = await onAWorkingDay(bot);
    await made(bot.chat('priya'), 'decided not to share', dated(DECIDED_NOT_TO, today));
    wire = aWire(bot, (await bot.chat('priya').ask('help')).messageId);
  });
  beforeEach(() => (logged = bot.logged.length));
  afterEach(() => assertNoFaultIn(bot.logged.slice(logged)));
  after(async () => {
    await bot.close();
    removeFolder(dataDir);
  });

  const run = async (typed: Inputs): Promise<WireCard> =>
    cardFrom(await wire.post(JSON.stringify(wire.anInvoke(aPress(typed, 'search.run')))));
  const valueIn = (card: WireCard, id: string): string => inputsIn(card).find((input) => input.id === id)?.value ?? '';

  for (const [what, text] of Object.entries(ODD)) {
    for (const field of ['reference', 'organisation', 'author', 'type', 'from', 'to'] as const)
      it(`${what} in ${field} is answered in the card, and is never markup`, async () => {
        const card = await run({ [field]: text });
        assert.match(headingOf(card), /^(?:Find a record|Nothing here)$/u);
        const inMarkup = textOf(card).split('\n').filter((line) => !typedTextsOf(card).includes(line)); // prettier-ignore
        if (text.length > 3) assert.ok(!inMarkup.join('\n').includes(text.slice(0, 60)));
        assert.ok(Buffer.byteLength(JSON.stringify(card)) <= 20 * 1024);
      });

    it(`${what} as a command is answered, and finds nothing`, async () => {
      const asked = await bot.chat('priya').ask(`search ${text}`);
      if (asked.heading === 'That was not understood') return;
      const { heading, card } = await asked.press('Open');
      assert.match(heading, /^(?:Find a record|Nothing here)$/u);
      assert.deepEqual(numbersOn(card), []);
    });

    it(`${what} beside the compose box is answered with a sentence`, async () => {
      const { type, text: said = '' } = await extended(bot, 'priya', text);
      assert.equal(type, 'message');
      assert.ok(said.length > 0 && said.length < 300 && !said.includes(text.slice(0, 60)), said);
    });
  }

  it('keeps what was typed in its inputs, cut to what there is room for', async () => {
    const long = 'Exampleshire '.repeat(40).trim();
    const card = await run({
      reference: 'RFS-%',
      organisation: long,
      type: 'share',
      from: '2026-11-05',
      to: '2026-11-02',
    });
    assert.equal(valueIn(card, 'reference'), 'RFS-%');
    assert.equal(valueIn(card, 'organisation'), long.slice(0, 200));
    assert.equal(valueIn(card, 'type'), 'share');
    assert.deepEqual([valueIn(card, 'from'), valueIn(card, 'to')], ['2026-11-05', '2026-11-02']);
    for (const said of ['3 answers need another look', `it has ${long.length - 200} characters more`, 'the last one is before the first one'])
      assert.ok(textOf(card).includes(said), said); // prettier-ignore
  });

  for (const [what, typed, said] of [
    ['nothing', {}, /Say what to look for/u],
    ['spaces only', { reference: '  ', author: '\t' }, /Say what to look for/u],
    ['days the wrong way round', { from: '2026-11-02', to: '2026-11-01' }, /the last one is before the first one/u],
    ['a day that does not exist', { from: '2026-02-30' }, /give a day that there is/u],
    ['a year 0', { to: '0000-01-01' }, /give a day that there is/u],
    ['somebody whom nobody knows', { author: 'Nobody At All' }, /nobody is called that/u],
  ] as const)
    it(`${what} is answered with what to mend`, async () => {
      const card = await run(typed);
      assert.equal(headingOf(card), 'Find a record');
      assert.match(textOf(card), said);
    });

  it('days the wrong way round by a command are answered with what to mend, typed days in their inputs', async () => {
    const { heading, card } = await searched(bot.chat('priya'), 'from 3/11/2026 to 1/11/2026');
    assert.equal(heading, 'Find a record');
    assert.deepEqual([valueIn(card, 'from'), valueIn(card, 'to')], ['2026-11-03', '2026-11-01']);
  });

  it('a page past the end is answered as when nothing is found', async () => {
    const shown = await searched(bot.chat('priya'), 'by me');
    const { data } = actionsIn(shown.card).find(({ verb }) => verb === 'search.change')!;
    for (const before of ['0'.repeat(26), '00000000000000000000000001']) {
      const past = await shown.perform({ type: 'Action.Execute', verb: 'search.page', data: { ...data, before } });
      assert.equal(past.heading, 'Nothing here');
    }
    const beyond = { type: 'Action.Execute', verb: 'search.page', data: { ...data, before: 'Z'.repeat(26) } };
    assert.deepEqual(numbersOn((await shown.perform(beyond)).card), numbersOn(shown.card));
  });

  it('a token that is not ours, or was changed, is answered as what is not there', async () => {
    const shown = await searched(bot.chat('priya'), 'by me');
    const asked = String(actionsIn(shown.card).find(({ verb }) => verb === 'search.change')?.data?.asked);
    const changed = `${asked.startsWith('A') ? 'B' : 'A'}${asked.slice(1)}`;
    for (const token of ['x', 'A'.repeat(300), changed])
      for (const verb of ['search.open', 'search.change']) {
        const { heading } = await shown.perform({ type: 'Action.Execute', verb, data: { asked: token } });
        assert.equal(heading, 'Nothing here');
      }
  });

  for (const [what, verb, data] of [
    ['an input that there is not', 'search.run', { reference: 'RFS-1', other: 'x' }],
    ['a list for a text', 'search.run', { reference: ['RFS-1'] }],
    ['a number for a text', 'search.run', { from: 2026 }],
    ['another number for open', 'search.run', { open: 2 }],
    ['no token', 'search.open', {}],
    ['a token of 10,000 characters', 'search.open', { asked: 'A'.repeat(10_000) }],
    ['a token that is an object', 'search.change', { asked: {} }],
    ['a page after what is no record', 'search.page', { asked: 'AAAA', before: '../../etc' }],
    ['something for the form', 'search.form', { reference: 'x' }],
  ] as const)
    it(`${what} is answered with a code, and writes nothing`, async () => {
      const answer = await wire.refused(JSON.stringify(wire.anInvoke(aPress(data, verb))));
      assert.equal(codeFrom(answer), 'BadRequest');
    });

  const GOOD = {
    commandId: 'search',
    parameters: [{ name: 'text', value: 'RFS-1' }],
    queryOptions: { skip: 0, count: 25 },
  };
  for (const [what, value] of Object.entries({
    'no value': undefined,
    null: null,
    text: 'search',
    'another command': { ...GOOD, commandId: 'everything' },
    'no command': { ...GOOD, commandId: undefined },
    'parameters that are text': { ...GOOD, parameters: 'text' },
    'a parameter that is a list': { ...GOOD, parameters: [{ name: 'text', value: ['RFS-1'] }] },
    'a hundred parameters': { ...GOOD, parameters: Array(100).fill({ name: 'text', value: 'x' }) },
    'a negative skip': { ...GOOD, queryOptions: { skip: -1 } },
    'a skip that is text': { ...GOOD, queryOptions: { skip: '1' } },
    'a count of none': { ...GOOD, queryOptions: { count: 0 } },
  }))
    it(`a query with ${what} is answered with a sentence, and writes nothing`, async () => {
      const query = { ...wire.anInvoke({}), name: 'composeExtension/query', value };
      const answer = await wire.refused(JSON.stringify(query));
      assert.equal(answer.status, 200);
      const { composeExtension } = JSON.parse(answer.text) as { composeExtension: { type: string; text: string } };
      assert.equal(composeExtension.type, 'message');
      assert.match(composeExtension.text, /does not know this kind of search/u);
    });

  it('a query before anything is typed, of somebody unknown, or from another tenant, shows nothing', async () => {
    const first = { ...GOOD, parameters: [{ name: 'initialRun', value: 'true' }] };
    const query = { ...wire.anInvoke({}), name: 'composeExtension/query', value: first };
    assert.match((await wire.refused(JSON.stringify(query))).text, /Type a case reference/u);
    const from = { id: '29:x', aadObjectId: '7d1f2c40-0000-4000-8000-9e00000000ff' };
    const unknown = { ...query, value: GOOD, from };
    assert.match((await wire.refused(JSON.stringify(unknown))).text, /does not know you/u);
    const elsewhere = { ...query, value: GOOD, conversation: { id: 'a:1', tenantId: PEOPLE.tom, conversationType: 'personal' }, channelData: { tenant: { id: PEOPLE.tom } } }; // prettier-ignore
    assert.equal((await wire.refused(JSON.stringify(elsewhere))).status, 403);
  });
});
