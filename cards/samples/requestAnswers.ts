import type { Answers } from '../../src/fields.ts';
import { PARTLY, without } from './answers.ts';

/** The block of somebody at another agency, by the prefix of a record type. */
function somebody(prefix: string): Answers {
  return {
    [`${prefix}Name`]: 'Nia Practice',
    [`${prefix}JobTitle`]: 'Health visitor',
    [`${prefix}Organisation`]: 'Exampleshire Health Visiting',
    [`${prefix}Telephone`]: '01632 960 101',
  };
}

const ASKED: Answers = {
  ...somebody('requester'),
  caseReference: 'RFS-10422',
  concerning: 'Q.Z., aged 5, and her aunt',
  requestKind: 'agency',
  contactAt: '2026-11-23T14:05:00.000Z',
  reason: 'They are assessing the child for a place at the nursery.',
  informationRequested: 'What we know of her health and of who lives at home.',
  requesterIdentity: 'ringBack',
  decidedBy: ['alone'],
};

const AGREEMENT: Answers = {
  consent: 'with',
  lawfulBasis: 'publicTask',
  consentGivenBy: 'The aunt, K.B.',
  consentGiverRoles: ['specialGuardian'],
  consentForm: 'verbal',
  consentOn: '2026-11-23',
  consentLimits: 'none',
};

/** A request of which all was shared. */
export const ASKED_ALL: Answers = {
  ...ASKED,
  ...AGREEMENT,
  decision: 'all',
  decisionReasons: 'It helps to plan her start, and the aunt agreed.',
  sharedAt: '2026-11-23T14:20:00.000Z',
  informationTypes: ['health', 'family'],
  informationShared: 'Her weight since August, and that she lives with her aunt.',
  outcomeKnown: 'yes',
  outcome: 'They have offered her a place from January.',
  nextAction: 'none',
  methods: ['phone'],
  familyInformed: 'yes',
  toldOfRecords: 'now',
};

/** Part of it shared, with everything that can be asked: the longest way. */
export const ASKED_PART: Answers = {
  ...PARTLY,
  ...ASKED,
  decidedBy: ['jointly', 'endorsed'],
  requesterTelephone: '',
  requesterMissing: ['telephone'],
  requesterMissingReason: 'The desk would not give a number',
  requesterIdentity: 'notConfirmed',
  requesterIdentityDetail: 'The switchboard was closed',
  decision: 'part',
  refusalGrounds: ['notRelevant'],
  decisionReasons: 'The rest has no bearing on what they are to decide.',
  sharedAt: '2026-11-23T14:20:00.000Z',
  theirReference: 'N/2026/0417',
};

/** Refused. */
export const ASKED_NONE: Answers = {
  ...ASKED,
  decision: 'none',
  refusalGrounds: ['moreHarm', 'consentRefused'],
  decisionReasons: 'The mother refused, and nobody is at risk meanwhile.',
  consentIssues: 'The mother was asked and refused.',
  familyInformed: 'notNeeded',
  outcomeKnown: 'noneExpected',
  nextAction: 'none',
};

/** Put off. */
export const ASKED_NOT_YET: Answers = {
  ...ASKED,
  requestKind: 'ownRecords',
  decision: 'notYet',
  waitingFor: 'Legal advice on the court papers.',
  decisionDue: '2026-11-25',
};

/** Nothing to share. */
export const ASKED_NOTHING: Answers = {
  ...ASKED,
  decision: 'nothingHeld',
  outcomeKnown: 'noneExpected',
  nextAction: 'none',
};

/** Passed on to others. */
export const ASKED_PASSED: Answers = {
  ...ASKED,
  decision: 'passedOn',
  passedTo: 'The records team, Rowan Ledger',
  outcomeKnown: 'notYet',
  outcomeDue: '2026-11-30',
  nextAction: 'The records team answers by Friday.',
};

const ASKING: Answers = {
  ...somebody('practitioner'),
  ...without(AGREEMENT, ['consentLimits']),
  caseReference: 'RFS-10422',
  concerning: 'Q.Z., aged 5, and her aunt',
  contactAt: '2026-11-23T14:05:00.000Z',
  ownIdentity: 'ringBack',
  reason: 'We need to know who saw the child last.',
  informationRequested: 'The dates of her visits since the summer.',
  requestLimits: 'none',
  decidedBy: ['alone'],
};

/** Asked, and still to be answered. */
export const ASKING_AWAITED: Answers = {
  ...ASKING,
  reply: 'awaited',
  outcomeDue: '2026-11-30',
  nextAction: 'I ring again on Thursday.',
};

/** Part of it came, with everything that can be asked: the longest way. */
export const ASKING_PART: Answers = {
  ...PARTLY,
  ...ASKING,
  ...without(
    PARTLY,
    Object.keys(ASKING).filter((name) => !name.startsWith('consent')),
  ),
  ownIdentity: 'other',
  ownIdentityDetail: 'They asked for a code word agreed before',
  theirReference: 'HV/31/77',
  consent: 'partly',
  lawfulBasis: 'legalObligation',
  requestLimits: 'limited',
  requestLimitsDetail: 'Nothing about the time before she came to her aunt.',
  reply: 'part',
  replyAt: '2026-11-23T14:20:00.000Z',
  refusalReasons: 'They will not share what others told them.',
};

/** Refused by them. */
export const ASKING_REFUSED: Answers = {
  ...ASKING,
  reply: 'refused',
  replyAt: '2026-11-23T14:20:00.000Z',
  refusalReasons: 'They want it in writing first.',
  outcomeKnown: 'notYet',
  outcomeDue: '2026-11-30',
  nextAction: 'I write to them today.',
};

/** Thought about, and not shared. */
export const NOT_SHARED: Answers = {
  caseReference: 'RFS-10422',
  concerning: 'Q.Z., aged 5, and her aunt',
  contactAt: '2026-11-23T14:05:00.000Z',
  consideredWith: 'The nursery',
  reason: 'The nursery may notice if she loses weight again.',
  decisionReasons: 'The aunt wants to tell them herself this week.',
  refusalGrounds: ['consentRefused'],
  consentIssues: 'The aunt asked us to wait.',
  nextAction: 'I ask her on Friday whether she has.',
  reviewOn: '2026-11-27',
  decidedBy: ['alone'],
};
