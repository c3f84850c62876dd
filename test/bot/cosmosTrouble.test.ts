import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { provision } from '../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble } from '../cosmos/cosmosDouble.ts';
import type { Fault } from '../cosmos/faults.ts';
import { aBot, aFolder, removeFolder, type TestBot } from '../journeys/aBot.ts';
import { inputsIn, textOf } from '../journeys/aCard.ts';
import { answerAll } from '../journeys/aChat.ts';
import { SPOKEN } from '../journeys/answers.ts';
import { seen } from '../journeys/waiting.ts';

const BUSY: Fault = { with: 'status', status: 429, retryAfterMs: 500 };

/** Source: issue “Azure Cosmos DB”, 2. */
const ANSWERED_WITHIN_MS = 4_000;

describe('an account of Cosmos DB that fails while the bot runs', () => {
  let double: CosmosDouble;
  let dataDir: string;
  let bot: TestBot;
  beforeEach(async () => {
    double = await startCosmosDouble();
    dataDir = aFolder();
    const { endpoint, key } = double;
    const database = 'sharing-log';
    await provision({ endpoint, key, database }, () => undefined);
    const store = { STORE: 'cosmos', COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key, COSMOS_DATABASE: database };
    bot = await aBot(dataDir, store, { finish: { firstMs: 20, longestMs: 100 } });
  });
  afterEach(async () => {
    double.control.disarmAll();
    await bot.close();
    await double.close();
    removeFolder(dataDir);
  });

  const timed = async <T>(press: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const answer = await press();
    const tookMs = Math.round(performance.now() - started);
    assert.ok(tookMs < ANSWERED_WITHIN_MS, `${tookMs} ms`);
    return answer;
  };

  for (const [what, fault, says] of [
    ['does not answer', { with: 'hang' }, /not known yet whether/u],
    ['is out of request units', BUSY, /Not saved yet: the log is very busy|not known yet whether/u],
    ['answers that it is not there', { with: 'status', status: 503 }, /not known yet whether/u],
  ] as const satisfies readonly (readonly [string, Fault, RegExp])[]) {
    it(`which ${what}: a press is answered in time, keeps what was typed, and is taken once it is back`, async () => {
      const shown = await bot.chat('priya').ask('record share');
      double.control.fail({ times: Infinity, kind: ['create', 'replace', 'upsert', 'batch', 'query'] }, fault);
      const again = await timed(() => shown.press('Continue', { concerning: 'Q.Z., aged 5', methods: 'phone' }));
      assert.match(textOf(again.card), says);
      assert.equal(inputsIn(again.card).find(({ id }) => id === 'concerning')?.value, 'Q.Z., aged 5');
      double.control.disarmAll();
      assert.equal((await again.press('Continue')).heading, 'Who received it');
    });

    it(`which ${what}: a signature is answered in time and without “Saved”, and is one record once it is back`, async () => {
      const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
      double.control.fail({ times: Infinity, container: 'cases', kind: 'batch' }, fault);
      const checking = await timed(() => check.press('Sign and save', { signature: 'Priya Shah' }));
      assert.doesNotMatch(textOf(checking.card), /Saved:/u);
      double.control.disarmAll();
      const [title] = ['Check again', 'Sign and save', 'Show where it stands'].filter((each) =>
        JSON.stringify(checking.card).includes(`"${each}"`),
      );
      const then = await checking.press(title ?? assert.fail('there is no way on'), { signature: 'Priya Shah' });
      assert.match(then.heading, /^Saved/u);
    });
  }

  it('which is not there when it is to be signed: the answers are, and are signed once it is back', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    double.control.fail({ times: Infinity, container: 'cases' }, { with: 'status', status: 503 });
    const unsigned = await timed(() => check.press('Sign and save', { signature: 'Priya Shah' }));
    assert.match(textOf(unsigned.card), /Do not enter it again\..* your answers are still there to be signed/u);
    double.control.disarmAll();
    const again = await unsigned.press('Show where it stands');
    assert.equal(again.heading, 'Check your answers');
    assert.match((await again.press('Sign and save', { signature: 'Priya Shah' })).heading, /^Saved/u);
  });

  it('which is out of request units for a while: the receipt comes by itself when it has some again, once', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    // From the number on: what is signed is kept by then.
    double.control.fail({ times: Infinity, container: 'cases', kind: ['batch', 'create'] }, BUSY);
    const answer = await timed(() => check.press('Sign and save', { signature: 'Priya Shah' }));
    assert.equal(answer.heading, 'Being saved');
    assert.match(textOf(answer.card), /Do not enter it again\. The receipt comes here/u);
    double.control.disarmAll();
    const receipts = async () =>
      (await bot.chat('priya').messages()).filter(({ activity }) => /"Saved: SL-/u.test(JSON.stringify(activity)));
    await seen(async () => ((await receipts()).length > 0 ? true : undefined), 'the receipt');
    bot.running.services.recording.pacing.queued();
    await bot.chat('priya').ask('help');
    const [receipt, ...others] = await receipts();
    assert.deepEqual(others, []);
    for (const typed of Object.values(SPOKEN).filter((text) => text.includes(' ')))
      assert.ok(!JSON.stringify(receipt).includes(typed), typed);
  });

  it('which answers nothing at all: a press is answered in time', async () => {
    const shown = await bot.chat('priya').ask('record share');
    double.control.fail({ times: Infinity }, { with: 'hang' });
    const answer = await timed(() => shown.press('Continue', { methods: 'phone' }));
    assert.equal(answer.heading, 'Not done');
  });
});
