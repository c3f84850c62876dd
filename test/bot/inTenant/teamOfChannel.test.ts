import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RIVERSIDE } from '../../journeys/aBot.ts';
import type { Fields } from './anIssuer.ts';
import { aTenant, type Tenant, type TeamsAnswer } from './aTenant.ts';

const THREAD = '19:riverside@thread.tacv2';
const ASKED = '/emea/v3/teams/19%3Ariverside%40thread.tacv2';

const isAsked = (url: string): boolean => url === ASKED || url.includes('/pagedmembers');

describe('what is asked of Teams about a channel', () => {
  let tenant: Tenant;
  let elsewhere: Server;
  let seenElsewhere: number;
  let answer: TeamsAnswer;
  before(async () => {
    tenant = await aTenant();
    elsewhere = createServer((_request, response) => {
      seenElsewhere += 1;
      response.end(JSON.stringify({ id: THREAD, aadGroupId: RIVERSIDE }));
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    tenant.teams.answer = ({ url }) => (isAsked(url) ? answer : undefined);
  });
  beforeEach(() => {
    seenElsewhere = 0;
    answer = { status: 200, body: { id: THREAD, name: 'Riverside', aadGroupId: RIVERSIDE } };
  });
  after(async () => {
    await tenant.close();
    await new Promise((resolve) => elsewhere.close(resolve));
  });

  /** Somebody writes there; resolves with what the bot asked about the team or its members, and in what words it answered there. */
  async function begun(text = 'record share'): Promise<{ readonly asked: Tenant['sent']; readonly said: string }> {
    const before = tenant.sent.length;
    const { conversation, channelData } = tenant.aMessage() as { conversation: Fields; channelData: Fields };
    const message = tenant.aMessage(text, {
      conversation: { ...conversation, id: `${THREAD};messageid=1`, conversationType: 'channel', isGroup: true },
      channelData: { ...channelData, team: { id: THREAD }, channel: { id: THREAD } },
    });
    assert.equal((await tenant.deliver(message)).status, 200);
    const sent = tenant.sent.slice(before);
    return { asked: sent.filter(({ url }) => isAsked(url)), said: sent.map(({ body }) => body).join('\n') };
  }

  it('its team, where a message names its thread only, goes by the way of every message, with the bot’s own token', async () => {
    const { asked, said } = await begun();
    assert.deepEqual(asked.map(({ authorization }) => authorization), ['Bearer a-token-for-teams']); // prettier-ignore
    assert.match(said, /Answered in your own chat/u);
  });

  it('is one attempt for the team, and no redirect is followed', async () => {
    const { port } = elsewhere.address() as AddressInfo; // it listens on TCP
    for (const status of [301, 302, 307, 308, 408, 429, 500, 503]) {
      answer = { status, body: {}, headers: { Location: `http://127.0.0.1:${port}${ASKED}` } };
      const { asked, said } = await begun();
      assert.deepEqual([asked.length, seenElsewhere], [1, 0], String(status));
      assert.doesNotMatch(said, /Answered in your own chat/u);
    }
  });

  for (const [what, body] of Object.entries({ 'no object': '[]', 'a group that is none': { aadGroupId: 7 } }))
    it(`its team is not known where Teams answers with ${what}`, async () => {
      answer = { status: 200, body };
      assert.doesNotMatch((await begun()).said, /Answered in your own chat/u);
    });

  it('is one attempt for its members as well, and no redirect is followed', async () => {
    const { port } = elsewhere.address() as AddressInfo; // it listens on TCP
    for (const status of [302, 307, 429, 503]) {
      const refused = { status, body: {}, headers: { Location: `http://127.0.0.1:${port}/` } };
      const team = answer;
      tenant.teams.answer = ({ url }) => (url === ASKED ? team : isAsked(url) ? refused : undefined);
      const { asked, said } = await begun('case summary RFS-10422');
      assert.deepEqual(asked.map(({ url }) => url.includes('/pagedmembers')), [false, true]); // prettier-ignore
      assert.equal(seenElsewhere, 0);
      assert.doesNotMatch(said, /RFS-10422/u);
    }
  });
});
