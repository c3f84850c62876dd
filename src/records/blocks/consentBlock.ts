import type { Answers } from '../../fields.ts';
import type { Check, Situation } from '../../recordType.ts';
import { addWorkingDays } from '../../workingDays.ts';
import { contactDay } from '../dueDates.ts';

const CONSENT = 'RK §3.1, bullets 2–5';
const LAWFUL = 'Project decision 0004; UK GDPR art. 6';

/** Recognised legitimate interest exists only from this day. Source: Data (Use and Access) Act 2025, in force. */
const RECOGNISED_INTEREST_FROM = '2026-02-05';

/** The overview questions of consent, answered before anything that follows from them. */
export const consentOverviewFields = {
  consent: {
    kind: 'choice',
    label: 'Did the family agree to this sharing?',
    hint: 'This means the family’s agreement. It is not the same as the lawful basis.',
    mend: 'Say whether the family agreed',
    options: {
      with: { label: 'Yes, with consent' },
      without: { label: 'No, without consent' },
      partly: { label: 'Partly: some agreed, others refused or were not asked' },
    },
    source: CONSENT,
  },
  lawfulBasis: {
    kind: 'choice',
    label: 'Lawful basis for sharing',
    hint: 'Your agency’s usual basis is chosen for you. Pick “not sure” and the records team will help.',
    mend: 'Choose the lawful basis, or “not sure”',
    options: {
      publicTask: { label: 'Public task' },
      legalObligation: { label: 'Legal obligation' },
      vitalInterests: { label: 'Vital interests: to protect a life' },
      recognisedLegitimateInterest: { label: 'Recognised legitimate interest, such as safeguarding' },
      legitimateInterests: { label: 'Legitimate interests' },
      consent: { label: 'Consent' },
      notSure: { label: 'Not sure: ask the records team' },
    },
    source: LAWFUL,
  },
} as const;

/** Who agreed and how: asked with full or partial consent. */
export const consentGivenFields = {
  consentGivenBy: {
    kind: 'text',
    rule: 'name',
    label: 'Who agreed to this?',
    hint: 'The name or initials of each person who agreed.',
    mend: 'Say who agreed',
    source: 'RK §3.1, bullet 4',
  },
  consentGiverRoles: {
    kind: 'choices',
    label: 'Who are they?',
    mend: 'Say who they are',
    options: {
      childUnder16: { label: 'Child under 16' },
      youngPerson16: { label: 'Young person of 16 or 17' },
      parent: { label: 'Parent with parental responsibility' },
      councilWithPr: { label: 'Council with parental responsibility' },
      specialGuardian: { label: 'Special guardian' },
      attorneyOrDeputy: { label: 'Attorney or court-appointed deputy' },
      adult: { label: 'Adult, for themselves' },
      other: { label: 'Someone else' },
    },
    source: 'RK §3.1, bullet 4; project decision 0004',
  },
  competenceView: {
    kind: 'longText',
    rule: 'why',
    label: 'What makes you judge the child able to decide?',
    beside: 'Only if a child under 16 agreed.',
    mend: 'Say why you judge the child able to decide',
    source: 'RK §3.1, bullet 4; project decision 0004',
  },
  consentForm: {
    kind: 'choice',
    label: 'How did they agree?',
    mend: 'Say how they agreed',
    options: {
      written: { label: 'In writing' },
      verbal: { label: 'By word of mouth' },
      onFile: { label: 'Earlier consent, on file' },
      implied: { label: 'It was clear from what they did' },
      other: { label: 'Another way' },
    },
    source: 'RK §3.1, bullet 4',
  },
  consentOn: {
    kind: 'date',
    label: 'When did they agree?',
    mend: 'Give the date on which they agreed',
    source: 'RK §3.1, bullet 4',
  },
} as const;

/** Limits to the consent: "no limits" is an answer, a blank is not. */
export const consentLimitsFields = {
  consentLimits: {
    kind: 'choice',
    label: 'Did they set any limits?',
    hint: 'Such as what may be passed on, or to whom.',
    mend: 'Say whether they set limits',
    options: { none: { label: 'No limits' }, limited: { label: 'Yes, there are limits' } },
    source: 'RK §3.1, bullet 5',
  },
} as const;

