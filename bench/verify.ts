import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeKeyFile, readKeyFile } from '../bot/keyFile.ts';
import { loadPeople } from '../bot/local/people.ts';
import { openKeys, ringHolder } from '../src/keyring.ts';
import { openSqlite } from '../src/stores/sqlite/openSqlite.ts';
import { fillStore } from './aBulkStore.ts';
import { median } from './quantiles.ts';

/**
 * Measures how many entries a second `verify` checks, and how much memory it takes, on stores of growing size. Each run is
 * a process of its own, its start not counted in the rate. `--full` adds a store of a million entries, which takes some
 * minutes and six gigabytes.
 */
const RUNS = 3;
const { values } = parseArgs({ options: { full: { type: 'boolean', default: false }, entries: { type: 'string' } } });
const sizes = values.entries === undefined ? [10_000, 100_000, ...(values.full ? [1_000_000] : [])] : [Number(values.entries)]; // prettier-ignore

interface Run {
  readonly perSecond: number;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

for (const entries of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'sharing-log-bench-'));
  try {
    await measure(join(folder, 'data'), entries);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(dataDir: string, entries: number): Promise<void> {
  const path = join(dataDir, 'sharing-log.sqlite');
  const { tenantId } = loadPeople(undefined);
  makeKeyFile(`${dataDir}.key`);
  const stores = await openSqlite({ path, tenantId });
  const keys = await openKeys(stores.storeKey, ringHolder(readKeyFile(`${dataDir}.key`)), tenantId, { bytes: (length) => randomBytes(length) }); // prettier-ignore
  await fillStore(stores, keys, tenantId, entries);
  await stores.close();
  const runs = Array.from({ length: RUNS }, () => verifyOnce(dataDir));
  const rates = runs.map(({ perSecond }) => perSecond);
  console.log(`${entries.toLocaleString('en-GB')} entries, ${(statSync(path).size / 1e6).toFixed(0)} MB`);
  console.log(`  entries a second, by run: ${rates.map((rate) => rate.toFixed(0)).join(' ')}; median ${median(rates).toFixed(0)}`); // prettier-ignore
  console.log(`  processor time an entry, start included: ${((median(runs.map(({ cpuSeconds }) => cpuSeconds)) * 1e6) / entries).toFixed(0)} µs`); // prettier-ignore
  console.log(`  peak memory ${Math.max(...runs.map(({ peakRssMb }) => peakRssMb)).toFixed(0)} MB`);
}

function verifyOnce(dataDir: string): Run {
  const output = execFileSync(process.execPath, ['bench/verifyOnce.ts'], {
    env: { ...process.env, DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  const [said = '', used = ''] = output.trim().split('\n');
  const { whole, entries, durationMs } = JSON.parse(said) as { whole: boolean; entries: number; durationMs: number }; // written by `records`
  if (!whole) throw new Error(`The store that was built is not whole: ${said.slice(0, 400)}`);
  const { peakRssMb, cpuSeconds } = JSON.parse(used) as Run; // written by `verifyOnce`
  return { perSecond: (entries / durationMs) * 1000, peakRssMb, cpuSeconds };
}
