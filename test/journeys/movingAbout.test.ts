import assert from 'node:assert/strict';
import { withABot } from './aBot.ts';
import { actionsIn, buttonIn, inputsIn, textOf, typedTextsOf } from './aCard.ts';
import { answerAll, refreshed, type Screen } from './aChat.ts';
import { SPOKEN } from './answers.ts';

const SIGNED = { signature: 'Priya Shah' };
const FIRST = { caseReference: 'RFS-10422', concerning: 'J.B.', methods: 'phone' };

function valueOf(shown: Screen, id: string): string | undefined {
  return inputsIn(shown.card).find((input) => input.id === id)?.value;
}

describe('moving about in an unfinished record', () => {
  const bot = withABot({ per: 'test' });

  it('goes back to the card before with its answers in place', async () => {
    const first = await bot.chat('priya').ask('record share');
    const second = await first.press('Continue', FIRST);
    const back = await second.press('Back');
    assert.equal(back.heading, first.heading);
    assert.equal(valueOf(back, 'concerning'), 'J.B.');
    assert.equal(valueOf(back, 'methods'), 'phone');
  });

  it('has no way back from the first card', async () => {
    const first = await bot.chat('priya').ask('record share');
    assert.ok(!actionsIn(first.card).some(({ title }) => title === 'Back'));
  });

  it('is put away with Finish later and found again with “drafts”', async () => {
    const first = await bot.chat('priya').ask('record share');
    const second = await first.press('Continue', FIRST);
    assert.equal((await second.press('Finish later')).heading, 'Kept for later');
    const drafts = await bot.chat('priya').ask('drafts');
    const resumed = await drafts.press('Resume');
    assert.equal(resumed.heading, second.heading);
    assert.match((await (await answerAll(resumed, SPOKEN)).press('Sign and save', SIGNED)).heading, /^Saved/u);
  });

  it('asks once before it deletes, and keeps everything when the person thinks again', async () => {
    const second = await (await bot.chat('priya').ask('record share')).press('Continue', FIRST);
    const asked = await second.press('Cancel');
    assert.equal(asked.heading, 'Delete this unfinished record?');
    assert.equal((await asked.press('Keep it')).heading, second.heading);
    assert.equal((await asked.press('Delete it')).heading, 'Deleted');
    assert.equal((await bot.chat('priya').ask('drafts')).heading, 'No unfinished records');
  });

  it('comes back to the check card after one answer was changed', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    const change = actionsIn(check.card).find(
      ({ verb, data }) => verb === 'draft.change' && data?.change === 'recipient',
    );
    assert.ok(change !== undefined);
    const recipient = await check.perform(change);
    assert.equal(valueOf(recipient, 'recipientName'), 'Nia Practice');
    const after = await recipient.press('Continue', { recipientName: 'Nia Changed' });
    assert.equal(after.heading, 'Check your answers');
    assert.ok(typedTextsOf(after.card).includes('Nia Changed'));
  });

  it('keeps a signature that was typed before Change was pressed', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    const { data, ...change } = actionsIn(check.card).find(({ verb }) => verb === 'draft.change')!;
    const changing = await check.perform({ ...change, data: { ...data, ...SIGNED } });
    assert.equal(valueOf(await answerAll(changing, SPOKEN), 'signature'), 'Priya Shah');
  });

  it('adds a professional view from the check card and shows it there', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    const view = await check.press('Add a professional view');
    const kind = inputsIn(view.card).find(({ id }) => id === 'professionalViewKind')?.choices?.[0]?.value ?? '';
    const after = await view.press('Continue', { professionalView: 'She copes well.', professionalViewKind: kind });
    assert.equal(after.heading, 'Check your answers');
    assert.match(textOf(after.card), /She copes well\./u);
  });

  it('keeps several unfinished records apart', async () => {
    const [one, other] = [await bot.chat('priya').ask('record share'), await bot.chat('priya').ask('record share')];
    await one.press('Continue', { ...FIRST, concerning: 'The first family' });
    await other.press('Continue', { ...FIRST, concerning: 'The second family' });
    const drafts = await bot.chat('priya').ask('drafts');
    const resumes = actionsIn(drafts.card).filter(({ title }) => title === 'Resume');
    assert.equal(resumes.length, 2);
    const seen: (string | undefined)[] = [];
    for (const resume of resumes) {
      const shown = await drafts.perform(resume);
      seen.push(valueOf(await shown.press('Back'), 'concerning'));
    }
    assert.deepEqual(seen.toSorted(), ['The first family', 'The second family']);
  });

  it('pages a long list of unfinished records eight at a time', async () => {
    for (let made = 0; made < 9; made += 1) await bot.chat('priya').ask('record share');
    const drafts = await bot.chat('priya').ask('drafts');
    assert.equal(actionsIn(drafts.card).filter(({ title }) => title === 'Resume').length, 8);
    const older = await drafts.press('Older');
    assert.equal(actionsIn(older.card).filter(({ title }) => title === 'Resume').length, 1);
  });

  it('goes on where it stood when another device shows the message', async () => {
    const chat = bot.chat('priya');
    const first = await chat.ask('record share');
    const second = await first.press('Continue', FIRST);
    const elsewhere = await refreshed(chat, first.messageId);
    assert.deepEqual(elsewhere.card, second.card);
    const receipt = await (await answerAll(elsewhere, SPOKEN)).press('Sign and save', SIGNED);
    assert.match(receipt.heading, /^Saved/u);
  });

  it('shows where it stands, and does nothing twice, when an older card is pressed', async () => {
    const first = await bot.chat('priya').ask('record share');
    await first.press('Continue', FIRST);
    const again = await first.press('Continue', { ...FIRST, concerning: 'Somebody else' });
    assert.match(textOf(again.card), /has moved on since that card was drawn/u);
    assert.equal(valueOf(await again.press('Back'), 'concerning'), 'J.B.');
  });

  it('goes on after the bot was stopped and started again', async () => {
    const first = await bot.chat('priya').ask('record share');
    const second = await first.press('Continue', FIRST);
    await bot.close();
    await bot.start();
    const drafts = await bot.chat('priya').ask('drafts');
    const resumed = await drafts.press('Resume');
    assert.equal(resumed.heading, second.heading);
    const receipt = await (await answerAll(resumed, SPOKEN)).press('Sign and save', SIGNED);
    await bot.close();
    await bot.start();
    const number = receipt.heading.replace('Saved: ', '');
    const record = await (await bot.chat('priya').ask(`record ${number}`)).press('Open');
    assert.equal(record.heading, `Record share ${number}`);
  });

  it('keeps two people’s records apart, whoever knows the draft’s id', async () => {
    const mine = await bot.chat('priya').ask('record share');
    await mine.press('Continue', FIRST);
    const theirs = await bot.chat('tom').ask('record share');
    const { data } = buttonIn(mine.card, 'Continue');
    const taken = await theirs.perform({ ...buttonIn(theirs.card, 'Continue'), data: { ...data, ...FIRST } });
    assert.equal(taken.heading, 'Not here any more');
    const opened = await theirs.perform({
      type: 'Action.Execute',
      verb: 'draft.open',
      data: { draftId: data?.draftId },
    });
    assert.deepEqual(opened.card, taken.card);
  });
});
