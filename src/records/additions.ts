import type { Answers } from '../fields.ts';
import { defineRecordType } from '../recordType.ts';
import { caseBlock } from './blocks/caseBlock.ts';
import { notInFuture } from './checks.ts';

const EVIDENCE = 'RK §1 (accurate records); project decision 0009';
const ENDORSED = 'RK §1 (joint and endorsed decisions); project decision 0010';
const RIGHTS = 'UK GDPR art. 7(3), 16; project decision 0009';

/** Why an answer was changed. Asked above the signature of an amendment. */
export const amendment = defineRecordType({
  id: 'amendment',
  command: 'amend',
  title: 'Amend',
  does: 'Change an answer of a record; the earlier one stays to be read.',
  source: EVIDENCE,
  sections: [{ id: 'amendment', title: 'Why it was changed', place: 'signing', fields: ['amendmentReason'] }],
  fields: {
    amendmentReason: {
      kind: 'longText',
      rule: 'why',
      label: 'Why do you change it?',
      hint: 'What was wrong, and how you know.',
      mend: 'Say why you change it',
      source: EVIDENCE,
    },
  },
  askWhen: {},
});

/** Why something is still open. Asked above the signature of an outcome. */
export const outcomeAddition = defineRecordType({
  id: 'outcomeAddition',
  command: 'add outcome',
  title: 'Add outcome',
  does: 'Say what came of it, or give a new date.',
  source: EVIDENCE,
  sections: [{ id: 'stillOpen', title: 'What stays open', place: 'signing', fields: ['stillOpenReason'] }],
  fields: {
    stillOpenReason: {
      kind: 'longText',
      rule: 'why',
      label: 'Why is there a new date?',
      hint: 'Only if you gave a new date for something that is still open.',
      mend: 'Say why there is a new date',
      optional: true,
      source: EVIDENCE,
    },
  },
  askWhen: {},
});

/** Somebody took back their consent after the record was made. */
export const withdrawal = defineRecordType({
  id: 'withdrawal',
  command: 'withdraw consent',
  title: 'Consent taken back',
  does: 'Record that somebody took their consent back.',
  source: RIGHTS,
  sections: [
    {
      id: 'withdrawal',
      title: 'Consent taken back',
      fields: ['withdrawnBy', 'withdrawnOn', 'withdrawnTold', 'withdrawalEffect'],
    },
  ],
  fields: {
    withdrawnBy: {
      kind: 'text',
      rule: 'name',
      label: 'Who took their consent back?',
      mend: 'Say who took their consent back',
      source: RIGHTS,
    },
    withdrawnOn: {
      kind: 'date',
      label: 'When did they do so?',
      mend: 'Give the day on which they did so',
      source: RIGHTS,
    },
    withdrawnTold: {
      kind: 'text',
      rule: 'name',
      label: 'How did they tell you?',
      hint: 'Such as by telephone, or in a letter.',
      mend: 'Say how they told you',
      source: RIGHTS,
    },
    withdrawalEffect: {
      kind: 'longText',
      label: 'What follows from it?',
      hint: 'Such as whom you have told. Leave blank if nothing does.',
      mend: 'Say what follows from it, or leave it blank',
      optional: true,
      source: RIGHTS,
    },
  },
  askWhen: {},
  defaults: { withdrawnOn: (_answers, situation) => situation.today },
  checks: [notInFuture('withdrawnOn', 'when they took it back', RIGHTS)],
});

/** The person concerned says that something in the record is wrong. */
export const dispute = defineRecordType({
  id: 'dispute',
  command: 'dispute',
  title: 'Disputed',
  does: 'Record that the person concerned says something is wrong.',
  source: RIGHTS,
  sections: [
    { id: 'dispute', title: 'What is disputed', fields: ['disputedBy', 'disputedOn', 'disputeText', 'disputeAnswer'] },
  ],
  fields: {
    disputedBy: {
      kind: 'text',
      rule: 'name',
      label: 'Who says that something is wrong?',
      mend: 'Say who says that something is wrong',
      source: RIGHTS,
    },
    disputedOn: {
      kind: 'date',
      label: 'When did they say so?',
      mend: 'Give the day on which they said so',
      source: RIGHTS,
    },
    disputeText: {
      kind: 'longText',
      rule: 'why',
      label: 'What do they say is wrong?',
      hint: 'In their words, as far as you can.',
      mend: 'Say what they say is wrong',
      source: RIGHTS,
    },
    disputeAnswer: {
      kind: 'longText',
      label: 'What do you say to it?',
      hint: 'Leave blank if you have nothing to add.',
      mend: 'Say what you say to it, or leave it blank',
      optional: true,
      source: RIGHTS,
    },
  },
  askWhen: {},
  defaults: { disputedOn: (_answers, situation) => situation.today },
  checks: [notInFuture('disputedOn', 'when they said so', RIGHTS)],
});

/** The case that a record belongs to, when it had none or the wrong one. */
export const link = defineRecordType({
  id: 'link',
  command: 'link',
  title: 'File under a case',
  does: 'File a record under a case, or under another one.',
  source: 'RK §1 (retrieval); project decision 0009',
  isUnsigned: true,
  sections: [{ id: 'link', title: 'Which case is it?', fields: ['caseReference'] }],
  fields: {
    caseReference: {
      kind: 'text',
      rule: 'reference',
      label: caseBlock.fields.caseReference.label,
      hint: 'The record will stand in the story of this case. Where it was before stays on record.',
      mend: 'Give the case reference',
      source: 'RK §1 (retrieval)',
    },
  },
  askWhen: {},
});

/** What a manager says of the endorsement of a decision, by one press. It changes no answer. */
export const endorsement = defineRecordType({
  id: 'endorsement',
  command: 'endorse',
  title: 'Endorsement',
  does: 'Say as a manager whether you endorse a decision.',
  source: ENDORSED,
  isUnsigned: true,
  sections: [{ id: 'endorsement', title: 'Endorsement', fields: ['endorsement'] }],
  fields: {
    endorsement: {
      kind: 'choice',
      label: 'Do you endorse this decision?',
      mend: 'Say whether you endorse it',
      options: {
        confirmed: { label: 'It was endorsed, as the record says' },
        endorsed: { label: 'I endorse it' },
        notSo: { label: 'It was not endorsed' },
      },
      source: ENDORSED,
    },
  },
  askWhen: {},
});

/** What can be said of an endorsement. */
export type Endorsement = keyof typeof endorsement.fields.endorsement.options;

export const ENDORSEMENTS = Object.keys(endorsement.fields.endorsement.options) as [Endorsement, ...Endorsement[]]; // the keys of a literal

/** What is kept when somebody says this of an endorsement. */
export function sayingEndorsement(how: Endorsement): Answers {
  return { endorsement: how };
}

/** What was said of an endorsement; `undefined` when nothing was. */
export function endorsementIn(said: Answers): Endorsement | undefined {
  return ENDORSEMENTS.find((how) => how === said.endorsement);
}

/** What a manager remarks on a record without endorsing it. */
export const comment = defineRecordType({
  id: 'comment',
  command: 'comment',
  title: 'Comment',
  does: 'Comment on a record as a manager, without endorsing it.',
  source: ENDORSED,
  sections: [{ id: 'comment', title: 'Comment', fields: ['commentText'] }],
  fields: {
    commentText: {
      kind: 'longText',
      rule: 'why',
      label: 'What is your comment?',
      hint: 'It endorses nothing and changes no answer. Everybody who may read the record can read it.',
      mend: 'Write your comment',
      source: ENDORSED,
    },
  },
  askWhen: {},
});
