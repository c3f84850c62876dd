import type { Look } from './look.ts';
import { londonDay, minute, nameOrNone, nameRule, phoneRule, referenceRule, saysNone, whyRule } from './rules.ts';

/** The blocks of record-types.md, each written a second time from its table. */

export function caseBlock(look: Look): void {
  look.allow('caseReference', referenceRule);
  if (look.text('caseReference') === '') look.require('concerning');
}

/** A moment that has come: required, not in the future, and not before `from` where one is named. */
export function moment(look: Look, name: string, from?: string): void {
  const earliest = from === undefined ? '' : look.text(from);
  look.require(name, (at) => minute(at) <= minute(look.now) && (earliest === '' || minute(at) >= minute(earliest)));
}

/** A day on which something is still to be done. */
export function dayToCome(look: Look, name: string): void {
  look.require(name, (day) => day >= look.today);
}

export function counterpartBlock(look: Look, prefix: string): void {
  const missing = look.list(`${prefix}Missing`);
  for (const [part, key, rule] of [
    ['Name', 'name', nameRule],
    ['JobTitle', 'jobTitle', nameRule],
    ['Organisation', 'organisation', nameRule],
    ['Telephone', 'telephone', phoneRule],
  ] as const) {
    const name = `${prefix}${part}`;
    if (!missing.includes(key)) look.require(name, rule);
    else {
      look.allow(name, rule);
      if (look.text(name) !== '') look.refuse(`${prefix}Missing`);
    }
  }
  if (missing.length > 0) look.require(`${prefix}MissingReason`, nameRule);
}

interface ConsentAsked {
  /** The moment by whose day they must have agreed. */
  readonly by: string;
  /** Whether the limits of the consent are asked for. */
  readonly limits: boolean;
}

/** "Recognised legitimate interest" is there for contacts from this day on. */
const RECOGNISED_FROM = '2026-02-05';

export function consentBlock(look: Look, { by, limits }: ConsentAsked): void {
  look.require('consent');
  const consent = look.text('consent');
  const agreed = consent === 'with' || consent === 'partly';
  const notAgreed = consent === 'without' || consent === 'partly';

  look.require('lawfulBasis');
  const basis = look.text('lawfulBasis');
  const contactDay = look.text('contactAt') === '' ? look.today : londonDay(look.text('contactAt'));
  if (look.publicAuthority && ['recognisedLegitimateInterest', 'legitimateInterests'].includes(basis))
    look.refuse('lawfulBasis');
  if (basis === 'recognisedLegitimateInterest' && contactDay < RECOGNISED_FROM) look.refuse('lawfulBasis');
  if (consent === 'without' && basis === 'consent') look.refuse('lawfulBasis');

  if (agreed) {
    look.require('consentGivenBy', nameRule);
    look.tickOne('consentGiverRoles');
    if (look.list('consentGiverRoles').includes('childUnder16')) look.require('competenceView', whyRule);
    look.require('consentForm');
    const last = look.text(by) === '' ? look.today : londonDay(look.text(by));
    look.require('consentOn', (on) => on <= look.today && on <= last);
    if (limits) consentLimits(look);
  }
  if (notAgreed) {
    look.tickOne('noConsentGrounds');
    look.tickOne('noConsentCircumstances');
    look.require('noConsentExplanation', whyRule);
  }
  const law = look.list('noConsentGrounds').some((ground) => ground === 'legalDuty' || ground === 'courtOrder');
  if ((notAgreed && law) || basis === 'legalObligation') look.require('legalReference', nameRule);
}

function consentLimits(look: Look): void {
  look.require('consentLimits');
  if (look.text('consentLimits') !== 'limited') return;
  look.require('consentLimitsDetail', whyRule);
  look.require('withinLimits');
  if (look.text('withinLimits') === 'no') look.require('beyondLimitsReason', whyRule);
}

/** `wasShared`: there is something to tell, and a reason for sharing without consent may serve as the reason not to tell. */
export function familyBlock(look: Look, { wasShared }: { readonly wasShared: boolean }): void {
  look.require('familyInformed', (informed) => informed !== 'notNeeded' || !wasShared);
  const informed = look.text('familyInformed');
  if (informed === 'yes' || informed === 'partly') {
    look.require('toldOfRecords');
    if (look.text('toldOfRecords') === 'no') look.require('notToldReason', nameRule);
  }
  if (informed === 'partly') look.require('familyInformedWho', nameRule);
  if (informed === 'notYet') dayToCome(look, 'familyToldBy');
  if (['no', 'partly', 'notYet'].includes(informed)) look.tickOne('notInformedReasons');
  if (informed !== 'no' && informed !== 'partly') return;
  const consentMissing = ['without', 'partly'].includes(look.text('consent'));
  if (wasShared && consentMissing && look.text('noConsentExplanation') !== '')
    look.allow('notInformedExplanation', whyRule);
  else look.require('notInformedExplanation', whyRule);
}

export function informationBlock(look: Look): void {
  look.tickOne('informationTypes');
  look.require('informationShared', whyRule);
  look.tickOne('methods');
  if (look.list('methods').includes('other')) look.require('methodOther', nameRule);
}

/** `implied` is what goes without asking: whether the outcome is known, or nothing at all yet. */
export function outcomeBlock(look: Look, implied?: string): void {
  if (implied === undefined) look.require('outcomeKnown');
  const known = implied ?? look.text('outcomeKnown');
  if (known === 'yes') look.require('outcome', whyRule);
  if (known === 'notYet') dayToCome(look, 'outcomeDue');
  nextAction(look, known !== 'notYet');
}

export function nextAction(look: Look, mayBeNone: boolean): void {
  look.require('nextAction', (next) => (saysNone(next) ? mayBeNone : nameOrNone(next)));
}

export function decisionBlock(look: Look): void {
  const decided = look.list('decidedBy');
  look.tickOne('decidedBy');
  if (decided.includes('alone') && decided.length > 1) look.refuse('decidedBy');
  if (decided.includes('jointly')) look.require('jointWith', nameRule);
  if (decided.includes('endorsed')) look.require('endorsedByName', nameRule);
}

export function narrativeBlock(look: Look): void {
  if (look.text('professionalView') !== '') look.require('professionalViewKind');
}
