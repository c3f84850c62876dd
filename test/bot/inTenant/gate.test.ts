import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import sinon from 'sinon';
import { RATES } from '../../../bot/gate.ts';
import { PEOPLE } from '../../journeys/aBot.ts';
import { FAULT_TEXT } from '../aWire.ts';
import { storeContents } from '../storeContents.ts';
import { aKeyPair, published, signed, type Fields } from './anIssuer.ts';
import { aTenant, type Answered, type Tenant } from './aTenant.ts';
import { BAD_ACTIVITIES, BAD_BODIES, BAD_TOKENS, type Forgery } from './forgeries.ts';

const CONSOLE = ['log', 'info', 'warn', 'error', 'debug'] as const;

describe('the gate in a tenant', () => {
  let tenant: Tenant;
  let printed: string[];
  before(async () => {
    tenant = await aTenant();
  });
  after(() => tenant.close());
  beforeEach(() => {
    printed = [];
    for (const name of CONSOLE) sinon.stub(console, name).callsFake((...said) => printed.push(said.join(' ')));
  });
  afterEach(() => sinon.restore());

  /** Sends it, and checks what holds for whatever is refused: no turn, nothing written, and nothing of the token told. */
  async function refused({ headers, body }: Forgery, reason: string): Promise<Answered> {
    const before = [tenant.turns(), tenant.sent.length, storeContents(tenant.dataDir)];
    const lines = tenant.logged.length;
    const answer = await tenant.post(body, headers);
    assert.deepEqual([tenant.turns(), tenant.sent.length, storeContents(tenant.dataDir)], before, 'no turn was run');
    const told = [answer.text, ...printed, ...tenant.logged.slice(lines)].join('\n');
    assert.doesNotMatch(told, FAULT_TEXT);
    for (const secret of secretsIn(headers)) assert.ok(!told.includes(secret), 'a part of the token was told');
    assert.deepEqual(printed, []);
    for (const line of tenant.logged.slice(lines)) assert.match(line, /^\{"code":"activity\.refused","reason":"\w+","count":\d+\}$/u); // prettier-ignore
    assert.equal(tenant.reasons.at(-1), reason);
    return answer;
  }

  function secretsIn(headers: readonly string[]): readonly string[] {
    const { n } = published(tenant.key);
    return [String(n), ...headers.flatMap((text) => text.split(/[ .]/u)).filter((part) => part.length > 30)];
  }

  describe('answers 401 without a body to', () => {
    for (const [name, [reason, forge]] of Object.entries(BAD_TOKENS))
      it(name, async () => {
        const answer = await refused(forge(tenant), reason);
        assert.deepEqual([answer.status, answer.text], [401, '']);
      });
  });

  describe('answers 403 to a good token with', () => {
    for (const [name, [reason, forge]] of Object.entries(BAD_ACTIVITIES))
      it(name, async () => {
        const answer = await refused(forge(tenant), reason);
        assert.deepEqual([answer.status, answer.text], [403, JSON.stringify({ code: reason })]);
      });
  });

  describe('answers 400 or 413 to a good token with', () => {
    for (const [name, [reason, forge]] of Object.entries(BAD_BODIES))
      it(name, async () => {
        const answer = await refused(forge(tenant), reason);
        assert.deepEqual([answer.status, answer.text], [reason === 'tooLarge' ? 413 : 400, JSON.stringify({ code: reason })]); // prettier-ignore
      });
  });

  describe('lets in', () => {
    for (const serviceUrl of [
      'https://smba.trafficmanager.net/teams/',
      'https://smba.trafficmanager.net/emea/',
      'https://smba.trafficmanager.net/amer/7d1f2c40-0000-4000-8000-5a1e00000001/',
    ])
      it(`a message from ${serviceUrl}, and answers it there with the bot’s own token`, async () => {
        const sent = tenant.sent.length;
        const answer = await tenant.deliver(tenant.aMessage('help', { serviceUrl }));
        assert.equal(answer.status, 200);
        const [message, ...more] = tenant.sent.slice(sent);
        assert.equal(more.length, 0);
        assert.ok(`https://smba.trafficmanager.net${message!.url}`.startsWith(`${serviceUrl}v3/conversations/a%3A1`));
        assert.equal(message!.authorization, 'Bearer a-token-for-teams');
      });

    it('a press, and answers it', async () => {
      const answer = await tenant.deliver(
        tenant.anInvoke({ type: 'Action.Execute', verb: 'draft.open', data: { draftId: '0'.repeat(26) } }),
      );
      assert.equal(answer.status, 200);
      assert.equal(JSON.parse(answer.text).statusCode, 200);
    });

    it('an installation, and welcomes the person', async () => {
      const sent = tenant.sent.length;
      assert.equal((await tenant.deliver(tenant.anInstallation())).status, 200);
      assert.match(tenant.sent[sent]!.body, /Sharing Log/u);
    });

    it('a token whose times are off by less than five minutes', async () => {
      const nowS = Math.floor(Date.now() / 1000);
      for (const times of [{ exp: nowS - 280 }, { nbf: nowS + 280 }])
        assert.equal((await tenant.deliver(tenant.aMessage(), tenant.token(times))).status, 200);
    });

    it('an app id, a tenant and an object id in capitals', async () => {
      const { claims, aMessage } = tenant;
      const from = { ...(aMessage().from as Fields), aadObjectId: PEOPLE.priya.toUpperCase() };
      const token = tenant.token({ aud: String(claims().aud).toUpperCase() });
      assert.equal((await tenant.deliver(aMessage('help', { from }), token)).status, 200);
    });
  });

  describe('against replays', () => {
    it('refuses the same delivery with the same token', async () => {
      const token = tenant.token();
      const message = tenant.aMessage();
      assert.equal((await tenant.deliver(message, token)).status, 200);
      const headers = ['Content-Type', 'application/json', 'Authorization', `Bearer ${token}`];
      const answer = await refused({ headers, body: JSON.stringify(message) }, 'replay');
      assert.deepEqual([answer.status, answer.text], [403, '{"code":"replay"}']);
    });

    it('refuses it with other words in it, too', async () => {
      const token = tenant.token();
      const message = tenant.aMessage();
      await tenant.deliver(message, token);
      assert.equal((await tenant.deliver({ ...message, text: 'drafts' }, token)).status, 403);
    });

    it('lets in the same delivery with a new token, and a new one with the same', async () => {
      const token = tenant.token();
      const message = tenant.aMessage();
      assert.equal((await tenant.deliver(message, token)).status, 200);
      assert.equal((await tenant.deliver(message, tenant.token({ more: 1 }))).status, 200);
      assert.equal((await tenant.deliver(tenant.aMessage(), token)).status, 200);
    });
  });

  it('reads nothing of a long body behind a bad token: it answers, and ends the connection', async () => {
    const head = `POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer a.b.c\r\n`;
    for (const length of ['Content-Length: 1000000000', 'Transfer-Encoding: chunked']) {
      const socket = connect(tenant.bot.port, '127.0.0.1');
      let said = '';
      socket.setEncoding('utf8').on('data', (text: string) => (said += text));
      // No byte of the body is ever sent: an answer that waited for it would not come.
      socket.write(`${head}${length}\r\n\r\n`);
      await once(socket, 'end');
      socket.destroy();
      assert.match(said, /^HTTP\/1\.1 401 [^]*\r\nConnection: close\r\n/iu);
      assert.match(said, /\r\n\r\n$/u);
    }
  });

  it('finds a token bad again that was made from a good one', async () => {
    const token = tenant.token();
    await tenant.deliver(tenant.aMessage(), token);
    for (const made of [`${token.slice(0, -6)}AAAAAA`, token.replace(/\.[^.]*\./u, '.e30.')])
      assert.equal((await tenant.deliver(tenant.aMessage(), made)).status, 401);
  });

  it('answers nothing but 404 beside its one door', async () => {
    for (const path of ['/', '/api', '/local/clock', '/local/connector/v3/conversations', '/api/messages/ws']) {
      const answered = await fetch(`http://127.0.0.1:${tenant.bot.port}${path}`);
      assert.deepEqual([answered.status, await answered.json()], [404, { code: 'notFound' }]);
    }
  });
});

