/**
 * What the guidance on keeping records asks for, bullet by bullet in our own words, and the fields that answer it. `RK`
 * is its chapter on record keeping; `signature` stands for the name and the server's time under every record.
 */
export interface Demand {
  readonly source: string;
  /** What is to be on the record, after "asks". */
  readonly asks: string;
  readonly type: string;
  readonly fields: readonly string[];
}

const AGREEMENT = ['consentGivenBy', 'consentGiverRoles', 'competenceView', 'consentForm', 'consentOn'];
const WITHOUT_AGREEMENT = ['noConsentGrounds', 'noConsentCircumstances', 'noConsentExplanation', 'legalReference'];
const LIMITS = ['consentLimits', 'consentLimitsDetail', 'withinLimits', 'beyondLimitsReason'];
const FAMILY_TOLD = ['familyInformed', 'familyInformedWho', 'familyToldBy'];
const FAMILY_NOT_TOLD = ['notInformedReasons', 'notInformedExplanation'];
const INFORMATION = ['informationTypes', 'informationShared'];
const METHODS = ['methods', 'methodOther'];
const OUTCOME = ['outcomeKnown', 'outcome', 'outcomeKind', 'outcomeDue', 'nextAction'];

const detailsOf = (prefix: string): readonly string[] =>
  ['Name', 'JobTitle', 'Organisation', 'Telephone'].map((part) => `${prefix}${part}`);

const bullets = (
  section: string,
  type: string,
  demands: readonly (readonly [asks: string, fields: readonly string[]])[],
): readonly Demand[] =>
  demands.map(([asks, fields], nth) => ({ source: `RK §${section}, bullet ${nth + 1}`, asks, type, fields }));

const everywhere = (source: string, asks: string, fields: readonly string[]): readonly Demand[] =>
  ['share', 'requestReceived', 'requestMade', 'notShared'].map((type) => ({ source, asks, type, fields }));

export const DEMANDS: readonly Demand[] = [
  ...bullets('3.1', 'share', [
    ['why it was shared', ['reason']],
    ['whether there was consent', ['consent']],
    ['why it was right without consent', ['consent', ...WITHOUT_AGREEMENT, 'beyondLimitsReason']],
    ['who agreed', ['consent', ...AGREEMENT]],
    ['what limits they set', ['consent', ...LIMITS]],
    ['whether the family knows, and why not', [...FAMILY_TOLD, ...FAMILY_NOT_TOLD]],
    ['what was shared', INFORMATION],
    ['by what means', METHODS],
    ['who received it, and how to reach them', [...detailsOf('recipient'), 'alsoSharedWith']],
    ['what came of it and what follows', OUTCOME],
    ['how it is known to have arrived', ['receiptConfirmed', 'receiptHow', 'receiptNote']],
    ['when the contact was, and who signs', ['contactAt', 'signature']],
  ]),
  ...bullets('3.2', 'requestReceived', [
    ['who asked, and how to reach them', detailsOf('requester')],
    ['how it was made sure who they are', ['requesterIdentity', 'requesterIdentityDetail']],
    [
      'why they ask, what for, and in which case',
      ['reason', 'informationRequested', 'caseReference', 'theirReference'],
    ],
    ['how it stood with consent', ['consent', 'consentIssues', ...AGREEMENT, ...WITHOUT_AGREEMENT]],
    ['whether the family knows, and why not', [...FAMILY_TOLD, ...FAMILY_NOT_TOLD]],
    ['what limits consent has', LIMITS],
    ['what was decided, and why', ['decision', 'decisionReasons', 'refusalGrounds', 'waitingFor', 'decisionDue', 'passedTo']], // prettier-ignore
    ['what was shared', INFORMATION],
    ['by what means', METHODS],
    ['what came of it', OUTCOME],
    ['when the contact was, and who signs', ['contactAt', 'sharedAt', 'signature']],
  ]),
  ...bullets('3.3', 'requestMade', [
    ['when it was asked for', ['contactAt']],
    ['who was asked, and how to reach them', detailsOf('practitioner')],
    ['how they made sure who was asking', ['ownIdentity', 'ownIdentityDetail']],
    ['why it is needed, what it is, and in which case', ['reason', 'informationRequested', 'caseReference', 'theirReference']], // prettier-ignore
    ['whether there was consent', ['consent']],
    ['why it was right to ask without', WITHOUT_AGREEMENT],
    ['who agreed', AGREEMENT],
    ['what limits the request has', ['requestLimits', 'requestLimitsDetail']],
    ['what came', ['reply', 'replyAt', ...INFORMATION]],
    ['by what means it came', ['reply', 'replyAt', ...METHODS]],
    ['why it was held back, and what is done about that', ['reply', 'replyAt', 'refusalReasons', 'nextAction']],
    ['what came of it', OUTCOME],
    ['who signs', ['signature']],
  ]),
  ...everywhere('RK §1, joint and endorsed decisions', 'who decided, with whom, and which manager stood behind it', [
    'decidedBy',
    'jointWith',
    'endorsedByName',
  ]),
  ...everywhere('RK §1, fact and view', 'to keep an opinion, a judgement or a guess apart from the facts', [
    'reason',
    'professionalView',
    'professionalViewKind',
  ]),
  ...everywhere('RK §1, finding records', 'to find a record again by its case, or by whom it is about', [
    'caseReference',
    'concerning',
  ]),
  ...['share', 'requestReceived'].map((type) => ({
    source: 'RK §1, records are kept',
    asks: 'whether the family knows that records are kept and may see them',
    type,
    fields: ['toldOfRecords', 'notToldReason'],
  })),
  ...['share', 'requestReceived', 'requestMade'].map((type) => ({
    source: 'RK §1, retention',
    asks: 'to tell when a concern was not borne out',
    type,
    fields: ['outcomeKind'],
  })),
  ...(
    [
      ['share', ['reason', 'informationShared']],
      ['requestReceived', ['decision', 'decisionReasons']],
      ['requestMade', ['reason', 'refusalReasons']],
      ['notShared', ['consideredWith', 'reason', 'decisionReasons', 'refusalGrounds', 'consentIssues', 'nextAction']],
    ] as const
  ).map(([type, fields]) => ({ source: 'RK §2, decisions', asks: 'what was decided, and why', type, fields })),
];
