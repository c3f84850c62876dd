import assert from 'node:assert/strict';
import type { Stores } from '../../../../src/storePorts.ts';
import type { CosmosPlace } from '../../../../src/stores/cosmos/connection.ts';
import { aliasDoc } from '../../../../src/stores/cosmos/caseAliases.ts';
import type { JsonObject } from '../../../cosmos/json.ts';
import { aCommit, noHead } from '../contract/builders.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';

describe('the alias of a case file on Cosmos DB', () => {
  const double = withADouble();
  let place: CosmosPlace;
  let stores: Stores;
  beforeEach(async () => {
    place = await freshDatabase(double());
    stores = await opened(place);
  });
  afterEach(() => stores.close());

  const inCases = () =>
    double()
      .control.contents()
      .flatMap(({ database, container, items }) => (database === place.database && container === 'cases' ? items : []));

  it('stands in the partition of its case file, and is written in the batch that makes it', async () => {
    const caseKey = await stores.records.caseKeyFor('abc', 1, 'proposed');
    double().control.tallies.reset();
    assert.equal(await stores.records.commit(aCommit(noHead(caseKey))), 'committed');
    assert.equal(double().control.tallies.of('batch').requests, 1);
    const [alias] = inCases().filter(({ doc }) => doc === 'alias');
    assert.deepEqual([alias?.caseKey, alias?.standsFor], [caseKey, caseKey]);
  });

  it('is not written for a case file without a reference, nor again by what follows', async () => {
    await stores.records.commit(aCommit(noHead('case-1')));
    assert.deepEqual(inCases().filter(({ doc }) => doc === 'alias'), []); // prettier-ignore
    const caseKey = await stores.records.caseKeyFor('abc', 1, 'proposed');
    await stores.records.commit(aCommit(noHead(caseKey), { recordId: 'record-1' }));
    const etagOf = () => inCases().find(({ doc }) => doc === 'alias')?._etag;
    const before = etagOf();
    await stores.records.commit(aCommit(await stores.records.head(caseKey), { recordId: 'record-2' }));
    assert.ok(before);
    assert.equal(etagOf(), before);
  });

  it('is found before anything was recorded, once somebody may see the case', async () => {
    const caseKey = await stores.records.caseKeyFor('abc', 1, 'proposed');
    assert.equal(await stores.records.findCaseKey('abc'), undefined);
    await stores.cases.save({ caseKey, revision: 1, teamIds: ['team-north'], body: Uint8Array.of(1) });
    assert.equal(await stores.records.findCaseKey('abc'), caseKey);
  });

  it('leads to a case file elsewhere where it came from another store so', async () => {
    const doc = aliasDoc({ alias: 'abc', foldVersion: 1, caseKey: 'case-of-another-store' });
    double().control.fill(place.database, 'cases', [doc as unknown as JsonObject]); // plain data
    assert.equal(await stores.records.caseKeyFor('abc', 1, 'proposed'), 'case-of-another-store');
    assert.equal(await stores.records.findCaseKey('abc'), 'case-of-another-store');
  });
});
