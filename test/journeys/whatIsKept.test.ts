import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { foundIn } from '../bot/clearText.ts';
import { everythingKept, rowsIn } from '../bot/storeContents.ts';
import { PEOPLE, RIVERSIDE, withABot } from './aBot.ts';
import { actionsIn, headingOf, type Inputs, type WireCard } from './aCard.ts';
import { aChat, http, type Chat } from './aChat.ts';
import { OUTCOME_AWAITED, SPOKEN } from './answers.ts';
import { answered, made, opened, savedAs } from './aRecord.ts';
import { IS_ON_COSMOS } from './aStore.ts';
import { dated } from './branches.ts';
import { CANARY_RECORDS, CASE_OF_ALL, everyMessage, EVERYBODY, withCanaries, type Somebody } from './canaries.ts';
import { askEverything, REFUSALS } from './canaryQuestions.ts';
import {
  anAmendment,
  begunAt,
  begunBy,
  historyOf,
  signed,
  titlesOn,
  versionFrom,
  versionReady,
  type FurtherVersion,
} from './furtherVersions.ts';

const LINKED_TO = 'KNR-90909';
const NOT_LINKED_TO = 'KNR-70707';
/** What stands in everything that is typed, and nowhere else: one to be found, one that JSON may escape. */
const MARK = 'Kanari';
const FAR_MARK = 'Ŵŷŵ';
const SIGNATURE = `${MARK} ${FAR_MARK}`;
/** What is typed to ask for what is kept already. */
const ASKED = `${SIGNATURE} Asked`;
const CANARIES = [MARK, FAR_MARK, CASE_OF_ALL, LINKED_TO, NOT_LINKED_TO, 'KNR 90909'] as const;

