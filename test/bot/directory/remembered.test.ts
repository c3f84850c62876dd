import assert from 'node:assert/strict';
import { remembered } from '../../../bot/directory/remembered.ts';

const AT = '2026-11-23T14:05:00.000Z';

describe('what the directory remembers', () => {
  const counting = (most: number) => {
    const asked: string[] = [];
    const answers = remembered(
      async (key) => {
        asked.push(key);
        if (key === 'away') throw new Error('away');
        return `answer to ${key}`;
      },
      { clock: { now: () => AT }, most },
    );
    return { asked, answers };
  };

  it('is no more than it was told to keep: what was not asked for the longest goes first', async () => {
    const { asked, answers } = counting(2);
    for (const key of ['a', 'b', 'a', 'c']) await answers.fresh(key);
    assert.deepEqual(asked, ['a', 'b', 'c']);
    assert.equal(answers.last('b'), undefined);
    assert.deepEqual(answers.last('a'), { value: 'answer to a', at: AT });
  });

  it('is no more than that whatever it learns by the way', async () => {
    const { asked, answers } = counting(2);
    for (const key of ['a', 'b', 'c']) answers.learn(key, { value: 'told', at: AT });
    assert.equal(await answers.fresh('c'), 'told');
    assert.equal(answers.last('a'), undefined);
    assert.deepEqual(asked, []);
  });

  it('is no fault: the next one asks again', async () => {
    const { asked, answers } = counting(2);
    await assert.rejects(answers.fresh('away'));
    await assert.rejects(answers.fresh('away'));
    assert.deepEqual([asked.length, answers.last('away')], [2, undefined]);
  });

  it('is asked for once by all who want it at once, though it fails', async () => {
    const { asked, answers } = counting(2);
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => answers.fresh('away')));
    assert.ok(all.every(({ status }) => status === 'rejected'));
    assert.equal(asked.length, 1);
  });
});
