import { readFileSync, writeFileSync } from 'node:fs';
import { launchBrowser } from './launching.ts';

const FOLDER = new URL('../../manifest/', import.meta.url);

/** Draws the icons of the app package from their SVG files. */
const browser = await launchBrowser();
try {
  for (const [name, pixels] of [
    ['color', 192],
    ['outline', 32],
  ] as const) {
    const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
    const svg = readFileSync(new URL(`${name}.svg`, FOLDER), 'utf8');
    await page.setContent(`<style>html, body { margin: 0 } svg { display: block }</style>${svg}`);
    writeFileSync(new URL(`${name}.png`, FOLDER), await page.screenshot({ omitBackground: name === 'outline' }));
  }
} finally {
  await browser.close();
}
