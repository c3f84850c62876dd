import assert from 'node:assert/strict';
import { withABrowser } from './aBrowser.ts';
import { IN_HASTE, WITH_CONSENT } from './answers.ts';
import { aTeams, type Teams } from './aTeams.ts';

describe('an urgent share in the browser', () => {
  let teams: Teams;
  withABrowser();
  before(async () => {
    teams = await aTeams();
  });
  beforeEach(() => teams.become('Priya Shah'));
  after(() => teams.close());

  const signInHaste = async (): Promise<string> => {
    await teams.say('record share urgent');
    await teams.shows('What you shared');
    await teams.answerAll(IN_HASTE);
    return teams.sign();
  };

  it('takes one card, says by when it is to be completed, and is then completed under the same number', async () => {
    const number = await signInHaste();
    assert.match(await teams.card.innerText(), /Record to be completed by 12:00 on \w+day /u);
    await teams.press('Complete it');
    await teams.shows('Who received it');
    await teams.answerAll(WITH_CONSENT);
    assert.equal(await teams.sign(), number);
    assert.match(await teams.card.innerText(), /Nothing is left open\./u);
    await teams.press('Open record');
    await teams.shows(`Record share ${number}`);
    const record = await teams.card.innerText();
    for (const answer of Object.values(WITH_CONSENT).flat())
      assert.ok(record.includes(answer), `${answer} is not in:\n${record}`);
  });

  it('shows what is not known yet when it is opened before that, and stands among what is unfinished', async () => {
    const number = await signInHaste();
    await teams.press('Open record');
    await teams.shows(`Record share ${number}`);
    assert.match(await teams.card.innerText(), /Did the family agree to this sharing\?\s+Not known yet/iu);
    await teams.say('drafts');
    await teams.shows('Your unfinished records');
    await teams.press(teams.card.getByTitle(`Complete it: ${number}`));
    await teams.shows('Who received it');
  });

  it('is told to the manager, who can open it', async () => {
    const number = await signInHaste();
    await teams.become('Maureen Castle');
    const told = teams.page.getByRole('article').filter({ hasText: number });
    await told.getByRole('heading', { name: 'An urgent record was made' }).waitFor();
    assert.ok(!(await told.innerText()).includes('RFS-10422'), 'nothing of the case stands in the message');
    await told.getByRole('button', { name: 'Open record' }).click();
    await told.getByRole('heading', { name: `Record share ${number}` }).waitFor();
    assert.match(await told.innerText(), /That the child has lost weight since August\./u);
  });
});
