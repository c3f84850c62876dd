import assert from 'node:assert/strict';
import { CardFactory, TeamsInfo, TurnContext } from 'botbuilder';
import { aLocalServer, type LocalServer } from './aLocalServer.ts';

describe('the connector of local mode', () => {
  let local: LocalServer;
  let personId: string;
  let teamId: string;
  let personal: { readonly kind: 'personal'; readonly key: string };
  beforeEach(async () => {
    local = await aLocalServer();
    personId = local.people.people[0]?.id ?? '';
    teamId = local.people.teams[0]?.id ?? '';
    personal = { kind: 'personal', key: personId };
  });
  afterEach(() => local.close());

  const say = (text: string) => local.post(`/local/chats/personal/${personId}/messages`, { text });
  const post = (text: string) => local.post(`/local/chats/channel/${teamId}/messages`, { personId, text });
  const texts = () => local.connector.messages(personal).map((message) => message.activity.text);
  const connectorUrl = () => `${local.baseUrl}/local/connector/v3/conversations`;

  it("keeps the bot's answer after what was said", async () => {
    local.behave((context) => context.sendActivity('Good morning'));
    await say('hello');
    assert.deepEqual(texts(), ['hello', 'Good morning']);
  });

  it('gives every message an id that rises', async () => {
    local.behave((context) => context.sendActivity('again'));
    await say('one');
    await say('two');
    const ids = local.connector.messages(personal).map((message) => Number(message.id));
    assert.deepEqual(
      ids,
      [...new Set(ids)].sort((a, b) => a - b),
    );
  });

  it('replaces a message that the bot updates, under the same id', async () => {
    local.behave(async (context) => {
      const sent = await context.sendActivity('first');
      await context.updateActivity({ id: sent?.id, type: 'message', text: 'second' });
    });
    await say('hello');
    assert.deepEqual(texts(), ['hello', 'second']);
  });

  it('takes away a message that the bot deletes', async () => {
    local.behave(async (context) => {
      const sent = await context.sendActivity('first');
      await context.deleteActivity(sent?.id ?? '');
    });
    await say('hello');
    assert.deepEqual(texts(), ['hello']);
  });

  it("does not let the bot change a person's message", async () => {
    const { id } = (await say('hello')).body;
    const url = `${connectorUrl()}/a:1${personId}/activities/${String(id)}`;
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: '{"type":"message","text":"changed"}',
    });
    assert.equal(response.status, 404);
    assert.deepEqual(texts(), ['hello']);
  });

  it('splits text and card of one activity, as Teams does, and tells no id', async () => {
    let id: string | undefined = 'not asked';
    local.behave(async (context) => {
      const sent = await context.sendActivity({
        type: 'message',
        text: 'Look',
        attachments: [CardFactory.adaptiveCard({ type: 'AdaptiveCard' })],
      });
      id = sent?.id;
    });
    await say('hello');
    assert.equal(local.connector.messages(personal).length, 3);
    assert.equal(id, undefined);
  });

  it('does not keep that the bot is typing', async () => {
    local.behave((context) => context.sendActivity({ type: 'typing' }));
    await say('hello');
    assert.deepEqual(texts(), ['hello']);
  });

  it('lets the bot start a conversation with someone who has not spoken', async () => {
    const manager = local.people.people.find((person) => person.roles.includes('manager'));
    const members = [{ id: `29:${manager?.id}`, name: '' }];
    const parameters = {
      isGroup: false,
      bot: { id: '28:sharing-log', name: '' },
      members,
      activity: undefined,
      channelData: {},
    };
    const serviceUrl = `${local.baseUrl}/local/connector/`;
    // The SDK's type asks for an activity; the protocol does not.
    await local.adapter.createConversationAsync('', 'msteams', serviceUrl, '', parameters, async (context) => {
      await context.sendActivity('One record is missing its outcome.');
    });
    assert.equal(local.connector.messages({ kind: 'personal', key: manager?.id ?? '' }).length, 1);
  });

  it('continues a conversation that the bot remembers', async () => {
    await say('hello');
    const reference = TurnContext.getConversationReference(local.received[0] ?? {});
    await local.adapter.continueConversationAsync('', reference, async (context) => {
      await context.sendActivity('By the way');
    });
    assert.deepEqual(texts(), ['hello', 'By the way']);
  });

  it('starts a thread in a channel for a new conversation there', async () => {
    const channelId = local.people.teams[0]?.channelId;
    const answer = await local.post('/local/connector/v3/conversations', {
      isGroup: true,
      channelData: { channel: { id: channelId } },
      activity: { type: 'message', text: 'Case summary' },
    });
    assert.equal(answer.status, 201);
    assert.equal(answer.body.id, `${channelId};messageid=${String(answer.body.activityId)}`);
  });

  it('knows the members of a chat and of a channel, page by page', async () => {
    const names: string[] = [];
    local.behave(async (context) => {
      const me = await TeamsInfo.getMember(context, context.activity.from.id);
      const page = await TeamsInfo.getPagedMembers(context, 3);
      names.push(me.email ?? '', String(page.members.length), page.continuationToken ?? 'no more');
    });
    await post('who is here');
    assert.deepEqual(names, ['priya.shah@exampleshire.example', '3', '3']);
  });

  it('tells the Entra group of a team whose message does not name it', async () => {
    let groupId: string | undefined;
    local.behave(async (context) => {
      assert.equal(context.activity.channelData.team.aadGroupId, undefined);
      groupId = (await TeamsInfo.getTeamDetails(context)).aadGroupId;
    });
    await post('which team is this');
    assert.equal(groupId, teamId);
  });

  it('does not know a conversation that is in no people file', async () => {
    const answer = await local.post(`/local/connector/v3/conversations/a:1nobody/activities`, {
      type: 'message',
      text: 'x',
    });
    assert.equal(answer.status, 404);
    assert.deepEqual(Object.keys(answer.body.error ?? {}), ['code', 'message']);
  });

  it('does not start a conversation with someone who is in no people file', async () => {
    const answer = await local.post('/local/connector/v3/conversations', {
      members: [{ id: '29:00000000-0000-4000-8000-000000000000' }],
    });
    assert.equal(answer.status, 403);
  });

  it('fails as a test plans it, for that person and that many times', async () => {
    local.connector.failNext(personId, { kind: 'status', status: 429, retryAfterSeconds: 7 });
    const url = `${connectorUrl()}/a:1${personId}/activities`;
    const send = () =>
      fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"type":"message","text":"hello"}',
      });
    const first = await send();
    assert.equal(first.status, 429);
    assert.equal(first.headers.get('retry-after'), '7');
    assert.equal((await send()).status, 201);
    assert.deepEqual(texts(), ['hello']);
  });

  it('can lose the answer to a message that arrived', async () => {
    local.connector.failNext(personId, { kind: 'reset', applied: true });
    await assert.rejects(
      local.post(`/local/connector/v3/conversations/a:1${personId}/activities`, { type: 'message', text: 'hello' }),
    );
    assert.deepEqual(texts(), ['hello']);
  });
});
