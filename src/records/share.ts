import { defineRecordType } from '../recordType.ts';
import { caseBlock } from './blocks/caseBlock.ts';
import {
  basesNotOffered,
  basisOpens,
  consentAskWhen,
  consentChecks,
  consentDefaults,
  consentGivenFields,
  consentInSummary,
  CONSENT_COPIED,
  consentLimitDetailFields,
  consentLimitsAskWhen,
  consentLimitsFields,
  LIMITED_OR_WITHDRAWN,
  LIMITS_COPIED,
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
import {
  familyAskWhen,
  familyChecks,
  familyDefaults,
  familyDetailFields,
  familyInSummary,
  familyOpens,
  familyOverviewFields,
  familyReads,
  familyRequiredWhen,
  saysToldOfRecords,
} from './blocks/familyBlock.ts';
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
import { textIn } from '../fields.ts';
import { dateOf } from '../londonTime.ts';
import { addWorkingDays } from '../workingDays.ts';
import { notAfter, notInFuture, todayOrLater } from './checks.ts';

const RECEIPT = 'RK §3.1, bullet 11';

/** Ways of sharing that are not spoken: only these leave open whether it arrived. */
const NOT_SPOKEN = ['secureEmail', 'email', 'letter', 'securePortal', 'sharedSystem', 'textMessage', 'other'] as const;

/** Information that was shared with another agency or service. Source: RK §3.1. */
export const share = defineRecordType({
  id: 'share',
  command: 'record share',
  title: 'Record share',
  does: 'You shared information with another agency or service.',
  source: 'RK §3.1',
  counterpart: 'recipient',
  sections: [
    {
      id: 'contact',
      title: 'The contact',
      fields: ['caseReference', 'concerning', 'contactAt', 'methods', 'methodOther'],
    },
    {
      id: 'recipient',
      title: 'Who received it',
      fields: [
        'recipientName',
        'recipientJobTitle',
        'recipientOrganisation',
        'recipientTelephone',
        'recipientMissing',
        'recipientMissingReason',
      ],
    },
    {
      id: 'information',
      title: 'What was shared, and why',
      fields: ['reason', 'informationTypes', 'informationShared', 'receiptConfirmed', 'receiptHow', 'receiptNote'],
    },
    {
      id: 'consent',
      title: 'Consent and the family',
      fields: [
        'consent',
        'lawfulBasis',
        'familyInformed',
        'toldOfRecords',
        'notToldReason',
        'keepFrom',
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
      ],
    },
    {
      id: 'outcome',
      title: 'What happens next',
      fields: ['outcomeKnown', 'outcome', 'outcomeKind', 'outcomeDue', 'nextAction'],
    },
    {
      id: 'alsoShared',
      title: 'Others who were given the same',
      place: 'offered',
      button: 'Add others who were given it',
      fields: ['alsoSharedWith'],
    },
    narrativeSection,
    decisionSection,
  ],
  fields: {
    ...caseBlock.fields,
    contactAt: {
      kind: 'dateTime',
      label: 'When did you share it?',
      mend: 'Give the date and time of the contact',
      source: 'RK §3.1, bullet 12',
    },
    ...methodFields,
    ...counterpartFields('recipient', { who: 'Who received it?', them: 'the recipient', source: 'RK §3.1, bullet 9' }),
    reason: {
      kind: 'longText',
      rule: 'why',
      label: 'Why did you share it?',
      hint: 'Facts first, and who told you.',
      mend: 'Say why you shared it',
      source: 'RK §3.1, bullet 1',
    },
    ...informationFields,
    receiptConfirmed: {
      kind: 'choice',
      label: 'Do you know that it arrived?',
      mend: 'Say whether it arrived',
      options: {
        yes: { label: 'Yes' },
        notYet: { label: 'Not yet' },
        cannotBe: { label: 'There is no way to know' },
      },
      source: RECEIPT,
    },
    receiptHow: {
      kind: 'choice',
      label: 'How do you know?',
      beside: 'Only if you know that it arrived.',
      mend: 'Say how you know that it arrived',
      options: {
        reply: { label: 'They replied' },
        readReceipt: { label: 'Read receipt' },
        signedFor: { label: 'It was signed for' },
        portal: { label: 'The portal shows it' },
        other: { label: 'Another way' },
      },
      source: RECEIPT,
    },
    receiptNote: {
      kind: 'text',
      rule: 'name',
      label: 'More about its arrival',
      beside: 'Only if you know in another way, or there is no way to know: say how, or why not.',
      mend: 'Say more about its arrival',
      optional: true,
      source: RECEIPT,
    },
    ...consentOverviewFields,
    ...familyOverviewFields,
    ...consentGivenFields,
    ...consentLimitsFields,
    ...consentLimitDetailFields,
    ...noConsentFields,
    ...familyDetailFields,
    ...outcomeFields,
    alsoSharedWith: {
      kind: 'longText',
      label: 'Who else was given the same?',
      hint: 'One a line: name, job title, organisation, telephone.',
      mend: 'Say who else was given the same',
      optional: true,
      source: 'RK §3.1, bullet 9',
    },
    ...narrativeFields,
    ...decisionFields,
  },
  askWhen: {
    ...methodAskWhen,
    ...counterpartAskWhen('recipient'),
    receiptConfirmed: { field: 'methods', has: NOT_SPOKEN },
    receiptHow: { field: 'receiptConfirmed', is: 'yes' },
    receiptNote: { field: 'receiptConfirmed', is: ['yes', 'cannotBe'] },
    ...consentAskWhen,
    ...consentLimitsAskWhen,
    ...familyAskWhen,
    ...outcomeAskWhen,
    ...narrativeAskWhen,
    ...decisionAskWhen,
  },
  requiredWhen: {
    ...caseBlock.requiredWhen,
    ...counterpartRequiredWhen('recipient'),
    receiptNote: {
      any: [
        { field: 'receiptHow', is: 'other' },
        { field: 'receiptConfirmed', is: 'cannotBe' },
      ],
    },
    ...familyRequiredWhen,
  },
  implied: {
    receiptConfirmed: { value: 'yes', reads: 'Confirmed in person: it was shared by speaking.' },
  },
  defaults: {
    contactAt: (_answers, situation) => situation.startedAt,
    ...consentDefaults,
    ...outcomeDefaults,
    ...decisionDefaults,
    ...familyDefaults,
  },
  notOffered: { lawfulBasis: basesNotOffered },
  reads: {
    ...counterpartReads('recipient'),
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
      kind: 'receipt',
      when: { field: 'receiptConfirmed', is: 'notYet' },
      due: (answers, situation) => addWorkingDays(dateOf(textIn(answers.contactAt) ?? situation.now), 2),
      settles: ['receiptConfirmed', 'receiptHow', 'receiptNote'],
      closes: (_answers, reason) => ({ receiptConfirmed: 'cannotBe', receiptNote: reason }),
      source: RECEIPT,
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
    ...counterpartInSummary('recipient'),
    ...informationInSummary,
    ...consentInSummary,
    ...familyInSummary,
    ...outcomeInSummary,
    ...decisionInSummary,
    ...narrativeInSummary,
  },
  looksBack: ['consent', 'toldOfRecords'],
  sameConsent: [...CONSENT_COPIED, ...LIMITS_COPIED],
  notCopied: [
    ...counterpartNames('recipient'),
    'receiptConfirmed',
    'receiptHow',
    'receiptNote',
    'consentLimits',
    'consentLimitsDetail',
    'withinLimits',
    'beyondLimitsReason',
  ],
  urgent: {
    command: 'record share urgent',
    title: 'Record share, urgent',
    does: 'You had to share at once: one short card now, the rest by noon of the next working day.',
    fields: ['caseReference', 'concerning', 'recipientOrganisation', 'methods', 'reason', 'informationShared'],
    labels: { recipientOrganisation: 'Which agency was told?' },
  },
  checks: [
    notInFuture('contactAt', 'when you shared it', 'RK §3.1, bullet 12'),
    ...counterpartChecks('recipient'),
    {
      on: 'recipientMissing',
      source: 'Record types, counterpart block',
      find: (answers) =>
        answers.recipientMissing?.includes('organisation') === true
          ? {
              level: 'problem',
              field: 'recipientMissing',
              text: 'Give the recipient’s organisation: a share always has one. Untick it under what you could not get.',
            }
          : undefined,
    },
    ...informationChecks,
    ...consentChecks,
    notInFuture('consentOn', 'when they agreed', 'Record types, consent block'),
    notAfter({
      on: 'consentOn',
      what: 'when they agreed',
      moment: 'contactAt',
      momentWords: 'the day on which you shared it',
      source: 'Record types, consent block',
    }),
    ...familyChecks,
    todayOrLater('familyToldBy', 'by when the family will be told', 'Record types, family block'),
    todayOrLater('outcomeDue', 'when you will look for the outcome', 'Record types, outcome block'),
    ...outcomeChecks,
    {
      on: 'alsoSharedWith',
      source: 'Record types, share',
      find: (answers) => {
        const given = answers.alsoSharedWith;
        if (typeof given !== 'string') return undefined;
        const lines = given.split('\n').filter((line) => line.trim() !== '');
        if (lines.every((line) => line.split(',').length >= 4)) return undefined;
        return {
          level: 'warning',
          field: 'alsoSharedWith',
          text: 'Someone else was given the same. Give name, job title, organisation and telephone of each, with commas between.',
        };
      },
    },
  ],
});
