import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Typed } from '../../src/answering.ts';
import { CHECK, packDraft, type Committed } from '../../src/drafts.ts';
import type { Answers } from '../../src/fields.ts';
import { knownType } from '../../src/forms.ts';
import type { Person } from '../../src/people.ts';
import type { Random } from '../../src/ports.ts';
import type { Stores } from '../../src/storePorts.ts';
import { begin, type Beginning } from '../../src/recording/beginning.ts';
import type { RecordingDeps } from '../../src/recording/deps.ts';
import { createDraft, newDraft, openDraft } from '../../src/recording/drafting.ts';
import { sign } from '../../src/recording/signing.ts';
import { next } from '../../src/recording/stepping.ts';
import type { CheckView, RecordingView } from '../../src/recording/views.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';
import { share } from '../../src/records/share.ts';
import { keysFrom, wrapStoreKey } from '../../src/sealing.ts';
import { openConnection } from '../../src/stores/sqlite/connection.ts';
import { openSqlite, storesOn } from '../../src/stores/sqlite/openSqlite.ts';
import { ASHA, BO, loggingOn, MO, pressOn, TENANT } from '../src/aBench.ts';
import { aShare, aShareWithout, SETTINGS, typedShare } from '../src/aShare.ts';
import { completeAnswers } from '../src/completeAnswers.ts';

/** Draws that look random and are the same for the same seed. */
export interface Chance extends Random {
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  oneOf<T>(choices: readonly T[]): T;
}

export function chanceFrom(seed: string): Chance {
  let drawn = 0;
  const bytes = (length: number): Uint8Array =>
    createHash('shake256', { outputLength: length }).update(`${seed} ${drawn++}`).digest();
  const below = (limit: number): number => Buffer.from(bytes(4)).readUInt32LE() % limit;
  return { bytes, below, oneOf: (choices) => choices[below(choices.length)]! };
}

export const LOOKUP_KEY = new Uint8Array(32).fill(1);
export const STORE_KEY = new Uint8Array(32).fill(2);
/** The key-encryption key of every seeded store. */
export const KEK = { id: 'kek-1', key: new Uint8Array(32).fill(3) };

export function seededKeys(random: Random) {
  return keysFrom({ tenantId: TENANT, lookupKey: LOOKUP_KEY, storeKey: STORE_KEY }, random);
}

const PRESSES_AT_MOST = 20;

/** The cases of the first records, in turn; those after them are on any of these. */
const REFERENCES = ['XX-1', 'XX-1', 'XX-1', 'XX-1', 'XX-2', 'XX-2', 'XX-3'] as const;

/** What ends a further version of a record, whatever it is. */
const FURTHER: Typed = {
  ...typedShare(aShare()),
  amendmentReason: 'The father gave another date.',
  stillOpenReason: 'The visit was put off.',
  withdrawnBy: 'The mother, K.B.',
  withdrawnOn: '2026-11-23',
  withdrawnTold: 'By telephone',
  disputedBy: 'The father, L.B.',
  disputedOn: '2026-11-23',
  disputeText: 'He says that he was told on Tuesday.',
};

/**
 * Fills a store with records of every type and with further versions of them, made as the bot makes them: several case
 * files, of different lengths, one of four entries at least, and answers of all lengths. The same seed, the same records.
 */
export async function recordSeeded(stores: Stores, chance: Chance): Promise<void> {
  await keepStoreKey(stores, chance);
  const deps = depsOn(stores, chance);
  const signed: Committed[] = [];
  for (let made = 0; made < 7 + chance.below(6); made += 1) {
    const reference = REFERENCES[made] ?? chance.oneOf(REFERENCES);
    signed.push(chance.below(6) === 0 ? await urgent(deps, reference) : await record(deps, chance, reference));
  }
  for (const { number } of signed) {
    for (let left = chance.below(3); left > 0; left -= 1) await further(deps, chance, number);
  }
}

/** Gives a store the key under which everything seeded is sealed. */
export async function keepStoreKey(stores: Stores, random: Random): Promise<void> {
  const wrapped = wrapStoreKey(KEK.key, { tenantId: TENANT, keyId: KEK.id }, STORE_KEY, random);
  await stores.storeKey.create({ keyId: KEK.id, wrapped });
}

/** A file with a store that was filled so, closed, with nothing left in its log. */
export async function aSeededFile(path: string, seed: string): Promise<void> {
  const connection = openConnection(':memory:', TENANT);
  await recordSeeded(storesOn(connection), chanceFrom(seed));
  connection.db.prepare('VACUUM INTO ?').run(path);
  connection.close();
  await (await openSqlite({ path, tenantId: TENANT })).close();
}

