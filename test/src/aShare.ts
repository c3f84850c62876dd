import { typedOf, type Typed } from '../../src/answering.ts';
import type { Answer, Answers } from '../../src/fields.ts';
import type { AnswersOf, RecordingSettings, Situation } from '../../src/recordType.ts';
import { share } from '../../src/records/share.ts';

/** Monday, a little after two in the afternoon in London. */
export const NOW = '2026-11-23T14:05:00.000Z';
export const TODAY = '2026-11-23';

export type ShareAnswers = AnswersOf<typeof share>;

/** A complete share, spoken and with consent; everything in it is made up. `undefined` takes an answer away. */
export function aShare(wanted: { readonly [K in keyof ShareAnswers]?: ShareAnswers[K] | undefined } = {}): Answers {
  const answers: Record<string, Answer | undefined> = {
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
  };
  return Object.fromEntries(
    Object.entries(answers).filter((entry): entry is [string, Answer] => entry[1] !== undefined),
  );
}

/** A complete share without consent, by letter, with its outcome still to come. */
export function aShareWithout(wanted: Parameters<typeof aShare>[0] = {}): Answers {
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
  return Object.assign({}, ...Object.entries(share.fields).map(([name, field]) => typedOf(name, field, answers[name])));
}

export const SETTINGS: RecordingSettings = { defaultLawfulBasis: 'publicTask', publicAuthority: true };

export function aSituation(wanted: Partial<Situation> = {}): Situation {
  return { now: NOW, today: TODAY, startedAt: '2026-11-23T13:55:00.000Z', settings: SETTINGS, ...wanted };
}
