import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { accessLog } from '../../src/accessLog.ts';
import type { Typed } from '../../src/answering.ts';
import type { Instant } from '../../src/fields.ts';
import type { Keys } from '../../src/keyPorts.ts';
import type { OpeningDeps } from '../../src/opening.ts';
import { pacingMemory, type PacingDeps } from '../../src/pacing.ts';
import type { Person, Team } from '../../src/people.ts';
import type { AccessLog, Clock, CommitResult, Random, RecordStore, StoredVersion } from '../../src/ports.ts';
import type { Stores } from '../../src/storePorts.ts';
import type { RecordingSettings, SectionIdOf } from '../../src/recordType.ts';
import type { RecordingDeps } from '../../src/recording/deps.ts';
import { openDraft, startDraft } from '../../src/recording/drafting.ts';
import { sign } from '../../src/recording/signing.ts';
import { change, next, type Press } from '../../src/recording/stepping.ts';
import type { CheckView, QuestionsView, RecordingView } from '../../src/recording/views.ts';
import { share } from '../../src/records/share.ts';
import { unpackPayload } from '../../src/payloads.ts';
import { foldWords } from '../../src/placeholders.ts';
import { keysFrom } from '../../src/sealing.ts';
import { openSqlite } from '../../src/stores/sqlite/openSqlite.ts';
import { NOW, SETTINGS } from './aShare.ts';

export const TENANT = 'tenant-exampleshire';

export function aPerson(wanted: Partial<Person> = {}): Person {
  return {
    id: 'person-asha',
    tenantId: TENANT,
    name: 'Asha Invented',
    jobTitle: 'Social worker',
    organisation: 'Exampleshire Council',
    managerId: 'person-mo',
    teamIds: ['team-north'],
    roles: ['practitioner'],
    ...wanted,
  };
}

/** The keys of every bench: made up, and the same in each run. */
export const KEYS = keysFrom(
  { tenantId: TENANT, lookupKey: new Uint8Array(32).fill(1), storeKey: new Uint8Array(32).fill(2) },
  { bytes: (length) => randomBytes(length) },
);

/** Apart from the chance of a bench: what the log draws leaves its ids as they are. */
const processIds: Random = { bytes: (length) => randomBytes(length) };

export const ASHA = aPerson();
export const MO = aPerson({ id: 'person-mo', name: 'Mo Pretend', managerId: 'person-zed', roles: ['manager'] });
export const BO = aPerson({ id: 'person-bo', name: 'Bo Imaginary', managerId: 'person-mo' });

const TEAMS: readonly Team[] = [
  { id: 'team-north', name: 'North' },
  { id: 'team-south', name: 'South' },
];

/** Everything recording needs, over a store in memory. */
export interface Bench {
  readonly stores: Stores;
  readonly recording: RecordingDeps;
  readonly opening: OpeningDeps;
  /** What each commit that reached the store was answered with. */
  readonly commits: readonly CommitResult[];
  /** The drafts that were signed and are to be brought to their end soon. */
  readonly unfinished: readonly string[];
  setNow(now: Instant): void;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly settings?: RecordingSettings;
  readonly people?: readonly Person[];
  /** Puts something between the bot and the store. */
  readonly wrap?: (stores: Stores) => Stores;
  /** Puts something between the bot and its access log. */
  readonly wrapAccess?: (access: AccessLog) => AccessLog;
}

/** The access log of one process over a store, and what slows who looks up a great deal; nobody waits here. */
export function loggingOn(
  stores: Pick<Stores, 'access' | 'notices'>,
  deps: { readonly keys: Keys; readonly clock: Clock; readonly random: Random },
): PacingDeps & { readonly access: AccessLog } {
  const pacing = {
    ...{ access: stores.access, notices: stores.notices, clock: deps.clock },
    ...{ wait: async () => undefined, queued: () => undefined, memory: pacingMemory() },
  };
  return { access: accessLog({ store: stores.access, ...deps }), pacing };
}

