import assert from 'node:assert/strict';
import type { Deputy } from '../../../src/nudgePorts.ts';
import { orgOn, type Org } from '../../../src/nudging/org.ts';
import type { Person } from '../../../src/people.ts';
import { aPerson } from '../aBench.ts';
import { aDirectory, ANN, changed, EVERYBODY, MO, TOP, without } from './aNudgeBench.ts';

const TODAY = '2026-11-23';

interface World {
  readonly people?: readonly Person[];
  readonly deputies?: readonly Deputy[];
  readonly unreachable?: readonly string[];
}

function org({ people = EVERYBODY, deputies = [], unreachable = [] }: World = {}): Org {
  return orgOn(aDirectory(people), TODAY, deputies, unreachable);
}

async function managerOf(authorId: string, world: World = {}): Promise<string | undefined> {
  return (await org(world).managerFor(authorId, 'team-north'))?.id;
}

const away = (managerId: string, deputyId: string, until = '2026-12-31'): Deputy => ({ managerId, deputyId, until });

describe('who answers for an author', () => {
  it('is their manager', async () => {
    assert.equal(await managerOf('ann'), 'mo');
    assert.equal(await managerOf('mo'), 'zed');
  });

  it('is a manager of the team, when the author has left or has no manager', async () => {
    assert.equal(await managerOf('ann', { people: without('ann') }), 'mo');
    const { managerId: _, ...alone } = ANN;
    assert.equal(await managerOf('ann', { people: changed(alone) }), 'mo');
  });

  it('is nobody, when there is no manager to be found', async () => {
    assert.equal(await org({ people: without('ann') }).managerFor('ann', 'team-south'), undefined);
    assert.equal(await managerOf('ann', { people: without('mo') }), undefined);
  });

  it('is the next one up where the manager cannot be reached', async () => {
    assert.equal(await managerOf('ann', { unreachable: ['mo'] }), 'zed');
    assert.equal(await managerOf('ann', { unreachable: ['mo', 'zed'] }), 'top');
  });

  it('is found, or not, however the directory goes round in a circle', async () => {
    const circle = changed({ ...TOP, managerId: 'mo' });
    assert.equal(await managerOf('ann', { people: circle }), 'mo');
    assert.equal(await managerOf('ann', { people: circle, unreachable: ['mo', 'zed', 'top'] }), undefined);
    assert.equal(await managerOf('mo', { people: circle }), 'zed');
  });
});

describe('who stands in for a manager', () => {
  it('gets their card up to and including the day', async () => {
    assert.equal(await managerOf('ann', { deputies: [away('mo', 'ben', TODAY)] }), 'ben');
    assert.equal(await managerOf('ann', { deputies: [away('mo', 'ben', '2026-11-22')] }), 'mo');
  });

  it('is not the author: the manager gets it all the same', async () => {
    assert.equal(await managerOf('ann', { deputies: [away('mo', 'ann')] }), 'mo');
    assert.equal(await managerOf('ben', { deputies: [away('mo', 'ann')] }), 'ann');
  });

  it('is the manager again when the deputy has left or cannot be reached', async () => {
    assert.equal(await managerOf('ann', { deputies: [away('mo', 'ben')], people: without('ben') }), 'mo');
    assert.equal(await managerOf('ann', { deputies: [away('mo', 'ben')], unreachable: ['ben'] }), 'mo');
  });

  it('gets it though the manager cannot be reached or has left', async () => {
    assert.equal(await managerOf('ann', { deputies: [away('mo', 'ben')], unreachable: ['mo'] }), 'ben');
    assert.equal(await managerOf('ann', { deputies: [away('mo', 'ben')], people: without('mo') }), 'ben');
  });

  it('is the next one up when neither can be reached', async () => {
    assert.equal(await managerOf('ann', { deputies: [away('mo', 'ben')], unreachable: ['ben', 'mo'] }), 'zed');
  });

  it('gets what goes further up as well', async () => {
    const above = await org({ deputies: [away('zed', 'rob')] }).nextUp('ann', 'team-north');
    assert.equal(above?.id, 'rob');
  });

  it('does not hand it on to who stands in for them', async () => {
    assert.equal(await managerOf('ann', { deputies: [away('mo', 'zed'), away('zed', 'rob')] }), 'zed');
  });
});

describe('who is next up', () => {
  it('is the manager’s own manager', async () => {
    assert.equal((await org().nextUp('ann', 'team-north'))?.id, 'zed');
    assert.equal((await org().nextUp('mo', 'team-north'))?.id, 'top');
  });

  it('is nobody at the top', async () => {
    assert.equal(await org().nextUp('zed', 'team-north'), undefined);
  });

  it('is one further up where somebody cannot be reached', async () => {
    assert.equal((await org({ unreachable: ['zed'] }).nextUp('ann', 'team-north'))?.id, 'top');
    assert.equal(await org({ unreachable: ['zed', 'top'] }).nextUp('ann', 'team-north'), undefined);
  });

  it('is never the author, nor the manager over again', async () => {
    const circle = changed({ ...MO, managerId: 'ann' });
    assert.equal(await org({ people: circle }).nextUp('ann', 'team-north'), undefined);
    const own = changed({ ...MO, managerId: 'mo' });
    assert.equal(await org({ people: own }).nextUp('ann', 'team-north'), undefined);
  });
});

describe('the directory', () => {
  it('is asked once for each person in a sweep', async () => {
    const asked: string[] = [];
    const directory = aDirectory();
    const counted = { ...directory, person: (id: string) => (asked.push(id), directory.person(id)) };
    const asking = orgOn(counted, TODAY, [], []);
    for (let nth = 0; nth < 3; nth += 1) {
      await asking.managerFor('ann', 'team-north');
      await asking.nextUp('ann', 'team-north');
    }
    assert.ok(asked.includes('ann') && asked.includes('zed'));
    assert.equal(new Set(asked).size, asked.length, asked.join(' '));
  });

  it('says who the records officers are, and who can be reached', async () => {
    const other = aPerson({ id: 'ria', name: 'Ria Unreal', roles: ['recordsOfficer'] });
    const today = org({ people: [...EVERYBODY, other], unreachable: ['ria'] });
    assert.deepEqual(
      (await today.recordsOfficers()).map(({ id }) => id),
      ['rob', 'ria'],
    );
    assert.deepEqual([today.isReachable('rob'), today.isReachable('ria')], [true, false]);
  });
});
