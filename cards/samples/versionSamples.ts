import { effectiveAnswers } from '../../src/completeness.ts';
import type { Base, Draft, Purpose } from '../../src/drafts.ts';
import type { Answers } from '../../src/fields.ts';
import { additionOf, formOf } from '../../src/forms.ts';
import type { HistoryPage } from '../../src/history.ts';
import { changesBetween } from '../../src/changes.ts';
import { journeyCards } from '../../src/journey.ts';
import { openItems } from '../../src/openItems.ts';
import { readAnswers } from '../../src/reading.ts';
import { share } from '../../src/records/share.ts';
import { checkView, questionsView } from '../../src/recording/show.ts';
import type { Said } from '../../src/said.ts';
import { readWording, wordingOf } from '../../src/wording.ts';
import { checkCard } from '../checkCard.ts';
import { recordingCard } from '../draftCards.ts';
import { historyCard } from '../historyCard.ts';
import { questionsCard } from '../questionsCard.ts';
import { historyStub, receiptCard, recordCard } from '../recordCards.ts';
import { LONG_ANSWER, PARTLY, SPOKEN, WITHOUT, worstOf } from './answers.ts';
import { aRecord } from './recordSamples.ts';
import { aDraft, SITUATION, type SampleCard } from './sample.ts';

const GROUP = 'Further versions';
const NUMBER = 'SL-7QK2M9XV';

const WITHDRAWN: Answers = {
  withdrawnBy: 'The aunt, K.B.',
  withdrawnOn: '2026-11-23',
  withdrawnTold: 'She rang me at the office',
  withdrawalEffect: 'I have told the health visitor.',
};

const DISPUTED: Answers = {
  disputedBy: 'The uncle, R.B.',
  disputedOn: '2026-11-23',
  disputeText: 'He says that he was at home that evening.',
  disputeAnswer: 'The neighbour, who told us, was sure of the day.',
};

/** Outcomes, amendments and all that is added to a record later, from the form to the history. */
export function versionSamples(): readonly SampleCard[] {
  const changed: Answers = { ...SPOKEN, reason: LONG_ANSWER, recipientName: 'Nia Practice-Jones' };
  return [
    ...questions('outcome', WITHOUT, WITHOUT),
    ...questions('withdrawn', SPOKEN, WITHDRAWN),
    ...questions('disputed', SPOKEN, DISPUTED),
    ...questions('linked', SPOKEN, { caseReference: 'RFS-20733' }),
    check('outcome', 'Outcome', WITHOUT, { ...WITHOUT, ...CLOSED }),
    check('amended', 'Amendment', SPOKEN, { ...changed, amendmentReason: 'Her name was misspelt.' }),
    check(
      'amended',
      'Amendment, as long as it may be',
      worstOf(PARTLY),
      worstOf({ ...PARTLY, reason: 'x', keepFrom: '' }),
    ),
    check('withdrawn', 'Consent taken back', SPOKEN, WITHDRAWN),
    check('disputed', 'Dispute', SPOKEN, DISPUTED),
    check('linked', 'Case', SPOKEN, { caseReference: 'RFS-20733' }),
    overtaken(changed),
    { id: 'version-receipt', title: 'Receipt of an outcome', group: GROUP, card: receipt() },
    { id: 'version-record', title: 'A record with all of these', group: GROUP, card: recordCard(recordWithNotes()) },
    history('Made', 1, undefined, []),
    history('Amended', 2, said('amended', { amendmentReason: 'Her name was misspelt.' }), changesFrom(SPOKEN, changed)),
    history(
      'Everything changed',
      3,
      said('amended', { amendmentReason: LONG_ANSWER }),
      changesFrom(SPOKEN, worstOf(PARTLY)),
    ),
    history('Consent taken back', 4, said('withdrawn', WITHDRAWN), []),
    {
      id: 'stored-history',
      title: 'The history was asked for',
      group: 'Messages kept in the chat',
      card: historyStub(NUMBER, '29:made-up-user'),
    },
  ];
}

const CLOSED: Answers = {
  receiptConfirmed: 'yes',
  receiptHow: 'reply',
  outcomeKnown: 'yes',
  outcome: 'She is with her aunt, and safe.',
  nextAction: 'none',
};

