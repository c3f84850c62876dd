import assert from 'node:assert/strict';
import { caseAlias } from '../../src/freezing.ts';
import { rowsIn, storeContents } from '../bot/storeContents.ts';
import { moveClock, onAWorkingDay, PEOPLE, TENANT, withABot } from './aBot.ts';
import { actionsIn, buttonIn, headingOf, inputsIn, textOf, typedTextsOf, type WireCard } from './aCard.ts';
import { messageOn, type KeptMessage, type Screen } from './aChat.ts';
import { OUTCOME_AWAITED, SPOKEN, URGENT } from './answers.ts';
import { answered, made, opened, savedAs } from './aRecord.ts';
import { everyMessage, EVERYBODY, type Somebody } from './canaries.ts';
import { seen } from './waiting.ts';

const NOTHING = 'Nothing here';

describe('a restricted case', () => {
  const bot = withABot();
  let cases = 0;
  /** A case of its own, with a record of Priya's. */
  let reference: string;
  let number: string;
  beforeEach(async () => {
    cases += 1;
    reference = `RFS-${71_000 + cases}`;
    number = (await made(bot.chat('priya'), 'record share', { ...OUTCOME_AWAITED, caseReference: reference })).number;
  });

  const whoMaySee = async (person: Somebody, asked = reference): Promise<Screen> =>
    (await bot.chat(person).ask(`restrict ${asked}`)).press('Open');
  const restrictedBy = async (person: Somebody): Promise<Screen> => (await whoMaySee(person)).press('Restrict');
  const headingFor = async (person: Somebody, wanted = number): Promise<string> =>
    (await opened(bot.chat(person), wanted)).heading;
  const told = (person: Somebody, title: string, about: string): Promise<KeptMessage> =>
    seen(
      async () =>
        (await bot.chat(person).messages()).find(({ activity }) =>
          cardsOf(activity).some((card) => headingOf(card) === title && names(card, about)),
        ),
      `${person} to hear of ${about}`,
    );
  const looks = (person: Somebody, action: string) =>
    rowsIn(bot.dataDir, 'accessLog').filter((row) => row.personId === PEOPLE[person] && row.action === action);

  describe('by a manager of a case team', () => {
    it('names the authors of its records and the manager, once it is confirmed', async () => {
      const before = storeContents(bot.dataDir, ['accessLog', 'conversations']);
      const offered = await whoMaySee('maureen');
      assert.deepEqual(typedTextsOf(offered.card), ['Priya Shah, Social worker']);
      assert.equal(storeContents(bot.dataDir, ['accessLog', 'conversations']), before, 'looking changes nothing');
      const card = await offered.press('Restrict');
      assert.equal(card.heading, 'A restricted case');
      assert.deepEqual(typedTextsOf(card.card), ['Maureen Castle, Team manager', 'Priya Shah, Social worker']);
    });

    it('is closed to everybody else, in whatever way they ask', async () => {
      await restrictedBy('maureen');
      assert.match(await headingFor('priya'), /^Record share/u);
      for (const person of ['tom', 'adaeze', 'rowan'] as const) {
        assert.equal(await headingFor(person), NOTHING, person);
        const summary = await (await bot.chat(person).ask(`case summary ${reference}`)).press('Open');
        assert.equal(summary.heading, NOTHING, person);
      }
    });

    it('opens to somebody who is named, in any case, and closes when they are taken off', async () => {
      const named = await (await restrictedBy('maureen')).press('Name them', { name: 'tom FAIRWEATHER' });
      assert.ok(typedTextsOf(named.card).includes('Tom Fairweather, School nurse'));
      assert.match(await headingFor('tom'), /^Record share/u);
      const without = await named.press('Take them off', { personId: PEOPLE.tom });
      assert.ok(!typedTextsOf(without.card).includes('Tom Fairweather, School nurse'));
      assert.equal(await headingFor('tom'), NOTHING);
    });

    it('opens to the case team again when it is lifted', async () => {
      const lifted = await (await restrictedBy('maureen')).press('Lift the restriction');
      assert.equal(lifted.heading, 'Not restricted');
      assert.match(await headingFor('tom'), /^Record share/u);
    });

    it('says of somebody whose team has no part in the case that naming them opens nothing', async () => {
      const named = await (await restrictedBy('maureen')).press('Name them', { name: 'Ffion Example' });
      const line = typedTextsOf(named.card).find((text) => text.startsWith('Ffion'));
      assert.equal(line, 'Ffion Example, Youth worker – is of no team of this case, so sees nothing');
      assert.equal(await headingFor('ffion'), NOTHING);
      await bot.chat('maureen').ask(`case team add ${reference} to northgate youth`);
      assert.match(await headingFor('ffion'), /^Record share/u);
    });
  });

  describe('answers what cannot be done in the card:', () => {
    const refusals: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>, RegExp]>> = {
      'a name that nobody has': ['Name them', { name: 'Nobody At All' }, /^Nobody, or more than one person/u],
      'no name': ['Name them', {}, /^Nobody, or more than one person/u],
      'a name of 4,000 characters': ['Name them', { name: 'x'.repeat(4_000) }, /^Nobody, or more than one person/u],
      'markup for a name': ['Name them', { name: '**x** [a](https://evil.example) <at>y</at>' }, /^Nobody, or/u],
      'oneself for a name': ['Name them', { name: 'Maureen Castle' }, /^They are named already/u],
      'oneself to be taken off': ['Take them off', { personId: PEOPLE.maureen }, /^You cannot take yourself off/u],
      'nobody to be taken off': ['Take them off', {}, /^Choose somebody/u],
      'somebody to be taken off who is not named': ['Take them off', { personId: PEOPLE.gerald }, /^Choose somebody/u],
    };
    for (const [what, [button, typed, problem]] of Object.entries(refusals))
      it(what, async () => {
        const card = await restrictedBy('maureen');
        const kept = storeContents(bot.dataDir, ['accessLog']);
        const again = await card.press(button, typed);
        assert.equal(
          textOf(again.card)
            .split('\n')
            .filter((line) => problem.test(line)).length,
          1,
          textOf(again.card),
        );
        assert.equal(inputsIn(again.card).find(({ id }) => id === 'name')?.value, typed.name);
        assert.deepEqual(typedTextsOf(again.card), typedTextsOf(card.card));
        assert.equal(storeContents(bot.dataDir, ['accessLog']), kept, 'nothing is changed');
      });

    it('the last one is not taken off', async () => {
      const card = await restrictedBy('maureen');
      const left = await card.press('Take them off', { personId: PEOPLE.priya });
      const again = await left.press('Take them off', { personId: PEOPLE.maureen });
      assert.match(textOf(again.card), /Somebody must be named/u);
    });

    it('a press on a card that is not the current one does nothing, and shows how it stands', async () => {
      const card = await restrictedBy('maureen');
      await card.press('Name them', { name: 'Tom Fairweather' });
      const stale = await card.press('Lift the restriction');
      assert.match(textOf(stale.card), /nothing was done/u);
      assert.ok(typedTextsOf(stale.card).includes('Tom Fairweather, School nurse'));
      assert.equal(await headingFor('adaeze'), NOTHING);
    });
  });

  describe('can be changed', () => {
    it('by a records officer who is not named, and who reads nothing of it for that', async () => {
      await restrictedBy('maureen');
      const card = await whoMaySee('rowan');
      assert.equal(card.heading, 'A restricted case');
      assert.equal(await headingFor('rowan'), NOTHING);
      await card.press('Name them', { name: 'Rowan Ledger' });
      assert.match(await headingFor('rowan'), /^Record share/u);
    });

    it('by nobody else: they are answered byte for byte as for a case that does not exist', async () => {
      await restrictedBy('maureen');
      for (const person of EVERYBODY.filter((each) => each !== 'maureen' && each !== 'rowan')) {
        const chat = bot.chat(person);
        const of = async (wanted: string): Promise<string> => {
          const stub = await chat.ask(`restrict ${wanted}`);
          const { text } = await chat.invoke(stub.messageId, buttonIn(stub.card, 'Open'));
          return `${JSON.stringify({ ...stub.card, actions: 0, refresh: 0 })} ${text}`;
        };
        const known = looks(person, 'case.refused').length;
        assert.equal(await of(reference), await of('RFS-00000'), person);
        assert.equal(looks(person, 'case.refused').length, known + 2);
        const team = async (wanted: string) => JSON.stringify((await chat.ask(`case team add ${wanted} to Northgate Youth`)).card); // prettier-ignore
        assert.equal(await team(reference), await team('RFS-00000'), person);
        assert.equal(looks(person, 'case.refused').length, known + 4);
      }
    });

    it('with everything written down before it is shown', async () => {
      const card = await restrictedBy('maureen');
      await (await card.press('Name them', { name: 'Tom Fairweather' })).press('Lift the restriction');
      const mine = rowsIn(bot.dataDir, 'accessLog').filter(({ action }) => String(action).startsWith('restriction.')).slice(-4); // prettier-ignore
      assert.deepEqual(
        mine.map(({ action, subject }) => [action, String(subject).split(' ').slice(1).join(' ')]),
        [
          ['restriction.see', ''],
          ['restriction.set', ''],
          ['restriction.add', PEOPLE.tom],
          ['restriction.lift', ''],
        ],
      );
    });
  });

  describe('asked for by an author when signing', () => {
    /** Signs another record of this case and asks for the restriction. */
    const asked = async (answers = { ...SPOKEN, caseReference: reference }): Promise<string> =>
      (await made(bot.chat('priya'), 'record share', { ...answers, restrict: 'true' })).number;

    it('holds from signing, for everything on the case', async () => {
      const own = await asked();
      for (const person of ['tom', 'maureen', 'adaeze', 'rowan'] as const)
        for (const wanted of [own, number]) assert.equal(await headingFor(person, wanted), NOTHING, person);
      for (const wanted of [own, number]) assert.match(await headingFor('priya', wanted), /^Record share/u);
    });

    it('is told to the managers of the case team at once, who confirm it and are named', async () => {
      const own = await asked();
      for (const person of ['maureen', 'adaeze'] as const) await told(person, 'Only named people may see a case', own);
      const message = await told('maureen', 'Only named people may see a case', own);
      const decide = await (await messageOn(bot.chat('maureen'), message.id)).press('Decide');
      assert.equal(decide.heading, 'Confirm or lift');
      assert.deepEqual(typedTextsOf(decide.card), ['By Priya Shah', 'Priya Shah, Social worker']);
      assert.equal((await decide.press('Confirm')).heading, 'A restricted case');
      assert.match(await headingFor('maureen', own), /^Record share/u);
      assert.equal(await headingFor('adaeze', own), NOTHING);
    });

    it('is lifted by a manager', async () => {
      const own = await asked();
      const message = await told('adaeze', 'Only named people may see a case', own);
      const decide = await (await messageOn(bot.chat('adaeze'), message.id)).press('Decide');
      assert.equal((await decide.press('Lift')).heading, 'Not restricted');
      assert.match(await headingFor('tom', own), /^Record share/u);
    });

    it('is not the author’s to decide, nor a colleague’s or another team’s', async () => {
      const own = await asked();
      for (const person of ['priya', 'tom', 'ffion', 'gerald'] as const) {
        const chat = bot.chat(person);
        const help = await chat.ask('help');
        for (const verb of ['restriction.open', 'restriction.set', 'restriction.lift']) {
          const press = (wanted: string) =>
            chat.invoke(help.messageId, { type: 'Action.Execute', verb, data: { number: wanted, revision: 2 } });
          assert.equal((await press(own)).text, (await press('SL-00000000')).text, `${person} ${verb}`);
        }
      }
    });

    it('adds nobody where the case is restricted already, and tells nobody', async () => {
      await restrictedBy('maureen');
      await (await whoMaySee('maureen')).press('Take them off', { personId: PEOPLE.priya });
      const own = await asked();
      assert.equal(await headingFor('priya', own), NOTHING);
      assert.ok(!rowsIn(bot.dataDir, 'notices').some((notice) => notice.number === own));
    });

    it('is told to the records officers, once, when nobody has decided for a working day', async () => {
      const own = await asked();
      const overdue = () => rowsIn(bot.dataDir, 'notices').filter((row) => row.what === 'restrictionOverdue' && row.number === own); // prettier-ignore
      await moveClock(bot.running.url, { advance: 'PT1H' });
      assert.deepEqual(overdue(), []);
      await onAWorkingDay(bot);
      await moveClock(bot.running.url, { advance: 'PT2H' });
      const message = await told('rowan', 'A restriction waits to be decided', own);
      const count = overdue().length;
      await onAWorkingDay(bot);
      assert.equal(overdue().length, count);
      assert.equal(await headingFor('tom', own), NOTHING, 'it goes on holding');
      const decide = await (await messageOn(bot.chat('rowan'), message.id)).press('Decide');
      assert.equal(decide.heading, 'Confirm or lift');
    });

    it('goes with an urgent record to the case that it is filed under later', async () => {
      const urgent = { ...URGENT, caseReference: '', restrict: 'true' };
      const { number: own } = await made(bot.chat('priya'), 'record share urgent', urgent);
      const link = await (await bot.chat('priya').ask(`link ${own} ${reference}`)).press('Open');
      await link.press('Save');
      assert.equal(await headingFor('tom', own), NOTHING);
      assert.equal(await headingFor('tom'), NOTHING);
      await told('maureen', 'Only named people may see a case', own);
    });

    it('comes back as it was ticked when something is to be mended, and when the card is opened again', async () => {
      const { check } = await answered(bot.chat('priya'), 'record share', { ...SPOKEN, caseReference: reference });
      const toggle = ({ card }: Screen) => inputsIn(card).find(({ id }) => id === 'restrict')?.value;
      assert.equal(toggle(check), 'false');
      const again = await check.press('Sign and save', { restrict: 'true', signature: '' });
      assert.equal(toggle(again), 'true');
      const changing = await again.press('Change');
      assert.notEqual(changing.heading, check.heading);
      const back = await changing.press('Continue');
      assert.equal(toggle(back), 'true');
      const { number: own } = savedAs(
        await back.press('Sign and save', { signature: 'Priya Shah', restrict: 'false' }),
      );
      assert.match(await headingFor('tom', own), /^Record share/u);
    });

    it('is not offered for a further version', async () => {
      const amend = await (await bot.chat('priya').ask(`amend ${number}`)).press('Open');
      assert.ok(!inputsIn(amend.card).some(({ id }) => id === 'restrict'));
    });
  });

  describe('in lists', () => {
    it('stands with number, kind and day alone where its reader may not open it', async () => {
      await restrictedBy('maureen');
      await moveClock(bot.running.url, { advance: 'P7D' });
      await onAWorkingDay(bot);
      const list = await (await bot.chat('adaeze').ask('missing outcomes')).press('Open');
      let pages = [list];
      while (actionsIn(pages.at(-1)!.card).some(({ title }) => title === 'Further in the list'))
        pages = [...pages, await pages.at(-1)!.press('Further in the list')];
      const line = pages.flatMap(({ card }) => textOf(card).split('\n')).find((text) => text.includes(number));
      const all = pages.map(({ card }) => JSON.stringify(card)).join('\n');
      assert.match(line ?? '', /^(?:Record )?SL-/u);
      assert.ok(all.includes('You may not open this record.'));
      assert.ok(!all.includes(reference));
      assert.ok(!pages.some(({ card }) => actionsIn(card).some(({ verb, data }) => verb === 'record.open' && data?.number === number))); // prettier-ignore
    });

    it('can only be reminded of by a manager who is not named', async () => {
      await restrictedBy('adaeze');
      await moveClock(bot.running.url, { advance: 'P9D' });
      await onAWorkingDay(bot);
      const chat = bot.chat('maureen');
      let shown = await (await chat.ask('help')).perform({ type: 'Action.Execute', verb: 'nudge.open', data: {} });
      const remind = ({ card }: Screen) =>
        actionsIn(card).find(({ title, data }) => title === 'Remind author' && data?.number === number);
      while (remind(shown) === undefined) shown = await shown.press('Further in the list');
      const { data } = remind(shown)!;
      const perform = (verb: string, more: object) => shown.perform({ type: 'Action.Execute', verb, data: more });
      const snoozed = await perform('nudge.snooze', { ...data, days: '3', reason: 'They are away until then' });
      assert.equal(snoozed.heading, 'Not in your list');
      const { keys, stores } = bot.running.services;
      const caseKey = await stores.records.findCaseKey(caseAlias(keys, TENANT, reference));
      const closed = await perform('nudge.close', { caseKey, reason: 'The family has moved.', signature: 'Maureen Castle' }); // prettier-ignore
      assert.ok(!JSON.stringify(closed.card).includes(number));
      assert.equal((await shown.perform(remind(shown)!)).heading, 'Its author is reminded');
      const kept = await opened(bot.chat('priya'), number);
      assert.match(textOf(kept.card), /Still open/u);
    });

    it('is left out of an author’s own records, and of the people they dealt with, once they are not named', async () => {
      const answers = { ...SPOKEN, caseReference: reference, recipientName: 'Carys Onlyhere' };
      const { number: own } = await made(bot.chat('tom'), 'record share', answers);
      const mine = async () => JSON.stringify((await (await bot.chat('tom').ask('my records')).press('Open')).card);
      const lately = async () => {
        let shown = await bot.chat('tom').ask('record share');
        shown = await shown.press('Continue', { concerning: SPOKEN.concerning ?? '', methods: 'phone' });
        return JSON.stringify(shown.card);
      };
      assert.ok((await mine()).includes(own));
      assert.ok((await lately()).includes('Carys Onlyhere'));
      await (await restrictedBy('maureen')).press('Take them off', { personId: PEOPLE.tom });
      assert.ok(!(await mine()).includes(own));
      assert.ok(!(await lately()).includes('Carys Onlyhere'));
    });

    it('closes a draft of a further version that was begun before', async () => {
      const draft = await (await bot.chat('tom').ask(`add outcome ${number}`)).press('Open');
      await restrictedBy('maureen');
      const again = await draft.press('Finish later');
      assert.ok(!textOf(again.card).includes(number));
      assert.match(textOf(again.card), /unfinished record/iu);
    });
  });

  describe('without a reference', () => {
    it('is in no list of records without a case, and is found by the number of its record', async () => {
      const urgent = { ...URGENT, caseReference: '', restrict: 'true' };
      const { number: own } = await made(bot.chat('priya'), 'record share urgent', urgent);
      const unlinked = await (await bot.chat('rowan').ask('unlinked')).press('Open');
      assert.ok(!JSON.stringify(unlinked.card).includes(own));
      const drafts = JSON.stringify((await bot.chat('maureen').ask('drafts')).card);
      assert.ok(!drafts.includes(own), 'nobody else is to complete it');
      assert.equal((await (await whoMaySee('rowan', own)).press('Lift')).heading, 'Not restricted');
      const again = await (await bot.chat('rowan').ask('unlinked')).press('Open');
      assert.ok(JSON.stringify(again.card).includes(own));
    });
  });

  describe('in what is stored', () => {
    it('leaves no reference and no name: in no message, notice or log line', async () => {
      const said = (await everyMessage(bot)).map(({ activity }) => [
        activity.text,
        activity.summary,
        cardsOf(activity),
      ]);
      const notices = rowsIn(bot.dataDir, 'notices');
      assert.ok(notices.some(({ what }) => what === 'restrictionAsked'));
      const stored = JSON.stringify([said, notices, bot.logged]);
      assert.match(stored, /Only named people may see a case/u);
      for (const text of [/RFS-71\d\d\d/u, /Fairweather/u, /Northgate/u, /Priya Shah/u, /Castle/u])
        assert.doesNotMatch(stored, text);
    });
  });
});

function cardsOf({ attachments = [] }: KeptMessage['activity']): readonly WireCard[] {
  return attachments.map(({ content }) => content);
}

function names(card: WireCard, number: string): boolean {
  return actionsIn(card).some(({ data }) => data?.number === number);
}
