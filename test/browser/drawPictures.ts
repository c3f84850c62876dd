import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startLocal } from '../../bot/localStart.ts';
import { readSettings } from '../../bot/settings.ts';
import { SITUATION } from '../../cards/samples/sample.ts';
import { PICTURES, type Picture } from '../docs/pictures.ts';
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

/**
 * Draws the pictures of the guides from the sample cards, as the local page shows them: `npm run pictures`. Clock, time zone,
 * language, look and width are fixed, so that a card that did not change is drawn as before on the same machine.
 */
const folder = mkdtempSync(join(tmpdir(), 'sharing-log-'));
const bot = await startLocal(readSettings({ PORT: '0', DATA_DIR: join(folder, 'data') }), () => undefined);
const browser = await launchBrowser('en_GB');
try {
  const context = await browser.newContext({
    viewport: { width: 560, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    colorScheme: 'light',
    reducedMotion: 'reduce',
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
} finally {
  await browser.close();
  await bot.close();
  rmSync(folder, { recursive: true, force: true });
}
