import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OpenItem } from '../../../../src/ports.ts';
import { openConnection, type Connection } from '../../../../src/stores/sqlite/connection.ts';
import { rebuildOpenRecords } from '../../../../src/stores/sqlite/openRecords.ts';
import { storesOn } from '../../../../src/stores/sqlite/openSqlite.ts';
import { aCommit, noHead } from '../contract/builders.ts';
import { commitNext, dueOn } from '../contract/openRecords.ts';

describe('the table of open records', () => {
  let connection: Connection;

  beforeEach(() => {
    connection = openConnection(':memory:', 'tenant-1');
  });
  afterEach(() => {
    connection.close();
  });

  const rows = () => connection.db.prepare('SELECT * FROM openRecords').all().map((row) => ({ ...row })); // prettier-ignore

  const item: fc.Arbitrary<OpenItem> = fc.record({
    kind: fc.constantFrom('outcome', 'receipt', 'review'),
    due: fc.integer({ min: 10, max: 30 }).map((day) => `2026-11-${day}`),
  });
  const commits = fc.array(
    fc.record({
      recordId: fc.constantFrom('record-1', 'record-2', 'record-3', 'record-4'),
      openItems: fc.array(item, { maxLength: 3 }),
      authorId: fc.constantFrom('person-asha', 'person-ben'),
      teamId: fc.constantFrom('team-north', 'team-south'),
    }),
    { maxLength: 15 },
  );

  it('is what a look at the latest versions gives, and the same when it is rebuilt, after any commits', async () => {
    await fc.assert(
      fc.asyncProperty(commits, async (wanted) => {
        connection.close();
        connection = openConnection(':memory:', 'tenant-1');
        const expected = new Map<string, object>();
        for (const { recordId, openItems, authorId, teamId } of wanted) {
          const { caseKey, header } = await commitNext(storesOn(connection), recordId, { openItems, authorId, teamId });
          const [due] = openItems.map((each) => each.due).toSorted();
          if (due === undefined) expected.delete(recordId);
          else {
            const row = { recordId, version: header.version, caseKey, due, authorId, teamId };
            expected.set(recordId, { ...row, header: JSON.stringify(header) });
          }
        }
        const kept = rows();
        assert.deepEqual(new Map(kept.map((row) => [String(row.recordId), row])), expected);
        await rebuildOpenRecords(connection);
        assert.deepEqual(rows(), kept);
      }),
      { numRuns: 50 },
    );
  });

  it('is put right by a rebuild, whatever stood in it', async () => {
    await commitNext(storesOn(connection), 'record-1', dueOn('2026-11-27'));
    await commitNext(storesOn(connection), 'record-2', dueOn('2026-11-28'));
    const kept = rows();
    connection.db.exec(`DELETE FROM openRecords WHERE recordId = 'record-1';
      UPDATE openRecords SET due = '2020-01-01';
      INSERT INTO openRecords SELECT 'another', version, caseKey, due, authorId, teamId, header FROM openRecords`);
    assert.notDeepEqual(rows(), kept);
    await rebuildOpenRecords(connection);
    assert.deepEqual(rows(), kept);
  });

  it('keeps nothing of a commit that fails', async () => {
    const { records } = storesOn(connection);
    await commitNext(storesOn(connection), 'record-1', dueOn('2026-11-27'));
    const kept = rows();
    connection.db.exec(`CREATE TRIGGER failing AFTER INSERT ON openRecords BEGIN SELECT RAISE(ABORT, 'failing'); END`);
    await assert.rejects(records.commit(aCommit(noHead(), { recordId: 'record-2' })), { code: 'store.fault' });
    const head = await records.head('case of record-1');
    const second = aCommit(head, { recordId: 'record-1', version: 2 });
    await assert.rejects(records.commit(second), { code: 'store.fault' });
    assert.deepEqual(rows(), kept);
    assert.equal(await records.version('case-1', 'record-2', 1), undefined);
    assert.deepEqual(await records.head('case of record-1'), head);
  });

  for (const [what, sql] of [
    ['due', 'due <= ? AND (due, recordId) > (?, ?) ORDER BY due, recordId'],
    ['an author’s', 'authorId = ? ORDER BY due, recordId'],
    ['a team’s', 'teamId = ? ORDER BY due, recordId'],
  ] as const) {
    it(`finds what is ${what} by an index, in its order`, () => {
      const plan = connection.db.prepare(`EXPLAIN QUERY PLAN SELECT * FROM openRecords WHERE ${sql}`).all();
      const steps = plan.map(({ detail }) => String(detail));
      assert.equal(steps.length, 1, steps.join('; '));
      assert.match(steps[0] ?? '', /^SEARCH openRecords USING (COVERING )?INDEX/);
    });
  }
});
