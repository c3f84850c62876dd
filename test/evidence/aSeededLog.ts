import { accessLog } from '../../src/accessLog.ts';
import type { Instant } from '../../src/fields.ts';
import type { AccessEntry } from '../../src/ports.ts';
import type { Stores } from '../../src/storePorts.ts';
import { openConnection } from '../../src/stores/sqlite/connection.ts';
import { storesOn } from '../../src/stores/sqlite/openSqlite.ts';
import { TENANT } from '../src/aBench.ts';
import { chanceFrom, seededKeys, type Chance } from './aSeededStore.ts';

const FIRST_DAY_MS = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;
const ACTIONS: readonly AccessEntry['action'][] = ['record.open', 'record.refused', 'case.open', 'record.list'];

/**
 * A file with an access log as the bot writes it: several processes, one after the other and at once, some over midnight,
 * their entries in batches. The same seed, the same log.
 */
export async function aSeededLog(path: string, seed: string): Promise<void> {
  const connection = openConnection(':memory:', TENANT);
  await logSeeded(storesOn(connection), chanceFrom(seed));
  connection.db.prepare('VACUUM INTO ?').run(path);
  connection.close();
}

/** Writes a log as the bot does. */
export async function logSeeded(stores: Stores, chance: Chance): Promise<void> {
  const time = { nowMs: FIRST_DAY_MS + chance.below(DAY_MS / 2) };
  for (let started = 0; started < 3 + chance.below(3); started += 1) {
    const atOnce = started === 1 ? 2 : 1;
    await Promise.all(Array.from({ length: atOnce }, () => aProcess(stores, chance, time)));
  }
}

/** Runs for one to three days, and writes three batches a day. */
async function aProcess(stores: Stores, chance: Chance, time: { nowMs: number }): Promise<void> {
  const now = (): Instant => new Date((time.nowMs += 1 + chance.below(60_000))).toISOString();
  const log = accessLog({ store: stores.access, keys: seededKeys(chance), clock: { now }, random: chance });
  const days = 1 + chance.below(3);
  for (let day = 0; day < days; day += 1) {
    for (let batch = 0; batch < 3; batch += 1) {
      await Promise.all(Array.from({ length: 1 + chance.below(3) }, () => log.append(anEntry(chance, now()))));
    }
    if (day < days - 1) time.nowMs += DAY_MS;
  }
}

function anEntry(chance: Chance, at: Instant): AccessEntry {
  const subjects = Array.from({ length: 1 + chance.below(4) }, () => `SL-0000000${chance.below(10)}`);
  return {
    at,
    personId: chance.oneOf(['person-asha', 'person-bo', 'person-mo']),
    action: chance.oneOf(ACTIONS),
    subject: subjects.join(' '),
    ...(chance.below(4) === 0 ? { grantId: `grant-${chance.below(9)}` } : {}),
  };
}
