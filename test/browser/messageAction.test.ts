import assert from 'node:assert/strict';
import { withABrowser } from './aBrowser.ts';
import { aTeams, type Teams } from './aTeams.ts';

const AS_SHARE = 'Record this message as a share';

describe('recording a message as a share, from the page', () => {
  let teams: Teams;
  withABrowser();
  beforeEach(async () => {
    teams = await aTeams();
  });
  afterEach(() => teams.close());

  it('is offered on what people wrote, is said to be done, and starts a record with nothing but the time', async () => {
    await teams.say('help');
    await teams.shows('What you can ask');
    const action = teams.page.getByRole('button', { name: AS_SHARE });
    assert.equal(await action.count(), 1);
    await action.focus();
    await teams.page.keyboard.press('Enter');
    await teams.page.getByRole('log').getByText('Nothing else was taken from it.').waitFor();
    await teams.shows('Record share');
    await teams.press('Open');
    await teams.shows('The contact');
    assert.equal(await teams.card.getByLabel(/^Who is this about/u).inputValue(), '');
    assert.notEqual(await teams.card.getByLabel(/^When did you share it/u).inputValue(), '');
  });

  it('says so when it comes to nothing, and can be tried again', async () => {
    await teams.say('help');
    await teams.shows('What you can ask');
    await teams.page.route('**/action', (route) => route.abort());
    await teams.page.getByRole('button', { name: AS_SHARE }).press('Enter');
    const again = teams.page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await teams.page.unroute('**/action');
    await again.click();
    await teams.page.getByRole('log').getByText('Nothing else was taken from it.').waitFor();
    assert.equal(await again.count(), 0);
  });
});
