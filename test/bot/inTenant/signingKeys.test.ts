import assert from 'node:assert/strict';
import { signingKeys, type SigningKeys } from '../../../bot/signingKeys.ts';
import { aKeyPair, anIssuer, published, type Issuer } from './anIssuer.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('the keys of the issuer', () => {
  const first = aKeyPair('first');
  const second = aKeyPair('second');
  let issuer: Issuer;
  let nowMs: number;
  let logged: string[];
  let keys: SigningKeys;
  const found = async (kid: string): Promise<string> => {
    const key = await keys.find(kid);
    return typeof key === 'string' ? key : 'found';
  };

  beforeEach(async () => {
    issuer = await anIssuer([published(first, ['msteams'])]);
    nowMs = 1_000 * DAY_MS;
    logged = [];
    const log = (code: string): unknown => logged.push(code);
    keys = signingKeys({ url: issuer.url, send: fetch, nowMs: () => nowMs, log });
  });
  afterEach(() => issuer.close());

  it('are asked for once by many who come at the same time, and then kept', async () => {
    assert.deepEqual(await Promise.all([found('first'), found('first'), found('junk')]), ['found', 'found', 'none']);
    for (let time = 0; time < 20; time += 1) assert.equal(await found('first'), 'found');
    assert.equal(issuer.asked(), 1);
  });

  it('are asked for anew at an unknown id, but once a minute', async () => {
    await found('first');
    issuer.say([published(second, ['msteams'])]);
    assert.equal(await found('second'), 'none');
    assert.equal(issuer.asked(), 1);
    nowMs += MINUTE_MS;
    assert.equal(await found('second'), 'found');
    for (let time = 0; time < 20; time += 1) assert.equal(await found(`junk-${time}`), 'none');
    assert.equal(issuer.asked(), 2);
  });

  it('are asked for anew after a day, and one that was withdrawn is gone', async () => {
    await found('first');
    issuer.say([published(second, ['msteams'])]);
    nowMs += DAY_MS + 1;
    assert.equal(await found('first'), 'found');
    assert.equal(await found('second'), 'found');
    assert.equal(await found('first'), 'none');
  });

  it('serve for five days while the issuer is away', async () => {
    await found('first');
    issuer.say(503);
    for (let day = 0; day < 5; day += 1) {
      nowMs += DAY_MS - MINUTE_MS;
      assert.equal(await found('first'), 'found');
    }
    nowMs += 6 * MINUTE_MS;
    assert.equal(await found('first'), 'unknown');
    issuer.say([published(first, ['msteams'])]);
    nowMs += 5_000;
    assert.equal(await found('first'), 'found');
  });

  it('are not known while the issuer has never answered; it is asked every five seconds at most', async () => {
    issuer.say(500);
    for (let time = 0; time < 20; time += 1) assert.equal(await found('first'), 'unknown');
    assert.deepEqual(logged, ['signingKeys.failed']);
    issuer.say([published(first, ['msteams'])]);
    nowMs += 5_000;
    assert.equal(await found('first'), 'found');
  });

  for (const [name, say] of [
    ['stand elsewhere', (): void => issuer.point('http://127.0.0.2:9/keys')],
    ['stand at no address', (): void => issuer.point('keys')],
    ['are none', (): void => issuer.say([])],
    ['are longer than a megabyte', (): void => issuer.say([{ ...published(first), x5c: 'x'.repeat(1_000_001) }])],
  ] as const)
    it(`are not taken when they ${name}`, async () => {
      say();
      assert.equal(await found('first'), 'unknown');
      assert.deepEqual(logged, ['signingKeys.failed']);
    });
});
