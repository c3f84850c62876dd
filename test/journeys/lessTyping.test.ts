import assert from 'node:assert/strict';
import { storeContents } from '../bot/storeContents.ts';
import { withABot, type PEOPLE } from './aBot.ts';
import { actionsIn, buttonIn, inputsIn, linesOf, pressData, textOf, type Inputs, type WireAction } from './aCard.ts';
import { answersOn, type Screen } from './aChat.ts';
import {
  AGREED,
  ALL_SHARED,
  ASKED,
  AWAITED,
  BEYOND_LIMITS,
  DECIDED_NOT_TO,
  NOT_AGREED,
  OUTCOME,
  PARTLY_AGREED,
  SHARED,
  TOLD,
  withoutTelephone,
} from './answers.ts';
import { answeredFrom, made, opened, openedBelow, savedAs, type Made } from './aRecord.ts';

type Somebody = keyof typeof PEOPLE;

const NO_SUCH_NUMBER = 'SL-00000000';
const ARRIVED: Inputs = { receiptConfirmed: 'yes', receiptHow: 'signedFor' };
/** A share by letter of which everything is known, but for the consent. */
const ALL_BUT_CONSENT: Inputs = { ...SHARED, ...ARRIVED, ...TOLD, ...OUTCOME };
const A_SHARE: Inputs = { ...ALL_BUT_CONSENT, ...AGREED, consentLimits: 'none' };

