import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openConnection, type Connection } from '../../../../src/stores/sqlite/connection.ts';
import { storesOn } from '../../../../src/stores/sqlite/openSqlite.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from '../../../../src/stores/sqlite/schema.ts';
import { anAccess } from '../contract/accessStore.ts';
import { aCommit, noHead } from '../contract/builders.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('the SQLite schema', () => {
  const folder = temporaryFolder();
  let connection: Connection;

  beforeEach(() => {
    connection = openConnection(join(folder(), 'records.sqlite'), 'tenant-1');
  });
  afterEach(() => {
    connection.close();
  });

  async function fill(): Promise<void> {
    const { records, access } = storesOn(connection);
    await records.commit(aCommit());
    await records.reserveNumber({ number: 'SL-7KQ2M9XA', recordId: 'record-1', caseKey: 'case-1' });
    await access.appendBatch([anAccess()]);
  }

  const rows = (table: string) => connection.db.prepare(`SELECT * FROM ${table}`).all();

  for (const [pragma, value] of Object.entries({
    journal_mode: 'wal',
    synchronous: 2,
    foreign_keys: 1,
    secure_delete: 1,
    trusted_schema: 0,
    recursive_triggers: 1,
    application_id: APPLICATION_ID,
    user_version: SCHEMA_VERSION,
  })) {
    it(`runs with ${pragma} = ${value}`, () => {
      assert.equal(connection.db.prepare(`PRAGMA ${pragma}`).get()?.[pragma], value);
    });
  }

  it('has STRICT tables only', () => {
    const tables = connection.db
      .prepare(`SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'`)
      .all();
    assert.ok(tables.length > 0);
    assert.deepEqual(
      tables.filter(({ strict }) => strict !== 1),
      [],
    );
  });

  for (const table of ['versions', 'chain', 'wordings', 'numbers', 'accessLog', 'accessSubjects']) {
    it(`refuses to change, replace or delete what is in ${table}`, async () => {
      await fill();
      const before = rows(table);
      assert.equal(before.length, 1);
      const [column] = connection.db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
      const copy = `SELECT ${insertable(table)} FROM ${table}`;
      for (const sql of [
        `UPDATE ${table} SET ${String(column?.name)} = ${String(column?.name)}`,
        `INSERT OR REPLACE INTO ${table} (${insertable(table)}) ${copy}`,
        `DELETE FROM ${table}`,
      ]) {
        assert.throws(() => connection.db.exec(sql), { errcode: 1811 }, sql); // SQLITE_CONSTRAINT_TRIGGER
      }
      assert.deepEqual(rows(table), before);
    });
  }

  /** The columns that are not derived from others. */
  function insertable(table: string): string {
    const columns = connection.db.prepare(`SELECT name FROM pragma_table_xinfo('${table}') WHERE hidden = 0`).all();
    return columns.map(({ name }) => name).join(', ');
  }

  it('derives the columns that are searched from the header', async () => {
    await fill();
    const { header } = aCommit().version;
    const [row] = rows('versions');
    for (const name of ['authorId', 'teamId', 'type', 'number', 'contactAt', 'savedAt', 'counterpartToken'] as const) {
      assert.equal(row?.[name], header[name]);
    }
  });

  it('does not let one record hold two numbers', async () => {
    await fill();
    const { records } = storesOn(connection);
    const second = records.reserveNumber({ number: 'SL-00000001', recordId: 'record-1', caseKey: 'case-1' });
    await assert.rejects(second, { code: 'store.fault' });
    assert.equal(await records.byNumber('SL-00000001'), undefined);
  });

  it('does not let a chain have two entries in one place', async () => {
    await fill();
    const { records } = storesOn(connection);
    const head = await records.head('case-1');
    const misplaced = aCommit({ ...noHead(), etag: head.etag }, { recordId: 'record-2' });
    await assert.rejects(records.commit(misplaced), { code: 'store.fault' });
    assert.deepEqual(await records.head('case-1'), head);
  });

  it('faults on a row that holds what no store has written', async () => {
    connection.db.exec(
      'DROP TABLE conversations; CREATE TABLE conversations (personId PRIMARY KEY, savedAt, reference)',
    );
    connection.db.exec(`INSERT INTO conversations VALUES ('person-asha', 'now', 'not bytes')`);
    await assert.rejects(storesOn(connection).conversations.read('person-asha'), { code: 'store.broken' });
  });
});
