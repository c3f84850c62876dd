import assert from 'node:assert/strict';
import { openAppInstalls } from '../../../bot/appInstalls.ts';
import { paced } from '../../../bot/reaching.ts';
import type { Audience, StoredNotice } from '../../../src/noticePorts.ts';
import { PEOPLE } from '../../journeys/aBot.ts';
import { seen } from '../../journeys/waiting.ts';
import { APP_ID, aTenant, type Sent, type Tenant, type TeamsAnswer } from './aTenant.ts';
import { chatIdOf, installsDouble, TEAMS_APP, type InstallsDouble } from './installsDouble.ts';

type Somebody = keyof typeof PEOPLE;

const refusal = (status: number, code: string): TeamsAnswer => ({
  status,
  body: { error: { code, message: 'Maureen Castle is a secret of the other side.' } },
});
const NOT_INSTALLED = refusal(403, 'ForbiddenOperationException');
/** As the message service of Teams says that it does not let the bot write. */
const WRITES_BLOCKED: TeamsAnswer = {
  status: 403,
  body: { errorCode: 209, message: JSON.stringify({ subCode: 'MessageWritesBlocked', details: 'Thread is blocked.' }) },
};
const PERMISSION_MISSING = { status: 403, body: { error: { code: 'Forbidden', message: 'Missing scope.' } } };
const HOUR_MS = 3_600_000;

describe('the pace of what is sent', () => {
  it('is one message in so many milliseconds, whoever sends', async () => {
    let nowMs = 1_000;
    const waits: number[] = [];
    const pace = paced(
      200,
      async (durationMs) => void waits.push(durationMs),
      () => nowMs,
    );
    await Promise.all([pace(), pace(), pace()]);
    assert.deepEqual(waits, [200, 400]);
    nowMs = 1_500;
    await pace();
    nowMs = 5_000;
    await pace();
    assert.deepEqual(waits, [200, 400, 100]);
  });
});