describe('less typing', () => {
  const bot = withABot();

  /** Answers card after card until one whose heading is this. */
  const until = async (person: Somebody, command: string, heading: string, answers: Inputs): Promise<Screen> => {
    let shown = await bot.chat(person).ask(command);
    for (let cards = 0; cards < 8 && shown.heading !== heading; cards += 1)
      shown = await shown.press('Continue', answersOn(shown.card, answers));
    assert.equal(shown.heading, heading);
    return shown;
  };
  /** Presses a button as it stands, but about another record. */
  const pressAbout = (shown: Screen, action: WireAction, number: string, typed: Inputs = {}): Promise<Screen> =>
    shown.perform({ ...action, data: { ...pressData(shown.card, action, typed), number } });

  describe('by choosing someone dealt with lately', () => {
    const RECIPIENT = 'Who received it';
    const recentsOn = ({ card }: Screen): readonly WireAction[] =>
      actionsIn(card).filter(({ verb }) => verb === 'draft.recent');
    let mine: Made;
    let theirs: Made;
    before(async () => {
      mine = await made(bot.chat('priya'), 'record share', { ...A_SHARE, ...withoutTelephone('recipient') });
      theirs = await made(bot.chat('tom'), 'record share', { ...A_SHARE, recipientName: 'Tom’s own contact' });
    });

    it('is offered, folded away, on the card that asks for the other person', async () => {
      const shown = await until('priya', 'record share', RECIPIENT, A_SHARE);
      assert.match(JSON.stringify(shown.card), /"Action\.ToggleVisibility","title":"Someone you dealt with lately"/u);
      assert.deepEqual(
        recentsOn(shown).map(({ title, data }) => [title, data?.number]),
        [['Fill in Carys Fabled, Housing officer, Exampleshire Homes', mine.number]],
      );
    });

    it('fills in the whole block, what could not be had included, and goes on', async () => {
      const shown = await until('priya', 'record share', RECIPIENT, A_SHARE);
      const next = await shown.perform(recentsOn(shown)[0]!);
      assert.equal(next.heading, 'What was shared, and why');
      const filled = Object.entries({ ...A_SHARE, ...withoutTelephone('recipient') }).filter(
        ([id, text]) => id.startsWith('recipient') && text !== '',
      );
      assert.deepEqual(standingIn(await next.press('Back')), Object.fromEntries(filled));
    });

    it('is the same in another type of record, whose questions have other names', async () => {
      const shown = await until('priya', 'request received', 'Who asked', ASKED);
      const back = await (await shown.perform(recentsOn(shown)[0]!)).press('Back');
      assert.equal(standingIn(back).requesterName, SHARED.recipientName);
      assert.equal(standingIn(back).requesterOrganisation, SHARED.recipientOrganisation);
    });

    it('is not offered once the block has an answer, nor to someone who has made no record', async () => {
      const shown = await until('priya', 'record share', RECIPIENT, A_SHARE);
      const again = await shown.press('Continue', { recipientName: 'Somebody new' });
      assert.equal(again.heading, RECIPIENT);
      assert.deepEqual(recentsOn(again), []);
      assert.deepEqual(recentsOn(await until('ffion', 'record share', RECIPIENT, A_SHARE)), []);
    });

    it('with the number of somebody else’s record changes nothing and reveals nothing', async () => {
      const shown = await until('priya', 'record share', RECIPIENT, A_SHARE);
      const before = storeContents(bot.dataDir);
      const [recent] = recentsOn(shown);
      const taken = await pressAbout(shown, recent!, theirs.number);
      assert.deepEqual(taken.card, (await pressAbout(shown, recent!, NO_SUCH_NUMBER)).card);
      assert.deepEqual(taken.card, shown.card);
      assert.equal(storeContents(bot.dataDir), before);
    });
  });

  describe('by taking over an earlier agreement', () => {
    const SAME = /^Same consent as (SL-\w+)$/u;
    const offeredOn = ({ card }: Screen): readonly string[] =>
      actionsIn(card).flatMap(({ title }) => SAME.exec(title)?.[1] ?? []);
    const onConsent = (person: Somebody, caseReference: string): Promise<Screen> =>
      until(person, 'record share', 'Consent and the family', { ...A_SHARE, caseReference });
    const asked = { familyInformed: 'yes', keepFrom: 'The lodger' };

    it('is offered on the card that asks for consent, and fills in who agreed, how, when and within what limits', async () => {
      const earlier = { ...A_SHARE, ...AGREED, ...BEYOND_LIMITS, caseReference: 'RFS-41001' };
      const { number } = await made(bot.chat('priya'), 'record share', earlier);
      const shown = await onConsent('priya', 'RFS-41001');
      assert.deepEqual(offeredOn(shown), [number]);
      const again = await shown.press(`Same consent as ${number}`, asked);
      assert.equal(again.heading, shown.heading);
      assert.match(
        textOf(again.card),
        new RegExp(`Taken over from ${number}\\. Check that it holds for this too`, 'u'),
      );
      assert.deepEqual(
        { ...standingIn(again), toldOfRecords: 'now' },
        { ...standingIn(shown), ...asked, consent: 'with', toldOfRecords: 'now' },
      );
      const { check } = await answeredFrom(again, { toldOfRecords: 'now', withinLimits: 'yes', ...OUTCOME });
      const lines = linesOf(check.card);
      assert.equal(lines.get('Who agreed to this?'), AGREED.consentGivenBy);
      assert.equal(lines.get('How did they agree?'), 'In writing');
      assert.equal(lines.get('What are the limits?'), BEYOND_LIMITS.consentLimitsDetail);
      assert.equal(lines.get('Was what you shared within those limits?'), 'Yes');
    });

    it('is offered across types, and takes over only what both ask', async () => {
      const { number } = await made(bot.chat('priya'), 'record share', {
        ...A_SHARE,
        ...BEYOND_LIMITS,
        caseReference: 'RFS-41002',
      });
      const shown = await until('priya', 'request made', 'What you asked for', {
        ...AWAITED,
        caseReference: 'RFS-41002',
      });
      const again = await shown.press(`Same consent as ${number}`, answersOn(shown.card, { ...AWAITED, consent: '' }));
      const next = await again.press('Continue');
      assert.equal(standingIn(next).consentGivenBy, AGREED.consentGivenBy);
      assert.equal(standingIn(next).requestLimits, undefined);
    });

    const NOT_TO_TAKE_OVER: readonly (readonly [string, string, Inputs])[] = [
      ['taken back', 'RFS-41003', { ...PARTLY_AGREED, noConsentCircumstances: 'withdrawn', consentLimits: 'none' }],
      ['not given', 'RFS-41004', NOT_AGREED],
    ];
    for (const [what, caseReference, consent] of NOT_TO_TAKE_OVER)
      it(`is not offered for consent that was ${what}`, async () => {
        await made(bot.chat('priya'), 'record share', { ...ALL_BUT_CONSENT, ...consent, caseReference });
        assert.deepEqual(offeredOn(await onConsent('priya', caseReference)), []);
      });

    it('is not offered without a case, nor from another case', async () => {
      const shown = await onConsent('priya', '');
      assert.deepEqual(offeredOn(shown), []);
      assert.deepEqual(offeredOn(await onConsent('priya', 'RFS-41999')), []);
    });

    it('is not offered to someone who may not see that record', async () => {
      const { number } = await made(bot.chat('ffion'), 'record share', { ...A_SHARE, caseReference: 'RFS-41005' });
      assert.deepEqual(offeredOn(await onConsent('priya', 'RFS-41005')), []);
      assert.deepEqual(offeredOn(await onConsent('gerald', 'RFS-41005')), [number]);
    });

    it('of another case, or of a record that one may not see, copies nothing and says so in the same words', async () => {
      const elsewhere = await made(bot.chat('priya'), 'record share', { ...A_SHARE, caseReference: 'RFS-41007' });
      // Whose team began the case may see what Priya records on it; she may not see what they do.
      const hidden = await made(bot.chat('ffion'), 'record share', { ...A_SHARE, caseReference: 'RFS-41006' });
      const own = await made(bot.chat('priya'), 'record share', { ...A_SHARE, caseReference: 'RFS-41006' });
      const shown = await onConsent('priya', 'RFS-41006');
      const same = buttonIn(shown.card, `Same consent as ${own.number}`);
      const before = storeContents(bot.dataDir);
      const none = await pressAbout(shown, same, NO_SUCH_NUMBER);
      assert.match(textOf(none.card), /That consent cannot be taken over\./u);
      assert.equal(none.heading, shown.heading);
      for (const { number } of [elsewhere, hidden])
        assert.deepEqual((await pressAbout(shown, same, number)).card, none.card);
      assert.equal(storeContents(bot.dataDir), before);
    });
  });

  describe('by “Same again for…”', () => {
    const AGAIN = 'Same again for…';
    const again = async (person: Somebody, number: string): Promise<Screen> =>
      (await bot.chat(person).ask('help')).perform({ type: 'Action.Execute', verb: 'record.again', data: { number } });

    it('starts a share with all of its answers but the recipient, the arrival and the limits', async () => {
      const { receipt } = await made(bot.chat('priya'), 'record share', {
        ...A_SHARE,
        ...BEYOND_LIMITS,
        caseReference: 'RFS-42001',
      });
      assert.equal((await receipt.press(AGAIN)).heading, 'Go on below');
      const start = await openedBelow(bot.chat('priya'));
      assert.equal(start.heading, 'Who received it');
      assert.deepEqual(standingIn(start), {});
      const other = {
        recipientName: 'Dilwyn Madeup',
        recipientJobTitle: 'Warden',
        recipientOrganisation: 'Exampleshire Youth Hostel',
        recipientTelephone: '01632 960 555',
      };
      const afresh = { ...other, receiptConfirmed: 'yes', receiptHow: 'reply', consentLimits: 'none' };
      const { given, sign } = await answeredFrom(start, afresh);
      assert.deepEqual(
        given.flatMap(({ ids }) => ids),
        Object.keys(afresh),
      );
      const { number } = savedAs(await sign());
      const lines = linesOf((await opened(bot.chat('priya'), number)).card);
      assert.equal(lines.get('Who received it?'), 'Dilwyn Madeup');
      assert.equal(lines.get('Who agreed to this?'), AGREED.consentGivenBy);
      assert.equal(lines.get('What was shared?'), SHARED.informationShared);
      assert.equal(lines.get('What are the limits?'), undefined);
    });

    it('asks only for what belongs to the other person, and is about the same case', async () => {
      const { receipt } = await made(bot.chat('priya'), 'request received', {
        ...ALL_SHARED,
        caseReference: 'RFS-42002',
      });
      await receipt.press(AGAIN);
      const { check } = await answeredFrom(await openedBelow(bot.chat('priya')), {
        requesterName: 'Gethin Invented', requesterJobTitle: 'Solicitor', requesterOrganisation: 'Pretend and Partners', requesterTelephone: '01632 960 666',
        requesterIdentity: 'signedForm', consentLimits: 'none' }); // prettier-ignore
      const lines = linesOf(check.card);
      assert.equal(lines.get('Case reference'), 'RFS-42002');
      assert.equal(lines.get('How did you check who they are?'), 'They signed a form');
      assert.equal(lines.get('Why did you decide so?'), ALL_SHARED.decisionReasons);
    });

    it('of a decision not to share begins with whom it was thought of sharing', async () => {
      const { receipt } = await made(bot.chat('priya'), 'decided not to share', {
        ...DECIDED_NOT_TO,
        caseReference: 'RFS-42003',
      });
      await receipt.press(AGAIN);
      const start = await openedBelow(bot.chat('priya'));
      assert.equal(standingIn(start).consideredWith, undefined);
      assert.equal(standingIn(start).caseReference, 'RFS-42003');
      const { check } = await answeredFrom(start, { consideredWith: 'The choir leader, E.P.' });
      assert.equal(linesOf(check.card).get('Why did you decide not to share?'), DECIDED_NOT_TO.decisionReasons);
    });

    it('leaves a message in the chat without a word of the case', async () => {
      const { receipt } = await made(bot.chat('priya'), 'record share', { ...A_SHARE, caseReference: 'RFS-42004' });
      await receipt.press(AGAIN);
      const stored = JSON.stringify((await bot.chat('priya').messages()).at(-1)?.activity);
      for (const typed of Object.values(A_SHARE)) assert.ok(!/[ \d]/u.test(typed) || !stored.includes(typed), typed);
    });

    for (const person of ['tom', 'maureen', 'adaeze', 'ffion'] as const)
      it(`is for one’s own records only: ${person} is answered as for a number that does not exist`, async () => {
        const { number } = await made(bot.chat('priya'), 'record share', { ...A_SHARE, caseReference: 'RFS-42005' });
        const drafts = await bot.chat(person).ask('drafts');
        const refused = await again(person, number);
        assert.equal(refused.heading, 'Nothing here');
        assert.deepEqual(refused.card, (await again(person, NO_SUCH_NUMBER)).card);
        assert.deepEqual((await bot.chat(person).ask('drafts')).card, drafts.card);
      });

    it('is for those who make records', async () => {
      const { number } = await made(bot.chat('priya'), 'record share', { ...A_SHARE, caseReference: 'RFS-42006' });
      assert.equal((await again('rowan', number)).heading, 'This is for practitioners');
    });
  });
});

/** What stands in the inputs of a card; empty ones are left out. */
function standingIn({ card }: Screen): Readonly<Record<string, string>> {
  return Object.fromEntries(inputsIn(card).flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]])));
}
