import assert from 'node:assert/strict';
import { withABrowser } from './aBrowser.ts';
import { aTeams, question, type Teams } from './aTeams.ts';

describe('an unfinished share in the browser', () => {
  let teams: Teams;
  withABrowser();
  beforeEach(async () => {
    teams = await aTeams();
    await teams.say('record share');
    await teams.shows('The contact');
    await teams.answerCard({ 'Who is this about?': 'Q.Z., aged 5', 'How was it shared?': ['Telephone'] });
    await teams.press('Continue');
    await teams.shows('Who received it');
  });
  afterEach(() => teams.close());

  it('is kept for later and goes on where it stood, after the page was loaded anew', async () => {
    await teams.press('Finish later');
    await teams.shows('Kept for later');
    await teams.page.reload();
    await teams.shows('Who received it'); // the message itself stands where the draft stands
    await teams.say('drafts');
    await teams.shows('Your unfinished records');
    await teams.press('Resume');
    await teams.shows('Who received it');
    await teams.press('Back');
    await teams.shows('The contact');
    assert.equal(await teams.card.getByLabel(question('Who is this about?')).inputValue(), 'Q.Z., aged 5');
  });

  it('goes on at "Resume" on the card that said it was kept', async () => {
    await teams.press('Finish later');
    await teams.shows('Kept for later');
    await teams.press('Resume');
    await teams.shows('Who received it');
  });

  it('is deleted only when that was asked once and answered', async () => {
    await teams.press('Cancel');
    await teams.shows('Delete this unfinished record?');
    await teams.press('Keep it');
    await teams.shows('Who received it');
    await teams.press('Cancel');
    await teams.shows('Delete this unfinished record?');
    await teams.press('Delete it');
    await teams.shows('Deleted');
    await teams.say('drafts');
    await teams.shows('No unfinished records');
  });
});
