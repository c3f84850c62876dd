import assert from 'node:assert/strict';
import type { Sending } from '../../../bot/exchange.ts';
import { aTenant, type Tenant } from './aTenant.ts';

const ID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/u;

describe('the correlation id of a turn', () => {
  let tenant: Tenant;
  let isTaken = true;
  let sent: Sending[];
  before(async () => {
    tenant = await aTenant({
      async deliver(one) {
        sent.push(one);
        return { status: isTaken ? 200 : 502, headers: {}, body: '{"id":"1"}' };
      },
    });
  });
  after(() => tenant.close());
  beforeEach(() => {
    isTaken = true;
    sent = [];
  });

  it('is answered in a header, another one each time, whatever is sent along', async () => {
    const ids: unknown[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      const body = JSON.stringify(tenant.aMessage());
      const answer = await tenant.post(body, [
        ...['Content-Type', 'application/json', 'Authorization', `Bearer ${tenant.token()}`],
        ...['X-Correlation-Id', 'canary', 'X-Ms-Client-Request-Id', 'canary'],
      ]);
      assert.equal(answer.status, 200);
      ids.push(answer.headers['x-correlation-id']);
    }
    for (const id of ids) assert.match(String(id), ID);
    assert.equal(new Set(ids).size, 3);
  });

  it('goes with what is sent in the turn, and says nothing of anybody', async () => {
    const answer = await tenant.deliver(tenant.aMessage());
    assert.deepEqual(
      sent.map(({ headers }) => headers['x-ms-client-request-id']),
      [answer.headers['x-correlation-id']],
    );
  });

  it('stands in the lines of that turn, and of no other', async () => {
    isTaken = false;
    const lines = tenant.logged.length;
    const answers = await Promise.all([tenant.aMessage(), tenant.aMessage()].map((message) => tenant.deliver(message)));
    const logged = tenant.logged.slice(lines).map((line) => JSON.parse(line) as { code: string; correlation?: string });
    assert.deepEqual(
      logged
        .filter(({ code }) => code === 'turn.failed')
        .map(({ correlation }) => correlation)
        .toSorted(),
      answers.map(({ headers }) => headers['x-correlation-id']).toSorted(),
    );
    assert.equal(logged.length, 2);
  });

  it('is not given to what is turned away', async () => {
    const answer = await tenant.deliver(tenant.aMessage('help', { channelId: 'webchat' }));
    assert.equal(answer.status, 403);
    assert.equal(answer.headers['x-correlation-id'], undefined);
  });
});
