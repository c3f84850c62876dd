import assert from 'node:assert/strict';
import type { StoredNotice } from '../../src/noticePorts.ts';
import type { Person } from '../../src/people.ts';
import type { AccessEntry, AccessLog } from '../../src/ports.ts';
import type { Stores } from '../../src/storePorts.ts';
import { askUrgently, type UrgentAnswer, type UrgentPress } from '../../src/urgentAccess.ts';
import { aBench, aPerson, ASHA, BO, MO, type Bench } from './aBench.ts';
import { aKnownCase, restrictTo } from './aKnownCase.ts';

const { managerId: _, ...unmanaged } = ASHA;
export const SUE = aPerson({ ...unmanaged, id: 'person-sue', name: 'Sue Fable', managerId: 'person-sol', teamIds: ['team-south'] }); // prettier-ignore
export const SOL = aPerson({ ...SUE, id: 'person-sol', name: 'Sol Fancy', managerId: 'person-mo', roles: ['manager'] });
export const LEA = aPerson({ ...MO, id: 'person-lea', name: 'Lea Fiction' });
export const ROB = aPerson({ ...SUE, id: 'person-rob', name: 'Rob Fictional', teamIds: [], roles: ['recordsOfficer'] });
export const PEOPLE: readonly Person[] = [ASHA, BO, MO, LEA, SUE, SOL, ROB];

export const CASE = 'XX-10422';
export const REASON = 'She has rung from the station and will not say where she is.';
export const WHOLLY: Partial<UrgentPress['typed']> = { wanted: CASE, reason: REASON };
export const ASK_ID = '01KAR0SAMP1E0000000000000A';
export const JUST_BEFORE_THE_END = '2026-11-23T15:04:59.999Z';
export const THE_END = '2026-11-23T15:05:00.000Z';

/** What reached the store: the log as it is kept, and the name of each call. */
export interface Reached {
  readonly log: AccessEntry[];
  readonly calls: string[];
}

function reaching({ calls }: Reached): (stores: Stores) => Stores {
  const watched = <T extends object>(of: string, store: T): T =>
    new Proxy(store, {
      get: (target, name, self) => {
        calls.push(`${of}.${String(name)}`);
        return Reflect.get(target, name, self) as unknown; // whatever it is, it is handed on
      },
    });
  return (stores) => ({
    ...stores,
    records: watched('records', stores.records),
    cases: watched('cases', stores.cases),
  });
}

/** A case with one record of Asha's, and what was done to the store since. */
export async function aCase(wrap: (stores: Stores) => Stores = (stores) => stores, people = PEOPLE) {
  const reached: Reached = { log: [], calls: [] };
  const wrapAccess = (access: AccessLog): AccessLog => ({
    append: async (entry) => {
      await access.append(entry);
      reached.log.push(entry);
    },
  });
  const bench = await aBench({ people, wrap: (stores) => wrap(reaching(reached)(stores)), wrapAccess });
  const known = await aKnownCase(bench);
  reached.log.length = 0;
  reached.calls.length = 0;
  return { bench, reached, ...known };
}

/** Asks for urgent access to that case, with a good reason unless told otherwise. */
export const ask = (bench: Bench, person: Person, typed = WHOLLY, askId = ASK_ID): Promise<UrgentAnswer> =>
  askUrgently(bench.recording, person, { askId, typed: typed as UrgentPress['typed'] });

/** The case of each test in turn. */
export interface TestCase {
  readonly bench: Bench;
  readonly reached: Reached;
  readonly caseKey: string;
  readonly number: string;
  /** Makes it anew where there are only these people. */
  makeAmong(people: readonly Person[]): Promise<void>;
  ask(person: Person, typed?: typeof WHOLLY, askId?: string): Promise<UrgentAnswer>;
  restrict(...people: readonly Person[]): Promise<void>;
  notices(): Promise<readonly StoredNotice[]>;
  /** What is to be told to whom, in the order of the alphabet. */
  told(): Promise<readonly string[]>;
  /** The grant, or the refusal, that is told of. Fails when nobody is told of any. */
  grantId(): Promise<string>;
}

/** Makes such a case for each test of the suite that calls this. */
export function withACase(): TestCase {
  let held: Awaited<ReturnType<typeof aCase>>;
  beforeEach(async () => {
    held = await aCase();
  });
  afterEach(() => held.bench.close());
  const notices = (): Promise<readonly StoredNotice[]> => held.bench.stores.notices.pending(100);
  return {
    get bench() {
      return held.bench;
    },
    get reached() {
      return held.reached;
    },
    get caseKey() {
      return held.caseKey;
    },
    get number() {
      return held.number;
    },
    async makeAmong(people) {
      await held.bench.close();
      held = await aCase(undefined, people);
    },
    ask: (person, typed, askId) => ask(held.bench, person, typed, askId),
    restrict: (...people) =>
      restrictTo(
        held.bench.opening,
        held.caseKey,
        people.map(({ id }) => id),
      ),
    notices,
    told: async () =>
      (await notices()).map(({ what, audience }) => `${what} ${'personId' in audience ? audience.personId : audience.kind}`).toSorted(), // prettier-ignore
    grantId: async () => (await notices())[0]?.about ?? assert.fail('nobody was told'),
  };
}
