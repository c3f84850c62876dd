import Chromium from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

/** With the first two the browser ends as soon as its first window is closed; with the others it imitates a graphics card. */
const LEFT_OUT =
  /^--(?:single-process|no-zygote|in-process-gpu|ignore-gpu-blocklist|use-gl|use-angle|enable-unsafe-swiftshader)/u;

/**
 * Starts a headless browser: `CHROMIUM_PATH` if set, else the one in the npm package. A language, such as `en_GB`, is that in
 * which it writes dates and times; otherwise it is the machine’s.
 */
export async function launchBrowser(language?: string): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await Chromium.executablePath()),
    args: [
      ...Chromium.args.filter((flag) => !LEFT_OUT.test(flag)),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-quic',
    ],
    ...(language === undefined
      ? {}
      : { env: { ...process.env, LANG: `${language}.UTF-8`, LC_ALL: `${language}.UTF-8`, LANGUAGE: language } }),
    headless: true,
  });
}
