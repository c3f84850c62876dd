import assert from 'node:assert/strict';
import type { Typed } from '../../../src/answering.ts';
import { unpackDraft } from '../../../src/drafts.ts';
import { readHistory, type HistoryPage } from '../../../src/history.ts';
import { openRecord, type OpenedRecord } from '../../../src/opening.ts';
import { recordText } from '../../../src/readRecord.ts';
import type { Person } from '../../../src/people.ts';
import { begin, type Beginning } from '../../../src/recording/beginning.ts';
import { openDraft } from '../../../src/recording/drafting.ts';
import { sign } from '../../../src/recording/signing.ts';
import { change, next } from '../../../src/recording/stepping.ts';
import type { RecordingView } from '../../../src/recording/views.ts';
import { aShare, aShareWithout, typedShare } from '../aShare.ts';
import {
  aBench,
  aPerson,
  answersIn,
  ASHA,
  BO,
  check,
  fillIn,
  goOn,
  KEYS,
  MO,
  pressOn,
  questions,
  signOn,
  storedOf,
  type Bench,
} from '../aBench.ts';
import { wholeOf } from '../stores/contract/wholeOf.ts';

const LEA = aPerson({ id: 'person-lea', name: 'Lea Fictitious', roles: ['manager'] });
const OFFICER = aPerson({ id: 'person-ro', teamIds: [], roles: ['recordsOfficer'] });
const SIGNED = { signature: 'Asha Invented' };

