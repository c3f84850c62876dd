import assert from 'node:assert/strict';
import { CHECK } from '../../src/drafts.ts';
import { teamOverview, WEEKS, type TeamOverview } from '../../src/overview.ts';
import { begin } from '../../src/recording/beginning.ts';
import { createDraft, newDraft } from '../../src/recording/drafting.ts';
import { next } from '../../src/recording/stepping.ts';
import { share } from '../../src/records/share.ts';
import { aBench, aPerson, ASHA, BO, check, MO, pressOn, signOn, storedOf, type Bench } from './aBench.ts';
import { restrictTo } from './aKnownCase.ts';
import { aShare } from './aShare.ts';
import { hastyStores } from './hastyStores.ts';

const OPEN = { outcomeKnown: 'notYet', outcome: undefined, outcomeDue: '2026-12-08', nextAction: 'I ring them on Friday.' } as const; // prettier-ignore

describe('the overview of a team', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await aBench({ people: [ASHA, MO, BO] });
  });
  afterEach(() => bench.close());

  async function recorded(now: string, isOpen: boolean, reference = 'XX-1'): Promise<string> {
    bench.setNow(now);
    const answers = {
      ...aShare(isOpen ? OPEN : {}),
      contactAt: now,
      consentOn: now.slice(0, 10),
      caseReference: reference,
    };
    const draft = { ...newDraft(bench.recording, ASHA, share), section: CHECK, answers };
    const receipt = await signOn(bench, await createDraft(bench.recording, ASHA, draft));
    return (await storedOf(bench, receipt)).header.number;
  }

  async function settled(number: string, now: string): Promise<void> {
    bench.setNow(now);
    const begun = await begin(bench.recording, ASHA, number, 'outcome');
    assert.ok(begun.kind === 'questions');
    const typed = {
      outcomeKnown: 'yes',
      outcome: 'The school has set up weekly talks.',
      nextAction: 'none',
      outcomeDue: '',
    };
    let view = await next(bench.recording, ASHA, pressOn(begun, typed));
    while (view.kind === 'questions') view = await next(bench.recording, ASHA, pressOn(view, typed));
    assert.equal((await signOn(bench, check(view))).kind, 'receipt');
  }

  const seenBy = async (person = MO): Promise<TeamOverview> => {
    const [team] = (await teamOverview(bench.opening, person)) ?? [];
    return team ?? assert.fail('there is no team');
  };

  it('counts records by week and type, what was closed at signing, and the days to an outcome', async () => {
    await recorded('2026-11-09T10:00:00.000Z', false);
    const slow = await recorded('2026-11-09T11:00:00.000Z', true);
    const quick = await recorded('2026-11-16T10:00:00.000Z', true);
    await recorded('2026-11-17T10:00:00.000Z', true);
    await settled(slow, '2026-11-19T10:00:00.000Z');
    await settled(quick, '2026-11-18T10:00:00.000Z');
    bench.setNow('2026-11-24T10:00:00.000Z');
    const overview = await seenBy();
    assert.equal(overview.team.name, 'North');
    assert.equal(overview.records, 4);
    assert.equal(overview.closedAtSigning, 1);
    assert.deepEqual(overview.types, [{ label: share.title, count: 4 }]);
    assert.deepEqual(overview.outcomes, { count: 2, medianDays: 5 });
    assert.equal(overview.weeks.length, WEEKS);
    assert.deepEqual(overview.weeks.slice(-3), [
      { from: '2026-11-09', count: 2 },
      { from: '2026-11-16', count: 2 },
      { from: '2026-11-23', count: 0 },
    ]);
  });

  it('leaves out what is older, even when a version was added since', async () => {
    const old = await recorded('2026-06-01T10:00:00.000Z', true);
    await settled(old, '2026-11-18T10:00:00.000Z');
    bench.setNow('2026-11-24T10:00:00.000Z');
    assert.equal((await seenBy()).records, 0);
  });

  it('counts back to a day when finding what is older takes too long, and all that was signed since', async () => {
    const old = await recorded('2026-11-09T10:00:00.000Z', true);
    await recorded('2026-11-18T10:00:00.000Z', false);
    const quick = await recorded('2026-11-19T10:00:00.000Z', true);
    await settled(quick, '2026-11-20T10:00:00.000Z');
    await settled(old, '2026-11-24T09:00:00.000Z');
    bench.setNow('2026-11-24T10:00:00.000Z');
    const { records } = hastyStores(bench.stores, 4);
    const [part] = (await teamOverview({ ...bench.opening, records }, MO)) ?? [];
    assert.equal(part?.countedFrom, '2026-11-18T10:00:00.000Z');
    assert.deepEqual([part.records, part.closedAtSigning], [2, 1]);
    assert.deepEqual(part.outcomes, { count: 1, medianDays: 1 });
    assert.deepEqual(part.weeks, [
      { from: '2026-11-18', count: 2 },
      { from: '2026-11-23', count: 0 },
    ]);
    assert.equal((await seenBy()).countedFrom, undefined);
  });

  it('does not count a case that only others may see', async () => {
    await recorded('2026-11-16T10:00:00.000Z', false);
    const number = await recorded('2026-11-17T10:00:00.000Z', false, 'XX-2');
    const { caseKey = '' } = (await bench.stores.records.byNumber(number)) ?? {};
    await restrictTo(bench.opening, caseKey, [ASHA.id]);
    bench.setNow('2026-11-24T10:00:00.000Z');
    assert.equal((await seenBy()).records, 1);
  });

  it('is for managers, and written down before it is shown, or refused', async () => {
    const logged: string[] = [];
    const deps = {
      ...bench.opening,
      access: { append: async ({ action }: { readonly action: string }) => void logged.push(action) },
    };
    assert.equal(await teamOverview(deps, ASHA), undefined);
    assert.ok(await teamOverview(deps, MO));
    assert.deepEqual(logged, ['record.refused', 'team.overview']);
    const full = { ...deps, access: { append: () => Promise.reject(new Error('the log is full')) } };
    await assert.rejects(teamOverview(full, aPerson({ roles: ['manager'] })), /the log is full/u);
  });
});
