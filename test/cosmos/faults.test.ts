import assert from 'node:assert/strict';
import { aClient, type ADouble, aDouble, type Refused, refusalOf } from './aDouble.ts';
import type { Fault, Target } from './faults.ts';

describe('a fault of the double of Cosmos DB', () => {
  let at: ADouble;
  before(async () => {
    at = await aDouble();
  });
  beforeEach(() => at.double.control.tallies.reset());
  afterEach(() => at.double.control.disarmAll());
  after(() => at.close());

  let made = 0;
  const create = (id = `i${made++}`) => at.container.items.create({ id, caseKey: 'k' });
  const isThere = async (id: string) => (await at.container.item(id, 'k').read()).statusCode === 200;
  const arm = (target: Target, fault: Fault) => at.double.control.fail(target, fault);

  for (const status of [408, 410, 449, 500, 503]) {
    for (const applied of [false, true]) {
      it(`${status} comes ${applied ? 'after the write was done' : 'instead of the write'}`, async () => {
        const id = `${status}-${applied}`;
        const armed = arm({ kind: 'create' }, { with: 'status', status, applied });
        assert.equal((await refusalOf(create(id))).code, status);
        assert.equal(armed.hits(), 1);
        assert.equal(await isThere(id), applied);
      });
    }
  }

  for (const applied of [false, true]) {
    it(`a reset comes ${applied ? 'after the write was done' : 'instead of the write'}`, async () => {
      const id = `reset-${applied}`;
      const armed = arm({ kind: 'create' }, { with: 'reset', applied });
      assert.equal((await refusalOf(create(id))).code, 'ECONNRESET');
      assert.equal(armed.hits(), 1);
      assert.equal(await isThere(id), applied);
    });

    it(`a hang keeps the client waiting until it gives up, ${applied ? 'with' : 'without'} the write done`, async () => {
      const connectionPolicy = { enableEndpointDiscovery: false, requestTimeout: 50 };
      const hasty = aClient(at.double, { connectionPolicy });
      const id = `hang-${applied}`;
      const armed = arm({ kind: 'create' }, { with: 'hang', applied });
      const creating = hasty.database('bot').container('cases').items.create({ id, caseKey: 'k' });
      assert.equal((await refusalOf(creating)).code, 'TimeoutError');
      hasty.dispose();
      assert.equal(armed.hits(), 1);
      assert.equal(await isThere(id), applied);
    });

    it(`a hold lets go when it is told to, with the write done ${applied ? 'before' : 'after'}`, async () => {
      const id = `hold-${applied}`;
      const armed = arm({ kind: 'create' }, { with: 'hold', applied });
      const creating = create(id);
      await armed.struck;
      assert.equal(await isThere(id), applied);
      armed.release();
      assert.equal((await creating).statusCode, 201);
      assert.equal(await isThere(id), true);
    });
  }

  it('closing ends requests that hang', async () => {
    const other = await aDouble();
    const armed = other.double.control.fail({}, { with: 'hang' });
    const reading = refusalOf(other.container.items.create({ id: 'a', caseKey: 'k' }));
    await armed.struck;
    await other.close();
    assert.equal((await reading).code, 'ECONNRESET');
  });

  it('429 says how long to wait, and the SDK tries again', async () => {
    const armed = arm({ kind: 'create', times: 2 }, { with: 'status', status: 429, retryAfterMs: 1 });
    const { statusCode, headers } = await create();
    assert.equal(statusCode, 201);
    assert.equal(armed.hits(), 2);
    assert.equal(headers['x-ms-throttle-retry-count'], 2);
    assert.equal(headers['x-ms-throttle-retry-wait-time-ms'], 2);
  });

  it('slow answers late', async () => {
    arm({ kind: 'create' }, { with: 'slow', ms: 60 });
    const started = performance.now();
    assert.equal((await create()).statusCode, 201);
    assert.ok(performance.now() - started >= 59);
  });

  it('strikes the nth request that matches, and so many from there', async () => {
    const armed = arm({ kind: 'create', nth: 2, times: 2 }, { with: 'status', status: 503 });
    const outcomes: unknown[] = [];
    for (let n = 0; n < 5; n++) {
      await at.container.item('a', 'k').read();
      const [outcome] = await Promise.allSettled([create()]);
      outcomes.push(outcome.status === 'fulfilled' ? outcome.value.statusCode : (outcome.reason as Refused).code); // as the SDK throws
    }
    assert.deepEqual(outcomes, [201, 503, 503, 201, 201]);
    assert.equal(armed.hits(), 2);
  });

  it('strikes by method, container and kind, and not once it is disarmed', async () => {
    const { container: other } = await at.client
      .database('bot')
      .containers.create({ id: 'other', partitionKey: '/caseKey' });
    const armed = arm({ container: 'other', method: 'POST', times: Infinity }, { with: 'status', status: 503 });
    assert.equal((await create()).statusCode, 201);
    assert.equal((await other.item('a', 'k').read()).statusCode, 404);
    assert.equal((await refusalOf(other.items.create({ id: 'a', caseKey: 'k' }))).code, 503);
    assert.equal((await refusalOf(other.items.upsert({ id: 'a', caseKey: 'k' }))).code, 503);
    armed.disarm();
    assert.equal((await other.items.create({ id: 'a', caseKey: 'k' })).statusCode, 201);
    const writes = arm({ kind: ['create', 'batch'], times: Infinity }, { with: 'status', status: 500 });
    await refusalOf(create());
    await refusalOf(at.container.items.batch([{ operationType: 'Read', id: 'a' }], 'k'));
    assert.equal(writes.hits(), 2);
  });

  describe('and its tallies', () => {
    it('count requests, bytes and charge by kind, with those that got no answer', async () => {
      const { requestCharge, resource } = await create();
      await at.container.item('none', 'k').read();
      arm({ kind: 'create' }, { with: 'reset' });
      await refusalOf(create());
      const { tallies } = at.double.control;
      const created = tallies.of('create');
      assert.equal(created.requests, 2);
      assert.equal(created.charge, requestCharge);
      assert.equal(created.bytesOut, Buffer.byteLength(JSON.stringify(resource)));
      assert.ok(created.bytesIn > 20);
      assert.deepEqual(
        tallies.last().map(({ kind, status }) => [kind, status]),
        [
          ['create', 201],
          ['read', 404],
          ['create', 0],
        ],
      );
      assert.equal(tallies.of().requests, 3);
      assert.equal(tallies.of('read', 'create').requests, 3);
      tallies.reset();
      assert.equal(tallies.of().requests, 0);
    });
  });

  it('leaves what is stored to be looked at, container by container', async () => {
    await create('seen');
    const stored = at.double.control.contents().find(({ container }) => container === 'cases');
    assert.ok(stored?.items.some(({ id }) => id === 'seen'));
  });
});
