import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { useFakeTimers } from 'sinon';
import { startLocal } from '../../bot/localStart.ts';
import { readSettings } from '../../bot/settings.ts';
import { SITUATION } from '../../cards/samples/sample.ts';
import { CONVERSATION, PICTURES, type Picture } from '../docs/pictures.ts';
import { launchBrowser } from './launching.ts';

const FOLDER = new URL('../../docs/images/', import.meta.url);

/** Leaves of a card what its picture shows. Throws where a text that should be there is not. */
async function cutTo(card: Locator, { from, to }: Picture): Promise<void> {
  await card.evaluate(
    (form, part) => {
      const blocks = [...(form.querySelector('.ac-adaptiveCard')?.children ?? [])];
      const nth = (text: string): number => {
        const at = blocks.findIndex((block) => block.textContent.includes(text));
        if (at < 0) throw new Error(`The card does not say “${text}”.`);
        return at;
      };
      const first = part.from === undefined ? 0 : nth(part.from) - 1; // with the space above it
      const last = part.to === undefined ? blocks.length : nth(part.to);
      // The heading stays: it says what this is.
      blocks.forEach((block, at) => {
        if (at > last || (at > 0 && at < first)) block.remove();
      });
    },
    { from, to },
  );
}

const SAME_EVERYWHERE = { locale: 'en-GB', timezoneId: 'Europe/London', colorScheme: 'light', reducedMotion: 'reduce' } as const; // prettier-ignore

/** Draws the picture of the page itself: somebody who has begun to answer the second card of a share. */
async function drawConversation(drawingWith: Browser, url: string): Promise<void> {
  const context = await drawingWith.newContext({ viewport: { width: 1200, height: 800 }, ...SAME_EVERYWHERE });
  await context.clock.setFixedTime(SITUATION.now);
  const page = await context.newPage();
  await page.goto(url);
  const card = page.getByRole('article').last().locator('form');
  await card.getByRole('heading', { name: 'Sharing Log' }).waitFor();
  const box = page.getByRole('textbox', { name: 'Write to Sharing Log' });
  await box.fill('record share');
  await box.press('Enter');
  await card.getByLabel('Who is this about?').fill('Q.Z., aged 5, and her aunt');
  await card.getByRole('checkbox', { name: 'Telephone' }).check();
  await card.getByRole('button', { name: 'Continue' }).click();
  for (const [label, answer] of CONVERSATION.answers) await card.getByLabel(label).first().fill(answer);
  await card.getByRole('checkbox', { name: 'Name' }).focus();
  await page.getByText('record share', { exact: true }).last().evaluate((said) => said.closest('article')?.scrollIntoView({ block: 'start' })); // prettier-ignore
  await page.mouse.move(0, 0);
  await page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
  );
  writeFileSync(new URL(`${CONVERSATION.name}.png`, FOLDER), await page.screenshot({ animations: 'disabled', caret: 'hide' })); // prettier-ignore
}

/**
 * Draws the pictures of the guides from the sample cards, and that of the conversation, as the local page shows them: `npm
 * run pictures`. Clock, time zone, language, look and width are fixed, so that a card that did not change is drawn as before
 * on the same machine.
 */
const clock = useFakeTimers({ now: Date.parse(SITUATION.now), toFake: ['Date'] });
const folder = mkdtempSync(join(tmpdir(), 'sharing-log-'));
const bot = await startLocal(readSettings({ PORT: '0', DATA_DIR: join(folder, 'data') }), () => undefined);
const browser = await launchBrowser('en_GB');
try {
  const context = await browser.newContext({
    viewport: { width: 560, height: 900 },
    ...SAME_EVERYWHERE,
  });
  await context.clock.setFixedTime(SITUATION.now);
  const page = await context.newPage();
  for (const [name, picture] of Object.entries(PICTURES)) {
    await page.goto(`${bot.url}/cards?theme=light&width=800&id=${encodeURIComponent(picture.sample)}`);
    const card = page.locator('form.card');
    await card.waitFor();
    await cutTo(card, picture);
    writeFileSync(new URL(`${name}.png`, FOLDER), await card.screenshot({ animations: 'disabled', caret: 'hide' }));
  }
  await drawConversation(browser, bot.url);
} finally {
  clock.restore();
  await browser.close();
  await bot.close();
  rmSync(folder, { recursive: true, force: true });
}
