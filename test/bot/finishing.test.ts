import assert from 'node:assert/strict';
import sinon from 'sinon';
import { finishing } from '../../bot/finishing.ts';

const WAITS = { firstMs: 1_000, longestMs: 8_000 };

describe('work that is finished later', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  it('is done soon, once for what is the same', async () => {
    const done: string[] = [];
    const one = finishing<string>(
      async (what) => void done.push(what),
      (error) => assert.fail(String(error)),
      WAITS,
    );
    one.soon('a', 'a');
    one.soon('a', 'a');
    one.soon('b', 'b');
    await clock.tickAsync(999);
    assert.deepEqual(done, []);
    await clock.tickAsync(1);
    assert.deepEqual(done, ['a', 'b']);
    await clock.tickAsync(3_600_000);
    assert.deepEqual(done, ['a', 'b']);
  });

  it('waits twice as long after each failure, up to a limit, and asks for nothing else meanwhile', async () => {
    const times: number[] = [];
    const one = finishing<string>(() => (times.push(Date.now()), Promise.reject(new Error('no room'))), () => undefined, WAITS); // prettier-ignore
    for (const key of ['a', 'b', 'c']) one.soon(key, key);
    await clock.tickAsync(40_000);
    assert.deepEqual(times, [1_000, 3_000, 7_000, 15_000, 23_000, 31_000, 39_000]);
  });

  it('goes on with the others when one fails, and soon again once something succeeds', async () => {
    const done: [string, number][] = [];
    const one = finishing<string>(
      async (what) => {
        if (what === 'never') throw new Error('never');
        done.push([what, Date.now()]);
      },
      () => undefined,
      WAITS,
    );
    one.soon('never', 'never');
    one.soon('b', 'b');
    await clock.tickAsync(3_000);
    assert.deepEqual(done, [['b', 3_000]]);
    one.soon('c', 'c');
    await clock.tickAsync(8_000);
    assert.deepEqual(done.map(([what]) => what), ['b', 'c']); // prettier-ignore
  });

  it('gives up what never succeeds, and begins nothing once it is closed', async () => {
    let [tried, failed] = [0, 0];
    const one = finishing<string>(() => ((tried += 1), Promise.reject(new Error('never'))), () => (failed += 1), WAITS); // prettier-ignore
    one.soon('a', 'a');
    await clock.tickAsync(3_600_000);
    assert.deepEqual([tried, failed], [12, 12]);
    one.soon('b', 'b');
    await one.close();
    await clock.tickAsync(3_600_000);
    assert.equal(tried, 12);
  });
});
