import assert from 'node:assert/strict';
import { rowsIn } from '../bot/storeContents.ts';
import { PEOPLE, withABot } from './aBot.ts';
import { actionsIn, inputsIn, linesOf, textOf, type Inputs } from './aCard.ts';
import { answersOn, type KeptMessage, type Screen } from './aChat.ts';
import {
  AGREED,
  ASKED,
  ALL_SHARED,
  BEYOND_LIMITS,
  OUTCOME,
  PARTLY_AGREED,
  PART_TOLD,
  SHARED,
  TOLD,
  URGENT,
} from './answers.ts';
import { answered, answeredFrom, made, openedBelow, savedAs, type Answered } from './aRecord.ts';
import { dated } from './branches.ts';
import { seen } from './waiting.ts';

type Somebody = keyof typeof PEOPLE;

const ALL_BUT_CONSENT: Inputs = { ...SHARED, methods: 'phone', ...TOLD, ...OUTCOME };
const A_SHARE: Inputs = { ...ALL_BUT_CONSENT, ...AGREED, consentLimits: 'none' };
const LIMITED: Inputs = { ...A_SHARE, ...BEYOND_LIMITS };
const WITHDRAWN: Inputs = {
  ...ALL_BUT_CONSENT,
  ...PARTLY_AGREED,
  noConsentCircumstances: 'withdrawn',
  consentLimits: 'none',
};
const LIMITS_HEADING = 'Earlier limits to consent on this case';

