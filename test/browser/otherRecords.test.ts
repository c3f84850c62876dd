import assert from 'node:assert/strict';
import { withABrowser } from './aBrowser.ts';
import {
  ASKED_ALL,
  ASKED_NOTHING_HELD,
  ASKED_PART,
  ASKED_PASSED_ON,
  ASKED_REFUSED,
  ASKED_UNDECIDED,
  DECIDED_AGAINST,
  REPLY_ALL,
  REPLY_AWAITED,
  REPLY_IN_PART,
  REPLY_NOTHING_HELD,
  REPLY_REFUSED,
  withoutAnswers,
} from './answers.ts';
import { aTeams, type Answers, type Teams } from './aTeams.ts';

interface Conversation {
  readonly of: string;
  readonly command: string;
  readonly answers: Answers;
  /** What the receipt says of unfinished business. */
  readonly open: RegExp;
  /** Buttons of the check card that ask for more. */
  readonly adds?: readonly string[];
}

const NOTHING = /Nothing is left open\./u;
const ONE = /One item is still open\./u;

const CONVERSATIONS: readonly Conversation[] = [
  { of: 'a request that was met in full', command: 'request received', answers: ASKED_ALL, open: NOTHING },
  {
    of: 'a request that was met in part, the longest way',
    command: 'request received',
    answers: ASKED_PART,
    open: ONE,
    adds: ['Add their reference', 'Add a professional view'],
  },
  { of: 'a request that was refused', command: 'request received', answers: ASKED_REFUSED, open: NOTHING },
  { of: 'a request not decided on yet', command: 'request received', answers: ASKED_UNDECIDED, open: ONE },
  { of: 'a request of which nothing is held', command: 'request received', answers: ASKED_NOTHING_HELD, open: NOTHING },
  { of: 'a request that was passed on', command: 'request received', answers: ASKED_PASSED_ON, open: ONE },
  { of: 'a request of ours that awaits its reply', command: 'request made', answers: REPLY_AWAITED, open: ONE },
  { of: 'a request of ours that was met in full', command: 'request made', answers: REPLY_ALL, open: NOTHING },
  { of: 'a request of ours that was met in part', command: 'request made', answers: REPLY_IN_PART, open: NOTHING },
  {
    of: 'a request of ours of which they hold nothing',
    command: 'request made',
    answers: REPLY_NOTHING_HELD,
    open: NOTHING,
  },
  { of: 'a request of ours that was refused', command: 'request made', answers: REPLY_REFUSED, open: NOTHING },
  { of: 'a decision not to share', command: 'decided not to share', answers: DECIDED_AGAINST, open: ONE },
];

/** What is read as it was typed: not dates and times, nor what could not be had, which stands where it would stand. */
function readAsTyped(answers: Answers): readonly string[] {
  return Object.values(withoutAnswers(answers, ['Could not get one of these?']))
    .flat()
    .filter((answer) => !/^[\d:-]*$/u.test(answer));
}

describe('in the browser, the whole conversation about', () => {
  let teams: Teams;
  withABrowser();
  before(async () => {
    teams = await aTeams();
  });
  after(() => teams.close());

  for (const { of, command, answers, open, adds = [] } of CONVERSATIONS) {
    it(`${of} ends in a record that holds every answer`, async () => {
      await teams.say(command);
      await teams.card.getByRole('button', { name: 'Continue' }).waitFor();
      await teams.answerAll(answers);
      for (const button of adds) {
        await teams.press(button);
        await teams.answerAll(answers);
      }
      const number = await teams.sign(answers);
      assert.match(await teams.card.innerText(), open);
      await teams.press('Open record');
      await teams.shows(new RegExp(` ${number}$`, 'u'));
      const record = await teams.card.innerText();
      for (const answer of readAsTyped(answers)) assert.ok(record.includes(answer), `${answer} is not in:\n${record}`);
    });
  }
});
