import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { OUTCOME_AWAITED, SPOKEN } from '../journeys/answers.ts';
import { made } from '../journeys/aRecord.ts';
import { begunBy, versionFrom } from '../journeys/furtherVersions.ts';
import { withABrowser } from './aBrowser.ts';
import { aTeams, type Answers, type Teams } from './aTeams.ts';

const DESK = { width: 1200, height: 800 };
const PHONE = { width: 360, height: 740 };

describe('further versions in the browser', () => {
  let teams: Teams;
  withABrowser();
  before(async () => {
    teams = await aTeams();
  });
  after(() => teams.close());

  /** A share that was signed on another device, by its number. */
  const signedElsewhere = async (answers = SPOKEN): Promise<string> =>
    (await made(teams.bot.chat('priya'), 'record share', answers)).number;
  const changeTo = async (section: string, answers: Answers): Promise<void> => {
    await teams.card.getByTitle(`Change: ${section}`).click();
    await teams.shows(section);
    await teams.answerCard(answers);
    await teams.press('Continue');
    await teams.shows('Check your answers');
  };
  const sign = async (answers: Answers, number: string): Promise<void> => {
    await teams.shows('Check your answers');
    await teams.answerCard({ ...answers, 'Sign with your name': 'Priya Shah' });
    await teams.press('Sign and save');
    await teams.shows(`Saved: ${number}`);
  };

  it('amends an answer with a reason; the history shows both, and the earlier version as it was', async () => {
    const number = await signedElsewhere();
    await teams.say(`record ${number}`);
    await teams.shows(`Record share ${number}`);
    await teams.press('Amend');
    await teams.shows('Check your answers');
    await changeTo('Who received it', { 'Who received it?': 'Nia Practice-Jones' });
    assert.match(
      await teams.card.innerText(),
      /What you change\s+Who received it\?\s+Before\s+Nia Practice\s+Now\s+Nia Practice-Jones/u,
    );
    await sign({ 'Why do you change it?': 'Her name was misspelt.' }, number);
    await teams.press('Open record');
    await teams.shows(`Record share ${number}`);
    await teams.press('History');
    await teams.shows(`History of ${number}`);
    const page = await teams.card.innerText();
    assert.match(page, /Version 2 of 2\s+Amended\s+Priya Shah, [^]+Her name was misspelt\.\s+What changed/u);
    assert.match(page, /Before\s+Nia Practice\s+Now\s+Nia Practice-Jones/u);
    await teams.press('Earlier');
    await teams.press('Open this version');
    await teams.shows(`Record share ${number}`);
    assert.ok(!(await teams.card.innerText()).includes('Nia Practice-Jones'));
  });

  it('adds an outcome to what is open, and nothing is open any more', async () => {
    const number = await signedElsewhere(OUTCOME_AWAITED);
    await teams.say(`add outcome ${number}`);
    await teams.shows('What happens next');
    await teams.answerCard({
      'Do you know the outcome?': 'Yes',
      'What was the outcome?': 'They have mended the heating.',
      'What happens next?': 'none',
    });
    await teams.press('Continue');
    await sign({}, number);
    assert.match(await teams.card.innerText(), /Outcome added[^]+Nothing is left open\./u);
    await teams.press('Open record');
    await teams.shows(`Record share ${number}`);
    const record = await teams.card.innerText();
    assert.match(record, /What was the outcome\?\s+They have mended the heating\./u);
    assert.ok(!record.includes('Still open'));
  });

  it('have cards with which axe finds no fault, in any look, and which need no sideways scroll on a phone', async function () {
    this.timeout(40_000);
    const number = await signedElsewhere();
    const priya = teams.bot.chat('priya');
    await versionFrom(await begunBy(priya, `withdraw consent ${number}`), { answers: { withdrawnBy: 'The mother, K.B.', withdrawnTold: 'She rang me' } }); // prettier-ignore
    await versionFrom(await begunBy(priya, `dispute ${number}`), { answers: { disputedBy: 'The father, D.B.', disputeText: 'He says that nobody asked him.' } }); // prettier-ignore
    await teams.say(`record ${number}`);
    await teams.shows(`Record share ${number}`);
    await teams.card.getByText('He says that nobody asked him.').waitFor();
    await looksWell(teams, 'the record with notes');
    await teams.say(`amend ${number}`);
    await teams.shows('Check your answers');
    await changeTo('What was shared, and why', {
      'Why did you share it?': `A very${'-long'.repeat(30)}-word was wrong.`,
    });
    await looksWell(teams, 'the check card of an amendment');
    await sign({ 'Why do you change it?': 'I had the word wrong.' }, number);
    await teams.say(`history ${number}`);
    await teams.shows(`History of ${number}`);
    await looksWell(teams, 'the history');
  });
});

/** Looks at the newest card with axe in each look, and on a phone for what is wider than its room. */
async function looksWell({ page, card }: Teams, name: string): Promise<void> {
  const looks = await page.getByLabel('Look').getByRole('option').allInnerTexts();
  assert.equal(looks.length, 3);
  for (const look of looks) {
    await page.getByLabel('Look').selectOption({ label: look });
    const axe = new AxeBuilder({ page }).setLegacyMode().include('article:last-of-type'); // within one page: quicker
    axe.options({ resultTypes: ['violations'], preload: false });
    // Only the colours differ from look to look.
    if (look !== looks[0]) axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    assert.deepEqual(
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`)),
      [],
      `${name}, ${look}`,
    );
  }
  await page.setViewportSize(PHONE);
  await card.waitFor();
  assert.deepEqual(await scrolledSideways(page), [], name);
  await page.setViewportSize(DESK);
}

/** What can be scrolled sideways, or stands beyond the right edge of the window. */
function scrolledSideways(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
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
