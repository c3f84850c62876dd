import assert from 'node:assert/strict';
import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type PipelineRequest,
} from '@azure/core-rest-pipeline';
import type { Stores } from '../../../../src/storePorts.ts';
import { rememberingPlans } from '../../../../src/stores/cosmos/rememberedPlans.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';

const NAMED = { name: '@authorId', value: 'ann' };
const LIMIT = { name: '@limit', value: 10 };
const SQL = 'SELECT TOP @limit * FROM c WHERE c.authorId = @authorId ORDER BY c.due';

const EVERYWHERE = [{ min: '', max: 'FF', isMinInclusive: true, isMaxInclusive: false }];

const aPlan = (nth: number, queryRanges: unknown = EVERYWHERE): string => JSON.stringify({ nth, queryRanges });

function aPlanRequest(parameters: readonly object[], query = SQL, container = 'cases'): PipelineRequest {
  return createPipelineRequest({
    url: `https://account.example/dbs/one/colls/${container}/docs`,
    method: 'POST',
    headers: createHttpHeaders({ 'x-ms-cosmos-is-query-plan-request': 'True' }),
    body: JSON.stringify({ query, parameters }),
  });
}

describe('how a query over all partitions is to be run', () => {
  let asked: number;
  let client: HttpClient;
  let status: number;
  let answered: (nth: number) => string;
  beforeEach(() => {
    [asked, status, answered] = [0, 200, aPlan];
    client = rememberingPlans({
      sendRequest: async (request) => {
        asked += 1;
        const headers = createHttpHeaders({ 'x-ms-session-token': '0:1#7', 'x-ms-request-charge': '1.00' });
        return { request, status, headers, bodyAsText: answered(asked) };
      },
    });
  });

  const planOf = async (...request: Parameters<typeof aPlanRequest>): Promise<string | null | undefined> =>
    (await client.sendRequest(aPlanRequest(...request))).bodyAsText;

  it('is asked once for a text, whatever days, names and ids stand in it', async () => {
    assert.equal(await planOf([NAMED, LIMIT]), aPlan(1));
    assert.equal(await planOf([{ ...NAMED, value: 'ben' }, LIMIT]), aPlan(1));
  });

  it('is another for another number of items, another text and another container', async () => {
    const plans = [
      await planOf([NAMED, LIMIT]),
      await planOf([NAMED, { ...LIMIT, value: 11 }]),
      await planOf([NAMED, LIMIT], `${SQL}, c.recordId`),
      await planOf([NAMED, LIMIT], SQL, 'access'),
    ];
    assert.deepEqual(plans, [aPlan(1), aPlan(2), aPlan(3), aPlan(4)]);
  });

  it('comes to the request that asks for it, without the session and the charge of the first', async () => {
    await planOf([LIMIT]);
    const second = aPlanRequest([LIMIT]);
    const answer = await client.sendRequest(second);
    assert.equal(answer.request, second);
    assert.deepEqual(answer.headers.toJSON(), { 'content-type': 'application/json' });
  });

  it('is not kept where it was refused', async () => {
    status = 429;
    await planOf([LIMIT]);
    status = 200;
    assert.equal(await planOf([LIMIT]), aPlan(2));
  });

  it('is asked each time where it leads to one partition only, which is that of somebody', async () => {
    const one = [{ min: '05C1', max: '05C1', isMinInclusive: true, isMaxInclusive: true }];
    for (const [what, answer] of [
      ['one partition', (nth: number) => aPlan(nth, one)],
      ['two of them', (nth: number) => aPlan(nth, [...one, ...one])],
      ['nothing that is known', (nth: number) => JSON.stringify({ nth })],
      ['no plan', (nth: number) => `<html>${nth}`],
    ] as const) {
      [asked, answered] = [0, answer];
      assert.equal(await planOf([NAMED], `${SQL} -- ${what}`), answer(1));
      assert.equal(await planOf([{ ...NAMED, value: 'ben' }], `${SQL} -- ${what}`), answer(2));
    }
  });

  it('is kept for some hundred texts only', async () => {
    for (let nth = 0; nth < 600; nth += 1) await planOf([LIMIT], `${SQL} -- ${nth}`);
    assert.equal(await planOf([LIMIT], `${SQL} -- 599`), aPlan(600));
    assert.equal(await planOf([LIMIT], `${SQL} -- 0`), aPlan(601));
  });

  it('is all that is kept: anything else is asked each time', async () => {
    const query = aPlanRequest([LIMIT]);
    query.headers.delete('x-ms-cosmos-is-query-plan-request');
    query.headers.set('x-ms-documentdb-isquery', 'True');
    await client.sendRequest(query);
    await client.sendRequest(query);
    assert.equal(asked, 2);
  });
});

describe('a store on Cosmos DB that asks for a list again', () => {
  const double = withADouble();
  let stores: Stores;
  before(async () => {
    stores = await opened(await freshDatabase(double()));
  });
  after(() => stores.close());

  it('asks the partitions alone', async () => {
    await stores.open.due('2026-11-23', { limit: 5 });
    double().control.tallies.reset();
    await stores.open.due('2026-11-24', { limit: 5 });
    assert.equal(double().control.tallies.of('queryPlan').requests, 0);
    assert.ok(double().control.tallies.of('query').requests > 0);
  });
});
