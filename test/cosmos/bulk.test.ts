import assert from 'node:assert/strict';
import type { Container, SqlQuerySpec } from '@azure/cosmos';
import { BulkItems } from '../../bench/bulkItems.ts';
import { bulkRecords } from '../../bench/bulkRecords.ts';
import { CONTAINERS, partitionOf, policyOf } from '../../src/stores/cosmos/containers.ts';
import { aDouble, refusalOf, type ADouble } from './aDouble.ts';
import type { JsonObject } from './json.ts';

const RECORDS = 240;
const { cases: source } = bulkRecords(RECORDS, { personId: 'person-asha', teamId: 'team-north' });
const plan = CONTAINERS.cases;
const definition = { partitionKey: partitionOf(plan), indexingPolicy: policyOf(plan) };

describe('items that the double of Cosmos DB holds in bulk', () => {
  let held: ADouble;
  let sent: ADouble;
  before(async () => {
    assert.ok(source !== undefined);
    [held, sent] = await Promise.all([aDouble({}, definition), aDouble({}, definition)]);
    held.double.control.holdInBulk('bot', 'cases', new BulkItems('cases', source));
    for (let nth = 0; nth < source.partitions; nth += 1)
      for (const doc of source.docsOf(nth)) await sent.container.items.create({ ...doc });
  });
  after(() => Promise.all([held.close(), sent.close()]));

  const across = { maxDegreeOfParallelism: -1, forceQueryPlan: true };
  const found = async (container: Container, query: SqlQuerySpec): Promise<readonly string[]> => {
    const { resources } = await container.items.query<JsonObject>(query, across).fetchAll();
    return resources.map(({ _rid, _self, _etag, _ts, ...doc }) => JSON.stringify(doc));
  };

  for (const [what, where, values] of [
    ['by an author', `c.doc = 'record' AND c.authorId = @a ORDER BY c.recordId DESC`, { a: 'bench-person-7' }],
    ['by an author, before one', 'c.authorId = @a AND c.recordId < @b', { a: 'person-asha', b: '01G' }],
    ['by what an array contains', 'ARRAY_CONTAINS(c.keys, @t) ORDER BY c.recordId DESC', { t: 'team team-north' }],
    [
      'by either of two',
      '(c.authorId = @a OR c.teamId IN (@t, @u))',
      { a: 'bench-person-1', t: 'bench-team-3', u: 'x' },
    ],
    ['by a day on which something is due', `c.due >= '' ORDER BY c.due, c.recordId`, {}],
    ['by a day that nothing is due on', 'c.due <= @d', { d: '2026-01-01' }],
    ['by what nobody has', 'c.isAway = true', {}],
  ] as const)
    it(`are found ${what} as if they had been sent`, async () => {
      const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
      const query = { query: `SELECT * FROM c WHERE ${where}`, parameters };
      const [here, there] = await Promise.all([found(held.container, query), found(sent.container, query)]);
      const isOrdered = where.includes('ORDER BY');
      assert.deepEqual(isOrdered ? here : [...here].sort(), isOrdered ? there : [...there].sort());
      assert.equal(there.length > 0, !['c.due <= @d', 'c.isAway = true'].includes(where), `${there.length} found`);
    });

  it('are read, replaced and added to, and are the same afterwards but for that', async () => {
    const record = source?.docsOf(3).find(({ doc }) => doc === 'record');
    const doc = record as unknown as { id: string; caseKey: string; authorId: string }; // as every record has them
    const { id, caseKey } = doc;
    const read = await held.container.item(id, caseKey).read<JsonObject>();
    assert.deepEqual({ ...read.resource, ...doc }, read.resource);
    const ifMatch = { accessCondition: { type: 'IfMatch', condition: read.etag } };
    await held.container.item(id, caseKey).replace({ ...doc, authorId: 'person-new' }, ifMatch);
    await held.container.items.create({ id: 'new', caseKey, doc: 'record', authorId: 'person-new' });
    const ids = async (authorId: string) => {
      const query = { query: 'SELECT * FROM c WHERE c.authorId = @a', parameters: [{ name: '@a', value: authorId }] };
      return (await held.container.items.query<{ id: string }>(query, across).fetchAll()).resources.map(
        (one) => one.id,
      );
    };
    assert.deepEqual((await ids('person-new')).sort(), [id, 'new'].sort());
    assert.ok(!(await ids(doc.authorId)).includes(id), 'it is not what it was');
  });

  it('are not looked through one by one: a query that no index serves fails', async () => {
    const query = { query: 'SELECT * FROM c WHERE c.savedAt > @at', parameters: [{ name: '@at', value: '2022' }] };
    const refused = await refusalOf(held.container.items.query(query, across).fetchAll());
    assert.equal(refused.code, 500);
  });
});