/** Asked for when there are limits. */
export const consentLimitDetailFields = {
  consentLimitsDetail: {
    kind: 'longText',
    rule: 'why',
    label: 'What are the limits?',
    hint: 'What may not be shared, or with whom.',
    mend: 'Describe the limits',
    source: 'RK §3.1, bullet 5',
  },
  withinLimits: {
    kind: 'choice',
    label: 'Was what you shared within those limits?',
    mend: 'Say whether you kept within the limits',
    options: { yes: { label: 'Yes' }, no: { label: 'No, it went further' } },
    source: 'RK §3.1, bullet 5',
  },
  beyondLimitsReason: {
    kind: 'longText',
    rule: 'why',
    label: 'Why did you go beyond the limits?',
    beside: 'Only if what you shared went further.',
    mend: 'Say why you went beyond the limits',
    source: 'RK §3.1, bullets 3 and 5',
  },
} as const;

/** Why share all the same: asked without consent or with partial consent. Never blocked, always explained. */
export const noConsentFields = {
  noConsentGrounds: {
    kind: 'choices',
    label: 'Why was it right to share without consent?',
    mend: 'Tick at least one reason for sharing without consent',
    options: {
      riskOfHarm: { label: 'Someone might come to harm' },
      seriousCrime: { label: 'To prevent or detect a serious crime' },
      undueDelay: { label: 'Asking would have meant harmful delay' },
      statutoryTask: { label: 'To carry out a duty or task set by law' },
      legalDuty: { label: 'The law requires it' },
      courtOrder: { label: 'A court ordered it' },
      other: { label: 'Another reason' },
    },
    source: 'RK §3.1, bullet 3',
  },
  noConsentCircumstances: {
    kind: 'choices',
    label: 'What happened about asking?',
    mend: 'Say what happened about asking for consent',
    options: {
      notAsked: { label: 'They were not asked' },
      refused: { label: 'They refused' },
      withdrawn: { label: 'They took their consent back' },
      notObtainable: { label: 'They could not be reached' },
      lacksCapacity: { label: 'They were not able to decide' },
    },
    source: 'RK §3.1, bullet 3',
  },
  legalReference: {
    kind: 'text',
    rule: 'name',
    label: 'Which law or court order?',
    beside: 'Only if the law or a court requires it: the law, or the court and the date.',
    mend: 'Name the law, or the court and the date of its order',
    source: LAWFUL,
  },
  noConsentExplanation: {
    kind: 'longText',
    rule: 'why',
    label: 'Explain why you shared without consent',
    hint: 'In your own words: what you weighed up, and what decided it.',
    mend: 'Explain why you shared without consent',
    source: 'RK §3.1, bullet 3',
  },
} as const;

const AGREED = { field: 'consent', is: ['with', 'partly'] } as const;
const NOT_AGREED = { field: 'consent', is: ['without', 'partly'] } as const;

export const consentAskWhen = {
  consentGivenBy: AGREED,
  consentGiverRoles: AGREED,
  competenceView: { field: 'consentGiverRoles', has: 'childUnder16' },
  consentForm: AGREED,
  consentOn: AGREED,
  noConsentGrounds: NOT_AGREED,
  noConsentCircumstances: NOT_AGREED,
  noConsentExplanation: NOT_AGREED,
  legalReference: {
    any: [
      { field: 'noConsentGrounds', has: ['legalDuty', 'courtOrder'] },
      { field: 'lawfulBasis', is: 'legalObligation' },
    ],
  },
} as const;

export const consentLimitsAskWhen = {
  consentLimits: AGREED,
  consentLimitsDetail: { field: 'consentLimits', is: 'limited' },
  withinLimits: { field: 'consentLimits', is: 'limited' },
  beyondLimitsReason: { field: 'withinLimits', is: 'no' },
} as const;

export const consentDefaults = {
  lawfulBasis: (_answers: Answers, situation: Situation) => situation.settings.defaultLawfulBasis,
  consentOn: contactDay,
} as const;

