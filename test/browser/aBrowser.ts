import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './launching.ts';

/** The first start unpacks the browser. */
const BROWSER_START_MS = 60_000;

let launched: Promise<Browser> | undefined;

/** The one browser of this run: `CHROMIUM_PATH` if set, else the one in the npm package. Closed after the last test. */
export function aBrowser(): Promise<Browser> {
  launched ??= launchBrowser();
  return launched;
}

/** Has the browser run before the suite that calls this. */
export function withABrowser(): void {
  before('start the browser', async function () {
    this.timeout(BROWSER_START_MS);
    await aBrowser();
  });
}

after('close the browser', async () => {
  await (await launched)?.close();
});

/** What axe is to look for, and in what of the page: a selector. */
interface AxeTask {
  readonly looksFor: 'everything' | 'colours';
  readonly within: string;
}

/** What axe finds wrong with the page as it stands: one line each, with where. */
export async function findingsOfAxe(page: Page, { looksFor, within }: AxeTask): Promise<readonly string[]> {
  // Its source is long: once a page is enough. The page has no frames, so that one run in it will do.
  const isThere = await page.evaluate(() => 'axe' in window);
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: ';' } : {}) })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], preload: false })
    .include(within);
  if (looksFor === 'colours') axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html}`));
}
