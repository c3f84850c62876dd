import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pressActivity } from './aDraftToPress.ts';
import { buildCases, RECORDS_A_CASE, type BenchedCase } from './aStoreOfCases.ts';
import { startBenched, type BenchedBot } from './benchedBot.ts';
import { pressFor, type Presser } from './pressing.ts';

/**
 * Measures how long a search by reference takes at the HTTP edge, its entry in the access log included, in a store of few
 * records and in one of many. The rounds take turns, so that a slow moment of the machine meets both.
 */
const PRESSES = 500;
const AIM = 1.5;
const { values } = parseArgs({
  options: {
    small: { type: 'string', default: '10000' },
    large: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
  },
});

interface Side {
  readonly records: number;
  readonly bot: BenchedBot;
  readonly presser: Presser;
  readonly sizeMb: number;
  readonly builtS: number;
  readonly roundsMs: Float64Array[];
}

const folder = mkdtempSync(join(tmpdir(), 'sharing-log-bench-'));
const sides: Side[] = [];
try {
  for (const records of [Number(values.small), Number(values.large)]) sides.push(await sideOf(records));
  for (const { bot, presser } of sides) await press(bot, presser);
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const { bot, presser, roundsMs } of sides) roundsMs.push(await press(bot, presser));
  report();
} finally {
  for (const { bot } of sides) await bot.stop();
  rmSync(folder, { recursive: true });
}

async function sideOf(records: number): Promise<Side> {
  const dataDir = join(folder, `of-${records}`);
  const from = performance.now();
  const cases = await buildCases(dataDir, records);
  const builtS = (performance.now() - from) / 1000;
  const sizeMb = statSync(join(dataDir, 'sharing-log.sqlite')).size / 2 ** 20;
  const bot = await startBenched(['bot/start.js', '--local'], { PORT: '0', DATA_DIR: dataDir });
  return { records, bot, presser: searcher(bot.port, cases), builtS, sizeMb, roundsMs: [] };
}

/** Searches for one case after the other, and is content with an answer that shows its record begun last. */
function searcher(port: number, cases: readonly BenchedCase[]): Presser {
  const template = pressActivity(port).replace('«verb»', 'search.run');
  let at = -1;
  const current = (): BenchedCase => cases[at % cases.length] ?? { reference: '', lastNumber: '' };
  return {
    nextBody() {
      at += 1;
      return template.replace('"«data»"', JSON.stringify({ reference: current().reference }));
    },
    get expected() {
      return current().lastNumber;
    },
  };
}

async function press(bot: BenchedBot, presser: Presser): Promise<Float64Array> {
  return (await pressFor(bot.port, [presser], { ms: 60_000, presses: PRESSES })).latenciesMs;
}

function report(): void {
  const p99s = sides.map(({ roundsMs }) => median(roundsMs.map((sorted) => quantile(sorted, 0.99))));
  for (const [at, { records, sizeMb, builtS, roundsMs }] of sides.entries()) {
    console.log(`${records} records, a case of ${RECORDS_A_CASE} searched for (${sizeMb.toFixed(0)} MB, built in ${builtS.toFixed(0)} s)`); // prettier-ignore
    console.log(`  p99 in milliseconds, by round: ${roundsMs.map((sorted) => quantile(sorted, 0.99).toFixed(2)).join(' ')}`); // prettier-ignore
    console.log(`  median p50 ${median(roundsMs.map((sorted) => quantile(sorted, 0.5))).toFixed(2)}, p99 ${p99s[at]?.toFixed(2) ?? '?'}`); // prettier-ignore
  }
  const [small = Number.NaN, large = Number.NaN] = p99s;
  console.log(`Ratio of the p99 ${(large / small).toFixed(2)} (aim: at most ${AIM})`);
}

function quantile(sorted: Float64Array, part: number): number {
  return sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
