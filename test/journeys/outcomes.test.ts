import assert from 'node:assert/strict';
import { longDate } from '../../src/londonTime.ts';
import { withABot } from './aBot.ts';
import { linesOf, textOf, type Inputs } from './aCard.ts';
import type { Chat } from './aChat.ts';
import { AGREED, INFORMATION, NO_OUTCOME_YET, NOT_AGREED, OUTCOME, TOLD } from './answers.ts';
import { answeredFrom, made, opened, savedAs } from './aRecord.ts';
import { BRANCHES, dated, dayOf } from './branches.ts';
import { begunBy, historyOf } from './furtherVersions.ts';

interface Settled {
  /** The record, by its name in the table of branches. */
  readonly of: string;
  readonly answers: Inputs;
  /** What is open afterwards, each with the day on which it falls due. */
  readonly open?: Readonly<Record<string, string>>;
}

const NOT_DECIDED = 'a request received that is not decided yet';
const AWAITED = 'a request made to which nothing came yet';
const THREE_OPEN = 'a share without consent whose arrival, outcome and word to the family are still to come';
const TO_REVIEW = 'a decision not to share, to be looked at again';
const NO_OUTCOME = 'a request received that was passed on';

const SHARED_NOW: Inputs = { sharedAtDate: 'today', sharedAtTime: '13:10', ...INFORMATION, ...TOLD };
const REPLIED_NOW: Inputs = { replyAtDate: 'today', replyAtTime: '13:20' };

/** Every kind of item that can be open, settled in full, in part, or put off. */
const SETTLED: Readonly<Record<string, Settled>> = {
  'an arrival, an outcome and word to the family, all of which are known now': {
    of: THREE_OPEN,
    answers: { receiptConfirmed: 'yes', receiptHow: 'reply', ...TOLD, ...OUTCOME },
  },
  'one of three, the others staying as they are': {
    of: THREE_OPEN,
    answers: { receiptConfirmed: 'yes', receiptHow: 'signedFor' },
    open: { 'Outcome to be found out': 'workday+1', 'Family to be told': 'today+7' },
  },
  'word to the family that is put off, with a reason': {
    of: THREE_OPEN,
    answers: { familyToldBy: 'today+14', stillOpenReason: 'They are away for a week.' },
    open: { 'Arrival to be confirmed': 'workday+2', 'Outcome to be found out': 'workday+1', 'Family to be told': 'today+14' },
  },
  'a decision to share all, with all that a share asks for': {
    of: NOT_DECIDED,
    answers: { decision: 'all', decisionReasons: 'It bears on what they look into.', ...AGREED, consentLimits: 'none', ...SHARED_NOW, ...OUTCOME },
  },
  'a decision to share part without consent, the outcome to come': {
    of: NOT_DECIDED,
    answers: { decision: 'part', refusalGrounds: 'moreHarm', decisionReasons: 'The rest would lead him to her.', ...NOT_AGREED, ...SHARED_NOW, ...NO_OUTCOME_YET },
    open: { 'Outcome to be found out': 'workday+5' },
  },
  'a decision to refuse': {
    of: NOT_DECIDED,
    answers: { decision: 'none', refusalGrounds: 'notRelevant', decisionReasons: 'It has no bearing on it.', consentIssues: 'none', familyInformed: 'notNeeded', ...OUTCOME },
  },
  'a decision that is put off': {
    of: NOT_DECIDED,
    answers: { decisionDue: 'today+20', waitingFor: 'A word from the court.', stillOpenReason: 'The court sits next week.' },
    open: { 'Decision awaited': 'today+20' },
  },
  'a reply that came, with all that it asks for': {
    of: AWAITED,
    answers: { reply: 'all', ...REPLIED_NOW, ...INFORMATION, ...OUTCOME },
  },
  'a reply that was a refusal, the outcome to come': {
    of: AWAITED,
    answers: { reply: 'refused', ...REPLIED_NOW, refusalReasons: 'They want a letter first.', ...NO_OUTCOME_YET },
    open: { 'Outcome to be found out': 'today+4' },
  },
  'a reply that is still awaited': {
    of: AWAITED,
    answers: { outcomeDue: 'today+11', nextAction: 'I write to them.', stillOpenReason: 'They were closed all week.' },
    open: { 'Outcome to be found out': 'today+11' },
  },
  'a review that found nothing new': {
    of: TO_REVIEW,
    answers: { decisionReasons: 'Looked at again: he still does not need to know.', reviewOn: '' },
  },
  'a review that sets another': {
    of: TO_REVIEW,
    answers: { reviewOn: 'today+60', stillOpenReason: 'The camp is in two months.' },
    open: { 'Decision to review': 'today+60' },
  },
  'an outcome of a request that was passed on': { of: NO_OUTCOME, answers: OUTCOME },
}; // prettier-ignore

describe('an outcome settles', () => {
  const bot = withABot();

  const priya = (): Chat => bot.chat('priya');

  for (const [what, { of, answers, open = {} }] of Object.entries(SETTLED))
    it(what, async () => {
      const branch = BRANCHES[of]!;
      const { number } = await made(priya(), branch.command, dated(branch.answers, bot.today));
      const { given, sign } = await answeredFrom(
        await begunBy(priya(), `add outcome ${number}`),
        dated(answers, bot.today),
      );
      const { receipt } = savedAs(await sign());
      const count = Object.keys(open).length;
      assert.match(textOf(receipt.card), count === 0 ? /Nothing is left open/u : count === 1 ? /One item is/u : new RegExp(`${count} items are`, 'u')); // prettier-ignore
      const record = await opened(priya(), number);
      const due = Object.entries(open).map(([item, day]) => `${item} by ${longDate(dayOf(day, bot.today))}`);
      assert.deepEqual(
        textOf(record.card)
          .split('\n')
          .filter((line) => due.includes(line))
          .toSorted(),
        due.toSorted(),
      );
      const lines = linesOf(record.card);
      const said = textOf((await historyOf(priya(), number)).card);
      for (const { ids, label, reads } of given)
        if (ids.includes('stillOpenReason')) assert.ok(said.includes(reads), label);
        else assert.equal(lines.get(label), reads, label);
    });
});
