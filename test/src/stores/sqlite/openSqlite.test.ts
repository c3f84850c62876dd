import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable, Writable } from 'node:stream';
import { openConnection } from '../../../../src/stores/sqlite/connection.ts';
import { openSqlite, storesOn } from '../../../../src/stores/sqlite/openSqlite.ts';
import { aDraft } from '../contract/builders.ts';
import { SCHEMA_VERSION } from '../../../../src/stores/sqlite/schema.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const tenantId = 'tenant-1';

describe('opening a SQLite store', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'records.sqlite');
  const open = () => openSqlite({ path: path(), tenantId });

  it('finds again what was kept before it was closed', async () => {
    const before = await open();
    await before.drafts.create(aDraft());
    await before.close();
    const after = await open();
    assert.deepEqual(await after.drafts.read('person-asha', aDraft().draftId), aDraft());
    await after.close();
  });

  it('makes the folder and every file in it for their owner alone', async () => {
    const inside = join(folder(), 'data', 'store');
    const stores = await openSqlite({ path: join(inside, 'records.sqlite'), tenantId });
    await stores.drafts.create(aDraft());
    assert.equal(statSync(inside).mode & 0o777, 0o700);
    const modes = readdirSync(inside).map((name) => [name, statSync(join(inside, name)).mode & 0o777]);
    assert.deepEqual(Object.fromEntries(modes), {
      'records.sqlite': 0o600,
      'records.sqlite-shm': 0o600,
      'records.sqlite-wal': 0o600,
      'records.sqlite.lock': 0o600,
    });
    await stores.close();
  });

  it('lets a reader in beside the writer', async () => {
    const stores = await open();
    await stores.drafts.create(aDraft());
    const reader = new DatabaseSync(path(), { readOnly: true });
    assert.equal(reader.prepare('SELECT count(*) AS drafts FROM drafts').get()?.drafts, 1);
    reader.close();
    await stores.close();
  });

  it('refuses a second writer in the same process, also by another name of the file', async () => {
    const stores = await open();
    const alias = join(folder(), 'alias.sqlite');
    symlinkSync(path(), alias);
    await assert.rejects(open(), { code: 'store.locked' });
    await assert.rejects(openSqlite({ path: alias, tenantId }), { code: 'store.locked' });
    await assert.rejects(open(), { code: 'store.locked' });
    await stores.drafts.create(aDraft());
    await stores.close();
    await (await open()).close();
  });

  it('refuses a file of another application', async () => {
    const other = new DatabaseSync(path());
    other.exec('CREATE TABLE somethingElse (id INTEGER)');
    other.close();
    await assert.rejects(open(), { code: 'store.broken' });
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    writeFileSync(path(), 'This is not a database. '.repeat(200));
    const size = statSync(path()).size;
    await assert.rejects(open(), { code: 'store.broken' });
    assert.equal(statSync(path()).size, size);
  });

  it('refuses the store of another tenant', async () => {
    await (await open()).close();
    await assert.rejects(openSqlite({ path: path(), tenantId: 'tenant-2' }), { code: 'store.tenant' });
    await (await open()).close();
  });

  it('refuses a store of a newer release', async () => {
    const connection = openConnection(path(), tenantId);
    connection.db.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    connection.close();
    await assert.rejects(open(), { code: 'store.newer' });
  });

  it('refuses a store of a trial release, and says so', async () => {
    const connection = openConnection(path(), tenantId);
    connection.db.exec('PRAGMA user_version = 1');
    connection.close();
    await assert.rejects(open(), { code: 'store.older', message: /trial release/ });
  });

  it('says that the folder is missing when it cannot be made', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    await assert.rejects(openSqlite({ path: join(file, 'data', 'records.sqlite'), tenantId }), (error: Error) => {
      assert.equal('code' in error && error.code, 'store.missing');
      assert.equal(error.cause instanceof Error && 'code' in error.cause && error.cause.code, 'ENOTDIR');
      return true;
    });
  });
});

describe('a SQLite store that can no longer be written', () => {
  const folder = temporaryFolder();
  const open = () => openConnection(join(folder(), 'records.sqlite'), tenantId);

  it('says that the disk is full to all who wrote at once, keeps none of it, and goes on with what fits', async () => {
    const connection = open();
    const { drafts } = storesOn(connection);
    await drafts.create(aDraft());
    const pages = Number(connection.db.prepare('PRAGMA page_count').get()?.page_count);
    connection.db.exec(`PRAGMA max_page_count = ${pages + 1}`);
    const large = aDraft({ draftId: 'large', body: new Uint8Array(60_000) });
    const small = aDraft({ revision: 2 });
    const group = await Promise.allSettled([drafts.save(small), drafts.create(large)]);
    for (const each of group) assert.equal(each.status === 'rejected' && each.reason.code, 'store.full');
    assert.deepEqual(await drafts.unfinished('person-asha'), [aDraft()]);
    assert.equal(await drafts.save(small), 'saved');
    connection.db.exec('PRAGMA max_page_count = 1000000');
    assert.equal(await drafts.create(large), 'saved');
    connection.close();
  });

  it('says that the data is read-only, and can still be read', async () => {
    const connection = open();
    const { drafts } = storesOn(connection);
    await drafts.create(aDraft());
    connection.db.exec('PRAGMA query_only = ON');
    await assert.rejects(drafts.save(aDraft({ revision: 2 })), { code: 'store.readOnly' });
    assert.deepEqual(await drafts.read('person-asha', aDraft().draftId), aDraft());
    connection.close();
  });
});

describe('a SQLite store of another process', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'records.sqlite');
  const open = () => openSqlite({ path: path(), tenantId });
  let child: ChildProcessByStdio<Writable, Readable, null>;

  /** Starts a process that opens the store; resolves with what it says. */
  async function startChild(): Promise<string> {
    const program = join(import.meta.dirname, 'holdStore.ts');
    child = spawn(process.execPath, ['--expose-gc', program, path()], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [said] = await once(child.stdout, 'data');
    return String(said).trim();
  }

  afterEach(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('refuses the other process while this one writes', async () => {
    const stores = await open();
    assert.equal(await startChild(), 'store.locked');
    await stores.close();
  });

  it('is refused while that process lives, and is free, with all it saved, once it was killed', async () => {
    assert.equal(await startChild(), 'open');
    await assert.rejects(open(), { code: 'store.locked' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const stores = await open();
    assert.deepEqual(await stores.drafts.read('person-asha', aDraft().draftId), aDraft());
    await stores.close();
  }).timeout(10_000);
});
