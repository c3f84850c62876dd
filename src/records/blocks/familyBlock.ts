import { textIn, type Answers } from '../../fields.ts';
import type { Check, Situation } from '../../recordType.ts';

const FAMILY = 'RK §3.1, bullet 6';

const INFORMED_OPTIONS = {
  yes: { label: 'Yes, everyone concerned' },
  partly: { label: 'Some of them' },
  notYet: { label: 'Not yet, but they will be' },
  no: { label: 'No' },
} as const;

/** Where nothing was shared, there may be nothing to tell. */
const INFORMED_OR_NOT_NEEDED_OPTIONS = {
  ...INFORMED_OPTIONS,
  notNeeded: { label: 'Not needed: nothing was shared' },
} as const;

function informedField<const O>(options: O) {
  return {
    kind: 'choice',
    label: 'Was the family told about it?',
    hint: 'The child, young person, parents or others concerned.',
    mend: 'Say whether the family was told',
    options,
    source: FAMILY,
  } as const;
}

/** Whether the family knows, and whether they know that records are kept. */
export const familyOverviewFields = {
  familyInformed: informedField(INFORMED_OPTIONS),
  toldOfRecords: {
    kind: 'choice',
    label: 'Were they told that records are kept, and that they may see them?',
    beside: 'Only if all or some of the family were told.',
    mend: 'Say whether they know that records are kept',
    options: {
      now: { label: 'Yes, this time' },
      before: { label: 'Yes, before' },
      no: { label: 'No' },
    },
    source: 'RK §1',
  },
  notToldReason: {
    kind: 'text',
    rule: 'name',
    label: 'Why were they not told about records?',
    beside: 'Only if you answered “no” just above.',
    mend: 'Say why they were not told that records are kept',
    source: 'RK §1',
  },
  keepFrom: {
    kind: 'text',
    label: 'Is there anyone who must not learn of this, or of an address?',
    hint: 'Leave blank if there is nobody.',
    mend: 'Say who must not learn of this',
    optional: true,
    source: 'RK §1; project decision 0003',
  },
} as const;

/** The same, for a record of nothing having been shared. */
export const familyOverviewWhenNothingSharedFields = {
  ...familyOverviewFields,
  familyInformed: informedField(INFORMED_OR_NOT_NEEDED_OPTIONS),
} as const;

export const familyDetailFields = {
  familyInformedWho: {
    kind: 'text',
    rule: 'name',
    label: 'Who in the family was told?',
    mend: 'Say who in the family was told',
    source: FAMILY,
  },
  familyToldBy: {
    kind: 'date',
    label: 'By when will the family be told?',
    mend: 'Give the day by which the family will be told',
    source: FAMILY,
  },
  notInformedReasons: {
    kind: 'choices',
    label: 'Why was the family, or some of it, not told?',
    mend: 'Tick at least one reason why the family was not told',
    options: {
      riskOfHarm: { label: 'It might put someone at risk' },
      seriousCrime: { label: 'It might hinder the police' },
      undueDelay: { label: 'It would have meant harmful delay' },
      childAsked: { label: 'The child or young person asked for this' },
      policeAsked: { label: 'The police asked for this' },
      courtDirected: { label: 'A court directed it' },
      wouldRevealSource: { label: 'It would show who gave the information' },
      notReachable: { label: 'They could not be reached' },
      other: { label: 'Another reason' },
    },
    source: FAMILY,
  },
  notInformedExplanation: {
    kind: 'longText',
    rule: 'why',
    label: 'Explain why they were not told',
    hint: 'If you explained sharing without consent, and the reason is the same, leave this blank.',
    mend: 'Explain why the family was not told',
    source: FAMILY,
  },
} as const;

export const familyAskWhen = {
  toldOfRecords: { field: 'familyInformed', is: ['yes', 'partly'] },
  notToldReason: { field: 'toldOfRecords', is: 'no' },
  familyInformedWho: { field: 'familyInformed', is: 'partly' },
  familyToldBy: { field: 'familyInformed', is: 'notYet' },
  notInformedReasons: { field: 'familyInformed', is: ['no', 'partly', 'notYet'] },
  notInformedExplanation: { field: 'familyInformed', is: ['no', 'partly'] },
} as const;

/** Whether a record says that the family knows of the records kept. */
export function saysToldOfRecords(answers: Answers): boolean {
  return answers.toldOfRecords === 'now' || answers.toldOfRecords === 'before';
}

/** What an earlier record of the case says need not be asked again. */
export const familyDefaults = {
  toldOfRecords: (_answers: Answers, situation: Situation) =>
    situation.earlier?.toldOfRecords === true ? 'before' : undefined,
} as const;

/** The reason for not telling may be the reason for not asking: then it need not be typed twice. */
export const familyRequiredWhen = {
  notInformedExplanation: { field: 'noConsentExplanation', blank: true },
} as const;

export const familyReads = {
  notInformedExplanation: (answers: Answers) => {
    if (typeof answers.notInformedExplanation === 'string') return answers.notInformedExplanation;
    const isAsked = answers.familyInformed === 'no' || answers.familyInformed === 'partly';
    return isAsked && typeof answers.noConsentExplanation === 'string'
      ? 'The same reason as for sharing without consent.'
      : undefined;
  },
} as const;

export const familyOpens = {
  kind: 'familyTold',
  when: { field: 'familyInformed', is: 'notYet' },
  due: (answers: Answers, situation: Situation) => textIn(answers.familyToldBy) ?? situation.today,
  settles: [
    'familyInformed',
    'toldOfRecords',
    'notToldReason',
    'familyInformedWho',
    'familyToldBy',
    'notInformedReasons',
    'notInformedExplanation',
  ],
  closes: (_answers: Answers, reason: string): Answers => ({
    familyInformed: 'no',
    notInformedReasons: ['other'],
    notInformedExplanation: reason,
  }),
  source: FAMILY,
} as const;

export const familyChecks = [
  {
    on: 'familyInformed',
    source: 'Record types, rule 3',
    find: (answers) => {
      if (answers.consent !== 'with' || answers.familyInformed !== 'no') return undefined;
      const roles = Array.isArray(answers.consentGiverRoles) ? answers.consentGiverRoles : [];
      const onlyYoung = roles.length > 0 && roles.every((role) => role === 'childUnder16' || role === 'youngPerson16');
      if (onlyYoung && answers.notInformedReasons?.includes('childAsked') === true) return undefined;
      return {
        level: 'warning',
        field: 'familyInformed',
        text: 'You said that there was consent and that the family was not told. Check that both are right.',
      };
    },
  },
] as const satisfies readonly Check[];

export const familyInSummary = { family: [['familyInformed', 'familyInformedWho']] } as const;
