import assert from 'node:assert/strict';
import { PEOPLE, withABot } from './aBot.ts';
import { actionsIn, buttonIn, inputsIn, pressData, textOf } from './aCard.ts';
import { answersOn, type Screen } from './aChat.ts';
import { AGREED, ASKED, AWAITED, OUTCOME, SHARED, TOLD, URGENT } from './answers.ts';
import { answered, made } from './aRecord.ts';
import { seen } from './waiting.ts';

const A_SHARE = { ...SHARED, methods: 'phone', ...AGREED, consentLimits: 'none', ...TOLD, ...OUTCOME };

describe('what is pressed out of the ordinary', () => {
  const bot = withABot({ per: 'test' });
  const onAsked = async (): Promise<{ readonly number: string; readonly shown: Screen }> => {
    const { number } = await made(bot.chat('priya'), 'record share', { ...A_SHARE, caseReference: 'RFS-43001' });
    let shown = await bot.chat('priya').ask('request made');
    while (shown.heading !== 'What you asked for')
      shown = await shown.press('Continue', answersOn(shown.card, { ...AWAITED, caseReference: 'RFS-43001' }));
    return { number, shown };
  };
  const valueOf = (shown: Screen, id: string): string | undefined =>
    inputsIn(shown.card).find((input) => input.id === id)?.value;

  it('an agreement that cannot be taken over leaves what was typed in place', async () => {
    const { number, shown } = await onAsked();
    const same = buttonIn(shown.card, `Same consent as ${number}`);
    const data = { ...pressData(shown.card, same, { reason: 'She has not been seen.' }), number: 'SL-00000000' };
    assert.equal(valueOf(await shown.perform({ ...same, data }), 'reason'), 'She has not been seen.');
  });

  it('over-long text beside an agreement that is taken over comes back cut, and says so', async () => {
    const { number, shown } = await onAsked();
    const again = await shown.press(`Same consent as ${number}`, { reason: 'x'.repeat(4_007) });
    assert.match(textOf(again.card), /7 characters over the limit of 4000/u);
    assert.equal(valueOf(again, 'reason'), 'x'.repeat(4_000));
    assert.equal(valueOf(again, 'consent'), 'with');
  });

  it('the check card has no heading without answers, and no Change that leads nowhere', async () => {
    const answers = { ...ASKED, decision: 'notYet', waitingFor: 'A call from the legal team.' };
    const { check } = await answered(bot.chat('priya'), 'request received', answers);
    for (const change of actionsIn(check.card).filter(({ title }) => title === 'Change')) {
      const shown = await check.perform(change);
      assert.notEqual(shown.heading, 'Check your answers', String(change.data?.change));
      await shown.press('Continue');
      break;
    }
    const lines = textOf(check.card).split('\n');
    for (const heading of ['What happens next', 'Consent and the family']) assert.ok(!lines.includes(heading), heading);
  });

  it('a manager’s manager hears at once when the manager cannot be reached', async () => {
    bot.running.connector.failNext(PEOPLE.maureen, { kind: 'status', status: 403, code: 'ConversationBlockedByUser' });
    await made(bot.chat('priya'), 'record share urgent', URGENT);
    await seen(async () => (await bot.chat('adaeze').messages())[0], 'a message to the manager’s manager');
  });

  it('choosing somebody on a card that does not ask for anybody changes nothing', async () => {
    const { number } = await made(bot.chat('priya'), 'record share', A_SHARE);
    const first = await bot.chat('priya').ask('record share');
    const back = await (await first.press('Continue', answersOn(first.card, A_SHARE))).press('Back');
    const { data } = buttonIn(back.card, 'Continue');
    const taken = await back.perform({ type: 'Action.Execute', verb: 'draft.recent', data: { ...data, number } });
    assert.deepEqual(taken.card, back.card);
  });
});
