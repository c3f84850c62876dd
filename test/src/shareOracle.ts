/**
 * What a share must hold, written a second time from the table in record-types.md and not from the code, so that the two
 * can be compared. Answers the fields that stand in the way of a signature.
 */
type Given = Readonly<Record<string, string | readonly string[]>>;

const STAND_INS = ['na', 'n a', 'none', 'nil', 'tbc', 'tba', 'unknown', 'not known', 'xx', 'xxx', 'test'];
const EMPTY_PHRASES = [
  ...['as above', 'see above', 'as per policy', 'as discussed', 'on file', 'to follow', 'various', 'same reason'],
  ...['not applicable', 'no consent', 'see file', 'see notes', 'see email', 'see the system', 'see liquidlogic'],
];
const UNSPOKEN = ['secureEmail', 'email', 'letter', 'securePortal', 'sharedSystem', 'textMessage', 'other'];

const words = (text: string): string =>
  text.normalize('NFKC').replace(/['’]/gu, '').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim(); // prettier-ignore
const letters = (text: string): number => (text.match(/\p{L}/gu) ?? []).length;
const nameRule = (text: string): boolean => letters(text) >= 2 && !STAND_INS.includes(words(text));
const whyRule = (text: string): boolean =>
  nameRule(text) && words(text).split(' ').length >= 2 && !EMPTY_PHRASES.includes(words(text));

export function faultsOf(given: Given, now: string, today: string, publicAuthority = true): ReadonlySet<string> {
  const faults = new Set<string>();
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name].trim() : '');
  const list = (name: string): readonly string[] => (Array.isArray(given[name]) ? (given[name] as string[]) : []); // checked just before
  const require = (name: string, ok: (text: string) => boolean = () => true): void => {
    if (text(name) === '' || !ok(text(name))) faults.add(name);
  };
  const allow = (name: string, ok: (text: string) => boolean): void => {
    if (text(name) !== '' && !ok(text(name))) faults.add(name);
  };
  const tickOne = (name: string): void => {
    if (list(name).length === 0) faults.add(name);
  };

  const reference = text('caseReference');
  const refused = [...STAND_INS, 'new', 'no ref', 'pending'].includes(words(reference));
  if (reference !== '' && (refused || !/^[\p{L}\p{N} \-/._]{2,64}$/u.test(reference) || !/\d/.test(reference))) {
    faults.add('caseReference');
  }
  if (reference === '') require('concerning');
  require('contactAt', (at) => at.slice(0, 16) <= now.slice(0, 16));
  tickOne('methods');
  if (list('methods').includes('other')) require('methodOther', nameRule);

  const missing = list('recipientMissing');
  for (const [field, key] of [
    ['Name', 'name'],
    ['JobTitle', 'jobTitle'],
    ['Organisation', 'organisation'],
    ['Telephone', 'telephone'],
  ]) {
    const name = `recipient${field ?? ''}`;
    const ok =
      field === 'Telephone'
        ? (t: string) => (t.match(/\d/g) ?? []).length >= 3 && /^([\d\s+()-]|ext\.?)+$/i.test(t)
        : nameRule;
    if (!missing.includes(key ?? '')) require(name, ok);
    else {
      allow(name, ok);
      if (text(name) !== '') faults.add('recipientMissing');
    }
  }
  if (missing.includes('organisation')) faults.add('recipientMissing');
  if (missing.length > 0) require('recipientMissingReason', nameRule);

  require('reason', whyRule);
  tickOne('informationTypes');
  require('informationShared', whyRule);
  if (list('methods').some((method) => UNSPOKEN.includes(method))) {
    require('receiptConfirmed');
    const arrived = text('receiptConfirmed');
    if (arrived === 'yes') require('receiptHow');
    if (arrived === 'cannotBe' || (arrived === 'yes' && text('receiptHow') === 'other'))
      require('receiptNote', nameRule);
    else if (arrived === 'yes') allow('receiptNote', nameRule);
  }

  require('consent');
  const consent = text('consent');
  const basis = text('lawfulBasis');
  require('lawfulBasis');
  const barred = publicAuthority ? ['recognisedLegitimateInterest', 'legitimateInterests'] : [];
  if (barred.includes(basis) || (consent === 'without' && basis === 'consent')) faults.add('lawfulBasis');
  const agreed = consent === 'with' || consent === 'partly';
  const notAgreed = consent === 'without' || consent === 'partly';
  if (agreed) {
    require('consentGivenBy', nameRule);
    tickOne('consentGiverRoles');
    if (list('consentGiverRoles').includes('childUnder16')) require('competenceView', whyRule);
    require('consentForm');
    require('consentOn', (on) => on <= today && (text('contactAt') === '' || on <= londonDay(text('contactAt'))));
    require('consentLimits');
    if (text('consentLimits') === 'limited') {
      require('consentLimitsDetail', whyRule);
      require('withinLimits');
      if (text('withinLimits') === 'no') require('beyondLimitsReason', whyRule);
    }
  }
  if (notAgreed) {
    tickOne('noConsentGrounds');
    tickOne('noConsentCircumstances');
    require('noConsentExplanation', whyRule);
  }
  const law = notAgreed && list('noConsentGrounds').some((ground) => ground === 'legalDuty' || ground === 'courtOrder');
  if (law || basis === 'legalObligation') require('legalReference', nameRule);

  require('familyInformed');
  const informed = text('familyInformed');
  if (informed === 'yes' || informed === 'partly') {
    require('toldOfRecords');
    if (text('toldOfRecords') === 'no') require('notToldReason', nameRule);
  }
  if (informed === 'partly') require('familyInformedWho', nameRule);
  if (informed === 'notYet') require('familyToldBy', (by) => by >= today);
  if (['no', 'partly', 'notYet'].includes(informed)) tickOne('notInformedReasons');
  if (informed === 'no' || informed === 'partly') {
    const explained = notAgreed && text('noConsentExplanation') !== '';
    (explained ? allow : require)('notInformedExplanation', whyRule);
  }

  require('outcomeKnown');
  const known = text('outcomeKnown');
  if (known === 'yes') require('outcome', whyRule);
  if (known === 'notYet') require('outcomeDue', (due) => due >= today);
  require('nextAction', (next) => (words(next) === 'none' ? known !== 'notYet' : nameRule(next)));

  const decided = list('decidedBy');
  tickOne('decidedBy');
  if (decided.includes('alone') && decided.length > 1) faults.add('decidedBy');
  if (decided.includes('jointly')) require('jointWith', nameRule);
  if (decided.includes('endorsed')) require('endorsedByName', nameRule);
  if (text('professionalView') !== '') require('professionalViewKind');
  return faults;
}

function londonDay(instant: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date(instant));
}
