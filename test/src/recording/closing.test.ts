import assert from 'node:assert/strict';
import { CodedError, type ErrorCode } from '../../../src/errors.ts';
import type { StoredVersion } from '../../../src/ports.ts';
import { closeWithOneReason, type Closed } from '../../../src/recording/closing.ts';
import { recover } from '../../../src/recording/settling.ts';
import { ASHA, aBench, fillIn, signOn, storedOf, type Bench } from '../aBench.ts';
import { aShare, typedShare } from '../aShare.ts';

const NONE: Closed = { closed: [], beingSaved: [], unsure: [], left: [] };
/** Of which only the outcome is open, which one reason can close. */
const OPEN = aShare({ outcomeKnown: 'notYet', outcome: undefined, outcomeDue: '2026-11-24', nextAction: 'She rings.' });
const REASON = 'The family has moved away.';

describe('closing several records with one reason', () => {
  /** What fails, and from which call on. */
  let failing: { readonly call: 'commit' | 'create'; readonly from: number; readonly code: ErrorCode } | undefined;
  let calls: { commit: number; create: number };
  let one: Bench;
  let records: readonly StoredVersion[];
  const numbers = (...which: readonly number[]) => which.map((nth) => records[nth]?.header.number ?? assert.fail());
  const close = () => closeWithOneReason(one.recording, ASHA, records, REASON, ASHA.name);

  beforeEach(async () => {
    failing = undefined;
    calls = { commit: 0, create: 0 };
    const through = async <T>(call: 'commit' | 'create', work: () => Promise<T>): Promise<T> => {
      calls[call] += 1;
      if (failing?.call === call && calls[call] >= failing.from) throw new CodedError(failing.code, 'made to fail');
      return work();
    };
    one = await aBench({
      wrap: (stores) => ({
        ...stores,
        drafts: { ...stores.drafts, create: (draft) => through('create', () => stores.drafts.create(draft)) },
        records: { ...stores.records, commit: (wanted) => through('commit', () => stores.records.commit(wanted)) },
      }),
    });
    const made: StoredVersion[] = [];
    for (let nth = 0; nth < 3; nth += 1)
      made.push(await storedOf(one, await signOn(one, await fillIn(one, typedShare(OPEN)))));
    records = made;
    calls = { commit: 0, create: 0 };
  });
  afterEach(() => one.close());

  it('closes each of them once', async () => {
    assert.deepEqual(await close(), { ...NONE, closed: numbers(0, 1, 2) });
    assert.deepEqual(await close(), { ...NONE, closed: numbers(0, 1, 2) });
    assert.equal(calls.commit, 3);
  });

  it('says of what is signed and not saved that it is being saved, and sends a receipt for it', async () => {
    failing = { call: 'commit', from: 2, code: 'store.busy' };
    assert.deepEqual(await close(), { ...NONE, closed: numbers(0), beingSaved: numbers(1, 2) });
    failing = undefined;
    assert.equal(await recover(one.recording, (code) => assert.fail(code)), 2);
    const saved = (await one.recording.notices.pending(10)).filter(({ what }) => what === 'saved');
    assert.equal(saved.length, 2);
  });

  it('says what was closed before the store failed, and asks no more of it', async () => {
    failing = { call: 'create', from: 2, code: 'store.unsure' };
    assert.deepEqual(await close(), { ...NONE, closed: numbers(0), unsure: numbers(1, 2) });
    assert.equal(calls.create, 2);
  });
});
