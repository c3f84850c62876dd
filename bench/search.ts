import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pressActivity } from './aDraftToPress.ts';
import { buildCases, RECORDS_A_CASE, type BenchedCase } from './aStoreOfCases.ts';
import { startBenched } from './benchedBot.ts';
import { pressFor, type Presser } from './pressing.ts';
import { median, quantile } from './quantiles.ts';
import { inTurns, ratioOf, type PlayedSide, type Side } from './sides.ts';

/**
 * Measures how long a search by reference takes at the HTTP edge, its entry in the access log included, in a store of few
 * records and in one of many.
 */
const PRESSES = 500;
const AIM = 1.5;

report(await inTurns(sideOf));

async function sideOf(records: number, dataDir: string): Promise<Side<Float64Array>> {
  const from = performance.now();
  const cases = await buildCases(dataDir, records);
  const builtS = (performance.now() - from) / 1000;
  const sizeMb = statSync(join(dataDir, 'sharing-log.sqlite')).size / 2 ** 20;
  const bot = await startBenched(['bot/start.js', '--local'], { PORT: '0', DATA_DIR: dataDir });
  const presser = searcher(bot.port, cases);
  return {
    about: `${records} records, a case of ${RECORDS_A_CASE} searched for (${sizeMb.toFixed(0)} MB, built in ${builtS.toFixed(0)} s)`,
    play: async () => (await pressFor(bot.port, [presser], { ms: 60_000, presses: PRESSES })).latenciesMs,
    stop: () => bot.stop(),
  };
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

function report(sides: readonly PlayedSide<Float64Array>[]): void {
  const mediansOf = (part: number): readonly number[] =>
    sides.map(({ rounds }) => median(rounds.map((sorted) => quantile(sorted, part))));
  const [p50s, p99s] = [mediansOf(0.5), mediansOf(0.99)];
  for (const [at, { about, rounds }] of sides.entries()) {
    console.log(about);
    console.log(
      `  p99 in milliseconds, by round: ${rounds.map((sorted) => quantile(sorted, 0.99).toFixed(2)).join(' ')}`,
    );
    console.log(`  median p50 ${p50s[at]?.toFixed(2) ?? '?'}, p99 ${p99s[at]?.toFixed(2) ?? '?'}`);
  }
  console.log(`Ratio of the p99 ${ratioOf(p99s)} (aim: at most ${AIM})`);
}