describe('further versions of a record', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await aBench({ people: [ASHA, MO, BO, LEA, OFFICER] });
  });
  afterEach(() => bench.close());

  const recorded = async (answers = aShare()): Promise<string> => {
    const view = await signOn(bench, await fillIn(bench, typedShare(answers)));
    assert.ok(view.kind === 'receipt');
    return view.committed.number;
  };
  const starting = (number: string, purpose: Beginning, person: Person = ASHA, reference?: string) =>
    begin(bench.recording, person, number, purpose, reference);
  const opened = async (number: string, person: Person = ASHA): Promise<OpenedRecord> => {
    const record = await openRecord(bench.opening, person, number);
    assert.ok(record.kind === 'record');
    return record;
  };
  const history = async (number: string, version?: number): Promise<HistoryPage> => {
    const page = await readHistory(bench.opening, ASHA, number, version);
    assert.ok(page.kind === 'history');
    return page;
  };
  /** Changes one section from the check card and comes back to it. */
  const changed = async (from: RecordingView, section: string, typed: Typed, person: Person = ASHA) => {
    const on = { ...pressOn(check(from)), change: section };
    return next(bench.recording, person, pressOn(questions(await change(bench.recording, person, on)), typed));
  };

  it('keep no answers of any version in the draft that is closed', async () => {
    const view = await changed(await starting(await recorded(), 'amended'), 'recipient', {
      recipientName: 'Nia Madeup-Jones',
    });
    const kept = async (): Promise<string> => {
      const stored = await bench.stores.drafts.read(ASHA.id, check(view).draft.draftId);
      return stored === undefined ? '' : JSON.stringify(unpackDraft(KEYS, stored));
    };
    assert.match(await kept(), /Nia Madeup/u);
    const receipt = await signOn(bench, view, { ...SIGNED, amendmentReason: 'Her name was misspelt.' });
    assert.equal(receipt.kind, 'receipt');
    assert.match(await kept(), /"status":"committed"/u);
    assert.doesNotMatch(await kept(), /Madeup/u);
  });

  describe('an outcome', () => {
    it('asks every open item, on as few cards as it takes, and closes them', async () => {
      const number = await recorded(aShareWithout());
      const first = questions(await starting(number, 'outcome'));
      const asked = first.card.asked.map(({ name }) => name);
      assert.deepEqual(asked, ['receiptConfirmed', 'receiptHow', 'receiptNote']);
      const view = await goOn(bench, first, {
        receiptConfirmed: 'yes',
        receiptHow: 'reply',
        outcomeKnown: 'yes',
        outcome: 'They have found her a place to stay.',
        nextAction: 'none',
      });
      assert.deepEqual(
        check(view).sections.map(({ id }) => id),
        ['information', 'outcome'],
      );
      const version = await storedOf(bench, await signOn(bench, view, SIGNED));
      assert.equal(version.header.kind, 'outcome');
      assert.equal(version.header.version, 2);
      assert.deepEqual(version.header.openItems, []);
      assert.equal(answersIn(version).outcome, 'They have found her a place to stay.');
      assert.equal(answersIn(version).noConsentExplanation, aShareWithout().noConsentExplanation);
    });

    it('may be a new date instead, but only with a reason', async () => {
      const number = await recorded(aShareWithout({ receiptConfirmed: 'yes', receiptHow: 'reply' }));
      bench.setNow('2026-11-26T10:00:00.000Z');
      const put = await goOn(bench, await starting(number, 'outcome'), { outcomeDue: '2026-12-01' });
      const refused = check(await signOn(bench, put, SIGNED));
      assert.match(refused.pressed[0]?.text ?? '', /Say why there is a new date/u);
      const saved = await signOn(bench, refused, { ...SIGNED, stillOpenReason: 'She is on leave until Monday.' });
      const { header } = await storedOf(bench, saved);
      assert.deepEqual(header.openItems, [{ kind: 'outcome', due: '2026-12-01' }]);
      assert.equal((await history(number)).said?.lines[0]?.text, 'She is on leave until Monday.');
    });

    it('does not take a day that has passed as a new date', async () => {
      const number = await recorded(aShareWithout({ receiptConfirmed: 'yes', receiptHow: 'reply' }));
      bench.setNow('2026-11-26T10:00:00.000Z');
      const view = questions(await starting(number, 'outcome'));
      const again = questions(await next(bench.recording, ASHA, pressOn(view)));
      assert.match(again.problems[0]?.text ?? '', /that day has passed/u);
    });

    it('is refused when nothing would change, or nothing is open', async () => {
      const number = await recorded(aShareWithout());
      const view = await goOn(bench, await starting(number, 'outcome'), {});
      assert.match(check(await signOn(bench, view, SIGNED)).pressed[0]?.text ?? '', /everything is as it was/u);
      const closed = await recorded(aShare({ caseReference: 'XX-2' }));
      assert.deepEqual(await starting(closed, 'outcome'), { kind: 'cannotBegin', number: closed, why: 'nothingOpen' });
    });
  });

  describe('an amendment', () => {
    it('changes an answer with a reason, and the earlier one stays to be read', async () => {
      const number = await recorded();
      const view = await changed(await starting(number, 'amended'), 'recipient', { recipientName: 'Nia Madeup-Jones' });
      assert.deepEqual(
        check(view).changes.map(({ before, now }) => [before, now]),
        [['Nia Madeup', 'Nia Madeup-Jones']],
      );
      const unreasoned = check(await signOn(bench, view, SIGNED));
      assert.match(unreasoned.pressed[0]?.text ?? '', /Say why you change it/u);
      await signOn(bench, unreasoned, { ...SIGNED, amendmentReason: 'Her name was misspelt in the email.' });
      const page = await history(number);
      assert.equal(page.header.kind, 'amended');
      assert.deepEqual(
        page.changes.map(({ field, before, now }) => [field, before, now]),
        [['recipientName', 'Nia Madeup', 'Nia Madeup-Jones']],
      );
      assert.equal(page.said?.lines[0]?.text, 'Her name was misspelt in the email.');
      const first = await openRecord(bench.opening, ASHA, number, 'record.open', 1);
      assert.ok(first.kind === 'record');
      assert.match(recordText(first), /Nia Madeup$/mu);
      assert.match(recordText(await opened(number)), /Nia Madeup-Jones\n[\s\S]*Version 2: Amended by Asha Invented/u);
    });

    it('is not held up by days that have passed since', async () => {
      const number = await recorded(aShareWithout());
      bench.setNow('2027-01-20T10:00:00.000Z');
      const view = await changed(await starting(number, 'amended'), 'information', {
        reason: 'She had not eaten for two days.',
      });
      const saved = await signOn(bench, view, { ...SIGNED, amendmentReason: 'I had written one day.' });
      assert.equal(saved.kind, 'receipt');
    });

    it('is refused when nothing was changed', async () => {
      const view = await starting(await recorded(), 'amended');
      const again = check(await signOn(bench, view, { ...SIGNED, amendmentReason: 'Because it was wrong.' }));
      assert.match(again.pressed[0]?.text ?? '', /everything is as it was/u);
    });

    it('does not ask for the case: that is changed by linking', async () => {
      const view = await starting(await recorded(), 'amended');
      const contact = questions(await change(bench.recording, ASHA, { ...pressOn(check(view)), change: 'contact' }));
      assert.ok(!contact.card.asked.some(({ name }) => name === 'caseReference'));
    });

    it('by two people at once: the second is shown both and asked, and may sign theirs on top', async () => {
      const number = await recorded();
      const mine = await changed(await starting(number, 'amended'), 'recipient', { recipientName: 'Nia Mine' });
      const theirs = await changed(
        await starting(number, 'amended', LEA),
        'recipient',
        { recipientName: 'Nia Theirs' },
        LEA,
      );
      const reason = { amendmentReason: 'Her name was misspelt.' };
      await signOn(bench, theirs, { signature: 'Lea Fictitious', ...reason }, LEA);
      const noted = async () => (await wholeOf(bench.stores.access.by(ASHA.id, { limit: 100 }))).map(({ action, subject }) => `${action} ${subject}`); // prettier-ignore
      const before = await noted();
      const view = await signOn(bench, mine, { ...SIGNED, ...reason });
      assert.ok(view.kind === 'overtaken');
      assert.deepEqual(await noted(), [`record.open ${number}`, ...before], 'what they now see of theirs is noted');
      const { versions } = await history(number);
      assert.equal(versions, 2, 'nothing was saved on top unasked');
      const known = await noted();
      const again = check(await goBackTo(view));
      assert.deepEqual(await noted(), [`record.open ${number}`, ...known], 'also when it is gone on with');
      assert.deepEqual(
        again.changes.map(({ before, now }) => [before, now]),
        [['Nia Theirs', 'Nia Mine']],
      );
      const saved = await signOn(bench, again, { ...SIGNED, ...reason });
      assert.equal((await storedOf(bench, saved)).header.version, 3);
    });

    const goBackTo = async (view: Extract<RecordingView, { kind: 'overtaken' }>): Promise<RecordingView> => {
      const { openDraft } = await import('../../../src/recording/drafting.ts');
      return openDraft(bench.recording, ASHA, view.draft.draftId);
    };
  });

  describe('linking', () => {
    it('files a record under a case by one press, without a name, and back under another', async () => {
      const number = await recorded(aShare({ caseReference: undefined, concerning: 'Q.Z., aged 5' }));
      const saved = await sign(
        bench.recording,
        ASHA,
        pressOn(check(await starting(number, 'linked', ASHA, 'XX-99')), {}),
      );
      const { header } = await storedOf(bench, saved);
      assert.equal(header.kind, 'linked');
      assert.equal(header.isUnlinked, false);
      const caseOf = async (reference: string): Promise<readonly string[]> => {
        const other = await recorded(aShare({ caseReference: reference, recipientName: 'Somebody Else' }));
        const { linkedTo, recordId, version } = (await opened(other)).header;
        const held = await bench.stores.records.byNumber(other);
        assert.ok(held && linkedTo === undefined && version === 1 && recordId === held.recordId);
        const file = await bench.stores.records.caseFile(held.caseKey);
        return file.map(({ header: { number: each } }) => each).filter((each) => each !== other);
      };
      assert.deepEqual(await caseOf('xx 99'), [number]);
      await sign(bench.recording, ASHA, pressOn(check(await starting(number, 'linked', ASHA, 'XX-100')), {}));
      assert.deepEqual(await caseOf('XX-100'), [number]);
      assert.ok(!(await caseOf('XX-99')).includes(number));
      assert.deepEqual(await wholeOf(bench.stores.records.unlinked({ limit: 10 })), []);
    });

    it('is refused without a usable reference', async () => {
      const number = await recorded();
      const view = check(await starting(number, 'linked', ASHA, 'tbc'));
      assert.equal(check(await sign(bench.recording, ASHA, pressOn(view, {}))).pressed.length, 1);
    });
  });

  describe('consent taken back', () => {
    it('stands with the record from then on, and the agreement is not taken over any more', async () => {
      const number = await recorded();
      const view = await goOn(bench, await starting(number, 'withdrawn'), {
        withdrawnBy: 'The mother, K.B.',
        withdrawnTold: 'She rang me at the office',
      });
      await signOn(bench, view, SIGNED);
      const record = await opened(number);
      assert.equal(record.notes[0]?.lines[0]?.text, 'The mother, K.B.');
      assert.equal(record.header.consentLimited, true);
      const again = check(await fillIn(bench, typedShare(aShare({ recipientName: 'Another Person' }))));
      assert.match(again.earlier?.limits[0]?.text ?? '', /She rang me at the office/u);
      assert.deepEqual(again.earlier?.consents, []);
    });

    it('is refused where nobody had agreed', async () => {
      const number = await recorded(aShareWithout());
      assert.deepEqual(await starting(number, 'withdrawn'), { kind: 'cannotBegin', number, why: 'noConsent' });
    });
  });

  it('a dispute stands with the record, in their words and ours', async () => {
    const number = await recorded();
    const view = await goOn(
      bench,
      await starting(number, 'disputed', OFFICER),
      {
        disputedBy: 'The father, D.B.',
        disputeText: 'He says that he was never asked.',
      },
      OFFICER,
    );
    await signOn(bench, view, { signature: 'Ro Officer' }, OFFICER);
    const [note] = (await opened(number)).notes;
    assert.ok(note?.lines.some(({ text }) => text === 'He says that he was never asked.'));
    assert.match(recordText(await opened(number)), /DISPUTED/u);
  });

  for (const [purpose, allowed, refused] of [
    ['outcome', [ASHA, MO, LEA, BO], [OFFICER]],
    ['amended', [ASHA, LEA], [BO, OFFICER]],
    ['withdrawn', [ASHA, LEA], [BO, OFFICER]],
    ['linked', [ASHA, LEA, OFFICER], [BO]],
    ['disputed', [ASHA, LEA, OFFICER], [BO]],
  ] as const) {
    it(`of kind ${purpose} are for those who may make them, and for others there is nothing`, async () => {
      const number = await recorded(
        aShare({
          outcomeKnown: 'notYet',
          outcome: undefined,
          outcomeDue: '2026-11-30',
          nextAction: 'I ring them on Friday.',
        }),
      );
      for (const person of allowed)
        assert.ok(['questions', 'check'].includes((await starting(number, purpose, person)).kind), person.name);
      for (const person of refused)
        assert.deepEqual(await starting(number, purpose, person), { kind: 'nothing' }, person.name);
      assert.deepEqual(await starting('SL-00000000', purpose), { kind: 'nothing' });
    });
  }

  it('are not signed, nor shown, by somebody who may not make them any more', async () => {
    const people = [ASHA, MO, BO, LEA, OFFICER];
    const other = await aBench({ people });
    try {
      const view = await signOn(other, await fillIn(other, typedShare(aShare())));
      assert.ok(view.kind === 'receipt');
      const begun = check(await begin(other.recording, LEA, view.committed.number, 'amended'));
      const moved = { ...LEA, teamIds: ['team-south'] };
      people.splice(people.indexOf(LEA), 1, moved);
      assert.deepEqual(await openDraft(other.recording, moved, begun.draft.draftId), { kind: 'noDraft' });
      const reason = { signature: 'Lea Fictitious', amendmentReason: 'Her name was misspelt.' };
      assert.deepEqual(await signOn(other, begun, reason, moved), { kind: 'noDraft' });
    } finally {
      await other.close();
    }
  });

  it('begun three times is one draft', async () => {
    const number = await recorded();
    for (let press = 0; press < 3; press += 1) await starting(number, 'amended');
    assert.equal((await bench.stores.drafts.unfinished(ASHA.id)).length, 1);
  });
});
