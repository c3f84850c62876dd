import assert from 'node:assert/strict';
import { listDrafts, openDraft, startDraft } from '../../../src/recording/drafting.ts';
import { answerCard } from '../../../src/answering.ts';
import { journeyCards } from '../../../src/journey.ts';
import { askCancel, back, discard, later, next, problemsOn } from '../../../src/recording/stepping.ts';
import type { RecordingView } from '../../../src/recording/views.ts';
import { share } from '../../../src/records/share.ts';
import { ASHA, BO, aBench, aPerson, changeOn, check, fillIn, goOn, pressOn, questions, type Bench } from '../aBench.ts';
import { aShare, aShareWithout, typedShare } from '../aShare.ts';

const TYPED = typedShare(aShare());

describe('a draft', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await aBench();
  });
  afterEach(() => bench.close());
  const start = () => startDraft(bench.recording, ASHA, share).then(questions);
  const press = async (view: RecordingView, typed = TYPED) =>
    next(bench.recording, ASHA, pressOn(questions(view), typed));

  it('keeps what was typed when a card is refused, and goes on when it is mended', async () => {
    const refused = questions(await press(await start(), { ...TYPED, caseReference: 'tbc' }));
    assert.deepEqual(
      refused.problems.map(({ field }) => field),
      ['caseReference'],
    );
    assert.equal(refused.typed.caseReference, 'tbc');
    assert.equal(questions(await press(refused)).card.id, 'recipient');
  });

  it('names one problem only when all answers together are too long', async () => {
    const long = '漢 字'.padEnd(4_000, '漢');
    const answers = {
      informationShared: long,
      jointWith: long,
      nextAction: long,
      outcome: long,
      professionalView: long,
    };
    const draft = { ...questions(await start()).draft, answers };
    const card = journeyCards(share, {}).find(({ id }) => id === 'information');
    assert.ok(card !== undefined);
    const typed = { reason: long, informationShared: long, informationTypes: 'health' };
    const found = problemsOn(
      bench.recording,
      { draft, type: share },
      card.asked,
      answerCard(share, card.asked, answers, typed),
    );
    assert.equal(found.length, 1);
    assert.match(found[0]?.text ?? '', /too long to keep/u);
  });

  it('goes back to what was answered, and is there again later', async () => {
    const second = questions(await press(await start()));
    const first = questions(await back(bench.recording, ASHA, pressOn(second)));
    assert.equal(first.typed.caseReference, 'XX-10422');
    assert.equal((await later(bench.recording, ASHA, pressOn(first))).kind, 'later');
    assert.deepEqual(questions(await openDraft(bench.recording, ASHA, first.draft.draftId)).card, first.card);
  });

  it('defaults the contact to when it was started, however late it is resumed', async () => {
    const begun = await start();
    bench.setNow('2026-11-25T09:00:00.000Z');
    const resumed = questions(await openDraft(bench.recording, ASHA, begun.draft.draftId));
    assert.equal(`${resumed.typed.contactAtDate ?? ''} ${resumed.typed.contactAtTime ?? ''}`, '2026-11-23 14:05');
  });

  it('does nothing with a press from an older card but show the current one', async () => {
    const first = await start();
    const second = questions(await press(first));
    const again = questions(await press(first, { ...TYPED, caseReference: 'XX-99999' }));
    assert.ok(again.notice !== undefined);
    assert.equal(again.draft.revision, second.draft.revision);
    assert.equal(again.draft.answers.caseReference, 'XX-10422');
  });

  it('looks absent to everybody else', async () => {
    const mine = await start();
    const absent = { kind: 'noDraft' };
    assert.deepEqual(await openDraft(bench.recording, BO, mine.draft.draftId), absent);
    assert.deepEqual(await next(bench.recording, BO, pressOn(mine, TYPED)), absent);
    assert.deepEqual(await discard(bench.recording, BO, pressOn(mine)), absent);
    assert.deepEqual(await askCancel(bench.recording, BO, mine.draft.draftId), absent);
    assert.equal((await openDraft(bench.recording, ASHA, mine.draft.draftId)).kind, 'questions');
  });

  it('is deleted only from the revision that was asked about', async () => {
    const first = await start();
    const second = questions(await press(first));
    assert.equal((await askCancel(bench.recording, ASHA, first.draft.draftId)).kind, 'askCancel');
    assert.equal((await discard(bench.recording, ASHA, pressOn(first))).kind, 'questions');
    assert.deepEqual(await discard(bench.recording, ASHA, pressOn(second)), { kind: 'discarded' });
    assert.deepEqual(await openDraft(bench.recording, ASHA, first.draft.draftId), { kind: 'noDraft' });
  });

  it('comes back to the check card after a change that raises no new question', async () => {
    const view = await changeOn(bench, await fillIn(bench, TYPED), 'recipient');
    const changed = check(await press(view, { ...TYPED, recipientName: 'Ifor Nobody' }));
    assert.equal(changed.draft.answers.recipientName, 'Ifor Nobody');
  });

  it('asks, after a change, only what now applies and has no answer', async () => {
    const view = questions(await changeOn(bench, await fillIn(bench, TYPED), 'contact'));
    const after = questions(await press(view, { ...TYPED, methods: 'letter' }));
    assert.ok(after.card.asked.some(({ name }) => name === 'receiptConfirmed'));
    check(await press(after, { ...TYPED, receiptConfirmed: 'notYet' }));
  });

  it('does not let reasons that no longer apply hurry the outcome', async () => {
    const view = await fillIn(bench, typedShare(aShareWithout()));
    const consent = await changeOn(bench, view, 'consent');
    const changed = check(await goOn(bench, consent, { ...typedShare(aShareWithout()), ...TYPED }));
    const outcome = questions(await changeOn(bench, changed, 'outcome'));
    const unset = questions(
      await press(outcome, { outcomeKnown: 'notYet', outcomeDue: '', nextAction: 'Ring on Friday' }),
    );
    const again = questions(await openDraft(bench.recording, ASHA, unset.draft.draftId));
    assert.equal(again.typed.outcomeDue, '2026-11-30');
  });

  it('is listed with the others, the one touched last first, and starts only for those who record', async () => {
    const first = await start();
    bench.setNow('2026-11-23T15:00:00.000Z');
    const second = await start();
    const list = await listDrafts(bench.recording, ASHA);
    assert.ok(list.kind === 'drafts');
    assert.deepEqual(
      list.lines.map((line) => line.kind === 'draft' && line.draft.draftId),
      [second.draft.draftId, first.draft.draftId],
    );
    const officer = aPerson({ id: 'person-ro', roles: ['recordsOfficer'] });
    assert.deepEqual(await startDraft(bench.recording, officer, share), { kind: 'mayNotRecord' });
  });
});
