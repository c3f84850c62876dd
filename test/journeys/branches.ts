import { addDays } from '../../src/londonTime.ts';
import { addWorkingDays } from '../../src/workingDays.ts';
import type { Inputs } from './aCard.ts';
import {
  AGREED,
  ALL_SHARED,
  ASKED,
  ASKING,
  AWAITED,
  BEYOND_LIMITS,
  DECIDED_NOT_TO,
  INFORMATION,
  NO_OUTCOME_YET,
  NOT_AGREED,
  OUTCOME,
  PART_TOLD,
  PARTLY_AGREED,
  REFUSED,
  SHARED,
  withoutTelephone,
} from './answers.ts';

/** One way through a record type. Days are written as `today+7`, `today-1` or `workday+2`, counted from the day of the test. */
export interface Branch {
  readonly command: string;
  readonly answers: Inputs;
  /** What is left open, each with the day on which it falls due. */
  readonly open: Readonly<Record<string, string>>;
  /** What the check card says of it before it is signed. */
  readonly says?: RegExp;
}

const OUTCOME_TO_COME = { 'Outcome to be found out': 'workday+5' } as const;
const OUTCOME_SOON = { 'Outcome to be found out': 'workday+1' } as const;

const share = (answers: Inputs, open: Branch['open'] = {}): Branch => ({ command: 'record share', answers, open });
const received = (answers: Inputs, open: Branch['open'] = {}): Branch => ({
  command: 'request received',
  answers: { contactAtDate: 'today', contactAtTime: '09:10', ...answers },
  open,
});
const made = (answers: Inputs, open: Branch['open'] = {}): Branch => ({
  command: 'request made',
  answers: { contactAtDate: 'today', contactAtTime: '09:10', ...answers },
  open,
});
const REPLIED = { replyAtDate: 'today', replyAtTime: '11:35' } as const;

