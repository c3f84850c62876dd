import { AxeBuilder } from '@axe-core/playwright';
import Chromium from '@sparticuz/chromium';
import { chromium, type Browser, type Page } from 'playwright-core';

/** The first start unpacks the browser. */
export const BROWSER_START_MS = 60_000;

/** With these the browser ends as soon as its first window is closed. */
const ONE_PROCESS: readonly string[] = ['--single-process', '--no-zygote'];

let launched: Promise<Browser> | undefined;

/** The one browser of this run: `CHROMIUM_PATH` if set, else the one in the npm package. Closed after the last test. */
export function aBrowser(): Promise<Browser> {
  launched ??= launch();
  return launched;
}

async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await Chromium.executablePath()),
    args: [
      ...Chromium.args.filter((flag) => !ONE_PROCESS.includes(flag)),
      '--disable-background-networking',
      '--disable-quic',
    ],
    headless: true,
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
  // Within one page, which has no frames: several times as quick.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .include(within);
  if (looksFor === 'colours') axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html}`));
}
