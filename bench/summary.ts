import { loadPeople } from '../bot/local/people.ts';
import { pressActivity } from './aDraftToPress.ts';
import { buildCases, RECORDS_A_CASE } from './aStoreOfCases.ts';
import { startBenched } from './benchedBot.ts';
import { pressFor, type Presser } from './pressing.ts';
import { median, quantile } from './quantiles.ts';
import { inTurns, ratioOf, type PlayedSide, type Side } from './sides.ts';

/**
 * Measures how long the first page of the summary of a case with fifty records takes at the HTTP edge, its entry in the
 * access log included, in a small store and in a large one.
 */
const PRESSES_A_ROUND = 200;
const AIM_MS = 25;
const AIM_RATIO = 1.5;

report(await inTurns(sideOf));

async function sideOf(records: number, dataDir: string): Promise<Side<Float64Array>> {
  const [first] = await buildCases(dataDir, records);
  const bot = await startBenched(['bot/start.js', '--local'], { PORT: '0', DATA_DIR: dataDir });
  const presser = await summaryToPress(bot.port, first?.reference ?? '');
  return {
    about: `${records.toLocaleString('en-GB')} records stored, a case of ${RECORDS_A_CASE}`,
    play: async () => (await pressFor(bot.port, [presser], { ms: 60_000, presses: PRESSES_A_ROUND })).latenciesMs,
    stop: () => bot.stop(),
  };
}

/** Asks for the case as a person would, and takes the press from the message that answers. */
async function summaryToPress(port: number, reference: string): Promise<Presser> {
  const person = loadPeople(undefined).people[0]?.id ?? '';
  const chat = `http://127.0.0.1:${port}/local/chats/personal/${person}/messages`;
  const headers = { 'Content-Type': 'application/json' };
  await fetch(chat, { method: 'POST', headers, body: JSON.stringify({ text: `case summary ${reference}` }) });
  const asked = /"asked":"([\w-]+)"/u.exec(await (await fetch(chat)).text())?.[1];
  if (asked === undefined) throw new Error('The bot sent no message.');
  const body = pressActivity(port).replace('«verb»', 'summary.open').replace('"«data»"', JSON.stringify({ asked }));
  return { nextBody: () => body, expected: `${RECORDS_A_CASE} records` };
}

function report(sides: readonly PlayedSide<Float64Array>[]): void {
  for (const { about, rounds } of sides) {
    const all = Float64Array.from(rounds.flatMap((round) => [...round])).sort();
    const [p50, p99] = [quantile(all, 0.5), quantile(all, 0.99)];
    console.log(`${about}, ${all.length} presses`);
    console.log(`  milliseconds: median ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} (aim: at most ${AIM_MS})`);
  }
  const medians = sides.map(({ rounds }) => median(rounds.map((round) => quantile(round, 0.5))));
  console.log(`Ratio of the medians ${ratioOf(medians)} (aim: at most ${AIM_RATIO})`);
}
