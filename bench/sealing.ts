import { parseArgs } from 'node:util';
import type { Keys } from '../src/keyPorts.ts';
import { aBench, fillIn, KEYS, signOn, type Bench } from '../test/src/aBench.ts';
import { aShare, typedShare } from '../test/src/aShare.ts';
import { median } from './quantiles.ts';

/**
 * Measures what part of a press is spent on sealing what it saves and opening what it goes on with, and what part on all
 * that is done with keys: also keyed hashes, and opening the earlier records that a card looks at. Whole shares, from the
 * first card to the receipt, ten to a case. The store is in memory and there is no wire, so in service the parts are smaller.
 */
const AIM = 0.1;
const WARM_UP = 100;
const SHARES_IN_A_CASE = 10;
const OF_THE_PRESS = ['sealVersion', 'seal', 'open'] as const;
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, shares: { type: 'string', default: '200' } },
});

interface Round {
  readonly pressUs: number;
  readonly sealingUs: number;
  readonly keysUs: number;
}

const spentMs = new Map<string, number>();
let shares = 0;
const inner = await aBench();
const bench: Bench = { ...inner, recording: { ...inner.recording, keys: timed(KEYS) } };
try {
  await playRound(WARM_UP);
  const rounds: Round[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) rounds.push(await playRound(Number(values.shares)));
  report(rounds);
} finally {
  await bench.close();
}

async function playRound(count: number): Promise<Round> {
  spentMs.clear();
  const from = performance.now();
  let presses = 0;
  for (let made = 0; made < count; made += 1) presses += await recordShare();
  const each = (ms: number): number => (ms * 1000) / presses;
  const spent = (names: Iterable<string>): number =>
    [...names].reduce((sum, name) => sum + (spentMs.get(name) ?? 0), 0);
  return {
    pressUs: each(performance.now() - from),
    sealingUs: each(spent(OF_THE_PRESS)),
    keysUs: each(spent(spentMs.keys())),
  };
}

/** Records a share, and gives the presses that it took. */
async function recordShare(): Promise<number> {
  const caseReference = `RFS-${Math.floor(shares / SHARES_IN_A_CASE)}`;
  shares += 1;
  const check = await fillIn(bench, typedShare(aShare({ caseReference })));
  const receipt = await signOn(bench, check);
  if (check.kind !== 'check' || receipt.kind !== 'receipt') throw new Error(`A share ended in ${receipt.kind}.`);
  return check.draft.revision + 1;
}

/** The same keys, with the time that is spent in each of their functions counted. */
function timed(keys: Keys): Keys {
  const counted = Object.entries<(...given: never) => unknown>({ ...keys }).map(([name, act]) => [
    name,
    countedAs(name, act),
  ]);
  return Object.fromEntries(counted) as Keys;
}

function countedAs(name: string, act: (...given: never) => unknown): (...given: never) => unknown {
  return (...given) => {
    const from = performance.now();
    try {
      return act(...given);
    } finally {
      spentMs.set(name, (spentMs.get(name) ?? 0) + performance.now() - from);
    }
  };
}

function report(rounds: readonly Round[]): void {
  for (const { pressUs, sealingUs, keysUs } of rounds) {
    console.log(
      `Of a press of ${pressUs.toFixed(0)} µs: sealing ${sealingUs.toFixed(0)} µs, all keys ${keysUs.toFixed(0)} µs`,
    );
  }
  const sealing = median(rounds.map(({ pressUs, sealingUs }) => sealingUs / pressUs));
  const all = median(rounds.map(({ pressUs, keysUs }) => keysUs / pressUs));
  console.log(
    `Sealing ${percent(sealing)} of a press (aim: at most ${percent(AIM)}); all that is done with keys ${percent(all)}`,
  );
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
