import assert from 'node:assert/strict';
import { effectiveAnswers, findings, problems } from '../../src/completeness.ts';
import type { Finding, Situation } from '../../src/recordType.ts';
import { share } from '../../src/records/share.ts';
import { SETTINGS, aShare, aShareWithout, aSituation, type ShareAnswers } from './aShare.ts';

type Wanted = { readonly [K in keyof ShareAnswers]?: ShareAnswers[K] | undefined };

/** What a change to a complete share should be refused for. */
interface Case {
  readonly when: string;
  readonly from?: (wanted: Wanted) => ReturnType<typeof aShare>;
  readonly change: Wanted;
  readonly refusedAt: keyof ShareAnswers;
  readonly situation?: Partial<Situation>;
}

const partly = (wanted: Wanted) =>
  aShareWithout({ consent: 'partly', consentGivenBy: 'K.B.', consentGiverRoles: ['parent'], consentForm: 'verbal', consentOn: '2026-11-23', consentLimits: 'none', ...wanted }); // prettier-ignore

const CASES: readonly Case[] = [
  { when: 'neither reference nor person is given', change: { caseReference: undefined }, refusedAt: 'concerning' },
  { when: 'the reference is a placeholder', change: { caseReference: 'pending' }, refusedAt: 'caseReference' },
  { when: 'the contact has no time', change: { contactAt: undefined }, refusedAt: 'contactAt' },
  { when: 'the contact is in the future', change: { contactAt: '2026-11-23T14:06:00.000Z' }, refusedAt: 'contactAt' },
  { when: 'no method is ticked', change: { methods: undefined }, refusedAt: 'methods' },
  {
    when: 'another method is not named',
    change: { methods: ['other'], receiptConfirmed: 'notYet' },
    refusedAt: 'methodOther',
  },
  { when: 'the recipient has no name', change: { recipientName: undefined }, refusedAt: 'recipientName' },
  { when: 'the recipient has no job title', change: { recipientJobTitle: 'n/a' }, refusedAt: 'recipientJobTitle' },
  { when: 'the recipient has no organisation', change: { recipientOrganisation: undefined }, refusedAt: 'recipientOrganisation' }, // prettier-ignore
  { when: 'the organisation is ticked as missing', change: { recipientOrganisation: undefined, recipientMissing: ['organisation'], recipientMissingReason: 'They refused' }, refusedAt: 'recipientMissing' }, // prettier-ignore
  {
    when: 'the telephone number has two digits',
    change: { recipientTelephone: '12' },
    refusedAt: 'recipientTelephone',
  },
  { when: 'a name is given and ticked as missing', change: { recipientMissing: ['name'], recipientMissingReason: 'They refused' }, refusedAt: 'recipientMissing' }, // prettier-ignore
  { when: 'a gap has no reason', change: { recipientName: undefined, recipientMissing: ['name'] }, refusedAt: 'recipientMissingReason' }, // prettier-ignore
  { when: 'the reason points elsewhere', change: { reason: 'See file' }, refusedAt: 'reason' },
  { when: 'no kind of information is ticked', change: { informationTypes: undefined }, refusedAt: 'informationTypes' },
  { when: 'what was shared is one word', change: { informationShared: 'Everything' }, refusedAt: 'informationShared' },
  { when: 'its arrival is not said', change: { methods: ['letter'] }, refusedAt: 'receiptConfirmed' },
  { when: 'how its arrival is known is not said', change: { methods: ['letter'], receiptConfirmed: 'yes' }, refusedAt: 'receiptHow' }, // prettier-ignore
  { when: 'another way of knowing is not explained', change: { methods: ['letter'], receiptConfirmed: 'yes', receiptHow: 'other' }, refusedAt: 'receiptNote' }, // prettier-ignore
  { when: 'why there is no way to know is not said', change: { methods: ['letter'], receiptConfirmed: 'cannotBe' }, refusedAt: 'receiptNote' }, // prettier-ignore
  { when: 'consent is not answered', change: { consent: undefined }, refusedAt: 'consent' },
  { when: 'nobody is said to have agreed', change: { consentGivenBy: undefined }, refusedAt: 'consentGivenBy' },
  { when: 'it is not said who they are', change: { consentGiverRoles: undefined }, refusedAt: 'consentGiverRoles' },
  { when: 'a child agreed and nothing is said of their judgement', change: { consentGiverRoles: ['childUnder16'] }, refusedAt: 'competenceView' }, // prettier-ignore
  { when: 'how they agreed is not said', change: { consentForm: undefined }, refusedAt: 'consentForm' },
  { when: 'they agreed after the contact', change: { contactAt: '2026-11-20T10:00:00.000Z' }, refusedAt: 'consentOn' },
  { when: 'they agreed in the future', change: { consentOn: '2026-11-24' }, refusedAt: 'consentOn' },
  { when: 'limits are left blank', change: { consentLimits: undefined }, refusedAt: 'consentLimits' },
  { when: 'limits are not described', change: { consentLimits: 'limited', withinLimits: 'yes' }, refusedAt: 'consentLimitsDetail' }, // prettier-ignore
  { when: 'it is not said whether limits were kept', change: { consentLimits: 'limited', consentLimitsDetail: 'Nothing about her father.' }, refusedAt: 'withinLimits' }, // prettier-ignore
  { when: 'limits were passed without a reason', change: { consentLimits: 'limited', consentLimitsDetail: 'Nothing about her father.', withinLimits: 'no' }, refusedAt: 'beyondLimitsReason' }, // prettier-ignore
  { when: 'no ground is ticked', from: aShareWithout, change: { noConsentGrounds: undefined }, refusedAt: 'noConsentGrounds' }, // prettier-ignore
  { when: 'what happened about asking is not said', from: aShareWithout, change: { noConsentCircumstances: undefined }, refusedAt: 'noConsentCircumstances' }, // prettier-ignore
  { when: 'sharing without consent is not explained', from: aShareWithout, change: { noConsentExplanation: undefined, notInformedExplanation: 'It would have put her at risk.' }, refusedAt: 'noConsentExplanation' }, // prettier-ignore
  { when: 'partial consent has no ground', from: partly, change: { noConsentGrounds: undefined }, refusedAt: 'noConsentGrounds' }, // prettier-ignore
  { when: 'partial consent has no giver', from: partly, change: { consentGivenBy: undefined }, refusedAt: 'consentGivenBy' }, // prettier-ignore
  { when: 'a court ordered it and none is named', from: aShareWithout, change: { noConsentGrounds: ['courtOrder'] }, refusedAt: 'legalReference' }, // prettier-ignore
  { when: 'the basis is a legal obligation and none is named', change: { lawfulBasis: 'legalObligation' }, refusedAt: 'legalReference' }, // prettier-ignore
  { when: 'there is no lawful basis', change: { lawfulBasis: undefined }, refusedAt: 'lawfulBasis' },
  { when: 'consent is the basis of sharing without it', from: aShareWithout, change: { lawfulBasis: 'consent' }, refusedAt: 'lawfulBasis' }, // prettier-ignore
  { when: 'a public authority picks legitimate interests', change: { lawfulBasis: 'legitimateInterests' }, refusedAt: 'lawfulBasis' }, // prettier-ignore
  { when: 'a public authority picks recognised interests', change: { lawfulBasis: 'recognisedLegitimateInterest' }, refusedAt: 'lawfulBasis' }, // prettier-ignore
  { when: 'recognised interests are picked for a contact before they existed', change: { lawfulBasis: 'recognisedLegitimateInterest', contactAt: '2026-02-04T10:00:00.000Z', consentOn: '2026-02-04' }, refusedAt: 'lawfulBasis', situation: { settings: { ...SETTINGS, publicAuthority: false } } }, // prettier-ignore
  {
    when: 'it is not said whether the family knows',
    change: { familyInformed: undefined },
    refusedAt: 'familyInformed',
  },
  { when: 'it is not said whether they know of records', change: { toldOfRecords: undefined }, refusedAt: 'toldOfRecords' }, // prettier-ignore
  { when: 'why they do not know of records is not said', change: { toldOfRecords: 'no' }, refusedAt: 'notToldReason' },
  { when: 'who of the family knows is not said', change: { familyInformed: 'partly', notInformedReasons: ['other'], notInformedExplanation: 'The father lives abroad.' }, refusedAt: 'familyInformedWho' }, // prettier-ignore
  { when: 'the day to tell the family has passed', change: { familyInformed: 'notYet', familyToldBy: '2026-11-22', notInformedReasons: ['other'] }, refusedAt: 'familyToldBy' }, // prettier-ignore
  { when: 'no reason for not telling is ticked', change: { familyInformed: 'notYet', familyToldBy: '2026-11-23' }, refusedAt: 'notInformedReasons' }, // prettier-ignore
  { when: 'not telling is not explained', change: { familyInformed: 'no', notInformedReasons: ['childAsked'] }, refusedAt: 'notInformedExplanation' }, // prettier-ignore
  { when: 'the outcome is not answered', change: { outcomeKnown: undefined }, refusedAt: 'outcomeKnown' },
  { when: 'a known outcome is not described', change: { outcome: 'As above' }, refusedAt: 'outcome' },
  { when: 'an awaited outcome has no day', from: aShareWithout, change: { outcomeDue: undefined }, refusedAt: 'outcomeDue' }, // prettier-ignore
  { when: 'the day of the outcome has passed', from: aShareWithout, change: { outcomeDue: '2026-11-22' }, refusedAt: 'outcomeDue' }, // prettier-ignore
  { when: 'what happens next is a placeholder', change: { nextAction: 'tbc' }, refusedAt: 'nextAction' },
  { when: 'nothing happens next though the outcome is awaited', from: aShareWithout, change: { nextAction: 'ｎone.' }, refusedAt: 'nextAction' }, // prettier-ignore
  { when: 'it is not said who decided', change: { decidedBy: undefined }, refusedAt: 'decidedBy' },
  { when: 'a joint decision names nobody', change: { decidedBy: ['jointly'] }, refusedAt: 'jointWith' },
  { when: 'an endorsed decision names no manager', change: { decidedBy: ['endorsed'] }, refusedAt: 'endorsedByName' },
  { when: 'a view is of no kind', change: { professionalView: 'He seems frightened.' }, refusedAt: 'professionalViewKind' }, // prettier-ignore
];

