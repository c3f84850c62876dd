import assert from 'node:assert/strict';
import { CardFactory } from 'botbuilder';
import { aLocalServer, answerWithCard, type LocalServer } from './aLocalServer.ts';

const action = { type: 'Action.Execute', verb: 'draft.next', data: { section: 'who' } };

describe('what a person does in the local client', () => {
  let local: LocalServer;
  let personId: string;
  let teamId: string;
  let chat: string;
  let channel: string;
  beforeEach(async () => {
    local = await aLocalServer();
    personId = local.people.people[0]?.id ?? '';
    teamId = local.people.teams[0]?.id ?? '';
    chat = `/local/chats/personal/${personId}`;
    channel = `/local/chats/channel/${teamId}`;
  });
  afterEach(() => local.close());

  it('reaches the bot as a message from Teams', async () => {
    await local.post(`${chat}/messages`, { text: 'record share' });
    const [activity] = local.received;
    assert.equal(activity?.channelId, 'msteams');
    assert.equal(activity?.text, 'record share');
    assert.equal(activity?.from.aadObjectId, personId);
    assert.equal(activity?.conversation.tenantId, local.people.tenantId);
    assert.equal(activity?.serviceUrl, `${local.baseUrl}/local/connector/`);
  });

  it('mentions the bot in front of what is said in a channel', async () => {
    await local.post(`${channel}/messages`, { personId, text: 'help' });
    const [activity] = local.received;
    assert.equal(activity?.text, '<at>Sharing Log</at> help');
    assert.equal(
      activity?.entities?.some((entity) => entity.type === 'mention'),
      true,
    );
    assert.match(activity?.conversation.id ?? '', /^19:.+;messageid=\d+$/);
  });

  it('answers in the thread that it names', async () => {
    const { id } = (await local.post(`${channel}/messages`, { personId, text: 'help' })).body;
    await local.post(`${channel}/messages`, { personId, text: 'more', threadId: id });
    assert.equal(local.received[1]?.conversation.id, local.received[0]?.conversation.id);
  });

  it('chooses the action on a message with that message as Teams sends it, and on no other chat’s', async () => {
    const { id } = (await local.post(`${channel}/messages`, { personId, text: 'She told me' })).body;
    await local.post(`${channel}/action`, { personId, messageId: id });
    const { name, value, conversation } = local.received[1] ?? assert.fail();
    assert.equal(name, 'composeExtension/fetchTask');
    assert.equal(conversation.id, local.received[0]?.conversation.id);
    const { commandId, messagePayload } = value as { commandId: string; messagePayload: Record<string, unknown> }; // what Teams sends
    assert.equal(commandId, 'recordShare');
    const { messages } = (await local.get(`${channel}/messages`)).body as {
      messages: readonly { readonly at: string }[];
    }; // as the page reads it
    assert.equal(messagePayload.createdDateTime, messages[0]?.at);
    assert.deepEqual(messagePayload.body, { contentType: 'text', content: 'She told me' });
    assert.equal((await local.post(`${chat}/action`, { messageId: id })).status, 404);
    assert.equal(local.received.length, 2);
  });

  it('is refused in the channel of a team that is not theirs', async () => {
    const other = local.people.teams[1]?.id ?? '';
    assert.equal((await local.post(`/local/chats/channel/${other}/messages`, { personId, text: 'help' })).status, 403);
    assert.equal(local.received.length, 0);
  });

  it('introduces the bot the first time a chat is opened, and only then', async () => {
    assert.deepEqual((await local.post(`${chat}/open`, {})).body, { first: true });
    assert.deepEqual((await local.post(`${chat}/open`, {})).body, { first: false });
    assert.deepEqual(
      local.received.map((activity) => activity.type),
      ['conversationUpdate', 'installationUpdate'],
    );
  });

  it('introduces the bot again when it could not take it the first time', async () => {
    local.breakBot(true);
    assert.equal((await local.post(`${chat}/open`, {})).status, 502);
    local.breakBot(false);
    assert.deepEqual((await local.post(`${chat}/open`, {})).body, { first: true });
  });

  it('brings back the card with which the bot answers a press', async () => {
    local.behave((context) =>
      context.sendActivity({ attachments: [CardFactory.adaptiveCard({ type: 'AdaptiveCard' })] }),
    );
    await local.post(`${chat}/messages`, { text: 'record share' });
    const activityId = local.connector.messages({ kind: 'personal', key: personId })[1]?.id;
    local.behave((context) => answerWithCard(context, { type: 'AdaptiveCard', version: '1.5' }));
    const answer = await local.post(`${chat}/invoke`, { activityId, action, trigger: 'manual' });
    assert.deepEqual(answer, {
      status: 200,
      body: {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: { type: 'AdaptiveCard', version: '1.5' },
      },
    });
    assert.deepEqual(local.received[1]?.value, { action, trigger: 'manual' });
    assert.equal(local.received[1]?.replyToId, activityId);
  });

  it('cannot press on a message that is not there', async () => {
    assert.equal((await local.post(`${chat}/invoke`, { activityId: '1', action })).status, 404);
  });

  it('is told in words when the bot fails, and can send the same message again', async () => {
    local.breakBot(true);
    const failed = await local.post(`${chat}/messages`, { text: 'hello' });
    assert.equal(failed.status, 502);
    assert.equal(failed.body.error, 'The bot could not deal with this.');
    local.breakBot(false);
    assert.deepEqual((await local.post(`${chat}/messages`, { text: 'hello', retryOf: failed.body.id })).body, {
      id: failed.body.id,
    });
    assert.equal(local.connector.messages({ kind: 'personal', key: personId }).length, 1);
  });

  it('hears of a message in a chat of theirs, and not of others', async () => {
    const other = local.people.people[1]?.id ?? '';
    const stream = await fetch(`${local.baseUrl}/local/events?personId=${personId}`);
    await local.post(`/local/chats/personal/${other}/messages`, { text: 'not yours' });
    await local.post(`${chat}/messages`, { text: 'yours' });
    let heard = '';
    for await (const chunk of stream.body ?? []) {
      heard += Buffer.from(chunk).toString();
      if (heard.includes('"yours"')) break;
    }
    assert.ok(!heard.includes('not yours'));
    assert.match(heard, /event: message\n/);
  });

  it('moves the clock, and is answered when what waited has run', async () => {
    let jumps = 0;
    local.clock.onJump(() => {
      jumps += 1;
      return Promise.resolve();
    });
    const before = (await local.get('/local/clock')).body.now;
    const moved = await local.post('/local/clock', { advance: 'P1D' });
    assert.equal(moved.status, 200);
    assert.equal(jumps, 1);
    assert.ok(String(moved.body.now) > String(before));
  });

  it('cannot move the clock back or to a time that does not occur', async () => {
    const back = await local.post('/local/clock', { now: '2020-01-01T00:00:00Z' });
    assert.deepEqual(back, { status: 400, body: { error: 'The clock moves only forward: choose a later time.' } });
    assert.equal((await local.post('/local/clock', { london: '2099-03-29T01:30' })).status, 400);
    assert.equal((await local.post('/local/clock', {})).status, 400);
  });

  it('gets a page that asks for nothing elsewhere', async () => {
    const page = await fetch(`${local.baseUrl}/`);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.doesNotMatch(await page.text(), /(src|href)="(?!\/|#)/);
  });

  for (const path of [
    '/local/page/app.js',
    '/local/page/adaptivecards.min.js',
    '/local/page/looks.css',
    '/cards',
    '/local/gallery.json',
    '/local/people',
  ]) {
    it(`gets ${path}`, async () => {
      assert.equal((await fetch(local.baseUrl + path)).status, 200);
    });
  }

  for (const path of ['/local/page/tsconfig.json', '/local/page/..%2Fclock.ts', '/local/page/absent.js']) {
    it(`does not get ${path}`, async () => {
      assert.equal((await fetch(local.baseUrl + path)).status, 404);
    });
  }
});
