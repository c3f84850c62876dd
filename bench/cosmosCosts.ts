import { sweepNudges, type NudgeSender } from '../src/nudging/sweep.ts';
import type { Person } from '../src/people.ts';
import type { CosmosDouble } from '../test/cosmos/cosmosDouble.ts';
import { textOf, type Inputs } from '../test/journeys/aCard.ts';
import { answersOn } from '../test/journeys/aChat.ts';
import { SPOKEN } from '../test/journeys/answers.ts';
import { aCosmosBot, aForm, toCheck, type CosmosBot, type Form } from './cosmosBot.ts';
import { DUE, LARGE_CASE, RECORDS_OF_LARGE, RECORDS_OF_SMALL, SMALL_CASE, type Filled } from './cosmosRecords.ts';

/** What one thing that somebody does comes to, by what the double counted. */
export interface Cost {
  readonly name: string;
  readonly requests: number;
  readonly writes: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** Estimated request units. */
  readonly units: number;
  /** Documents that the indexes led its queries to. */
  readonly matched: number;
}

export const PRESS = 'A press, the middle one of a share';
/** Of a record of six kilobytes. */
export const SIGNINGS = {
  first: 'A signing, the first of its case',
  known: `A signing, a case with ${RECORDS_OF_SMALL} records`,
} as const;

type Meter = <T>(name: string, work: () => Promise<T>) => Promise<{ readonly cost: Cost; readonly came: T }>;

/** So many characters in the three long answers make a record of six kilobytes. */
const [LONG, LESS_LONG] = [2_300, 800];
const WORDS = 'the allocated worker rang the school about the visit that was booked for Thursday afternoon and ';
const longText = (length: number): string =>
  WORDS.repeat(Math.ceil(length / WORDS.length))
    .slice(0, length)
    .trim();
const SIX_KILOBYTES: Inputs = { ...SPOKEN, reason: longText(LONG), informationShared: longText(LONG), outcome: longText(LESS_LONG) }; // prettier-ignore
const NEW_CASE = 'RFS-99001';

/**
 * Does once each thing that is measured. Throws when the bot does not do what it is asked for: then no figure would mean
 * anything.
 */
export async function costsOf(double: CosmosDouble, filled: Filled): Promise<readonly Cost[]> {
  const meter = meterOf(double);
  const start = await meter('A start of a process', () => aCosmosBot(filled.place, filled.people, filled.clock));
  const bot = start.came;
  try {
    await warmUp(bot, filled);
    return [
      ...(await recordingCosts(bot, filled, meter)),
      ...(await readingCosts(bot, filled, meter)),
      ...(await sweepCosts(bot, filled, meter)),
      start.cost,
    ];
  } finally {
    await bot.close();
  }
}

function meterOf({ control: { tallies } }: CosmosDouble): Meter {
  return async (name, work) => {
    tallies.reset();
    const came = await work();
    const seen = tallies.last();
    const sum = (of: (one: (typeof seen)[number]) => number): number => seen.reduce((all, one) => all + of(one), 0);
    const cost = {
      ...{ name, requests: seen.length, writes: seen.filter(({ isWrite }) => isWrite).length },
      ...{ sentBytes: sum(({ bytesIn }) => bytesIn), receivedBytes: sum(({ bytesOut }) => bytesOut) },
      ...{ units: sum(({ charge }) => charge), matched: sum(({ matched }) => matched) },
    };
    return { cost, came };
  };
}

/** What a process asks for once: the words of a record type, and where the partitions of each container are. */
async function warmUp(bot: CosmosBot, { author }: Filled): Promise<void> {
  await signed(await toCheck(await aForm(bot, author), { ...SPOKEN, caseReference: 'RFS-99000' }));
  await bot.press(author, 'record.mine');
  await bot.stores.nudges.unreachable();
  await bot.stores.nudges.items(['01JBENCH000000000000000000']);
  await bot.stores.drafts.touchedBefore('2020-01-01T00:00:00.000Z', 1);
}

