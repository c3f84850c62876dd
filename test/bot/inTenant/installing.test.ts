import assert from 'node:assert/strict';
import { PEOPLE, RIVERSIDE, TENANT } from '../../journeys/aBot.ts';
import { APP_ID, aTenant, type Tenant } from './aTenant.ts';
import type { Fields } from './anIssuer.ts';

const BOT = { id: `28:${APP_ID}` };
const CAME = { type: 'conversationUpdate', action: undefined, membersAdded: [BOT] } as const;
const WENT = { type: 'conversationUpdate', action: undefined, membersRemoved: [BOT] } as const;

describe('when the app comes or goes', () => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await aTenant();
  });
  afterEach(() => tenant.close());

  const stores = () => tenant.bot.services.stores;
  const isKept = async (): Promise<boolean> => (await stores().conversations.read(PEOPLE.priya)) !== undefined;
  const isLost = async (): Promise<boolean> => (await stores().nudges.unreachable()).includes(PEOPLE.priya);
  const hears = async (changes: Fields): Promise<void> => {
    assert.equal((await tenant.deliver(tenant.anInstallation(changes))).status, 200);
  };
  const welcomes = (): number => tenant.sent.filter(({ body }) => body.includes('What is kept')).length;

  it('a person who installs it can be written to, and is welcomed once', async () => {
    await hears(CAME);
    assert.deepEqual([await isKept(), tenant.sent.length], [true, 0]);
    await hears({});
    assert.deepEqual([welcomes(), tenant.sent.length], [1, 1]);
  });

  it('is told of twice at the same moment, and welcomes once', async () => {
    await Promise.all([hears({}), hears({}), hears({})]);
    await hears({});
    assert.deepEqual([welcomes(), tenant.sent.length], [1, 1]);
  });

  it('a welcome that could not be delivered is not sent again and again', async () => {
    tenant.teams.answer = () => ({ status: 500, body: {} });
    await hears({});
    tenant.teams.answer = () => undefined;
    await hears({});
    assert.equal(welcomes(), 1);
    assert.deepEqual(await stores().notices.pending(10), []);
  });

  it('a new version welcomes nobody, and whoever has it can be written to', async () => {
    await stores().nudges.setReachable(PEOPLE.priya, false);
    await hears({ action: 'add-upgrade' });
    assert.deepEqual([await isKept(), await isLost(), tenant.sent.length], [true, false, 0]);
  });

  for (const [what, changes] of [
    ['is removed', { action: 'remove' }],
    ['loses the bot with a new version', { action: 'remove-upgrade' }],
    ['went from the chat', WENT],
  ] as const)
    it(`${what}: nothing is said, and nobody writes to that person until they write`, async () => {
      await hears(CAME);
      await hears(changes);
      assert.deepEqual([await isLost(), tenant.sent.length], [true, 0]);
      await tenant.deliver(tenant.aMessage('help'));
      assert.equal(await isLost(), false);
    });

  it('somebody who has it again can be written to', async () => {
    await hears({ action: 'remove' });
    await hears(CAME);
    assert.equal(await isLost(), false);
  });

  it('others who come into the chat, or go, change nothing', async () => {
    const other = [{ id: '29:somebody-else' }];
    await hears({ ...CAME, membersAdded: other });
    await hears({ ...CAME, membersAdded: 'nobody' });
    await hears({ ...WENT, membersRemoved: other });
    assert.deepEqual([await isKept(), await isLost(), tenant.sent.length], [false, false, 0]);
  });

  it('in a team keeps nothing of anybody, and says nothing', async () => {
    const conversation = { id: '19:riverside@thread.tacv2', tenantId: TENANT, conversationType: 'channel' };
    const channelData = { tenant: { id: TENANT }, team: { id: '19:riverside@thread.tacv2', aadGroupId: RIVERSIDE } };
    for (const changes of [{}, CAME, { ...CAME, membersAdded: [BOT, { id: '29:a', aadObjectId: PEOPLE.tom }] }])
      await hears({ ...changes, conversation, channelData });
    for (const changes of [{ action: 'remove' }, WENT]) await hears({ ...changes, conversation, channelData });
    assert.deepEqual([await isKept(), await isLost(), tenant.sent.length], [false, false, 0]);
    assert.equal(await stores().conversations.read(PEOPLE.tom), undefined);
  });

  it('for somebody who is not in the directory keeps nothing', async () => {
    const from = { id: '29:stranger', name: 'A stranger', aadObjectId: '7d1f2c40-0000-4000-8000-9e00000000ff' };
    await hears({ ...CAME, from });
    assert.equal(tenant.sent.length, 0);
    await hears({ from });
    assert.equal(tenant.sent.length, 1);
    assert.match(tenant.sent[0]?.body ?? '', /Not known here/u);
    await hears({ action: 'remove', from });
    assert.equal(await stores().conversations.read(from.aadObjectId), undefined);
    assert.deepEqual(await stores().nudges.unreachable(), []);
  });
});
