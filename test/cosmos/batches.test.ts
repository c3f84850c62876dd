import assert from 'node:assert/strict';
import type { OperationInput, OperationResponse } from '@azure/cosmos';
import { type ADouble, aDouble, rawRequest, refusalOf } from './aDouble.ts';

describe('a transactional batch on the double of Cosmos DB', () => {
  let at: ADouble;
  before(async () => {
    at = await aDouble();
  });
  after(() => at.close());

  const creating = (id: string, caseKey: string, more: object = {}): OperationInput => ({
    operationType: 'Create',
    resourceBody: { id, caseKey, ...more },
  });
  const batch = (caseKey: string, ...operations: OperationInput[]) => at.container.items.batch(operations, caseKey);
  const statuses = (result: readonly OperationResponse[] | undefined) => result?.map(({ statusCode }) => statusCode);
  const idsIn = async (caseKey: string) =>
    (await at.container.items.query('SELECT VALUE c.id FROM c', { partitionKey: caseKey }).fetchAll()).resources;

  it('does all operations, and gives each its status, etag and item', async () => {
    const { code, result } = await batch(
      'all',
      creating('a', 'all'),
      { operationType: 'Upsert', resourceBody: { id: 'b', caseKey: 'all' } },
      { operationType: 'Replace', id: 'a', resourceBody: { id: 'a', caseKey: 'all', n: 1 } },
      { operationType: 'Read', id: 'a' },
      { operationType: 'Patch', id: 'a', resourceBody: { operations: [{ op: 'incr', path: '/n', value: 1 }] } },
      { operationType: 'Delete', id: 'b' },
    );
    assert.equal(code, 200);
    assert.deepEqual(statuses(result), [201, 201, 200, 200, 200, 204]);
    assert.equal(result?.[3]?.resourceBody?.n, 1);
    assert.equal(result[3].resourceBody._etag, result[3].eTag);
    assert.equal((await at.container.item('a', 'all').read<{ n: number }>()).resource?.n, 2);
    assert.deepEqual(await idsIn('all'), ['a']);
  });

  it('does nothing at all when one operation is refused: 207, with 424 around the culprit', async () => {
    await batch('undone', creating('head', 'undone', { n: 1 }));
    const before = await at.container.item('head', 'undone').read();
    const { code, result } = await batch(
      'undone',
      creating('new', 'undone'),
      { operationType: 'Replace', id: 'head', resourceBody: { id: 'head', caseKey: 'undone', n: 2 } },
      creating('head', 'undone'),
      { operationType: 'Delete', id: 'head' },
    );
    assert.equal(code, 207);
    assert.deepEqual(statuses(result), [424, 424, 409, 424]);
    assert.deepEqual(await idsIn('undone'), ['head']);
    assert.equal((await at.container.item('head', 'undone').read()).etag, before.etag);
  });

  it('is held to the etag of one of its operations', async () => {
    await batch('etag', creating('head', 'etag', { n: 1 }));
    const { etag: stale } = await at.container.item('head', 'etag').read();
    const replacing = (n: number, ifMatch: string): OperationInput => ({
      operationType: 'Replace',
      id: 'head',
      ifMatch,
      resourceBody: { id: 'head', caseKey: 'etag', n },
    });
    assert.equal((await batch('etag', creating('v1', 'etag'), replacing(2, stale))).code, 200);
    const second = await batch('etag', creating('v2', 'etag'), replacing(3, stale));
    assert.deepEqual(statuses(second.result), [424, 412]);
    assert.deepEqual(await idsIn('etag'), ['head', 'v1']);
  });

  it('does only one of two that race for the same etag', async () => {
    await batch('race', creating('head', 'race'));
    const { etag: ifMatch } = await at.container.item('head', 'race').read();
    const racing = (id: string) =>
      batch('race', creating(id, 'race'), {
        operationType: 'Replace',
        id: 'head',
        ifMatch,
        resourceBody: { id: 'head', caseKey: 'race', by: id },
      });
    const codes = (await Promise.all(['1', '2', '3', '4'].map(racing))).map(({ code }) => code);
    assert.deepEqual(codes.toSorted(), [200, 207, 207, 207]);
    assert.equal((await idsIn('race')).length, 2);
  });

  it('takes 100 operations and refuses 101', async () => {
    const some = (count: number, caseKey: string) =>
      Array.from({ length: count }, (_, at) => creating(`${at}`, caseKey));
    assert.equal((await batch('hundred', ...some(100, 'hundred'))).code, 200);
    const { status } = await rawBatch(some(101, 'more'), '["more"]');
    assert.equal(status, 400);
    assert.equal((await rawBatch([], '["more"]')).status, 400);
  });

  it('refuses more than 2 MB in all with 413', async () => {
    const text = 'x'.repeat(700_000);
    const three = ['1', '2', '3'].map((id) => creating(id, 'large', { text }));
    assert.equal((await refusalOf(batch('large', ...three))).code, 413);
    assert.deepEqual(await idsIn('large'), []);
    assert.equal((await batch('large', ...three.slice(1))).code, 200);
  });

  it('refuses an operation of another partition, and a request without a partition', async () => {
    const { result } = await batch('mine', creating('a', 'mine'), creating('b', 'yours'));
    assert.deepEqual(statuses(result), [424, 400]);
    const named = await refusalOf(batch('mine', { ...creating('a', 'mine'), partitionKey: 'yours' }));
    assert.equal(named.code, 400);
    assert.equal((await rawBatch([creating('a', 'mine')], undefined)).status, 400);
    assert.deepEqual(await idsIn('mine'), []);
  });

  const rawBatch = (body: unknown, partitionKey: string | undefined) =>
    rawRequest(
      at.double,
      { path: '/dbs/bot/colls/cases/docs', body },
      {
        'x-ms-cosmos-is-batch-request': 'true',
        'x-ms-cosmos-batch-atomic': 'true',
        'x-ms-documentdb-partitionkey': partitionKey,
      },
    );
});
