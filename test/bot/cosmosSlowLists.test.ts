import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { provision } from '../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble } from '../cosmos/cosmosDouble.ts';
import { aBot, aFolder, onAWorkingDay, PEOPLE, removeFolder, type TestBot } from '../journeys/aBot.ts';
import { textOf, type WireCard } from '../journeys/aCard.ts';
import { made } from '../journeys/aRecord.ts';
import { extended, numbersOn } from '../journeys/aSearch.ts';
import { DECIDED_NOT_TO } from '../journeys/answers.ts';
import { dated } from '../journeys/branches.ts';

/** Source: issue “Azure Cosmos DB”, 2. */
const ANSWERED_WITHIN_MS = 4_000;
const RECORDS = 6;
/** Each of the two physical partitions gives a page; the one after these is never answered. */
const FURTHER = 3;
const TOO_LONG = /The rest took too long to find/u;

/** As somebody sees a list of which the rest takes too long, and what to find in the access log then. */
describe('a list of which Cosmos DB does not answer for the rest', () => {
  let double: CosmosDouble;
  let dataDir: string;
  let bot: TestBot;
  /** Those of all records, the newest first. */
  let numbers: readonly string[];
  before(async () => {
    double = await startCosmosDouble({ pageItemsAtMost: 2 });
    dataDir = aFolder();
    const { endpoint, key } = double;
    const database = 'sharing-log';
    await provision({ endpoint, key, database }, () => undefined);
    bot = await aBot(dataDir, { STORE: 'cosmos', COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key, COSMOS_DATABASE: database }); // prettier-ignore
    const today = await onAWorkingDay(bot);
    const all: string[] = [];
    for (let nth = 0; nth < RECORDS; nth += 1) {
      const answers = dated({ ...DECIDED_NOT_TO, caseReference: `RFS-7300${nth}`, reviewOn: 'today+30' }, today);
      all.unshift((await made(bot.chat('priya'), 'decided not to share', answers)).number);
    }
    numbers = all;
  });
  after(async () => {
    await bot.close();
    await double.close();
    removeFolder(dataDir);
  });
  afterEach(() => double.control.disarmAll());

  const cut = async <T>(ask: () => Promise<T>, container = 'cases'): Promise<T> => {
    double.control.fail({ kind: 'query', container, nth: FURTHER }, { with: 'hang' });
    const started = performance.now();
    const answer = await ask();
    const tookMs = Math.round(performance.now() - started);
    assert.ok(tookMs < ANSWERED_WITHIN_MS, `${tookMs} ms`);
    double.control.disarmAll();
    return answer;
  };
  const noted = (action: string): readonly unknown[] =>
    double.control
      .contents()
      .filter(({ container }) => container === 'access')
      .flatMap(({ items }) => items.filter((item) => item.action === action).map(({ subject }) => subject));
  const assertFirst = (card: WireCard): readonly string[] => {
    const shown = numbersOn(card);
    assert.match(textOf(card), TOO_LONG);
    assert.ok(shown.length > 0 && shown.length < RECORDS, `${shown.length} of ${RECORDS}`);
    assert.deepEqual(shown, numbers.slice(0, shown.length));
    return shown;
  };

  it('shows the first of one’s own records, once that is noted, and goes on from there', async () => {
    const stub = await bot.chat('priya').ask('my records');
    const first = await cut(() => stub.press('Open'));
    const shown = assertFirst(first.card);
    assert.ok(noted('record.list').includes(shown.join(' ')));
    const rest = await first.press('Older');
    assert.deepEqual([...shown, ...numbersOn(rest.card)], numbers);
    assert.doesNotMatch(textOf(rest.card), TOO_LONG);
  });

  it('shows the first of what a search found, and looks further back from there', async () => {
    const stub = await bot.chat('priya').ask('search by me');
    const first = await cut(() => stub.press('Open'));
    const shown = assertFirst(first.card);
    assert.ok(noted('record.search').includes(shown.join(' ')));
    const rest = await first.press('Look further back');
    assert.deepEqual([...shown, ...numbersOn(rest.card)], numbers);
  });

  it('says so beside the compose box, after what was found', async () => {
    const { attachments = [] } = await cut(() => extended(bot, 'priya', 'by me'));
    const previews = attachments.map(({ preview }) => preview.content);
    const shown = previews.length - 1;
    assert.ok(shown > 0 && shown < RECORDS, `${shown} of ${RECORDS}`);
    assert.match(previews.at(-1)?.title ?? '', new RegExp(`^Showing the first (one|${shown})$`, 'u'));
    assert.match(previews.at(-1)?.text ?? '', TOO_LONG);
    assert.doesNotMatch(JSON.stringify(attachments.at(-1)?.content), /RFS|SL-|Priya/u);
  });

  it('shows what is due first of what is open', async () => {
    const stub = await bot.chat('priya').ask('missing outcomes');
    const { card } = await cut(() => stub.press('Open'));
    assert.match(textOf(card), TOO_LONG);
    assert.ok(numbersOn(card).length > 0 && numbersOn(card).length < RECORDS);
  });

  it('counts a team back to a day, and says from when', async () => {
    const { card } = await cut(() => bot.chat('maureen').ask('team overview'));
    assert.match(textOf(card), /These numbers begin on .* took too long to find/u);
    assert.doesNotMatch(textOf(card), new RegExp(`^${RECORDS} records\\.$`, 'mu'));
  });

  it('shows the first of the access log, and goes on from there', async () => {
    const stub = await bot.chat('rowan').ask('access log Priya Shah');
    const first = await cut(() => stub.press('Open'), 'access');
    assert.match(textOf(first.card), TOO_LONG);
    assert.ok(noted('log.read').includes(PEOPLE.priya));
    assert.match(textOf((await first.press('Older')).card), /Priya Shah/u);
  });

  it('is not done when nothing came at all', async () => {
    const stub = await bot.chat('priya').ask('my records');
    double.control.fail({ kind: 'query', container: 'cases', times: Infinity }, { with: 'hang' });
    const before = noted('record.list').length;
    assert.equal((await stub.press('Open')).heading, 'Not done');
    assert.equal(noted('record.list').length, before);
  });
});
