import assert from 'node:assert/strict';
import { withABrowser } from './aBrowser.ts';
import { WITH_CONSENT, WITHOUT_CONSENT } from './answers.ts';
import { aTeams, question, type Answers, type Teams } from './aTeams.ts';

describe('recording a share in the browser', () => {
  let teams: Teams;
  withABrowser();
  before(async () => {
    teams = await aTeams();
  });
  after(() => teams.close());

  const typedIn = (answers: Answers): readonly string[] => Object.values(answers).flat();

  it('goes from "record share" to "Saved", and every answer can be read in the record', async () => {
    await teams.say('record share');
    await teams.shows('The contact');
    await teams.answerAll(WITH_CONSENT);
    await teams.sign();
    assert.match(await teams.card.innerText(), /Nothing is left open\./u);
    await teams.press('Open record');
    await teams.shows(/^Record share SL-/u);
    const record = await teams.card.innerText();
    for (const answer of typedIn(WITH_CONSENT)) assert.ok(record.includes(answer), `${answer} is not in:\n${record}`);
  });

  it('without consent asks why it was right, and says what is left open', async () => {
    await teams.say('record share');
    await teams.shows('The contact');
    await teams.answerAll(WITHOUT_CONSENT);
    const check = await teams.card.innerText();
    for (const answer of typedIn(WITHOUT_CONSENT)) assert.ok(check.includes(answer), `${answer} is not in:\n${check}`);
    await teams.sign();
    assert.match(await teams.card.innerText(), /2 items are still open\./u);
  });

  it('says what is wrong at the top and at each input, keeps what was typed, and goes on once it is mended', async () => {
    await teams.say('record share');
    await teams.shows('The contact');
    const wrong = {
      ...WITH_CONSENT,
      'Case reference': '',
      'Who is this about?': '',
      'When did you share it?': '2090-01-04',
    };
    await teams.answerCard(wrong);
    await teams.press('Continue');
    await teams.shows('The contact');
    const shown = await teams.card.innerText();
    const problems = [/Say who this is about/gu, /in the future|has not come yet/gu];
    assert.match(shown, /2 answers need another look/u);
    for (const problem of problems) assert.equal(shown.match(problem)?.length, 2, `${problem.source} in:\n${shown}`);
    assert.equal(await teams.card.getByLabel(question('When did you share it?')).inputValue(), '2090-01-04');
    assert.ok(await teams.card.getByLabel('Telephone', { exact: true }).isChecked());
    await teams.answer('When did you share it?', '2025-03-03');
    await teams.answerAll(WITH_CONSENT);
    await teams.sign();
  });

  it('keeps what is typed while the card brings itself up to date', async () => {
    const held = Promise.withResolvers<undefined>();
    await teams.page.route('**/invoke', async (route) => {
      await held.promise;
      await route.continue();
    });
    await teams.say('record share');
    await teams.shows('The contact');
    await teams.answerCard(WITH_CONSENT);
    const answered = teams.page.waitForResponse('**/invoke');
    held.resolve(undefined);
    await (await answered).finished();
    await teams.press('Continue');
    await teams.shows('Who received it');
    await teams.page.unroute('**/invoke');
  });
});
