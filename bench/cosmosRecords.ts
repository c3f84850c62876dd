import { loadPeople, type PeopleFile } from '../bot/local/people.ts';
import { sealAsked } from '../src/asked.ts';
import type { Person } from '../src/people.ts';
import type { Clock } from '../src/ports.ts';
import type { CosmosPlace } from '../src/stores/cosmos/connection.ts';
import { provision } from '../src/stores/cosmos/provision.ts';
import { startCosmosDouble, type CosmosDouble } from '../test/cosmos/cosmosDouble.ts';
import { aCaseFile } from './aStoreOfCases.ts';
import type { BulkItems } from './bulkItems.ts';
import type { Among } from './bulkRecords.ts';
import { aCosmosBot, random, type CosmosBot } from './cosmosBot.ts';

/** A case with many records, ten of them open; and one with few. */
export const LARGE_CASE = 'RFS-10000';
export const RECORDS_OF_LARGE = 50;
export const SMALL_CASE = 'RFS-10001';
export const RECORDS_OF_SMALL = 3;
/** Open items of which somebody hears today. */
export const DUE = 100;
const COLLEAGUES = 18;
/** Of which every fifth is open: see `aCaseFile`. */
const OF_A_COLLEAGUE = [0, 5, 10, 15, 20];
/** A working day, in the hours in which cards are sent. */
const NOW_MS = Date.UTC(2026, 10, 24, 10);

/** An account with records in it. */
export interface Filled {
  readonly place: CosmosPlace;
  readonly people: PeopleFile;
  readonly author: Person;
  readonly manager: Person;
  readonly clock: Clock;
  /** A reference as a button of this author carries it. */
  readonly asked: (reference: string, bot: CosmosBot) => string;
}

const DATABASE = 'sharing-log';

/** The people of local mode and colleagues of theirs, all with one manager. */
export function peopleOfBench() {
  const file = loadPeople(undefined);
  const [author] = file.people;
  const manager = file.people.find(({ id }) => id === author?.managerId);
  if (author === undefined || manager === undefined) throw new Error('There are no people to press.');
  const colleagues = Array.from({ length: COLLEAGUES }, (_, nth) => ({
    ...author,
    ...{ id: `7d1f2c40-0000-4000-8000-9ec0000000${String(nth).padStart(2, '0')}`, name: `Colleague ${nth} Madeup` },
  }));
  const people = { ...file, people: [...file.people, ...colleagues] };
  const inTenant = (person: typeof author): Person => ({ ...person, tenantId: file.tenantId });
  const among: Among = { personId: author.id, teamId: author.teamIds[0] ?? '' };
  return { people, author: inTenant(author), manager: inTenant(manager), colleagues: colleagues.map(inTenant), among };
}

/** Starts an account that holds these items and the records that are asked for, made as the bot makes them. */
export async function aFilledDouble(
  bulk: Readonly<Record<string, BulkItems>>,
  physicalPartitions: number,
): Promise<{ readonly double: CosmosDouble; readonly filled: Filled }> {
  const double = await startCosmosDouble({ physicalPartitions });
  const place = { endpoint: double.endpoint, key: double.key, database: DATABASE };
  await provision(place, () => undefined);
  for (const [container, items] of Object.entries(bulk)) double.control.holdInBulk(DATABASE, container, items);
  const { people, author, manager, colleagues } = peopleOfBench();
  let ms = NOW_MS;
  const clock = { now: () => new Date((ms += 1)).toISOString() };
  const filled: Filled = {
    ...{ place, people, author, manager, clock },
    asked: (reference, bot) => sealAsked(bot.keys, author.id, reference),
  };
  const bot = await aCosmosBot(place, people, clock);
  await fill(bot, author, LARGE_CASE, [...Array(RECORDS_OF_LARGE).keys()]);
  // None of the first week, which is open.
  await fill(bot, author, SMALL_CASE, [...Array(RECORDS_OF_SMALL).keys()].map((nth) => nth + 1)); // prettier-ignore
  for (const [nth, person] of colleagues.entries()) await fill(bot, person, `RFS-${11_000 + nth}`, OF_A_COLLEAGUE);
  await bot.close();
  return { double, filled };
}

async function fill({ stores, keys }: CosmosBot, person: Person, reference: string, weeks: readonly number[]) {
  const file = await aCaseFile(stores, keys, { person, random, reference });
  for (const week of weeks) await file.addRecord(week);
}
