import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aDraftToPress, aFixedCardToPress } from './aDraftToPress.ts';
import { startBenched, type BenchedBot } from './benchedBot.ts';
import { pressFor, type Presser, type Pressed } from './pressing.ts';
import { median, quantile } from './quantiles.ts';

/**
 * Measures presses per second (answered, durably saved, the card in the reply) of the product against a stock bot that
 * saves nothing, in rounds that take turns, so that a slow moment of the machine meets both.
 */
const CONNECTIONS = 16;
const MEMORY_AFTER = 10_000;
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '2' } },
});
const rounds = Number(values.rounds);
const ms = Number(values.seconds) * 1000;

interface Side {
  readonly name: string;
  readonly bot: BenchedBot;
  readonly pressers: readonly Presser[];
  readonly rounds: Pressed[];
  readonly rss: number[];
  cpuMs: number;
}

const folder = mkdtempSync(join(tmpdir(), 'sharing-log-bench-'));
const sides: Side[] = [];
try {
  sides.push(await productSide(), await stockSide());
  for (const side of sides) await pressThrough(side, MEMORY_AFTER);
  for (let round = 0; round < rounds; round += 1) for (const side of sides) await playRound(side);
  for (const side of sides) side.rss.push(side.bot.rssMb());
  report();
} finally {
  for (const { bot } of sides) await bot.stop();
  rmSync(folder, { recursive: true });
}

async function productSide(): Promise<Side> {
  const env = { PORT: '0', DATA_DIR: join(folder, 'data') };
  const bot = await startBenched(['bot/start.js', '--local'], env);
  const pressers: Presser[] = [];
  for (let made = 0; made < CONNECTIONS; made += 1) pressers.push(await aDraftToPress(bot.port));
  return { name: 'Sharing Log', bot, pressers, rounds: [], rss: [], cpuMs: 0 };
}

async function stockSide(): Promise<Side> {
  const bot = await startBenched(['bench/stockBot.ts']);
  const pressers = Array.from({ length: CONNECTIONS }, () => aFixedCardToPress(bot.port));
  return { name: 'Stock bot, saves nothing', bot, pressers, rounds: [], rss: [], cpuMs: 0 };
}

/** Warms a bot up, and says what it holds in memory after so many presses. */
async function pressThrough({ bot, pressers, rss }: Side, presses: number): Promise<void> {
  await pressFor(bot.port, pressers, { ms: 60_000, presses });
  rss.push(bot.rssMb());
}

async function playRound(side: Side): Promise<void> {
  const before = side.bot.cpuMs();
  side.rounds.push(await pressFor(side.bot.port, side.pressers, { ms, presses: Number.POSITIVE_INFINITY }));
  side.cpuMs += side.bot.cpuMs() - before;
}

function report(): void {
  const [ours, stock] = sides.map(({ rounds: done }) => median(done.map(({ perSecond }) => perSecond)));
  for (const { name, bot, rounds: done, rss, cpuMs } of sides) {
    const latencies = done.map(({ latenciesMs }) => latenciesMs);
    console.log(name);
    console.log(`  presses a second, by round: ${done.map(({ perSecond }) => perSecond.toFixed(0)).join(' ')}`);
    console.log(`  median ${median(done.map(({ perSecond }) => perSecond)).toFixed(0)}`);
    console.log(`  p50 ${medianOf(latencies, 0.5)} ms, p99 ${medianOf(latencies, 0.99)} ms`);
    const presses = done.reduce((sum, round) => sum + round.presses, 0);
    console.log(`  processor time a press ${((cpuMs * 1000) / presses).toFixed(0)} µs`);
    console.log(`  ready after ${bot.readyMs.toFixed(0)} ms`);
    console.log(`  memory after ${MEMORY_AFTER} presses ${rss[0]?.toFixed(0) ?? '?'} MB, at the end ${rss[1]?.toFixed(0) ?? '?'} MB`); // prettier-ignore
  }
  console.log(`Ratio ${((ours ?? Number.NaN) / (stock ?? Number.NaN)).toFixed(2)}`);
}

/** The median over the rounds of each round's quantile. */
function medianOf(rounds: readonly Float64Array[], part: number): string {
  return median(rounds.map((sorted) => quantile(sorted, part))).toFixed(2);
}
