import type { Inputs } from './aCard.ts';

/** A share that was spoken, with consent: the shortest path. Everything in it is made up. */
export const SPOKEN: Inputs = {
  caseReference: 'RFS-10422',
  concerning: 'Q.Z., aged 5, and her aunt',
  methods: 'phone',
  recipientName: 'Nia Practice',
  recipientJobTitle: 'Health visitor',
  recipientOrganisation: 'Exampleshire Health Visiting',
  recipientTelephone: '01632 960 101',
  reason: 'The mother asked for help with feeding and sleep.',
  informationTypes: 'health,family',
  informationShared: 'That the child has lost weight since August.',
  consent: 'with',
  lawfulBasis: 'publicTask',
  familyInformed: 'yes',
  toldOfRecords: 'now',
  consentGivenBy: 'The mother, K.B.',
  consentGiverRoles: 'parent',
  consentForm: 'verbal',
  consentLimits: 'none',
  outcomeKnown: 'yes',
  outcome: 'A visit was booked for Thursday.',
  nextAction: 'none',
};

export const WITHOUT: Inputs = {
  ...SPOKEN,
  methods: 'secureEmail',
  receiptConfirmed: 'yes',
  receiptHow: 'reply',
  consent: 'without',
  consentGivenBy: '',
  noConsentGrounds: 'riskOfHarm',
  noConsentCircumstances: 'refused',
  noConsentExplanation: 'Waiting would have left the child at risk tonight.',
  familyInformed: 'no',
  notInformedReasons: 'riskOfHarm',
  outcomeKnown: 'notYet',
  nextAction: 'The allocated worker rings on Friday.',
};

/** Everything that can be asked is asked. */
export const PARTLY: Inputs = {
  ...SPOKEN,
  caseReference: 'RFS-20733',
  methods: 'letter,other',
  methodOther: 'By hand, through the school',
  recipientTelephone: '',
  recipientMissing: 'telephone',
  recipientMissingReason: 'The desk would not give a number',
  receiptConfirmed: 'cannotBe',
  receiptNote: 'It was put through the door',
  consent: 'partly',
  lawfulBasis: 'legalObligation',
  familyInformed: 'partly',
  toldOfRecords: 'no',
  notToldReason: 'The call was cut off',
  keepFrom: 'The former partner, D.B.',
  consentGiverRoles: 'childUnder16,parent',
  competenceView: 'She could say in her own words what would happen next.',
  consentLimits: 'limited',
  consentLimitsDetail: 'Nothing about the earlier placement.',
  withinLimits: 'no',
  beyondLimitsReason: 'The placement bears on who is at risk now.',
  noConsentGrounds: 'riskOfHarm,courtOrder',
  noConsentCircumstances: 'refused,notAsked',
  legalReference: 'Exampleshire Family Court, 2 November 2026',
  noConsentExplanation: 'The father refused and the risk could not wait for him.',
  familyInformedWho: 'The mother and the eldest',
  notInformedReasons: 'riskOfHarm',
  notInformedExplanation: 'Telling the father might have put the mother at risk.',
  outcomeKnown: 'notYet',
  nextAction: 'The duty worker writes to the court by Monday.',
};

const CASE = { caseReference: 'RFS-30518', concerning: 'W.X., aged 9, and her stepfather' } as const;

/** Agreed to, with nothing held back: the answers of the consent block, in the order in which they are asked. */
export const AGREED: Inputs = {
  consent: 'with',
  consentGivenBy: 'The stepfather, L.X.',
  consentGiverRoles: 'parent',
  consentForm: 'written',
};

/** Some agreed, a child under 16 among them, and others refused. */
export const PARTLY_AGREED: Inputs = {
  consent: 'partly',
  consentGivenBy: 'W.X. herself',
  consentGiverRoles: 'childUnder16',
  competenceView: 'She said what would be passed on and why she wanted it.',
  consentForm: 'verbal',
  noConsentGrounds: 'riskOfHarm,courtOrder',
  noConsentCircumstances: 'refused,notObtainable',
  legalReference: 'Exampleshire Family Court, 3 November 2026',
  noConsentExplanation: 'The stepfather refused, and her safety came first.',
};

/** Nobody agreed. */
export const NOT_AGREED: Inputs = {
  consent: 'without',
  noConsentGrounds: 'undueDelay,statutoryTask',
  noConsentCircumstances: 'notAsked',
  noConsentExplanation: 'Asking would have told him before she was safe.',
};

/** There were limits, and they were not kept to. */
export const BEYOND_LIMITS: Inputs = {
  consentLimits: 'limited',
  consentLimitsDetail: 'Nothing about the foster placement of 2024.',
  withinLimits: 'no',
  beyondLimitsReason: 'The placement bears on where she can sleep tonight.',
};

