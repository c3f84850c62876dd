import { addDays, dateOf } from '../../../src/londonTime.ts';
import type { LocalDate } from '../../../src/fields.ts';
import { snooze } from '../../../src/nudging/acting.ts';
import { factsOf } from '../../../src/nudging/facts.ts';
import { overseers } from '../../../src/nudging/overseers.ts';
import type { OpenItem } from '../../../src/ports.ts';
import { KEYS } from '../aBench.ts';
import { aCommit } from '../stores/contract/builders.ts';
import { AUTHORS, LEADS, nudgingIn, pick, type World } from './simulatedWorld.ts';

/** Records are made and closed, items put off, and people speak to the bot again. */
export async function somethingHappens(world: World, day: LocalDate): Promise<void> {
  if (world.random() < 0.3) await record(world, day);
  if (world.random() < 0.3) await closeOne(world);
  if (world.random() < 0.05) await snoozeOne(world);
  if (!world.faultsOn || world.random() < 0.3) {
    for (const id of await world.stores.nudges.unreachable()) await world.stores.nudges.setReachable(id, true);
  }
}

const KINDS = ['outcome', 'receipt', 'familyTold', 'decision', 'basis'] as const;

async function record(world: World, day: LocalDate): Promise<void> {
  world.records += 1;
  const author = pick(world, AUTHORS);
  const openItems: OpenItem[] = [];
  for (const kind of KINDS) {
    if (openItems.length === 0 || world.random() < 0.2)
      openItems.push({ kind, due: addDays(day, Math.floor(world.random() * 20)) });
  }
  const recordId = `record-${String(world.records).padStart(6, '0')}`;
  await commit(world, recordId, 1, author, openItems);
}

/** Somebody settles one of the records that are open, if there is one. */
export async function closeOne(world: World): Promise<void> {
  const open = await world.stores.open.due('9999-12-31', { limit: 50 });
  if (open.length === 0) return;
  const { header } = pick(world, open);
  world.closedAt.set(header.recordId, world.now);
  await commit(world, header.recordId, header.version + 1, header.authorId, []);
}

async function snoozeOne(world: World): Promise<void> {
  const due = await world.stores.open.due(dateOf(world.now), { limit: 50 });
  if (due.length === 0) return;
  const fact = factsOf(pick(world, due))[0];
  const manager = pick(world, LEADS);
  if (fact === undefined) return;
  const nudging = nudgingIn(world);
  const directory = { ...nudging.directory, ...overseers(nudging, nudging.rules) };
  const access = { append: async () => undefined };
  const deps = { ...nudging, directory, access, cases: world.stores.cases, keys: KEYS };
  await snooze(deps, manager, fact, pick(world, [1, 3, 5]), 'They are away until then');
}

async function commit(
  world: World,
  recordId: string,
  version: number,
  authorId: string,
  openItems: readonly OpenItem[],
): Promise<void> {
  const head = await world.stores.records.head(`case ${recordId}`);
  const wanted = { recordId, version, authorId, teamId: 'north', openItems, number: `SL ${recordId}` };
  await world.stores.records.commit(aCommit(head, { ...wanted, savedAt: world.now, contactAt: world.now }));
}

/** Whose number it is. */
export function recordIdOf(number: string): string {
  return number.slice('SL '.length);
}