/** Every branch of every record type. */
export const BRANCHES: Readonly<Record<string, Branch>> = {
  'a share that a child under 16 decided about, of which the family was not told': share({
    ...SHARED,
    ...AGREED,
    consentGiverRoles: 'childUnder16',
    competenceView: 'He weighed up what his father might do.',
    consentLimits: 'limited',
    consentLimitsDetail: 'Not to be passed on to his school.',
    withinLimits: 'yes',
    receiptConfirmed: 'yes',
    receiptHow: 'other',
    receiptNote: 'She read it back at the counter',
    familyInformed: 'no',
    notInformedReasons: 'childAsked',
    notInformedExplanation: 'He asked that his father should not know yet.',
    ...OUTCOME,
    outcomeKind: 'actionTaken',
    alsoSharedWith: 'Bryn Storied, caretaker, Exampleshire Homes, 01632 960 445',
    professionalView: 'He is better able to judge this than his age suggests.',
    professionalViewKind: 'judgement',
  }),
  'a share without consent whose arrival, outcome and word to the family are still to come': share(
    {
      ...SHARED,
      ...NOT_AGREED,
      receiptConfirmed: 'notYet',
      familyInformed: 'notYet',
      familyToldBy: 'today+7',
      notInformedReasons: 'undueDelay',
      ...NO_OUTCOME_YET,
    },
    { ...OUTCOME_SOON, 'Family to be told': 'today+7', 'Arrival to be confirmed': 'workday+2' },
  ),
  'a share with partial consent, beyond its limits, to someone without a telephone': {
    ...share({
      ...SHARED,
      ...PARTLY_AGREED,
      ...BEYOND_LIMITS,
      ...withoutTelephone('recipient'),
      receiptConfirmed: 'cannotBe',
      receiptNote: 'The post there is not signed for',
      ...PART_TOLD,
      keepFrom: 'The stepfather, L.X.',
      outcomeKnown: 'noneExpected',
      nextAction: 'The social worker visits in a fortnight.',
      decidedBy: 'jointly,endorsed',
      jointWith: 'Exampleshire Homes and the school nurse',
      endorsedByName: 'Maureen Castle',
    }),
    says: /It can be right to share all the same/u,
  },
  'a request received, all of which was shared with consent': received(ALL_SHARED),
  'a request received, all of which was shared without consent, the outcome to come': received(
    {
      ...ASKED,
      decision: 'all',
      decisionReasons: 'What they look into may be happening again.',
      sharedAtDate: 'today',
      sharedAtTime: '10:20',
      ...NOT_AGREED,
      ...INFORMATION,
      familyInformed: 'notYet',
      familyToldBy: 'today+3',
      notInformedReasons: 'policeAsked',
      ...NO_OUTCOME_YET,
      outcomeDue: 'today+2',
    },
    { 'Outcome to be found out': 'today+2', 'Family to be told': 'today+3' },
  ),
  'a request received, part of which was shared with partial consent, beyond its limits': received(
    {
      ...ASKED,
      ...withoutTelephone('requester'),
      decision: 'part',
      refusalGrounds: 'moreHarm,courtRestriction',
      decisionReasons: 'Her school days are enough for what they look into.',
      ...PARTLY_AGREED,
      lawfulBasis: 'legalObligation',
      ...BEYOND_LIMITS,
      consentOn: 'today',
      sharedAtDate: 'today',
      sharedAtTime: '12:05',
      ...INFORMATION,
      ...PART_TOLD,
      ...NO_OUTCOME_YET,
      outcomeDue: 'today+9',
      theirReference: 'EP/55/2026',
      keepFrom: 'The neighbour at number 9',
      professionalView: 'The neighbour may be afraid of him too.',
      professionalViewKind: 'hypothesis',
      decidedBy: 'jointly,endorsed',
      jointWith: 'The head teacher and the school nurse',
      endorsedByName: 'Maureen Castle',
    },
    { 'Outcome to be found out': 'today+9' },
  ),
  'a request received from somebody unconfirmed, and answered all the same': {
    ...received({
      ...ALL_SHARED,
      requesterIdentity: 'notConfirmed',
      requesterIdentityDetail: 'She rang from a mobile and would not wait',
    }),
    says: /You shared without checking who was asking/u,
  },
  'a request received from people who want their own records': {
    ...received({
      ...REFUSED,
      requestKind: 'ownRecords',
      requesterIdentity: 'identitySeen',
      familyInformed: 'yes',
      toldOfRecords: 'before',
    }),
    says: /The records team must answer people who ask for their own records/u,
  },
  'a request received that was refused': received({ ...REFUSED, outcomeKind: 'noFurtherAction' }),
  'a request received that is not decided yet': received(
    { ...ASKED, decision: 'notYet', waitingFor: 'A call from the legal team about the order.' },
    { 'Decision awaited': 'workday+2' },
  ),
  'a request received about which nothing is held': received({
    ...ASKED,
    decision: 'nothingHeld',
    decisionReasons: 'She was never on our books.',
    ...OUTCOME,
  }),
  'a request received that was passed on': received(
    { ...ASKED, decision: 'passedOn', passedTo: 'Rowan Ledger, records team', ...NO_OUTCOME_YET },
    OUTCOME_TO_COME,
  ),
  'a request made to which nothing came yet': made(
    { ...AWAITED, outcomeDue: 'today+4' },
    { 'Outcome to be found out': 'today+4' },
  ),
  'a request made that was answered in full, without consent': made({
    ...ASKING,
    reply: 'all',
    ...NOT_AGREED,
    ...REPLIED,
    ...INFORMATION,
    ...OUTCOME,
    outcomeKind: 'notSubstantiated',
  }),
  'a request made that was answered in part, with partial consent and limits, to someone without a telephone': made(
    {
      ...ASKING,
      ...withoutTelephone('practitioner'),
      ownIdentity: 'other',
      ownIdentityDetail: 'They asked for a word from the file',
      reply: 'part',
      ...PARTLY_AGREED,
      requestLimits: 'limited',
      requestLimitsDetail: 'Only the days of this half term.',
      consentOn: 'today',
      ...REPLIED,
      ...INFORMATION,
      refusalReasons: 'They hold the rest under another name.',
      ...NO_OUTCOME_YET,
    },
    OUTCOME_SOON,
  ),
  'a request made that was refused': made(
    {
      ...ASKING,
      reply: 'refused',
      ...AGREED,
      ...REPLIED,
      refusalReasons: 'They want to hear it from the police.',
      ...NO_OUTCOME_YET,
    },
    OUTCOME_TO_COME,
  ),
  'a request made about which they hold nothing': made({
    ...ASKING,
    reply: 'nothingHeld',
    ...AGREED,
    ...REPLIED,
    ...OUTCOME,
  }),
  'a decision not to share, to be looked at again': {
    command: 'decided not to share',
    answers: {
      ...DECIDED_NOT_TO,
      refusalGrounds: 'notRelevant',
      reviewOn: 'today+30',
      professionalView: 'He means well.',
      professionalViewKind: 'opinion',
    },
    open: { 'Decision to review': 'today+30' },
  },
  'a decision not to share about somebody without a case': {
    command: 'decided not to share',
    answers: { ...DECIDED_NOT_TO, caseReference: '', contactAtDate: 'today', contactAtTime: '08:15' },
    open: {},
  },
};

/** The day that a table speaks of; anything else as it stands. */
export function dayOf(text: string, today: string): string {
  const counted = /^(today|workday)([+-]\d+)?$/u.exec(text);
  if (counted === null) return text;
  const days = Number(counted[2] ?? 0);
  return counted[1] === 'today' ? addDays(today, days) : addWorkingDays(today, days);
}

/** A table of answers with its days put in. */
export function dated(answers: Inputs, today: string): Inputs {
  return Object.fromEntries(Object.entries(answers).map(([id, text]) => [id, dayOf(text, today)]));
}
