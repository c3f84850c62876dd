import assert from 'node:assert/strict';
import { addDays } from '../../../src/londonTime.ts';
import type { ItemState } from '../../../src/nudgePorts.ts';
import { nameDeputy, remindAuthor, snooze, SNOOZE_DAYS, type Acted } from '../../../src/nudging/acting.ts';
import type { Person } from '../../../src/people.ts';
import { addWorkingDays } from '../../../src/workingDays.ts';
import { aPerson, KEYS } from '../aBench.ts';
import { ANN, aNudgeBench, BEN, EVERYBODY, MO, outcomeDue, ROB, TOP, ZED, type NudgeBench } from './aNudgeBench.ts';

/** A Monday, on which the outcome of Ann's record falls due; the day after, it stands with Mo. */
const DUE = '2026-11-23';
const STOOD = '2026-11-24';
const ITEM = { recordId: 'r1', kind: 'outcome', number: 'SL r1' } as const;
const REASON = 'The nurse is on leave';
/** The fifth working day after it first stood with Mo. */
const UP = '2026-12-01';

describe('acting on an open item', () => {
  let bench: NudgeBench;
  beforeEach(async () => {
    bench = await aNudgeBench();
    bench.at('2026-11-16');
    await bench.record('r1', outcomeDue(DUE));
  });
  afterEach(() => bench.close());

  const putOff = (days: number, reason = REASON, person: Person = MO): Promise<Acted> =>
    snooze(bench.deps, person, ITEM, days, reason);
  const state = (): Promise<ItemState | undefined> => bench.stores.nudges.item('r1', 'outcome');
  /** Lets it first stand in Mo's card. */
  const stand = async (): Promise<void> => assert.ok((await bench.sweep(STOOD)).includes('mo'));
  /** The days on which somebody is handed a card, from one to another. */
  const daysOf = async (personId: string, from: string, until: string): Promise<readonly string[]> => {
    const days: string[] = [];
    for (let day = from; day <= until; day = addDays(day, 1))
      if ((await bench.sweep(day)).includes(personId)) days.push(day);
    return days;
  };

  describe('putting it off', () => {
    for (const days of SNOOZE_DAYS)
      it(`for ${days} takes it out of the manager’s list for so many working days`, async () => {
        await stand();
        const until = addWorkingDays(STOOD, days);
        assert.deepEqual(await putOff(days), { kind: 'snoozed', number: 'SL r1', until });
        const back = addWorkingDays(until, 1);
        assert.deepEqual(await daysOf('mo', '2026-11-25', back), [back]);
      });

    it('goes over weekends and bank holidays', async () => {
      bench.at('2026-12-24');
      assert.deepEqual(await putOff(1), { kind: 'snoozed', number: 'SL r1', until: '2026-12-29' });
      assert.deepEqual(await daysOf('mo', '2026-12-24', '2026-12-30'), ['2026-12-30']);
    });

    it('leaves its author’s list as it is', async () => {
      await stand();
      await putOff(3);
      assert.deepEqual(await daysOf('ann', '2026-11-25', '2026-11-27'), ['2026-11-25', '2026-11-26', '2026-11-27']);
    });

    it('for up to 20 working days is taken', async () => {
      await stand();
      assert.equal((await putOff(20)).kind, 'snoozed');
    });

    for (const days of [0, -1, 21, 999, 1.5, NaN, Infinity])
      it(`for ${days} is refused in words, and changes nothing`, async () => {
        await stand();
        const before = await state();
        assert.deepEqual(await putOff(days), { kind: 'refused', text: 'Choose from 1 to 20 working days.' });
        assert.deepEqual(await state(), before);
      });

    for (const reason of ['', '   ', 'x', 'n/a', 'N.A.', 'tbc', 'T.B.C.', 'test', 'none', '...', 'x'.repeat(201)])
      it(`with “${reason.slice(0, 12)}” as the reason is refused in words, and changes nothing`, async () => {
        await stand();
        const before = await state();
        assert.deepEqual(await putOff(1, reason), {
          kind: 'refused',
          text: 'Say why it can wait, in a few words.',
        });
        assert.deepEqual(await state(), before);
      });

    it('keeps the reason sealed', async () => {
      await stand();
      await putOff(1);
      const { note = '' } = (await state()) ?? {};
      const sealed = Buffer.from(note, 'base64');
      assert.ok(!sealed.includes(REASON) && !note.includes(REASON));
      const place = { kind: 'item', recordId: 'r1', item: 'outcome' } as const;
      assert.equal(Buffer.from(KEYS.open(place, sealed)).toString('utf8'), REASON);
    });

    it('puts off that item only', async () => {
      await bench.record('r1', [...outcomeDue(DUE), { kind: 'receipt', due: DUE }]);
      await stand();
      await putOff(5);
      await bench.sweep('2026-11-25');
      assert.equal(bench.handed.findLast(({ personId }) => personId === 'mo')?.counts.team, 1);
    });
  });

  describe('putting it off keeps it from going further up', () => {
    it('by nothing when it was not put off', async () => {
      await stand();
      assert.deepEqual(await daysOf('zed', '2026-11-25', UP), [UP]);
    });

    for (const days of [1, 3, 5, 20])
      it(`by exactly its ${days} working days`, async () => {
        await stand();
        await putOff(days);
        const up = addWorkingDays(UP, days);
        assert.deepEqual(await daysOf('zed', '2026-11-25', up), [up]);
      });

    it('by the days of both when it was put off again after it came back', async () => {
      await stand();
      await putOff(1);
      bench.at('2026-11-26');
      await putOff(3);
      const up = addWorkingDays(UP, 4);
      assert.deepEqual(await daysOf('zed', '2026-11-26', up), [up]);
    });

    it('not by more when it is pressed again while it is put off: it is in no list then', async () => {
      await stand();
      await putOff(3);
      bench.at('2026-11-25');
      assert.deepEqual(await putOff(5), { kind: 'notYours' });
      const up = addWorkingDays(UP, 3);
      assert.deepEqual(await daysOf('zed', '2026-11-26', up), [up]);
    });

    it('not by more when two press at once', async () => {
      await stand();
      const both = await Promise.all([putOff(3), putOff(3)]);
      assert.ok(both.some(({ kind }) => kind === 'snoozed'));
      const { pausedDays, snoozedUntil } = (await state()) ?? {};
      assert.deepEqual([pausedDays, snoozedUntil], [3, '2026-11-27']);
    });

    it('by nothing of what came before it first stood with the manager', async () => {
      bench.at(STOOD, '08:00');
      assert.equal((await putOff(1)).kind, 'snoozed');
      // It is put off on the 24th and 25th, and first stands on the 26th.
      assert.deepEqual(await daysOf('mo', STOOD, '2026-11-26'), ['2026-11-26']);
      assert.deepEqual(await daysOf('zed', '2026-11-27', '2026-12-03'), ['2026-12-03']);
    });

    it('and takes it back from where it went', async () => {
      await stand();
      await daysOf('zed', '2026-11-25', UP);
      assert.equal((await putOff(3, REASON, ZED)).kind, 'snoozed');
      assert.deepEqual(await daysOf('zed', '2026-12-02', '2026-12-07'), ['2026-12-07']);
    });
  });

  describe('is for those in whose list it stands', () => {
    const NOT_THEIRS = [ANN, BEN, ZED, TOP, ROB, aPerson({ id: 'nobody', name: 'Nobody Atall', roles: ['manager'] })];
    for (const person of NOT_THEIRS)
      it(`not for ${person.name}, and that is written down`, async () => {
        await stand();
        const before = await state();
        assert.deepEqual(await putOff(1, REASON, person), { kind: 'notYours' });
        assert.deepEqual(await remindAuthor(bench.deps, person, ITEM), { kind: 'notYours' });
        assert.deepEqual(await state(), before);
        const entry = { at: '2026-11-24T09:00:00.000Z', personId: person.id };
        const refused = { ...entry, action: 'record.refused', subject: 'SL r1' } as const;
        assert.deepEqual(bench.access, [refused, refused]);
      });

    it('not for the manager on the day on which it falls due', async () => {
      bench.at(DUE);
      assert.deepEqual(await putOff(1), { kind: 'notYours' });
    });

    it('not for the manager once it is closed', async () => {
      await stand();
      await bench.record('r1', []);
      assert.deepEqual(await putOff(1), { kind: 'notYours' });
      assert.deepEqual(await remindAuthor(bench.deps, MO, ITEM), { kind: 'notYours' });
    });

    it('not for the manager of a record of their own', async () => {
      await bench.record('r2', outcomeDue(DUE), { authorId: 'mo' });
      bench.at(STOOD);
      const item = { ...ITEM, recordId: 'r2', number: 'SL r2' };
      assert.deepEqual(await snooze(bench.deps, MO, item, 1, REASON), { kind: 'notYours' });
      assert.equal((await snooze(bench.deps, ZED, item, 1, REASON)).kind, 'snoozed');
    });

    it('looks alike for an item that does not exist', async () => {
      bench.at(STOOD);
      const item = { ...ITEM, recordId: 'no such record' };
      assert.deepEqual(await snooze(bench.deps, MO, item, 1, REASON), { kind: 'notYours' });
      assert.deepEqual(await bench.stores.nudges.items(['no such record']), []);
    });

    it('for who stands in for the manager, and not for the manager meanwhile', async () => {
      await bench.stores.nudges.saveDeputy({ managerId: 'mo', deputyId: 'ben', until: '2026-11-30' });
      bench.at(STOOD);
      assert.deepEqual(await putOff(1), { kind: 'notYours' });
      assert.equal((await putOff(1, REASON, BEN)).kind, 'snoozed');
    });

    it('says nothing of days or reasons to anybody else', async () => {
      bench.at(STOOD);
      assert.deepEqual(await putOff(0, '', BEN), { kind: 'notYours' });
    });
  });

  describe('having its author reminded', () => {
    it('is noted with the day, and may be repeated', async () => {
      await stand();
      for (const day of [STOOD, '2026-11-25']) {
        bench.at(day);
        assert.deepEqual(await remindAuthor(bench.deps, MO, ITEM), { kind: 'reminded', number: 'SL r1' });
        assert.equal((await state())?.remindedOn, day);
      }
    });

    it('changes nothing else of what is known of the item', async () => {
      await stand();
      await putOff(1);
      const before = await state();
      bench.at('2026-11-26');
      await remindAuthor(bench.deps, MO, ITEM);
      assert.deepEqual(await state(), {
        ...before,
        remindedOn: '2026-11-26',
        revision: (before?.revision ?? 0) + 1,
      });
    });

    it('and putting it off at once are both kept', async () => {
      await stand();
      await Promise.all([remindAuthor(bench.deps, MO, ITEM), putOff(3)]);
      const { remindedOn, snoozedUntil } = (await state()) ?? {};
      assert.deepEqual([remindedOn, snoozedUntil], [STOOD, '2026-11-27']);
    });
  });
});

