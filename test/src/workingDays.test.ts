import assert from 'node:assert/strict';
import { addDays } from '../../src/londonTime.ts';
import { addWorkingDays, bankHolidaysEnding, isWorkingDay, workingDaysBetween } from '../../src/workingDays.ts';

describe('working days', () => {
  it('leave out weekends and bank holidays', () => {
    assert.ok(isWorkingDay('2026-11-23'));
    for (const day of ['2026-11-22', '2026-11-21', '2026-12-25', '2026-12-28', '2027-12-27'])
      assert.ok(!isWorkingDay(day), day);
  });

  it('run across Christmas and the end of the year', () => {
    assert.equal(addWorkingDays('2026-12-24', 1), '2026-12-29');
    assert.equal(addWorkingDays('2026-12-31', 1), '2027-01-04');
    assert.equal(addWorkingDays('2026-11-23', 5), '2026-11-30');
  });

  it('start from the next working day when there are none to add', () => {
    assert.equal(addWorkingDays('2026-11-21', 0), '2026-11-23');
    assert.equal(addWorkingDays('2026-11-23', 0), '2026-11-23');
  });

  it('are counted after one day up to and including another', () => {
    assert.equal(workingDaysBetween('2026-12-24', '2026-12-29'), 1);
    assert.equal(workingDaysBetween('2026-11-23', '2026-11-23'), 0);
  });

  it('are counted as one would count them one by one, over any span', () => {
    for (const from of ['2026-01-01', '2026-04-02', '2026-12-23', '2026-06-06']) {
      let counted = 0;
      for (let nth = 1; nth <= 500; nth += 1) {
        const to = addDays(from, nth);
        if (isWorkingDay(to)) counted += 1;
        assert.equal(workingDaysBetween(from, to), counted, `${from} to ${to}`);
      }
    }
  });

  it('warn from 90 days before the list ends, and after', () => {
    assert.equal(bankHolidaysEnding('2028-10-01'), undefined);
    assert.match(bankHolidaysEnding('2028-10-02') ?? '', /ends on 2028-12-31/);
    assert.match(bankHolidaysEnding('2029-01-01') ?? '', /ended on 2028-12-31/);
  });
});
