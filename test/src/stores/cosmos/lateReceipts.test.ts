import assert from 'node:assert/strict';
import type { Message, Told } from '../../../../src/noticePorts.ts';
import { sendNotices } from '../../../../src/notices.ts';
import { finishDraft, recover } from '../../../../src/recording/settling.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { withinTurn } from '../../../../src/turnTime.ts';
import { ASHA, aBench, fillIn, signOn, type Bench } from '../../aBench.ts';
import { aShare, typedShare } from '../../aShare.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';

const INSTANCES = 3;
/** A call gives a throttled account up soon. */
const LIMITS = { callMs: 5_000, attemptMs: 4_000, listMs: 5_000 };

describe('several instances on Cosmos DB, after a throttled account could not take a signature', () => {
  const double = withADouble();
  let all: readonly { readonly stores: Stores; readonly bench: Bench }[];
  beforeEach(async () => {
    const place = await freshDatabase(double());
    all = await Promise.all(
      Array.from({ length: INSTANCES }, async () => {
        const stores = await opened(place, { limits: LIMITS });
        return { stores, bench: await aBench({ wrap: () => stores }) };
      }),
    );
  });
  afterEach(async () => {
    double().control.disarmAll();
    await Promise.all(all.map(({ stores, bench }) => Promise.all([stores.close(), bench.close()])));
  });

  /** Signs at the first instance while nothing of a case can be written; the id of the draft. */
  const signedInVain = async (): Promise<string> => {
    const [{ bench } = assert.fail()] = all;
    const check = await fillIn(bench, typedShare(aShare()));
    const throttling = { with: 'status', status: 429, retryAfterMs: 1 } as const;
    double().control.fail({ times: Infinity, container: 'cases', kind: ['batch', 'create'] }, throttling);
    const view = await withinTurn(LIMITS.callMs, () => signOn(bench, check));
    assert.ok(view.kind === 'checking');
    assert.deepEqual(bench.unfinished, [view.draft.draftId]);
    return view.draft.draftId;
  };

  it('fail with its being busy, leave the draft as it was signed, and send nothing', async () => {
    const draftId = await signedInVain();
    for (const { bench } of all) {
      const failed: string[] = [];
      assert.equal(await recover(bench.recording, (code) => failed.push(code)), 0);
      assert.deepEqual(failed, ['store.busy']);
      assert.deepEqual(await bench.recording.notices.pending(10), []);
    }
    assert.equal((await all[1]?.stores.drafts.read(ASHA.id, draftId))?.status, 'committing');
  });

  it('make one record and send one receipt, whoever of them recovers and sends at the same moment', async () => {
    const draftId = await signedInVain();
    double().control.disarmAll();
    const told: [string, Message][] = [];
    const tell = async ({ id }: { id: string }, message: Message): Promise<Told> => (told.push([id, message]), 'sent');
    const fails = (code: string): never => assert.fail(code);
    await Promise.all(
      all.map(({ bench }, nth) =>
        nth === 0
          ? finishDraft(bench.recording, { personId: ASHA.id, draftId })
          : recover(bench.recording, fails).then(() => undefined),
      ),
    );
    await Promise.all(all.map(({ bench }) => sendNotices({ ...bench.recording, notifier: { tell } }, fails)));
    assert.deepEqual(
      told.map(([personId, { what, about }]) => [personId, what, about]),
      [[ASHA.id, 'saved', draftId]],
    );
    const made = await all[0]?.stores.records.byAuthor(ASHA.id, { limit: 10 });
    assert.deepEqual(
      made?.items.map(({ header }) => [header.recordId, header.version]),
      [[draftId, 1]],
    );
  });
});
