import assert from 'node:assert/strict';
import dns from 'node:dns';
import net from 'node:net';
import { ConnectorFactory, type ConnectorClient } from 'botframework-connector';
import sinon from 'sinon';
import { connectorToken, tokenSourceOf, type TokenSource } from '../../../bot/botTokens.ts';
import { cachedConnectors, directConnectors } from '../../../bot/connectors.ts';
import type { Exchange, Sending } from '../../../bot/exchange.ts';
import { outbound } from '../../../bot/outbound.ts';
import { readReference } from '../../../bot/personalChat.ts';
import { isConversationId, teamsUrls } from '../../../bot/serviceUrls.ts';
import { codeOf } from '../../../src/errors.ts';
import { PEOPLE } from '../../journeys/aBot.ts';
import { aTenant, SERVICE_URL, type Tenant } from './aTenant.ts';
import { ADDRESSES_REFUSED } from './outboundAddresses.ts';

type Keys = Parameters<typeof readReference>[0];

const aRequest = (url: string): Sending => ({ url, method: 'POST', headers: {}, body: '{}' });

describe('what may be spoken to in a tenant', () => {
  const isAllowed = teamsUrls(['smba.infra.gcc.teams.example']);
  let opened: sinon.SinonStub[];
  beforeEach(() => {
    const never = (): never => assert.fail('a way out was opened');
    opened = [sinon.stub(net.Socket.prototype, 'connect').callsFake(never), sinon.stub(dns, 'lookup').callsFake(never)];
  });
  afterEach(() => sinon.restore());

  for (const [name, url] of Object.entries(ADDRESSES_REFUSED)) {
    it(`is no address with ${name}: no connection is opened, no reference kept`, async () => {
      await assert.rejects(outbound(isAllowed)(aRequest(url)), (error) => codeOf(error) === 'outbound.refused');
      const kept = Buffer.from(JSON.stringify({ conversation: { id: 'a:1' }, serviceUrl: url }));
      const keys = { open: () => kept } as unknown as Keys; // all of them that is used
      const stored = { personId: PEOPLE.priya, savedAt: '2026-11-24T10:00:00.000Z', reference: kept };
      assert.equal(readReference(keys, stored, isAllowed), undefined);
      for (const way of opened) assert.equal(way.callCount, 0);
    });
  }

  it('would be noticed here if it were spoken to', async () => {
    const sending = outbound(() => true)(aRequest('https://evil.test/'));
    await assert.rejects(sending, (error) => codeOf(error) === 'outbound.failed');
    assert.ok(opened.some((way) => way.callCount > 0));
  });

  for (const url of [
    'https://smba.trafficmanager.net',
    'https://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net/amer/7d1f2c40-0000-4000-8000-5a1e00000001/',
    'https://smba.trafficmanager.net/emea/v3/conversations/19%3Aabc%40thread.tacv2%3Bmessageid%3D1/activities/1',
    'https://smba.trafficmanager.net/emea/v3/conversations/a%3A1/pagedmembers?pageSize=500&continuationToken=a%2Bb%3D',
    'https://smba.infra.gcc.teams.example/gcc/',
  ])
    it(`is ${url}`, async () => {
      assert.equal(isAllowed(url), true);
      const sent: string[] = [];
      const send: Exchange = async (to) => (sent.push(to.url), { status: 200, headers: {}, body: '{"id":"1"}' });
      assert.equal((await outbound(isAllowed, send)(aRequest(url))).status, 200);
      assert.deepEqual(sent, [url]);
    });

  for (const id of [
    '..',
    '.',
    'a:1/../..',
    'a:1?x',
    'a:1#x',
    'a:1%2f..',
    'a:1\\x',
    'a: 1',
    '',
    'a:',
    `a:${'x'.repeat(501)}`,
    7,
    undefined,
  ])
    // prettier-ignore
    it(`is no conversation named ${JSON.stringify(id)?.slice(0, 20)}`, () => {
      assert.equal(isConversationId(id), false);
    });

  for (const id of [
    'a:1pL6i0oY3C0K8oAj8_xyz-AB',
    '19:0a1b2c3d4e5f@thread.tacv2;messageid=1700000000000',
    '19:11f84cef_9f8e@unq.gbl.spaces',
    '19:meeting_MDk4@thread.v2',
  ])
    it(`is the conversation ${id}`, () => {
      assert.equal(isConversationId(id), true);
    });
});

