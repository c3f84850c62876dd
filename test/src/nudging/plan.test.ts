import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays } from '../../../src/londonTime.ts';
import type { LocalDate } from '../../../src/fields.ts';
import { factsOf, statesBy, type OpenFact } from '../../../src/nudging/facts.ts';
import type { Deputy, ItemState } from '../../../src/nudgePorts.ts';
import { orgOn } from '../../../src/nudging/org.ts';
import { isEmpty, planFor, type Content } from '../../../src/nudging/plan.ts';
import type { Person } from '../../../src/people.ts';
import { addWorkingDays } from '../../../src/workingDays.ts';
import { aPerson } from '../aBench.ts';
import { aCommit, noHead } from '../stores/contract/builders.ts';
import { ANN, aDirectory, aFact, aState, changed, EVERYBODY, MO, TOP, without } from './aNudgeBench.ts';

interface World {
  /** Records officers who have had this week's card about lawful bases. */
  readonly told?: ReadonlySet<string>;
  readonly facts?: readonly OpenFact[];
  readonly states?: readonly ItemState[];
  readonly drafts?: Readonly<Record<string, number>>;
  readonly people?: readonly Person[];
  readonly deputies?: readonly Deputy[];
  readonly unreachable?: readonly string[];
  readonly afterDays?: number;
}

/** Monday 23 November 2026, on which `aFact` falls due. */
const DUE = '2026-11-23';

const KINDS = ['own', 'team', 'escalated', 'basis'] as const;

function planOn(today: LocalDate, world: World = {}): Promise<ReadonlyMap<string, Content>> {
  const { facts = [aFact()], states = [], drafts = {}, people = EVERYBODY, deputies = [], unreachable = [] } = world;
  const org = orgOn(aDirectory(people), today, deputies, unreachable);
  const counts = new Map(Object.entries(drafts));
  return planFor(
    today,
    facts,
    statesBy(states),
    counts,
    org,
    { escalateAfterDays: world.afterDays ?? 5 },
    world.told ?? new Set(),
  );
}

/** Whether somebody's line of managers leads to another. */
function isBelow(people: readonly Person[], id: string, managerId: string): boolean {
  const managerOf = (of: string | undefined): string | undefined =>
    people.find((person) => person.id === of)?.managerId;
  let up = managerOf(id);
  for (let step = 0; up !== undefined && step < people.length; step += 1) {
    if (up === managerId) return true;
    up = managerOf(up);
  }
  return false;
}

/** Who is told of what: "ann own r1". */
async function toldOn(today: LocalDate, world: World = {}): Promise<readonly string[]> {
  return [...(await planOn(today, world))].flatMap(([personId, content]) => [
    ...KINDS.flatMap((kind) => content[kind].map(({ recordId }) => `${personId} ${kind} ${recordId}`)),
    ...(content.drafts === 0 ? [] : [`${personId} drafts ${content.drafts}`]),
  ]);
}

function dueOf(due: LocalDate): LocalDate | undefined {
  return factsOf(aCommit(noHead(), { openItems: [{ kind: 'outcome', due }] }).version)[0]?.dueOn;
}

describe('an open item', () => {
  for (const [due, dueOn, why] of [
    ['2026-11-23', '2026-11-23', 'a Monday'],
    ['2026-11-28', '2026-11-30', 'a Saturday'],
    ['2026-03-29', '2026-03-30', 'the Sunday on which clocks go forward'],
    ['2026-10-25', '2026-10-26', 'the Sunday on which clocks go back'],
    ['2026-04-03', '2026-04-07', 'Good Friday'],
    ['2026-12-25', '2026-12-29', 'Christmas, with its day in lieu'],
  ] as const)
    it(`falls due on the first working day from ${due}, ${why}`, () => assert.equal(dueOf(due), dueOn));

  it('belongs to the case file that its record was linked to last', () => {
    const { version } = aCommit(noHead('own file'), { linkedTo: 'case 4711' });
    assert.deepEqual(
      factsOf(version).map(({ caseKey }) => caseKey),
      ['case 4711'],
    );
  });
});

