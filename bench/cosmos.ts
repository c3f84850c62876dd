import { parseArgs } from 'node:util';
import { BulkItems } from './bulkItems.ts';
import { bulkRecords } from './bulkRecords.ts';
import { costsOf, type Cost } from './cosmosCosts.ts';
import { aFilledDouble, peopleOfBench } from './cosmosRecords.ts';
import { report, type CostedSide } from './cosmosReport.ts';

/**
 * Counts what a press, a signing, a summary, lists and a sweep come to on Azure Cosmos DB: requests, bytes and estimated
 * request units, with few records and with many, and with more physical partitions. Counts, not times: one round tells.
 * Source: issue “Azure Cosmos DB”, 6.
 */
const { values } = parseArgs({
  options: { small: { type: 'string', default: '10000' }, large: { type: 'string', default: '1000000' } },
});
const [FEW_PARTITIONS, MORE_PARTITIONS] = [2, 4];

const small = await sideOf(Number(values.small), [FEW_PARTITIONS]);
report(small, await sideOf(Number(values.large), [FEW_PARTITIONS, MORE_PARTITIONS]));

/** The costs with so many records, once for each number of physical partitions. */
async function sideOf(records: number, partitions: readonly number[]): Promise<CostedSide> {
  const from = performance.now();
  const sources = Object.entries(bulkRecords(records, peopleOfBench().among));
  const bulk = Object.fromEntries(sources.map(([name, source]) => [name, new BulkItems(name, source)]));
  const costs: { readonly partitions: number; readonly costs: readonly Cost[] }[] = [];
  for (const each of partitions) costs.push({ partitions: each, costs: await costsWith(bulk, each) });
  const bytes = Object.fromEntries(Object.entries(bulk).map(([name, items]) => [name, items.bytes]));
  return { records, bytes, costs, tookS: (performance.now() - from) / 1000 };
}

async function costsWith(bulk: Readonly<Record<string, BulkItems>>, partitions: number): Promise<readonly Cost[]> {
  const { double, filled } = await aFilledDouble(bulk, partitions);
  try {
    return await costsOf(double, filled);
  } finally {
    await double.close();
  }
}
