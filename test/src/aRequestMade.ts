import type { Answers } from '../../src/fields.ts';
import type { AnswersOf } from '../../src/recordType.ts';
import type { requestMade } from '../../src/records/requestMade.ts';
import { given, type Wanted } from './givenAnswers.ts';

export type RequestMadeAnswers = AnswersOf<typeof requestMade>;

/** A complete request of our own, with consent and with its reply still awaited. `undefined` takes an answer away. */
export function aRequestMade(wanted: Wanted<RequestMadeAnswers> = {}): Answers {
  return given({
    contactAt: '2026-11-23T10:15:00.000Z',
    caseReference: 'XX-10422',
    ownIdentity: 'ringBack',
    practitionerName: 'Lowri Madeup',
    practitionerJobTitle: 'School nurse',
    practitionerOrganisation: 'Exampleshire High School',
    practitionerTelephone: '01632 960 133',
    reason: 'The child missed four visits in a row.',
    informationRequested: 'When the child was last seen, and by whom.',
    reply: 'awaited',
    consent: 'with',
    lawfulBasis: 'publicTask',
    consentGivenBy: 'The mother, K.B.',
    consentGiverRoles: ['parent'],
    consentForm: 'written',
    consentOn: '2026-11-20',
    requestLimits: 'none',
    outcomeDue: '2026-11-30',
    nextAction: 'I ring the school on Friday.',
    decidedBy: ['alone'],
    ...wanted,
  });
}

/** A complete request of our own that was answered in full. */
export function aRequestAnswered(wanted: Wanted<RequestMadeAnswers> = {}): Answers {
  return aRequestMade({
    reply: 'all',
    replyAt: '2026-11-23T13:40:00.000Z',
    informationTypes: ['education'],
    informationShared: 'That the child was last at school on Monday.',
    methods: ['secureEmail'],
    outcomeKnown: 'yes',
    outcome: 'A visit was booked for Thursday afternoon.',
    outcomeDue: undefined,
    nextAction: 'none',
    ...wanted,
  });
}

/** A complete request of our own, without consent, that was refused. */
export function aRequestTurnedDown(wanted: Wanted<RequestMadeAnswers> = {}): Answers {
  return aRequestMade({
    reply: 'refused',
    replyAt: '2026-11-23T13:40:00.000Z',
    refusalReasons: 'They would not speak without consent.',
    consent: 'without',
    consentGivenBy: undefined,
    consentGiverRoles: undefined,
    consentForm: undefined,
    consentOn: undefined,
    noConsentGrounds: ['undueDelay'],
    noConsentCircumstances: ['notAsked'],
    noConsentExplanation: 'Waiting for the mother would have taken days.',
    outcomeKnown: 'notYet',
    outcomeDue: '2026-11-24',
    nextAction: 'My manager writes to the head teacher today.',
    ...wanted,
  });
}