describe('what earlier records of a case say', () => {
  const bot = withABot();

  let cases = 0;
  const aCase = (): Inputs => {
    cases += 1;
    return { caseReference: `RFS-${60_000 + cases}` };
  };
  const shared = async (person: Somebody, answers: Inputs): Promise<string> =>
    (await made(bot.chat(person), 'record share', dated(answers, bot.today))).number;
  const toCheck = (person: Somebody, answers: Inputs): Promise<Answered> =>
    answered(bot.chat(person), 'record share', dated(answers, bot.today));

  describe('of limits to consent', () => {
    it('is shown with its number before the signature, to someone who may see that record', async () => {
      const at = aCase();
      const number = await shared('priya', { ...LIMITED, ...at });
      for (const person of ['priya', 'maureen'] as const) {
        const text = textOf((await toCheck(person, { ...A_SHARE, ...at })).check.card);
        assert.ok(text.includes([LIMITS_HEADING, number, BEYOND_LIMITS.consentLimitsDetail].join('\n')), text);
      }
      const looks = rowsIn(bot.dataDir, 'accessLog').filter(
        ({ action, subject }) => action === 'consent.see' && subject === number,
      );
      assert.deepEqual(
        looks.map(({ personId }) => personId),
        [PEOPLE.priya, PEOPLE.maureen],
      );
    });

    it('says that consent was taken back', async () => {
      const at = aCase();
      const number = await shared('priya', { ...WITHDRAWN, ...at });
      const text = textOf((await toCheck('priya', { ...A_SHARE, ...at })).check.card);
      assert.ok(text.includes([LIMITS_HEADING, number, 'Someone had taken their consent back.'].join('\n')), text);
    });

    it('is shown in another type of record too, and however the reference is typed', async () => {
      await shared('priya', { ...LIMITED, caseReference: 'RFS-61-7' });
      const { check } = await answered(bot.chat('priya'), 'request received', {
        ...ASKED,
        caseReference: 'rfs 61.7',
        decision: 'notYet',
        waitingFor: 'A call from the legal team.',
      });
      assert.ok(textOf(check.card).includes(LIMITS_HEADING));
    });

    it('is shown before an urgent signature too', async () => {
      const at = aCase();
      const number = await shared('priya', { ...LIMITED, ...at });
      const { check } = await answered(bot.chat('priya'), 'record share urgent', { ...URGENT, ...at });
      assert.ok(textOf(check.card).includes(`${LIMITS_HEADING}\n${number}`));
    });

    it('is not shown when there are none, on another case, or without a case', async () => {
      const at = aCase();
      await shared('priya', { ...A_SHARE, ...at });
      for (const where of [at, aCase(), { caseReference: '' }])
        assert.ok(!textOf((await toCheck('priya', { ...A_SHARE, ...where })).check.card).includes(LIMITS_HEADING));
    });

    it('is kept from someone who may not see that record, whose signature tells the manager of its author', async () => {
      const at = aCase();
      const number = await shared('priya', { ...LIMITED, ...at });
      for (const person of ['ffion', 'gerald'] as const) {
        const { check, sign } = await toCheck(person, { ...A_SHARE, ...at });
        const known = JSON.stringify(check.card);
        assert.ok(!known.includes(number) && !known.includes(LIMITS_HEADING), person);
        const told = await messagesAbout('maureen', number);
        await sign('Somebody Else');
        const message = await seen(
          async () => (await messagesAbout('maureen', number))[told.length],
          `word of ${number}`,
        );
        const stored = JSON.stringify(message.activity);
        assert.match(stored, /A case with limits to consent/u);
        for (const detail of [at.caseReference ?? '', BEYOND_LIMITS.consentLimitsDetail ?? '', 'Ffion', 'Gerald'])
          assert.ok(!stored.includes(detail), detail);
      }
    });

    it('tells nobody when the author of the later record may see it', async () => {
      const at = aCase();
      const number = await shared('priya', { ...LIMITED, ...at });
      await shared('priya', { ...A_SHARE, ...at });
      assert.ok(!rowsIn(bot.dataDir, 'notices').some((notice) => notice.about === number));
    });
  });

  describe('of what may be the same record over again', () => {
    const MAY_BE = 'This may be on record already';
    const spokenAt = (contactAtDate: string, contactAtTime: string): Inputs => ({ contactAtDate, contactAtTime });
    const warnsOf = async (person: Somebody, answers: Inputs): Promise<readonly string[]> => {
      const { check } = await toCheck(person, answers);
      return textOf(check.card)
        .split('\n')
        .flatMap((line) => (line.startsWith(MAY_BE) ? (/SL-\w+/u.exec(line)?.[0] ?? []) : []));
    };
    let at: Inputs;
    let number: string;
    before(async () => {
      at = aCase();
      number = await shared('priya', { ...A_SHARE, ...at, ...spokenAt('today', '10:00') });
    });

    it('is named before the signature, which is the person’s own decision', async () => {
      assert.deepEqual(await warnsOf('priya', { ...A_SHARE, ...at, ...spokenAt('today', '13:00') }), [number]);
      assert.deepEqual(await warnsOf('maureen', { ...A_SHARE, ...at, ...spokenAt('today', '13:00') }), [number]);
      const other = { ...A_SHARE, ...aCase() };
      await shared('priya', other);
      savedAs(await (await toCheck('priya', other)).sign());
    });

    it('is named whatever the case of the letters in name and organisation', async () => {
      const typed = { recipientName: 'carys FABLED', recipientOrganisation: 'Exampleshire  homes' };
      assert.deepEqual(await warnsOf('priya', { ...A_SHARE, ...at, ...typed, ...spokenAt('today', '13:00') }), [
        number,
      ]);
    });

    const OTHER: Readonly<Record<string, Inputs>> = {
      'another person': { recipientName: 'Carys Other' },
      'another organisation': { recipientOrganisation: 'Exampleshire Housing' },
      'another case': { caseReference: 'RFS-69999' },
      'no case': { caseReference: '' },
    };
    for (const [what, other] of Object.entries(OTHER))
      it(`is not named for ${what}`, async () => {
        assert.deepEqual(await warnsOf('priya', { ...A_SHARE, ...at, ...spokenAt('today', '13:00'), ...other }), []);
      });

    it('is not named when more than a day lies between the contacts', async () => {
      const about = { ...A_SHARE, ...aCase() };
      const earlier = await shared('priya', { ...about, ...spokenAt('2024-03-02', '10:00'), consentOn: '2024-03-02' });
      const later = (date: string, time: string) =>
        warnsOf('priya', { ...about, ...spokenAt(date, time), consentOn: '2024-03-01' });
      assert.deepEqual(await later('2024-03-03', '10:00'), [earlier]);
      assert.deepEqual(await later('2024-03-03', '10:01'), []);
      assert.deepEqual(await later('2024-03-01', '09:59'), []);
    });

    it('is not named to someone who may not see that record', async () => {
      assert.deepEqual(await warnsOf('ffion', { ...A_SHARE, ...at, ...spokenAt('today', '13:00') }), []);
    });

    it('is not named for another type of record', async () => {
      const requester = {
        requesterName: SHARED.recipientName ?? '',
        requesterOrganisation: SHARED.recipientOrganisation ?? '',
      };
      const { check } = await answered(bot.chat('priya'), 'request received', { ...ALL_SHARED, ...requester, ...at });
      assert.ok(!textOf(check.card).includes(MAY_BE));
    });

    it('is not named for a copy made with “Same again for…”', async () => {
      const about = { ...A_SHARE, ...aCase() };
      const { receipt } = await made(bot.chat('priya'), 'record share', about);
      await receipt.press('Same again for…');
      const start = await openedBelow(bot.chat('priya'));
      const { check } = await answeredFrom(start, { ...answersOn(start.card, about), consentLimits: 'none' });
      assert.equal(linesOf(check.card).get('Who received it?'), SHARED.recipientName);
      assert.ok(!textOf(check.card).includes(MAY_BE));
    });
  });

  describe('of what the family knows', () => {
    const standing = async (person: Somebody, at: Inputs): Promise<string | undefined> => {
      let shown: Screen = await bot.chat(person).ask('record share');
      while (!inputsIn(shown.card).some(({ id }) => id === 'toldOfRecords'))
        shown = await shown.press('Continue', answersOn(shown.card, { ...A_SHARE, ...at }));
      return inputsIn(shown.card).find(({ id }) => id === 'toldOfRecords')?.value;
    };

    it('need not be said again: “Yes, before” stands there already', async () => {
      for (const toldOfRecords of ['now', 'before']) {
        const at = aCase();
        await shared('priya', { ...A_SHARE, toldOfRecords, ...at });
        assert.equal(await standing('priya', at), 'before');
      }
    });

    it('is asked afresh where no record says so, or none that the person may see', async () => {
      const at = aCase();
      await shared('priya', { ...A_SHARE, ...PART_TOLD, ...at });
      assert.equal(await standing('priya', at), undefined);
      const theirs = aCase();
      await shared('ffion', { ...A_SHARE, ...theirs });
      assert.equal(await standing('priya', theirs), undefined);
      assert.equal(await standing('ffion', theirs), 'before');
    });
  });

  async function messagesAbout(person: Somebody, number: string): Promise<readonly KeptMessage[]> {
    const messages = await bot.chat(person).messages();
    return messages.filter(({ activity }) =>
      activity.attachments?.some(({ content }) => actionsIn(content).some(({ data }) => data?.number === number)),
    );
  }
});
