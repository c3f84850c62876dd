import { problems } from '../../src/completeness.ts';
import type { Draft } from '../../src/drafts.ts';
import type { Answers } from '../../src/fields.ts';
import type { Team } from '../../src/people.ts';
import { SIGNATURE } from '../../src/recording/signing.ts';
import { checkView, type Pressed } from '../../src/recording/show.ts';
import { urgentForm } from '../../src/forms.ts';
import type { Earlier, RecordType } from '../../src/recordType.ts';
import { notShared } from '../../src/records/notShared.ts';
import { requestMade } from '../../src/records/requestMade.ts';
import { requestReceived } from '../../src/records/requestReceived.ts';
import { share } from '../../src/records/share.ts';
import { checkCard } from '../checkCard.ts';
import { answerCard } from '../recordCards.ts';
import { plainButton } from '../elements.ts';
import { FULL_ANSWER, LONG_ANSWER, PARTLY, SPOKEN, URGENT, WITHOUT, WORST, worstOf } from './answers.ts';
import {
  ASKED_ALL,
  ASKED_NONE,
  ASKED_NOT_YET,
  ASKED_PART,
  ASKING_AWAITED,
  ASKING_PART,
  NOT_SHARED,
} from './requestAnswers.ts';
import { aDraft, DRAFT_ID, MOVED_ON, SITUATION, type SampleCard } from './sample.ts';

const TEAMS: readonly Team[] = [
  { id: '7d1f2c40-0000-4000-8000-7ea000000001', name: 'Family help, north' },
  { id: '7d1f2c40-0000-4000-8000-7ea000000002', name: 'Family help, south' },
];

/** The card on which answers are checked and signed, in all its states. */
export function checkSamples(): readonly SampleCard[] {
  return [
    check('check', 'Plain', SPOKEN),
    check('check-partly', 'The longest way', PARTLY),
    check('check-notes', 'With warnings and a note', {
      ...WITHOUT,
      informationTypes: ['courtPapers'],
      consent: 'partly',
      consentGivenBy: 'An uncle',
      consentGiverRoles: ['other'],
      consentForm: 'verbal',
      consentOn: '2026-11-23',
      consentLimits: 'none',
      reason: 'Worry at school.',
    }),
    problemsBefore(),
    pressedUnsigned(),
    check('check-teams', 'Several teams', SPOKEN, { teamId: undefined }, TEAMS),
    check('check-long', 'Long answers, cut', { ...PARTLY, reason: LONG_ANSWER, noConsentExplanation: LONG_ANSWER }),
    ...otherTypes(),
    earlier(),
    check('check-worst', 'Every answer as long as it may be', WORST, { teamId: undefined }, TEAMS),
    movedOn(),
    asLastKnown(),
    {
      id: 'check-answer',
      title: 'One whole answer',
      group: 'Check and sign',
      card: answerCard(
        share.fields.reason.label,
        FULL_ANSWER,
        plainButton('Back to check your answers', 'draft.open', { draftId: DRAFT_ID }, 'positive'),
      ),
    },
  ];
}

/** The check cards of the other record types, and of an urgent record. */
function otherTypes(): readonly SampleCard[] {
  const of = (id: string, title: string, type: RecordType, answers: Answers): SampleCard => {
    const view = checkView(type, aDraft(answers, { type: type.id }), [], SITUATION);
    return { id, title, group: 'Check and sign', card: checkCard(view) };
  };
  return [
    of('check-received', 'Request received, all shared', requestReceived, ASKED_ALL),
    of('check-received-part', 'Request received: the longest way', requestReceived, ASKED_PART),
    of('check-received-none', 'Request received, refused', requestReceived, ASKED_NONE),
    of('check-received-own', 'Request received, for their own records', requestReceived, ASKED_NOT_YET),
    of('check-received-worst', 'Request received, as long as it may be', requestReceived, worstOf(ASKED_PART)),
    of('check-made', 'Request made, reply awaited', requestMade, ASKING_AWAITED),
    of('check-made-part', 'Request made: the longest way', requestMade, ASKING_PART),
    of('check-made-worst', 'Request made, as long as it may be', requestMade, worstOf(ASKING_PART)),
    of('check-not-shared', 'Decided not to share', notShared, NOT_SHARED),
    of('check-urgent', 'Urgent', urgentForm(share), URGENT),
  ];
}

/** What earlier records of the case say: limits to consent, and one that may be the same contact. */
function earlier(): SampleCard {
  const said: Earlier = {
    toldOfRecords: true,
    limits: [
      { number: 'SL-7QK2M9XV', text: 'Nothing about the earlier placement.' },
      { number: 'SL-4M1ZC0TA', text: FULL_ANSWER },
      { number: 'SL-0A2B4C6D', text: 'Someone had taken their consent back.' },
      { number: 'SL-9Z8Y7X6W', text: 'Not to the school.' },
    ],
    consents: [],
    alike: ['SL-7QK2M9XV'],
  };
  const view = checkView(share, aDraft(SPOKEN), [], { ...SITUATION, earlier: said });
  return {
    id: 'check-earlier',
    title: 'With what stands on the case already',
    group: 'Check and sign',
    card: checkCard(view),
  };
}

function check(
  id: string,
  title: string,
  answers: Answers,
  changes: Partial<Draft> = {},
  teams: readonly Team[] = [],
  pressed?: Pressed,
): SampleCard {
  const view = checkView(share, aDraft(answers, changes), teams, SITUATION, pressed);
  return { id, title, group: 'Check and sign', card: checkCard(view) };
}

function problemsBefore(): SampleCard {
  const answers: Answers = { ...SPOKEN, consent: 'without', recipientName: 'n/a', outcome: '' };
  return check('check-problems', 'Something still to answer', answers);
}

/** Signed with a blank name, an unfinished answer elsewhere. */
function pressedUnsigned(): SampleCard {
  const answers: Answers = { ...PARTLY, recipientName: 'n/a', jointWith: '' };
  const text = `Type your name: ‘${SIGNATURE.label}’ is empty.`;
  const found = [...problems(share, answers, SITUATION), { level: 'problem', field: 'signature', text } as const];
  const typed = { decidedBy: 'jointly,endorsed', endorsedByName: 'Maureen Castle', signature: ' ' };
  return check('check-pressed', 'Signed too early', answers, {}, [], { typed, problems: found });
}

function asLastKnown(): SampleCard {
  const view = checkView(share, aDraft(SPOKEN), [], SITUATION);
  const title = 'While the directory cannot be asked';
  const card = checkCard({ ...view, asKnownAt: '2026-11-23T13:00:00.000Z' });
  return { id: 'check-last-known', title, group: 'Check and sign', card };
}

function movedOn(): SampleCard {
  const view = checkView(share, aDraft(SPOKEN), [], SITUATION);
  return {
    id: 'check-moved-on',
    title: 'Pressed on an older card',
    group: 'Check and sign',
    card: checkCard({ ...view, notice: MOVED_ON }),
  };
}
