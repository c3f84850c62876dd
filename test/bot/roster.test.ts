import assert from 'node:assert/strict';
import { TurnContext, type BotAdapter } from 'botbuilder';
import { readChannel } from '../../bot/roster.ts';
import { CodedError } from '../../src/errors.ts';

const TENANT = 'tenant-exampleshire';
const PLACE = { kind: 'channel', teamId: 'team-north', teamThreadId: '19:north@thread.tacv2' } as const;
const MEMBER = { id: '29:1', tenantId: TENANT, userRole: 'user' };

/** A turn in a channel whose members Teams gives so. */
function aTurn(members: () => Promise<object>): TurnContext {
  const connectorKey = Symbol('connector');
  const adapter = { ConnectorClientKey: connectorKey } as unknown as BotAdapter; // all of it that is used
  const conversation = { id: PLACE.teamThreadId, isGroup: true, conversationType: 'channel', name: '' };
  const context = new TurnContext(adapter, { channelData: { team: { id: PLACE.teamThreadId } }, conversation });
  context.turnState.set(connectorKey, { conversations: { getConversationPagedMembers: members } });
  return context;
}

describe('who reads along in a channel', () => {
  it('is its own team where every member is of this tenant, and no guest', async () => {
    const context = aTurn(async () => ({ members: [MEMBER] }));
    assert.deepEqual(await readChannel(context, PLACE, TENANT), { isOurs: true, teamId: PLACE.teamId });
  });

  for (const [what, more] of [
    ['a guest', { userRole: 'guest' }],
    ['somebody of another tenant', { tenantId: 'tenant-elsewhere' }],
    ['somebody of whom that is not known', { userRole: undefined }],
  ] as const)
    it(`is not its own team with ${what} in it`, async () => {
      const context = aTurn(async () => ({ members: [MEMBER, { ...MEMBER, ...more }] }));
      assert.deepEqual(await readChannel(context, PLACE, TENANT), { isOurs: false });
    });

  it('is not its own team with nobody in it: that cannot be', async () => {
    const context = aTurn(async () => ({ members: [] }));
    assert.deepEqual(await readChannel(context, PLACE, TENANT), { isOurs: false });
  });

  it('is not known when Teams does not say: then it counts as somebody else’s', async () => {
    const refused = new CodedError('outbound.status', 'A message was refused with status 403.');
    const context = aTurn(() => Promise.reject(refused));
    assert.deepEqual(await readChannel(context, PLACE, TENANT), { isOurs: false });
  });

  it('throws what is a fault of our own', async () => {
    const context = aTurn(() => Promise.reject(new TypeError('ours')));
    await assert.rejects(readChannel(context, PLACE, TENANT), TypeError);
  });
});
