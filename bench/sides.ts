import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** A store of one size, and what is measured on it. */
export interface Side<Round> {
  /** What it is, for the report. */
  readonly about: string;
  /** Does once what is measured. */
  readonly play: () => Promise<Round>;
  readonly stop: () => Promise<void>;
}

export interface PlayedSide<Round> {
  readonly about: string;
  readonly rounds: readonly Round[];
}

/**
 * Makes a side with few records and one with many, each at a path of its own, and answers with what their rounds gave, the
 * small side first. The sides take turns, so that a slow moment of the machine meets both, and the first round of each
 * does not count. The command line says how many records, and how many rounds. All is taken away afterwards.
 */
export async function inTurns<Round>(
  make: (records: number, path: string) => Promise<Side<Round>>,
): Promise<readonly PlayedSide<Round>[]> {
  const { values } = parseArgs({
    options: {
      small: { type: 'string', default: '10000' },
      large: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'sharing-log-bench-'));
  const sides: (Side<Round> & { readonly rounds: Round[] })[] = [];
  try {
    for (const [name, records] of Object.entries({ small: values.small, large: values.large }))
      sides.push({ ...(await make(Number(records), join(folder, name))), rounds: [] });
    for (const { play } of sides) await play();
    for (let round = 0; round < Number(values.rounds); round += 1)
      for (const { play, rounds } of sides) rounds.push(await play());
    return sides.map(({ about, rounds }) => ({ about, rounds }));
  } finally {
    for (const { stop } of sides) await stop();
    rmSync(folder, { recursive: true });
  }
}

/** How many times as much the large side gave as the small one. */
export function ratioOf([small = Number.NaN, large = Number.NaN]: readonly number[]): string {
  return (large / small).toFixed(2);
}
