import assert from 'node:assert/strict';
import { changeCase } from '../../src/caseFacts.ts';
import { ASHA } from './aBench.ts';
import { aCase, ask, REASON, SUE, WHOLLY } from './anUrgentCase.ts';
import { NOW } from './aShare.ts';
import { faultyStores, FAULTS } from './faultyStores.ts';

describe('urgent access over a store that fails', () => {
  for (const how of FAULTS)
    it(`shows nothing, whichever call fails ${how.when} its effect: ${how.code}, and is told once when it is pressed again`, async function () {
      this.timeout(60_000);
      let nth = 0;
      for (let isReached = true; isReached;) {
        nth += 1;
        const fault = { at: 1_000_000, ...how };
        const faulty = faultyStores(fault);
        const { bench, reached, caseKey } = await aCase(faulty.wrap);
        try {
          fault.at = faulty.calls() + nth;
          const answer = await ask(bench, SUE);
          isReached = faulty.calls() >= fault.at;
          fault.at = 1_000_000;
          if (isReached) assert.deepEqual(answer, { kind: 'notNow', typed: WHOLLY }, `fault at call ${nth}`);
          const isOpen = (await bench.stores.cases.grantsOf(SUE.id, caseKey, NOW)).length > 0;
          const notices = await bench.stores.notices.pending(100);
          // Whatever is open is written down, and those responsible will hear of it.
          if (isOpen) assert.deepEqual([notices.length, reached.log[0]?.action], [3, 'urgent.granted']);
          assert.equal((await ask(bench, SUE)).kind, 'summary');
          assert.equal((await bench.stores.notices.pending(100)).length, 3);
        } finally {
          await bench.close();
        }
      }
      assert.ok(nth > 8, `the store was called ${nth} times`);
    });

  it('writes down and tells of a restricted case before it answers', async () => {
    let isBroken = false;
    const { bench, caseKey } = await aCase((stores) => ({
      ...stores,
      notices: {
        ...stores.notices,
        queue: (wanted) => (isBroken ? faultyStores({ at: 1, when: 'before' }).wrap(stores).notices.queue(wanted) : stores.notices.queue(wanted)), // prettier-ignore
      },
    }));
    try {
      await changeCase(bench.opening, caseKey, (facts) => ({
        ...facts,
        restriction: { state: 'requested', people: [ASHA.id], by: ASHA.id, at: NOW },
      }));
      isBroken = true;
      const [restricted, absent] = [await ask(bench, SUE), await ask(bench, SUE, { wanted: 'XX-99', reason: REASON })];
      assert.deepEqual([restricted.kind, absent.kind], ['notNow', 'notNow']);
    } finally {
      await bench.close();
    }
  });
});
