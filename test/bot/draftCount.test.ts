import assert from 'node:assert/strict';
import { draftCount } from '../../bot/draftCount.ts';
import { createLog, type LogLine } from '../../bot/log.ts';
import { countedStores } from '../../bot/storeCalls.ts';
import { CodedError } from '../../src/errors.ts';
import type { Stores } from '../../src/storePorts.ts';

describe('the number of open drafts', () => {
  const lines: LogLine[] = [];
  const log = createLog({ write: (line) => lines.push(line), hash: () => '', dropped: () => assert.fail('dropped') });

  for (const [store, keptMs] of [
    ['sqlite', 60_000],
    ['cosmos', 300_000],
  ] as const)
    it(`is counted once in ${keptMs / 60_000} minutes on ${store}, however often it is asked for`, async () => {
      let [counted, nowMs] = [0, 0];
      const count = draftCount({ drafts: { countOpen: async () => (counted += 1) }, store, nowMs: () => nowMs, log });
      assert.deepEqual(await Promise.all([count(), count(), count()]), [1, 1, 1]);
      nowMs = keptMs - 1;
      assert.equal(await count(), 1);
      nowMs = keptMs;
      assert.equal(await count(), 2);
    });

  it('is not known while it cannot be counted, which is not tried more often', async () => {
    let tried = 0;
    const countOpen = async (): Promise<number> => {
      tried += 1;
      throw new CodedError('store.busy', 'made to fail');
    };
    const count = draftCount({ drafts: { countOpen }, store: 'sqlite', nowMs: () => 0, log });
    assert.deepEqual([await count(), await count(), tried], [undefined, undefined, 1]);
    assert.deepEqual(lines, [{ code: 'figures.failed', fault: 'store.busy' }]);
  });
});

describe('stores whose calls are counted', () => {
  it('answer and fail as before, and are counted by method', async () => {
    const read = async (id: string): Promise<string> => {
      if (id === '') throw new CodedError('store.busy', 'made to fail');
      return id.toUpperCase();
    };
    const { stores, tallies } = countedStores({ conversations: { read }, close: async () => undefined } as unknown as Stores); // prettier-ignore
    const { conversations } = stores as unknown as { readonly conversations: { readonly read: typeof read } };
    assert.equal(await conversations.read('a'), 'A');
    await assert.rejects(conversations.read(''), { code: 'store.busy' });
    assert.deepEqual(tallies, [{ store: 'conversations', method: 'read', calls: 2, faults: 1 }]);
  });
});