describe('the gate in a tenant, with keys that are not what they should be,', () => {
  const weak = aKeyPair('weak', 1024);
  const silent = aKeyPair('silent');
  const elsewhere = aKeyPair('elsewhere');
  const good = aKeyPair('good');
  let tenant: Tenant;
  before(async () => {
    tenant = await aTenant();
    const broken = { kty: 'RSA', kid: 'broken', n: '!', e: '!' };
    const keys = [
      published(weak, ['msteams']),
      published(silent),
      published(elsewhere, ['webchat', 'MSTEAMS']),
      published(good, ['msteams']),
    ];
    tenant.issuer.say([broken, { kty: 'EC', kid: 'curve' }, 'no key at all', ...keys] as Fields[]);
  });
  after(() => tenant.close());

  for (const [name, key, status, reason] of [
    ['refuses a key that is too short', weak, 401, 'unknownKey'],
    ['refuses a key that may speak for no channel', silent, 401, 'notEndorsed'],
    ['refuses a key that may speak for other channels', elsewhere, 401, 'notEndorsed'],
    ['takes the good one among them', good, 200, undefined],
  ] as const)
    it(name, async () => {
      const refusals = tenant.reasons.length;
      const token = signed(tenant.header({ kid: key.kid }), tenant.claims(), key);
      assert.equal((await tenant.deliver(tenant.aMessage(), token)).status, status);
      assert.equal(tenant.reasons.slice(refusals)[0], reason);
    });
});

