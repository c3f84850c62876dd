import assert from 'node:assert/strict';
import { tokenCheck } from '../../../bot/tokenCheck.ts';
import { aKeyPair } from './anIssuer.ts';
import { APP_ID, aTenant, aTenantWire, type Tenant } from './aTenant.ts';

describe('good tokens', () => {
  const key = aKeyPair('key-of-teams');
  const wire = aTenantWire(key, 0);
  const found = { key: key.publicKey, endorsements: new Set(['msteams']) };

  it('are remembered until they end', async () => {
    let nowMs = Date.now();
    const tokens = tokenCheck({ appId: APP_ID, keys: { find: async () => found }, nowMs: () => nowMs });
    const header = `Bearer ${wire.token()}`;
    assert.equal(tokens.known(header), undefined);
    const checked = await tokens.check(header);
    assert.ok(typeof checked === 'object');
    assert.deepEqual(tokens.known(header), checked);
    nowMs = checked.expiresAtMs;
    assert.equal(tokens.known(header), undefined);
  });

  it('are remembered up to a thousand, those used last', async () => {
    const tokens = tokenCheck({ appId: APP_ID, keys: { find: async () => found }, nowMs: Date.now });
    const headers = Array.from({ length: 1_001 }, (_, count) => `Bearer ${wire.token({ count })}`);
    for (const header of headers) {
      assert.ok(typeof (await tokens.check(header)) === 'object');
      assert.ok(tokens.known(headers[0]!));
    }
    assert.equal(tokens.known(headers[1]!), undefined);
    assert.ok(tokens.known(headers[2]!));
  });
});

describe('a flood of bad tokens', () => {
  let tenant: Tenant;
  before(async () => {
    tenant = await aTenant({}, { TRUSTED_PROXIES: '1' });
  });
  after(() => tenant.close());

  it('runs no turn, and whoever has a good one is answered', async () => {
    const kept = tenant.token();
    const flood = Array.from({ length: 1_500 }, async (_, count) => {
      const junk = `Bearer ${tenant.token({ count }).slice(0, -8)}AAAAAAAA`;
      const from = `192.0.2.${count % 250}`;
      return (await tenant.post('{}', ['Authorization', junk, 'X-Forwarded-For', from])).status;
    });
    const good = Array.from({ length: 60 }, async (_, count) => {
      const token = count % 2 === 0 ? kept : tenant.token({ count });
      return (await tenant.deliver(tenant.aMessage(), token)).status;
    });
    assert.deepEqual(new Set(await Promise.all(good)), new Set([200]));
    assert.deepEqual(new Set(await Promise.all(flood)), new Set([401]));
    assert.equal(tenant.turns(), good.length);
    assert.ok(tenant.logged.length < 5, tenant.logged.join('\n'));
  });
});
