import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPeople } from '../bot/local/people.ts';
import { pressActivity } from './aDraftToPress.ts';
import { buildCases, RECORDS_A_CASE } from './aStoreOfCases.ts';
import { startBenched, type BenchedBot } from './benchedBot.ts';
import { pressFor, type Presser } from './pressing.ts';

/**
 * Measures how long the first page of the summary of a case with fifty records takes at the HTTP edge, its entry in the
 * access log included, in a small store and in a large one. The rounds take turns, so that a slow moment of the machine
 * meets both.
 */
const PRESSES_A_ROUND = 200;
const ROUNDS = 5;
const AIM_MS = 25;
const AIM_RATIO = 1.5;
const { values } = parseArgs({
  options: { small: { type: 'string', default: '10000' }, large: { type: 'string', default: '1000000' } },
});

interface Side {
  readonly records: number;
  readonly bot: BenchedBot;
  readonly presser: Presser;
  readonly rounds: Float64Array[];
}

const folder = mkdtempSync(join(tmpdir(), 'sharing-log-bench-'));
const sides: Side[] = [];
try {
  for (const records of [Number(values.small), Number(values.large)]) sides.push(await sideOf(records));
  for (const side of sides) await press(side);
  for (let round = 0; round < ROUNDS; round += 1) for (const side of sides) side.rounds.push(await press(side));
  report();
} finally {
  for (const { bot } of sides) await bot.stop();
  rmSync(folder, { recursive: true });
}

async function sideOf(records: number): Promise<Side> {
  const dataDir = join(folder, String(records));
  const [first] = await buildCases(dataDir, records);
  const bot = await startBenched(['bot/start.js', '--local'], { PORT: '0', DATA_DIR: dataDir });
  return { records, bot, presser: await summaryToPress(bot.port, first?.reference ?? ''), rounds: [] };
}

async function press({ bot, presser }: Side): Promise<Float64Array> {
  return (await pressFor(bot.port, [presser], { ms: 60_000, presses: PRESSES_A_ROUND })).latenciesMs;
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

function report(): void {
  for (const { records, rounds } of sides) {
    const all = Float64Array.from(rounds.flatMap((round) => [...round])).sort();
    console.log(
      `${records.toLocaleString('en-GB')} records stored, a case of ${RECORDS_A_CASE}, ${all.length} presses`,
    );
    console.log(`  milliseconds: median ${at(all, 0.5)}, p99 ${at(all, 0.99)} (aim: at most ${AIM_MS})`);
  }
  const [small = Number.NaN, large = Number.NaN] = sides.map(({ rounds }) => median(rounds.map((round) => round[round.length >> 1] ?? Number.NaN))); // prettier-ignore
  console.log(`Ratio of the medians ${(large / small).toFixed(2)} (aim: at most ${AIM_RATIO})`);
}

function at(sorted: Float64Array, part: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(1);
}

function median(each: readonly number[]): number {
  return each.toSorted((a, b) => a - b)[each.length >> 1] ?? Number.NaN;
}
