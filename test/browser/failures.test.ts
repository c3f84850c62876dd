import assert from 'node:assert/strict';
import { withABrowser } from './aBrowser.ts';
import { aTeams, question, type Teams } from './aTeams.ts';

describe('when the bot fails, the conversation', () => {
  let teams: Teams;
  withABrowser();
  beforeEach(async () => {
    teams = await aTeams();
  });
  afterEach(() => teams.close());

  const tryAgain = () => teams.page.getByRole('button', { name: 'Try again' });

  it('says that a message was not sent, and sends it at "Try again"', async () => {
    await teams.page.route('**/messages', (route) => route.abort());
    await teams.say('record share');
    await tryAgain().waitFor();
    assert.match(
      await teams.page.getByRole('log').innerText(),
      /record share[^]*Not sent\. Sharing Log is not running/u,
    );
    await teams.page.unroute('**/messages');
    await tryAgain().click();
    await teams.shows('The contact');
    assert.equal(await tryAgain().count(), 0);
  });

  it('says that a press came to nothing, keeps what was typed and presses anew at "Try again"', async () => {
    await teams.say('record share');
    await teams.shows('The contact');
    await teams.answerCard({ 'Who is this about?': 'Q.Z., aged 5', 'How was it shared?': ['Telephone'] });
    await teams.page.route('**/invoke', (route) => route.fulfill({ status: 502, json: {} }));
    await teams.card.getByRole('button', { name: 'Continue' }).click();
    await tryAgain().waitFor();
    assert.match(
      await teams.page.getByRole('log').innerText(),
      /could not deal with this\. What you typed is still here\./u,
    );
    assert.equal(await teams.card.getByLabel(question('Who is this about?')).inputValue(), 'Q.Z., aged 5');
    await teams.page.unroute('**/invoke');
    await tryAgain().click();
    await teams.shows('Who received it');
  });

  it('shows what the bot says when its store cannot be used, with a way to go on', async () => {
    await teams.say('record share');
    await teams.shows('The contact');
    await teams.answerCard({ 'Who is this about?': 'Q.Z., aged 5', 'How was it shared?': ['Telephone'] });
    await teams.bot.running.services.stores.close();
    await teams.card.getByRole('button', { name: 'Continue' }).click();
    await teams.shows('Not done');
    assert.match(await teams.card.innerText(), /has not been saved/u);
    assert.equal(await teams.card.getByRole('button').count(), 1);
  });
});
