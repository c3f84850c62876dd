import type { Person } from '../../src/people.ts';
import type { AccessEntry, AccessLog } from '../../src/ports.ts';
import type { Stores } from '../../src/storePorts.ts';
import { askUrgently, type UrgentAnswer, type UrgentPress } from '../../src/urgentAccess.ts';
import { aBench, aPerson, ASHA, BO, check, fillIn, MO, signOn, storedOf, type Bench } from './aBench.ts';
import { aShare, typedShare } from './aShare.ts';

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
export async function aCase(wrap: (stores: Stores) => Stores = (stores) => stores, wanted = aShare()) {
  const reached: Reached = { log: [], calls: [] };
  const wrapAccess = (access: AccessLog): AccessLog => ({
    append: async (entry) => {
      await access.append(entry);
      reached.log.push(entry);
    },
  });
  const bench = await aBench({ people: PEOPLE, wrap: (stores) => wrap(reaching(reached)(stores)), wrapAccess });
  const made = await signOn(bench, check(await fillIn(bench, typedShare(wanted))));
  const { caseKey, header } = await storedOf(bench, made);
  reached.log.length = 0;
  reached.calls.length = 0;
  return { bench, reached, caseKey, number: header.number };
}

/** Asks for urgent access to that case, with a good reason unless told otherwise. */
export const ask = (bench: Bench, person: Person, typed = WHOLLY, askId = ASK_ID): Promise<UrgentAnswer> =>
  askUrgently(bench.recording, person, { askId, typed: typed as UrgentPress['typed'] });
