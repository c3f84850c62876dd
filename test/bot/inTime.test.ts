import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Reply } from '../../bot/actions.ts';
import { inTime } from '../../bot/inTime.ts';
import { turnsUnderWay, type TurnsUnderWay } from '../../bot/turnsUnderWay.ts';
import { codeOf } from '../../src/errors.ts';
import { noteSigned, withinTurn } from '../../src/turnTime.ts';
import { beingSavedCard } from '../../cards/draftCards.ts';

const DRAFT_ID = '01JDZ5Y1GQ0000000000000000';
const REPLY = { card: beingSavedCard(DRAFT_ID) };

describe('a press whose work takes long', () => {
  let turns: TurnsUnderWay;
  let work: PromiseWithResolvers<Reply | undefined>;
  beforeEach(() => {
    turns = turnsUnderWay();
    work = Promise.withResolvers();
  });

  const press = (verb = 'draft.next', signed?: string, answeredMs = 0): Promise<Reply | undefined> =>
    withinTurn(3_000, () => {
      noteSigned(signed);
      return inTime(verb, work.promise, turns, answeredMs);
    });

  it('is answered with what came of it while that is in time, and counts no further', async () => {
    const answer = press('draft.next', undefined, 60_000);
    work.resolve(REPLY);
    assert.equal(await answer, REPLY);
    assert.equal(turns.count(), 0);
  });

  for (const [how, end] of [
    ['succeeds', () => work.resolve(REPLY)],
    ['fails', () => work.reject(new Error('too late'))],
  ] as const)
    it(`goes on after a late answer, and an end of the bot waits for it, until it ${how}`, async () => {
      await assert.rejects(press(), (error) => codeOf(error) === 'store.unsure');
      assert.equal(turns.count(), 1);
      let isIdle = false;
      const idle = turns.idle().then(() => (isIdle = true));
      await setImmediate();
      assert.equal(isIdle, false);
      end();
      await idle;
      assert.equal(turns.count(), 0);
    });

  it('that signs one record is answered that it is being saved', async () => {
    assert.deepEqual(await press('draft.sign', DRAFT_ID), REPLY);
    work.resolve(undefined);
  });

  it('that signs several is answered that it is not known', async () => {
    await assert.rejects(press('nudge.close', DRAFT_ID), (error) => codeOf(error) === 'store.unsure');
    work.resolve(undefined);
  });
});
