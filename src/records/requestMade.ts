import { defineRecordType } from '../recordType.ts';
import { caseBlock } from './blocks/caseBlock.ts';
import {
  basesNotOffered,
  basisOpens,
  CONSENT_COPIED,
  consentAskWhen,
  consentChecks,
  consentDefaults,
  consentGivenFields,
  consentOverviewFields,
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
  OUTCOME_NAMES,
  outcomeOpens,
} from './blocks/outcomeBlock.ts';
import { notAfter, notBefore, notInFuture, todayOrLater } from './checks.ts';
import { askedBy, reworded } from './rewording.ts';

const IDENTITY = 'RK §3.3, bullet 3';
const LIMITS = 'RK §3.3, bullet 8';
const REPLY = 'RK §3.3, bullets 9–11';

const CAME = { field: 'reply', is: ['all', 'part'] } as const;
const ANSWERED = { not: { field: 'reply', is: 'awaited' } } as const;

/** What is asked once they have replied. */
const REPLY_NAMES = [
  'reply',
  'replyAt',
  'informationTypes',
  'informationShared',
  'methods',
  'methodOther',
  'refusalReasons',
] as const;

/** Information that we asked another agency or service for. Source: RK §3.3. */
export const requestMade = defineRecordType({
  id: 'requestMade',
  command: 'request made',
  title: 'Request made',
  does: 'You asked another agency or service for information.',
  source: 'RK §3.3',
  counterpart: 'practitioner',
  sections: [
    {
      id: 'contact',
      title: 'The contact',
      fields: ['contactAt', 'caseReference', 'concerning', 'ownIdentity', 'ownIdentityDetail'],
    },
    { id: 'practitioner', title: 'Who you asked', fields: counterpartNames('practitioner') },
    {
      id: 'asked',
      title: 'What you asked for',
      fields: ['reason', 'informationRequested', 'theirReference', 'reply', 'consent', 'lawfulBasis'],
    },
    {
      id: 'consent',
      title: 'Consent, and limits',
      fields: [
        'consentGivenBy',
        'consentGiverRoles',
        'competenceView',
        'consentForm',
        'consentOn',
        'requestLimits',
        'requestLimitsDetail',
        'noConsentGrounds',
        'noConsentCircumstances',
        'legalReference',
        'noConsentExplanation',
      ],
    },
    {
      id: 'reply',
      title: 'Their reply',
      fields: ['replyAt', 'informationTypes', 'informationShared', 'methods', 'methodOther', 'refusalReasons'],
    },
    {
      id: 'outcome',
      title: 'What happens next',
      fields: ['outcomeKnown', 'outcome', 'outcomeKind', 'outcomeDue', 'nextAction'],
    },
    narrativeSection,
    decisionSection,
  ],
  fields: {
    contactAt: {
      kind: 'dateTime',
      label: 'When did you ask?',
      mend: 'Give the date and time of the contact',
      source: 'RK §3.3, bullet 1',
    },
    ...caseBlock.fields,
    ownIdentity: {
      kind: 'choice',
      label: 'How did they check who you are?',
      mend: 'Say how they checked who you are',
      options: {
        ringBack: { label: 'They rang me back' },
        knownToThem: { label: 'They know me' },
        officialEmail: { label: 'I wrote from my work email address' },
        identityShown: { label: 'I showed my identity card' },
        sharedSystem: { label: 'Through a system that both use' },
        signedForm: { label: 'I signed a form' },
        notAsked: { label: 'They did not ask' },
        other: { label: 'Another way' },
      },
      source: IDENTITY,
    },
    ownIdentityDetail: identityDetail('Needed if it was another way.', IDENTITY),
    ...counterpartFields('practitioner', {
      who: 'Who did you ask?',
      them: 'the person you asked',
      source: 'RK §3.3, bullet 2',
    }),
    reason: {
      kind: 'longText',
      rule: 'why',
      label: 'Why do you need it?',
      hint: 'Facts first, and who told you.',
      mend: 'Say why you need it',
      source: 'RK §3.3, bullet 4',
    },
    informationRequested: {
      kind: 'longText',
      rule: 'why',
      label: 'What did you ask for?',
      hint: 'A few lines are enough.',
      mend: 'Say what you asked for',
      source: 'RK §3.3, bullet 4',
    },
    theirReference: {
      kind: 'text',
      label: 'What is their reference?',
      hint: 'Leave blank if they gave none.',
      mend: 'Give their reference, or leave it blank',
      optional: true,
      source: 'RK §3.3, bullet 4',
    },
    reply: {
      kind: 'choice',
      label: 'What did they reply?',
      mend: 'Say what they replied',
      options: {
        awaited: { label: 'Nothing yet' },
        all: { label: 'They shared all of it' },
        part: { label: 'They shared part of it' },
        refused: { label: 'They refused' },
        nothingHeld: { label: 'They hold nothing on this' },
      },
      source: REPLY,
    },
    ...reworded(consentOverviewFields, {
      consent: {
        label: 'Did the family agree to your asking?',
        mend: 'Say whether the family agreed to your asking',
        source: 'RK §3.3, bullet 5',
      },
      lawfulBasis: { label: 'Lawful basis for asking' },
    }),
    ...askedBy(consentGivenFields, 'RK §3.3, bullet 7'),
    requestLimits: {
      kind: 'choice',
      label: 'Were there any limits?',
      hint: 'On what you asked for, or on what the family agreed to.',
      mend: 'Say whether there were limits',
      options: { none: { label: 'No limits' }, limited: { label: 'Yes, there were limits' } },
      source: LIMITS,
    },
    requestLimitsDetail: {
      kind: 'longText',
      rule: 'why',
      label: 'What were the limits?',
      beside: 'Only if there were limits.',
      mend: 'Describe the limits',
      source: LIMITS,
    },
    ...reworded(askedBy(noConsentFields, 'RK §3.3, bullet 6'), {
      noConsentGrounds: {
        label: 'Why was it right to ask without consent?',
        mend: 'Tick at least one reason for asking without consent',
      },
      noConsentCircumstances: { label: 'What happened about asking the family?' },
      noConsentExplanation: {
        label: 'Explain why you asked without consent',
        mend: 'Explain why you asked without consent',
      },
    }),
    replyAt: {
      kind: 'dateTime',
      label: 'When did they reply?',
      mend: 'Give the date and time of their reply',
      source: REPLY,
    },
    ...reworded(askedBy(informationFields, 'RK §3.3, bullet 9'), {
      informationTypes: { label: 'What kind of information did they give?' },
      informationShared: { label: 'What did they share?', mend: 'Describe what they shared' },
    }),
    ...reworded(askedBy(methodFields, 'RK §3.3, bullet 10'), {
      methods: { label: 'How did they share it?', mend: 'Tick at least one way in which they shared it' },
      methodOther: { mend: 'Say in which other way they shared it' },
    }),
    refusalReasons: {
      kind: 'longText',
      rule: 'why',
      label: 'Why did they hold it back?',
      hint: 'The reasons that they gave.',
      mend: 'Say why they held it back',
      source: 'RK §3.3, bullet 11',
    },
    ...reworded(askedBy(outcomeFields, 'RK §3.3, bullet 12'), {
      nextAction: {
        hint: 'What, who does it, and by when. If they refused: what is done about it. Write “none” if nothing more is planned.',
        source: 'RK §3.3, bullets 11 and 12',
      },
      outcomeKind: { source: 'RK §1 (retention); §3.3, bullet 12' },
    }),
    ...narrativeFields,
    ...decisionFields,
  },
  askWhen: {
    ...counterpartAskWhen('practitioner'),
    ...consentAskWhen,
    requestLimitsDetail: { field: 'requestLimits', is: 'limited' },
    replyAt: ANSWERED,
    informationTypes: CAME,
    informationShared: CAME,
    methods: CAME,
    ...methodAskWhen,
    refusalReasons: { field: 'reply', is: ['part', 'refused'] },
    outcomeKnown: ANSWERED,
    ...outcomeAskWhen,
    outcomeDue: {
      any: [
        { field: 'reply', is: 'awaited' },
        { field: 'outcomeKnown', is: 'notYet' },
      ],
    },
    ...narrativeAskWhen,
    ...decisionAskWhen,
  },
  requiredWhen: {
    ...caseBlock.requiredWhen,
    ...counterpartRequiredWhen('practitioner'),
    ownIdentityDetail: { field: 'ownIdentity', is: 'other' },
  },
  implied: {
    outcomeKnown: { value: 'notYet', reads: 'Not yet: their reply is awaited.' },
  },
  defaults: {
    contactAt: (_answers, situation) => situation.startedAt,
    ...consentDefaults,
    ...outcomeDefaults,
    ...decisionDefaults,
  },
  notOffered: { lawfulBasis: basesNotOffered },
  reads: {
    ...counterpartReads('practitioner'),
    ...narrativeReads,
    ...decisionReads,
  },
  endorsedIn: decisionEndorsedIn,
  opens: [
    basisOpens,
    { ...outcomeOpens, when: { all: [ANSWERED, outcomeOpens.when] } },
    {
      kind: outcomeOpens.kind,
      due: outcomeOpens.due,
      source: outcomeOpens.source,
      when: { field: 'reply', is: 'awaited' },
      settles: [...REPLY_NAMES, ...OUTCOME_NAMES],
    },
  ],
  limitedWhen: {
    any: [
      { field: 'requestLimits', is: 'limited' },
      { field: 'noConsentCircumstances', has: 'withdrawn' },
    ],
  },
  says: { agreed: saysAgreed, limits: limitsTold('requestLimitsDetail'), consented: saysConsented },
  inSummary: {
    ...counterpartInSummary('practitioner'),
    ...informationInSummary,
    consent: [['consent', 'requestLimits', 'requestLimitsDetail']],
    decision: [['reply']],
    ...outcomeInSummary,
    ...decisionInSummary,
    ...narrativeInSummary,
  },
  looksBack: ['consent'],
  sameConsent: CONSENT_COPIED,
  notCopied: [
    ...counterpartNames('practitioner'),
    'ownIdentity',
    'ownIdentityDetail',
    'theirReference',
    'requestLimits',
    'requestLimitsDetail',
  ],
  checks: [
    notInFuture('contactAt', 'when you asked', 'RK §3.3, bullet 1'),
    ...counterpartChecks('practitioner'),
    ...consentChecks,
    notInFuture('consentOn', 'when they agreed', 'Record types, consent block'),
    notAfter({
      on: 'consentOn',
      what: 'when they agreed',
      moment: 'contactAt',
      momentWords: 'the day on which you asked',
      source: 'Record types, consent block',
    }),
    notInFuture('replyAt', 'when they replied', 'Record types, requestMade'),
    notBefore({
      on: 'replyAt',
      what: 'when they replied',
      moment: 'contactAt',
      momentWords: 'when you asked',
      source: 'Record types, requestMade',
    }),
    ...informationChecks,
    todayOrLater('outcomeDue', 'when you will look for the outcome', 'Record types, outcome block'),
    ...outcomeChecks,
  ],
});
