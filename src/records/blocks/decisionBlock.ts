import type { Answers } from '../../fields.ts';

const DECISION = 'RK §1 (joint and endorsed decisions)';

/** Who decided. Asked on the check card, just above the signature. */
export const decisionFields = {
  decidedBy: {
    kind: 'choices',
    label: 'Who made this decision?',
    mend: 'Say who made this decision',
    alone: 'alone',
    options: {
      alone: { label: 'I did' },
      jointly: { label: 'I did, jointly with others' },
      endorsed: { label: 'A manager endorsed it' },
    },
    source: DECISION,
  },
  jointWith: {
    kind: 'longText',
    rule: 'name',
    label: 'Jointly with whom?',
    beside: 'Only if the decision was joint: names and agencies.',
    mend: 'Say with whom you decided',
    source: DECISION,
  },
  endorsedByName: {
    kind: 'text',
    rule: 'name',
    label: 'Which manager endorsed it?',
    beside: 'Only if a manager endorsed it.',
    mend: 'Name the manager who endorsed it',
    source: DECISION,
  },
} as const;

export const decisionAskWhen = {
  jointWith: { field: 'decidedBy', has: 'jointly' },
  endorsedByName: { field: 'decidedBy', has: 'endorsed' },
} as const;

export const decisionDefaults = { decidedBy: () => ['alone'] } as const;

/** Until that manager confirms it, an endorsement is what the author says. */
export const decisionReads = {
  endorsedByName: (answers: Answers) =>
    typeof answers.endorsedByName === 'string'
      ? `Said to be endorsed by ${answers.endorsedByName}, not yet confirmed`
      : undefined,
} as const;

/** Where a record names the manager who is said to have endorsed it. */
export const decisionEndorsedIn = 'endorsedByName';

export const decisionSection = {
  id: 'decision',
  title: 'Who decided',
  place: 'signing',
  fields: ['decidedBy', 'jointWith', 'endorsedByName'],
} as const;

export const decisionInSummary = { decidedBy: [['decidedBy', 'jointWith', 'endorsedByName']] } as const;