describe('the gate in a tenant, when there is too much,', () => {
  const SCARCE = { person: { atOnce: 3, perSecond: 0.1 }, badTokens: { atOnce: 5, perSecond: 0.1 } };
  let nowMs: number;
  let tenant: Tenant;
  beforeEach(async () => {
    nowMs = Date.now();
    tenant = await aTenant({ rates: SCARCE, nowMs: () => nowMs }, { TRUSTED_PROXIES: '1' });
  });
  afterEach(() => tenant.close());

  const junk = (from: string): Promise<Answered> =>
    tenant.post('{}', ['Authorization', 'Bearer a.b.c', 'X-Forwarded-For', from]);

  it('answers 429 to one person, and says for how long, until that is over', async () => {
    const token = tenant.token();
    for (let message = 0; message < SCARCE.person.atOnce; message += 1)
      assert.equal((await tenant.deliver(tenant.aMessage(), token)).status, 200);
    const turns = tenant.turns();
    const answer = await tenant.deliver(tenant.aMessage(), token);
    assert.deepEqual([answer.status, answer.headers['retry-after'], tenant.turns()], [429, '10', turns]);
    const from = { id: '29:tom', aadObjectId: PEOPLE.tom };
    assert.equal((await tenant.deliver(tenant.aMessage('help', { from }), token)).status, 200);
    nowMs += 10_000;
    assert.equal((await tenant.deliver(tenant.aMessage(), token)).status, 200);
  });

  it('answers 429 to an address that sends bad tokens, without a body, and to no other', async () => {
    for (let sent = 0; sent < SCARCE.badTokens.atOnce; sent += 1) assert.equal((await junk('192.0.2.7')).status, 401);
    const answer = await junk('192.0.2.7');
    assert.deepEqual([answer.status, answer.text, answer.headers['retry-after']], [429, '', '10']);
    assert.equal((await junk('192.0.2.8')).status, 401);
    assert.equal((await junk('192.0.2.7, 192.0.2.9')).status, 401);
    nowMs += 10_000;
    assert.equal((await junk('192.0.2.7')).status, 401);
  });

  it('counts a whole network of IPv6 as one address', async () => {
    for (let sent = 0; sent < SCARCE.badTokens.atOnce; sent += 1) await junk(`2001:db8:1:2::${sent}`);
    assert.equal((await junk('2001:db8:1:2:ffff::1')).status, 429);
    assert.equal((await junk('[2001:db8:1:3::1]:4711')).status, 401);
  });

  it('still lets in who was let in before, from an address that is held up', async () => {
    const token = tenant.token();
    assert.equal((await tenant.deliver(tenant.aMessage(), token)).status, 200);
    for (let sent = 0; sent <= SCARCE.badTokens.atOnce; sent += 1) await junk('127.0.0.1');
    assert.equal((await junk('127.0.0.1')).status, 429);
    assert.equal((await tenant.deliver(tenant.aMessage(), token)).status, 200);
  });

  it('asks for no key because of tokens that name invented ones, but once a minute', async () => {
    await tenant.deliver(tenant.aMessage());
    const invented = (kid: string): string => signed(tenant.header({ kid }), tenant.claims(), tenant.key);
    nowMs += 60_000;
    for (let sent = 0; sent < SCARCE.badTokens.atOnce; sent += 1)
      await tenant.deliver(tenant.aMessage(), invented(`invented-${sent}`));
    assert.equal(tenant.issuer.asked(), 2);
  });

  it('writes a line about the first refusal of a kind, and then one every ten seconds at most', async () => {
    for (let sent = 0; sent < 20; sent += 1) await junk('192.0.2.7');
    assert.deepEqual(tenant.logged.toSorted(), [
      '{"code":"activity.refused","reason":"malformedToken","count":1}',
      '{"code":"activity.refused","reason":"tooManyBad","count":1}',
    ]);
  });
});

it('has rates outside the tests, too', () => {
  for (const { atOnce, perSecond } of Object.values(RATES)) assert.ok(atOnce <= 100 && perSecond <= 10);
});
