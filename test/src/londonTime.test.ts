import assert from 'node:assert/strict';
import { dateOf, daysBetween, instantOf, isDate, longTime, timeOf } from '../../src/londonTime.ts';

describe('London time', () => {
  it('reads winter and summer times of day', () => {
    assert.equal(instantOf('2026-11-23', '14:05'), '2026-11-23T14:05:00.000Z');
    assert.equal(instantOf('2026-07-01', '14:05'), '2026-07-01T13:05:00.000Z');
  });

  it('refuses the hour that does not occur when clocks go forward', () => {
    assert.equal(instantOf('2026-03-29', '00:59'), '2026-03-29T00:59:00.000Z');
    assert.equal(instantOf('2026-03-29', '01:00'), undefined);
    assert.equal(instantOf('2026-03-29', '01:59'), undefined);
    assert.equal(instantOf('2026-03-29', '02:00'), '2026-03-29T01:00:00.000Z');
  });

  it('takes the earlier of the hour that occurs twice when clocks go back', () => {
    assert.equal(instantOf('2026-10-25', '01:30'), '2026-10-25T00:30:00.000Z');
    assert.equal(instantOf('2026-10-25', '02:00'), '2026-10-25T02:00:00.000Z');
    assert.equal(longTime('2026-10-25T00:30:00.000Z'), 'Sunday 25 October 2026, 01:30 (BST)');
    assert.equal(longTime('2026-10-25T01:30:00.000Z'), 'Sunday 25 October 2026, 01:30 (GMT)');
  });

  it('puts an instant on the London day', () => {
    assert.equal(dateOf('2026-06-30T23:30:00.000Z'), '2026-07-01');
    assert.equal(timeOf('2026-06-30T23:30:00.000Z'), '00:30');
    assert.equal(dateOf('2026-12-31T23:30:00.000Z'), '2026-12-31');
  });

  it('changes at the very moment at which the clocks do, whichever moment is asked for first', () => {
    assert.equal(timeOf('2031-10-26T01:00:00.000Z'), '01:00');
    assert.equal(timeOf('2031-10-26T00:59:59.999Z'), '01:59');
    assert.equal(timeOf('2032-03-28T00:59:59.999Z'), '00:59');
    assert.equal(timeOf('2032-03-28T01:00:00.000Z'), '02:00');
  });

  it('knows the years of standing and of double summer time', () => {
    assert.equal(instantOf('1970-01-15', '12:00'), '1970-01-15T11:00:00.000Z');
    assert.equal(instantOf('1944-07-01', '12:00'), '1944-07-01T10:00:00.000Z');
  });

  it('knows the days that exist', () => {
    for (const day of ['2028-02-29', '2026-12-31']) assert.ok(isDate(day), day);
    for (const day of ['2026-02-29', '2026-13-01', '2026-1-1', '23/11/2026', '1850-01-01', ''])
      assert.ok(!isDate(day), day);
  });

  it('refuses what is no time of day', () => {
    for (const time of ['24:00', '7:00', '12:60', '']) assert.equal(instantOf('2026-11-23', time), undefined, time);
  });

  it('counts days across a change of clocks', () => {
    assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2);
    assert.equal(daysBetween('2026-11-02', '2026-11-01'), -1);
  });
});
