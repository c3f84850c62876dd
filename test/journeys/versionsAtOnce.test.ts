import assert from 'node:assert/strict';
import { rowsIn } from '../bot/storeContents.ts';
import { withABot } from './aBot.ts';
import { buttonIn, headingOf, linesOf, pressData, textOf, typedTextsOf } from './aCard.ts';
import { cardIn, messageOn, refreshed, type Chat, type Screen } from './aChat.ts';
import { BEYOND_LIMITS, OUTCOME_AWAITED, SPOKEN } from './answers.ts';
import { answeredFrom, made, opened, savedAs } from './aRecord.ts';
import {
  anAmendment,
  begunBy,
  historyOf,
  linesOfHistory,
  signed,
  versionFrom,
  versionReady,
  type FurtherVersion,
} from './furtherVersions.ts';

const MAUREEN = 'Maureen Castle';
const MINE = anAmendment('Nia Mine', 'That is how she signs.');
const THEIRS = anAmendment('Nia Theirs', 'So says the directory.');
const AN_OUTCOME: FurtherVersion = {
  answers: { outcomeKnown: 'yes', outcome: 'They have mended the heating.', nextAction: 'none' },
};

describe('further versions of one record', () => {
  const bot = withABot();

  const priya = (): Chat => bot.chat('priya');
  const maureen = (): Chat => bot.chat('maureen');
  const recorded = async (answers = SPOKEN): Promise<string> => (await made(priya(), 'record share', answers)).number;
  const versionsOf = (number: string): number =>
    rowsIn(bot.dataDir, 'versions').filter((row) => row.number === number).length;
  const signing = ({ card }: Screen, { answers }: FurtherVersion, title = 'Sign and save'): object => {
    const action = buttonIn(card, title);
    return { ...action, data: pressData(card, action, { ...answers, signature: 'Priya Shah' }) };
  };
  /** Both have written; Maureen has signed and Priya signs after her. */
  const overtaken = async (): Promise<{ number: string; mine: Screen; told: Screen }> => {
    const number = await recorded();
    const mine = await versionReady(await begunBy(priya(), `amend ${number}`), MINE);
    await versionFrom(await begunBy(maureen(), `amend ${number}`), THEIRS, MAUREEN);
    return { number, mine, told: await signed(mine, MINE) };
  };

  describe('by two people at once', () => {
    it('show the second what both have written, and save nothing of it unasked', async () => {
      const { number, told } = await overtaken();
      assert.deepEqual(textOf(told.card).split('\n').slice(2), [
        ...['Theirs and yours', 'Who received it?', 'Theirs', 'Nia Theirs', 'Yours', 'Nia Mine'],
        'Go on to sign yours on top of theirs, or delete yours to keep theirs.',
      ]);
      assert.equal(told.heading, 'Somebody else was first');
      assert.equal(versionsOf(number), 2);
      assert.equal(linesOf((await told.press('Open record')).card).get('Who received it?'), 'Nia Theirs');
    });

    it('let the second go on: what is theirs and what is changed in it stand above the signature', async () => {
      const { number, told } = await overtaken();
      const again = await told.press('Go on with mine');
      const text = textOf(again.card);
      assert.match(text, /Somebody else has changed this record meanwhile: it is at version 2\./u);
      assert.ok(text.includes('What you change\nWho received it?\nBefore\nNia Theirs\nNow\nNia Mine'), text);
      assert.equal(savedAs(await signed(again, MINE)).number, number);
      const page = linesOfHistory(await historyOf(priya(), number));
      assert.deepEqual(page.slice(1, 3), ['Version 3 of 3', 'Amended']);
      assert.deepEqual(page.slice(-5), ['Who received it?', 'Before', 'Nia Theirs', 'Now', 'Nia Mine']);
      const theirs = await (await historyOf(priya(), number)).press('Earlier');
      assert.deepEqual(linesOfHistory(theirs).slice(3, 6), [
        'Maureen Castle, Team manager, Exampleshire Council',
        'Why do you change it?',
        'So says the directory.',
      ]);
    });

    it('let the second delete their own and keep the other', async () => {
      const { number, told } = await overtaken();
      const asked = await told.press('Delete mine');
      assert.equal(asked.heading, 'Delete this unfinished record?');
      assert.equal((await asked.press('Delete it')).heading, 'Deleted');
      assert.equal(versionsOf(number), 2);
      const begun = await begunBy(priya(), `amend ${number}`);
      assert.ok(typedTextsOf(begun.card).includes('Nia Theirs'), 'one begins afresh from theirs');
    });

    it('ask the second once more when a third gets in again', async () => {
      const { number, told } = await overtaken();
      const again = await told.press('Go on with mine');
      const third = anAmendment('Nia Third', 'She wrote to say so.');
      await versionFrom(await begunBy(maureen(), `amend ${number}`), third, MAUREEN);
      const twice = await signed(again, MINE);
      assert.ok(textOf(twice.card).includes('Theirs\nNia Third\nYours\nNia Mine'), textOf(twice.card));
      assert.equal(versionsOf(number), 3);
    });

    it('are not signed on top when the press that was too late is delivered again', async () => {
      const { number, mine } = await overtaken();
      const card = cardIn(await priya().invoke(mine.messageId, signing(mine, MINE)));
      assert.match(textOf(card), /has moved on since that card was drawn/u);
      assert.equal(versionsOf(number), 2);
    });

    it('are told of on every device: the message shows what stands now', async () => {
      const { mine } = await overtaken();
      const elsewhere = await refreshed(priya(), mine.messageId);
      assert.match(textOf(elsewhere.card), /Somebody else has changed this record meanwhile/u);
    });

    it('signed in the same moment are one of them: the other is asked', async () => {
      const number = await recorded();
      const mine = await versionReady(await begunBy(priya(), `amend ${number}`), MINE);
      const theirs = await versionReady(await begunBy(maureen(), `amend ${number}`), THEIRS);
      const answers = await Promise.all([signed(mine, MINE), signed(theirs, THEIRS, MAUREEN)]);
      const headings = answers.map(({ heading }) => heading).toSorted();
      assert.deepEqual(headings, [`Saved: ${number}`, 'Somebody else was first']);
      assert.equal(versionsOf(number), 2);
    });

    it('that link to two cases show the second both', async () => {
      const number = await recorded();
      const mine = await begunBy(priya(), `link ${number} RFS-81002`);
      await (await begunBy(maureen(), `link ${number} RFS-81003`)).press('Save');
      const told = textOf((await mine.press('Save')).card);
      assert.ok(told.includes('Case reference\nTheirs\nRFS-81003\nYours\nRFS-81002'), told);
    });

    it('of two kinds lose neither what was amended nor what is said beside it', async () => {
      const number = await recorded();
      const disputed: FurtherVersion = {
        answers: { disputedBy: 'The father', disputeText: 'He says nobody asked him.' },
      };
      const mine = await versionReady(await begunBy(priya(), `dispute ${number}`), disputed);
      await versionFrom(await begunBy(maureen(), `amend ${number}`), THEIRS, MAUREEN);
      const told = await signed(mine, disputed);
      assert.equal(told.heading, 'Somebody else was first');
      savedAs(await signed(await told.press('Go on with mine'), disputed));
      const lines = linesOf((await opened(priya(), number)).card);
      assert.equal(lines.get('Who received it?'), 'Nia Theirs');
      assert.equal(lines.get('What do they say is wrong?'), 'He says nobody asked him.');
    });
  });

  describe('at one press made several times', () => {
    const ONCE: Readonly<Record<string, readonly [string, typeof SPOKEN, FurtherVersion]>> = {
      'an outcome': ['add outcome …', OUTCOME_AWAITED, AN_OUTCOME],
      'an amendment': ['amend …', SPOKEN, MINE],
      'a link': ['link … RFS-81001', SPOKEN, { answers: {} }],
      'consent taken back': ['withdraw consent …', SPOKEN, { answers: { withdrawnBy: 'The mother', withdrawnTold: 'By letter' } }],
      'a dispute': ['dispute …', SPOKEN, { answers: { disputedBy: 'The father', disputeText: 'He says nobody asked him.' } }],
    }; // prettier-ignore
    for (const [what, [command, of, version]] of Object.entries(ONCE))
      it(`are one: ${what}, asked for three times, signed three times at once, and delivered again`, async () => {
        const number = await recorded(of);
        const starts: Screen[] = [];
        for (let asked = 0; asked < 3; asked += 1) starts.push(await begunBy(priya(), command.replace('…', number)));
        assert.equal(new Set(starts.map(({ card }) => JSON.stringify(card))).size, 1, 'the same draft each time');
        const check = await versionReady(starts[0]!, version);
        const press = signing(check, version, what === 'a link' ? 'Save' : 'Sign and save');
        const answers = await Promise.all([1, 2, 3].map(() => priya().invoke(check.messageId, press)));
        answers.push(await priya().invoke(check.messageId, press));
        const cards = answers.map(cardIn);
        assert.equal(headingOf(cards[0]!), `Saved: ${number}`);
        for (const card of cards) assert.deepEqual(card, cards[0]);
        assert.deepEqual((await refreshed(priya(), starts[1]!.messageId)).card, cards[0], 'on the other messages too');
        assert.equal(versionsOf(number), 2);
      });

    it('are one: at a button of the record, pressed three times at once', async () => {
      const number = await recorded();
      const record = await opened(priya(), number);
      const before = rowsIn(bot.dataDir, 'drafts').length;
      const answers = await Promise.all([1, 2, 3].map(() => record.press('Amend')));
      assert.deepEqual(answers.map(({ heading }) => heading), ['Go on below', 'Go on below', 'Go on below']); // prettier-ignore
      assert.equal(rowsIn(bot.dataDir, 'drafts').length, before + 1);
    });
  });

  it('survive a restart of the bot: signed ones, begun ones, and one that somebody was asked about', async () => {
    const amended = await recorded({ ...SPOKEN, ...BEYOND_LIMITS, caseReference: 'RFS-82001' });
    await versionFrom(await begunBy(priya(), `amend ${amended}`), MINE);
    await (await begunBy(priya(), `link ${amended} RFS-82002`)).press('Save');
    const begun = await recorded();
    await versionReady(await begunBy(priya(), `amend ${begun}`), MINE);
    const { number: asked } = await overtaken();
    const read = async (): Promise<readonly unknown[]> => [
      (await opened(priya(), amended)).card,
      linesOfHistory(await historyOf(priya(), amended)),
      linesOfHistory(await (await historyOf(priya(), amended)).press('Earlier')),
    ];
    const before = await read();
    await bot.close();
    await bot.start();
    assert.deepEqual(await read(), before);
    for (const number of [begun, asked]) {
      const { check } = await answeredFrom(await begunBy(priya(), `amend ${number}`), MINE.answers);
      assert.ok(typedTextsOf(check.card).includes(number === begun ? 'Nia Mine' : 'Nia Theirs'));
    }
    const drafts = await priya().ask('drafts');
    assert.ok(textOf(drafts.card).includes(`Amend: ${asked}`));
    const other = await answeredFrom(await priya().ask('record share'), { ...SPOKEN, caseReference: 'RFS-82002' });
    assert.ok(textOf(other.check.card).includes('Earlier limits to consent on this case'));
    assert.equal((await messageOn(priya(), drafts.messageId)).heading, 'Your unfinished records');
  });
});
