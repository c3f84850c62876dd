import type { Typed } from '../../src/answering.ts';
import type { Answers } from '../../src/fields.ts';
import type { AnswersOf, RecordingSettings, Situation } from '../../src/recordType.ts';
import { share } from '../../src/records/share.ts';
import { given, typedAnswers, type Wanted } from './givenAnswers.ts';

/** Monday, a little after two in the afternoon in London. */
export const NOW = '2026-11-23T14:05:00.000Z';
export const TODAY = '2026-11-23';

export type ShareAnswers = AnswersOf<typeof share>;

/** A complete share, spoken and with consent; everything in it is made up. `undefined` takes an answer away. */
export function aShare(wanted: Wanted<ShareAnswers> = {}): Answers {
  return given({
    caseReference: 'XX-10422',
    contactAt: '2026-11-23T13:40:00.000Z',
    methods: ['phone'],
    recipientName: 'Nia Madeup',
    recipientJobTitle: 'Health visitor',
    recipientOrganisation: 'Exampleshire Health Visiting',
    recipientTelephone: '01632 960 101',
    reason: 'The mother asked for help with feeding and sleep.',
    informationTypes: ['health'],
    informationShared: 'That the child has lost weight since August.',
    consent: 'with',
    lawfulBasis: 'publicTask',
    familyInformed: 'yes',
    toldOfRecords: 'now',
    consentGivenBy: 'The mother, K.B.',
    consentGiverRoles: ['parent'],
    consentForm: 'verbal',
    consentOn: '2026-11-23',
    consentLimits: 'none',
    outcomeKnown: 'yes',
    outcome: 'A visit was booked for Thursday afternoon.',
    nextAction: 'none',
    decidedBy: ['alone'],
    ...wanted,
  });
}

/** A complete share without consent, by letter, with its outcome still to come. */
export function aShareWithout(wanted: Wanted<ShareAnswers> = {}): Answers {
  return aShare({
    methods: ['letter'],
    receiptConfirmed: 'notYet',
    consent: 'without',
    consentGivenBy: undefined,
    consentGiverRoles: undefined,
    consentForm: undefined,
    consentOn: undefined,
    consentLimits: undefined,
    noConsentGrounds: ['riskOfHarm'],
    noConsentCircumstances: ['refused'],
    noConsentExplanation: 'Waiting would have left the child at risk tonight.',
    familyInformed: 'no',
    toldOfRecords: undefined,
    notInformedReasons: ['riskOfHarm'],
    outcomeKnown: 'notYet',
    outcome: undefined,
    outcomeDue: '2026-11-24',
    nextAction: 'The allocated worker rings on Friday.',
    ...wanted,
  });
}

/** What a person would type for these answers. */
export function typedShare(answers: Answers): Typed {
  return typedAnswers(share, answers);
}

export const SETTINGS: RecordingSettings = { defaultLawfulBasis: 'publicTask', publicAuthority: true };

export function aSituation(wanted: Partial<Situation> = {}): Situation {
  return { now: NOW, today: TODAY, startedAt: '2026-11-23T13:55:00.000Z', settings: SETTINGS, ...wanted };
}
