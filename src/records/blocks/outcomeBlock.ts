import { textIn, type Answers } from '../../fields.ts';
import type { Check, Situation } from '../../recordType.ts';
import { foldWords } from '../../placeholders.ts';
import { afterContact } from '../dueDates.ts';

const OUTCOME = 'RK §3.1, bullet 10';

/** What came of it, and what happens next. */
export const outcomeFields = {
  outcomeKnown: {
    kind: 'choice',
    label: 'Do you know the outcome?',
    mend: 'Say whether the outcome is known',
    options: {
      yes: { label: 'Yes' },
      notYet: { label: 'Not yet' },
      noneExpected: { label: 'None is expected' },
    },
    source: OUTCOME,
  },
  outcome: {
    kind: 'longText',
    rule: 'why',
    label: 'What was the outcome?',
    beside: 'Only if the outcome is known.',
    mend: 'Describe the outcome',
    source: OUTCOME,
  },
  outcomeKind: {
    kind: 'choice',
    label: 'What kind of outcome is it?',
    beside: 'Only if the outcome is known; you may leave it blank.',
    mend: 'Choose the kind of outcome',
    optional: true,
    options: {
      actionTaken: { label: 'Action was taken' },
      noFurtherAction: { label: 'No further action' },
      notSubstantiated: { label: 'The concern was not borne out' },
      other: { label: 'Something else' },
    },
    source: 'RK §1 (retention); §3.1, bullet 10',
  },
  outcomeDue: {
    kind: 'date',
    label: 'When will you look for the outcome?',
    beside: 'Only if the outcome is not known yet.',
    mend: 'Give the day on which you will look for the outcome',
    source: OUTCOME,
  },
  nextAction: {
    kind: 'longText',
    rule: 'name',
    noneAllowed: true,
    label: 'What happens next?',
    hint: 'What, who does it, and by when. Write “none” if nothing more is planned.',
    mend: 'Say what happens next, or write “none”',
    source: OUTCOME,
  },
} as const;

export const outcomeAskWhen = {
  outcome: { field: 'outcomeKnown', is: 'yes' },
  outcomeKind: { field: 'outcomeKnown', is: 'yes' },
  outcomeDue: { field: 'outcomeKnown', is: 'notYet' },
} as const;

/** The names of the block, in its order. */
export const OUTCOME_NAMES = ['outcomeKnown', 'outcome', 'outcomeKind', 'outcomeDue', 'nextAction'] as const;

export const outcomeOpens = {
  kind: 'outcome',
  when: { field: 'outcomeKnown', is: 'notYet' },
  due: (answers: Answers, situation: Situation) => textIn(answers.outcomeDue) ?? situation.today,
  settles: OUTCOME_NAMES,
  closes: (_answers: Answers, reason: string): Answers => ({ outcomeKnown: 'yes', outcome: reason }),
  source: OUTCOME,
} as const;

export const outcomeDefaults = { outcomeDue } as const;

export const outcomeChecks = [
  {
    on: 'nextAction',
    source: 'Record types, outcome block',
    find: (answers) =>
      answers.outcomeKnown === 'notYet' && saysNone(answers.nextAction)
        ? {
            level: 'problem',
            field: 'nextAction',
            text: 'Say what happens next: the outcome is not known yet, so “none” leaves nobody to find out.',
          }
        : undefined,
  },
  {
    on: 'outcomeDue',
    source: 'Record types, outcome block',
    find: (answers, situation) =>
      isPressing(answers) && (textIn(answers.outcomeDue) ?? '') > afterContact(answers, situation, 1)
        ? {
            level: 'warning',
            field: 'outcomeDue',
            text: 'You shared because of harm or because time was short. Check whether the outcome can wait that long.',
          }
        : undefined,
  },
] as const satisfies readonly Check[];

/** Five working days after the contact, one when harm or delay is at stake, and never before the next working day. */
function outcomeDue(answers: Answers, situation: Situation): string {
  return afterContact(answers, situation, isPressing(answers) ? 1 : 5);
}

function isPressing(answers: Answers): boolean {
  return ['riskOfHarm', 'undueDelay'].some((key) => answers.noConsentGrounds?.includes(key));
}

function saysNone(answer: Answers[string] | undefined): boolean {
  return typeof answer === 'string' && foldWords(answer) === 'none';
}

export const outcomeInSummary = {
  outcome: [['outcomeKind', 'outcome'], ['outcomeKnown']],
  next: [['nextAction']],
} as const;