describe('connector clients', () => {
  class Counting extends ConnectorFactory {
    readonly made: string[] = [];
    override async create(serviceUrl: string): Promise<ConnectorClient> {
      this.made.push(serviceUrl);
      if (serviceUrl === 'broken') throw new Error('cannot be made');
      return JSON.parse('{}') as ConnectorClient; // nobody looks into it
    }
  }

  it('are made once for each address and audience, and the 32 used last are kept', async () => {
    const inner = new Counting();
    const kept = new Map<string, Promise<ConnectorClient>>();
    const factory = cachedConnectors(inner, kept);
    const first = await factory.create('0', 'teams');
    for (let made = 1; made < 40; made += 1) {
      await factory.create(String(made), 'teams');
      assert.equal(await factory.create('0', 'teams'), first);
    }
    assert.deepEqual([inner.made.length, kept.size], [40, 32]);
    await factory.create('1', 'teams');
    await factory.create('0', 'others');
    assert.deepEqual([inner.made.length, kept.size], [42, 32]);
  });

  it('are not kept when they could not be made', async () => {
    const inner = new Counting();
    const factory = cachedConnectors(inner, new Map());
    await assert.rejects(factory.create('broken'));
    await assert.rejects(factory.create('broken'));
    assert.equal(inner.made.length, 2);
  });
});

describe('a message to Teams', () => {
  type Sends = Record<'sendToConversation' | 'replyToActivity' | 'updateActivity', (...given: unknown[]) => unknown>;
  let sent: Sending[];
  let answer: string;
  let messages: Sends;
  beforeEach(async () => {
    sent = [];
    answer = '{"id":"1:7"}';
    const conversations = {} as Sends;
    class Bare extends ConnectorFactory {
      override async create(): Promise<ConnectorClient> {
        return { conversations } as unknown as ConnectorClient; // all of it that is used
      }
    }
    const deliver: Exchange = async (one) => (sent.push(one), { status: 200, headers: {}, body: answer });
    await directConnectors(new Bare(), deliver, async () => ({ authorization: 'Bearer t' })).create(SERVICE_URL);
    messages = conversations;
  });

  const CHAT = '19:a@thread.tacv2;messageid=1';
  const AT = 'https://smba.trafficmanager.net/emea/v3/conversations/19%3Aa%40thread.tacv2%3Bmessageid%3D1/activities';
  for (const [method, ids, expected] of [
    ['sendToConversation', [CHAT], `POST ${AT}`],
    ['replyToActivity', [CHAT, '1:2'], `POST ${AT}/1%3A2`],
    ['updateActivity', [CHAT, '1:2'], `PUT ${AT}/1%3A2`],
  ] as const)
    it(`goes where Teams takes it: ${method}`, async () => {
      assert.deepEqual(await messages[method](...ids, { type: 'message', text: 'Ŵ' }), { id: '1:7' });
      const [{ method: verb, url, headers, body } = assert.fail()] = sent;
      assert.deepEqual([`${verb} ${url}`, body], [expected, '{"type":"message","text":"Ŵ"}']);
      assert.equal(headers.authorization, 'Bearer t');
      assert.match(headers['content-type'] ?? '', /^application\/json/u);
    });

  it('never leaves its conversation, whatever an id holds', async () => {
    await messages.replyToActivity('a:1/../x', '../../b?c#d', {});
    assert.equal(sent[0]?.url, `${SERVICE_URL}v3/conversations/a%3A1%2F..%2Fx/activities/..%2F..%2Fb%3Fc%23d`);
    for (const id of ['..', '.'])
      await assert.rejects(async () => messages.replyToActivity('a:1', id, {}), (error) => codeOf(error) === 'outbound.refused'); // prettier-ignore
    assert.equal(sent.length, 1);
  });

  it('may have arrived when what took it says nothing that can be read', async () => {
    answer = '';
    assert.deepEqual(await messages.sendToConversation('a:1', {}), {});
    for (answer of ['<html>', '{"id":7}', '[]'])
      await assert.rejects(async () => messages.sendToConversation('a:1', {}), (error) => codeOf(error) === 'outbound.failed'); // prettier-ignore
  });
});

