import assert from 'node:assert/strict';
import { aDouble, INDEXED } from './aDouble.ts';
import { createCharge, deleteCharge, patchCharge, queryCharge, readCharge, replaceCharge } from './charges.ts';
import { indexTerms } from './indexing.ts';

const KB = 1024;
const terms = (count: number, prefix = 't'): ReadonlySet<string> =>
  new Set(Array.from({ length: count }, (_, n) => `${prefix}${n}`));
const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 0.11, `${actual}`);

describe('the estimated charge of the double of Cosmos DB', () => {
  it('is what Microsoft publishes for reads and writes by size', () => {
    assert.equal(readCharge(KB, 1), 1);
    assert.equal(readCharge(64 * KB, 1), 4.76);
    assert.equal(readCharge(1, 1), 1);
    assert.equal(createCharge({ bytes: KB, terms: terms(0) }), 4.95);
    assert.equal(createCharge({ bytes: 2048 * KB, terms: terms(0) }), 1250);
    near(createCharge({ bytes: 6 * KB, terms: terms(0) }), (6.67 + 7.04) / 2);
  });

  it('is twice as much for reads at strong consistency', () => assert.equal(readCharge(KB, 2), 2));

  it('is that of the published examples for create, replace, patch and delete', () => {
    const before = { bytes: KB, terms: terms(10) };
    const after = { bytes: KB, terms: new Set([...terms(8), 'u1', 'u2']) };
    near(createCharge(before), 7);
    near(replaceCharge(before, after), 10.8);
    near(patchCharge(before, after, 2), 11.6);
    near(deleteCharge(before), 7);
  });

  it('is at least 2.5 for each physical partition that a query looks at, and a read for each item', () => {
    assert.equal(queryCharge(1, [], 2), 2.5);
    assert.equal(queryCharge(3, [KB, KB], 1), 9.5);
  });

  it('counts one index term for each indexed value, each included path and each composite index', () => {
    const item = { id: '1', due: '2026-01-01', tags: ['a', 'b'], secret: { deep: 1 }, _ts: 1 };
    // id, _ts, due, two tags, no rank, one composite
    assert.equal(indexTerms(INDEXED, item).size, 7);
    assert.equal(indexTerms({ ...INDEXED, indexingMode: 'none' }, item).size, 0);
  });

  it('is that of the items whose array contains what is asked for, and of no others', async () => {
    const at = await aDouble();
    for (const [id, tags] of [
      ['1', ['a', 'b']],
      ['2', ['b']],
      ['3', []],
    ] as const)
      // prettier-ignore
      await at.container.items.create({ id, caseKey: 'k', tags });
    await at.container.items.create({ id: '4', caseKey: 'k' });
    at.double.control.tallies.reset();
    const query = { query: 'SELECT * FROM c WHERE ARRAY_CONTAINS(c.tags, @tag)', parameters: [{ name: '@tag', value: 'b' }] }; // prettier-ignore
    const { resources, requestCharge } = await at.container.items.query(query, { partitionKey: 'k' }).fetchAll();
    const { matched } = at.double.control.tallies.of('query');
    await at.close();
    assert.deepEqual(resources.map(({ id }: { id: string }) => id).sort(), ['1', '2']); // prettier-ignore
    assert.equal(requestCharge, 2.5 + 2 * 2);
    assert.equal(matched, 2);
  });

  it('is what the SDK reports', async () => {
    const at = await aDouble();
    const { requestCharge } = await at.container.items.create({ id: '1', caseKey: 'k', due: '2026-01-01' });
    const read = await at.container.item('1', 'k').read();
    const found = await at.container.items.query('SELECT * FROM c', { partitionKey: 'k' }).fetchAll();
    const counted = at.double.control.tallies.of().charge;
    await at.close();
    near(requestCharge, 4.95 + 5 * 0.2);
    assert.equal(read.requestCharge, 2);
    assert.equal(found.requestCharge, 2.5 + 2);
    near(counted, requestCharge + read.requestCharge + found.requestCharge);
  });
});
