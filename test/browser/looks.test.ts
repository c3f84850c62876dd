import assert from 'node:assert/strict';
import { aBrowser, BROWSER_START_MS, findingsOfAxe } from './aBrowser.ts';
import { WITHOUT_CONSENT } from './answers.ts';
import { aTeams, type Teams } from './aTeams.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

/** The least side of what a finger is to hit. Source: look, "Local client". */
const TARGET_PX = 44;

/** Calls `look` at every kind of card on the way from the welcome to the opened record. */
async function seeEveryCard(teams: Teams, look: (name: string) => Promise<void>): Promise<void> {
  await look('welcome');
  await teams.say('record share');
  await teams.shows('The contact');
  await look('a question card');
  await teams.answerCard({ 'When did you share it?': '2090-01-04', 'How was it shared?': ['Telephone'] });
  await teams.press('Continue');
  await look('problems');
  await teams.answer('When did you share it?', '2026-11-02');
  await teams.answerAll(WITHOUT_CONSENT, () => look('a question card on the way'));
  await look('check');
  await teams.answer('Sign with your name', 'Priya Shah');
  await teams.press('Sign and save');
  await look('receipt');
  await teams.press('Open record');
  await look('record');
}

describe('the page and its cards', () => {
  let teams: Teams;
  before('start the browser', async function () {
    this.timeout(BROWSER_START_MS);
    await aBrowser();
  });
  afterEach(() => teams.close());

  it('have nothing that axe objects to, in any look', async function () {
    this.timeout(60_000);
    teams = await aTeams();
    const looks = await teams.page.getByLabel('Look').getByRole('option').allInnerTexts();
    assert.equal(looks.length, 3);
    await seeEveryCard(teams, async (name) => {
      if (name.endsWith('on the way')) return;
      for (const look of looks) {
        await teams.page.getByLabel('Look').selectOption({ label: look });
        // Only the colours differ from look to look.
        const findings = await findingsOfAxe(teams.page, look === looks[0] ? 'everything' : 'colours');
        assert.deepEqual(findings, [], `${name}, ${look}`);
      }
    });
  });

  it('need no sideways scroll on a phone, and can be hit with a finger', async function () {
    this.timeout(40_000);
    teams = await aTeams(PHONE);
    await seeEveryCard(teams, async (name) => {
      assert.deepEqual(await widerThanTheirRoom(teams), [], name);
      assert.deepEqual(await smallTargets(teams), [], name);
    });
  });

  it('ask nothing of any other machine', async () => {
    teams = await aTeams();
    const asked: string[] = [];
    teams.page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await teams.page.reload();
    await seeEveryCard(teams, async () => undefined);
    await teams.page.goto(new URL('/cards', teams.bot.running.url).href);
    await teams.page.getByRole('heading', { level: 1 }).waitFor();
    assert.deepEqual([...new Set(asked)], [teams.bot.running.url]);
  });
});

/** What is wider than the window or than the scrolling conversation lets it be. */
function widerThanTheirRoom(teams: Teams): Promise<readonly string[]> {
  return teams.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('html, body, .main, .log, .log *')]
      .filter((element) => element.getClientRects().length > 0 && getComputedStyle(element).position !== 'absolute')
      .filter(
        (element) =>
          element.getBoundingClientRect().right > window.innerWidth ||
          (element.matches('html, body, .main, .log, form, form > div') && element.scrollWidth > element.clientWidth),
      )
      .map((element) => `${element.tagName}.${element.className}`),
  );
}

/** Controls of which less than `TARGET_PX` can be hit; a box counts with the words beside it. */
function smallTargets(teams: Teams): Promise<readonly string[]> {
  return teams.page.evaluate((least) => {
    const controls = document.querySelectorAll<HTMLElement>(
      '.main :is(button, a, select, textarea, input:not([type=radio], [type=checkbox])), .main form :is(.ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect) > div',
    );
    return [...controls]
      .filter((element) => element.getClientRects().length > 0)
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.height < least || box.width < least)
      .map(({ element, box }) => `${element.outerHTML.slice(0, 120)} ${box.width}×${box.height}`);
  }, TARGET_PX);
}
