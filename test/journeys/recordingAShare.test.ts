import assert from 'node:assert/strict';
import { withABot } from './aBot.ts';
import { inputsIn, textOf, typedTextsOf, type Inputs } from './aCard.ts';
import { answerAll, messageOn, type Screen } from './aChat.ts';
import { PARTLY, SPOKEN, WITHOUT } from './answers.ts';

const SIGNED = { signature: 'Priya Shah' };

describe('recording a share', () => {
  const bot = withABot();

  const toCheck = async (answers: Inputs): Promise<Screen> => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), answers);
    assert.equal(check.heading, 'Check your answers', textOf(check.card));
    return check;
  };

  it('that was spoken, with consent, needs no proof of arrival and leaves nothing open', async () => {
    const check = await toCheck(SPOKEN);
    assert.match(textOf(check.card), /Confirmed in person/u);
    const receipt = await check.press('Sign and save', SIGNED);
    assert.match(receipt.heading, /^Saved: SL-[0-9A-HJKMNP-TV-Z]{8}$/u);
    assert.match(textOf(receipt.card), /Nothing is left open\./u);
  });

  it('without consent asks why it was right and what came of asking, and follows the outcome up', async () => {
    const check = await toCheck(WITHOUT);
    const shown = typedTextsOf(check.card);
    assert.ok(shown.includes('Waiting would have left the child at risk tonight.'));
    assert.ok(shown.includes('The same reason as for sharing without consent.'));
    assert.ok(!shown.includes('The mother, K.B.'), 'who agreed is not asked');
    const receipt = await check.press('Sign and save', SIGNED);
    assert.match(textOf(receipt.card), /One item is still open\./u);
  });

  it('with partial consent asks both sides: every answer comes back on the check card, and in the record', async () => {
    const typed = ['methodOther', 'notToldReason', 'keepFrom', 'competenceView', 'consentLimitsDetail',
      'beyondLimitsReason', 'legalReference', 'noConsentExplanation', 'familyInformedWho', 'notInformedExplanation',
      'receiptNote'].map((name) => PARTLY[name] ?? name); // prettier-ignore
    const check = await toCheck(PARTLY);
    for (const answer of typed) assert.ok(typedTextsOf(check.card).includes(answer), answer);
    const receipt = await check.press('Sign and save', SIGNED);
    const record = await receipt.press('Open record');
    for (const answer of typed) assert.ok(typedTextsOf(record.card).includes(answer), answer);
  });

  it('takes at most eight cards before the signature on the longest path', async () => {
    let shown = await bot.chat('priya').ask('record share');
    let cards = 0;
    for (; shown.heading !== 'Check your answers'; cards += 1) {
      const here = inputsIn(shown.card).map(({ id }) => id);
      const typed = Object.entries(PARTLY).filter(([id]) => here.includes(id));
      shown = await shown.press('Continue', Object.fromEntries(typed));
      assert.ok(cards < 8, `more than eight: ${shown.heading}`);
    }
  });

  it('turns the stored message into the receipt, on every device', async () => {
    const check = await toCheck(SPOKEN);
    const receipt = await check.press('Sign and save', SIGNED);
    const stored = await messageOn(bot.chat('priya'), receipt.messageId);
    assert.deepEqual(stored.card, receipt.card);
  });

  it('keeps what was typed and says what is missing when a card is not complete', async () => {
    const start = await bot.chat('priya').ask('record share');
    const again = await start.press('Continue', { concerning: 'Somebody invented' });
    assert.equal(again.heading, start.heading);
    assert.match(textOf(again.card), /One answer needs another look/u);
    assert.equal(inputsIn(again.card).find(({ id }) => id === 'concerning')?.value, 'Somebody invented');
  });

  it('does not sign without a name, and says so', async () => {
    const check = await toCheck(SPOKEN);
    const again = await check.press('Sign and save', { signature: ' ' });
    assert.equal(again.heading, 'Check your answers');
    assert.match(textOf(again.card), /Type your name/u);
    assert.match((await again.press('Sign and save', SIGNED)).heading, /^Saved/u);
  });

  it('asks someone with two teams which team the record is for', async () => {
    const start = await bot.chat('adaeze').ask('record share');
    const check = await answerAll(start, SPOKEN);
    const again = await check.press('Sign and save', { signature: 'Adaeze Merriman' });
    assert.match(textOf(again.card), /Choose the team/u);
    const team = inputsIn(again.card).find(({ id }) => id === 'teamId')?.choices?.[0]?.value ?? '';
    const receipt = await again.press('Sign and save', { signature: 'Adaeze Merriman', teamId: team });
    assert.match(receipt.heading, /^Saved/u);
  });

  it('is refused to someone who makes no records', async () => {
    const answer = await bot.chat('rowan').ask('record share');
    assert.equal(answer.heading, 'This is for practitioners');
  });
});
