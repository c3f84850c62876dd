import assert from 'node:assert/strict';
import { CodedError, codeOf } from '../../../src/errors.ts';
import type { Stores } from '../../../src/storePorts.ts';
import { openDraft, startDraft } from '../../../src/recording/drafting.ts';
import { recover } from '../../../src/recording/settling.ts';
import { unpackDraft } from '../../../src/drafts.ts';
import { sign } from '../../../src/recording/signing.ts';
import { change, discard, next } from '../../../src/recording/stepping.ts';
import type { RecordingView } from '../../../src/recording/views.ts';
import { share } from '../../../src/records/share.ts';
import * as bench from '../aBench.ts';
import { aShare, aShareWithout, typedShare } from '../aShare.ts';
import { faultyStores, FAULTS, type Fault } from '../faultyStores.ts';

const { ASHA, aBench, aPerson, check, fillIn, goOn, pressOn, questions, signOn, storedOf } = bench;
const SIGNED = { signature: 'Asha Invented' };
/** Hears the code of a recovery that should not have failed. */
function notExpected(code: string): void {
  throw new Error(code);
}

const made = (one: bench.Bench): number => one.commits.filter((result) => result === 'committed').length;

describe('signing', () => {
  const open: bench.Bench[] = [];
  const fresh = async (options?: bench.BenchOptions): Promise<bench.Bench> => {
    const one = await aBench(options);
    open.push(one);
    return one;
  };
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  it('saves what was answered, under the name typed, and keeps no answers in the draft', async () => {
    const one = await fresh();
    const view = await signOn(one, await fillIn(one, typedShare(aShareWithout())), { signature: 'A. Invented' });
    const stored = await storedOf(one, view);
    assert.deepEqual(bench.answersIn(stored), aShareWithout());
    assert.deepEqual(stored.header.openItems.map(({ kind }) => kind).sort(), ['outcome', 'receipt']);
    assert.equal(stored.header.authorId, ASHA.id);
    const draft = await one.stores.drafts.read(ASHA.id, stored.header.recordId);
    assert.equal(draft?.status, 'committed');
    assert.ok(!JSON.stringify(unpackDraft(bench.KEYS, draft)).includes('Madeup'));
  });

  it('makes one record of three presses at once, and of the same press again', async () => {
    const one = await fresh();
    const press = pressOn(check(await fillIn(one, typedShare(aShare()))), SIGNED);
    const views = await Promise.all([1, 2, 3].map(() => sign(one.recording, ASHA, press)));
    const again = await sign(one.recording, ASHA, press);
    assert.equal(made(one), 1);
    const numbers = [...views, again].map((view) => (view.kind === 'receipt' ? view.committed.number : view.kind));
    assert.equal(new Set(numbers).size, 1, numbers.join(', '));
    assert.match(numbers[0] ?? '', /^SL-/);
  });

  it('chains the records of one case, however the reference is spelt', async () => {
    const one = await fresh();
    const seqs: unknown[] = [];
    for (const caseReference of ['fn 12/3', 'FN-12-3', 'FN123']) {
      const view = await signOn(one, await fillIn(one, typedShare(aShare({ caseReference }))));
      seqs.push(view.kind === 'receipt' ? view.committed.seq : view.kind);
    }
    assert.deepEqual(seqs, [1, 2, 1]);
  });

  it('refuses a signature that is empty, a placeholder or too long, and keeps what else was typed', async () => {
    const one = await fresh();
    let view: RecordingView = await fillIn(one, typedShare(aShare()));
    for (const signature of ['', 'tbc', 'x', 'Asha '.repeat(50)]) {
      view = await signOn(one, view, { decidedBy: 'jointly', jointWith: 'Bo Imaginary', signature });
      assert.deepEqual(
        check(view).pressed.map(({ field }) => field),
        ['signature'],
        signature,
      );
      assert.equal(check(view).typed.jointWith, 'Bo Imaginary');
    }
    assert.equal(made(one), 0);
  });

  it('asks for what a joint or endorsed decision needs, and refuses "I did" beside them', async () => {
    const one = await fresh();
    const at = await fillIn(one, typedShare(aShare()));
    const fields = async (typed: Record<string, string>): Promise<readonly string[]> =>
      check(await signOn(one, await bench.reopen(one, check(at)), { ...SIGNED, ...typed })).pressed.map(
        ({ field }) => field,
      );
    assert.deepEqual(await fields({ decidedBy: 'jointly' }), ['jointWith']);
    assert.deepEqual(await fields({ decidedBy: 'endorsed' }), ['endorsedByName']);
    assert.deepEqual(await fields({ decidedBy: 'alone,jointly', jointWith: 'Bo Imaginary' }), ['decidedBy']);
    assert.equal(made(one), 0);
  });

  it('refuses while a card behind holds a problem', async () => {
    const one = await fresh();
    let view: RecordingView = await fillIn(one, typedShare(aShare()));
    view = questions(await bench.changeOn(one, view, 'outcome'));
    view = await next(one.recording, ASHA, pressOn(questions(view), { outcome: 'see file' }));
    assert.deepEqual(
      questions(view).problems.map(({ field }) => field),
      ['outcome'],
    );
    const returned = await signAnyway(one, questions(view));
    assert.equal(returned.kind, 'questions');
    assert.equal(made(one), 0);
  });

  it('asks somebody of several teams for the team, and nobody else', async () => {
    const two = aPerson({ teamIds: ['team-north', 'team-south'] });
    const one = await fresh();
    let view: RecordingView = await fillIn(one, typedShare(aShare()), two);
    assert.deepEqual(
      check(view).teams.map(({ id }) => id),
      ['team-north', 'team-south'],
    );
    view = await signOn(one, view, SIGNED, two);
    assert.deepEqual(
      check(view).pressed.map(({ field }) => field),
      ['teamId'],
    );
    view = await signOn(one, view, { ...SIGNED, teamId: 'team-elsewhere' }, two);
    assert.deepEqual(
      check(view).pressed.map(({ field }) => field),
      ['teamId'],
    );
    view = await signOn(one, view, { ...SIGNED, teamId: 'team-south' }, two);
    assert.equal((await storedOf(one, view)).header.teamId, 'team-south');
    const single = await fillIn(one, typedShare(aShare()));
    assert.deepEqual(check(single).teams, []);
  });

  it('takes the team of the channel in which it was asked for', async () => {
    const two = aPerson({ teamIds: ['team-north', 'team-south'] });
    const one = await fresh();
    const from = await startDraft(one.recording, two, share, { teamId: 'team-south' });
    const view = await signOn(one, await goOn(one, from, typedShare(aShare()), two), SIGNED, two);
    assert.equal((await storedOf(one, view)).header.teamId, 'team-south');
  });

  it('does nothing to a signed draft but show its receipt', async () => {
    const one = await fresh();
    const at = check(await fillIn(one, typedShare(aShare())));
    const receipt = await signOn(one, at);
    const press = pressOn(at, SIGNED);
    assert.deepEqual(await discard(one.recording, ASHA, press), receipt);
    assert.deepEqual(await next(one.recording, ASHA, press), receipt);
    assert.deepEqual(await change(one.recording, ASHA, { ...press, change: 'consent' }), receipt);
  });

  it('brings a draft that was left while being saved to its end, once', async () => {
    const faults = { commits: 0 };
    const one = await fresh({ wrap: (stores) => failingCommits(stores, () => (faults.commits += 1) <= 1) });
    const view = await signOn(one, await fillIn(one, typedShare(aShare())));
    assert.equal(view.kind, 'checking');
    assert.equal(made(one), 0);
    assert.equal(await recover(one.recording, notExpected), 1);
    assert.equal(await recover(one.recording, notExpected), 0);
    assert.equal(made(one), 1);
  });

  it('goes on with the other drafts when one cannot be recovered', async () => {
    let down = true;
    let calls = 0;
    const one = await fresh({ wrap: (stores) => failingCommits(stores, () => down || (calls += 1) === 1) });
    for (let nth = 0; nth < 2; nth += 1) await signOn(one, await fillIn(one, typedShare(aShare())));
    down = false;
    const failed: string[] = [];
    assert.equal(await recover(one.recording, (code) => failed.push(code)), 1);
    assert.deepEqual(failed, ['store.fault']);
    assert.equal(await recover(one.recording, notExpected), 1);
  });

  for (const { when, code } of FAULTS) {
    it(`shows no untrue receipt and makes no second record, whichever call to the store fails ${when} its effect: ${code}`, async function () {
      this.timeout(20_000);
      let at = 1;
      for (; at < 100; at += 1) if (!(await survives({ at, when, code }, fresh))) break;
      assert.ok(at > 20 && at < 100, `the store was called ${at} times`);
    });
  }
});

