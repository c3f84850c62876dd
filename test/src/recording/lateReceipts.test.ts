import assert from 'node:assert/strict';
import { CodedError, type ErrorCode } from '../../../src/errors.ts';
import type { Message, Told } from '../../../src/noticePorts.ts';
import { sendNotices } from '../../../src/notices.ts';
import { openDraft } from '../../../src/recording/drafting.ts';
import { finishDraft, recover } from '../../../src/recording/settling.ts';
import { begin } from '../../../src/recording/beginning.ts';
import { discard } from '../../../src/recording/stepping.ts';
import type { Stores } from '../../../src/storePorts.ts';
import { answerTurnNow, withinTurn } from '../../../src/turnTime.ts';
import * as bench from '../aBench.ts';
import { aShare, typedShare } from '../aShare.ts';

const { ASHA, MO, aBench, check, fillIn, signOn } = bench;
const A_MINUTE_MS = 60_000;

/** What the store does at the commit, at closing a draft and at anything else; each as it should unless told otherwise. */
interface Trouble {
  freeze?: () => Promise<void>;
  commit?: () => Promise<void>;
  close?: () => Promise<void>;
}

const fails = (code: ErrorCode) => (): Promise<never> => Promise.reject(new CodedError(code, 'made to fail'));

function troubled(stores: Stores, trouble: Trouble): Stores {
  const { drafts, records } = stores;
  return {
    ...stores,
    records: {
      ...records,
      commit: async (wanted) => {
        await trouble.commit?.();
        return records.commit(wanted);
      },
    },
    drafts: {
      ...drafts,
      save: async (draft) => {
        if (draft.status === 'committing') await trouble.freeze?.();
        if (draft.status === 'committed') await trouble.close?.();
        return drafts.save(draft);
      },
    },
  };
}