describe('the bot’s own token', () => {
  const HOUR_MS = 3_600_000;
  let nowMs: number;
  let asked: string[];
  let answer: () => Promise<{ token: string; expiresOnTimestamp: number } | null>;
  let sign: () => Promise<string>;

  beforeEach(() => {
    nowMs = 0;
    asked = [];
    answer = async () => ({ token: `token-${asked.length}`, expiresOnTimestamp: nowMs + HOUR_MS });
    const source: TokenSource = { getToken: (scope) => (asked.push(scope), answer()) };
    sign = connectorToken(source, () => nowMs);
  });

  it('is asked for once by many who send at the same time, for the connector', async () => {
    assert.deepEqual(await Promise.all([sign(), sign(), sign()]), Array(3).fill('token-1'));
    assert.deepEqual(asked, ['https://api.botframework.com/.default']);
  });

  it('is asked for anew five minutes before it ends', async () => {
    await sign();
    nowMs = HOUR_MS - 300_001;
    assert.equal(await sign(), 'token-1');
    nowMs = HOUR_MS - 300_000;
    assert.equal(await sign(), 'token-2');
  });

  it('serves to its end when another cannot be had', async () => {
    await sign();
    answer = async () => Promise.reject(new Error('away'));
    nowMs = HOUR_MS - 1;
    assert.equal(await sign(), 'token-1');
    nowMs = HOUR_MS;
    await assert.rejects(sign(), (error) => codeOf(error) === 'outbound.token');
  });

  it('is missed as a coded fault when there is none', async () => {
    answer = async () => null;
    await assert.rejects(sign(), (error) => codeOf(error) === 'outbound.token');
  });

  it('comes from the secret or from the machine’s identity, as the settings say', () => {
    const ids = { appId: PEOPLE.priya, tenantId: PEOPLE.tom };
    const names = [
      tokenSourceOf({ kind: 'SingleTenant', ...ids, password: 'a-secret' }),
      tokenSourceOf({ kind: 'UserAssignedMSI', ...ids }),
    ].map((source) => source.constructor.name);
    assert.deepEqual(names, ['ClientSecretCredential', 'ManagedIdentityCredential']);
  });
});

describe('a conversation in a tenant', () => {
  let tenant: Tenant;
  before(async () => {
    tenant = await aTenant({}, { SERVICE_URL_HOSTS: 'smba.infra.gcc.teams.example' });
  });
  after(() => tenant.close());

  it('is kept as it came, and read only while its host is still allowed', async () => {
    const serviceUrl = 'https://smba.infra.gcc.teams.example/gcc/';
    await tenant.deliver(tenant.aMessage('help', { serviceUrl }));
    const { stores, keys } = tenant.bot.services;
    const stored = (await stores.conversations.read(PEOPLE.priya))!;
    assert.equal(readReference(keys, stored, teamsUrls(['smba.infra.gcc.teams.example']))?.serviceUrl, serviceUrl);
    assert.equal(readReference(keys, stored, teamsUrls()), undefined);
    await tenant.deliver(tenant.aMessage());
    const now = (await stores.conversations.read(PEOPLE.priya))!;
    assert.equal(readReference(keys, now, teamsUrls())?.serviceUrl, SERVICE_URL);
  });
});
