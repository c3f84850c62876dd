import assert from 'node:assert/strict';
import { openConnection, type Connection } from '../../../../src/stores/sqlite/connection.ts';
import { groupCommit, transactionOn, type Transaction } from '../../../../src/stores/sqlite/groupCommit.ts';
import { storesOn } from '../../../../src/stores/sqlite/openSqlite.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { aCommit, aDraft, noHead } from '../contract/builders.ts';

describe('group commit', () => {
  let connection: Connection;
  let stores: Stores;
  let commits: number;

  /** The stores as they are wired in production, on a transaction some of whose steps are other ones. */
  function rewire(steps: Partial<Transaction> = {}): void {
    const real = transactionOn(connection.db);
    const commit = (): void => {
      commits += 1;
      real.commit();
    };
    const { write } = groupCommit({ ...real, commit, ...steps });
    stores = storesOn({ ...connection, write });
  }

  const drafts = (count: number) => Array.from({ length: count }, (_, i) => aDraft({ draftId: `draft-${i}` }));
  const create = (count: number) => drafts(count).map((draft) => stores.drafts.create(draft));
  const kept = async () => (await stores.drafts.unfinished('person-asha')).length;

  beforeEach(() => {
    connection = openConnection(':memory:', 'tenant-1');
    commits = 0;
    rewire();
  });
  afterEach(() => {
    connection.close();
  });

  it('makes sixteen saves of one turn durable with one commit', async () => {
    assert.deepEqual(await Promise.all(create(16)), Array(16).fill('saved'));
    assert.equal(commits, 1);
    assert.equal(await kept(), 16);
  });

  it('commits once more for writes of a later turn', async () => {
    await Promise.all(create(2));
    await stores.drafts.save(aDraft({ draftId: 'draft-0', revision: 2 }));
    assert.equal(commits, 2);
  });

  it('answers nobody before the commit', async () => {
    const told: number[] = [];
    const saving = create(4).map((save) => save.then(() => told.push(commits)));
    const conflict = stores.drafts.save(aDraft({ revision: 2 })).then(() => told.push(commits));
    await Promise.all([...saving, conflict]);
    assert.deepEqual(told, [1, 1, 1, 1, 1]);
  });

  it('shows no read what has not been committed', async () => {
    const saving = stores.drafts.create(aDraft());
    assert.equal(await stores.drafts.read('person-asha', aDraft().draftId), undefined);
    await saving;
    assert.deepEqual(await stores.drafts.read('person-asha', aDraft().draftId), aDraft());
  });

  it('lets a write see those of its group that came before it', async () => {
    const results = await Promise.all([
      stores.drafts.create(aDraft()),
      stores.drafts.save(aDraft({ revision: 2 })),
      stores.drafts.save(aDraft({ revision: 3 })),
    ]);
    assert.deepEqual(results, ['saved', 'saved', 'saved']);
    assert.equal(commits, 1);
  });

  it('undoes a write that fails half-way, alone', async () => {
    const clash = aCommit(noHead(), { recordId: 'record-2' });
    const entry = { ...clash.entry, recordId: 'nowhere' };
    const group = await Promise.allSettled([
      stores.drafts.create(aDraft()),
      stores.records.commit({ ...clash, entry }),
      stores.records.commit(aCommit(noHead('case-2'))),
    ]);
    assert.deepEqual(
      group.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal(commits, 1);
    assert.equal(await stores.records.version('case-1', 'record-2', 1), undefined);
    assert.equal((await stores.records.head('case-2')).seq, 1);
    assert.equal(await kept(), 1);
  });

  it('rejects every write of a group whose commit fails, and keeps none', async () => {
    const cause = Object.assign(new Error('disk I/O error'), { errcode: 10 });
    rewire({
      commit() {
        throw cause;
      },
    });
    const group = await Promise.allSettled(create(3));
    for (const each of group) {
      assert.equal(each.status, 'rejected');
      assert.equal(each.reason.code, 'store.fault');
      assert.equal(each.reason.cause, cause);
    }
    rewire();
    assert.equal(await kept(), 0);
    assert.equal(await stores.drafts.create(aDraft()), 'saved');
  });

  it('keeps nothing when SQLite itself refuses to commit', async () => {
    connection.db.exec(`CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)`);
    const { write } = connection;
    const orphan = write(() => {
      connection.db.exec('INSERT INTO child VALUES (1)');
    });
    const saving = storesOn(connection).drafts.create(aDraft());
    await assert.rejects(orphan, { code: 'store.fault' });
    await assert.rejects(saving, { code: 'store.fault' });
    assert.equal(await kept(), 0);
  });

  it('rejects the whole group when the transaction cannot begin', async () => {
    rewire({
      begin() {
        throw Object.assign(new Error('database is locked'), { errcode: 5 });
      },
    });
    for (const each of await Promise.allSettled(create(3))) {
      assert.equal(each.status, 'rejected');
      assert.equal(each.reason.code, 'store.locked');
    }
  });

  it('rejects the whole group when SQLite has given the transaction up', async () => {
    const saving = stores.drafts.create(aDraft());
    const { write } = groupCommit(transactionOn(connection.db));
    await saving;
    const first = write(() => connection.db.exec(`DELETE FROM drafts`));
    const second = write(() => {
      connection.db.exec('ROLLBACK');
      throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    });
    const third = write(() => connection.db.exec(`DELETE FROM drafts`));
    for (const each of [first, second, third]) await assert.rejects(each, { code: 'store.full' });
    assert.equal(await kept(), 1);
  });
});
