import { endorsementText, withEndorsements, type Endorsed } from '../../src/endorsements.ts';
import type { Answers } from '../../src/fields.ts';
import { effectiveAnswers } from '../../src/completeness.ts';
import type { OpenedRecord } from '../../src/opening.ts';
import { sayingEndorsement, ENDORSEMENTS, type Endorsement } from '../../src/records/additions.ts';
import { share } from '../../src/records/share.ts';
import { recordingCard } from '../draftCards.ts';
import { historyCard } from '../historyCard.ts';
import { receiptCard, recordCard } from '../recordCards.ts';
import { LONG_ANSWER, SPOKEN, WORST } from './answers.ts';
import { aRecord } from './recordSamples.ts';
import { SITUATION, type SampleCard } from './sample.ts';
import { check, questions, said } from './versionSamples.ts';

const GROUP = 'Endorsements and comments';
const NUMBER = 'SL-7QK2M9XV';
const MANAGER = 'Maureen Castle';
const SIGNED = `${MANAGER}, Team manager, Exampleshire Council, Tuesday 24 November 2026, 10:02 (GMT)`;
const STATED: Answers = { ...SPOKEN, decidedBy: ['jointly', 'endorsed'], jointWith: 'Tom Fairweather, school nurse', endorsedByName: MANAGER }; // prettier-ignore
const COMMENT: Answers = { commentText: 'I would have rung the school as well.' };

/** What managers say of a record, from the record to its history. */
export function endorsementSamples(): readonly SampleCard[] {
  const confirmed = anEndorsement('confirmed', { stated: MANAGER, before: 3 });
  const denied = anEndorsement('notSo', { stated: MANAGER });
  const many = [1, 2, 3, 4, 5].map(() => anEndorsement('endorsed'));
  return [
    record('record-to-endorse', 'To be endorsed', SPOKEN, [], { canSay: ['endorsed'] }),
    record('record-to-confirm', 'An endorsement to be confirmed', STATED, [], { canSay: ['confirmed', 'notSo'] }),
    record('record-endorsed', 'Endorsed', SPOKEN, [anEndorsement('endorsed')]),
    record('record-confirmed', 'Confirmed, and amended since', STATED, [confirmed], { canSay: ['endorsed'] }),
    record('record-denied', 'Not endorsed, and commented on', STATED, [denied], {
      canSay: ['confirmed'],
      notes: [{ ...said('commented', COMMENT), kind: 'commented', signed: SIGNED }],
    }),
    record('record-endorsed-worst', 'As much as there may be', { ...WORST, endorsedByName: 'x'.repeat(200) }, many, {
      canSay: ['confirmed', 'notSo'],
      notes: [1, 2, 3, 4, 5].map(() => ({
        ...said('commented', { commentText: LONG_ANSWER }),
        kind: 'commented',
        signed: SIGNED,
      })),
    }),
    ...ENDORSEMENTS.map((how) => asks(how, false)),
    asks('endorsed', true),
    check('endorsed', 'Endorsement', SPOKEN, sayingEndorsement('endorsed')),
    ...questions('commented', SPOKEN, COMMENT),
    check('commented', 'Comment', SPOKEN, COMMENT),
    cannot(),
    receipt(),
    history('confirmed', 'Endorsement confirmed', endorsementText(confirmed)),
    history('denied', 'Not endorsed', endorsementText(denied)),
  ];
}

function anEndorsement(how: Endorsement, changes: Partial<Endorsed> = {}): Endorsed {
  const entry = { ...aRecord(SPOKEN).entry, signature: '', name: MANAGER, jobTitle: 'Team manager' };
  return { version: 2, how, entry, stated: undefined, before: undefined, ...changes };
}

function record(
  id: string,
  title: string,
  answers: Answers,
  endorsed: readonly Endorsed[],
  changes: Partial<OpenedRecord> = {},
): SampleCard {
  const made = aRecord(answers);
  const opened: OpenedRecord = {
    ...made,
    header: { ...made.header, version: endorsed.length + 1 },
    sections: withEndorsements(share, made.sections, effectiveAnswers(share, answers), endorsed),
    endorsements: endorsed.map(endorsementText),
    can: ['record.amend', 'record.endorse', 'record.comment', 'record.link', 'record.withdraw', 'record.dispute'],
    ...changes,
  };
  return { id, title, group: GROUP, card: recordCard(opened) };
}

function asks(how: Endorsement, hasMoved: boolean): SampleCard {
  const asked = { kind: 'askEndorse', number: NUMBER, title: share.title, version: 1, how, hasMoved } as const;
  return {
    id: `ask-${how}${hasMoved ? '-moved' : ''}`,
    title: `Before it is saved: ${how}${hasMoved ? ', changed meanwhile' : ''}`,
    group: GROUP,
    card: recordingCard(asked),
  };
}

function cannot(): SampleCard {
  const card = recordingCard({ kind: 'cannotBegin', number: NUMBER, why: 'endorsementStands' });
  return { id: 'endorsement-stands', title: 'Said already', group: GROUP, card };
}

function receipt(): SampleCard {
  const committed = {
    caseKey: 'made-up-case-key',
    number: NUMBER,
    seq: 4,
    hash: '3f9a5c0e71b24d68a1f0c9d2e4b67385aa10ffed23409c7b6d5e8f1029384756',
    savedAt: SITUATION.now,
    openItems: [],
  };
  const card = receiptCard({ type: share, committed, purpose: 'endorsed' });
  return { id: 'endorsement-receipt', title: 'Receipt', group: GROUP, card };
}

function history(id: string, title: string, endorsement: string): SampleCard {
  const { header, entry } = aRecord(STATED);
  const page = { header: { ...header, version: 2, kind: 'endorsed' }, versions: 3, entry } as const;
  const card = historyCard({ kind: 'history', ...page, said: undefined, endorsement, changes: [] });
  return { id: `history-${id}`, title: `History: ${title}`, group: GROUP, card };
}
