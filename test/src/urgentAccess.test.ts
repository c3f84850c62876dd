import assert from 'node:assert/strict';
import { onTheCase } from '../../src/earlier.ts';
import { readHistory } from '../../src/history.ts';
import { sendNotices } from '../../src/notices.ts';
import { openRecord } from '../../src/opening.ts';
import type { Person } from '../../src/people.ts';
import { begin } from '../../src/recording/beginning.ts';
import { share } from '../../src/records/share.ts';
import { summarise } from '../../src/summary.ts';
import type { UrgentPress } from '../../src/urgentAccess.ts';
import { aPerson, ASHA, BO, check, fillIn, MO, signOn } from './aBench.ts';
import { aKnownCase } from './aKnownCase.ts';
import {
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
  withACase,
} from './anUrgentCase.ts';
import { aShare, aShareWithout, NOW, typedShare } from './aShare.ts';

describe('urgent access', () => {
  const one = withACase();
  /** All that Sue can look at, each written down in turn. */
  const views = async () => [
    await openRecord(one.bench.opening, SUE, one.number),
    await openRecord(one.bench.opening, SUE, one.number, 'record.copyText'),
    await readHistory(one.bench.opening, SUE, one.number),
    await summarise(one.bench.opening, SUE, { reference: CASE }),
  ];

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
        const answer = await one.ask(SUE, typed);
        assert.ok(answer.kind === 'asking', answer.kind);
        assert.match(answer.problems[0]?.text ?? '', problem);
        assert.equal(answer.problems.length, Object.keys(typed).length === 0 ? 2 : 1);
        assert.equal(answer.typed.reason?.slice(0, 4_000).trim(), (typed.reason ?? '').slice(0, 4_000).trim());
        assert.deepEqual([one.reached.calls, one.reached.log, await one.notices()], [[], [], []]);
      });

    it('also of somebody who may see the case', async () => {
      assert.equal((await one.ask(ASHA, { wanted: CASE })).kind, 'asking');
      assert.deepEqual(one.reached.calls, []);
    });
  });

  describe('for a case of another team', () => {
    it('opens its summary for an hour, by the clock', async () => {
      const summary = await one.ask(SUE);
      assert.ok(summary.kind === 'summary', summary.kind);
      assert.deepEqual([summary.lines[0]?.header.number, summary.urgentUntil], [one.number, THE_END]);
      one.bench.setNow(JUST_BEFORE_THE_END);
      assert.equal((await openRecord(one.bench.opening, SUE, one.number)).kind, 'record');
      one.bench.setNow(THE_END);
      for (const { kind } of await views()) assert.equal(kind, 'nothing');
    });

    for (const [what, wanted] of [
      ['its reference, spelled otherwise', ' xx/10422 '],
      ['the number of a record', undefined],
      ['such a number in small letters', 'small'],
    ] as const)
      it(`is found by ${what}`, async () => {
        const typed = wanted === undefined ? one.number : wanted === 'small' ? one.number.toLowerCase() : wanted;
        assert.equal((await one.ask(SUE, { wanted: typed, reason: REASON })).kind, 'summary');
      });

    it('tells the managers of its teams and the records officers, each once, and not the one who asks', async () => {
      const both = aPerson({ ...LEA, roles: ['manager', 'recordsOfficer'] });
      const all = [...PEOPLE.filter(({ id }) => id !== both.id), both];
      await one.makeAmong(all);
      assert.equal((await one.ask(SUE)).kind, 'summary');
      assert.deepEqual(await one.told(), [
        'urgentAccess person-lea',
        'urgentAccess person-mo',
        'urgentAccess person-rob',
      ]);
    });

    it('leaves it to the operator where there is nobody to tell', async () => {
      await one.makeAmong([ASHA, SUE]);
      assert.equal((await one.ask(SUE)).kind, 'summary');
      const codes: string[] = [];
      const notifier = { tell: async () => assert.fail('there is nobody') };
      await sendNotices({ ...one.bench.recording, notifier }, (code) => codes.push(code));
      assert.deepEqual(codes, ['notice.nobody']);
    });

    it('marks every view, and every line of the log', async () => {
      await one.ask(SUE);
      const id = await one.grantId();
      for (const view of await views()) assert.equal('urgentUntil' in view && view.urgentUntil, THE_END);
      assert.deepEqual(
        one.reached.log.map(({ action, grantId: under }) => [action, under]),
        ['urgent.granted', 'case.open', 'record.open', 'record.copy', 'record.open', 'case.open'].map((action) => [action, id]), // prettier-ignore
      );
      assert.equal(one.reached.log[0]?.subject, `${one.caseKey} ${id}`);
    });

    it('marks a summary in which somebody sees one record as its author and the rest by it', async () => {
      const theirs = { ...aShare(), contactAt: '2026-11-23T14:00:00.000Z' };
      await signOn(one.bench, check(await fillIn(one.bench, typedShare(theirs), SUE)), { signature: 'Sue Fable' }, SUE);
      one.reached.log.length = 0;
      const summary = await one.ask(SUE);
      assert.ok(summary.kind === 'summary');
      assert.deepEqual([summary.records, summary.urgentUntil], [2, THE_END]);
      assert.equal(one.reached.log.at(-1)?.grantId, await one.grantId());
    });

    it('is for reading: nothing can be added, changed or endorsed', async () => {
      await one.ask(SUE);
      const opened = await openRecord(one.bench.opening, SUE, one.number);
      assert.ok(opened.kind === 'record');
      assert.deepEqual([opened.can, opened.canSay], [[], []]);
      for (const purpose of ['outcome', 'amended', 'commented', 'linked', 'withdrawn', 'disputed'] as const)
        assert.equal((await begin(one.bench.recording, SUE, one.number, purpose)).kind, 'nothing', purpose);
    });

    it('offers no agreement of the case for a record of one’s own', async () => {
      await one.ask(SUE);
      const offeredTo = async (person: Person): Promise<readonly string[]> => {
        const { draft } = check(await fillIn(one.bench, typedShare(aShare()), person));
        const { earlier } = await onTheCase(one.bench.recording, person, draft, share);
        return earlier.consents.map((each) => each.number);
      };
      assert.deepEqual([await offeredTo(BO), await offeredTo(SUE)], [[one.number], []]);
    });

    it('is told once for one form, however often it is pressed', async () => {
      await Promise.all([one.ask(SUE), one.ask(SUE)]);
      one.bench.setNow('2026-11-23T14:20:00.000Z');
      const again = await one.ask(SUE);
      assert.equal(again.kind === 'summary' && again.urgentUntil, THE_END);
      assert.equal((await one.notices()).length, 3);
      assert.equal((await one.bench.stores.cases.grantsOf(SUE.id, one.caseKey, NOW)).length, 1);
    });

    it('is given and told anew for another form', async () => {
      await one.ask(SUE);
      one.bench.setNow('2026-11-23T14:20:00.000Z');
      const again = await one.ask(SUE, WHOLLY, '01KAR0SAMP1E0000000000000B');
      assert.equal(again.kind === 'summary' && again.urgentUntil, '2026-11-23T15:20:00.000Z');
      assert.equal((await one.notices()).length, 6);
    });

    it('is not given a second time by an old form', async () => {
      await one.ask(SUE);
      one.bench.setNow(THE_END);
      assert.deepEqual(await one.ask(SUE), { kind: 'ended', typed: WHOLLY });
      assert.equal((await one.notices()).length, 3);
      assert.equal((await openRecord(one.bench.opening, SUE, one.number)).kind, 'nothing');
    });

    it('ends when the case is restricted meanwhile', async () => {
      await one.ask(SUE);
      await one.restrict(ASHA);
      assert.equal((await openRecord(one.bench.opening, SUE, one.number)).kind, 'nothing');
      assert.deepEqual(await one.ask(SUE), { kind: 'nothingOpened' });
    });

    it('is for nobody else, and for no other case', async () => {
      await aKnownCase(one.bench, aShareWithout({ caseReference: 'XX-2' }));
      await one.ask(SUE);
      assert.equal((await summarise(one.bench.opening, SOL, { reference: CASE })).kind, 'nothing');
      assert.equal((await summarise(one.bench.opening, SUE, { reference: 'XX-2' })).kind, 'nothing');
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
      const summary = await one.ask(person);
      assert.ok(summary.kind === 'summary');
      assert.equal(summary.urgentUntil, undefined);
      assert.deepEqual(await one.notices(), []);
      assert.deepEqual(
        one.reached.log.map(({ action, grantId: under }) => [action, under]),
        [['case.open', undefined]],
      );
    });

  it('answers what is no reference as a case that there is not', async () => {
    for (const wanted of ['%', '_', '*', "' OR 1=1; DROP TABLE cases; --", '<b>XX</b>', 'SL-', 'SL-00000000', '\u202E', '\ud800x'])
      assert.deepEqual(await one.ask(SUE, { wanted, reason: REASON }), { kind: 'nothingOpened' }, wanted); // prettier-ignore
    assert.deepEqual(await one.notices(), []);
  });
});
