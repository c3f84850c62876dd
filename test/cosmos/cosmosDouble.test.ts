import assert from 'node:assert/strict';
import { aClient, type ADouble, aDouble, rawRequest, refusalOf } from './aDouble.ts';

describe('the double of Cosmos DB', () => {
  let at: ADouble;
  before(async () => {
    at = await aDouble({ aadTokens: ['a-token'] });
  });
  afterEach(() => at.double.control.skewClock(0));
  after(() => at.close());

  const aCase = (id: string, caseKey: string, more: object = {}): object => ({ id, caseKey, ...more });
  const create = (id: string, caseKey: string, more: object = {}) =>
    at.container.items.create(aCase(id, caseKey, more));

  describe('as an account', () => {
    it('says its consistency and its write regions', async () => {
      const { resource } = await at.client.getDatabaseAccount();
      assert.equal(resource?.consistencyPolicy, 'Strong');
      assert.deepEqual(
        resource.writableLocations.map(({ name }) => name),
        ['UK South'],
      );
      const weak = await aDouble({ consistency: 'Session', writeRegions: ['UK South', 'UK West'] });
      const answer = await weak.client.getDatabaseAccount();
      await weak.close();
      assert.equal(answer.resource?.consistencyPolicy, 'Session');
      assert.equal(answer.resource.writableLocations.length, 2);
      assert.equal(answer.resource.enableMultipleWritableLocations, true);
    });

    it('refuses another key with 401', async () => {
      const stranger = aClient({ endpoint: at.double.endpoint, key: Buffer.from('another').toString('base64') });
      assert.equal((await refusalOf(stranger.database('bot').read())).code, 401);
      assert.equal((await refusalOf(stranger.getDatabaseAccount())).code, 401);
    });

    it('refuses a signature that was made for another resource with 401', async () => {
      const read = { method: 'GET', path: '/dbs/bot/colls/cases' };
      assert.equal((await rawRequest(at.double, read)).status, 200);
      assert.equal((await rawRequest(at.double, { ...read, signedFor: '/dbs/bot' })).status, 401);
    });

    it('refuses a date that is more than 15 minutes off with 403, before and after', async () => {
      for (const minutes of [16, -16]) {
        at.double.control.skewClock(minutes * 60_000);
        assert.equal((await refusalOf(at.client.database('bot').read())).code, 403);
      }
      at.double.control.skewClock(14 * 60_000);
      assert.equal((await at.client.database('bot').read()).statusCode, 200);
    });

    it('takes an Entra ID token for items and not for making containers', async () => {
      const withToken = (token: string) =>
        aClient(at.double, { key: undefined, tokenProvider: async () => `type=aad&ver=1.0&sig=${token}` });
      const database = withToken('a-token').database('bot');
      assert.equal((await database.container('cases').item('x', 'nobody').read()).statusCode, 404);
      const { code, substatus } = await refusalOf(database.containers.create({ id: 'more', partitionKey: '/id' }));
      assert.deepEqual([code, substatus], [403, 5300]);
      assert.equal((await refusalOf(withToken('another').database('bot').read())).code, 401);
    });

    for (const [name, status] of [
      ['x-ms-version', 400],
      ['authorization', 401],
      ['x-ms-date', 401],
    ] as const) {
      it(`refuses a request without ${name} with ${status}`, async () => {
        const answer = await rawRequest(at.double, { method: 'GET', path: '/dbs/bot' }, { [name]: undefined });
        assert.equal(answer.status, status);
        assert.equal((await rawRequest(at.double, { method: 'GET', path: '/dbs/bot' })).status, 200);
      });
    }

    it('refuses an API version that it does not know', async () => {
      const answer = await rawRequest(at.double, { method: 'GET', path: '/dbs/bot' }, { 'x-ms-version': '1999-01-01' });
      assert.equal(answer.status, 400);
    });
  });

  describe('as databases and containers', () => {
    it('makes each once, and keeps a container’s definition', async () => {
      assert.equal((await refusalOf(at.client.databases.create({ id: 'bot' }))).code, 409);
      const database = at.client.database('bot');
      const partitionKey = { paths: ['/caseKey'] };
      assert.equal((await refusalOf(database.containers.create({ id: 'cases', partitionKey }))).code, 409);
      const { resource } = await at.container.read();
      assert.deepEqual(resource?.partitionKey?.paths, ['/caseKey']);
      assert.equal(resource.indexingPolicy?.compositeIndexes?.length, 1);
      const listed = await database.containers.readAll().fetchAll();
      assert.deepEqual(
        listed.resources.map(({ id }) => id),
        ['cases'],
      );
    });

    it('lets an indexing policy be replaced, a partition key not', async () => {
      const { container } = await at.client.database('bot').containers.create({ id: 'other', partitionKey: '/a' });
      const definition = { id: 'other', partitionKey: { paths: ['/a'] } };
      await container.replace({ ...definition, defaultTtl: 60 });
      assert.equal((await container.read()).resource?.defaultTtl, 60);
      const moved = container.replace({ ...definition, partitionKey: { paths: ['/b'] } });
      assert.equal((await refusalOf(moved)).code, 400);
      await container.delete();
      assert.equal((await refusalOf(container.read())).code, 404);
    });

    it('refuses a container without a partition key, or with an index over nothing', async () => {
      const path = '/dbs/bot/colls';
      assert.equal((await rawRequest(at.double, { path, body: { id: 'c' } })).status, 400);
      const partitionKey = { paths: ['/a'] };
      const indexingPolicy = { includedPaths: [{ path: '/a/?' }], excludedPaths: [] };
      assert.equal(
        (await rawRequest(at.double, { path, body: { id: 'c', partitionKey, indexingPolicy } })).status,
        400,
      );
    });

    it('tells a missing container or database from a missing item by the sub-status', async () => {
      const missing = await at.client.database('bot').container('none').item('x', 'x').read();
      assert.deepEqual([missing.statusCode, missing.substatus], [404, 1003]);
      const noDatabase = await at.client.database('none').container('cases').item('x', 'x').read();
      assert.deepEqual([noDatabase.statusCode, noDatabase.substatus], [404, 1003]);
      const noItem = await at.container.item('x', 'x').read();
      assert.deepEqual([noItem.statusCode, noItem.substatus], [404, 0]);
    });
  });

  describe('as items', () => {
    it('creates once, reads, replaces, upserts, patches and deletes', async () => {
      const made = await create('a 1', 'k1', { due: '2026-01-01' });
      assert.equal(made.statusCode, 201);
      assert.equal((await refusalOf(create('a 1', 'k1'))).code, 409);
      const item = at.container.item('a 1', 'k1');
      const { resource, etag } = await item.read<{ due: string; _etag: string; _ts: number }>();
      assert.equal(resource?.due, '2026-01-01');
      assert.deepEqual([resource._etag, etag], [made.etag, made.etag]);
      assert.ok(Math.abs(resource._ts - Date.now() / 1000) < 5);
      const replaced = await item.replace(aCase('a 1', 'k1', { due: '2026-02-02' }));
      assert.notEqual(replaced.etag, made.etag);
      assert.equal((await at.container.items.upsert(aCase('a 1', 'k1'))).statusCode, 200);
      assert.equal((await at.container.items.upsert(aCase('a 2', 'k1'))).statusCode, 201);
      const patched = await item.patch<{ n: number }>([
        { op: 'set', path: '/n', value: 1 },
        { op: 'incr', path: '/n', value: 2 },
      ]);
      assert.equal(patched.resource?.n, 3);
      assert.equal((await item.delete()).statusCode, 204);
      assert.equal((await refusalOf(item.delete())).code, 404);
      assert.equal((await item.read()).resource, undefined);
    });

    it('does nothing on a stale etag: 412', async () => {
      const { etag: stale } = await create('b', 'k1', { n: 1 });
      const item = at.container.item('b', 'k1');
      const { etag } = await item.replace(aCase('b', 'k1', { n: 2 }));
      const ifMatch = (condition: string) => ({ accessCondition: { type: 'IfMatch', condition } });
      assert.equal((await refusalOf(item.replace(aCase('b', 'k1', { n: 3 }), ifMatch(stale)))).code, 412);
      assert.equal((await refusalOf(at.container.items.upsert(aCase('b', 'k1'), ifMatch(stale)))).code, 412);
      assert.equal((await refusalOf(item.patch([{ op: 'set', path: '/n', value: 4 }], ifMatch(stale)))).code, 412);
      assert.equal((await refusalOf(item.delete(ifMatch(stale)))).code, 412);
      assert.equal((await item.read<{ n: number }>()).resource?.n, 2);
      assert.equal((await item.replace(aCase('b', 'k1', { n: 5 }), ifMatch(etag))).statusCode, 200);
    });

    it('answers 304 to a reader who has the item already', async () => {
      const { etag } = await create('c', 'k1');
      const read = await at.container
        .item('c', 'k1')
        .read({ accessCondition: { type: 'IfNoneMatch', condition: etag } });
      assert.equal(read.statusCode, 304);
    });

    it('keeps the same id in two partitions apart', async () => {
      await create('same', 'p1', { n: 1 });
      await create('same', 'p2', { n: 2 });
      const read = async (key: string) => (await at.container.item('same', key).read<{ n: number }>()).resource?.n;
      assert.deepEqual([await read('p1'), await read('p2'), await read('p3')], [1, 2, undefined]);
    });

    it('refuses an item whose key is not the one in the header, and a request without a key', async () => {
      const path = '/dbs/bot/colls/cases/docs';
      const body = aCase('d', 'k1');
      const other = await rawRequest(at.double, { path, body }, { 'x-ms-documentdb-partitionkey': '["k2"]' });
      assert.equal(other.status, 400);
      assert.equal((await rawRequest(at.double, { path, body })).status, 400);
      const right = await rawRequest(at.double, { path, body }, { 'x-ms-documentdb-partitionkey': '["k1"]' });
      assert.equal(right.status, 201);
    });

    it('refuses a partition key that is too long', async () => {
      assert.equal((await refusalOf(create('long', 'k'.repeat(2049)))).code, 400);
      assert.equal((await create('long', 'k'.repeat(2048))).statusCode, 201);
    });

    for (const id of ['a/b', 'a\\b', 'a?b', 'a#b', 'x'.repeat(256), '', 'end ']) {
      it(`refuses the id ${JSON.stringify(id.slice(0, 8))} of ${id.length} characters`, async () => {
        const body = aCase(id, 'k1');
        const keyed = { 'x-ms-documentdb-partitionkey': '["k1"]' };
        const { status } = await rawRequest(at.double, { path: '/dbs/bot/colls/cases/docs', body }, keyed);
        assert.equal(status, 400);
      });
    }

    it('refuses an item over 2 MB with 413, and takes one just below', async () => {
      const size = 2 * 1024 * 1024;
      assert.equal((await refusalOf(create('big', 'k1', { text: 'x'.repeat(size) }))).code, 413);
      // Small enough to be sent, too large with what the service adds to it.
      assert.equal((await refusalOf(create('big', 'k1', { text: 'x'.repeat(size - 60) }))).code, 413);
      assert.equal((await create('big', 'k1', { text: 'x'.repeat(size - 500) })).statusCode, 201);
    });

    it('forgets an item when its time to live is over, and lets its id be used again', async () => {
      const { container } = await at.client
        .database('bot')
        .containers.create({ id: 'drafts', partitionKey: '/caseKey', defaultTtl: -1 });
      const draft = { id: 'd', caseKey: 'k', ttl: 60 };
      await container.items.create(draft);
      await container.items.create({ id: 'lasting', caseKey: 'k' });
      at.double.control.passTime(59_000);
      assert.equal((await container.item('d', 'k').read()).statusCode, 200);
      at.double.control.passTime(2_000);
      assert.equal((await container.item('d', 'k').read()).statusCode, 404);
      const { resources } = await container.items.query('SELECT VALUE c.id FROM c', { partitionKey: 'k' }).fetchAll();
      assert.deepEqual(resources, ['lasting']);
      assert.equal((await container.items.create(draft)).statusCode, 201);
    });

    it('keeps unique keys within a logical partition', async () => {
      const uniqueKeyPolicy = { uniqueKeys: [{ paths: ['/number'] }] };
      const { container } = await at.client
        .database('bot')
        .containers.create({ id: 'unique', partitionKey: '/caseKey', uniqueKeyPolicy });
      await container.items.create({ id: '1', caseKey: 'k', number: 'SL-1' });
      assert.equal((await refusalOf(container.items.create({ id: '2', caseKey: 'k', number: 'SL-1' }))).code, 409);
      assert.equal((await container.items.create({ id: '2', caseKey: 'l', number: 'SL-1' })).statusCode, 201);
    });

    it('gives session tokens, and refuses a session that has seen more than there is', async () => {
      const weak = await aDouble({ consistency: 'Session' });
      const { headers } = await weak.container.items.create(aCase('s', 'k'));
      const token = headers['x-ms-session-token'] as string;
      assert.match(token, /^0:-1#\d+,1:-1#\d+$/);
      const read = (sessionToken: string) => weak.container.item('s', 'k').read({ sessionToken });
      assert.equal((await read(token)).statusCode, 200);
      const early = await read('0:-1#999999');
      await weak.close();
      assert.deepEqual([early.statusCode, early.substatus], [404, 1002]);
    });

    it('refuses to read with more consistency than the account has', async () => {
      const weak = await aDouble({ consistency: 'Session' });
      const reading = weak.container.item('s', 'k').read({ consistencyLevel: 'Strong' });
      const { code } = await refusalOf(reading);
      await weak.close();
      assert.equal(code, 400);
    });
  });
});
