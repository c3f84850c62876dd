import assert from 'node:assert/strict';
import { storeContents } from '../bot/storeContents.ts';
import { CARD_BUDGET_BYTES, cardBytes, type Card } from '../../cards/elements.ts';
import { longDate } from '../../src/londonTime.ts';
import { withABot } from './aBot.ts';
import { actionsIn, inputsIn, linesOf, textOf, typedTextsOf, type Inputs } from './aCard.ts';
import { messageOn, type Chat, type Screen } from './aChat.ts';
import { BEYOND_LIMITS, NOT_AGREED, OUTCOME, OUTCOME_AWAITED, SHARED, SPOKEN, TOLD, URGENT } from './answers.ts';
import { answered, made, opened, type Made } from './aRecord.ts';
import { dayOf } from './branches.ts';
import {
  anAmendment,
  begunAt,
  begunBy,
  historyOf,
  linesOfHistory,
  titlesOn,
  versionFrom,
  type FurtherVersion,
} from './furtherVersions.ts';

const PRIYA = 'Priya Shah, Social worker, Exampleshire Council';

interface Kind {
  readonly words: string;
  readonly button: string;
  /** The record that it is made of. */
  readonly of: Inputs;
  readonly version: FurtherVersion;
  /** How the receipt and the history call it. */
  readonly title: string;
  /** What can be read in the record from then on. */
  readonly reads: Readonly<Record<string, string>>;
  /** What the history says below who signed; days as the tables write them. */
  readonly history: readonly string[];
}

const TAKEN_BACK: Inputs = {
  withdrawnBy: 'The mother, K.B.',
  withdrawnTold: 'She rang me at the office',
  withdrawalEffect: 'I have told the health visitor.',
};
const DISPUTED: Inputs = {
  disputedBy: 'The father, D.B.',
  disputeText: 'He says that nobody asked him.',
  disputeAnswer: 'We could not reach him in time.',
};

const KINDS: Readonly<Record<string, Kind>> = {
  'an outcome': {
    words: 'add outcome',
    button: 'Add outcome',
    of: OUTCOME_AWAITED,
    version: { answers: { outcomeKnown: 'yes', outcome: 'They have mended the heating.', nextAction: 'none' } },
    title: 'Outcome added',
    reads: { 'What was the outcome?': 'They have mended the heating.', 'What happens next?': 'none' },
    history: [
      'What changed',
      ...['Do you know the outcome?', 'Before', 'Not yet', 'Now', 'Yes'],
      ...['What was the outcome?', 'Before', 'Nothing', 'Now', 'They have mended the heating.'],
      ...['When will you look for the outcome?', 'Before', 'workday+5', 'Now', 'Nothing'],
      ...['What happens next?', 'Before', OUTCOME_AWAITED.nextAction ?? '', 'Now', 'none'],
    ],
  },
  'an amendment': {
    words: 'amend',
    button: 'Amend',
    of: SPOKEN,
    version: anAmendment('Nia Practice-Jones', 'Her name was misspelt in the email.'),
    title: 'Amended',
    reads: { 'Who received it?': 'Nia Practice-Jones', 'Their job title': 'Health visitor' },
    history: [
      ...['Why do you change it?', 'Her name was misspelt in the email.', 'What changed'],
      ...['Who received it?', 'Before', 'Nia Practice', 'Now', 'Nia Practice-Jones'],
    ],
  },
  'consent taken back': {
    words: 'withdraw consent',
    button: 'Consent taken back',
    of: SPOKEN,
    version: { answers: TAKEN_BACK },
    title: 'Consent taken back, recorded',
    reads: {
      'Who took their consent back?': 'The mother, K.B.',
      'How did they tell you?': 'She rang me at the office',
      'What follows from it?': 'I have told the health visitor.',
      'Who agreed to this?': 'The mother, K.B.',
    },
    history: [
      ...['Who took their consent back?', 'The mother, K.B.', 'When did they do so?', 'today'],
      ...['How did they tell you?', 'She rang me at the office'],
      ...['What follows from it?', 'I have told the health visitor.', 'No answer was changed.'],
    ],
  },
  'a dispute': {
    words: 'dispute',
    button: 'Something disputed',
    of: SPOKEN,
    version: { answers: DISPUTED },
    title: 'Dispute recorded',
    reads: {
      'Who says that something is wrong?': 'The father, D.B.',
      'What do they say is wrong?': 'He says that nobody asked him.',
      'What do you say to it?': 'We could not reach him in time.',
    },
    history: [
      ...['Who says that something is wrong?', 'The father, D.B.', 'When did they say so?', 'today'],
      ...['What do they say is wrong?', 'He says that nobody asked him.'],
      ...['What do you say to it?', 'We could not reach him in time.', 'No answer was changed.'],
    ],
  },
};

