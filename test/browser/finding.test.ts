import assert from 'node:assert/strict';
import { DECIDED_NOT_TO } from '../journeys/answers.ts';
import { made } from '../journeys/aRecord.ts';
import { withABrowser } from './aBrowser.ts';
import { aTeams, type Teams } from './aTeams.ts';

describe('finding a record beside the message box', () => {
  let teams: Teams;
  let number: string;
  withABrowser();
  beforeEach(async () => {
    teams = await aTeams();
    const contact = { contactAtDate: '2026-01-05', contactAtTime: '09:30' };
    number = (await made(teams.bot.chat('priya'), 'decided not to share', { ...DECIDED_NOT_TO, ...contact })).number;
  });
  afterEach(() => teams.close());

  it('is done by keyboard alone: search, choose, and the card stands in the chat and opens', async () => {
    const { page } = teams;
    await page.getByRole('textbox', { name: 'Write to Sharing Log' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Find a record' });
    await page.keyboard.type(number);
    await page.keyboard.press('Enter');
    await dialog.getByText('1 found.').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await teams.shows(`Decided not to share ${number}`);
    await dialog.waitFor({ state: 'hidden' });
    assert.doesNotMatch(await teams.card.innerText(), /RFS|Q\.Z\./u);
    await teams.press('Open');
    await teams.shows(`Decided not to share ${number}`);
    await teams.card.getByText('Case reference').waitFor();
  });

  it('says so when nothing is found, and starts afresh the next time', async () => {
    const { page } = teams;
    const open = page.getByRole('button', { name: 'Find a record' });
    const dialog = page.getByRole('dialog', { name: 'Find a record' });
    await open.click();
    await dialog.getByRole('textbox').fill('Nowhere School');
    await dialog.getByRole('button', { name: 'Search' }).click();
    await dialog.getByText('Nothing found that you may see.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await open.click();
    assert.equal(await dialog.getByRole('textbox').inputValue(), '');
    assert.equal(await dialog.getByText('Nothing found').isVisible(), false);
  });
});
