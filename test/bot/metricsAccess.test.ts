import assert from 'node:assert/strict';
import { mayReadMetrics } from '../../bot/metricsAccess.ts';

const TOKEN = 'a-made-up-token-of-the-tests';

describe('who may read the figures', () => {
  for (const address of ['127.0.0.1', '127.8.0.2', '::1', '::ffff:127.0.0.1'])
    it(`is this machine where no token is set: ${address}`, () => {
      assert.equal(mayReadMetrics({ address, headers: {} }, undefined), true);
    });

  for (const address of ['10.0.0.4', '192.0.2.1', '::ffff:192.0.2.1', '2001:db8::1', '127.example.org', undefined])
    it(`is nobody else where no token is set: ${address ?? 'no address'}`, () => {
      assert.equal(mayReadMetrics({ address, headers: {} }, undefined), false);
    });

  for (const name of ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'])
    it(`is nobody behind a proxy of this machine where no token is set: ${name}`, () => {
      assert.equal(mayReadMetrics({ address: '127.0.0.1', headers: { [name]: '192.0.2.1' } }, undefined), false);
    });

  it('is whoever bears the token that is set, from anywhere', () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '192.0.2.1' };
    assert.equal(mayReadMetrics({ address: '10.0.0.4', headers }, TOKEN), true);
  });

  it('is nobody without the token that is set, on this machine neither', () => {
    for (const authorization of [undefined, '', TOKEN, 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN} x`])
      assert.equal(mayReadMetrics({ address: '127.0.0.1', headers: { authorization } }, TOKEN), false, authorization);
  });
});
