import assert from 'node:assert/strict';
import type { FeedOptions, SqlQuerySpec } from '@azure/cosmos';
import { type ADouble, aDouble, rawRequest, refusalOf } from './aDouble.ts';

const PERSONS = 24;

describe('a query on the double of Cosmos DB', () => {
  let at: ADouble;
  before(async () => {
    at = await aDouble();
    for (let n = 0; n < PERSONS; n++) {
      const due = `2026-01-${String(1 + (n % 5)).padStart(2, '0')}`;
      const item = { id: `r${String(n).padStart(2, '0')}`, caseKey: `case${n % 6}`, due, rank: n, tags: [`t${n % 3}`] };
      await at.container.items.create({ ...item, secret: n });
    }
  });
  beforeEach(() => at.double.control.tallies.reset());
  after(() => at.close());

  const ask = async (query: string | SqlQuerySpec, options: FeedOptions = {}) =>
    (await at.container.items.query<unknown>(query, options).fetchAll()).resources;
  const requests = (kind: 'query' | 'queryPlan' | 'pkranges') => at.double.control.tallies.of(kind).requests;

  describe('with a partition key', () => {
    it('sees the items of that partition and no other, whatever it asks for', async () => {
      const query = 'SELECT VALUE c.caseKey FROM c WHERE c.rank >= 0';
      assert.deepEqual(await ask(query, { partitionKey: 'case2' }), Array(4).fill('case2'));
      assert.deepEqual(await ask(query, { partitionKey: 'nobody' }), []);
      const other = { query: 'SELECT * FROM c WHERE c.caseKey = @k', parameters: [{ name: '@k', value: 'case3' }] };
      assert.deepEqual(await ask(other, { partitionKey: 'case2' }), []);
    });

    it('orders, counts and takes the top without fanning out', async () => {
      const options = { partitionKey: 'case1' };
      assert.deepEqual(await ask('SELECT TOP 2 VALUE c.rank FROM c ORDER BY c.rank DESC', options), [19, 13]);
      assert.deepEqual(await ask('SELECT VALUE COUNT(1) FROM c', options), [4]);
      assert.equal(requests('pkranges'), 0);
      assert.equal(requests('query'), 2);
    });

    it('gives its pages with continuation tokens', async () => {
      const iterator = at.container.items.query<number>('SELECT VALUE c.rank FROM c ORDER BY c.rank', {
        partitionKey: 'case0',
        maxItemCount: 3,
      });
      const first = await iterator.fetchNext();
      assert.deepEqual(first.resources, [0, 6, 12]);
      assert.ok(first.continuationToken);
      assert.deepEqual((await iterator.fetchNext()).resources, [18]);
      assert.equal(iterator.hasMoreResults(), false);
    });
  });

  describe('without a partition key', () => {
    it('goes to every physical partition, page by page', async () => {
      const found = await ask('SELECT VALUE c.rank FROM c WHERE c.rank < 10', { maxItemCount: 2 });
      assert.deepEqual(
        found.toSorted((a, b) => Number(a) - Number(b)),
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      );
      assert.ok(requests('query') >= 5);
    });

    it('goes only where the partitions are that it names', async () => {
      const how = { forceQueryPlan: true, enableScanInQuery: true };
      const query = 'SELECT VALUE c.rank FROM c WHERE c.caseKey = @k ORDER BY c.rank';
      for (const value of ['case1', 'case2'])
        assert.equal((await ask({ query, parameters: [{ name: '@k', value }] }, how)).length, 4);
      assert.equal(requests('query'), 2);
      assert.equal((await ask('SELECT * FROM c WHERE c.caseKey IN ("case1", "case2")', how)).length, 8);
    });

    it('merges the order of all physical partitions', async () => {
      const ranks = await ask('SELECT VALUE c.rank FROM c ORDER BY c.rank DESC', { maxItemCount: 4 });
      assert.deepEqual(
        ranks,
        Array.from({ length: PERSONS }, (_, n) => PERSONS - 1 - n),
      );
      assert.ok(requests('queryPlan') >= 1);
      assert.ok(requests('query') >= 3, 'the first try, and one for each physical partition');
    });

    it('orders by two fields along a composite index, as declared and reversed', async () => {
      const forth = await ask('SELECT c.due, c.id AS name FROM c ORDER BY c.due ASC, c.id DESC');
      const back = await ask('SELECT c.due, c.id AS name FROM c ORDER BY c.due DESC, c.id ASC');
      assert.deepEqual(forth, back.toReversed());
      assert.deepEqual(forth.slice(0, 2), [
        { due: '2026-01-01', name: 'r20' },
        { due: '2026-01-01', name: 'r15' },
      ]);
    });

    it('pages by key through all of it, each item once', async () => {
      const text =
        'SELECT TOP 3 c.due, c.id FROM c WHERE c.due > @due OR (c.due = @due AND c.id < @id) ORDER BY c.due, c.id DESC';
      const seen: string[] = [];
      for (let last = { due: '', id: '' }; ;) {
        const parameters = Object.entries(last).map(([name, value]) => ({ name: `@${name}`, value }));
        const page = (await ask({ query: text, parameters })) as { due: string; id: string }[];
        seen.push(...page.map(({ id }) => id));
        const next = page.at(-1);
        if (next === undefined) break;
        last = next;
      }
      assert.equal(seen.length, PERSONS);
      assert.equal(new Set(seen).size, PERSONS);
    });

    it('takes the top over all physical partitions, and counts over them', async () => {
      assert.deepEqual(await ask('SELECT TOP 3 VALUE c.rank FROM c WHERE c.due > "" ORDER BY c.rank'), [0, 1, 2]);
      assert.deepEqual(await ask('SELECT VALUE COUNT(1) FROM c WHERE c.rank < 7'), [7]);
      assert.equal((await ask('SELECT TOP 3 * FROM c')).length, 3);
    });

    it('looks into arrays', async () => {
      assert.equal((await ask('SELECT * FROM c WHERE ARRAY_CONTAINS(c.tags, "t1")')).length, PERSONS / 3);
    });

    it('goes to the new physical partitions after a split; the old ones are gone', async () => {
      const split = await aDouble({ physicalPartitions: 2 });
      for (let rank = 0; rank < 10; rank++) {
        await split.container.items.create({ id: `${rank}`, caseKey: `case${rank}`, rank });
      }
      split.double.control.split('bot', 'cases');
      const body = { query: 'SELECT * FROM c', parameters: [] };
      const ofRange = (id: string) =>
        rawRequest(
          split.double,
          { path: '/dbs/bot/colls/cases/docs', body },
          { 'content-type': 'application/query+json', 'x-ms-documentdb-partitionkeyrangeid': id },
        );
      const statuses = [(await ofRange('0')).status, (await ofRange('2')).status];
      const { resources } = await split.container.items.query('SELECT VALUE c.rank FROM c ORDER BY c.rank').fetchAll();
      const asked = split.double.control.tallies
        .last()
        .filter(({ kind, status }) => kind === 'query' && status === 200);
      await split.close();
      assert.deepEqual(statuses, [410, 200]);
      assert.deepEqual(resources, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      assert.equal(asked.length, 1 + 4);
    });

    it('is refused unless the client says that it may cross partitions', async () => {
      const body = { query: 'SELECT * FROM c', parameters: [] };
      const headers = { 'content-type': 'application/query+json', 'x-ms-documentdb-isquery': 'true' };
      const path = '/dbs/bot/colls/cases/docs';
      assert.equal((await rawRequest(at.double, { path, body }, headers)).status, 400);
      const crossing = { ...headers, 'x-ms-documentdb-query-enablecrosspartition': 'true' };
      assert.equal((await rawRequest(at.double, { path, body }, crossing)).status, 200);
      const untyped = { ...crossing, 'content-type': 'application/json' };
      assert.equal((await rawRequest(at.double, { path, body }, untyped)).status, 400);
    });
  });

  describe('is refused', () => {
    const refused: readonly (readonly [string, string | SqlQuerySpec])[] = [
      ['an order by two fields without their composite index', 'SELECT * FROM c ORDER BY c.due, c.rank'],
      ['an order by two fields in other directions', 'SELECT * FROM c ORDER BY c.due, c.id'],
      ['an order by a field that is not indexed', 'SELECT * FROM c ORDER BY c.secret'],
      ['a filter on a field that is not indexed', 'SELECT * FROM c WHERE c.secret = 1'],
      ['a filter on such a field beside an indexed one', 'SELECT * FROM c WHERE c.rank = 1 AND NOT c.secret > 1'],
      ['a filter on such a field in a function', 'SELECT * FROM c WHERE IS_DEFINED(c.secret)'],
      ['a parameter that is not given', { query: 'SELECT * FROM c WHERE c.rank = @r' }],
      ['a word of the language as a field', 'SELECT * FROM c WHERE c.value = 1'],
      ['what is no query', 'SELECT FROM WHERE'],
    ];
    for (const [what, query] of refused) {
      it(what, async () => {
        assert.equal((await refusalOf(ask(query))).code, 400);
        assert.equal((await refusalOf(ask(query, { partitionKey: 'case1' }))).code, 400);
      });
    }

    it('not when the client asks for a scan', async () => {
      assert.equal((await ask('SELECT * FROM c WHERE c.secret = 1', { enableScanInQuery: true })).length, 1);
    });

    it('for the partition key without its value in the header, as that is not indexed either', async () => {
      const query = 'SELECT * FROM c WHERE c.caseKey = "case1"';
      assert.equal((await refusalOf(ask(query))).code, 400);
      assert.equal((await ask(query, { partitionKey: 'case1' })).length, 4);
    });

    it('when its container is not there', async () => {
      const missing = at.client.database('bot').container('none').items.query('SELECT * FROM c');
      assert.equal((await refusalOf(missing.fetchAll())).code, 404);
    });
  });

  it('ends its pages early when the double is told to, and a client that goes on gets all', async () => {
    const short = await aDouble({ pageItemsAtMost: 1 });
    for (const id of ['a', 'b', 'c']) await short.container.items.create({ id, caseKey: 'k' });
    const iterator = short.container.items.query('SELECT VALUE c.id FROM c', { partitionKey: 'k', maxItemCount: 10 });
    const first = await iterator.fetchNext();
    const all = await iterator.fetchAll();
    await short.close();
    assert.deepEqual(first.resources, ['a']);
    assert.deepEqual(all.resources, ['a', 'b', 'c']);
  });

  it('ends a page at 4 MB', async () => {
    const large = await aDouble();
    for (const id of ['1', '2', '3', '4']) {
      await large.container.items.create({ id, caseKey: 'k', text: 'x'.repeat(1_500_000) });
    }
    const first = await large.container.items.query('SELECT * FROM c', { partitionKey: 'k' }).fetchNext();
    await large.close();
    assert.equal(first.resources.length, 2);
    assert.ok(first.continuationToken);
  });

  it('takes ten thousand items in its stride', async () => {
    const many = await aDouble();
    const makes = Array.from({ length: 100 }, (_, batch) =>
      many.container.items.batch(
        Array.from({ length: 100 }, (_, n) => ({
          operationType: 'Create' as const,
          resourceBody: { id: `${batch}-${n}`, caseKey: `case${batch}`, rank: batch * 100 + n },
        })),
        `case${batch}`,
      ),
    );
    await Promise.all(makes);
    const { resources } = await many.container.items
      .query('SELECT TOP 3 VALUE c.rank FROM c WHERE c.rank >= 0 ORDER BY c.rank DESC')
      .fetchAll();
    await many.close();
    assert.deepEqual(resources, [9999, 9998, 9997]);
  });
});
