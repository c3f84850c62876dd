import assert from 'node:assert/strict';
import { VERBS } from '../../bot/actions.ts';
import { provision } from '../../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble } from '../cosmos/cosmosDouble.ts';
import { aBot, aFolder, moveClock, PEOPLE, removeFolder, timeFrom, withABot, type TestBot } from '../journeys/aBot.ts';
import { answerAll } from '../journeys/aChat.ts';
import { AGREED, OUTCOME, SHARED, SPOKEN, TOLD } from '../journeys/answers.ts';
import { made } from '../journeys/aRecord.ts';
import { aPress, aWire } from './aWire.ts';

/** One line of the figures, without its comment lines. */
interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const get = (bot: TestBot, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${bot.running.url}${path}`, { headers });

async function samplesOf(bot: TestBot): Promise<readonly Sample[]> {
  const text = await (await get(bot, '/metrics')).text();
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', inside = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/u.exec(line) ?? assert.fail(line);
      const labels = [...inside.matchAll(/(\w+)="([^"]*)"/gu)].map(([, label, of]) => [label, of]);
      return { name, labels: Object.fromEntries(labels), value: Number(value) };
    });
}

function sumOf(samples: readonly Sample[], name: string, labels: Sample['labels'] = {}): number {
  const wanted = samples.filter(
    (sample) => sample.name === name && Object.entries(labels).every(([label, of]) => sample.labels[label] === of),
  );
  return wanted.reduce((sum, { value }) => sum + value, 0);
}

describe('the figures of a bot', () => {
  const bot = withABot();

  it('are in the text format of OpenMetrics', async () => {
    await bot.chat('priya').ask('help');
    const answer = await get(bot, '/metrics');
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/openmetrics-text; version=1\.0\.0/u);
    const text = await answer.text();
    assert.match(text, /^# TYPE sharing_log_turn_seconds histogram$/mu);
    assert.match(text, /^# TYPE sharing_log_store_requests counter$/mu, 'the family is named without “_total”');
    assert.match(text, /\n# EOF\n$/u);
  });

  it('tell the time of a turn by its verb, or by its kind of command', async () => {
    const before = await samplesOf(bot);
    await (await bot.chat('priya').ask('record share')).press('Continue', { methods: 'phone' });
    const after = await samplesOf(bot);
    for (const labels of [
      { kind: 'press', name: 'draft.next' },
      { kind: 'message', name: 'start' },
    ]) {
      const counted = [before, after].map((samples) => sumOf(samples, 'sharing_log_turn_seconds_count', labels));
      assert.equal((counted[1] ?? 0) - (counted[0] ?? 0), 1, labels.name);
      assert.ok(sumOf(after, 'sharing_log_turn_seconds_sum', labels) > 0);
    }
  });

  it('count the calls of the store by method', async () => {
    const before = await samplesOf(bot);
    await bot.running.services.stores.conversations.read(PEOPLE.gerald);
    const after = await samplesOf(bot);
    const read = { store: 'conversations', method: 'read' };
    const [was, is] = [before, after].map((samples) => sumOf(samples, 'sharing_log_store_calls_total', read));
    assert.equal((is ?? 0) - (was ?? 0), 1);
  });

  it('count what was turned away, by reason', async () => {
    const wire = aWire(bot, '1');
    await wire.post(JSON.stringify(wire.aMessage({ channelId: 'webchat' })));
    await wire.post('{"type": ');
    const samples = await samplesOf(bot);
    for (const reason of ['wrongChannel', 'notJson'])
      assert.ok(sumOf(samples, 'sharing_log_refusals_total', { reason }) > 0, reason);
  });

  it('name nothing that somebody sent, whatever is sent', async () => {
    const wire = aWire(bot, (await bot.chat('priya').ask('record share')).messageId);
    const hostile = [
      'canary.verb',
      '__proto__',
      'constructor',
      'draft.next"} 1',
      'a\nb',
      'x'.repeat(9_000),
      7,
      {},
      null,
    ];
    for (const verb of hostile) await wire.post(JSON.stringify(wire.anInvoke(aPress({}, verb))));
    await wire.post(JSON.stringify(wire.anInvoke('canary')));
    await wire.post(JSON.stringify(wire.anInvoke({}, { name: 'canary/invoke' })));
    await wire.post(JSON.stringify(wire.aMessage({ text: 'case summary CANARY-1' })));
    await wire.post(JSON.stringify(wire.aMessage({ text: 'canary' })));
    await wire.post(JSON.stringify(wire.aMessage({ type: 'canary' })));
    const turns = (await samplesOf(bot)).filter(({ name }) => name === 'sharing_log_turn_seconds_count');
    const names = turns.map(({ labels }) => labels.name ?? '');
    const commands = ['start', 'help', 'summary', 'unknown'];
    const strangers = names.filter((name) => ![...VERBS, ...commands, 'other'].includes(name));
    assert.deepEqual(strangers, []);
    const others = turns.filter(({ labels }) => labels.kind === 'press' && labels.name === 'other');
    assert.equal(others.length, 1);
    assert.ok((others[0]?.value ?? 0) >= hostile.length);
    assert.doesNotMatch(await (await get(bot, '/metrics')).text(), /canary/iu);
  });
});

describe('the figures of what stands open', () => {
  const WAITING = { ...SHARED, ...AGREED, ...TOLD, ...OUTCOME, methods: 'phone', consentLimits: 'none' };
  const NEXT = { outcomeKnown: 'notYet', outcome: '', outcomeDue: '2027-03-10', nextAction: 'The nurse rings.' };
  const bot = withABot({ per: 'test', time: timeFrom('2027-03-01T10:00:00.000Z') });

  it('count the drafts that are open, of everybody', async () => {
    for (const person of ['priya', 'priya', 'tom'] as const) await bot.chat(person).ask('record share');
    assert.equal(sumOf(await samplesOf(bot), 'sharing_log_open_drafts'), 3);
  });

  it('count the cards of a day by how sending them ended', async () => {
    await made(bot.chat('priya'), 'record share', { ...WAITING, ...NEXT });
    await bot.chat('maureen').ask('help');
    bot.running.connector.failNext(PEOPLE.maureen, { kind: 'status', status: 500 });
    await moveClock(bot.running.url, { london: '2027-03-11T09:00' });
    const samples = await samplesOf(bot);
    const counted = (result: string): number => sumOf(samples, 'sharing_log_nudges_total', { result });
    assert.deepEqual([counted('sent') > 0, counted('failed')], [true, 1]);
  });
});

describe('the figures of a bot with a token', () => {
  const METRICS_TOKEN = 'a-made-up-token-of-the-tests';
  const bot = withABot({ env: { METRICS_TOKEN } });

  it('are read by whoever bears it', async () => {
    assert.equal((await get(bot, '/metrics', { Authorization: `Bearer ${METRICS_TOKEN}` })).status, 200);
  });

  for (const [what, headers] of [
    ['nothing', {}],
    ['another', { Authorization: 'Bearer a-made-up-token-of-the-test' }],
    ['an empty one', { Authorization: 'Bearer ' }],
    ['it as a password', { Authorization: `Basic ${METRICS_TOKEN}` }],
  ] as const) {
    it(`are not there for who bears ${what}: the answer is that of any unknown path`, async () => {
      const [refused, unknown] = await Promise.all([get(bot, '/metrics', headers), get(bot, '/nothing', headers)]);
      const seen = async (answer: Response) => [
        ...[answer.status, await answer.text()],
        [...answer.headers].filter(([name]) => name !== 'date'),
      ];
      assert.equal(refused.status, 404);
      assert.deepEqual(await seen(refused), await seen(unknown));
    });
  }
});

describe('the figures of a bot on Cosmos DB', () => {
  let double: CosmosDouble;
  let dataDir: string;
  let bot: TestBot;
  beforeEach(async () => {
    double = await startCosmosDouble();
    dataDir = aFolder();
    await provision({ endpoint: double.endpoint, key: double.key, database: 'sharing-log' }, () => undefined);
    double.control.tallies.reset();
    bot = await aBot(dataDir, { STORE: 'cosmos', COSMOS_ENDPOINT: double.endpoint, COSMOS_KEY: double.key });
  });
  afterEach(async () => {
    await bot.close();
    await double.close();
    removeFolder(dataDir);
  });

  it('come to what the account counted: requests, units and bytes, of what it refused as well', async () => {
    // The open drafts are counted now, and not again for a while.
    await samplesOf(bot);
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    double.control.fail({ kind: 'batch' }, { with: 'status', status: 429, retryAfterMs: 1 });
    await check.press('Sign and save', { signature: 'Priya Shah' });
    // Asks every partition: for a plan, for where the partitions are, and for what is in them.
    await bot.running.services.stores.nudges.unreachable();
    const samples = await samplesOf(bot);
    const { requests, charge, bytesIn, bytesOut } = double.control.tallies.of();
    assert.equal(sumOf(samples, 'sharing_log_store_requests_total'), requests);
    // The account rounds each charge that it names to a hundredth.
    const said = sumOf(samples, 'sharing_log_store_request_units_total');
    assert.ok(Math.abs(said - charge) <= requests * 0.005 + 1e-6, `${said} RU, ${charge} charged`);
    assert.equal(sumOf(samples, 'sharing_log_store_bytes_total', { direction: 'sent' }), bytesIn);
    assert.equal(sumOf(samples, 'sharing_log_store_bytes_total', { direction: 'received' }), bytesOut);
    const cases = { container: 'cases', operation: 'batch' };
    assert.equal(sumOf(samples, 'sharing_log_store_requests_total', { ...cases, result: '429' }), 1);
    assert.ok(sumOf(samples, 'sharing_log_store_requests_total', { ...cases, result: '200' }) > 0);
  });

  it('count a request that was not answered, and name it so', async () => {
    double.control.fail({ kind: 'replace', container: 'drafts' }, { with: 'reset', applied: true });
    await (await bot.chat('priya').ask('record share')).press('Continue', { methods: 'phone' });
    const unanswered = { container: 'drafts', operation: 'replace', result: 'none' };
    assert.equal(sumOf(await samplesOf(bot), 'sharing_log_store_requests_total', unanswered), 1);
  });
});