/**
 * The lawful bases that this agency cannot use for this contact.
 * Source: project decision 0004; record-types, consent block.
 */
export function basesNotOffered(answers: Answers, situation: Situation) {
  const interests = ['recognisedLegitimateInterest', 'legitimateInterests'] as const;
  if (situation.settings.publicAuthority) return interests;
  return contactDay(answers, situation) < RECOGNISED_INTEREST_FROM ? interests.slice(0, 1) : [];
}

/** A lawful basis that is not sure is for the records officers, weekly. Source: record-types, consent block. */
export const basisOpens = {
  kind: 'basis',
  when: { field: 'lawfulBasis', is: 'notSure' },
  due: (_answers: Answers, situation: Situation) => addWorkingDays(situation.today, 1),
  settles: ['lawfulBasis', 'legalReference'],
  source: LAWFUL,
} as const;

/** What "Same consent as" takes over: the agreement and its limits, and nothing of what was then shared. */
export const CONSENT_COPIED = [
  'consent',
  'consentGivenBy',
  'consentGiverRoles',
  'competenceView',
  'consentForm',
  'consentOn',
] as const;

/** The limits of an agreement, which a request of one's own has none of. */
export const LIMITS_COPIED = ['consentLimits', 'consentLimitsDetail'] as const;

/** An earlier consent that a later reader must know of: it had limits, or it was taken back. */
export const LIMITED_OR_WITHDRAWN = {
  any: [
    { field: 'consentLimits', is: 'limited' },
    { field: 'noConsentCircumstances', has: 'withdrawn' },
  ],
} as const;

/** Whether a record holds an agreement that another one may rest on as well. */
export function saysAgreed(answers: Answers): boolean {
  const agreed = answers.consent === 'with' || answers.consent === 'partly';
  return agreed && answers.noConsentCircumstances?.includes('withdrawn') !== true;
}

/** Whether the family agreed, in one word; `undefined` where it was not asked. */
export function saysConsented({ consent }: Answers): 'yes' | 'no' | 'partly' | undefined {
  if (consent === 'partly') return 'partly';
  return consent === 'with' ? 'yes' : consent === 'without' ? 'no' : undefined;
}

/** The limits of consent that a record tells of, in words; `undefined` when it tells of none. */
export function limitsTold(detail: 'consentLimitsDetail' | 'requestLimitsDetail') {
  return (answers: Answers): string | undefined => {
    const limits = answers[detail];
    const withdrawn = answers.noConsentCircumstances?.includes('withdrawn') === true;
    const told = [
      ...(typeof limits === 'string' ? [limits] : []),
      ...(withdrawn ? ['Someone had taken their consent back.'] : []),
    ];
    return told.length === 0 ? undefined : told.join('\n');
  };
}

export const consentChecks = [
  {
    on: 'lawfulBasis',
    source: LAWFUL,
    find: (answers) =>
      answers.consent === 'without' && answers.lawfulBasis === 'consent'
        ? {
            level: 'problem',
            field: 'lawfulBasis',
            text: 'You said that there was no consent, so consent cannot be the lawful basis. Choose another basis, or “not sure”.',
          }
        : undefined,
  },
  {
    on: 'consentGiverRoles',
    source: 'RK §3.1, bullet 4',
    find: (answers) =>
      answers.consentGiverRoles?.length === 1 && answers.consentGiverRoles[0] === 'other'
        ? {
            level: 'warning',
            field: 'consentGiverRoles',
            text: 'Only “someone else” is ticked for who agreed. Check that this person was able to agree.',
          }
        : undefined,
  },
  {
    on: 'noConsentCircumstances',
    source: 'Record types, rule 4',
    find: (answers) =>
      ['refused', 'withdrawn'].some((key) => answers.noConsentCircumstances?.includes(key))
        ? {
            level: 'note',
            field: 'noConsentCircumstances',
            text: 'Someone refused or took back consent. It can be right to share all the same; your reasons will be shown with it.',
          }
        : undefined,
  },
] as const satisfies readonly Check[];

export const consentInSummary = { consent: [['consent', 'consentLimits', 'consentLimitsDetail']] } as const;