async function recordingCosts(bot: CosmosBot, { author }: Filled, meter: Meter): Promise<readonly Cost[]> {
  const presses: Cost[] = [];
  const ready = async (caseReference: string): Promise<Form> =>
    toCheck(await aForm(bot, author), { ...SIX_KILOBYTES, caseReference }, async (press) => {
      const { cost, came } = await meter('A press', press);
      presses.push(cost);
      return came;
    });
  const signing = async (name: string, reference: string): Promise<Cost> => {
    const check = await ready(reference);
    return (await meter(name, () => signed(check))).cost;
  };
  const first = await signing(SIGNINGS.first, NEW_CASE);
  const known = await signing(SIGNINGS.known, SMALL_CASE);
  const ofShares = [...presses];
  const large = await signing(`A signing, a case with ${RECORDS_OF_LARGE} records`, LARGE_CASE);
  return [
    { ...middle(ofShares), name: PRESS },
    { ...dearest(ofShares), name: 'A press, the dearest of a share' },
    { ...dearest(presses), name: `A press, the dearest, a case with ${RECORDS_OF_LARGE}` },
    ...[first, known, large],
  ];
}

async function signed(check: Form): Promise<void> {
  const receipt = await check.press('Sign and save', { ...answersOn(check.card, SIX_KILOBYTES), signature: 'A made-up name' }); // prettier-ignore
  if (!receipt.heading.startsWith('Saved: SL-')) throw new Error(`Not saved: ${textOf(receipt.card)}`);
}

const byUnits = (costs: readonly Cost[]): readonly Cost[] => [...costs].sort((a, b) => a.units - b.units);

function middle(costs: readonly Cost[]): Cost {
  return at(byUnits(costs), Math.floor(costs.length / 2));
}

function dearest(costs: readonly Cost[]): Cost {
  return at(byUnits(costs), costs.length - 1);
}

function at(costs: readonly Cost[], place: number): Cost {
  const cost = costs[place];
  if (cost === undefined) throw new Error('Nothing was pressed.');
  return cost;
}

async function readingCosts(bot: CosmosBot, filled: Filled, meter: Meter): Promise<readonly Cost[]> {
  const { author, manager } = filled;
  const shown = async (name: string, person: Person, verb: string, data: object, says: RegExp): Promise<Cost> => {
    const { cost, came } = await meter(name, () => bot.press(person, verb, data));
    if (!says.test(textOf(came))) throw new Error(`${name}: ${textOf(came)}`);
    return cost;
  };
  const number = /SL-[0-9A-HJKMNP-TV-Z]{8}/u;
  return [
    await shown(`A summary of ${RECORDS_OF_LARGE}`, author, 'summary.open', { asked: filled.asked(LARGE_CASE, bot) }, /5\d records/u), // prettier-ignore
    await shown('A search by reference', author, 'search.run', { reference: LARGE_CASE }, number),
    await shown('A search by organisation', author, 'search.run', { organisation: 'Exampleshire Health Visiting' }, number), // prettier-ignore
    await shown('My records', author, 'record.mine', {}, number),
    await shown('Missing outcomes, one’s own', author, 'nudge.missing', {}, number),
    await shown(`Missing outcomes, a manager’s (${DUE})`, manager, 'nudge.missing', {}, number),
  ];
}

async function sweepCosts(bot: CosmosBot, { clock }: Filled, meter: Meter): Promise<readonly Cost[]> {
  const told: string[] = [];
  const sender: NudgeSender = { send: async ({ id }) => (told.push(id), { kind: 'sent' }) };
  const sweep = (): Promise<void> =>
    sweepNudges({ ...bot.services.nudging, clock, sender, pause: async () => undefined }, (code) => {
      throw new Error(`A card was not sent: ${code}`);
    });
  const all = await meter(`A sweep with ${DUE} due`, sweep);
  const count = told.length;
  if (count === 0) throw new Error('Nobody was sent a card.');
  const again = await meter('The next sweep, nothing to send', sweep);
  if (told.length > count) throw new Error('Somebody was sent a second card.');
  return [{ ...all.cost, name: `${all.cost.name}, ${count} cards` }, again.cost];
}