/** Tables that change when something is asked or told, and hold no records. */
const SAID_MEANWHILE = ['accessLog', 'conversations', 'notices'] as const;

const BUTTONS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(KINDS).map(({ words, button }) => [words, button]),
);

/** A share that nobody had agreed to. */
const REFUSED_BY_ALL: Inputs = { ...SHARED, methods: 'phone', ...NOT_AGREED, ...TOLD, ...OUTCOME };

describe('further versions', () => {
  const bot = withABot();

  const priya = (): Chat => bot.chat('priya');
  const recorded = (answers: Inputs = SPOKEN): Promise<Made> => made(priya(), 'record share', answers);
  const inWords = (line: string): string => (dayOf(line, bot.today) === line ? line : longDate(dayOf(line, bot.today)));

  for (const [what, { words, button, of, version, title, reads, history }] of Object.entries(KINDS))
    describe(`that are ${what}`, () => {
      let number: string;
      let receipt: Screen;
      before(async () => {
        ({ number } = await recorded(of));
        receipt = await versionFrom(await begunBy(priya(), `${words} ${number}`), version);
      });

      it('go from the command to a receipt, which stays as the message', async () => {
        assert.equal(receipt.heading, `Saved: ${number}`);
        const said = textOf(receipt.card).split('\n');
        assert.deepEqual([said[1], said[3]], [title, 'Nothing is left open.']);
        assert.deepEqual(titlesOn(receipt.card), ['Open record', 'Wrong case?']);
        assert.deepEqual((await messageOn(priya(), receipt.messageId)).card, receipt.card);
      });

      it('go from the button on the record to the same receipt', async () => {
        const other = await recorded(of);
        const start = await begunAt(priya(), await opened(priya(), other.number), button);
        const said = textOf((await versionFrom(start, version)).card).split('\n');
        assert.deepEqual([said[0], said[1]], [`Saved: ${other.number}`, title]);
      });

      it('can be read in the record from then on, with who made them', async () => {
        const { card } = await receipt.press('Open record');
        const lines = linesOf(card);
        for (const [label, text] of Object.entries(reads)) assert.equal(lines.get(label), text, label);
        assert.ok(textOf(card).includes('\nVersion 2\n'));
        assert.match(typedTextsOf(card).at(-1) ?? '', new RegExp(`^${title} by ${PRIYA}, `, 'u'));
      });

      it('stand in the history with who made them, why, and what they changed', async () => {
        const shown = linesOfHistory(await historyOf(priya(), number));
        const said = [`History of ${number}`, 'Version 2 of 2', title, PRIYA, ...history.map(inWords)];
        assert.deepEqual(shown, said);
      });

      it('leave the version before to be read as it was', async () => {
        const first = await (await historyOf(priya(), number)).press('Earlier');
        assert.deepEqual(linesOfHistory(first), [`History of ${number}`, 'Version 1 of 2', 'Recorded', PRIYA]);
        const lines = linesOf((await first.press('Open this version')).card);
        for (const [label, text] of asAnswered(of)) assert.equal(lines.get(label), text, label);
      });
    });

  describe('that file a record under another case', () => {
    const FIRST = 'RFS-80001';
    const limited = (caseReference: string): Inputs => ({ ...SPOKEN, ...BEYOND_LIMITS, caseReference });
    const tellsOfLimits = async (caseReference: string): Promise<boolean> => {
      const { check } = await answered(priya(), 'record share', { ...SPOKEN, caseReference });
      return textOf(check.card).includes('Earlier limits to consent on this case');
    };

    it('take one press after the command with the reference, and move it from one story to the other', async () => {
      const { number } = await recorded(limited(FIRST));
      const start = await begunBy(priya(), `link ${number} rfs 80002`);
      assert.equal(linesOf(start.card).get('Case reference'), 'rfs 80002');
      assert.deepEqual(inputsIn(start.card), [], 'no name is asked');
      const receipt = await start.press('Save');
      assert.deepEqual(textOf(receipt.card).split('\n').slice(0, 2), [`Saved: ${number}`, 'Filed under a case']);
      assert.deepEqual(titlesOn(receipt.card), ['Open record']);
      assert.deepEqual([await tellsOfLimits(FIRST), await tellsOfLimits('RFS-80002')], [false, true]);
      const lines = linesOfHistory(await historyOf(priya(), number));
      const change = ['Case reference', 'Before', FIRST, 'Now', 'rfs 80002'];
      assert.deepEqual(lines.slice(2), ['Filed under a case', PRIYA, 'What changed', ...change]);
    });

    it('can be begun at “Wrong case?” on the receipt and on the record, and taken back', async () => {
      const { number, receipt } = await recorded(limited('RFS-80003'));
      const to = async (from: Screen, caseReference: string): Promise<Screen> =>
        versionFrom(await begunAt(priya(), from, 'Wrong case?'), { answers: { caseReference } });
      await to(receipt, 'RFS-80004');
      assert.deepEqual([await tellsOfLimits('RFS-80003'), await tellsOfLimits('RFS-80004')], [false, true]);
      const back = await to(await opened(priya(), number), 'RFS-80003');
      assert.match(textOf(back.card), /^Entry 3 of its case file/mu);
      assert.deepEqual([await tellsOfLimits('RFS-80003'), await tellsOfLimits('RFS-80004')], [true, false]);
    });

    it('are followed by what is changed later, under the case that the record belongs to then', async () => {
      const { number } = await recorded(limited('RFS-80007'));
      await (await begunBy(priya(), `link ${number} RFS-80008`)).press('Save');
      await versionFrom(await begunBy(priya(), `amend ${number}`), anAmendment());
      assert.equal(linesOf((await opened(priya(), number)).card).get('Case reference'), 'RFS-80008');
      assert.deepEqual([await tellsOfLimits('RFS-80007'), await tellsOfLimits('RFS-80008')], [false, true]);
    });

    it('are asked for the reference when the command has none', async () => {
      const { number } = await recorded({ ...SPOKEN, caseReference: '' });
      const start = await begunBy(priya(), `link ${number}`);
      assert.deepEqual([start.heading, inputsIn(start.card).map(({ id }) => id)], ['Which case is it?', ['caseReference']]); // prettier-ignore
      await versionFrom(start, { answers: { caseReference: 'RFS-80005' } });
      assert.equal(linesOf((await opened(priya(), number)).card).get('Case reference'), 'RFS-80005');
    });

    it('take a record off the list of those without a case, from which a records officer files it', async () => {
      const { number } = await recorded({ ...SPOKEN, caseReference: '' });
      const rowan = bot.chat('rowan');
      const listed = async (): Promise<Screen> => (await rowan.ask('unlinked')).press('Open');
      const open = actionsIn((await listed()).card).find(({ data }) => data?.number === number);
      const record = await (await listed()).perform(open!);
      assert.deepEqual(titlesOn(record.card), ['Wrong case?', 'Something disputed', 'History', 'Copy as text']);
      const start = await begunAt(rowan, record, 'Wrong case?');
      await versionFrom(start, { answers: { caseReference: 'RFS-80006' } });
      assert.ok(!textOf((await listed()).card).includes(number));
      assert.equal(linesOf((await opened(priya(), number)).card).get('Case reference'), 'RFS-80006');
    });
  });

  describe('that cannot be made', () => {
    const URGENTLY = 'record share urgent';
    const REFUSED: Readonly<Record<string, readonly [string, string, Inputs, string, RegExp]>> = {
      'an outcome of a record in which nothing is open': ['add outcome', 'record share', SPOKEN, 'Nothing is open', /To change an answer, amend it\./u],
      'an outcome of an urgent record that is to be completed': ['add outcome', URGENTLY, URGENT, 'First complete it', /Complete it first\./u],
      'an amendment of an urgent record that is to be completed': ['amend', URGENTLY, URGENT, 'First complete it', /Complete it first\./u],
      'consent taken back where nobody had agreed': ['withdraw consent', 'record share', REFUSED_BY_ALL, 'No consent to take back', /says of nobody that they agreed\./u],
    }; // prettier-ignore
    for (const [what, [words, command, answers, heading, text]] of Object.entries(REFUSED))
      it(`are ${what}: it says so, offers the record and writes nothing`, async () => {
        const { number } = await made(priya(), command, answers);
        const before = storeContents(bot.dataDir, SAID_MEANWHILE);
        const refused = await priya().ask(`${words} ${number}`);
        assert.equal(refused.heading, heading);
        assert.match(textOf(refused.card), text);
        assert.ok(storeContents(bot.dataDir, SAID_MEANWHILE) === before, 'nothing is written');
        const record = await refused.press('Open record');
        assert.ok(!titlesOn(record.card).includes(BUTTONS[words] ?? words), 'nor has the record a button for it');
      });

    it('are an outcome once it was added: nothing is open any more', async () => {
      const { number } = await recorded(OUTCOME_AWAITED);
      const { version } = KINDS['an outcome']!;
      await versionFrom(await begunBy(priya(), `add outcome ${number}`), version);
      assert.equal((await priya().ask(`add outcome ${number}`)).heading, 'Nothing is open');
    });
  });

  describe('whose answers are long', () => {
    const LONG = { was: 'The old account of it. '.repeat(40), now: 'The new account of it. '.repeat(40) };
    const REASON = `${'I had the day wrong and have looked it up. '.repeat(20)}That is all.`;
    let number: string;
    let earlier: Screen;
    before(async () => {
      ({ number } = await recorded({ ...SPOKEN, informationShared: LONG.was }));
      const changes = { section: 'information', answers: { informationShared: LONG.now } };
      await versionFrom(await begunBy(priya(), `amend ${number}`), { changes, answers: { amendmentReason: REASON } });
      earlier = await (await (await historyOf(priya(), number)).press('Earlier')).press('Open this version');
    });

    it('show the whole answer of an earlier version, and the earlier version again', async () => {
      const whole = await earlier.press('Show all');
      assert.deepEqual(typedTextsOf(whole.card), [LONG.was]);
      assert.deepEqual((await whole.press('Back to the record')).card, earlier.card);
    });

    it('copy the earlier version that is shown', async () => {
      const copied = inputsIn((await earlier.press('Copy as text')).card)[0]?.value ?? '';
      assert.ok(copied.includes(LONG.was.trim()) && !copied.includes(LONG.now.trim()));
    });

    it('say that an earlier version is one, and lead to the record as it stands', async () => {
      assert.match(textOf(earlier.card), /^This is version 1 of 2: the record was changed since\.$/mu);
      assert.deepEqual((await earlier.press('Open record')).card, (await opened(priya(), number)).card);
    });

    it('show the whole reason of an amendment from its history', async () => {
      assert.deepEqual(typedTextsOf((await (await historyOf(priya(), number)).press('Show all')).card), [REASON]);
    });
  });

  it('keep the record within the budget of a card, however often it is disputed', async () => {
    const { number } = await recorded();
    const long = 'He says that nobody asked him. '.repeat(50);
    const disputed = { answers: { disputedBy: 'The father, D.B.', disputeText: long, disputeAnswer: long } };
    for (let nth = 0; nth < 12; nth += 1) await versionFrom(await begunBy(priya(), `dispute ${number}`), disputed);
    const { card } = await opened(priya(), number);
    assert.ok(cardBytes(card as unknown as Card) <= CARD_BUDGET_BYTES); // as it came over the wire
    assert.match(textOf(card), /^9 earlier notes stand in the history\.$/mu);
  });

  it('file a record under no case in which it stands already', async () => {
    const { number } = await recorded({ ...SPOKEN, caseReference: 'RFS-80009' });
    for (const same of ['RFS-80009', 'rfs 80009']) {
      const again = await (await begunBy(priya(), `link ${number} ${same}`)).press('Save');
      assert.match(textOf(again.card), /It is filed under this case already\./u);
    }
  });

  it('read their command however it is typed', async () => {
    const { number } = await recorded(OUTCOME_AWAITED);
    for (const typed of ['ADD OUTCOME  ', ' Amend ', 'Withdraw   Consent ', 'DISPUTE ', 'Link '])
      assert.match((await priya().ask(`${typed}${number.toLowerCase().replace('-', '')}`)).heading, new RegExp(`: ${number}$`, 'u')); // prettier-ignore
  });

  it('of several kinds follow one another, each to be read in turn', async () => {
    const { number } = await recorded(OUTCOME_AWAITED);
    const kinds = ['an outcome', 'an amendment', 'consent taken back', 'a dispute'].map((what) => KINDS[what]!);
    for (const { words, version } of kinds) await versionFrom(await begunBy(priya(), `${words} ${number}`), version);
    const titles: (string | undefined)[] = [];
    let page = await historyOf(priya(), number);
    for (; titlesOn(page.card).includes('Earlier'); page = await page.press('Earlier'))
      titles.unshift(linesOfHistory(page)[2]);
    assert.deepEqual(
      titles,
      kinds.map(({ title }) => title),
    );
    for (let nth = 2; titlesOn(page.card).includes('Later'); nth += 1) {
      page = await page.press('Later');
      assert.equal(linesOfHistory(page)[1], `Version ${nth} of 5`);
    }
    assert.ok(!titlesOn(page.card).includes('Open record'), 'the last page is the record as it stands');
    const pastTheEnd = { type: 'Action.Execute', verb: 'record.history', data: { number, version: 6 } };
    assert.deepEqual((await page.perform(pastTheEnd)).card, page.card);
    const text = inputsIn((await (await opened(priya(), number)).press('Copy as text')).card)[0]?.value ?? '';
    for (const typed of ['mended the heating', 'Nia Practice-Jones', 'She rang me at the office', 'nobody asked him'])
      assert.ok(text.includes(typed), typed);
  });
});

/** Answers that a share was given, by their questions: those that are typed. */
function asAnswered(answers: Inputs): readonly (readonly [string, string])[] {
  const { recipientName = '', reason = '', informationShared = '', consentGivenBy = '', nextAction = '' } = answers;
  return [
    ['Who received it?', recipientName],
    ['Why did you share it?', reason],
    ['What was shared?', informationShared],
    ['Who agreed to this?', consentGivenBy],
    ['What happens next?', nextAction],
  ];
}
