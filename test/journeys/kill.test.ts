import assert from 'node:assert/strict';
import { setTimeout as after } from 'node:timers/promises';
import { aBotProcess } from '../bot/aBotProcess.ts';
import { rowsIn } from '../bot/storeContents.ts';
import { aFolder, PEOPLE, removeFolder } from './aBot.ts';
import { actionsIn, textOf } from './aCard.ts';
import { aChat, answerAll, type Screen } from './aChat.ts';
import { SPOKEN } from './answers.ts';
import { storeSettings } from './aStore.ts';

const RUNS = 4;
const LANES = 3;
const RECORDS_A_LANE = 3;
/** About as long as three records take to sign one after the other. */
const WITHIN_MS = 45;

describe('a bot that is killed while records are signed', function () {
  this.timeout(120_000);

  it('has every record that it acknowledged, once, and no draft that is stuck', async () => {
    const dataDir = aFolder();
    const acknowledged: string[] = [];
    try {
      for (let run = 0; run < RUNS; run += 1) {
        const bot = await aBotProcess(dataDir, await storeSettings(dataDir));
        try {
          const lanes = await lanesToSign(bot.url);
          const signing = lanes.map((lane) => signInTurn(lane, acknowledged));
          await after(Math.random() * WITHIN_MS);
          await bot.kill('SIGKILL');
          await Promise.all(signing);
        } finally {
          await bot.kill('SIGKILL');
        }
      }
      await checkAfterwards(dataDir, acknowledged);
    } finally {
      removeFolder(dataDir);
    }
  });
});

/** Check cards in lanes: those of one lane are signed one after the other, the lanes at the same time. */
async function lanesToSign(url: string): Promise<readonly (readonly Screen[])[]> {
  const chat = aChat(url, PEOPLE.priya);
  const checks: Screen[] = [];
  for (let made = 0; made < LANES * RECORDS_A_LANE; made += 1)
    checks.push(await answerAll(await chat.ask('record share'), SPOKEN));
  return Array.from({ length: LANES }, (_, lane) => checks.filter((_check, nth) => nth % LANES === lane));
}

/** Signs until the bot is gone; what was acknowledged is written down. */
async function signInTurn(checks: readonly Screen[], acknowledged: string[]): Promise<void> {
  for (const check of checks) {
    const receipt = await check.press('Sign and save', { signature: 'Priya Shah' }).catch(() => undefined);
    if (receipt === undefined) return;
    if (receipt.heading.startsWith('Saved: ')) acknowledged.push(receipt.heading.replace('Saved: ', ''));
  }
}

/** Starts the bot once more, and looks at what there is. */
async function checkAfterwards(dataDir: string, acknowledged: readonly string[]): Promise<void> {
  const bot = await aBotProcess(dataDir, await storeSettings(dataDir));
  try {
    const chat = aChat(bot.url, PEOPLE.priya);
    for (const number of acknowledged) {
      const record = await (await chat.ask(`record ${number}`)).press('Open');
      assert.equal(record.heading, `Record share ${number}`);
    }
    const statuses = rowsIn(dataDir, 'drafts').map(({ status }) => status);
    assert.ok(!statuses.includes('committing'), 'no draft is stuck');
    const committed = statuses.filter((status) => status === 'committed').length;
    assert.ok(committed >= acknowledged.length);
    for (const table of ['versions', 'chain', 'numbers'] as const)
      assert.equal(rowsIn(dataDir, table).length, committed, `as many ${table} as signed drafts`);
    assert.equal(new Set(rowsIn(dataDir, 'versions').map(({ recordId }) => recordId)).size, committed);
    await signWhatIsLeft(chat);
  } finally {
    await bot.kill('SIGTERM');
  }
}

/** What was not signed yet can still be. */
async function signWhatIsLeft(chat: ReturnType<typeof aChat>): Promise<void> {
  const drafts = await chat.ask('drafts');
  const resume = actionsIn(drafts.card).find(({ title }) => title === 'Resume');
  if (resume === undefined) return;
  const check = await drafts.perform(resume);
  const receipt = await check.press('Sign and save', { signature: 'Priya Shah' });
  assert.match(receipt.heading, /^Saved/u, textOf(receipt.card));
}