describe('who is told of an open item', () => {
  it('is nobody before its day', async () => {
    assert.equal((await planOn(addDays(DUE, -1))).size, 0);
  });

  it('is its author from the day, and their manager from one working day after', async () => {
    assert.deepEqual(await toldOn(DUE), ['ann own r1']);
    assert.deepEqual(await toldOn('2026-11-24'), ['ann own r1', 'mo team r1']);
  });

  it('is the manager on Monday of what fell due on Friday, and on Tuesday after a holiday', async () => {
    const friday = { facts: [aFact({ dueOn: '2026-11-27' })] };
    assert.deepEqual(await toldOn('2026-11-28', friday), ['ann own r1']);
    assert.deepEqual(await toldOn('2026-11-30', friday), ['ann own r1', 'mo team r1']);
    const maundyThursday = { facts: [aFact({ dueOn: '2026-04-02' })] };
    assert.deepEqual(await toldOn('2026-04-06', maundyThursday), ['ann own r1']);
    assert.deepEqual(await toldOn('2026-04-07', maundyThursday), ['ann own r1', 'mo team r1']);
  });

  it('is each author of theirs only, and their manager of all', async () => {
    const facts = [aFact(), aFact({ recordId: 'r2', authorId: 'ben' })];
    assert.deepEqual(await toldOn('2026-11-24', { facts }), ['ann own r1', 'mo team r1', 'mo team r2', 'ben own r2']);
  });

  it('is told of the oldest first, and of the same day by record', async () => {
    const facts = [
      aFact({ recordId: 'r3', dueOn: '2026-11-20' }),
      aFact({ recordId: 'r2', dueOn: '2026-11-20' }),
      aFact({ recordId: 'r1', dueOn: '2026-11-23' }),
      aFact({ recordId: 'r4', dueOn: '2026-11-10' }),
    ];
    const states = facts.map(({ recordId }) => aState({ recordId, firstStoodOn: '2026-11-24' }));
    const plan = await planOn('2026-12-01', { facts, states });
    const orderOf = (personId: string, kind: 'own' | 'team' | 'escalated') =>
      plan.get(personId)?.[kind].map(({ recordId }) => recordId);
    const order = ['r4', 'r2', 'r3', 'r1'];
    assert.deepEqual(
      [orderOf('ann', 'own'), orderOf('mo', 'team'), orderOf('zed', 'escalated')],
      [order, order, order],
    );
  });

  it('is the same whatever order the items come in', async () => {
    const facts = ['r1', 'r2', 'r3'].map((recordId, nth) => aFact({ recordId, dueOn: addDays('2026-11-18', nth) }));
    const plan = await planOn('2026-11-24', { facts });
    assert.deepEqual(await planOn('2026-11-24', { facts: facts.toReversed() }), plan);
  });

  it('is nobody when nothing is open', async () => {
    assert.equal((await planOn(DUE, { facts: [] })).size, 0);
  });
});

describe('an item that was put off', () => {
  const states = [aState({ snoozedUntil: '2026-11-26' })];

  it('leaves the manager’s list up to and including its last day, and never its author’s', async () => {
    assert.deepEqual(await toldOn('2026-11-25', { states }), ['ann own r1']);
    assert.deepEqual(await toldOn('2026-11-26', { states }), ['ann own r1']);
    assert.deepEqual(await toldOn('2026-11-27', { states }), ['ann own r1', 'mo team r1']);
  });

  it('is in nobody’s list while its author has left', async () => {
    assert.deepEqual(await toldOn('2026-11-26', { states, people: without('ann') }), []);
    assert.deepEqual(await toldOn('2026-11-27', { states, people: without('ann') }), ['mo team r1']);
  });

  it('does not go further up meanwhile, though it has waited long enough', async () => {
    const facts = [aFact({ dueOn: '2026-11-09' })];
    const long = [aState({ firstStoodOn: '2026-11-10', snoozedUntil: '2026-11-26' })];
    assert.deepEqual(await toldOn('2026-11-26', { facts, states: long }), ['ann own r1']);
    assert.deepEqual(await toldOn('2026-11-27', { facts, states: long }), [
      'ann own r1',
      'mo team r1',
      'zed escalated r1',
    ]);
  });

  it('is put off alone: another item of the same record stands', async () => {
    const facts = [aFact(), aFact({ kind: 'receipt' })];
    const plan = await planOn('2026-11-26', { facts, states });
    assert.deepEqual(
      plan.get('mo')?.team.map(({ kind }) => kind),
      ['receipt'],
    );
  });
});

