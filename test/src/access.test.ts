import assert from 'node:assert/strict';
import { may, type RecordAction, type Rights } from '../../src/access.ts';
import type { Person } from '../../src/people.ts';
import type { Directory } from '../../src/ports.ts';
import type { CaseStore } from '../../src/casePorts.ts';
import { aPerson, ASHA, BO, KEYS, MO } from './aBench.ts';
import { NOW } from './aShare.ts';

const AWAY = aPerson({ ...MO, teamIds: ['team-south'] });
const LEA = aPerson({ id: 'person-lea', managerId: undefined, roles: ['manager'] });
const SOL = aPerson({ id: 'person-sol', teamIds: ['team-south'], roles: ['manager'] });
const OFFICER = aPerson({ id: 'person-ro', teamIds: [], roles: ['recordsOfficer'] });

const PEOPLE = {
  'its author': ASHA,
  'the author’s manager, of another team': AWAY,
  'another manager of its team': LEA,
  'a records officer': OFFICER,
  'a colleague': BO,
  'a manager of another team': SOL,
} as const satisfies Readonly<Record<string, Person>>;

/** In the order of the people above. */
const TABLE: Readonly<Record<RecordAction, string>> = {
  'record.open': 'yes yes yes yes yes no',
  'record.copyText': 'yes yes yes yes yes no',
  'record.history': 'yes yes yes yes yes no',
  'record.complete': 'yes no yes no no no',
  'record.addOutcome': 'yes yes yes no yes no',
  'record.amend': 'yes no yes no no no',
  'record.endorse': 'no yes yes no no no',
  'record.comment': 'no yes yes no no no',
  'record.link': 'yes no yes yes no no',
  'record.withdraw': 'yes no yes no no no',
  'record.dispute': 'yes no yes yes no no',
};

const NO_CASES: CaseStore = {
  read: async () => undefined,
  has: async () => false,
  save: async () => 'conflict',
  undecided: async () => [],
  grant: async () => undefined,
  grantById: async () => undefined,
  grantsOf: async () => [],
};

const rightsOf = (...people: readonly Person[]): Rights => ({
  directory: directoryOf(...people),
  cases: NO_CASES,
  keys: KEYS,
  clock: { now: () => NOW },
});

const directoryOf = (...people: readonly Person[]): Directory => ({
  person: async (id) => people.find((person) => person.id === id),
  lastKnown: async (id) => people.find((person) => person.id === id),
  reportsOf: async () => [],
  team: async () => undefined,
  teamNamed: async () => undefined,
  recordsOfficers: async () => [],
  managersOf: async () => [],
  personNamed: async () => undefined,
});

describe('who may do what with a record', () => {
  const record = { caseKey: 'case-1', recordId: 'record-1', openItems: [], authorId: ASHA.id, teamId: 'team-north' };
  for (const [action, answers] of Object.entries(TABLE) as [RecordAction, string][])
    // The keys of a record of actions are actions.
    it(`${action}: ${answers}`, async () => {
      const found = await Promise.all(
        Object.values(PEOPLE).map((person) => may(rightsOf(ASHA, AWAY), action, person, record)),
      );
      assert.equal(found.map((allowed) => (allowed ? 'yes' : 'no')).join(' '), answers);
    });

  for (const action of ['record.endorse', 'record.comment'] as const)
    it(`${action} is never for the author, though a manager of the team and of themselves`, async () => {
      const own = aPerson({ ...LEA, managerId: LEA.id });
      const theirs = { ...record, authorId: own.id };
      assert.equal(await may(rightsOf(own), action, own, theirs), false);
    });
});
