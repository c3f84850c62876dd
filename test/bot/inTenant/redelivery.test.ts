import assert from 'node:assert/strict';
import { request } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { replays } from '../../../bot/replays.ts';
import { aTenant, type Tenant } from './aTenant.ts';

describe('a delivery that Teams repeats', () => {
  let tenant: Tenant;
  let arrived: PromiseWithResolvers<void>;
  let released: PromiseWithResolvers<void>;

  before(async () => {
    tenant = await aTenant({
      async deliver() {
        arrived.resolve();
        await released.promise;
        return { status: 200, headers: {}, body: '{"id":"1"}' };
      },
    });
  });
  beforeEach(() => {
    arrived = Promise.withResolvers();
    released = Promise.withResolvers();
  });
  after(() => tenant.close());

  it('is refused while the first is being answered, and after it was', async () => {
    const token = tenant.token();
    const message = tenant.aMessage();
    const first = tenant.deliver(message, token);
    await arrived.promise;
    assert.equal((await tenant.deliver(message, token)).text, '{"code":"replay"}');
    released.resolve();
    assert.equal((await first).status, 200);
    assert.equal((await tenant.deliver(message, token)).text, '{"code":"replay"}');
  });

  it('is let in when the first went away before it was answered', async () => {
    const token = tenant.token();
    const message = tenant.aMessage();
    const body = JSON.stringify(message);
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    const options = { port: tenant.bot.port, host: '127.0.0.1', path: '/api/messages', method: 'POST', headers };
    const first = request(options).on('error', () => undefined);
    first.end(body);
    await arrived.promise;
    first.destroy();
    arrived = Promise.withResolvers();
    const again = async (): Promise<unknown> => (await tenant.deliver(message, token)).status;
    const outcomes: unknown[] = [];
    // The bot hears of it a moment later; then there is a second turn, which is held up as well.
    while (outcomes.at(-1) !== 'has its turn' && outcomes.length < 1_000) {
      await setImmediate();
      outcomes.push(await Promise.race([again(), arrived.promise.then(() => 'has its turn')]));
    }
    released.resolve();
    assert.equal(outcomes.at(-1), 'has its turn');
  });
});

describe('what is remembered of deliveries', () => {
  const TOKEN = { id: 'token', serviceUrl: '', expiresAtMs: 1_000 };
  const delivery = (id: string): Parameters<ReturnType<typeof replays>['claim']>[1] => ({
    ...{ type: 'message', id, timestamp: '2026-11-24T10:00:00Z', conversation: { id: 'a:1' } },
  });

  it('ends with the token', () => {
    let nowMs = 0;
    const seen = replays(() => nowMs);
    assert.ok(seen.claim(TOKEN, delivery('1')));
    nowMs = 999;
    assert.equal(seen.claim(TOKEN, delivery('1')), undefined);
    nowMs = 1_000;
    assert.ok(seen.claim(TOKEN, delivery('1')));
  });

  it('is bounded: the oldest goes first', () => {
    const seen = replays(() => 0, 3);
    for (const id of ['1', '2', '3', '4']) assert.ok(seen.claim(TOKEN, delivery(id)));
    for (const id of ['4', '3', '2']) assert.equal(seen.claim(TOKEN, delivery(id)), undefined);
    assert.ok(seen.claim(TOKEN, delivery('1')));
  });

  it('tells kinds, times and conversations apart', () => {
    const seen = replays(() => 0);
    const one = delivery('1');
    assert.ok(seen.claim(TOKEN, one));
    for (const other of [{ type: 'invoke' }, { timestamp: 'later' }, { conversation: { id: 'a:2' } }])
      assert.ok(seen.claim(TOKEN, { ...one, ...other }));
  });
});
