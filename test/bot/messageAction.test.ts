import assert from 'node:assert/strict';
import { aBot, aFolder, PEOPLE, removeFolder, type TestBot } from '../journeys/aBot.ts';
import { actionsIn, headingOf, inputsIn, textOf } from '../journeys/aCard.ts';
import { cardIn } from '../journeys/aChat.ts';
import { assertNoFaultIn, aWire, type Changes, type Wire } from './aWire.ts';

const CANARY = 'Zebra Canary told me about RFS-99231';

describe('recording a message as a share', () => {
  let dataDir: string;
  let bot: TestBot;
  let wire: Wire;
  beforeEach(async () => {
    dataDir = aFolder();
    bot = await aBot(dataDir);
    wire = aWire(bot, (await bot.chat('priya').ask('help')).messageId);
  });
  afterEach(async () => {
    assertNoFaultIn(bot.logged);
    await bot.close();
    removeFolder(dataDir);
  });

  const onMessage = (messagePayload: unknown, changes: Changes = {}): Changes => ({
    ...wire.anInvoke({}),
    name: 'composeExtension/fetchTask',
    value: { commandId: 'recordShare', commandContext: 'message', messagePayload },
    ...changes,
  });
  const answerTo = async (activity: Changes): Promise<string> => {
    const { status, text } = await wire.post(JSON.stringify(activity));
    assert.equal(status, 200, text);
    const { task } = JSON.parse(text) as { task: { type: string; value: string } }; // what every action is answered with
    assert.equal(task.type, 'message');
    return task.value;
  };
  const now = (): number => Date.parse(bot.running.services.clock.now());
  const minutesAgo = (minutes: number): string => new Date(now() - minutes * 60_000).toISOString();
  const lastCard = async () =>
    (await bot.chat('priya').messages()).at(-1)?.activity.attachments?.[0]?.content ?? assert.fail('no card');

  it('starts a draft in one’s own chat with the time of the message and nothing else of it', async () => {
    const before = await bot.chat('priya').messages();
    const createdDateTime = minutesAgo(95);
    const payload = { createdDateTime, body: { contentType: 'html', content: CANARY }, from: { user: { displayName: CANARY } }, subject: CANARY }; // prettier-ignore
    assert.match(await answerTo(onMessage({ id: '1', ...payload })), /^A record is started in your own chat/u);
    const after = await bot.chat('priya').messages();
    assert.equal(after.length, before.length + 1);
    assert.ok(!JSON.stringify(after.slice(before.length)).includes(createdDateTime.slice(0, 16)));
    const [line, ...others] = await bot.running.services.stores.drafts.unfinished(PEOPLE.priya);
    assert.deepEqual(others, []);
    const open = { type: 'Action.Execute', verb: 'draft.open', data: { draftId: line!.draftId } };
    const form = cardIn(await bot.chat('priya').invoke(after.at(-1)!.id, open));
    assert.equal(headingOf(form), 'The contact');
    const filled = inputsIn(form).filter(({ value }) => value !== undefined && value !== '');
    assert.deepEqual(filled.map(({ type }) => type).sort(), ['Input.Date', 'Input.Time']); // prettier-ignore
    assert.ok(!JSON.stringify([form, after]).includes('Canary'));
  });

  for (const [what, payload] of [
    ['that says no time', {}],
    ['with a time that is none', { createdDateTime: 'yesterday' }],
    ['from the future', { createdDateTime: '2099-01-01T00:00:00Z' }],
    ['with a number for a time', { createdDateTime: 1_700_000_000 }],
  ] as const)
    it(`says so when a message ${what} is recorded, and starts the draft all the same`, async () => {
      assert.match(await answerTo(onMessage(payload)), /could not be read/u);
      assert.equal((await bot.running.services.stores.drafts.unfinished(PEOPLE.priya)).length, 1);
    });

  for (const [what, value] of Object.entries<unknown>({
    'another command': { commandId: 'steal', messagePayload: {} },
    'no message': { commandId: 'recordShare' },
    'a message that is text': { commandId: 'recordShare', messagePayload: 'text' },
    nothing: undefined,
  }))
    it(`starts nothing for an action with ${what}`, async () => {
      const answer = await wire.refused(JSON.stringify(onMessage({}, { value })));
      assert.match(answer.text, /does not know this action/u);
    });

  it('starts nothing for somebody who is not known, or who may not record', async () => {
    const stranger = { id: '29:x', aadObjectId: '7d1f2c40-0000-4000-8000-9e00000000ff' };
    const answer = await wire.refused(
      JSON.stringify(onMessage({ createdDateTime: minutesAgo(1) }, { from: stranger })),
    );
    assert.match(answer.text, /does not know you/u);
  });

  it('works from a message in a channel: the draft opens in one’s own chat', async () => {
    const conversation = { id: '19:channel;messageid=1', conversationType: 'channel', isGroup: true, tenantId: bot.running.services.tenantId }; // prettier-ignore
    assert.match(
      await answerTo(onMessage({ createdDateTime: minutesAgo(5) }, { conversation })),
      /^A record is started/u,
    );
    const card = await lastCard();
    assert.ok(actionsIn(card).some(({ verb }) => verb === 'draft.open'));
    assert.ok(!textOf(card).includes('RFS'));
  });
});