describe('naming a deputy', () => {
  let bench: NudgeBench;
  beforeEach(async () => {
    bench = await aNudgeBench();
  });
  afterEach(() => bench.close());

  const standing = () => bench.stores.nudges.deputies('2026-11-23');

  it('holds up to and including the day', async () => {
    assert.deepEqual(await nameDeputy(bench.deps, MO, 'ben imaginary', '2026-11-25'), {
      ...{ kind: 'deputy', deputy: BEN, until: '2026-11-25' },
    });
    await bench.record('r1', outcomeDue('2026-11-20'));
    assert.deepEqual(await bench.sweep('2026-11-25'), ['ann', 'ben']);
    assert.deepEqual(await bench.sweep('2026-11-26'), ['ann', 'mo']);
  });

  it('replaces the one before', async () => {
    await nameDeputy(bench.deps, MO, 'Ben Imaginary', '2026-11-25');
    await nameDeputy(bench.deps, MO, 'Ann Invented', '2026-11-27');
    assert.deepEqual(await standing(), [{ managerId: 'mo', deputyId: 'ann', until: '2026-11-27' }]);
  });

  it('holds for today alone, when that is the day', async () => {
    assert.equal((await nameDeputy(bench.deps, MO, 'Ben Imaginary', '2026-11-23')).kind, 'deputy');
  });

  for (const [what, name, until, why] of [
    ['a name that nobody has', 'Nobody Atall', '2026-11-25', /Nobody, or more than one/u],
    ['oneself', 'Mo Pretend', '2026-11-25', /cannot stand in for yourself/u],
    ['a day that has passed', 'Ben Imaginary', '2026-11-22', /from today on/u],
    ['what is no day', 'Ben Imaginary', '2026-02-30', /from today on/u],
    ['no day', 'Ben Imaginary', '', /from today on/u],
    ['a day far off', 'Ben Imaginary', '2027-06-30', /next 60 working days/u],
  ] as const)
    it(`refuses ${what} in words, and keeps who stood in before`, async () => {
      await nameDeputy(bench.deps, MO, 'Ann Invented', '2026-11-27');
      const before = await standing();
      const refused = await nameDeputy(bench.deps, MO, name, until);
      assert.ok(refused.kind === 'refused');
      assert.match(refused.text, why);
      assert.deepEqual(await standing(), before);
    });

  it('refuses a name that two people have', async () => {
    bench.setPeople([...EVERYBODY, { ...BEN, id: 'another ben' }]);
    assert.equal((await nameDeputy(bench.deps, MO, 'Ben Imaginary', '2026-11-25')).kind, 'refused');
  });

  it('is for managers only', async () => {
    for (const person of [ANN, ROB])
      assert.deepEqual(await nameDeputy(bench.deps, person, 'Ben Imaginary', '2026-11-25'), { kind: 'notManager' });
    assert.deepEqual(await standing(), []);
  });
});