describe('going further up', () => {
  const isUpOn = async (day: LocalDate, state: Partial<ItemState>, afterDays = 5): Promise<boolean> => {
    const states = [aState({ firstStoodOn: '2026-11-24', ...state })];
    return (await toldOn(day, { states, afterDays })).includes('zed escalated r1');
  };

  it('begins on the fifth working day after it first stood in the manager’s card', async () => {
    assert.equal(await isUpOn('2026-11-30', {}), false);
    assert.equal(await isUpOn('2026-12-01', {}), true);
  });

  it('is counted in working days over bank holidays', async () => {
    assert.equal(await isUpOn('2026-12-30', { firstStoodOn: '2026-12-22' }), false);
    assert.equal(await isUpOn('2026-12-31', { firstStoodOn: '2026-12-22' }), true);
  });

  it('begins when the agency says so', async () => {
    assert.equal(await isUpOn('2026-11-24', {}, 1), false);
    assert.equal(await isUpOn('2026-11-25', {}, 1), true);
    assert.equal(await isUpOn('2026-12-07', {}, 10), false);
    assert.equal(await isUpOn('2026-12-08', {}, 10), true);
  });

  it('begins later by exactly the days on which it was put off', async () => {
    for (const pausedDays of [1, 3, 5]) {
      const day = addWorkingDays('2026-12-01', pausedDays);
      assert.equal(await isUpOn(addWorkingDays('2026-12-01', pausedDays - 1), { pausedDays }), false, `${pausedDays}`);
      assert.equal(await isUpOn(day, { pausedDays }), true, `${pausedDays}`);
    }
  });

  it('does not begin before it stood in a manager’s card, however late it is', async () => {
    assert.deepEqual(await toldOn('2027-02-01', { states: [aState()] }), ['ann own r1', 'mo team r1']);
  });

  it('leaves it in the manager’s list as well', async () => {
    const states = [aState({ firstStoodOn: '2026-11-24' })];
    assert.deepEqual(await toldOn('2026-12-01', { states }), ['ann own r1', 'mo team r1', 'zed escalated r1']);
  });

  it('ends at the top', async () => {
    const facts = [aFact({ authorId: 'zed' })];
    const states = [aState({ firstStoodOn: '2026-11-24' })];
    assert.deepEqual(await toldOn('2026-12-01', { facts, states }), ['zed own r1', 'top team r1']);
  });
});

describe('nobody is told of their own record as its manager', () => {
  const states = [aState({ firstStoodOn: '2026-11-24' })];

  it('when the record is a manager’s: the next one up is', async () => {
    const facts = [aFact({ authorId: 'mo' })];
    assert.deepEqual(await toldOn('2026-12-01', { facts, states }), ['mo own r1', 'zed team r1', 'top escalated r1']);
  });

  it('when the directory says that they manage themselves: a manager of the team is', async () => {
    const people = changed({ ...ANN, managerId: 'ann' });
    assert.deepEqual(await toldOn('2026-12-01', { people }), ['ann own r1', 'mo team r1']);
    const alone = changed({ ...MO, managerId: 'mo' });
    const facts = [aFact({ authorId: 'mo' })];
    assert.deepEqual(await toldOn('2026-12-01', { facts, people: alone, states }), ['mo own r1']);
  });

  it('when two manage each other', async () => {
    const people = changed({ ...MO, managerId: 'ann' });
    assert.deepEqual(await toldOn('2026-12-01', { people, states }), ['ann own r1', 'mo team r1']);
  });

  it('when they stand in for their own manager', async () => {
    const deputies = [{ managerId: 'mo', deputyId: 'ann', until: '2026-12-31' }];
    assert.deepEqual(await toldOn('2026-12-01', { deputies }), ['ann own r1', 'mo team r1']);
  });

  it('whoever manages whom, stands in for whom, has left or cannot be reached', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'] as const;
    const some = fc.option(fc.constantFrom(...ids), { nil: undefined });
    const world = fc.record({
      managers: fc.tuple(some, some, some, some, some),
      deputies: fc.tuple(some, some, some, some, some),
      left: fc.subarray<string>([...ids], { maxLength: 3 }),
      unreachable: fc.subarray<string>([...ids], { maxLength: 3 }),
      inTeam: fc.subarray<string>([...ids]),
      authorId: fc.constantFrom(...ids),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ managers, deputies, left, unreachable, inTeam, authorId }) => {
        const people = ids
          .map((id, nth): Person => {
            const { managerId: _, ...person } = aPerson({ id, name: id, roles: ['manager'] });
            const managerId = managers[nth];
            const teamIds = inTeam.includes(id) ? ['team-north'] : [];
            return { ...person, teamIds, ...(managerId === undefined ? {} : { managerId }) };
          })
          .filter(({ id }) => !left.includes(id));
        const standing = ids.flatMap((managerId, nth): readonly Deputy[] => {
          const deputyId = deputies[nth];
          return deputyId === undefined ? [] : [{ managerId, deputyId, until: '2027-01-01' }];
        });
        const plan = await planOn('2026-12-01', {
          ...{ facts: [aFact({ authorId })], states, people, deputies: standing, unreachable },
        });
        const told = [...plan].filter(([, content]) => content.team.length + content.escalated.length > 0);
        for (const [personId, content] of plan) {
          assert.ok(!unreachable.includes(personId), 'nobody is told who cannot be reached');
          assert.ok(!left.includes(personId), 'nobody is told who has left');
          assert.ok(content.team.length + content.escalated.length < 2, 'nobody is told of it twice');
          if (personId === authorId) assert.equal(content.team.length + content.escalated.length, 0);
        }
        const others = people.filter(
          ({ id, teamIds }) =>
            id !== authorId && teamIds.length > 0 && !unreachable.includes(id) && !isBelow(people, id, authorId),
        );
        assert.ok(told.length > 0 || others.length === 0, 'where the team has a manager to tell, somebody is told');
      }),
      { numRuns: 300 },
    );
  });
});

