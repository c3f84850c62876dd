import type { Answers } from '../../src/fields.ts';
import type { AnswersOf } from '../../src/recordType.ts';
import type { notShared } from '../../src/records/notShared.ts';
import { given, type Wanted } from './givenAnswers.ts';

export type NotSharedAnswers = AnswersOf<typeof notShared>;

/** A complete decision not to share; everything in it is made up. `undefined` takes an answer away. */
export function aDecisionNotToShare(wanted: Wanted<NotSharedAnswers> = {}): Answers {
  return given({
    caseReference: 'XX-10422',
    contactAt: '2026-11-23T13:40:00.000Z',
    consideredWith: 'Exampleshire Homes',
    reason: 'The family may have to move before Christmas.',
    decisionReasons: 'They can find a home without knowing of this.',
    consentIssues: 'The mother asked us to wait.',
    nextAction: 'none',
    decidedBy: ['alone'],
    ...wanted,
  });
}
