import { PRESS, SIGNINGS, type Cost } from './cosmosCosts.ts';

/** What things cost with so many records. */
export interface CostedSide {
  readonly records: number;
  /** What the documents of each container come to, without their index. */
  readonly bytes: Readonly<Record<string, number>>;
  readonly costs: readonly { readonly partitions: number; readonly costs: readonly Cost[] }[];
  readonly tookS: number;
}

/** Source: issue “Azure Cosmos DB”, “Figures”. */
const AIMS: readonly { readonly of: string; readonly what: 'requests' | 'writes' | 'units'; readonly most: number }[] =
  [
    { of: PRESS, what: 'requests', most: 2 },
    ...Object.values(SIGNINGS).flatMap((of) => [
      { of, what: 'requests', most: 9 } as const,
      { of, what: 'writes', most: 4 } as const,
      { of, what: 'units', most: 100 } as const,
    ]),
  ];

/** Source: learn.microsoft.com/azure/cosmos-db/concepts-limits: what a physical partition holds, and gives a second. */
const [PARTITION_GB, PARTITION_UNITS] = [50, 10_000];
const GB = 2 ** 30;

const WORDS = `An estimate, and no bill: requests and bytes are counted by a double of the account on this machine; request units follow
the sizes that Microsoft publishes, at strong consistency, with 2.5 RU for each physical partition that a query asks. What the
service takes to walk an index is not published and not in it: see how many documents the indexes lead to. Only the
x-ms-request-charge of a real account is true: the bot shows it at /metrics. A signing is of a record of 6 KB.`;

/** Prints what everything costs with few records, how it grows with many, and which aims are met. */
export function report(small: CostedSide, large: CostedSide): void {
  console.log(`${WORDS}\n`);
  for (const side of [small, large]) console.log(sizeOf(side));
  const [few, many] = [costsAt(small, 0), costsAt(large, 0)];
  const more = costsAt(large, 1);
  const partitions = (large.costs[1]?.partitions ?? 0) - (large.costs[0]?.partitions ?? 0);
  console.log(`\nWith ${number(small.records)} records (in ${small.costs[0]?.partitions ?? 0} physical partitions)`);
  table(
    ['', 'requests', 'writing', 'KB sent', 'KB back', 'RU', 'led to'],
    few.map((cost) => [cost.name, ...columnsOf(cost)]),
  );
  console.log(
    `\nWith ${number(large.records)} records, and how many times as much; what each further physical partition adds`,
  );
  table(
    ['', 'requests', 'writing', 'KB sent', 'KB back', 'RU', 'led to', '× requests', '× RU', '+ requests', '+ RU'],
    many.map((cost, at) => [
      ...[cost.name, ...columnsOf(cost)],
      ...ratios(cost, few[at]),
      ...further(cost, more[at], partitions),
    ]),
  );
  console.log('\nAims');
  for (const { of, what, most } of AIMS)
    for (const [records, costs] of [
      [small.records, few],
      [large.records, many],
    ] as const)
      // prettier-ignore
      console.log(aim({ of, what, most }, records, costs));
}

function costsAt({ costs }: CostedSide, at: number): readonly Cost[] {
  return costs[at]?.costs ?? [];
}

function sizeOf({ records, bytes, tookS }: CostedSide): string {
  const sizes = Object.entries(bytes).map(([name, size]) => `${name} ${(size / GB).toFixed(2)} GB`);
  const needed = Object.values(bytes).map((size) => Math.ceil(size / GB / PARTITION_GB));
  return `${number(records)} records: ${sizes.join(', ')}, without the indexes; that needs ${Math.max(...needed)} physical partition${Math.max(...needed) === 1 ? '' : 's'} a container (of ${PARTITION_GB} GB, or ${number(PARTITION_UNITS)} RU a second). Made and counted in ${tookS.toFixed(0)} s.`;
}

function columnsOf({ requests, writes, sentBytes, receivedBytes, units, matched }: Cost): readonly string[] {
  return [
    ...[number(requests), number(writes), (sentBytes / 1024).toFixed(1), (receivedBytes / 1024).toFixed(1)],
    ...[units.toFixed(1), number(matched)],
  ];
}

function ratios(cost: Cost, before: Cost | undefined): readonly string[] {
  if (before === undefined) return ['', ''];
  return [(cost.requests / before.requests).toFixed(2), (cost.units / before.units).toFixed(2)];
}

function further(cost: Cost, more: Cost | undefined, partitions: number): readonly string[] {
  if (more === undefined || partitions === 0) return ['', ''];
  return [
    ((more.requests - cost.requests) / partitions).toFixed(1),
    ((more.units - cost.units) / partitions).toFixed(1),
  ];
}

function aim({ of, what, most }: (typeof AIMS)[number], records: number, costs: readonly Cost[]): string {
  const came = costs.find(({ name }) => name === of)?.[what] ?? Number.NaN;
  const words = { requests: 'requests', writes: 'requests that write', units: 'RU' }[what];
  return `  ${came <= most ? 'met   ' : 'MISSED'} ${of}, ${number(records)} records: ${came.toFixed(what === 'units' ? 1 : 0)} ${words} (aim: at most ${most})`;
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

/** The first column to the left, the others to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  for (const row of [head, ...rows])
    console.log(`  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')}`); // prettier-ignore
}
