import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SearchKey } from '../../../../src/searchPorts.ts';
import { openConnection, type Connection } from '../../../../src/stores/sqlite/connection.ts';
import { storesOn } from '../../../../src/stores/sqlite/openSqlite.ts';
import { ROWS_A_LOOK } from '../../../../src/stores/sqlite/searchIndex.ts';
import { rebuildSearchKeys } from '../../../../src/stores/sqlite/searchKeys.ts';
import { aHeader, aCommit, noHead } from '../contract/builders.ts';
import { allFound, kept, teamsOf } from '../contract/searchIndex.ts';

const EVERYTHING: SearchKey = { kind: 'everything' };

describe('the table of search keys', () => {
  let connection: Connection;

  beforeEach(() => {
    connection = openConnection(':memory:', 'tenant-1');
  });
  afterEach(() => {
    connection.close();
  });

  const rows = () => connection.db.prepare('SELECT * FROM searchKeys').all().map((row) => ({ ...row })); // prettier-ignore

  const cases = ['case-1', 'case-2', 'case-3'] as const;
  const teams = ['team-north', 'team-south', 'team-east'] as const;
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('recorded' as const),
      nth: fc.integer({ min: 0, max: 4 }),
      authorId: fc.constantFrom('person-asha', 'person-ben'),
      teamId: fc.constantFrom(...teams),
      counterpartToken: fc.constantFrom('', 'school', 'surgery'),
      linkedTo: fc.option(fc.constantFrom(...cases), { nil: undefined }),
      openItems: fc.constantFrom([], aHeader().openItems),
    }),
    fc.record({
      kind: fc.constant('teams' as const),
      caseKey: fc.constantFrom(...cases),
      teamIds: fc.uniqueArray(fc.constantFrom(...teams), { minLength: 1 }),
    }),
  );

  it('is the same when it is rebuilt, after any commits, links and changes of case teams', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        connection.close();
        connection = openConnection(':memory:', 'tenant-1');
        const stores = storesOn(connection);
        const versions = new Map<number, number>();
        for (const { kind, ...change } of steps) {
          if (kind === 'teams') {
            if ('caseKey' in change) await teamsOf(stores, change.caseKey, change.teamIds);
            continue;
          }
          if (!('nth' in change)) continue;
          const { nth, linkedTo, ...header } = change;
          const version = (versions.get(nth) ?? 0) + 1;
          versions.set(nth, version);
          const home = cases[nth % cases.length] ?? 'case-1';
          const link = linkedTo === undefined ? {} : { linkedTo };
          await kept(stores, { recordId: `record-${nth}`, version, ...header, ...link }, home);
          if (linkedTo !== undefined) await stores.records.linkInto(linkedTo, `record-${nth}`, home);
        }
        const found = rows();
        await rebuildSearchKeys(connection);
        assert.deepEqual(rows(), found);
        const all = [...versions.keys()].map((nth) => `record-${nth}`).sort();
        assert.deepEqual((await allFound(stores, { within: [EVERYTHING], also: [] })).toReversed(), all);
      }),
      { numRuns: 60 },
    );
  });

  it('is put right by a rebuild, whatever stood in it', async () => {
    await kept(storesOn(connection), { recordId: 'a' });
    await teamsOf(storesOn(connection), 'case-1', ['team-east']);
    const found = rows();
    connection.db.exec(`DELETE FROM searchKeys WHERE searchKey = 'everything';
      UPDATE searchKeys SET isOpen = 0;
      INSERT INTO searchKeys SELECT 'team elsewhere', recordId, type, contactAt, isOpen FROM searchKeys LIMIT 1`);
    assert.notDeepEqual(rows(), found);
    await rebuildSearchKeys(connection);
    assert.deepEqual(rows(), found);
  });

  it('keeps nothing of a commit that fails', async () => {
    const { records } = storesOn(connection);
    await kept(storesOn(connection), { recordId: 'a' });
    const found = rows();
    connection.db.exec(`CREATE TRIGGER failing AFTER INSERT ON searchKeys BEGIN SELECT RAISE(ABORT, 'failing'); END`);
    await assert.rejects(records.commit(aCommit(noHead('case-2'), { recordId: 'b' })), { code: 'store.fault' });
    await assert.rejects(teamsOf(storesOn(connection), 'case-1', ['team-east']), { code: 'store.fault' });
    assert.deepEqual(rows(), found);
    assert.equal(await storesOn(connection).cases.read('case-1'), undefined);
  });

  describe('with more records than one look goes through', () => {
    const RECORDS = ROWS_A_LOOK * 2 + 100;
    beforeEach(() => {
      connection.db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${RECORDS})
        INSERT INTO versions (recordId, version, caseKey, header, payload, commitment)
          SELECT printf('%05d', i), 1, 'case-' || i, json_set('${JSON.stringify(aHeader())}', '$.recordId', printf('%05d', i),
            '$.counterpartToken', iif(i % 1000 = 1, 'seldom', 'often'), '$.type', iif(i = 1, 'requestMade', 'share')), x'00', 'c' FROM n`);
      return rebuildSearchKeys(connection);
    });

    it('ends a look that has found nothing, and says where to go on', async () => {
      const wanted = { within: [EVERYTHING], also: [], type: 'requestMade' };
      const first = await storesOn(connection).search.search(wanted, { limit: 5 });
      assert.deepEqual(first, {
        found: [],
        isCutShort: false,
        next: String(RECORDS - ROWS_A_LOOK + 1).padStart(5, '0'),
      });
      assert.deepEqual(await allFound(storesOn(connection), wanted), ['00001']);
    });

    it('goes through what little there is instead, where one thing is seldom', async () => {
      for (const within of [[EVERYTHING], [{ kind: 'team', id: 'team-north' }]] as const) {
        const wanted = { within, also: [{ kind: 'organisation', id: 'seldom' }] } as const;
        const { found, next } = await storesOn(connection).search.search(wanted, { limit: 9 });
        assert.deepEqual(
          found.map(({ header }) => header.recordId),
          ['04001', '03001', '02001', '01001', '00001'],
        );
        assert.equal(next, undefined);
      }
    });

    it('finds the same whichever way it goes', async () => {
      const author: SearchKey = { kind: 'author', id: 'person-asha' };
      const wanted = { within: [EVERYTHING], also: [author, { kind: 'organisation', id: 'often' }] } as const;
      assert.equal((await allFound(storesOn(connection), wanted, 50)).length, RECORDS - 5);
    });
  });

  it('reads no more rows than it looks at, in the order of the table', () => {
    const prepared: string[] = [];
    const { db } = connection;
    const prepare = db.prepare.bind(db);
    db.prepare = (sql) => {
      prepared.push(sql);
      return prepare(sql);
    };
    const { search } = storesOn(connection);
    void search.search({ within: [{ kind: 'author', id: 'a' }, { kind: 'team', id: 'b' }, { kind: 'team', id: 'c' }], also: [] }, { limit: 1 }); // prettier-ignore
    const sql = prepared.findLast((text) => text.includes('isHit')) ?? '';
    const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`).all().map(({ detail }) => String(detail)); // prettier-ignore
    assert.equal(plan.filter((step) => step.startsWith('SEARCH searchKeys USING PRIMARY KEY')).length, 3);
    assert.deepEqual(
      plan.filter((step) => /TEMP B-TREE|SCAN searchKeys/u.test(step)),
      [],
    );
  });
});
