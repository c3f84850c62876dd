import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { DueKey } from '../src/nudgePorts.ts';
import type { Stores } from '../src/storePorts.ts';
import { openSqlite } from '../src/stores/sqlite/openSqlite.ts';
import { DUE, TENANT, TODAY, buildStore } from './aStoreToSweep.ts';

/**
 * Measures how long it takes to read all that is due, page by page, from a small store and from a large one in which as
 * much is due: what is settled should cost nothing. The rounds take turns, so that a slow moment of the machine meets both.
 */
const PAGE = 500;
const ROUNDS = 5;
const AIM = 1.5;
const { values } = parseArgs({
  options: { small: { type: 'string', default: '10000' }, large: { type: 'string', default: '1000000' } },
});

interface Side {
  readonly records: number;
  readonly stores: Stores;
  readonly sizeMb: number;
  readonly builtS: number;
  readonly roundsMs: number[];
}

const folder = mkdtempSync(join(tmpdir(), 'sharing-log-bench-'));
const sides: Side[] = [];
try {
  for (const records of [Number(values.small), Number(values.large)]) sides.push(await sideOf(records));
  for (const { stores } of sides) await readDue(stores);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const side of sides) side.roundsMs.push(await readDue(side.stores));
  report();
} finally {
  for (const { stores } of sides) await stores.close();
  rmSync(folder, { recursive: true });
}

async function sideOf(records: number): Promise<Side> {
  const path = join(folder, `${records}.sqlite`);
  const from = performance.now();
  await buildStore(path, records);
  const builtS = (performance.now() - from) / 1000;
  const stores = await openSqlite({ path, tenantId: TENANT });
  return { records, stores, builtS, sizeMb: statSync(path).size / 2 ** 20, roundsMs: [] };
}

/** Reads all that is due and gives the milliseconds that it took; throws when that is not what was put there. */
async function readDue({ open }: Stores): Promise<number> {
  const from = performance.now();
  let after: DueKey | undefined;
  let read = 0;
  for (;;) {
    const page = await open.due(TODAY, { after, limit: PAGE });
    read += page.length;
    const last = page.at(-1)?.header;
    if (last === undefined || page.length < PAGE) break;
    after = { due: last.openItems[0]?.due ?? '', recordId: last.recordId };
  }
  const ms = performance.now() - from;
  if (read !== DUE) throw new Error(`Read ${read} records, not ${DUE}.`);
  return ms;
}

function report(): void {
  const medians = sides.map(({ roundsMs }) => median(roundsMs));
  for (const [at, { records, sizeMb, builtS, roundsMs }] of sides.entries()) {
    console.log(`${records} records, ${DUE} of them due (${sizeMb.toFixed(0)} MB, built in ${builtS.toFixed(1)} s)`);
    console.log(`  milliseconds to read what is due, by round: ${roundsMs.map((ms) => ms.toFixed(1)).join(' ')}`);
    console.log(`  median ${medians[at]?.toFixed(1) ?? '?'}`);
  }
  const [small = Number.NaN, large = Number.NaN] = medians;
  console.log(`Ratio ${(large / small).toFixed(2)} (aim: at most ${AIM})`);
}

function median(each: readonly number[]): number {
  return each.toSorted((a, b) => a - b)[Math.floor(each.length / 2)] ?? Number.NaN;
}