/** Signs from a card that is not the check card, as an old card on another device would. */
function signAnyway(one: bench.Bench, view: bench.Standing): Promise<RecordingView> {
  return sign(one.recording, ASHA, { ...pressOn(view), section: 'check', typed: SIGNED });
}

/** A store whose commits fail while `fails` says so. */
function failingCommits(stores: Stores, fails: () => boolean): Stores {
  const commit: Stores['records']['commit'] = (wanted) =>
    fails() ? Promise.reject(new CodedError('store.fault', 'made to fail')) : stores.records.commit(wanted);
  return { ...stores, records: { ...stores.records, commit } };
}

const TRIES_AT_MOST = 60;

/** Records a share over a store that fails once, trying again as a person would. Whether that call was ever made. */
async function survives(fault: Fault, fresh: (options: bench.BenchOptions) => Promise<bench.Bench>): Promise<boolean> {
  const faulty = faultyStores(fault);
  const one = await fresh({ wrap: faulty.wrap });
  let draftId: string | undefined;
  let view: RecordingView | undefined;
  for (let tries = 0; view?.kind !== 'receipt'; tries += 1) {
    assert.ok(tries < TRIES_AT_MOST, `no receipt after a fault at call ${fault.at}`);
    view = await orNothing(() => pressOnwards(one, view, draftId));
    if (view !== undefined && 'draft' in view) draftId = view.draft.draftId;
    // What is shown as saved is saved, at that moment.
    if (view?.kind === 'receipt') await storedOf(one, view);
  }
  const reached = faulty.calls() >= fault.at;
  if (reached) await recover(one.recording, notExpected);
  assert.equal(made(one), 1, `fault at call ${fault.at}`);
  assert.deepEqual(bench.answersIn(await storedOf(one, view)), aShareWithout());
  assert.deepEqual(await one.stores.drafts.committing(10), []);
  return reached;
}

async function pressOnwards(one: bench.Bench, view: RecordingView | undefined, draftId: string | undefined) {
  const typed = { ...typedShare(aShareWithout()), ...SIGNED };
  if (view?.kind === 'questions') return next(one.recording, ASHA, pressOn(view, typed));
  if (view?.kind === 'check') return sign(one.recording, ASHA, pressOn(view, typed));
  const known = draftId ?? (await one.recording.drafts.unfinished(ASHA.id))[0]?.draftId;
  return known === undefined ? startDraft(one.recording, ASHA, share) : openDraft(one.recording, ASHA, known);
}

/** Nothing, when the store failed; other errors fail the test. */
async function orNothing(press: () => Promise<RecordingView>): Promise<RecordingView | undefined> {
  try {
    return await press();
  } catch (error) {
    assert.match(codeOf(error), /^store\./);
    return undefined;
  }
}
