import { textIn, type Answers } from '../fields.ts';
import { defineRecordType, type Situation } from '../recordType.ts';
import { caseBlock } from './blocks/caseBlock.ts';
import {
  basesNotOffered,
  basisOpens,
  CONSENT_COPIED,
  consentAskWhen,
  consentChecks,
  consentDefaults,
  consentGivenFields,
  consentInSummary,
  consentLimitDetailFields,
  consentLimitsAskWhen,
  consentLimitsFields,
  consentOverviewFields,
  LIMITED_OR_WITHDRAWN,
  LIMITS_COPIED,
  limitsTold,
  noConsentFields,
  saysAgreed,
  saysConsented,
} from './blocks/consentBlock.ts';
import {
  counterpartAskWhen,
  counterpartChecks,
  counterpartFields,
  counterpartInSummary,
  counterpartNames,
  counterpartReads,
  counterpartRequiredWhen,
} from './blocks/counterpartBlock.ts';
import {
  decisionAskWhen,
  decisionDefaults,
  decisionEndorsedIn,
  decisionFields,
  decisionInSummary,
  decisionReads,
  decisionSection,
} from './blocks/decisionBlock.ts';
import {
  familyAskWhen,
  familyChecks,
  familyDefaults,
  familyDetailFields,
  familyInSummary,
  familyOpens,
  familyOverviewWhenNothingSharedFields,
  familyReads,
  familyRequiredWhen,
  saysToldOfRecords,
} from './blocks/familyBlock.ts';
import { identityDetail } from './blocks/identityBlock.ts';
import {
  informationChecks,
  informationFields,
  informationInSummary,
  methodAskWhen,
  methodFields,
} from './blocks/informationBlock.ts';
import {
  narrativeAskWhen,
  narrativeFields,
  narrativeInSummary,
  narrativeReads,
  narrativeSection,
} from './blocks/narrativeBlock.ts';
import {
  outcomeAskWhen,
  outcomeChecks,
  outcomeDefaults,
  outcomeFields,
  outcomeInSummary,
  outcomeOpens,
} from './blocks/outcomeBlock.ts';
import { consentIssuesField, decisionReasonsField, dutyToShare, refusalGroundsField } from './blocks/refusalBlock.ts';
import { notAfter, notBefore, notInFuture, todayOrLater } from './checks.ts';
import { afterContact } from './dueDates.ts';
import { askedBy, reworded } from './rewording.ts';

const IDENTITY = 'RK §3.2, bullet 2';
const DECISION = 'RK §3.2, bullet 7';

const SHARED = { field: 'decision', is: ['all', 'part'] } as const;
const DECIDED = { field: 'decision', is: ['all', 'part', 'none'] } as const;
const CLOSED = { field: 'decision', is: ['all', 'part', 'none', 'nothingHeld', 'passedOn'] } as const;

const DECIDED_NAMES = [
  'waitingFor',
  'decisionDue',
  'passedTo',
  'decisionReasons',
  'sharedAt',
  'informationTypes',
  'informationShared',
  'consentIssues',
  'outcomeKnown',
] as const;

const GOING_ON_NAMES = [
  'outcome',
  'outcomeDue',
  'nextAction',
  'methods',
  'methodOther',
  'lawfulBasis',
  'familyInformed',
] as const;

const CONSENT_NAMES = [
  'toldOfRecords',
  'notToldReason',
  'consentGivenBy',
  'consentGiverRoles',
  'competenceView',
  'consentForm',
  'consentOn',
  'consentLimits',
  'consentLimitsDetail',
  'withinLimits',
  'beyondLimitsReason',
  'noConsentGrounds',
  'noConsentCircumstances',
  'legalReference',
  'noConsentExplanation',
  'familyInformedWho',
  'familyToldBy',
  'notInformedReasons',
  'notInformedExplanation',
] as const;

/** All that is asked once a decision that was put off has been made. */
const DECISION_NAMES = [
  'decision',
  'refusalGrounds',
  'consent',
  ...DECIDED_NAMES,
  ...GOING_ON_NAMES,
  ...CONSENT_NAMES,
  'outcomeKind',
  ...decisionSection.fields,
] as const;

