import { statSync } from 'node:fs';
import type { DueKey } from '../src/nudgePorts.ts';
import type { Stores } from '../src/storePorts.ts';
import { openSqlite } from '../src/stores/sqlite/openSqlite.ts';
import { DUE, TENANT, TODAY, buildStore } from './aStoreToSweep.ts';
import { median } from './quantiles.ts';
import { inTurns, ratioOf, type PlayedSide, type Side } from './sides.ts';

/**
 * Measures how long it takes to read all that is due, page by page, from a small store and from a large one in which as
 * much is due: what is settled should cost nothing.
 */
const PAGE = 500;
const AIM = 1.5;

report(await inTurns(sideOf));

async function sideOf(records: number, path: string): Promise<Side<number>> {
  const from = performance.now();
  await buildStore(path, records);
  const builtS = (performance.now() - from) / 1000;
  const sizeMb = statSync(path).size / 2 ** 20;
  const stores = await openSqlite({ path, tenantId: TENANT });
  return {
    about: `${records} records, ${DUE} of them due (${sizeMb.toFixed(0)} MB, built in ${builtS.toFixed(1)} s)`,
    play: () => readDue(stores),
    stop: () => stores.close(),
  };
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

function report(sides: readonly PlayedSide<number>[]): void {
  const medians = sides.map(({ rounds }) => median(rounds));
  for (const [at, { about, rounds }] of sides.entries()) {
    console.log(about);
    console.log(`  milliseconds to read what is due, by round: ${rounds.map((ms) => ms.toFixed(1)).join(' ')}`);
    console.log(`  median ${medians[at]?.toFixed(1) ?? '?'}`);
  }
  console.log(`Ratio ${ratioOf(medians)} (aim: at most ${AIM})`);
}