describe('people who have left or cannot be reached', () => {
  it('leave their open items to their team’s manager, from the day on', async () => {
    assert.deepEqual(await toldOn(DUE, { people: without('ann') }), ['mo team r1']);
  });

  it('leave those whom they managed to another manager of the team', async () => {
    const people = [...without('mo'), aPerson({ id: 'nia', name: 'Nia Nobody', managerId: 'zed', roles: ['manager'] })];
    assert.deepEqual(await toldOn('2026-11-24', { people }), ['ann own r1', 'nia team r1']);
  });

  it('leave them to nobody when there is no manager at all, and the author is told still', async () => {
    assert.deepEqual(await toldOn('2026-11-24', { people: without('mo') }), ['ann own r1']);
    assert.deepEqual(await toldOn('2026-11-24', { people: without('mo', 'ann') }), []);
  });

  it('have their items in the next card of the next one up', async () => {
    assert.deepEqual(await toldOn(DUE, { unreachable: ['ann'] }), ['mo team r1']);
    assert.deepEqual(await toldOn(DUE, { unreachable: ['ann', 'mo'] }), ['zed team r1']);
    assert.deepEqual(await toldOn('2026-11-24', { unreachable: ['mo'] }), ['ann own r1', 'zed team r1']);
  });

  it('are passed over when an item goes further up', async () => {
    const states = [aState({ firstStoodOn: '2026-11-24' })];
    assert.deepEqual(await toldOn('2026-12-01', { states, unreachable: ['zed'] }), [
      ...['ann own r1', 'mo team r1', 'top escalated r1'],
    ]);
    assert.deepEqual(await toldOn('2026-12-01', { states, unreachable: ['mo'] }), [
      ...['ann own r1', 'zed team r1', 'top escalated r1'],
    ]);
  });

  it('have no card about their unfinished records', async () => {
    const drafts = { ann: 1, gone: 2 };
    assert.deepEqual(await toldOn(DUE, { facts: [], drafts, unreachable: ['ann'] }), []);
  });
});

describe('a record whose lawful basis is not sure', () => {
  const facts = [aFact({ kind: 'basis', dueOn: '2026-04-01' })];

  it('is told to records officers until they have had the card of the week, and to nobody else', async () => {
    for (const day of ['2026-11-23', '2026-11-24', '2026-11-27'])
      assert.deepEqual(await toldOn(day, { facts }), ['rob basis r1'], day);
    assert.deepEqual(await toldOn('2026-11-24', { facts, told: new Set(['rob']) }), []);
    assert.deepEqual(await toldOn('2026-11-24', { facts, told: new Set(['mo']) }), ['rob basis r1']);
  });

  it('is not told before its day', async () => {
    assert.deepEqual(await toldOn('2026-03-30', { facts }), []);
  });

  it('is told to every records officer who can be reached', async () => {
    const people = [...EVERYBODY, aPerson({ id: 'ria', name: 'Ria Unreal', roles: ['recordsOfficer'] })];
    assert.deepEqual(await toldOn('2026-11-23', { facts, people }), ['rob basis r1', 'ria basis r1']);
    assert.deepEqual(await toldOn('2026-11-23', { facts, people, unreachable: ['rob'] }), ['ria basis r1']);
  });
});

describe('unfinished records', () => {
  it('are told to their author only', async () => {
    assert.deepEqual(await toldOn(DUE, { facts: [], drafts: { ann: 2 } }), ['ann drafts 2']);
    assert.deepEqual(await toldOn(DUE, { facts: [], drafts: { mo: 1 } }), ['mo drafts 1']);
  });

  it('stand in the same card as open items', async () => {
    assert.deepEqual(await toldOn(DUE, { drafts: { ann: 1 } }), ['ann own r1', 'ann drafts 1']);
  });
});

describe('a card', () => {
  it('has nothing to say only when each of its parts is empty', () => {
    const none: Content = { own: [], team: [], escalated: [], basis: [], drafts: 0 };
    assert.ok(isEmpty(none));
    assert.ok(!isEmpty({ ...none, drafts: 1 }));
    for (const kind of KINDS) assert.ok(!isEmpty({ ...none, [kind]: [aFact()] }), kind);
  });

  it('is about a record of somebody at the top, and goes to them', async () => {
    const facts = [aFact({ authorId: TOP.id, teamId: 'no such team' })];
    assert.deepEqual(await toldOn('2026-11-24', { facts }), ['top own r1']);
  });
});