function aVersion(purpose: Purpose, stands: Answers, answers: Answers, changes: Partial<Draft> = {}): Draft {
  const base: Base = {
    caseKey: 'made-up-case-key',
    recordId: '01KAR0SAMP1E0000000000000A',
    number: NUMBER,
    version: 1,
    authorId: '7d1f2c40-0000-4000-8000-9e0000000001',
    teamId: '7d1f2c40-0000-4000-8000-7ea000000001',
    answers: effectiveAnswers(share, stands) as Base['answers'], // the same answers; only whether their lists may be written differs
    openItems: openItems(share, stands, SITUATION),
    consentLimited: false,
    isUnlinked: false,
    contactAt: SITUATION.startedAt,
  };
  return aDraft(answers, { purpose, base, ...changes });
}

/** The cards of questions of a version, on top of a share that says what `stands`. */
export function questions(purpose: Purpose, stands: Answers, answers: Answers): readonly SampleCard[] {
  const form = formOf(aVersion(purpose, stands, answers));
  return journeyCards(form, answers).map((card) => ({
    id: `version-${purpose}-${card.id}`,
    title: `${form.title} (${card.id})`,
    group: GROUP,
    card: questionsCard(questionsView(form, aVersion(purpose, stands, answers, { section: card.id }), card, SITUATION)),
  }));
}

/** A version of such a share, about to be signed. */
export function check(purpose: Purpose, title: string, stands: Answers, answers: Answers): SampleCard {
  const draft = aVersion(purpose, stands, answers);
  const situation = { ...SITUATION, before: stands };
  const id = `version-check-${title.toLowerCase().replaceAll(/[^a-z]+/gu, '-')}`;
  return {
    id,
    title: `To be signed: ${title}`,
    group: GROUP,
    card: checkCard(checkView(formOf(draft), draft, [], situation)),
  };
}

function overtaken(answers: Answers): SampleCard {
  const draft = aVersion('amended', { ...SPOKEN, recipientName: 'Nia Practise' }, answers);
  const card = recordingCard({ kind: 'overtaken', draft, type: formOf(draft), number: NUMBER });
  return { id: 'version-overtaken', title: 'Somebody else was first', group: GROUP, card };
}

function receipt() {
  const committed = {
    caseKey: 'made-up-case-key',
    number: NUMBER,
    seq: 4,
    hash: '3f9a5c0e71b24d68a1f0c9d2e4b67385aa10ffed23409c7b6d5e8f1029384756',
    savedAt: SITUATION.now,
    openItems: [],
  };
  return receiptCard({ type: share, committed, purpose: 'outcome' });
}

/** What is said with a version. */
export function said(purpose: Purpose, answers: Answers): Said {
  const addition = additionOf(purpose) ?? share;
  const wording = readWording(wordingOf(addition).body);
  return { title: addition.title, lines: readAnswers(addition, wording, answers).flatMap(({ lines }) => lines) };
}

function recordWithNotes() {
  const record = aRecord(SPOKEN);
  const signed = 'Maureen Castle, Team manager, Exampleshire Council, Tuesday 24 November 2026, 10:02 (GMT)';
  return {
    ...record,
    header: { ...record.header, version: 4 },
    versions: 4,
    changed: `Dispute recorded by ${signed}`,
    notes: [
      { ...said('withdrawn', WITHDRAWN), kind: 'withdrawn' as const, signed },
      { ...said('disputed', DISPUTED), kind: 'disputed' as const, signed },
    ],
  };
}

function changesFrom(before: Answers, now: Answers): HistoryPage['changes'] {
  return changesBetween(share, readWording(wordingOf(share).body), before, now);
}

function history(title: string, version: number, what: Said | undefined, changes: HistoryPage['changes']): SampleCard {
  const { header, entry } = aRecord(SPOKEN);
  const kind = (['recorded', 'amended', 'amended', 'withdrawn'] as const)[version - 1] ?? 'amended';
  const page: HistoryPage = {
    kind: 'history',
    header: { ...header, version, kind },
    versions: 4,
    entry,
    said: what,
    endorsement: undefined,
    changes,
  };
  return { id: `history-${version}`, title: `History: ${title}`, group: GROUP, card: historyCard(page) };
}