describe('the receipt of what was signed while the store failed', () => {
  let trouble: Trouble;
  let one: bench.Bench;
  beforeEach(async () => {
    trouble = {};
    one = await aBench({ wrap: (stores) => troubled(stores, trouble) });
  });
  afterEach(() => one.close());

  const notExpected = (code: string): never => assert.fail(code);
  const told: [string, Message][] = [];
  /** Sends what is pending; who was told what in this run. */
  const sent = async (answer: Told = 'sent', codes: string[] = []): Promise<readonly [string, Message][]> => {
    told.length = 0;
    const tell = async ({ id }: { id: string }, message: Message): Promise<Told> => (told.push([id, message]), answer);
    await sendNotices({ ...one.recording, notifier: { tell } }, (code) => codes.push(code));
    return [...told];
  };
  /** A share that is signed and not saved; the id of its draft. */
  const signedOnly = async (): Promise<string> => {
    trouble.commit = fails('store.busy');
    const view = await signOn(one, await fillIn(one, typedShare(aShare())));
    assert.ok(view.kind === 'checking');
    trouble.commit = undefined;
    return view.draft.draftId;
  };
  const committedOf = async (draftId: string) => {
    const view = await openDraft(one.recording, ASHA, draftId);
    assert.ok(view.kind === 'receipt');
    return view.committed;
  };

  it('is sent to whoever signed once recovery has saved it, and says what their own would have said', async () => {
    const draftId = await signedOnly();
    assert.deepEqual(await sent(), []);
    assert.equal(await recover(one.recording, notExpected), 1);
    const [[personId, message] = assert.fail(), ...others] = await sent();
    assert.deepEqual([personId, others], [ASHA.id, []]);
    assert.ok(message.what === 'saved');
    assert.deepEqual(message.receipt.committed, await committedOf(draftId));
    assert.deepEqual([message.receipt.type.id, message.receipt.purpose], ['share', 'record']);
    assert.deepEqual(await sent(), []);
  });

  it('is asked for soon, by the draft that was signed', async () => {
    const draftId = await signedOnly();
    assert.deepEqual(one.unfinished, [draftId]);
    await finishDraft(one.recording, { personId: ASHA.id, draftId });
    assert.equal((await sent()).length, 1);
    await finishDraft(one.recording, { personId: ASHA.id, draftId });
    assert.deepEqual(await sent(), []);
  });

  it('is no message for who pressed and saw it, or was shown it at once', async () => {
    const draftId = await signedOnly();
    await committedOf(draftId);
    await finishDraft(one.recording, { personId: ASHA.id, draftId });
    assert.equal((await signOn(one, await fillIn(one, typedShare(aShare())))).kind, 'receipt');
    assert.equal(await recover(one.recording, notExpected), 0);
    assert.deepEqual(await sent(), []);
  });

  it('is queued before the draft is closed, and waits until it is', async () => {
    await signedOnly();
    trouble.close = fails('store.fault');
    const failed: string[] = [];
    assert.equal(await recover(one.recording, (code) => failed.push(code)), 0);
    assert.deepEqual(failed, ['store.fault']);
    assert.deepEqual(await sent(), []);
    trouble.close = undefined;
    assert.equal(await recover(one.recording, notExpected), 1);
    assert.equal((await sent()).length, 1);
  });

  it('is shown when only closing the draft failed, and sent as well, because that may not be known', async () => {
    trouble.close = fails('store.unsure');
    const view = await signOn(one, await fillIn(one, typedShare(aShare())));
    assert.ok(view.kind === 'receipt');
    await bench.storedOf(one, view);
    assert.equal(one.unfinished.length, 1);
    trouble.close = undefined;
    assert.equal(await recover(one.recording, notExpected), 1);
    assert.equal((await sent()).length, 1);
    assert.equal(one.commits.filter((result) => result === 'committed').length, 1);
  });

  it('is sent once, however many recover and send at the same moment', async () => {
    await signedOnly();
    await Promise.all([1, 2, 3].map(() => recover(one.recording, notExpected)));
    const counts: string[] = [];
    const tell = async ({ id }: { id: string }): Promise<Told> => (counts.push(id), 'sent');
    await Promise.all([1, 2, 3].map(() => sendNotices({ ...one.recording, notifier: { tell } }, notExpected)));
    assert.deepEqual(counts, [ASHA.id]);
  });

  it('is tried again when it may not have arrived, and goes to nobody else when they cannot be reached', async () => {
    await signedOnly();
    await recover(one.recording, notExpected);
    const codes: string[] = [];
    assert.equal((await sent('failed', codes)).length, 1);
    assert.equal((await sent('unreachable', codes)).length, 1);
    assert.deepEqual(codes, ['notice.again', 'notice.unreachable']);
    assert.deepEqual(await sent(), []);
  });

  it('goes to nobody else when it could not be delivered ten times either', async () => {
    await signedOnly();
    await recover(one.recording, notExpected);
    const codes: string[] = [];
    for (let nth = 1; nth <= 10; nth += 1) assert.equal((await sent('failed', codes)).length, 1);
    assert.deepEqual(codes, [...Array<string>(9).fill('notice.again'), 'notice.failed']);
    assert.deepEqual(await sent(), []);
  });

  it('is sent by the turn itself when that was answered before', async () => {
    const at = await fillIn(one, typedShare(aShare()));
    const view = await withinTurn(A_MINUTE_MS, async () => {
      trouble.commit = async () => assert.ok(answerTurnNow() !== undefined);
      return signOn(one, at);
    });
    assert.equal(view.kind, 'receipt');
    assert.equal((await sent()).length, 1);
  });

  it('is sent by the turn itself also when it was answered while the draft was being closed', async () => {
    const at = await fillIn(one, typedShare(aShare()));
    await withinTurn(A_MINUTE_MS, async () => {
      trouble.close = async () => assert.ok(answerTurnNow() !== undefined);
      return signOn(one, at);
    });
    assert.equal((await sent()).length, 1);
  });

  it('leaves what was signed a moment ago to its turn', async () => {
    await signedOnly();
    assert.equal(await recover(one.recording, notExpected, '2000-01-01T00:00:00.000Z'), 0);
    assert.equal(await recover(one.recording, notExpected, one.recording.clock.now()), 1);
  });

  it('leaves the rest for later when the store has no room', async () => {
    for (let nth = 0; nth < 3; nth += 1) await signedOnly();
    let asked = 0;
    trouble.commit = () => ((asked += 1), fails('store.busy')());
    const failed: string[] = [];
    assert.equal(await recover(one.recording, (code) => failed.push(code)), 0);
    assert.deepEqual([asked, failed], [1, ['store.busy']]);
  });

  describe('when somebody else was first', () => {
    /** Asha's comment is signed and not saved when Mo's is made. */
    const overtaken = async (): Promise<string> => {
      const made = await signOn(one, await fillIn(one, typedShare(aShare())));
      assert.ok(made.kind === 'receipt');
      const { number } = made.committed;
      const mine = check(await begin(one.recording, ASHA, number, 'linked', 'XX-7'));
      const theirs = check(await begin(one.recording, MO, number, 'linked', 'XX-8'));
      trouble.commit = fails('store.busy');
      assert.equal((await signOn(one, mine)).kind, 'checking');
      trouble.commit = undefined;
      assert.equal((await signOn(one, theirs, { signature: MO.name }, MO)).kind, 'receipt');
      return mine.draft.draftId;
    };

    it('is none: whoever signed is told that it was not saved', async () => {
      const about = await overtaken();
      assert.equal(await recover(one.recording, notExpected), 0);
      assert.deepEqual(await sent(), [[ASHA.id, { what: 'overtaken', about }]]);
      assert.deepEqual(await sent(), []);
    });

    it('is none, and nothing is said to who has deleted theirs by then', async () => {
      const draftId = await overtaken();
      await recover(one.recording, notExpected);
      const { revision } = check(await openDraft(one.recording, ASHA, draftId)).draft;
      assert.equal((await discard(one.recording, ASHA, { draftId, revision })).kind, 'discarded');
      assert.deepEqual(await sent(), []);
    });
  });

  describe('that could not even be kept as signed', () => {
    for (const [code, says, isAskedFor] of [
      ['store.busy', /^Not saved yet: .*press the button again/u, false],
      ['store.unsure', /^It is not known yet/u, true],
      ['store.fault', /has not been saved/u, false],
    ] as const)
      it(`is none, and the card says what is true: ${code}`, async () => {
        const at = await fillIn(one, typedShare(aShare()));
        trouble.freeze = fails(code);
        const view = check(await signOn(one, at));
        assert.match(view.notice ?? '', says);
        assert.equal(view.typed.signature, ASHA.name);
        assert.equal(one.unfinished.length, isAskedFor ? 1 : 0);
        trouble.freeze = undefined;
        assert.equal((await signOn(one, view)).kind, 'receipt');
      });
  });
});