export const TOLD: Inputs = { familyInformed: 'yes', toldOfRecords: 'now' };

export const PART_TOLD: Inputs = {
  familyInformed: 'partly',
  familyInformedWho: 'The grandmother, who looks after her',
  toldOfRecords: 'no',
  notToldReason: 'The line was poor and she rang off',
  notInformedReasons: 'childAsked,wouldRevealSource',
  notInformedExplanation: 'She asked that he should not hear of it from us.',
};

export const OUTCOME: Inputs = { outcomeKnown: 'yes', outcome: 'A place was found for her.', nextAction: 'none' };

export const NO_OUTCOME_YET: Inputs = { outcomeKnown: 'notYet', nextAction: 'The duty worker rings them on Monday.' };

export const INFORMATION: Inputs = {
  informationTypes: 'education,childsWords',
  informationShared: 'What she told her teacher in the reading corner.',
  methods: 'phone,other',
  methodOther: 'Read out from the file',
};

/** A share by letter, up to the consent. */
export const SHARED: Inputs = {
  ...CASE,
  methods: 'letter',
  recipientName: 'Carys Fabled',
  recipientJobTitle: 'Housing officer',
  recipientOrganisation: 'Exampleshire Homes',
  recipientTelephone: '01632 960 444',
  reason: 'The flat has been without heating since Friday.',
  informationTypes: 'housingMoney,health',
  informationShared: 'That her asthma is worse in a cold room.',
};

const REQUESTER: Inputs = {
  requesterName: 'Olwen Invented',
  requesterJobTitle: 'Detective constable',
  requesterOrganisation: 'Exampleshire Police',
  requesterTelephone: '01632 960 222',
};

const PRACTITIONER: Inputs = {
  practitionerName: 'Idris Pretend',
  practitionerJobTitle: 'Head of year',
  practitionerOrganisation: 'Northgate Academy',
  practitionerTelephone: '01632 960 333',
};

/** A request that came in, up to the decision. Everything in it is made up. */
export const ASKED: Inputs = {
  ...CASE,
  requestKind: 'police',
  reason: 'They look into a report by a neighbour.',
  ...REQUESTER,
  informationRequested: 'Her attendance since September.',
  requesterIdentity: 'ringBack',
};

/** A request that was answered in full, with consent. */
export const ALL_SHARED: Inputs = {
  ...ASKED,
  decision: 'all',
  decisionReasons: 'Her attendance shows when she was last seen well.',
  ...AGREED,
  consentLimits: 'none',
  ...INFORMATION,
  ...TOLD,
  ...OUTCOME,
};

/** A request that was refused. */
export const REFUSED: Inputs = {
  ...ASKED,
  decision: 'none',
  refusalGrounds: 'notRelevant,consentRefused',
  decisionReasons: 'Attendance has no bearing on what was reported.',
  consentIssues: 'The stepfather was asked and said no.',
  familyInformed: 'notNeeded',
  ...OUTCOME,
};

/** A request of one's own, up to the reply. */
export const ASKING: Inputs = {
  ...CASE,
  ownIdentity: 'knownToThem',
  ...PRACTITIONER,
  reason: 'She has not been seen at home for two weeks.',
  informationRequested: 'Whether she has been at school since Monday.',
  theirReference: 'NGA/2026/77',
  requestLimits: 'none',
};

/** A request of one's own to which nothing came yet. */
export const AWAITED: Inputs = {
  ...ASKING,
  reply: 'awaited',
  ...AGREED,
  nextAction: 'The duty worker rings on Friday.',
};

/** Sharing was thought of and decided against. */
export const DECIDED_NOT_TO: Inputs = {
  ...CASE,
  consideredWith: 'The scout leader, D.P.',
  reason: 'He asked why she had left the camp early.',
  decisionReasons: 'He can look after her without knowing it.',
  consentIssues: 'none',
  nextAction: 'none',
};

/** What is known of a share that could not wait. */
export const URGENT: Inputs = {
  ...CASE,
  recipientOrganisation: 'Exampleshire Ambulance Service',
  methods: 'phone',
  reason: 'She had taken her mother’s tablets.',
  informationShared: 'Which tablets they were, and how many were gone.',
};

/** Where the other person’s telephone could not be had. */
export function withoutTelephone(prefix: 'recipient' | 'requester' | 'practitioner'): Inputs {
  return {
    [`${prefix}Telephone`]: '',
    [`${prefix}Missing`]: 'telephone',
    [`${prefix}MissingReason`]: 'They ring from a withheld number',
  };
}

/** A share by telephone, with consent, of which the outcome is still to come. */
export const OUTCOME_AWAITED: Inputs = {
  ...SHARED,
  methods: 'phone',
  ...AGREED,
  consentLimits: 'none',
  ...TOLD,
  ...NO_OUTCOME_YET,
};