export function depsOn(stores: Stores, chance: Chance): RecordingDeps {
  let nowMs = Date.parse('2026-11-23T14:05:00.000Z');
  const people: readonly Person[] = [ASHA, BO, MO];
  const keys = seededKeys(chance);
  const clock = { now: () => new Date((nowMs += 1 + chance.below(2_000))).toISOString() };
  return {
    ...stores,
    ...loggingOn(stores, { keys, clock, random: chance }),
    keys,
    clock,
    random: chance,
    settings: SETTINGS,
    unfinished: () => undefined,
    directory: {
      person: async (id) => people.find((person) => person.id === id),
      lastKnown: async (id) => people.find((person) => person.id === id),
      reportsOf: async () => [],
      team: async () => undefined,
      teamNamed: async () => undefined,
      recordsOfficers: async () => [],
      managersOf: async () => [],
      personNamed: async () => undefined,
    },
  };
}

/** Signs a record of any type. */
export async function record(deps: RecordingDeps, chance: Chance, caseReference: string): Promise<Committed> {
  const type = chance.oneOf(RECORD_TYPES);
  const person = chance.oneOf([ASHA, BO]);
  const answers: Answers = { ...chance.oneOf(completeAnswers(type.id)), caseReference };
  const long = 'The worker rang about the visit. '.repeat(1 + chance.below(100)).slice(0, 2_900);
  const sized = 'reason' in answers && chance.below(3) === 0 ? { ...answers, reason: long } : answers;
  const draft = { ...newDraft(deps, person, type), section: CHECK, answers: sized };
  return toTheEnd(deps, person, await createDraft(deps, person, draft), {});
}

async function urgent(deps: RecordingDeps, caseReference: string): Promise<Committed> {
  const answers = aShareWithout({ caseReference });
  const draft = { ...newDraft(deps, ASHA, share, { isUrgent: true }), section: CHECK, answers };
  const committed = await toTheEnd(deps, ASHA, await createDraft(deps, ASHA, draft), {});
  const completing = await begin(deps, ASHA, committed.number, 'completed');
  return toTheEnd(deps, ASHA, completing, typedShare(answers));
}

/** One more version of a record, of a kind that may be made of it now. A draft that does not do stays open. */
async function further(deps: RecordingDeps, chance: Chance, number: string): Promise<void> {
  const purposes: readonly Beginning[] = ['outcome', 'withdrawn', 'amended', 'linked', 'disputed'];
  const start = chance.below(purposes.length);
  for (const purpose of [...purposes.slice(start), ...purposes.slice(0, start)]) {
    const reference = purpose === 'linked' ? chance.oneOf(['XX-5', 'XX-6']) : undefined;
    for (const person of [ASHA, BO]) {
      let view = await begin(deps, person, number, purpose, reference);
      if (view.kind === 'check' && purpose === 'amended') view = await withAnotherAnswer(deps, person, view, chance);
      if ((await pressToTheEnd(deps, person, view, FURTHER)).kind === 'receipt') return;
    }
  }
  assert.fail(`no further version of ${number} could be made`);
}

/** An amendment has to change an answer: the first long one there is. */
async function withAnotherAnswer(deps: RecordingDeps, person: Person, { draft, type }: CheckView, chance: Chance) {
  const name = Object.keys(draft.answers).find(
    (field) => type.fields[field]?.kind === 'longText' && field in knownType(type.id).fields,
  )!;
  const answers = { ...draft.answers, [name]: `It was put off to the ${2 + chance.below(1_000_000)}th hour.` };
  await deps.drafts.save(packDraft(deps.keys, { ...draft, answers, revision: draft.revision + 1 }));
  return openDraft(deps, person, draft.draftId);
}

async function toTheEnd(deps: RecordingDeps, person: Person, from: RecordingView, typed: Typed): Promise<Committed> {
  const view = await pressToTheEnd(deps, person, from, typed);
  assert.ok(view.kind === 'receipt', `expected a receipt, got ${view.kind}`);
  return view.committed;
}

/** Presses on until there is a receipt, or until what is typed does not do. */
async function pressToTheEnd(deps: RecordingDeps, person: Person, from: RecordingView, typed: Typed) {
  let view = from;
  for (let presses = 0; presses < PRESSES_AT_MOST; presses += 1) {
    if (view.kind === 'questions' && view.problems.length === 0) view = await next(deps, person, pressOn(view, typed));
    else if (view.kind !== 'check' || view.pressed.length > 0) break;
    else view = await sign(deps, person, pressOn(view, { ...typed, signature: person.name }));
  }
  return view;
}