/** Somebody asked for information, and what was decided. Source: RK §3.2. */
export const requestReceived = defineRecordType({
  id: 'requestReceived',
  command: 'request received',
  title: 'Request received',
  does: 'You were asked for information, and decided what to do.',
  source: 'RK §3.2',
  counterpart: 'requester',
  sections: [
    {
      id: 'request',
      title: 'The request',
      fields: ['requestKind', 'contactAt', 'caseReference', 'concerning', 'reason'],
    },
    { id: 'requester', title: 'Who asked', fields: counterpartNames('requester') },
    {
      id: 'asked',
      title: 'What they asked for, and your decision',
      fields: [
        'informationRequested',
        'requesterIdentity',
        'requesterIdentityDetail',
        'decision',
        'refusalGrounds',
        'consent',
      ],
    },
    {
      id: 'decided',
      title: 'More about your decision',
      fields: DECIDED_NAMES,
    },
    {
      id: 'outcome',
      title: 'What happens next',
      fields: GOING_ON_NAMES,
    },
    {
      id: 'consent',
      title: 'Consent and the family',
      fields: CONSENT_NAMES,
    },
    {
      id: 'theirReference',
      title: 'Their reference',
      place: 'offered',
      button: 'Add their reference',
      fields: ['theirReference'],
    },
    {
      id: 'outcomeKind',
      title: 'The kind of outcome',
      place: 'offered',
      button: 'Add the kind of outcome',
      fields: ['outcomeKind'],
    },
    narrativeSection,
    { id: 'keepFrom', title: 'Who must not learn of it', place: 'signing', fields: ['keepFrom'] },
    decisionSection,
  ],
  fields: {
    requestKind: {
      kind: 'choice',
      label: 'What kind of request is it?',
      hint: 'If people ask for their own records, the records team must answer, as a rule within a month.',
      mend: 'Say what kind of request it is',
      options: {
        agency: { label: 'From another agency or service' },
        police: { label: 'From the police' },
        court: { label: 'From a court' },
        solicitor: { label: 'From a solicitor' },
        ownRecords: { label: 'From people who want their own records' },
        other: { label: 'From somebody else' },
      },
      source: 'RK §3.2; project decision 0007',
    },
    contactAt: {
      kind: 'dateTime',
      label: 'When were you asked?',
      mend: 'Give the date and time of the request',
      source: 'RK §3.2, bullet 11',
    },
    ...caseBlock.fields,
    reason: {
      kind: 'longText',
      rule: 'why',
      label: 'Why do they want it?',
      hint: 'The reason that they gave. Facts first, and who told you.',
      mend: 'Say why they want it',
      source: 'RK §3.2, bullet 3',
    },
    ...counterpartFields('requester', { who: 'Who asked?', them: 'the person who asked', source: 'RK §3.2, bullet 1' }),
    informationRequested: {
      kind: 'longText',
      rule: 'why',
      label: 'What did they ask for?',
      hint: 'A few lines are enough.',
      mend: 'Say what they asked for',
      source: 'RK §3.2, bullet 3',
    },
    requesterIdentity: {
      kind: 'choice',
      label: 'How did you check who they are?',
      mend: 'Say how you checked who they are',
      options: {
        ringBack: { label: 'I rang back on a published number' },
        throughSwitchboard: { label: 'I was put through by their switchboard' },
        knownToMe: { label: 'I know them' },
        officialEmail: { label: 'They wrote from a work email address' },
        identitySeen: { label: 'I saw their identity card' },
        signedForm: { label: 'They signed a form' },
        courtSeal: { label: 'It bears the seal of a court' },
        sharedSystem: { label: 'Through a system that both use' },
        inMeeting: { label: 'We were in a meeting' },
        other: { label: 'Another way' },
        notConfirmed: { label: 'It was not checked' },
      },
      source: IDENTITY,
    },
    requesterIdentityDetail: identityDetail('Needed if it was another way, or was not checked.', IDENTITY),
    decision: {
      kind: 'choice',
      label: 'What have you decided?',
      mend: 'Say what you have decided',
      options: {
        all: { label: 'To share all of it' },
        part: { label: 'To share part of it' },
        none: { label: 'Not to share it' },
        notYet: { label: 'I have not decided yet' },
        nothingHeld: { label: 'We hold nothing on this' },
        passedOn: { label: 'I passed the request on' },
      },
      source: DECISION,
    },
    refusalGrounds: {
      ...refusalGroundsField,
      beside: 'Only if something is held back; you may leave it blank.',
    },
    ...reworded(consentOverviewFields, {
      consent: { beside: 'Only if something is shared.', source: 'RK §3.2, bullet 4' },
    }),
    waitingFor: {
      kind: 'longText',
      rule: 'name',
      label: 'What are you waiting for?',
      hint: 'What you still need to know, and from whom.',
      mend: 'Say what you are waiting for',
      source: DECISION,
    },
    decisionDue: {
      kind: 'date',
      label: 'By when will you decide?',
      mend: 'Give the day by which you will decide',
      source: DECISION,
    },
    passedTo: {
      kind: 'text',
      rule: 'name',
      label: 'To whom did you pass it on?',
      hint: 'Their name and team.',
      mend: 'Say to whom you passed it on',
      source: DECISION,
    },
    decisionReasons: decisionReasonsField,
    sharedAt: {
      kind: 'dateTime',
      label: 'When did you share it?',
      mend: 'Give the date and time at which you shared it',
      source: 'RK §3.2, bullet 11',
    },
    ...askedBy(informationFields, 'RK §3.2, bullet 8'),
    consentIssues: consentIssuesField,
    ...reworded(askedBy(outcomeFields, 'RK §3.2, bullet 10'), {
      outcomeKind: { source: 'RK §1 (retention); §3.2, bullet 10' },
    }),
    ...askedBy(methodFields, 'RK §3.2, bullet 9'),
    ...reworded(familyOverviewWhenNothingSharedFields, { familyInformed: { source: 'RK §3.2, bullet 5' } }),
    ...askedBy(consentGivenFields, 'RK §3.2, bullet 4'),
    ...askedBy(consentLimitsFields, 'RK §3.2, bullet 6'),
    ...reworded(askedBy(consentLimitDetailFields, 'RK §3.2, bullet 6'), {
      consentLimitsDetail: { beside: 'Only if there are limits.' },
      withinLimits: { beside: 'Only if there are limits.' },
    }),
    ...askedBy(noConsentFields, 'RK §3.2, bullet 4'),
    ...askedBy(familyDetailFields, 'RK §3.2, bullet 5'),
    theirReference: {
      kind: 'text',
      label: 'What is their reference?',
      hint: 'Such as the number on their letter.',
      mend: 'Give their reference, or leave it blank',
      optional: true,
      source: 'RK §3.2, bullet 3',
    },
    ...narrativeFields,
    ...decisionFields,
  },
  askWhen: {
    ...counterpartAskWhen('requester'),
    refusalGrounds: { field: 'decision', is: ['part', 'none'] },
    consent: SHARED,
    waitingFor: { field: 'decision', is: 'notYet' },
    decisionDue: { field: 'decision', is: 'notYet' },
    passedTo: { field: 'decision', is: 'passedOn' },
    decisionReasons: { field: 'decision', is: ['all', 'part', 'none', 'nothingHeld'] },
    sharedAt: SHARED,
    informationTypes: SHARED,
    informationShared: SHARED,
    methods: SHARED,
    consentIssues: { field: 'decision', is: 'none' },
    outcomeKnown: CLOSED,
    nextAction: CLOSED,
    lawfulBasis: { field: 'consent', blank: false },
    familyInformed: DECIDED,
    decidedBy: DECIDED,
    ...outcomeAskWhen,
    ...methodAskWhen,
    ...consentAskWhen,
    ...consentLimitsAskWhen,
    ...familyAskWhen,
    ...narrativeAskWhen,
    ...decisionAskWhen,
  },
  requiredWhen: {
    ...caseBlock.requiredWhen,
    ...counterpartRequiredWhen('requester'),
    requesterIdentityDetail: { field: 'requesterIdentity', is: ['other', 'notConfirmed'] },
    decisionReasons: DECIDED,
    ...familyRequiredWhen,
  },
  defaults: {
    requestKind: () => 'agency',
    contactAt: (_answers, situation) => situation.startedAt,
    sharedAt: (answers, situation) => textIn(answers.contactAt) ?? situation.startedAt,
    decisionDue,
    ...consentDefaults,
    ...outcomeDefaults,
    ...decisionDefaults,
    ...familyDefaults,
  },
  notOffered: {
    lawfulBasis: basesNotOffered,
    familyInformed: (answers) => (answers.decision === 'none' ? [] : ['notNeeded']),
  },
  reads: {
    ...counterpartReads('requester'),
    ...familyReads,
    ...narrativeReads,
    ...decisionReads,
  },
  endorsedIn: decisionEndorsedIn,
  opens: [
    outcomeOpens,
    familyOpens,
    basisOpens,
    {
      kind: 'decision',
      when: { field: 'decision', is: 'notYet' },
      due: (answers, situation) => textIn(answers.decisionDue) ?? situation.today,
      settles: DECISION_NAMES,
      source: DECISION,
    },
  ],
  limitedWhen: LIMITED_OR_WITHDRAWN,
  says: {
    toldOfRecords: saysToldOfRecords,
    agreed: saysAgreed,
    limits: limitsTold('consentLimitsDetail'),
    consented: saysConsented,
  },
  inSummary: {
    ...counterpartInSummary('requester'),
    ...informationInSummary,
    ...consentInSummary,
    ...familyInSummary,
    decision: [['decision', 'passedTo']],
    ...outcomeInSummary,
    ...decisionInSummary,
    ...narrativeInSummary,
  },
  looksBack: ['consent', 'toldOfRecords'],
  sameConsent: [...CONSENT_COPIED, ...LIMITS_COPIED],
  notCopied: [
    ...counterpartNames('requester'),
    'requesterIdentity',
    'requesterIdentityDetail',
    'theirReference',
    'consentLimits',
    'consentLimitsDetail',
    'withinLimits',
    'beyondLimitsReason',
  ],
  tells: [
    {
      what: 'ownRecords',
      whom: 'recordsOfficers',
      when: { field: 'requestKind', is: 'ownRecords' },
      source: 'Record types, requestReceived',
    },
    {
      what: 'identityNotConfirmed',
      whom: 'recordsOfficers',
      when: { all: [{ field: 'requesterIdentity', is: 'notConfirmed' }, SHARED] },
      source: 'Record types, requestReceived',
    },
  ],
  checks: [
    {
      on: 'requestKind',
      source: 'Record types, requestReceived',
      find: (answers) =>
        answers.requestKind === 'ownRecords'
          ? {
              level: 'note',
              field: 'requestKind',
              text: 'The records team must answer people who ask for their own records, as a rule within a month. They are told once you sign.',
            }
          : undefined,
    },
    notInFuture('contactAt', 'when you were asked', 'RK §3.2, bullet 11'),
    ...counterpartChecks('requester'),
    {
      on: 'requesterIdentity',
      source: 'Record types, requestReceived',
      find: (answers) =>
        answers.requesterIdentity === 'notConfirmed' && (answers.decision === 'all' || answers.decision === 'part')
          ? {
              level: 'warning',
              field: 'requesterIdentity',
              text: 'You shared without checking who was asking. The records team is told once you sign.',
            }
          : undefined,
    },
    dutyToShare('decision', ({ decision }) => decision === 'none' || decision === 'part'),
    notInFuture('sharedAt', 'when you shared it', 'RK §3.2, bullet 11'),
    notBefore({
      on: 'sharedAt',
      what: 'when you shared it',
      moment: 'contactAt',
      momentWords: 'when you were asked',
      source: 'Record types, requestReceived',
    }),
    todayOrLater('decisionDue', 'by when you will decide', 'Record types, requestReceived'),
    ...informationChecks,
    ...consentChecks,
    notInFuture('consentOn', 'when they agreed', 'Record types, consent block'),
    notAfter({
      on: 'consentOn',
      what: 'when they agreed',
      moment: 'sharedAt',
      momentWords: 'the day on which you shared it',
      source: 'Record types, consent block',
    }),
    ...familyChecks,
    todayOrLater('familyToldBy', 'by when the family will be told', 'Record types, family block'),
    todayOrLater('outcomeDue', 'when you will look for the outcome', 'Record types, outcome block'),
    ...outcomeChecks,
  ],
});

function decisionDue(answers: Answers, situation: Situation): string {
  return afterContact(answers, situation, 2);
}
