import assert from 'node:assert/strict';
import type { ItemState, Nudge, NudgeStatus, OpenRecords } from '../../../src/nudgePorts.ts';
import { digestFor } from '../../../src/nudging/digest.ts';
import { lastKnownAs } from '../../../src/people.ts';
import { isOpenAt, sweepNudges, type NudgeSent } from '../../../src/nudging/sweep.ts';
import { isWorkingDay } from '../../../src/workingDays.ts';
import { addDays } from '../../../src/londonTime.ts';
import { aDraft } from '../stores/contract/builders.ts';
import { ANN, aNudgeBench, MO, outcomeDue, without, type NudgeBench } from './aNudgeBench.ts';

/** A Monday, on which the outcome of Ann's record falls due. */
const DUE = '2026-11-23';
const LATER: NudgeSent = { kind: 'later', seconds: 600 };
const FAILED: NudgeSent = { kind: 'failed' };
const UNREACHABLE: NudgeSent = { kind: 'unreachable' };

/** Where a process dies. */
class Died extends Error {}

describe('the cards of a day', () => {
  let bench: NudgeBench;
  beforeEach(async () => {
    bench = await aNudgeBench();
    bench.at('2026-11-16');
    await bench.record('r1', outcomeDue(DUE));
  });
  afterEach(() => bench.close());

  const statusOf = async (personId: string, day: string): Promise<NudgeStatus | undefined> =>
    (await bench.stores.nudges.read(personId, day))?.status;
  const known = (nudge: Pick<Nudge, 'status' | 'changedAt'>): Promise<unknown> =>
    bench.stores.nudges.create({ personId: 'ann', date: DUE, revision: 1, ...nudge });
  const stoodOn = async (): Promise<string | undefined> =>
    (await bench.stores.nudges.item('r1', 'outcome'))?.firstStoodOn;

  describe('their time', () => {
    it('is from nine up to half past five', async () => {
      assert.deepEqual(await bench.sweep(DUE, '08:59'), []);
      assert.equal(await statusOf('ann', DUE), undefined);
      assert.deepEqual(await bench.sweep(DUE, '09:00'), ['ann']);
      assert.deepEqual(await bench.sweep('2026-11-24', '17:29'), ['ann', 'mo']);
      assert.deepEqual(await bench.sweep('2026-11-25', '17:30'), []);
      assert.equal(await statusOf('ann', '2026-11-25'), undefined);
    });

    it('is nine in London on either side of both changes of the clock', () => {
      const times = {
        '2026-03-27T08:59:59.999Z': false, '2026-03-27T09:00:00.000Z': true,
        '2026-03-30T07:59:59.999Z': false, '2026-03-30T08:00:00.000Z': true,
        '2026-03-30T16:29:59.999Z': true, '2026-03-30T16:30:00.000Z': false,
        '2026-10-23T07:59:59.999Z': false, '2026-10-23T08:00:00.000Z': true,
        '2026-10-26T08:59:59.999Z': false, '2026-10-26T09:00:00.000Z': true,
        '2026-10-26T17:29:59.999Z': true, '2026-10-26T17:30:00.000Z': false,
      }; // prettier-ignore
      for (const [instant, isOpen] of Object.entries(times)) assert.equal(isOpenAt(instant), isOpen, instant);
    });

    it('never comes on the Sundays on which the clocks change', () => {
      for (const day of ['2026-03-29', '2026-10-25'])
        for (let hour = 0; hour < 24; hour += 1)
          assert.ok(!isOpenAt(`${day}T${String(hour).padStart(2, '0')}:15:00.000Z`), `${day} ${hour}`);
    });

    it('does not come on a weekend or a bank holiday', async () => {
      for (const day of ['2026-11-28', '2026-11-29', '2026-12-25', '2026-12-28', '2027-01-01'])
        assert.deepEqual(await bench.sweep(day), [], day);
    });

    it('ends while they go out, for those who have none yet', async () => {
      await bench.record('r2', outcomeDue(DUE), { authorId: 'ben' });
      const pause = async (): Promise<void> => bench.at(DUE, '17:30');
      bench.at(DUE, '17:29');
      await sweepNudges({ ...bench.deps, pause }, () => undefined);
      assert.deepEqual(
        bench.handed.map(({ personId }) => personId),
        ['ann'],
      );
      assert.deepEqual(await bench.sweep('2026-11-24'), ['ann', 'mo', 'ben']);
    });

    it('ends while one is made ready: it is not sent any more, and does not count as one that may have arrived', async () => {
      const open: OpenRecords = {
        ...bench.stores.open,
        one(of) {
          bench.at(DUE, '17:30');
          return bench.stores.open.one(of);
        },
      };
      bench.at(DUE, '17:29');
      await sweepNudges({ ...bench.deps, open }, () => undefined);
      assert.deepEqual(bench.handed, []);
      assert.deepEqual(await bench.sweep(DUE, '17:40'), []);
      assert.equal(await statusOf('ann', DUE), 'claimed');
      assert.deepEqual(await bench.sweep('2026-11-24'), ['ann', 'mo']);
    });
  });

  describe('what they hold', () => {
    it('is counts and record numbers', async () => {
      await bench.record('r2', outcomeDue(DUE), { authorId: 'ben' });
      await bench.record('r3', [{ kind: 'receipt', due: '2026-11-24' }, { kind: 'outcome', due: DUE }]); // prettier-ignore
      await bench.sweep('2026-11-24');
      assert.deepEqual(
        bench.handed.map(({ personId, counts, numbers }) => [personId, counts.own, counts.team, numbers.join()]),
        [
          ['ann', 3, 0, 'SL r1,SL r3'],
          ['mo', 0, 3, 'SL r1,SL r2,SL r3'],
          ['ben', 1, 0, 'SL r2'],
        ],
      );
    });

    it('is nothing of an item that is not due, though another one of its record is', async () => {
      await bench.record('r1', [...outcomeDue(DUE), { kind: 'review', due: '2026-12-24' }]);
      await bench.sweep(DUE);
      assert.deepEqual(bench.handed[0]?.counts, { own: 1, team: 0, escalated: 0, basis: 0, drafts: 0 });
    });

    it('is found beyond the first page of what is due', async () => {
      for (let nth = 0; nth < 505; nth += 1)
        await bench.record(`s${String(nth).padStart(3, '0')}`, outcomeDue(addDays('2026-11-20', nth % 4)));
      await bench.sweep(DUE);
      assert.equal(bench.handed[0]?.counts.own, 506);
    });

    it('is nobody’s when nothing is open', async () => {
      await bench.record('r1', []);
      assert.deepEqual(await bench.sweep('2026-11-24'), []);
      assert.deepEqual(await bench.stores.nudges.latest(10), { items: [], isCutShort: false });
    });

    it('is unfinished records after a working day, for their author only', async () => {
      await bench.record('r1', []);
      await bench.stores.drafts.create(aDraft({ personId: 'ann', touchedAt: '2026-11-20T16:00:00.000Z' }));
      for (const day of ['2026-11-20', '2026-11-21', '2026-11-22'])
        assert.deepEqual(await bench.sweep(day, '17:00'), [], day);
      assert.deepEqual(await bench.sweep(DUE), ['ann']);
      assert.equal(bench.handed[0]?.counts.drafts, 1);
    });

    it('is no unfinished record that was touched today, or is being signed', async () => {
      await bench.record('r1', []);
      const draftId = '01JDRAFT000000000000000002';
      await bench.stores.drafts.create(aDraft({ personId: 'ann', touchedAt: '2026-11-24T00:00:00.000Z' }));
      await bench.stores.drafts.create(
        aDraft({ draftId, personId: 'ann', status: 'committing', touchedAt: '2026-11-10T10:00:00.000Z' }),
      );
      assert.deepEqual(await bench.sweep('2026-11-24'), []);
      assert.deepEqual(await bench.sweep('2026-11-25'), ['ann']);
      assert.equal(bench.handed[0]?.counts.drafts, 1);
    });

    it('is without what was closed since they were planned, and a card with nothing else is not sent', async () => {
      await bench.record('r2', outcomeDue(DUE), { authorId: 'ben' });
      const pause = async (): Promise<void> => {
        if (bench.handed.length === 1) await bench.record('r2', []);
      };
      bench.at('2026-11-24');
      await sweepNudges({ ...bench.deps, pause }, () => undefined);
      assert.deepEqual(
        bench.handed.map(({ personId, numbers }) => [personId, numbers.join()]),
        [
          ['ann', 'SL r1'],
          ['mo', 'SL r1'],
        ],
      );
      assert.equal(await statusOf('ben', '2026-11-24'), 'nothing');
    });
  });

  describe('are one a person and day', () => {
    it('however often a sweep happens', async () => {
      assert.deepEqual(await bench.sweep(DUE), ['ann']);
      await bench.record('r2', outcomeDue(DUE));
      for (const time of ['09:00', '09:01', '12:00', '17:29']) assert.deepEqual(await bench.sweep(DUE, time), [], time);
    });

    it('with two instances at once', async () => {
      await bench.record('r2', outcomeDue(DUE), { authorId: 'ben' });
      bench.at('2026-11-24');
      await Promise.all([1, 2, 3].map(() => sweepNudges(bench.deps, (code) => assert.fail(code))));
      assert.deepEqual(bench.handed.map(({ personId }) => personId).toSorted(), ['ann', 'ben', 'mo']);
    });

    it('after days on which nothing ran', async () => {
      await bench.record('r2', outcomeDue('2026-11-25'));
      assert.deepEqual(await bench.sweep('2026-12-03', '11:00'), ['ann', 'mo']);
      assert.deepEqual(
        bench.handed.map(({ numbers }) => numbers.join()),
        ['SL r1,SL r2', 'SL r1,SL r2'],
      );
      assert.deepEqual(await bench.sweep('2026-12-03', '11:01'), []);
    });
  });

  describe('when somebody dies', () => {
    it('before one is on its way: it is taken over after five minutes', async () => {
      await known({ status: 'claimed', changedAt: '2026-11-23T09:00:00.000Z' });
      assert.deepEqual(await bench.sweep(DUE, '09:04'), []);
      assert.deepEqual(await bench.sweep(DUE, '09:05'), ['ann']);
      assert.equal(await statusOf('ann', DUE), 'sent');
    });

    it('before one is on its way: it is taken over once by two', async () => {
      await known({ status: 'claimed', changedAt: '2026-11-23T09:00:00.000Z' });
      bench.at(DUE, '09:05');
      await Promise.all([1, 2].map(() => sweepNudges(bench.deps, () => undefined)));
      assert.equal(bench.handed.length, 1);
    });

    it('while one is on its way: after two minutes it may have arrived, and tomorrow’s holds the same', async () => {
      await known({ status: 'sending', changedAt: '2026-11-23T09:00:00.000Z' });
      await bench.sweep(DUE, '09:01');
      assert.equal(await statusOf('ann', DUE), 'sending');
      await bench.sweep(DUE, '09:02');
      assert.equal(await statusOf('ann', DUE), 'uncertain');
      assert.deepEqual(await bench.sweep(DUE, '17:00'), []);
      assert.deepEqual(await bench.sweep('2026-11-24'), ['ann', 'mo']);
    });

    it('at any write of a sweep: nobody has two cards, and nobody is without one the next day', async () => {
      let writes = 0;
      for (let diesAt = 1; diesAt < 100 && writes + 1 >= diesAt; diesAt += 1) {
        writes = 0;
        const dying = await aNudgeBench({
          wrap: (nudges) => {
            const living =
              <Argument>(call: (argument: Argument) => Promise<'saved' | 'conflict'>) =>
              (argument: Argument): Promise<'saved' | 'conflict'> => {
                writes += 1;
                if (writes >= diesAt) throw new Died();
                return call(argument);
              };
            return {
              create: living((nudge: Nudge) => nudges.create(nudge)),
              save: living((nudge: Nudge) => nudges.save(nudge)),
              saveItem: living((item: ItemState) => nudges.saveItem(item)),
            };
          },
        });
        await dying.record('r1', outcomeDue('2026-11-20'));
        await dying.sweep(DUE);
        const survivor = { ...dying.deps, nudges: dying.stores.nudges };
        for (const [day, time] of [[DUE, '09:06'], [DUE, '12:00'], ['2026-11-24', '09:00']] as const) {
          dying.at(day, time);
          await sweepNudges(survivor, () => undefined);
        } // prettier-ignore
        for (const personId of ['ann', 'mo']) {
          const days = dying.handed.filter((card) => card.personId === personId).map(({ at }) => at.slice(0, 10));
          assert.equal(new Set(days).size, days.length, `${personId}, dying at ${diesAt}: ${days.join(' ')}`);
          assert.ok(days.includes('2026-11-24'), `${personId}, dying at ${diesAt}: ${days.join(' ')}`);
        }
        await dying.close();
      }
      assert.ok(writes > 5, 'it lived to the end once');
    });

    it('the others of the day have theirs', async () => {
      bench.answers.push(() => Promise.reject(new Error('out of the blue')));
      assert.deepEqual(await bench.sweep('2026-11-24'), ['ann', 'mo']);
      assert.deepEqual(bench.codes, ['unknown']);
      assert.equal(await statusOf('ann', '2026-11-24'), 'sending');
      assert.equal(await statusOf('mo', '2026-11-24'), 'sent');
    });
  });

  describe('when Teams asks to wait', () => {
    it('are sent when the time has come, and not before', async () => {
      bench.answers.push(LATER);
      assert.deepEqual(await bench.sweep(DUE), ['ann']);
      assert.equal(await statusOf('ann', DUE), 'waiting');
      assert.deepEqual(bench.codes, ['nudge.later']);
      assert.deepEqual(await bench.sweep(DUE, '09:09'), []);
      assert.deepEqual(await bench.sweep(DUE, '09:10'), ['ann']);
      assert.equal(await statusOf('ann', DUE), 'sent');
    });

    it('are about what is open then', async () => {
      bench.answers.push(LATER);
      await bench.sweep(DUE);
      await bench.record('r1', []);
      assert.deepEqual(await bench.sweep(DUE, '09:10'), []);
    });

    it('may be asked to wait again', async () => {
      bench.answers.push(LATER, LATER);
      await bench.sweep(DUE);
      await bench.sweep(DUE, '09:10');
      assert.deepEqual(await bench.sweep(DUE, '09:19'), []);
      assert.deepEqual(await bench.sweep(DUE, '09:20'), ['ann']);
    });

    it('are not sent after half past five: tomorrow’s carries it', async () => {
      bench.answers.push(LATER);
      await bench.sweep(DUE, '17:25');
      for (const time of ['17:30', '17:35', '20:00']) assert.deepEqual(await bench.sweep(DUE, time), [], time);
      assert.deepEqual(await bench.sweep('2026-11-24'), ['ann', 'mo']);
    });

    it('do not hold up those of others', async () => {
      bench.answers.push(LATER);
      await bench.sweep('2026-11-24');
      assert.deepEqual([await statusOf('ann', '2026-11-24'), await statusOf('mo', '2026-11-24')], ['waiting', 'sent']);
    });
  });

  describe('when nobody knows whether one arrived', () => {
    it('it is not sent again that day, and tomorrow’s holds the same', async () => {
      bench.answers.push(FAILED);
      await bench.sweep(DUE);
      assert.equal(await statusOf('ann', DUE), 'uncertain');
      assert.deepEqual(bench.codes, ['nudge.failed']);
      for (const time of ['09:10', '17:29']) assert.deepEqual(await bench.sweep(DUE, time), [], time);
      assert.deepEqual(await bench.sweep('2026-11-24'), ['ann', 'mo']);
    });
  });

  describe('when somebody cannot be reached', () => {
    it('their items are in the manager’s next card, and their own list is theirs again once they speak', async () => {
      bench.answers.push(UNREACHABLE);
      await bench.sweep(DUE);
      assert.equal(await statusOf('ann', DUE), 'unreachable');
      assert.deepEqual(await bench.stores.nudges.unreachable(), ['ann']);
      assert.deepEqual(await bench.sweep(DUE, '09:01'), ['mo']);
      assert.deepEqual(await bench.sweep('2026-11-24'), ['mo']);
      await bench.stores.nudges.setReachable('ann', true);
      assert.deepEqual(await bench.sweep('2026-11-25'), ['ann', 'mo']);
    });

    it('and neither can their manager: the next one up has them', async () => {
      bench.answers.push(UNREACHABLE);
      await bench.sweep(DUE);
      bench.answers.push(UNREACHABLE);
      await bench.sweep(DUE, '09:01');
      assert.deepEqual(await bench.stores.nudges.unreachable(), ['ann', 'mo']);
      assert.deepEqual(await bench.sweep('2026-11-24'), ['zed']);
      assert.deepEqual(bench.handed.at(-1)?.numbers, ['SL r1']);
    });

    it('only they count as out of reach', async () => {
      bench.answers.push(UNREACHABLE);
      await bench.sweep('2026-11-24');
      assert.deepEqual(await bench.stores.nudges.unreachable(), ['ann']);
      assert.equal(await statusOf('mo', '2026-11-24'), 'sent');
    });
  });

  describe('the day on which an item first stood with a manager', () => {
    it('is that of the first card that was sent to them', async () => {
      await bench.sweep(DUE);
      assert.equal(await stoodOn(), undefined);
      await bench.sweep('2026-11-24');
      await bench.sweep('2026-11-25');
      assert.equal(await stoodOn(), '2026-11-24');
    });

    it('is not one on which the card did not go out', async () => {
      bench.answers.push({ kind: 'sent' }, LATER);
      await bench.sweep('2026-11-24', '17:25');
      assert.equal(await stoodOn(), undefined);
      await bench.sweep('2026-11-25');
      assert.equal(await stoodOn(), '2026-11-25');
    });

    it('begins five working days after which the next one up has it too', async () => {
      const told: string[] = [];
      for (let day = '2026-11-24'; day <= '2026-12-02'; day = addDays(day, 1))
        told.push(...(await bench.sweep(day)).map((personId) => `${day} ${personId}`));
      assert.deepEqual(
        told.filter((each) => each.endsWith('zed')),
        ['2026-12-01 zed', '2026-12-02 zed'],
      );
      assert.ok(told.includes('2026-12-02 mo') && told.includes('2026-12-02 ann'));
    });

    it('begins as many working days as the agency says, and after downtime at once', async () => {
      bench.setEscalation(2);
      await bench.sweep('2026-11-24');
      assert.deepEqual(await bench.sweep('2026-11-25'), ['ann', 'mo']);
      assert.deepEqual(await bench.sweep('2026-11-26'), ['ann', 'mo', 'zed']);
      bench.setEscalation(10);
      assert.deepEqual(await bench.sweep('2026-12-07'), ['ann', 'mo']);
      assert.deepEqual(await bench.sweep('2026-12-21'), ['ann', 'mo', 'zed']);
    });
  });

  describe('over four months', () => {
    it('come on each working day at nine in London, and on no other', async () => {
      await bench.record('r1', []);
      bench.at('2026-01-05');
      await bench.record('r2', outcomeDue('2026-02-27'), { authorId: 'ben' });
      const days: string[] = [];
      for (let day = '2026-02-27'; day <= '2026-06-26'; day = addDays(day, 1)) {
        for (const time of ['08:59', '09:00', '09:30'])
          for (const personId of await bench.sweep(day, time)) if (personId === 'ben') days.push(`${day} ${time}`);
      }
      const expected: string[] = [];
      for (let day = '2026-02-27'; day <= '2026-06-26'; day = addDays(day, 1))
        if (isWorkingDay(day)) expected.push(`${day} 09:00`);
      assert.deepEqual(days, expected);
      assert.ok(days.includes('2026-03-30 09:00') && !days.some((each) => each.startsWith('2026-03-29')));
    });
  });

  describe('where somebody has left', () => {
    it('what they left open is in a card of a manager of their team', async () => {
      bench.setPeople(without('ann'));
      assert.deepEqual(await bench.sweep(DUE), ['mo']);
    });

    it('between the plan and the card: it is not sent', async () => {
      bench.at(DUE);
      let asked = 0;
      const person = async (id: string) => (id === 'ann' && (asked += 1) > 1 ? undefined : bench.deps.directory.person(id)); // prettier-ignore
      await sweepNudges({ ...bench.deps, directory: { ...bench.deps.directory, person } }, () => undefined);
      assert.deepEqual(bench.handed, []);
      assert.equal(await statusOf('ann', DUE), 'nothing');
    });
  });

  describe('the list behind one', () => {
    it('is noted in the access log before it is shown, by the numbers in it', async () => {
      bench.at('2026-11-24');
      await assert.rejects(digestFor(bench.deps, ANN));
      assert.deepEqual(
        bench.access.map(({ personId, action, subject }) => [personId, action, subject]),
        [['ann', 'record.list', 'SL r1']],
      );
    });

    it('holds nothing of others for a manager whom the directory cannot be asked about', async () => {
      bench.at('2026-11-24');
      await assert.rejects(digestFor(bench.deps, MO));
      assert.deepEqual((await digestFor(bench.deps, lastKnownAs(MO, '2026-11-24T07:00:00.000Z'))).lines, []);
      assert.deepEqual(bench.access.map(({ personId }) => personId), ['mo']); // prettier-ignore
    });

    it('is empty, and leaves no trace, where nothing is due', async () => {
      bench.at('2026-11-20');
      assert.deepEqual((await digestFor(bench.deps, ANN)).lines, []);
      assert.deepEqual(bench.access, []);
    });
  });
});
