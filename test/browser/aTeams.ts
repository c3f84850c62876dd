import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { aBot, aFolder, removeFolder, type TestBot } from '../journeys/aBot.ts';
import { aBrowser } from './aBrowser.ts';

/** An answer by what stands on the screen: what is typed or chosen, or the boxes that are ticked. */
export type Answer = string | readonly string[];

/** Answers by the label of their question. */
export type Answers = Readonly<Record<string, Answer>>;

/** Somebody at the practice Teams, with a bot of their own. */
export interface Teams {
  readonly page: Page;
  readonly bot: TestBot;
  /** The newest card in the conversation. */
  readonly card: Locator;
  say(text: string): Promise<void>;
  /** Waits until the newest card has this heading, and gives the heading. */
  shows(heading: string | RegExp): Promise<Locator>;
  answer(label: string, answer: Answer): Promise<void>;
  /** Answers the questions of this card that are in the table. */
  answerCard(answers: Answers): Promise<void>;
  /** Presses a button of the newest card, given by its name or itself, and waits for the card that comes instead. */
  press(button: string | Locator): Promise<void>;
  /** Goes on from card to card until the answers are to be checked; `onCard` is called before each is answered. */
  answerAll(answers: Answers, onCard?: () => Promise<void>): Promise<void>;
  /** Signs what is to be checked, with the answers that stand on that card, and gives the number of the record. */
  sign(answers?: Answers): Promise<string>;
  /** Looks in as somebody else, at their own chat. */
  become(name: string): Promise<void>;
  /** Ends the page and the bot and removes the data. */
  close(): Promise<void>;
}

/** Opens the page as its first person, Priya Shah, on a bot with a fresh data folder. */
export async function aTeams(options: BrowserContextOptions = {}): Promise<Teams> {
  const dataDir = aFolder();
  const bot = await aBot(dataDir);
  const browser = await aBrowser();
  const context = await browser.newContext({
    viewport: { width: 1200, height: 800 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  await page.goto(bot.running.url);
  const teams = teamsOn(page, bot, async () => {
    await context.close();
    await bot.close();
    removeFolder(dataDir);
  });
  await teams.shows('Sharing Log');
  return teams;
}

function teamsOn(page: Page, bot: TestBot, close: () => Promise<void>): Teams {
  const card = page.getByRole('article').last().locator('form');
  const shows = async (heading: string | RegExp): Promise<Locator> => {
    const found = card.getByRole('heading', { name: heading, exact: true });
    await found.waitFor();
    return found;
  };
  const answer = (label: string, value: Answer): Promise<void> => fill(card, label, value);
  const answerCard = async (answers: Answers): Promise<void> => {
    for (const label of await labelsOn(card)) if (answers[label] !== undefined) await answer(label, answers[label]);
  };
  const press = async (button: string | Locator): Promise<void> => {
    const before = await card.elementHandle();
    await (typeof button === 'string' ? card.getByRole('button', { name: button, exact: true }) : button).click();
    await page.waitForFunction((old) => !(old?.isConnected ?? false), before);
  };
  return {
    page,
    bot,
    card,
    shows,
    answer,
    answerCard,
    press,
    say: async (text) => {
      const box = page.getByRole('textbox', { name: 'Write to Sharing Log' });
      await box.fill(text);
      await box.press('Enter');
    },
    answerAll: async (answers, onCard) => {
      while (!(await card.getByRole('heading', { name: 'Check your answers' }).isVisible())) {
        await onCard?.();
        await answerCard(answers);
        await press('Continue');
      }
    },
    sign: async (answers = {}) => {
      await shows('Check your answers');
      await answerCard({ 'Sign with your name': 'Priya Shah', ...answers });
      await press('Sign and save');
      const saved = await shows(/^Saved: SL-[0-9A-HJKMNP-TV-Z]{8}$/u);
      return (await saved.innerText()).replace('Saved: ', '');
    },
    become: async (name) => {
      const drawer = page.getByRole('button', { name: 'Chats', exact: true });
      if (await drawer.isVisible()) await drawer.click();
      await page.getByRole('button', { name: /^You are / }).click();
      await page.getByRole('dialog').getByRole('button', { name }).click();
      await page.getByRole('article').first().waitFor();
    },
    close,
  };
}

/** The questions on a card, without the star of those that must be answered. */
export async function labelsOn(card: Locator): Promise<readonly string[]> {
  const texts = await card.locator('label[id]').allInnerTexts();
  return texts.map((text) => text.replace(/\s*\*$/u, ''));
}

/** A question's label as it stands on the screen: with a star when it must be answered. */
export function question(label: string): RegExp {
  return new RegExp(`^${RegExp.escape(label)}(\\s*\\*)?$`, 'u');
}

async function fill(card: Locator, label: string, value: Answer): Promise<void> {
  const input = card.getByLabel(question(label)).first();
  const kind = await input.evaluate((element) => element.getAttribute('role') ?? element.tagName);
  if (kind === 'SELECT') await input.selectOption({ label: String(value) });
  else if (kind === 'radiogroup') await input.getByRole('radio', { name: String(value), exact: true }).check();
  else if (typeof value === 'string') await input.fill(value);
  else await tick(input, value);
}

/** Ticks these boxes and no others. */
async function tick(group: Locator, options: readonly string[]): Promise<void> {
  // The last first: each one that goes would move up those after it.
  for (const box of (await group.getByRole('checkbox', { checked: true }).all()).reverse()) await box.uncheck();
  for (const option of options) await group.getByRole('checkbox', { name: option, exact: true }).check();
}