describe('reaching somebody who must be told', () => {
  let tenant: Tenant;
  let graph: InstallsDouble;
  let laterMs: number;
  /** What the bot sends to Teams with; `undefined` for none. */
  let token: string | undefined;
  let nth: number;

  const nowMs = (): number => Date.now() + laterMs;
  const start = async (isSetUp = true): Promise<void> => {
    const clock = { now: () => new Date(nowMs()).toISOString() };
    const credential = { getToken: async () => ({ token: 'for-graph', expiresOnTimestamp: nowMs() + HOUR_MS }) };
    const parts = { teamsAppId: TEAMS_APP, credential, clock, wait: async () => undefined, baseUrl: graph.baseUrl };
    const tokens = {
      getToken: async () => (token === undefined ? null : { token, expiresOnTimestamp: nowMs() + HOUR_MS }),
    };
    tenant = await aTenant({ nowMs, tokens }, {}, isSetUp ? openAppInstalls(parts) : undefined);
  };
  beforeEach(async () => {
    laterMs = 0;
    token = 'for-teams';
    nth = 0;
    graph = await installsDouble();
  });
  afterEach(async () => {
    await tenant.close();
    await graph.close();
  });

  const stores = () => tenant.bot.services.stores;
  const idOf = (notice: StoredNotice, { kind, ...rest }: Audience): string =>
    JSON.stringify([notice.noticeId, kind, rest]);
  /** Has somebody told of an urgent record. */
  const tell = async (person: Somebody): Promise<StoredNotice> => {
    nth += 1;
    const audience = { kind: 'person', personId: PEOPLE[person] } as const;
    const about = { what: 'urgent', about: `SL-7QK2M9X${nth}`, queuedAt: new Date(nowMs()).toISOString() } as const;
    const notice = { noticeId: `a-test-${nth}`, audience, attempts: 0, ...about };
    await tenant.bot.services.recording.notices.queue([notice]);
    return notice;
  };
  const settled = (notice: StoredNotice): Promise<true> =>
    seen(
      async () => {
        const pending = await stores().notices.pending(50);
        return pending.every(({ about }) => about !== notice.about) || undefined;
      },
      idOf(notice, notice.audience),
    );
  const lost = (): Promise<readonly string[]> => stores().nudges.unreachable();
  const logged = (text: string): number => tenant.logged.filter((line) => line.includes(text)).length;
  const isOpening = ({ url }: Sent): boolean => url.endsWith('/v3/conversations');
  const opensFor = (person: Somebody, sent: Sent): boolean => isOpening(sent) && sent.body.includes(PEOPLE[person]);
  const cardsAbout = ({ about }: StoredNotice): readonly Sent[] =>
    tenant.sent.filter(({ body }) => body.includes(about));
  const chatsWith = (notice: StoredNotice): readonly string[] =>
    cardsAbout(notice).map(({ url }) => url.replace(/[^/]+$/u, '…'));
  const chatUrl = (person: Somebody): string =>
    `/teams/v3/conversations/${encodeURIComponent(chatIdOf(PEOPLE[person]))}/activities/…`;

  describe('who has not got the app', () => {
    beforeEach(async () => {
      await start();
      tenant.teams.answer = (sent) => (opensFor('maureen', sent) ? NOT_INSTALLED : undefined);
    });

    it('gives it to a manager, and tells them in the chat with it', async () => {
      const first = await tell('maureen');
      await settled(first);
      assert.deepEqual(chatsWith(first), [chatUrl('maureen')]);
      const place = `users/${PEOPLE.maureen}/teamwork/installedApps`;
      assert.deepEqual(
        graph.asked.map((asked) => asked.replace(/\/[^/]+==\//u, '/…/')),
        [`POST ${place}`, `GET ${place}?$expand=teamsApp&$filter=teamsApp/id eq '${TEAMS_APP}'`, `GET ${place}/…/chat`],
      );
      const bound = `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${TEAMS_APP}`;
      assert.deepEqual(graph.posted, [{ 'teamsApp@odata.bind': bound }]);
      assert.deepEqual(await lost(), []);
      assert.equal(logged('"reach.install","result":"chat"'), 1);

      const openings = tenant.sent.filter(isOpening).length;
      const second = await tell('maureen');
      await settled(second);
      assert.deepEqual(chatsWith(second), [chatUrl('maureen')]);
      assert.deepEqual([tenant.sent.filter(isOpening).length, graph.posted.length], [openings, 1]);
    });

    it('finds the chat where the app was there already', async () => {
      graph.has.add(PEOPLE.maureen);
      const notice = await tell('maureen');
      await settled(notice);
      assert.deepEqual(chatsWith(notice), [chatUrl('maureen')]);
    });

    it('tells the next one up where the bot is not permitted to', async () => {
      graph.fault = () => PERMISSION_MISSING;
      const notice = await tell('maureen');
      await settled(notice);
      assert.equal(tenant.sent.filter((sent) => opensFor('adaeze', sent)).length, 1);
      assert.equal(cardsAbout(notice).length, 1);
      assert.deepEqual(await lost(), [PEOPLE.maureen]);
      assert.deepEqual([logged('"reach.install","result":"notPermitted"'), logged('"reach.lost"')], [1, 1]);
    });

    it('tells the next one up where there is no such person or app', async () => {
      graph.fault = () => ({ status: 404 });
      await settled(await tell('maureen'));
      assert.deepEqual(await lost(), [PEOPLE.maureen]);
    });

    it('tries it once a day', async () => {
      graph.fault = () => PERMISSION_MISSING;
      for (const _ of [1, 2, 3]) await settled(await tell('maureen'));
      assert.equal(graph.posted.length, 1);
      laterMs += 25 * HOUR_MS;
      await settled(await tell('maureen'));
      assert.equal(graph.posted.length, 2);
    });

    it('waits where the app has no chat yet, and then opens it', async () => {
      graph.fault = (asked) => (asked.endsWith('/chat') ? { status: 404 } : undefined);
      const notice = await tell('maureen');
      await seen(() => logged('"notice.again"') || undefined, 'it to be left for later');
      assert.deepEqual([cardsAbout(notice), await lost()], [[], []]);
      tenant.teams.answer = () => undefined;
      laterMs += 61_000;
      await settledAfterWaking(notice);
      assert.equal(cardsAbout(notice).length, 1);
      assert.equal(graph.posted.length, 1);
    });

    for (const [what, fault] of [
      ['does not answer', { status: 503 }],
      ['is throttled', { status: 429, headers: { 'retry-after': '90' } }],
      ['answers with a chat that leads elsewhere', { status: 200, body: { id: '../../v3/elsewhere' } }],
    ] as const)
      it(`waits where Graph ${what}, and tells the next one up when it is no better`, async () => {
        graph.fault = (asked) => (what.includes('chat') && !asked.endsWith('/chat') ? undefined : fault);
        const notice = await tell('maureen');
        await seen(() => logged('"notice.again"') || undefined, 'it to be left for later');
        assert.deepEqual(cardsAbout(notice), []);
        laterMs += 61_000;
        await settledAfterWaking(notice);
        assert.deepEqual(await lost(), [PEOPLE.maureen]);
        assert.equal(tenant.sent.filter((sent) => opensFor('adaeze', sent)).length >= 1, true);
      });

    it('gives it to nobody who was not asked to be told for others', async () => {
      tenant.teams.answer = (sent) => (opensFor('priya', sent) ? NOT_INSTALLED : undefined);
      await settled(await tell('priya'));
      assert.deepEqual([graph.asked, await lost()], [[], [PEOPLE.priya]]);
    });

    it('gives it to nobody whose chat opens without it', async () => {
      await settled(await tell('rowan'));
      assert.deepEqual([graph.asked, await lost()], [[], []]);
    });

    for (const answer of [
      refusal(403, 'ConversationBlockedByUser'),
      refusal(403, 'BotDisabledByAdmin'),
      WRITES_BLOCKED,
    ])
      it(`gives it to nobody who does not let the bot write (${JSON.stringify(answer.body).slice(0, 60)})`, async () => {
        tenant.teams.answer = (sent) => (opensFor('maureen', sent) ? answer : undefined);
        await settled(await tell('maureen'));
        assert.deepEqual([graph.asked, await lost()], [[], [PEOPLE.maureen]]);
      });

    it('logs codes, and nothing of what the other side says', async () => {
      graph.fault = () => PERMISSION_MISSING;
      await settled(await tell('maureen'));
      for (const line of tenant.logged) assert.doesNotMatch(line, /Maureen|secret|Missing|7d1f2c40/u);
    });
  });

  it('is as before where the app is not given to anybody', async () => {
    await start(false);
    tenant.teams.answer = (sent) => (opensFor('maureen', sent) ? refusal(403, 'BadArgument') : undefined);
    await settled(await tell('maureen'));
    assert.deepEqual([graph.asked, await lost()], [[], [PEOPLE.maureen]]);
  });

  describe('who has it', () => {
    const from = { id: '29:maureen', name: 'Maureen Castle', aadObjectId: PEOPLE.maureen };
    const conversation = { id: 'a:maureen', tenantId: '', conversationType: 'personal' };
    beforeEach(async () => {
      await start();
      const { tenantId } = tenant.bot.services;
      const changes = { from, conversation: { ...conversation, tenantId }, recipient: { id: `28:${APP_ID}` } };
      await tenant.deliver(tenant.aMessage('help', changes));
    });
    const remove = () => {
      const { tenantId } = tenant.bot.services;
      return tenant.deliver(
        tenant.anInstallation({ action: 'remove', from, conversation: { ...conversation, tenantId } }),
      );
    };
    const hers = ({ url }: Sent): boolean => url.includes('a%3Amaureen');

    it('and took it away: nothing is sent there, though Teams would take it, and the next one up is told', async () => {
      await remove();
      const sent = tenant.sent.filter(hers).length;
      const notice = await tell('maureen');
      await settled(notice);
      assert.equal(tenant.sent.filter(hers).length, sent);
      assert.equal(tenant.sent.filter((one) => opensFor('adaeze', one)).length, 1);
      assert.deepEqual(graph.asked, []);
    });

    it('others are opened a chat at the address that people speak from', async () => {
      await settled(await tell('rowan'));
      const opening = tenant.sent.find((one) => opensFor('rowan', one));
      assert.equal(opening?.url, '/emea/v3/conversations');
    });

    it('is left alone for as long as Teams asks, which takes no attempt', async () => {
      tenant.teams.answer = (one) =>
        hers(one) ? { ...refusal(429, 'Throttled'), headers: { 'Retry-After': '300' } } : undefined;
      const notice = await tell('maureen');
      await seen(() => logged('"notice.again"') || undefined, 'it to be left for later');
      tenant.teams.answer = () => undefined;
      for (const _ of [1, 2, 3]) await settled(await tell('rowan'));
      assert.equal(cardsAbout(notice).length, 1);
      const [waiting] = await stores().notices.pending(10);
      assert.equal(waiting?.attempts, 1);
      laterMs += 301_000;
      await settledAfterWaking(notice);
      assert.equal(cardsAbout(notice).length, 2);
      assert.deepEqual(await lost(), []);
    });

    for (const [what, upset, fault] of [
      [
        'Teams has a fault of its own',
        () => (tenant.teams.answer = (one) => (hers(one) ? { status: 503, body: {} } : undefined)),
        'outbound.status',
      ],
      ['the bot gets no token', () => ((token = undefined), (laterMs += 2 * HOUR_MS)), 'outbound.token'],
    ] as const)
      // prettier-ignore
      it(`is written to again, and the log says why it failed: ${what}`, async () => {
        upset();
        await tell('maureen');
        await seen(() => logged(`"reach.failed","fault":"${fault}"`) || undefined, 'it to fail');
        token = 'for-teams';
        assert.deepEqual(await lost(), []);
      });

    it('is refused under the id by which Teams has it, which is that of no turn', async () => {
      const before = tenant.sent.length;
      tenant.teams.answer = (one) => (hers(one) ? { status: 403, body: 'forbidden' } : undefined);
      await tell('maureen');
      await seen(() => logged('"reach.refused"') || undefined, 'it to be refused');
      const lines = tenant.logged.filter((line) => line.includes('"reach.refused"'));
      const ids = lines.map((line) => (JSON.parse(line) as { readonly correlation?: string }).correlation);
      assert.equal(ids[0], tenant.sent.slice(before).find(hers)?.requestId);
      for (const id of ids) assert.match(String(id), /^[\da-f]{8}-/u);
    });

    it('is not taken to be out of reach for a refusal that says nothing of them', async () => {
      tenant.teams.answer = (one) => (hers(one) ? { status: 403, body: 'Maureen Castle is forbidden' } : undefined);
      const notice = await tell('maureen');
      await seen(() => logged('"reach.refused","status":403,"says":"none"') || undefined, 'it to be refused');
      assert.deepEqual(await lost(), []);
      tenant.teams.answer = () => undefined;
      await settledAfterWaking(notice);
      assert.equal(cardsAbout(notice).length, 2);
    });
  });

  /** Something else that is to be told has the bot look through what is still to be sent. */
  async function settledAfterWaking(notice: StoredNotice): Promise<void> {
    await tell('rowan');
    await settled(notice);
  }
});