export async function aBench(options: BenchOptions = {}): Promise<Bench> {
  const inner = await openSqlite({ path: ':memory:', tenantId: TENANT });
  const commits: CommitResult[] = [];
  const counted: Stores = { ...inner, records: countingCommits(inner.records, commits) };
  const stores = options.wrap?.(counted) ?? counted;
  const people = options.people ?? [ASHA, MO, BO];
  let now = NOW;
  const clock = { now: () => now };
  const directory = {
    person: async (id: string) => people.find((person) => person.id === id),
    lastKnown: async (id: string) => people.find((person) => person.id === id),
    reportsOf: async (id: string) => people.filter(({ managerId }) => managerId === id),
    recordsOfficers: async () => people.filter(({ roles }) => roles.includes('recordsOfficer')),
    managersOf: async (teamId: string) =>
      people.filter(({ roles, teamIds }) => roles.includes('manager') && teamIds.includes(teamId)),
    personNamed: async (name: string) => {
      const named = people.filter((person) => foldWords(person.name) === foldWords(name));
      return named.length === 1 ? named[0] : undefined;
    },
    teamNamed: async (nameOrId: string) =>
      TEAMS.find(({ id, name }) => [foldWords(id), foldWords(name)].includes(foldWords(nameOrId))),
    team: async (id: string) => TEAMS.find((team) => team.id === id),
  };
  let drawn = 0;
  const random = {
    bytes: (length: number) => createHash('sha512').update(`chance ${drawn++}`).digest().subarray(0, length),
  };
  const settings = options.settings ?? SETTINGS;
  const { access, pacing } = loggingOn(stores, { keys: KEYS, clock, random: processIds });
  const unfinished: string[] = [];
  const logging = { access: options.wrapAccess?.(access) ?? access, pacing };
  return {
    stores: inner,
    recording: {
      ...{ ...stores, ...logging, directory, keys: KEYS, clock, random, settings },
      unfinished: ({ draftId }) => void unfinished.push(draftId),
    },
    opening: { ...stores, ...logging, directory, keys: KEYS, clock },
    commits,
    unfinished,
    setNow: (instant) => void (now = instant),
    close: () => inner.close(),
  };
}

function countingCommits(records: RecordStore, commits: CommitResult[]): RecordStore {
  return {
    ...records,
    async commit(wanted) {
      const result = await records.commit(wanted);
      commits.push(result);
      return result;
    },
  };
}

export type Standing = QuestionsView | CheckView;

/** Fails unless a view is a card of questions or the check card. */
export function standing(view: RecordingView): Standing {
  assert.ok(view.kind === 'questions' || view.kind === 'check', `expected a card to answer, got ${view.kind}`);
  return view;
}

export function questions(view: RecordingView): QuestionsView {
  assert.ok(view.kind === 'questions', `expected questions, got ${view.kind}`);
  return view;
}

export function check(view: RecordingView): CheckView {
  assert.ok(view.kind === 'check', `expected the check card, got ${view.kind}`);
  return view;
}

/** A press on the card that a view shows, with what of `typed` belongs on it. What is not named keeps what stands there. */
export function pressOn(view: Standing, typed: Typed = {}): Press {
  const { draftId, revision } = view.draft;
  const asked = view.kind === 'questions' ? view.card.asked : view.signing;
  const ids = asked.flatMap(({ name }) => [name, `${name}Date`, `${name}Time`]);
  if (view.kind === 'check') ids.push('signature', 'teamId', 'restrict');
  const shown = ids.flatMap((id) => {
    const text = typed[id] ?? view.typed[id];
    return text === undefined ? [] : [[id, text] as const];
  });
  return {
    draftId,
    revision,
    section: view.kind === 'check' ? 'check' : view.card.id,
    typed: Object.fromEntries(shown),
  };
}

/** Starts a share and answers card after card until the check card, or until a card comes back with problems. */
export async function fillIn(bench: Bench, typed: Typed, person: Person = ASHA): Promise<RecordingView> {
  return goOn(bench, await startDraft(bench.recording, person, share), typed, person);
}

export async function goOn(
  bench: Bench,
  from: RecordingView,
  typed: Typed,
  person: Person = ASHA,
): Promise<RecordingView> {
  let view = from;
  while (view.kind === 'questions' && view.problems.length === 0) {
    view = await next(bench.recording, person, pressOn(view, typed));
  }
  return view;
}

export async function signOn(
  bench: Bench,
  view: RecordingView,
  typed: Typed = { signature: 'Asha Invented' },
  person: Person = ASHA,
): Promise<RecordingView> {
  return sign(bench.recording, person, pressOn(check(view), typed));
}

export async function changeOn(
  bench: Bench,
  view: RecordingView,
  section: SectionIdOf<typeof share>,
): Promise<RecordingView> {
  return change(bench.recording, ASHA, { ...pressOn(check(view)), change: section });
}

export function reopen(bench: Bench, view: Pick<Standing, 'draft'>, person: Person = ASHA): Promise<RecordingView> {
  return openDraft(bench.recording, person, view.draft.draftId);
}

/** The stored version behind a receipt. */
export async function storedOf(bench: Bench, view: RecordingView): Promise<StoredVersion> {
  assert.ok(view.kind === 'receipt', `expected a receipt, got ${view.kind}`);
  const held = await bench.stores.records.byNumber(view.committed.number);
  assert.ok(held !== undefined, 'the number on the receipt is not reserved');
  const version = await bench.stores.records.latest(held.caseKey, held.recordId);
  assert.ok(version !== undefined, 'a receipt without a record');
  return version;
}

export function answersIn(version: StoredVersion): Readonly<Record<string, string | readonly string[]>> {
  return unpackPayload(KEYS, version).answers;
}
