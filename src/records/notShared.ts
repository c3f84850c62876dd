import { textIn } from '../fields.ts';
import { defineRecordType } from '../recordType.ts';
import { caseBlock } from './blocks/caseBlock.ts';
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
  narrativeAskWhen,
  narrativeFields,
  narrativeInSummary,
  narrativeReads,
  narrativeSection,
} from './blocks/narrativeBlock.ts';
import { outcomeFields } from './blocks/outcomeBlock.ts';
import { consentIssuesField, decisionReasonsField, dutyToShare, refusalGroundsField } from './blocks/refusalBlock.ts';
import { notInFuture, todayOrLater } from './checks.ts';

const DECISIONS = 'RK §2; project decision 0007';

/** Sharing was thought about, and decided against. Source: RK §2 (decisions and their reasons); project decision. */
export const notShared = defineRecordType({
  id: 'notShared',
  command: 'decided not to share',
  title: 'Decided not to share',
  does: 'You thought about sharing, and decided not to.',
  source: 'RK §2; project decision 0007',
  sections: [
    {
      id: 'contact',
      title: 'What it is about',
      fields: ['caseReference', 'concerning', 'contactAt', 'consideredWith'],
    },
    {
      id: 'reasons',
      title: 'Why it was not shared',
      fields: ['reason', 'decisionReasons', 'refusalGrounds'],
    },
    {
      id: 'outcome',
      title: 'What happens next',
      fields: ['consentIssues', 'nextAction', 'reviewOn'],
    },
    narrativeSection,
    decisionSection,
  ],
  fields: {
    ...caseBlock.fields,
    contactAt: {
      kind: 'dateTime',
      label: 'When did you decide?',
      mend: 'Give the date and time of the decision',
      source: DECISIONS,
    },
    consideredWith: {
      kind: 'text',
      rule: 'name',
      label: 'With whom did you think of sharing?',
      hint: 'The person or the agency.',
      mend: 'Say with whom you thought of sharing',
      source: DECISIONS,
    },
    reason: {
      kind: 'longText',
      rule: 'why',
      label: 'Why did you think of sharing?',
      hint: 'Facts first, and who told you.',
      mend: 'Say why you thought of sharing',
      source: DECISIONS,
    },
    decisionReasons: {
      ...decisionReasonsField,
      label: 'Why did you decide not to share?',
      mend: 'Say why you decided not to share',
      source: DECISIONS,
    },
    refusalGrounds: { ...refusalGroundsField, source: DECISIONS },
    consentIssues: { ...consentIssuesField, source: DECISIONS },
    nextAction: { ...outcomeFields.nextAction, source: DECISIONS },
    reviewOn: {
      kind: 'date',
      label: 'When will you look at this decision again?',
      hint: 'Leave blank if there is no need.',
      mend: 'Give the day on which you will look at it again, or leave it blank',
      optional: true,
      source: DECISIONS,
    },
    ...narrativeFields,
    ...decisionFields,
  },
  askWhen: { ...narrativeAskWhen, ...decisionAskWhen },
  requiredWhen: caseBlock.requiredWhen,
  defaults: {
    contactAt: (_answers, situation) => situation.startedAt,
    ...decisionDefaults,
  },
  reads: { ...narrativeReads, ...decisionReads },
  endorsedIn: decisionEndorsedIn,
  opens: [
    {
      kind: 'review',
      when: { field: 'reviewOn', blank: false },
      due: (answers, situation) => textIn(answers.reviewOn) ?? situation.today,
      settles: ['decisionReasons', 'nextAction', 'reviewOn'],
      closes: (_answers, reason) => ({ reviewOn: '', nextAction: reason }),
      source: DECISIONS,
    },
  ],
  inSummary: {
    with: [['consideredWith']],
    decision: [['decisionReasons']],
    next: [['nextAction']],
    ...decisionInSummary,
    ...narrativeInSummary,
  },
  notCopied: ['consideredWith'],
  checks: [
    notInFuture('contactAt', 'when you decided', DECISIONS),
    dutyToShare('decisionReasons', () => true),
    todayOrLater('reviewOn', 'when you will look at it again', DECISIONS),
  ],
});
