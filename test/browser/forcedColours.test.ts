import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { aSignedShare } from './aSignedShare.ts';
import { PARTLY } from '../journeys/answers.ts';
import { withABrowser } from './aBrowser.ts';
import { aTeams, type Teams } from './aTeams.ts';

/** How an element is drawn: its ground, and the width of its frame. */
const drawn = (element: Locator): Promise<{ readonly ground: string; readonly frame: string }> =>
  element.evaluate((found) => {
    const { backgroundColor: ground, borderTopWidth: frame } = getComputedStyle(found);
    return { ground, frame };
  });

// What a system in high contrast takes away: grounds and shadows. What they say has to be seen all the same.
describe('where the system chooses the colours,', () => {
  let teams: Teams;
  withABrowser();
  beforeEach(async () => {
    teams = await aTeams({ forcedColors: 'active' });
  });
  afterEach(() => teams.close());

  it('the page starts in high contrast, and the chat that is open has a frame of its own', async () => {
    assert.equal(await teams.page.getByLabel('Look').inputValue(), 'contrast');
    const entry = teams.page.getByLabel('Chats', { exact: true }).getByRole('button');
    const [open, other] = [await drawn(entry.first()), await drawn(entry.last())];
    assert.notEqual(open.frame, other.frame);
  });

  it('a chat with new messages is marked', async () => {
    await teams.page.getByLabel('Chats', { exact: true }).getByRole('button').last().click();
    const ask = teams.bot.chat('priya').ask('help');
    const mark = teams.page.locator('.unread');
    await mark.waitFor();
    await ask;
    assert.notEqual((await drawn(mark)).ground, (await drawn(teams.page.locator('body'))).ground);
  });

  it('the chief button of a card is told from the others', async () => {
    await teams.say('record share');
    await teams.shows('The contact');
    const button = (name: string) => drawn(teams.card.getByRole('button', { name, exact: true }));
    assert.notEqual((await button('Continue')).ground, (await button('Cancel')).ground);
  });

  for (const look of ['Light', 'High contrast'])
    it(`the bars of the overview are filled, in the look “${look}” too`, async () => {
      await aSignedShare(teams, PARTLY);
      await teams.become('Maureen Castle');
      await teams.page.getByLabel('Look').selectOption({ label: look });
      await teams.say('team overview');
      await teams.shows('Team overview');
      const bar = teams.card.locator('.ac-columnSet .ac-container[style*="--cardOn-accent"]').first();
      assert.notEqual((await drawn(bar)).ground, (await drawn(teams.card)).ground);
    });

  it('the box in which one writes shows that it is written in, in every look', async () => {
    await teams.page.getByLabel('Look').selectOption({ label: 'Light' });
    await teams.page.getByRole('textbox', { name: 'Write to Sharing Log' }).focus();
    const outline = await teams.page.locator('.composerBox').evaluate((box) => getComputedStyle(box).outlineStyle);
    assert.equal(outline, 'solid');
  });
});
