import {
  caseBlock,
  consentBlock,
  counterpartBlock,
  dayToCome,
  decisionBlock,
  familyBlock,
  informationBlock,
  moment,
  narrativeBlock,
  nextAction,
  outcomeBlock,
} from './blocks.ts';
import { lookAt, type Given, type Look, type Standpoint } from './look.ts';
import { nameOrNone, nameRule, whyRule } from './rules.ts';

/**
 * What each record type must hold, written a second time from the tables in record-types.md and not from the code, so
 * that the two can be compared.
 */
const ORACLES: Readonly<Record<string, (look: Look) => void>> = {
  share,
  requestReceived,
  requestMade,
  notShared,
};

/** The fields that stand in the way of a signature. */
export function faultsOf(type: string, given: Given, standpoint: Standpoint): ReadonlySet<string> {
  const oracle = ORACLES[type];
  if (oracle === undefined) throw new Error(`no oracle for ${type}`);
  const look = lookAt(given, standpoint);
  oracle(look);
  return look.faults;
}

const UNSPOKEN = ['secureEmail', 'email', 'letter', 'securePortal', 'sharedSystem', 'textMessage', 'other'];

function share(look: Look): void {
  caseBlock(look);
  moment(look, 'contactAt');
  look.require('reason', whyRule);
  consentBlock(look, { by: 'contactAt', limits: true });
  familyBlock(look, { wasShared: true });
  informationBlock(look);
  counterpartBlock(look, 'recipient');
  if (look.list('recipientMissing').includes('organisation')) look.refuse('recipientMissing');
  if (look.list('methods').some((method) => UNSPOKEN.includes(method))) receipt(look);
  outcomeBlock(look);
  decisionBlock(look);
  narrativeBlock(look);
}

function receipt(look: Look): void {
  look.require('receiptConfirmed');
  const arrived = look.text('receiptConfirmed');
  if (arrived === 'yes') look.require('receiptHow');
  if (arrived === 'cannotBe' || (arrived === 'yes' && look.text('receiptHow') === 'other'))
    look.require('receiptNote', nameRule);
  else if (arrived === 'yes') look.allow('receiptNote', nameRule);
}

function requestReceived(look: Look): void {
  look.require('requestKind');
  counterpartBlock(look, 'requester');
  look.require('requesterIdentity');
  if (['other', 'notConfirmed'].includes(look.text('requesterIdentity')))
    look.require('requesterIdentityDetail', nameRule);
  else look.allow('requesterIdentityDetail', nameRule);
  moment(look, 'contactAt');
  caseBlock(look);
  look.require('reason', whyRule);
  look.require('informationRequested', whyRule);
  look.require('decision');
  afterDecision(look, look.text('decision'));
  narrativeBlock(look);
}

function afterDecision(look: Look, decision: string): void {
  if (decision === 'all' || decision === 'part') {
    look.require('decisionReasons', whyRule);
    moment(look, 'sharedAt', 'contactAt');
    consentBlock(look, { by: 'sharedAt', limits: true });
    familyBlock(look, { wasShared: true });
    informationBlock(look);
    outcomeBlock(look);
    decisionBlock(look);
  }
  if (decision === 'none') {
    look.require('decisionReasons', whyRule);
    look.require('consentIssues', nameOrNone);
    familyBlock(look, { wasShared: false });
    outcomeBlock(look);
    decisionBlock(look);
  }
  if (decision === 'notYet') {
    look.require('waitingFor', nameRule);
    dayToCome(look, 'decisionDue');
  }
  if (decision === 'nothingHeld') {
    look.allow('decisionReasons', whyRule);
    outcomeBlock(look);
  }
  if (decision === 'passedOn') {
    look.require('passedTo', nameRule);
    outcomeBlock(look);
  }
}

/** Whether the outcome is asked for waits for the reply; while that is awaited, it is not known yet. */
const OUTCOME_BY_REPLY: Readonly<Record<string, string>> = { '': '', awaited: 'notYet' };

function requestMade(look: Look): void {
  moment(look, 'contactAt');
  caseBlock(look);
  counterpartBlock(look, 'practitioner');
  look.require('ownIdentity');
  if (look.text('ownIdentity') === 'other') look.require('ownIdentityDetail', nameRule);
  else look.allow('ownIdentityDetail', nameRule);
  look.require('reason', whyRule);
  look.require('informationRequested', whyRule);
  consentBlock(look, { by: 'contactAt', limits: false });
  look.require('requestLimits');
  if (look.text('requestLimits') === 'limited') look.require('requestLimitsDetail', whyRule);
  look.require('reply');
  const reply = look.text('reply');
  if (reply !== '' && reply !== 'awaited') moment(look, 'replyAt', 'contactAt');
  if (reply === 'all' || reply === 'part') informationBlock(look);
  if (reply === 'part' || reply === 'refused') look.require('refusalReasons', whyRule);
  outcomeBlock(look, OUTCOME_BY_REPLY[reply]);
  decisionBlock(look);
  narrativeBlock(look);
}

function notShared(look: Look): void {
  caseBlock(look);
  moment(look, 'contactAt');
  look.require('consideredWith', nameRule);
  look.require('reason', whyRule);
  look.require('decisionReasons', whyRule);
  look.require('consentIssues', nameOrNone);
  look.allow('reviewOn', (day) => day >= look.today);
  nextAction(look, true);
  decisionBlock(look);
  narrativeBlock(look);
}
