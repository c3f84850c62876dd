import type { Answer, Answers } from '../../src/fields.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';

/** A share that was spoken, with consent: the shortest way. Everyone and everything here is made up. */
export const SPOKEN: Answers = {
  caseReference: 'RFS-10422',
  concerning: 'Q.Z., aged 5, and her aunt',
  contactAt: '2026-11-23T14:05:00.000Z',
  methods: ['phone'],
  recipientName: 'Nia Practice',
  recipientJobTitle: 'Health visitor',
  recipientOrganisation: 'Exampleshire Health Visiting',
  recipientTelephone: '01632 960 101',
  reason: 'The aunt asked for help with feeding and sleep. She told me herself when I visited.',
  informationTypes: ['health', 'family'],
  informationShared: 'That the child has lost weight since August, and that the family moved in October.',
  consent: 'with',
  lawfulBasis: 'publicTask',
  familyInformed: 'yes',
  toldOfRecords: 'now',
  consentGivenBy: 'The aunt, K.B.',
  consentGiverRoles: ['specialGuardian'],
  consentForm: 'verbal',
  consentOn: '2026-11-23',
  consentLimits: 'none',
  outcomeKnown: 'yes',
  outcome: 'A visit was booked for Thursday.',
  outcomeKind: 'actionTaken',
  nextAction: 'none',
  decidedBy: ['alone'],
};

/** Written, with consent, and waiting for an answer. */
export const WITH: Answers = {
  ...without(SPOKEN, ['outcome', 'outcomeKind']),
  methods: ['secureEmail'],
  receiptConfirmed: 'yes',
  receiptHow: 'reply',
  outcomeKnown: 'notYet',
  outcomeDue: '2026-11-30',
  nextAction: 'The health visitor rings me after her visit on Thursday.',
};

/** Without consent, the family not told. */
export const WITHOUT: Answers = {
  ...without(WITH, ['consentGivenBy', 'consentGiverRoles', 'consentForm', 'consentOn', 'consentLimits']),
  consent: 'without',
  noConsentGrounds: ['riskOfHarm'],
  noConsentCircumstances: ['refused'],
  noConsentExplanation: 'Waiting would have left the child at risk that night, and asking would have shown who rang.',
  familyInformed: 'no',
  notInformedReasons: ['riskOfHarm'],
  receiptConfirmed: 'notYet',
};

/** Everything that can be asked is asked: the longest way. */
export const PARTLY: Answers = {
  ...WITH,
  caseReference: 'RFS-20733',
  concerning: 'T.W., aged 11, and her brother',
  methods: ['letter', 'other'],
  methodOther: 'By hand, through the school',
  recipientTelephone: '',
  recipientMissing: ['telephone'],
  recipientMissingReason: 'The desk would not give a number',
  receiptConfirmed: 'cannotBe',
  receiptNote: 'It was put through the door',
  consent: 'partly',
  lawfulBasis: 'legalObligation',
  familyInformed: 'partly',
  toldOfRecords: 'no',
  notToldReason: 'The call was cut off',
  keepFrom: 'The former partner, D.B.',
  consentGivenBy: 'T.W., and her mother',
  consentGiverRoles: ['childUnder16', 'parent'],
  competenceView: 'She could say in her own words what would happen next, and why.',
  consentLimits: 'limited',
  consentLimitsDetail: 'Nothing about the earlier placement.',
  withinLimits: 'no',
  beyondLimitsReason: 'The placement bears on who is at risk now.',
  noConsentGrounds: ['riskOfHarm', 'courtOrder'],
  noConsentCircumstances: ['refused', 'notAsked'],
  legalReference: 'Exampleshire Family Court, 2 November 2026',
  noConsentExplanation: 'The father refused, and the risk could not wait for him.',
  familyInformedWho: 'The mother and the eldest',
  notInformedReasons: ['riskOfHarm'],
  notInformedExplanation: 'Telling the father might have put the mother at risk.',
  nextAction: 'The duty worker writes to the court by Monday.',
  alsoSharedWith: 'Bryn Sample, Head teacher, Exampleshire High School, 01632 960 144',
  professionalView: 'The grandmother is able to keep the children safe for now.',
  professionalViewKind: 'judgement',
  decidedBy: ['jointly', 'endorsed'],
  jointWith: 'Lowri Made-Up, Exampleshire Police',
  endorsedByName: 'Maureen Castle',
};

/** Four hundred characters of plain words are not enough for some answers. */
export const LONG_ANSWER =
  'On Monday the school rang because nobody had collected the children. The neighbour said that there had been shouting. ' +
  'I rang the grandmother, who took them in for the night, and then the duty desk. The officer asked what we knew of the ' +
  'address, of who lives there and of earlier calls. I gave what was needed to send somebody: the address, the names of ' +
  'the adults, and that there is a dog. I left out the health of the mother, which would not have changed what they did.';

/** An answer as long as it may be, dear in bytes: Welsh letters and characters of two units. */
export const FULL_ANSWER = 'Dŵr, tŷ a phlant 🧒🏽 – ŵyr hŷn, gwên: ïâ! '.repeat(200).slice(0, 4_000).toWellFormed();

const SHORT_TEXT = FULL_ANSWER.slice(0, 200).toWellFormed();

/** The same answers, every written one as long as it may be. */
export function worstOf(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, longest(name, answer)]));
}

function longest(name: string, answer: Answer): Answer {
  if (typeof answer !== 'string') return answer;
  if (LONG_TEXTS.has(name)) return FULL_ANSWER;
  return SHORT_TEXTS.has(name) ? SHORT_TEXT : answer;
}

const FIELDS = RECORD_TYPES.flatMap(({ fields }) => Object.entries(fields));
const LONG_TEXTS = new Set(FIELDS.filter(([, { kind }]) => kind === 'longText').map(([name]) => name));
const SHORT_TEXTS = new Set(
  FIELDS.filter(([name, { kind }]) => kind === 'text' && name !== 'caseReference').map(([name]) => name),
);

/** Every written answer of the longest share as long as it may be. */
export const WORST: Answers = worstOf(PARTLY);

/** The six answers of an urgent record. */
export const URGENT: Answers = {
  concerning: 'Q.Z., aged 5',
  recipientOrganisation: 'Exampleshire Police',
  methods: ['phone'],
  reason: 'She was seen alone by the river in the dark.',
  informationShared: 'Where she lives, and whom to ring.',
};

/** The same answers, without these. */
export function without(answers: Answers, names: readonly string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !names.includes(name)));
}
