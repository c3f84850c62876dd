import assert from 'node:assert/strict';
import { remindAuthor, snooze } from '../../../src/nudging/acting.ts';
import { discardOldDrafts } from '../../../src/nudging/oldDrafts.ts';
import { overseers } from '../../../src/nudging/overseers.ts';
import { orgOn } from '../../../src/nudging/org.ts';
import { addDays } from '../../../src/londonTime.ts';
import { aDraft } from '../stores/contract/builders.ts';
import { aDirectory, aNudgeBench, ANN, MO, ZED, TOP, outcomeDue, without, type NudgeBench } from './aNudgeBench.ts';
import { aPerson } from '../aBench.ts';

describe('lines of managers and states of items', () => {
  let bench: NudgeBench;
  beforeEach(async () => {
    bench = await aNudgeBench();
    bench.at('2026-11-16');
  });
  afterEach(() => bench.close());
  const ITEM = { recordId: 'r1', kind: 'outcome', number: 'SL r1' } as const;

  it('escalates to the line of the manager though a deputy stands in for them', async () => {
    const away = [{ managerId: 'mo', deputyId: 'ben', until: '2026-12-31' }];
    const org = orgOn(aDirectory(), '2026-11-23', away, []);
    assert.equal((await org.managerFor('ann', 'team-north'))?.id, 'ben');
    assert.equal((await org.nextUp('ann', 'team-north'))?.id, 'zed');
  });
  it('1b does not escalate to the line of the deputy', async () => {
    const people = [
      ANN,
      MO,
      ZED,
      TOP,
      aPerson({ id: 'out', name: 'Out', managerId: 'boss' }),
      aPerson({ id: 'boss', name: 'Boss', managerId: 'top' }),
    ];
    const away = [{ managerId: 'mo', deputyId: 'out', until: '2026-12-31' }];
    const org = orgOn(aDirectory(people), '2026-11-23', away, []);
    assert.equal((await org.nextUp('ann', 'team-north'))?.id, 'zed');
  });
  it('an item that is due again starts anew', async () => {
    await bench.record('r1', outcomeDue('2026-11-20'));
    for (let d = '2026-11-20'; d <= '2026-12-01'; d = addDays(d, 1)) await bench.sweep(d);
    await bench.record('r1', outcomeDue('2026-12-10'));
    assert.deepEqual(await bench.sweep('2026-12-10'), ['ann']);
    assert.deepEqual(await bench.sweep('2026-12-11'), ['ann', 'mo']);
    assert.deepEqual(await bench.sweep('2026-12-14'), ['ann', 'mo']);
    assert.deepEqual(await bench.sweep('2026-12-18'), ['ann', 'mo', 'zed']);
  });
  it('2c a snooze of before does not hide it when it is due again', async () => {
    await bench.record('r1', outcomeDue('2026-11-20'));
    await bench.sweep('2026-11-23');
    await snooze(bench.deps, MO, ITEM, 20, 'They are away for long');
    await bench.record('r1', outcomeDue('2026-12-01'));
    assert.deepEqual(await bench.sweep('2026-12-02'), ['ann', 'mo']);
  });
  it('2b nobody oversees for what was closed', async () => {
    await bench.record('r1', outcomeDue('2026-11-20'));
    for (let d = '2026-11-20'; d <= '2026-12-01'; d = addDays(d, 1)) await bench.sweep(d);
    await bench.record('r1', [{ kind: 'review', due: '2027-05-04' }]);
    const header = (await bench.stores.open.one('case r1', 'r1'))!.header;
    assert.deepEqual(await overseers(bench.deps, bench.deps.rules).overseersOf(header), ['mo']);
  });
  it('old drafts of people who have left do not keep others', async () => {
    for (let n = 0; n < 200; n += 1)
      await bench.stores.drafts.create(
        aDraft({ draftId: `gone ${n}`, personId: 'gone', touchedAt: '2026-09-01T10:00:00.000Z' }),
      );
    await bench.stores.drafts.create(
      aDraft({ draftId: 'old', personId: 'ann', touchedAt: '2026-11-02T10:00:00.000Z' }),
    );
    await bench.sweep('2026-11-03');
    await bench.sweep('2026-11-04');
    bench.at('2026-12-10');
    assert.equal(await discardOldDrafts(bench.deps), 1);
  });
  it('basis items reach the officer in a week whose first card did not go out', async () => {
    await bench.record('r1', [{ kind: 'basis', due: '2026-11-17' }]);
    bench.answers.push({ kind: 'failed' });
    await bench.sweep('2026-11-23');
    assert.deepEqual(await bench.sweep('2026-11-24'), ['rob']);
  });
  it('says that nobody can be reminded where the author has left', async () => {
    await bench.record('r1', outcomeDue('2026-11-20'));
    bench.setPeople(without('ann'));
    bench.at('2026-11-23');
    assert.notEqual((await remindAuthor(bench.deps, MO, ITEM)).kind, 'reminded');
  });
  it('what was on its way at the end of the day is settled', async () => {
    await bench.record('r1', outcomeDue('2026-11-23'));
    await bench.stores.nudges.create({
      personId: 'ann',
      date: '2026-11-23',
      status: 'sending',
      revision: 1,
      changedAt: '2026-11-23T17:29:30.000Z',
    });
    await bench.sweep('2026-11-23', '17:40');
    await bench.sweep('2026-11-24');
    assert.equal((await bench.stores.nudges.read('ann', '2026-11-23'))?.status, 'uncertain');
  });
  it('a subordinate is not given what their head left open', async () => {
    await bench.record('r1', outcomeDue('2026-11-20'), { authorId: 'top' });
    assert.deepEqual(await bench.sweep('2026-11-23'), ['top']);
  });
  it('a manager who keeps getting uncertain cards has it escalate', async () => {
    await bench.record('r1', outcomeDue('2026-11-20'));
    for (let d = '2026-11-23'; d <= '2026-12-01'; d = addDays(d, 1)) {
      bench.answers.length = 0;
      bench.answers.push({ kind: 'sent' }, { kind: 'failed' });
      await bench.sweep(d);
    }
    assert.ok((await bench.sweep('2026-12-02')).includes('zed'));
  });
});
