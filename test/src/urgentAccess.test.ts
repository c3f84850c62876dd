import assert from 'node:assert/strict';
import { changeCase } from '../../src/caseFacts.ts';
import { onTheCase } from '../../src/earlier.ts';
import { readHistory } from '../../src/history.ts';
import { sendNotices } from '../../src/notices.ts';
import { openRecord } from '../../src/opening.ts';
import type { Person } from '../../src/people.ts';
import type { StoredNotice } from '../../src/noticePorts.ts';
import { begin } from '../../src/recording/beginning.ts';
import { share } from '../../src/records/share.ts';
import { summarise } from '../../src/summary.ts';
import type { UrgentPress } from '../../src/urgentAccess.ts';
import { aBench, aPerson, ASHA, BO, check, fillIn, MO, signOn, type Bench } from './aBench.ts';
import {
  aCase,
  ask,
  CASE,
  JUST_BEFORE_THE_END,
  LEA,
  PEOPLE,
  REASON,
  ROB,
  SOL,
  SUE,
  THE_END,
  WHOLLY,
  type Reached,
} from './anUrgentCase.ts';
import { aShare, aShareWithout, NOW, typedShare } from './aShare.ts';

describe('urgent access', () => {
  let bench: Bench;
  let reached: Reached;
  let caseKey: string;
  let number: string;
  beforeEach(async () => {
    ({ bench, reached, caseKey, number } = await aCase());
  });
  afterEach(() => bench.close());

  const notices = (): Promise<readonly StoredNotice[]> => bench.stores.notices.pending(100);
  const told = async (): Promise<readonly string[]> =>
    (await notices()).map(({ what, audience }) => `${what} ${'personId' in audience ? audience.personId : audience.kind}`).toSorted(); // prettier-ignore
  const restrict = (...people: readonly Person[]) =>
    changeCase(bench.opening, caseKey, (facts) => ({
      ...facts,
      restriction: { state: 'confirmed', people: people.map(({ id }) => id), by: MO.id, at: NOW },
    }));
  const grantId = async (): Promise<string> => (await notices())[0]?.about ?? assert.fail('nobody was told');

  describe('asks why before it looks anything up', () => {
    const BAD: Readonly<Record<string, readonly [UrgentPress['typed'], RegExp]>> = {
      'no reason': [{ wanted: CASE }, /Say why you need it now: ‘Why do you need it now\?’ is empty\./u],
      'a reason of blanks': [{ wanted: CASE, reason: ' \n\t ' }, /is empty/u],
      'a reason that stands in for one': [{ wanted: CASE, reason: 'T.B.C.' }, /stands in for an answer/u],
      'a reason of one word': [{ wanted: CASE, reason: 'Urgent' }, /one word is too little/u],
      'a reason that points elsewhere': [{ wanted: CASE, reason: 'as discussed' }, /points elsewhere/u],
      'a reason of 5,000 characters': [{ wanted: CASE, reason: 'ab '.repeat(1_667).slice(0, 5_000) }, /1000 characters over the limit of 4000/u],
      'no case': [{ reason: REASON }, /Say which case you need: ‘Which case\?’ is empty\./u],
      'a case without end': [{ wanted: '9'.repeat(201), reason: REASON }, /1 character over the limit of 200/u],
      'nothing at all': [{}, /is empty/u],
    }; // prettier-ignore
    for (const [what, [typed, problem]] of Object.entries(BAD))
      it(`with ${what}`, async () => {
        const answer = await ask(bench, SUE, typed);
        assert.ok(answer.kind === 'asking', answer.kind);
        assert.match(answer.problems[0]?.text ?? '', problem);
        assert.equal(answer.problems.length, Object.keys(typed).length === 0 ? 2 : 1);
        assert.equal(answer.typed.reason?.slice(0, 4_000).trim(), (typed.reason ?? '').slice(0, 4_000).trim());
        assert.deepEqual([reached.calls, reached.log, await notices()], [[], [], []]);
      });

    it('also of somebody who may see the case', async () => {
      assert.equal((await ask(bench, ASHA, { wanted: CASE })).kind, 'asking');
      assert.deepEqual(reached.calls, []);
    });
  });

  describe('for a case of another team', () => {
    it('opens its summary for an hour, by the clock', async () => {
      const summary = await ask(bench, SUE);
      assert.ok(summary.kind === 'summary', summary.kind);
      assert.deepEqual([summary.lines[0]?.header.number, summary.urgentUntil], [number, THE_END]);
      bench.setNow(JUST_BEFORE_THE_END);
      assert.equal((await openRecord(bench.opening, SUE, number)).kind, 'record');
      bench.setNow(THE_END);
      for (const seen of [
        await openRecord(bench.opening, SUE, number),
        await openRecord(bench.opening, SUE, number, 'record.copyText'),
        await readHistory(bench.opening, SUE, number),
        await summarise(bench.opening, SUE, { reference: CASE }),
      ])
        assert.equal(seen.kind, 'nothing');
    });

    for (const [what, wanted] of [
      ['its reference, spelled otherwise', ' xx/10422 '],
      ['the number of a record', undefined],
      ['such a number in small letters', 'small'],
    ] as const)
      it(`is found by ${what}`, async () => {
        const typed = wanted === undefined ? number : wanted === 'small' ? number.toLowerCase() : wanted;
        assert.equal((await ask(bench, SUE, { wanted: typed, reason: REASON })).kind, 'summary');
      });

    it('tells the managers of its teams and the records officers, each once, and not the one who asks', async () => {
      const both = aPerson({ ...LEA, roles: ['manager', 'recordsOfficer'] });
      await bench.close();
      const all = [...PEOPLE.filter(({ id }) => id !== both.id), both];
      bench = await aBench({ people: all });
      await signOn(bench, check(await fillIn(bench, typedShare(aShare()))));
      assert.equal((await ask(bench, SUE)).kind, 'summary');
      assert.deepEqual(await told(), ['urgentAccess person-lea', 'urgentAccess person-mo', 'urgentAccess person-rob']);
    });

    it('leaves it to the operator where there is nobody to tell', async () => {
      await bench.close();
      bench = await aBench({ people: [ASHA, SUE] });
      await signOn(bench, check(await fillIn(bench, typedShare(aShare()))));
      assert.equal((await ask(bench, SUE)).kind, 'summary');
      const codes: string[] = [];
      const { directory } = bench.recording;
      const notifier = { tell: async () => assert.fail('there is nobody') };
      await sendNotices({ notices: bench.stores.notices, directory, notifier }, (code) => codes.push(code));
      assert.deepEqual(codes, ['notice.nobody']);
    });

    it('marks every view, and every line of the log', async () => {
      await ask(bench, SUE);
      const id = await grantId();
      const seen = [
        await openRecord(bench.opening, SUE, number),
        await openRecord(bench.opening, SUE, number, 'record.copyText'),
        await readHistory(bench.opening, SUE, number),
        await summarise(bench.opening, SUE, { reference: CASE }),
      ];
      for (const view of seen) assert.equal('urgentUntil' in view && view.urgentUntil, THE_END);
      assert.deepEqual(
        reached.log.map(({ action, grantId: under }) => [action, under]),
        ['urgent.granted', 'case.open', 'record.open', 'record.copy', 'record.open', 'case.open'].map((action) => [action, id]), // prettier-ignore
      );
      assert.equal(reached.log[0]?.subject, `${caseKey} ${id}`);
    });

    it('marks a summary in which somebody sees one record as its author and the rest by it', async () => {
      const theirs = { ...aShare(), contactAt: '2026-11-23T14:00:00.000Z' };
      await signOn(bench, check(await fillIn(bench, typedShare(theirs), SUE)), { signature: 'Sue Fable' }, SUE);
      reached.log.length = 0;
      const summary = await ask(bench, SUE);
      assert.ok(summary.kind === 'summary');
      assert.deepEqual([summary.records, summary.urgentUntil], [2, THE_END]);
      assert.equal(reached.log.at(-1)?.grantId, await grantId());
    });

    it('is for reading: nothing can be added, changed or endorsed', async () => {
      await ask(bench, SUE);
      const opened = await openRecord(bench.opening, SUE, number);
      assert.ok(opened.kind === 'record');
      assert.deepEqual([opened.can, opened.canSay], [[], []]);
      for (const purpose of ['outcome', 'amended', 'commented', 'linked', 'withdrawn', 'disputed'] as const)
        assert.equal((await begin(bench.recording, SUE, number, purpose)).kind, 'nothing', purpose);
    });

    it('offers no agreement of the case for a record of one’s own', async () => {
      await ask(bench, SUE);
      const offeredTo = async (person: Person): Promise<readonly string[]> => {
        const { draft } = check(await fillIn(bench, typedShare(aShare()), person));
        const { earlier } = await onTheCase(bench.recording, person, draft, share);
        return earlier.consents.map((each) => each.number);
      };
      assert.deepEqual([await offeredTo(BO), await offeredTo(SUE)], [[number], []]);
    });

    it('is told once for one form, however often it is pressed', async () => {
      await Promise.all([ask(bench, SUE), ask(bench, SUE)]);
      bench.setNow('2026-11-23T14:20:00.000Z');
      const again = await ask(bench, SUE);
      assert.equal(again.kind === 'summary' && again.urgentUntil, THE_END);
      assert.equal((await notices()).length, 3);
      assert.equal((await bench.stores.cases.grantsOf(SUE.id, caseKey, NOW)).length, 1);
    });

    it('is given and told anew for another form', async () => {
      await ask(bench, SUE);
      bench.setNow('2026-11-23T14:20:00.000Z');
      const again = await ask(bench, SUE, WHOLLY, '01KAR0SAMP1E0000000000000B');
      assert.equal(again.kind === 'summary' && again.urgentUntil, '2026-11-23T15:20:00.000Z');
      assert.equal((await notices()).length, 6);
    });

    it('is not given a second time by an old form', async () => {
      await ask(bench, SUE);
      bench.setNow(THE_END);
      assert.deepEqual(await ask(bench, SUE), { kind: 'ended', typed: WHOLLY });
      assert.equal((await notices()).length, 3);
      assert.equal((await openRecord(bench.opening, SUE, number)).kind, 'nothing');
    });

    it('ends when the case is restricted meanwhile', async () => {
      await ask(bench, SUE);
      await restrict(ASHA);
      assert.equal((await openRecord(bench.opening, SUE, number)).kind, 'nothing');
      assert.deepEqual(await ask(bench, SUE), { kind: 'nothingOpened' });
    });

    it('is for nobody else, and for no other case', async () => {
      await signOn(bench, check(await fillIn(bench, typedShare(aShareWithout({ caseReference: 'XX-2' })))));
      await ask(bench, SUE);
      assert.equal((await summarise(bench.opening, SOL, { reference: CASE })).kind, 'nothing');
      assert.equal((await summarise(bench.opening, SUE, { reference: 'XX-2' })).kind, 'nothing');
    });
  });

  for (const [what, person] of [
    ['its author', ASHA],
    ['a colleague', BO],
    ['a manager', MO],
    ['a records officer', ROB],
  ] as const)
    // prettier-ignore
    it(`gives ${what} the summary, and tells nobody`, async () => {
      const summary = await ask(bench, person);
      assert.ok(summary.kind === 'summary');
      assert.equal(summary.urgentUntil, undefined);
      assert.deepEqual(await notices(), []);
      assert.deepEqual(
        reached.log.map(({ action, grantId: under }) => [action, under]),
        [['case.open', undefined]],
      );
    });

  it('answers what is no reference as a case that there is not', async () => {
    for (const wanted of ['%', '_', '*', "' OR 1=1; DROP TABLE cases; --", '<b>XX</b>', 'SL-', 'SL-00000000', '\u202E', '\ud800x'])
      assert.deepEqual(await ask(bench, SUE, { wanted, reason: REASON }), { kind: 'nothingOpened' }, wanted); // prettier-ignore
    assert.deepEqual(await notices(), []);
  });
});
