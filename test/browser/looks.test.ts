import assert from 'node:assert/strict';
import { findingsOfAxe, withABrowser } from './aBrowser.ts';
import { PARTLY } from '../journeys/answers.ts';
import { IN_HASTE, REPLY_AWAITED, WITHOUT_CONSENT } from './answers.ts';
import { aSignedShare } from './aSignedShare.ts';
import { seeACase } from './seeACase.ts';
import { aTeams, type Teams } from './aTeams.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

/** The least side of what a finger is to hit. Source: look, "Local client". */
const TARGET_PX = 44;

/** What is to be done at each kind of card. */
type Look = (name: string) => Promise<void>;

/** Calls `look` at every kind of card on the way from the welcome to the opened record. */
async function seeAShare(teams: Teams, look: Look): Promise<void> {
  await look('welcome');
  await teams.say('record share');
  await teams.shows('The contact');
  await look('a question card');
  await teams.answerCard({ 'When did you share it?': '2090-01-04', 'How was it shared?': ['Telephone'] });
  await teams.press('Continue');
  await look('problems');
  await teams.answer('When did you share it?', '2025-03-03');
  await teams.answerAll(WITHOUT_CONSENT, () => look(ON_THE_WAY));
  await look('check');
  await teams.sign();
  await look('receipt');
  await teams.press('Open record');
  await look('record');
}

/** Calls `look` at the cards of an urgent record, at those that save typing, at the list, and at a manager's message. */
async function seeTheOtherCards(teams: Teams, look: Look): Promise<void> {
  const number = await aSignedShare(teams, PARTLY);
  await teams.say('request made');
  await teams.shows('The contact');
  await teams.answerCard({ ...REPLY_AWAITED, 'Case reference': PARTLY.caseReference ?? '' });
  await teams.press('Continue');
  await teams.card.getByRole('button', { name: 'Someone you dealt with lately' }).click();
  await teams.card.getByRole('button', { name: /^Fill in / }).waitFor();
  await look('people dealt with lately, unfolded');
  await teams.answerCard(REPLY_AWAITED);
  await teams.press('Continue');
  await teams.card.getByRole('button', { name: `Same consent as ${number}` }).waitFor();
  await look('an earlier agreement to be taken over');
  await teams.answerAll(REPLY_AWAITED);
  await teams.card.getByText('Earlier limits to consent on this case').waitFor();
  await look('check with earlier limits');
  await teams.say('record share urgent');
  await teams.shows('What you shared');
  await teams.answerAll(IN_HASTE);
  await teams.sign();
  await look('urgent receipt');
  await teams.say('my records');
  await teams.shows('Your records');
  await look('the list of records');
  await teams.become('Maureen Castle');
  await teams.page.getByRole('heading', { name: 'An urgent record was made' }).waitFor();
  await look('a message to a manager');
}

/** On the way there are more cards of a kind that was looked at: a phone is narrow for each of them, axe takes long. */
const ON_THE_WAY = 'a question card on the way';

/** Looked at with the page around it; of other cards, only the newest. */
const WITH_THE_PAGE: ReadonlySet<string> = new Set(['welcome', 'a message to a manager']);

const WALKS = [
  { cards: 'a share', see: seeAShare },
  { cards: 'other records', see: seeTheOtherCards },
  { cards: 'a case', see: seeACase },
] as const;

describe('the page and the cards of', () => {
  let teams: Teams;
  withABrowser();
  afterEach(() => teams.close());

  const askAxe: Look = async (name) => {
    if (name === ON_THE_WAY) return;
    const looks = await teams.page.getByLabel('Look').getByRole('option').allInnerTexts();
    assert.equal(looks.length, 3);
    for (const look of looks) {
      await teams.page.getByLabel('Look').selectOption({ label: look });
      const findings = await findingsOfAxe(teams.page, {
        // Only the colours differ from look to look.
        looksFor: look === looks[0] ? 'everything' : 'colours',
        within: WITH_THE_PAGE.has(name) ? 'body' : 'article:last-of-type',
      });
      assert.deepEqual(findings, [], `${name}, ${look}`);
    }
  };

  const measure: Look = async (name) => {
    assert.deepEqual(await widerThanTheirRoom(teams), [], name);
    assert.deepEqual(await smallTargets(teams), [], name);
  };

  for (const { cards, see } of WALKS) {
    it(`${cards} have nothing that axe objects to, in any look`, async function () {
      this.timeout(60_000);
      teams = await aTeams();
      await see(teams, askAxe);
    });

    it(`${cards} need no sideways scroll on a phone, and can be hit with a finger`, async function () {
      this.timeout(40_000);
      teams = await aTeams(PHONE);
      await see(teams, measure);
    });
  }

  it('a share ask nothing of any other machine', async () => {
    teams = await aTeams();
    const asked: string[] = [];
    teams.page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await teams.page.reload();
    await teams.shows('Sharing Log');
    await teams.say('record share');
    await teams.shows('The contact');
    await teams.page.goto(new URL('/cards?id=record-keep', teams.bot.running.url).href);
    await teams.page.getByText('Keep this from').waitFor();
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
      '.main :is(button, [role=button], a, select, textarea, input:not([type=radio], [type=checkbox])), .main form :is(.ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect) > div',
    );
    return [...controls]
      .filter((element) => element.getClientRects().length > 0)
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.height < least || box.width < least)
      .map(({ element, box }) => `${element.outerHTML.slice(0, 120)} ${box.width}×${box.height}`);
  }, TARGET_PX);
}
