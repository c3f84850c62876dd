import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { callerAddress } from '../../../bot/callerAddress.ts';
import { rates } from '../../../bot/rates.ts';

describe('rates', () => {
  it('let so many through at once, and then so many a second', () => {
    let nowMs = 0;
    const buckets = rates({ atOnce: 2, perSecond: 0.5 }, () => nowMs);
    const taken = (): number => {
      const wait = buckets.waitOf('a');
      if (wait === 0) buckets.take('a');
      return wait;
    };
    assert.deepEqual([taken(), taken(), taken()], [0, 0, 2]);
    nowMs = 2_000;
    assert.deepEqual([taken(), taken()], [0, 2]);
    assert.equal(buckets.waitOf('b'), 0);
    nowMs = 1_000; // a clock that was set back gives nothing and takes nothing
    assert.equal(taken(), 2);
    nowMs = 60_000;
    assert.deepEqual([taken(), taken(), taken()], [0, 0, 2]);
  });

  it('remember the keys used last, and no more than they may', () => {
    const buckets = rates({ atOnce: 1, perSecond: 1 }, () => 0, 2);
    for (const key of ['a', 'b', 'a', 'c']) buckets.take(key);
    assert.deepEqual([buckets.waitOf('a'), buckets.waitOf('b'), buckets.waitOf('c')], [1, 0, 1]);
  });
});

describe('the address of a caller', () => {
  const from = (remoteAddress: string, forwarded?: string): IncomingMessage =>
    ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

  for (const [remote, forwarded, proxies, expected] of [
    ['192.0.2.1', '198.51.100.1', 0, '192.0.2.1'],
    ['::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
    ['192.0.2.1', '198.51.100.1', 1, '198.51.100.1'],
    ['192.0.2.1', '203.0.113.1, 198.51.100.1', 1, '198.51.100.1'],
    ['192.0.2.1', '203.0.113.1, 198.51.100.1', 2, '203.0.113.1'],
    ['192.0.2.1', '198.51.100.1', 2, '192.0.2.1'],
    ['192.0.2.1', '198.51.100.1:4711', 1, '198.51.100.1'],
    ['192.0.2.1', 'unknown', 1, '192.0.2.1'],
    ['192.0.2.1', undefined, 1, '192.0.2.1'],
    ['2001:db8:0:7::1', undefined, 0, '2001:db8:0:7'],
    ['2001:0db8::1', undefined, 0, '2001:db8:0:0'],
    ['::1', undefined, 0, '0:0:0:0'],
    ['192.0.2.1', '[2001:DB8:1:2:3:4:5:6]:4711', 1, '2001:db8:1:2'],
  ] as const)
    it(`is ${expected} for ${remote} with ${forwarded ?? 'nothing'} behind ${proxies} proxies`, () => {
      assert.equal(callerAddress(from(remote, forwarded), proxies), expected);
    });
});