describe('what is kept of what was typed', () => {
  const typed: string[] = [];
  const shown: WireCard[] = [];
  const bot = withABot();
  let number: string;

  const chat = (person: Somebody): Chat => aChat(bot.running.url, PEOPLE[person], (card) => shown.push(card));
  const marked = (answers: Inputs): Inputs => withCanaries(dated(answers, bot.today), typed, ` ${FAR_MARK}`);
  const inFull = ({ changes, answers }: FurtherVersion): FurtherVersion => ({
    answers: marked(answers),
    ...(changes === undefined ? {} : { changes: { ...changes, answers: marked(changes.answers) } }),
  });

  before(async () => {
    for (const [person, command, answers] of CANARY_RECORDS) {
      const { sign } = await answered(chat(person), command, marked(answers));
      await savedAs(await sign(SIGNATURE)).receipt.press('Open record');
    }
    number = (await made(chat('priya'), 'record share', marked({ ...OUTCOME_AWAITED, caseReference: CASE_OF_ALL })))
      .number;
    for (const [command, version] of VERSIONS)
      await versionFrom(await begunBy(chat('priya'), command.replace('…', number)), inFull(version), SIGNATURE);
    await overtakenBy(chat('maureen'));
    await leaveUnfinished();
    await askEverything(bot, chat, ASKED);
    await readEverything();
  });

  /** Priya and Maureen amend at once; Priya is asked, and leaves it there. */
  async function overtakenBy(other: Chat): Promise<void> {
    const [mine, theirs] = [1, 2].map(() => inFull(anAmendment('Carys Again', 'She has married since.')));
    const check = await versionReady(await begunBy(chat('priya'), `amend ${number}`), mine!);
    await versionFrom(await begunBy(other, `amend ${number}`), theirs!, `${MARK} Castle`);
    const told = await signed(check, mine!, SIGNATURE);
    assert.equal(told.heading, 'Somebody else was first');
    await told.press('Go on with mine');
  }

  /** Forms of every kind that are begun and left: answered in part, refused for a problem, put off, deleted. */
  async function leaveUnfinished(): Promise<void> {
    const priya = chat('priya');
    const check = await begunBy(priya, `link ${number} ${NOT_LINKED_TO}`);
    await (await check.press('Back')).press('Finish later');
    for (const [command, answers] of UNFINISHED) {
      const start = await begunBy(priya, command.replace('…', number));
      const again = await start.press('Continue', marked(answers));
      assert.equal(again.heading, start.heading, 'something is still missing');
      await again.press('Finish later');
    }
    const { check: ready } = await answered(priya, 'record share', marked(SPOKEN));
    await ready.press('Sign and save', { signature: MARK.repeat(50) });
    const deleted = await answered(priya, 'record share', marked(SPOKEN));
    await (await deleted.check.press('Cancel')).press('Delete it');
    const channel = `${bot.running.url}/local/chats/channel/${RIVERSIDE}/messages`;
    await http(channel, { personId: PEOPLE.priya, text: `link ${number} ${LINKED_TO}` });
    await http(channel, { personId: PEOPLE.priya, text: `${MARK} of Exampleshire was seen` });
  }

  async function readEverything(): Promise<void> {
    for (const person of EVERYBODY) {
      await chat(person).open();
      for (const command of ['drafts', 'my records', 'unlinked', 'help']) await chat(person).ask(command);
      const record = await opened(chat(person), number);
      if (record.heading === 'Nothing here') continue;
      await record.press('Copy as text');
      for (const title of ['Amend', 'Something disputed', 'Wrong case?'].filter((each) =>
        titlesOn(record.card).includes(each),
      ))
        await begunAt(chat(person), record, title);
      let page = await historyOf(chat(person), number);
      for (; titlesOn(page.card).includes('Earlier'); page = await page.press('Earlier'))
        await page.press('Open this version');
    }
  }

  it('is in the cards that were shown, which is what the next tests look for', () => {
    const seen = JSON.stringify(shown);
    for (const canary of [...typed, ASKED, CASE_OF_ALL, LINKED_TO, NOT_LINKED_TO])
      assert.ok(seen.includes(canary), canary);
    assert.ok(typed.length > 100, `${typed.length} typed`);
  });

  it('is in no message of the bot, in whichever chat, nor in the data of a button there', async () => {
    const messages = await everyMessage(bot);
    assert.ok(messages.length > 60, `${messages.length} messages`);
    assert.deepEqual(foundIn(Buffer.from(JSON.stringify(messages)), CANARIES), []);
  });

  it('is in no refusal', () => {
    const refusals = shown.filter((card) => REFUSALS.has(headingOf(card)));
    assert.ok(refusals.length > 50, `${refusals.length} refusals`);
    assert.deepEqual(foundIn(Buffer.from(JSON.stringify(refusals)), CANARIES), []);
  });

  it('is in the data of no button of any card that was shown', () => {
    const data = shown.flatMap(actionsIn).map((action) => action.data);
    assert.ok(data.length > 500, `${data.length} buttons`);
    assert.deepEqual(foundIn(Buffer.from(JSON.stringify(data)), CANARIES), []);
    const ids = [
      'asked',
      'before',
      'change',
      'draftId',
      'field',
      'how',
      'number',
      'open',
      'page',
      'part',
      'revision',
      'section',
      'version',
    ];
    const names = new Set(data.flatMap((each) => Object.keys(each ?? {})));
    assert.deepEqual(
      [...names].filter((name) => !ids.includes(name)),
      [],
    );
  });

  it('is not in the log', () => {
    assert.deepEqual(foundIn(Buffer.from(bot.logged.join('\n')), CANARIES), []);
  });

  it('is in no file in clear: neither while the bot runs nor once it has stopped', async () => {
    for (const table of ['versions', 'drafts', 'conversations', 'accessLog', 'notices'] as const)
      assert.ok(rowsIn(bot.dataDir, table).length > 3, table);
    const log = join(bot.dataDir, 'sharing-log.sqlite-wal');
    assert.ok(IS_ON_COSMOS || statSync(log).size > 0, 'the log beside the database is looked at');
    const running = everythingKept(bot.dataDir);
    await bot.close();
    for (const bytes of [running, everythingKept(bot.dataDir)]) {
      assert.deepEqual(foundIn(bytes, [number, PEOPLE.priya]), [number, PEOPLE.priya], 'what may stand there is found');
      assert.deepEqual(foundIn(bytes, CANARIES), []);
    }
    await bot.start();
  });
});

const VERSIONS: readonly (readonly [string, FurtherVersion])[] = [
  ['add outcome …', { answers: { outcomeDue: 'today+20', stillOpenReason: 'Nobody has answered yet.' } }],
  ['amend …', { changes: { section: 'information', answers: { reason: 'The flat has had no heating.' } }, answers: { amendmentReason: 'I had the day wrong.' } }],
  ['withdraw consent …', { answers: { withdrawnBy: 'The stepfather, L.X.', withdrawnTold: 'In a letter', withdrawalEffect: 'I have told the landlord.' } }],
  ['dispute …', { answers: { disputedBy: 'The stepfather, L.X.', disputeText: 'He says there was heating.', disputeAnswer: 'We have the bill.' } }],
  [`link … ${LINKED_TO}`, { answers: {} }],
  ['add outcome …', { answers: { outcomeKnown: 'yes', outcome: 'The heating was mended.', nextAction: 'none at all' } }],
]; // prettier-ignore

/** Answers of which one is missing or cannot stand. */
const UNFINISHED: readonly (readonly [string, Inputs])[] = [
  ['withdraw consent …', { withdrawnBy: 'The mother, K.B.', withdrawalEffect: 'I tell her school.' }],
  ['dispute …', { disputedBy: 'The father, D.B.', disputeAnswer: 'We have it in writing.' }],
];
