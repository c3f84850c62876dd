import type { Answers } from '../../src/fields.ts';
import type { AnswersOf } from '../../src/recordType.ts';
import type { requestReceived } from '../../src/records/requestReceived.ts';
import { given, type Wanted } from './givenAnswers.ts';

export type RequestReceivedAnswers = AnswersOf<typeof requestReceived>;

/** What every request received holds, whatever was decided; everything in it is made up. */
const ASKED: RequestReceivedAnswers = {
  requestKind: 'agency',
  contactAt: '2026-11-23T10:15:00.000Z',
  caseReference: 'XX-10422',
  reason: 'They are planning a review of the child’s care.',
  requesterName: 'Ifor Nobody',
  requesterJobTitle: 'Housing officer',
  requesterOrganisation: 'Exampleshire Homes',
  requesterTelephone: '01632 960 122',
  informationRequested: 'Who lives at the address, and since when.',
  requesterIdentity: 'ringBack',
};

const OUTCOME: RequestReceivedAnswers = {
  outcomeKnown: 'yes',
  outcome: 'They changed the plan for the move.',
  nextAction: 'none',
};

/** A complete request, all of it shared with consent. `undefined` takes an answer away. */
export function aRequestReceived(wanted: Wanted<RequestReceivedAnswers> = {}): Answers {
  return given({
    ...ASKED,
    decision: 'all',
    decisionReasons: 'It helps them to keep the family together.',
    sharedAt: '2026-11-23T13:40:00.000Z',
    consent: 'with',
    lawfulBasis: 'publicTask',
    consentGivenBy: 'The mother, K.B.',
    consentGiverRoles: ['parent'],
    consentForm: 'verbal',
    consentOn: '2026-11-23',
    consentLimits: 'none',
    familyInformed: 'yes',
    toldOfRecords: 'now',
    informationTypes: ['family'],
    informationShared: 'The names of the two adults in the home.',
    methods: ['phone'],
    ...OUTCOME,
    decidedBy: ['alone'],
    ...wanted,
  });
}

/** A complete request of which part was shared, without consent. */
export function aRequestPartlyMet(wanted: Wanted<RequestReceivedAnswers> = {}): Answers {
  return aRequestReceived({
    decision: 'part',
    refusalGrounds: ['notRelevant'],
    consent: 'without',
    consentGivenBy: undefined,
    consentGiverRoles: undefined,
    consentForm: undefined,
    consentOn: undefined,
    consentLimits: undefined,
    noConsentGrounds: ['riskOfHarm'],
    noConsentCircumstances: ['notObtainable'],
    noConsentExplanation: 'The child might have been hurt before we could ask.',
    familyInformed: 'no',
    toldOfRecords: undefined,
    notInformedReasons: ['riskOfHarm'],
    ...wanted,
  });
}

/** A complete request that was refused. */
export function aRequestRefused(wanted: Wanted<RequestReceivedAnswers> = {}): Answers {
  return given({
    ...ASKED,
    decision: 'none',
    decisionReasons: 'They do not need it for what they are doing.',
    refusalGrounds: ['notRelevant'],
    consentIssues: 'none',
    familyInformed: 'notNeeded',
    ...OUTCOME,
    decidedBy: ['alone'],
    ...wanted,
  });
}

/** A complete request on which nothing has been decided yet. */
export function aRequestWaiting(wanted: Wanted<RequestReceivedAnswers> = {}): Answers {
  return given({
    ...ASKED,
    decision: 'notYet',
    waitingFor: 'What our lawyers say of the order.',
    decisionDue: '2026-11-25',
    ...wanted,
  });
}

/** A complete request for what we do not hold, or that somebody else answers. */
export function aRequestNotOurs(wanted: Wanted<RequestReceivedAnswers> = {}): Answers {
  return given({ ...ASKED, decision: 'nothingHeld', ...OUTCOME, ...wanted });
}