describe('completeness of a share', () => {
  for (const { when, from = aShare, change, refusedAt, situation } of CASES) {
    it(`is refused at ‘${share.fields[refusedAt].label}’ when ${when}`, () => {
      const found = problems(share, from(change), aSituation(situation));
      assert.deepEqual([...new Set(found.map(({ field }) => field))], [refusedAt]);
      assert.ok(found[0]?.text.includes(share.fields[refusedAt].label), found[0]?.text);
    });
  }

  const accepted: readonly (readonly [string, ReturnType<typeof aShare>, Partial<Situation>?])[] = [
    ['no reference, when somebody is named', aShare({ caseReference: undefined, concerning: 'Q.Z., aged 5' })],
    ['a gap with its reason', aShare({ recipientTelephone: undefined, recipientMissing: ['telephone'], recipientMissingReason: 'They refused' })], // prettier-ignore
    ['no explanation for not telling, when sharing without consent was explained', aShareWithout()],
    ['“not sure” as the basis', aShare({ lawfulBasis: 'notSure' })],
    ['a contact at this very minute', aShare({ contactAt: '2026-11-23T14:05:00.000Z' })],
    ['recognised interests from the day on which they exist', aShare({ lawfulBasis: 'recognisedLegitimateInterest', contactAt: '2026-02-05T10:00:00.000Z', consentOn: '2026-02-05' }), { settings: { ...SETTINGS, publicAuthority: false } }], // prettier-ignore
    ['telephone 999', aShare({ recipientTelephone: '999' })],
  ];
  for (const [what, answers, situation] of accepted) {
    it(`takes ${what}`, () => assert.deepEqual(problems(share, answers, aSituation(situation)), []));
  }

  const told: readonly (readonly [string, Finding['level'], keyof ShareAnswers, ReturnType<typeof aShare>])[] = [
    ['a short reason', 'warning', 'reason', aShare({ reason: 'Risk tonight' })],
    ['a reason that repeats another answer', 'warning', 'informationShared', aShare({ informationShared: 'The mother asked for help with feeding and sleep.' })], // prettier-ignore
    ['a reason that repeats a ticked label', 'warning', 'noConsentExplanation', aShareWithout({ noConsentExplanation: 'Someone might come to harm' })], // prettier-ignore
    ['court papers', 'warning', 'informationTypes', aShare({ informationTypes: ['courtPapers'] })],
    ['a long description', 'warning', 'informationShared', aShare({ informationShared: 'what was said '.repeat(60) })],
    ['only “someone else” having agreed', 'warning', 'consentGiverRoles', aShare({ consentGiverRoles: ['other'] })],
    ['consent, and a family that does not know', 'warning', 'familyInformed', aShare({ familyInformed: 'no', notInformedReasons: ['other'], notInformedExplanation: 'She asked us to wait for a week.' })], // prettier-ignore
    ['a refusal', 'note', 'noConsentCircumstances', aShareWithout()],
    ['others who are not fully named', 'warning', 'alsoSharedWith', aShare({ alsoSharedWith: 'Bo Imaginary, nurse' })],
  ];
  for (const [what, level, field, answers] of told) {
    it(`mentions ${what} without refusing it`, () => {
      const found = findings(share, answers, aSituation());
      assert.ok(found.some((each) => each.level === level && each.field === field), JSON.stringify(found)); // prettier-ignore
      assert.deepEqual(problems(share, answers, aSituation()), []);
    });
  }

  it('does not warn when only a young person agreed and asked that the family not be told', () => {
    const answers = aShare({ consentGiverRoles: ['youngPerson16'], familyInformed: 'no', notInformedReasons: ['childAsked'], notInformedExplanation: 'He is afraid of what they would say.' }); // prettier-ignore
    assert.deepEqual(findings(share, answers, aSituation()), []);
  });

  it('signs no answer to a question that no longer applies', () => {
    const changed = { ...aShareWithout(), consent: 'with' };
    assert.ok(!('noConsentExplanation' in effectiveAnswers(share, changed)));
  });

  it('records what was spoken as confirmed in person, and only then', () => {
    assert.equal(effectiveAnswers(share, aShare()).receiptConfirmed, 'yes');
    assert.equal(effectiveAnswers(share, aShare({ methods: ['letter'] })).receiptConfirmed, undefined);
    assert.equal(effectiveAnswers(share, aShare({ methods: undefined })).receiptConfirmed, undefined);
  });
});
