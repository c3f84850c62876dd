import { problems } from '../../src/completeness.ts';
import type { Draft } from '../../src/drafts.ts';
import type { Answers } from '../../src/fields.ts';
import type { Team } from '../../src/people.ts';
import { SIGNATURE } from '../../src/recording/signing.ts';
import { checkView, type Pressed } from '../../src/recording/show.ts';
import { share } from '../../src/records/share.ts';
import { checkCard } from '../checkCard.ts';
import { answerCard } from '../recordCards.ts';
import { plainButton } from '../elements.ts';
import { FULL_ANSWER, LONG_ANSWER, PARTLY, SPOKEN, WITHOUT, WORST } from './answers.ts';
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
    check('check-worst', 'Every answer as long as it may be', WORST, { teamId: undefined }, TEAMS),
    movedOn(),
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

function movedOn(): SampleCard {
  const view = checkView(share, aDraft(SPOKEN), [], SITUATION);
  return {
    id: 'check-moved-on',
    title: 'Pressed on an older card',
    group: 'Check and sign',
    card: checkCard({ ...view, notice: MOVED_ON }),
  };
}
