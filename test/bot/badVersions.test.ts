import assert from 'node:assert/strict';
import { rowsIn, storeContents } from './storeContents.ts';
import { aPress, assertNoFaultIn, aWire, cardFrom, codeFrom, FAULT_TEXT, type Changes, type Wire } from './aWire.ts';
import { withABot } from '../journeys/aBot.ts';
import {
  actionsIn,
  buttonIn,
  headingOf,
  inputsIn,
  linesOf,
  pressData,
  textOf,
  type Inputs,
  type WireCard,
} from '../journeys/aCard.ts';
import { answersOn, type Chat, type Screen } from '../journeys/aChat.ts';
import { OUTCOME_AWAITED } from '../journeys/answers.ts';
import { made, opened } from '../journeys/aRecord.ts';
import { dayOf } from '../journeys/branches.ts';
import { everyMessage } from '../journeys/canaries.ts';
import {
  anAmendment,
  begunBy,
  historyOf,
  linesOfHistory,
  titlesOn,
  versionReady,
} from '../journeys/furtherVersions.ts';

const CHECK = 'Check your answers';
const BEGINNINGS = ['outcome.start', 'record.amend', 'record.link', 'record.withdraw', 'record.dispute', 'record.complete'] as const; // prettier-ignore
const COMMANDS = ['add outcome', 'amend', 'withdraw consent', 'dispute', 'link', 'history'] as const;

describe('bad input to further versions', () => {
  const bot = withABot();
  let wire: Wire;
  let number: string;
  let logged: number;
  before(async () => {
    number = (await made(bot.chat('priya'), 'record share', OUTCOME_AWAITED)).number;
    wire = aWire(bot, (await bot.chat('priya').ask('help')).messageId);
  });
  beforeEach(() => (logged = bot.logged.length));
  afterEach(() => {
    assertNoFaultIn(bot.logged.slice(logged));
    assert.equal(rowsIn(bot.dataDir, 'versions').length, 1, 'no version is made');
  });

  const priya = (): Chat => bot.chat('priya');
  const refused = (data: unknown, verb: string) => wire.refused(JSON.stringify(wire.anInvoke(aPress(data, verb))));
  const kept = (): string => storeContents(bot.dataDir, ['accessLog', 'conversations', 'notices']);
  /** Presses what is answered with a card, after which nothing but the access log may have changed. */
  const plain = async (data: unknown, verb: string): Promise<WireCard> => {
    const before = kept();
    const answer = await wire.post(JSON.stringify(wire.anInvoke(aPress(data, verb))));
    assert.doesNotMatch(answer.text, FAULT_TEXT);
    assert.ok(kept() === before, 'nothing is written');
    return cardFrom(answer);
  };
  const standing = (shown: Screen, title: string, typed: Inputs = {}): Changes =>
    pressData(shown.card, buttonIn(shown.card, title), typed);
  /** An amendment that is ready to be signed but for its reason. */
  const anAmended = async (): Promise<Screen> =>
    versionReady(await begunBy(priya(), `amend ${number}`), { ...anAmendment('Carys Other'), answers: {} });

  describe('in a command', () => {
    for (const words of COMMANDS) {
      it(`“${words}” without a number, or with what is none, is answered plainly and writes nothing`, async () => {
        for (const rest of ['', ' SL', ' SL-', ' SL-123', ' SL-UUUUUUUU', ' SL-123456789', ' SL-12345678 and more', ' RFS-1', ' SL-\u202E1234567', ' 12345678', ' SL-__proto__']) {
          const before = kept();
          const { heading } = await priya().ask(`${words}${rest}`);
          assert.ok(['That was not understood', 'Nothing here'].includes(heading), `${rest}: ${heading}`);
          assert.ok(kept() === before, rest);
        } // prettier-ignore
      });
    }

    it('of more than 200 characters is no command, whatever it begins with', async () => {
      for (const text of [`link ${number} ${'9'.repeat(190)}`, `link ${number} ${'RFS-1 '.repeat(4_000)}`, `amend ${number}${' x'.repeat(5_000)}`])
        assert.equal((await priya().ask(text)).heading, 'That was not understood'); // prettier-ignore
    });

    const REFERENCES: Readonly<Record<string, string>> = {
      'that is too long': `RFS-${'1'.repeat(61)}`,
      'that is one character': '7',
      'with markup': '<b>RFS-71717</b> **x** [a](https://evil.example)',
      'with an entity': '&lt;RFS-71717&gt;',
      'with an emoji': 'RFS-71717 👩‍👧',
      'that turns the text around': '\u202ERFS-71717',
      'without a digit': 'pending',
      'that is __proto__': '__proto__',
      'that is constructor': 'constructor',
      'with a quotation mark': `RFS-71717'; DROP TABLE versions; --`,
      'over two lines, the second of which is a command': 'RFS-71717!\nadd outcome',
    };
    for (const [what, reference] of Object.entries(REFERENCES))
      it(`a reference ${what} is not taken, says how to mend it, and stands in no message`, async () => {
        const check = await begunBy(priya(), `link ${number} ${reference}`);
        assert.equal(check.heading, CHECK);
        for (const shown of [check, await check.press('Save')]) {
          assert.match(textOf(shown.card), /One answer needs another look\nGive the case reference: /u);
          assert.equal(linesOf(shown.card).get('Case reference'), reference.replace('\n', ' '));
        }
        const typed = JSON.stringify(reference).slice(1, -1).split('\\n')[0] ?? '';
        assert.ok(typed.length < 3 || !JSON.stringify(await everyMessage(bot)).includes(typed));
      });

    it('a reference that is only spaces, or only a mention, is asked for', async () => {
      for (const rest of ['   ', ' <at>Sharing Log</at>', '\u00a0\n\t'])
        assert.equal((await begunBy(priya(), `link ${number}${rest}`)).heading, 'Which case is it?');
    });
  });

  describe('in what a button sends', () => {
    const VERSIONS: readonly unknown[] = [
      0,
      -1,
      1.5,
      1e9,
      10_001,
      '1',
      '',
      null,
      [1],
      {},
      true,
      Number.MAX_SAFE_INTEGER,
    ];
    for (const verb of ['record.history', 'record.open'])
      it(`a version that cannot be one is answered with a code, and writes nothing: ${verb}`, async () => {
        for (const version of VERSIONS)
          assert.equal(codeFrom(await refused({ number, version }, verb)), 'BadRequest', JSON.stringify(version));
      });

    it('a version past the end is the last one', async () => {
      for (const version of [2, 99, 10_000]) {
        const page = await plain({ number, version }, 'record.history');
        assert.deepEqual(textOf(page).split('\n').slice(0, 2), [`History of ${number}`, 'Version 1 of 1']);
        const record = await plain({ number, version }, 'record.open');
        assert.deepEqual(record, await plain({ number }, 'record.open'));
      }
    });

    const NUMBERS: readonly unknown[] = [7, null, {}, [], true, 'SL-12345678 and a good deal more'];
    for (const verb of [...BEGINNINGS, 'record.history'] as const)
      it(`what is no number is answered with a code, and writes nothing: ${verb}`, async () => {
        for (const bad of NUMBERS)
          assert.equal(codeFrom(await refused({ number: bad }, verb)), 'BadRequest', JSON.stringify(bad));
        for (const data of [{}, null, [], 'x', { number, reference: 'RFS-71717' }, { number, caseReference: 'RFS-71717' }])
          assert.equal(codeFrom(await refused(data, verb)), 'BadRequest', JSON.stringify(data)); // prettier-ignore
        const text = JSON.stringify(wire.anInvoke(aPress({ number, polluted: 'x' }, verb)));
        assert.equal(codeFrom(await wire.refused(text.replace('"polluted"', '"__proto__"'))), 'BadRequest');
        for (const none of ['', 'SL-', 'SL-0000000', '__proto__', 'SL-\u0000\u0000'])
          assert.equal(headingOf(await plain({ number: none }, verb)), 'Nothing here', none);
      });
  });

  describe('about somebody else’s form', () => {
    it('is answered as for one that is not there, at every button', async () => {
      const theirs = await versionReady(await begunBy(bot.chat('maureen'), `amend ${number}`), { ...anAmendment(), answers: {} }); // prettier-ignore
      const data = standing(theirs, 'Sign and save', { amendmentReason: 'So I say.', signature: 'Priya Shah' });
      const ids = { draftId: data.draftId, revision: data.revision };
      const presses: readonly (readonly [string, Changes])[] = [
        ['draft.sign', data],
        ['draft.next', data],
        ['draft.back', data],
        ['draft.later', data],
        ['draft.cancel', data],
        ['draft.change', { ...data, change: 'recipient' }],
        ['draft.recent', { ...data, number }],
        ['draft.sameConsent', { ...data, number }],
        ['draft.discard', ids],
        ['draft.open', { draftId: data.draftId }],
        ['draft.showAnswer', { draftId: data.draftId, field: 'reason' }],
      ];
      for (const [verb, press] of presses) {
        const [taken, none] = [await refused(press, verb), await refused({ ...press, draftId: '0'.repeat(26) }, verb)];
        assert.equal(taken.text, none.text, verb);
        assert.equal(headingOf(cardFrom(taken)), 'Not here any more', verb);
      }
    });
  });

  describe('on the check card', () => {
    it('an older or a later revision signs nothing, and shows where it stands', async () => {
      const check = await anAmended();
      const data = standing(check, 'Sign and save', {
        amendmentReason: 'Her name was misspelt.',
        signature: 'P. Shah',
      });
      for (const revision of [1, Number(data.revision) - 1, Number(data.revision) + 1, Number.MAX_SAFE_INTEGER]) {
        const card = cardFrom(await refused({ ...data, revision }, 'draft.sign'));
        assert.match(textOf(card), /has moved on since that card was drawn/u);
        assert.equal(headingOf(card), CHECK);
      }
      for (const revision of [0, -1, 1.5, '3', null])
        assert.equal(codeFrom(await refused({ ...data, revision }, 'draft.sign')), 'BadRequest');
    });

    const REASONS: Readonly<Record<string, readonly [string, RegExp]>> = {
      'that is missing': ['', /Say why you change it: ‘Why do you change it\?’ is empty\./u],
      'that is only spaces': ['   \n ', /Say why you change it/u],
      'that points elsewhere': ['as above', /points elsewhere/u],
      'that stands in for one': ['n/a', /stands in for an answer/u],
      'of one word': ['misspelt', /one word is too little/u],
      'that is too long': ['So it was. '.repeat(400), /400 characters over the limit of 4,?000/u],
    };
    for (const [what, [amendmentReason, says]] of Object.entries(REASONS))
      it(`a reason ${what} is refused with how to mend it, and what was typed stays`, async () => {
        const again = await (await anAmended()).press('Sign and save', { amendmentReason, signature: 'Priya Shah' });
        assert.equal(again.heading, CHECK);
        assert.match(textOf(again.card), says);
        const stays = inputsIn(again.card);
        assert.equal(stays.find(({ id }) => id === 'signature')?.value, 'Priya Shah');
        const reason = stays.find(({ id }) => id === 'amendmentReason')?.value ?? '';
        assert.equal(reason.trim(), amendmentReason.slice(0, 4_000).trim());
      });

    it('a signature that is missing, a placeholder or too long is refused, and the reason stays', async () => {
      for (const signature of ['', '  ', 'n/a', 'x'.repeat(201)]) {
        const typed = { amendmentReason: 'Her name was misspelt.', signature };
        const again = await (await anAmended()).press('Sign and save', typed);
        assert.match(textOf(again.card), /One answer needs another look\n\S+ your (?:own )?name/u, signature);
        assert.equal(inputsIn(again.card).find(({ id }) => id === 'amendmentReason')?.value, typed.amendmentReason);
      }
    });

    it('an amendment in which nothing was changed is refused, and one that was changed back', async () => {
      const begun = await begunBy(bot.chat('adaeze'), `amend ${number}`);
      const back = anAmendment(OUTCOME_AWAITED.recipientName);
      const changedBack = await versionReady(await versionReady(begun, { ...anAmendment('Carys Other'), answers: {} }), { ...back, answers: {} }); // prettier-ignore
      const again = await changedBack.press('Sign and save', { ...back.answers, signature: 'Adaeze Merriman' });
      assert.match(textOf(again.card), /Change an answer first: everything is as it was\./u);
    });

    it('an outcome in which nothing was settled is refused, and a later date without a reason', async () => {
      const check = await versionReady(await begunBy(priya(), `add outcome ${number}`), { answers: {} });
      const again = await check.press('Sign and save', { signature: 'Priya Shah' });
      assert.match(textOf(again.card), /Change an answer first: everything is as it was\./u);
      const later = { section: 'outcome', answers: { outcomeDue: dayOf('today+30', bot.today) } };
      const put = await versionReady(again, { changes: later, answers: {} });
      const refusedAgain = await put.press('Sign and save', { signature: 'Priya Shah' });
      assert.match(textOf(refusedAgain.card), /Say why there is a new date: ‘Why is there a new date\?’ is empty\./u);
    });

    it('a section that cannot be changed there changes nothing', async () => {
      const forms: Readonly<Record<string, readonly string[]>> = {
        amend: ['amendment', 'decision', 'withdrawal', 'constructor', '__proto__'],
        dispute: ['contact', 'amendment'],
      };
      for (const [words, sections] of Object.entries(forms)) {
        const shown = await begunBy(priya(), `${words} ${number}`);
        const data = standing(shown, words === 'amend' ? 'Sign and save' : 'Continue');
        for (const change of sections)
          assert.equal(headingOf(cardFrom(await refused({ ...data, change }, 'draft.change'))), shown.heading, change);
      }
    });
  });

  describe('on the cards of what is said beside a record', () => {
    const GOOD: Readonly<Record<string, Inputs>> = {
      'withdraw consent': { withdrawnBy: 'The mother, K.B.', withdrawnTold: 'She rang me', withdrawnOn: 'today' },
      dispute: { disputedBy: 'The father, D.B.', disputeText: 'He says that nobody asked him.', disputedOn: 'today' },
    };
    const BAD: Readonly<Record<string, readonly [string, Inputs, RegExp]>> = {
      'consent taken back tomorrow': ['withdraw consent', { withdrawnOn: 'today+1' }, /in the future|has not come yet/u],
      'consent taken back in a hundred years': ['withdraw consent', { withdrawnOn: '2126-01-01' }, /in the future|has not come yet/u],
      'consent taken back on a day that does not exist': ['withdraw consent', { withdrawnOn: '2026-02-30' }, /Give a day that exists/u],
      'consent taken back on no day': ['withdraw consent', { withdrawnOn: 'yesterday' }, /Give a day that exists/u],
      'consent taken back by nobody': ['withdraw consent', { withdrawnBy: '' }, /Say who took their consent back/u],
      'consent taken back by a placeholder': ['withdraw consent', { withdrawnBy: 'n/a' }, /Say who took their consent back/u],
      'consent taken back by too long a name': ['withdraw consent', { withdrawnBy: 'K'.repeat(207) }, /7 characters over the limit of 200/u],
      'consent taken back without how it was told': ['withdraw consent', { withdrawnTold: '' }, /Say how they told you/u],
      'a dispute of tomorrow': ['dispute', { disputedOn: 'today+1' }, /in the future|has not come yet/u],
      'a dispute of one word': ['dispute', { disputeText: 'everything' }, /one word is too little/u],
      'a dispute that says nothing': ['dispute', { disputeText: 'as above' }, /points elsewhere/u],
      'a dispute that is too long': ['dispute', { disputeText: 'So he says. '.repeat(350) }, /over the limit of 4,?000/u],
    }; // prettier-ignore
    for (const [what, [words, bad, says]] of Object.entries(BAD))
      it(`${what} is refused with how to mend it, and the rest stays`, async () => {
        const start = await begunBy(priya(), `${words} ${number}`);
        const typed = { ...GOOD[words], ...bad };
        const dated = Object.fromEntries(Object.entries(typed).map(([id, text]) => [id, dayOf(text, bot.today)]));
        const again = await start.press('Continue', answersOn(start.card, dated));
        assert.equal(again.heading, start.heading);
        assert.match(textOf(again.card), says);
        for (const [id, text] of Object.entries(GOOD[words] ?? {}))
          if (bad[id] === undefined)
            assert.equal(inputsIn(again.card).find((input) => input.id === id)?.value, dayOf(text, bot.today));
      });

    it('a wrong type in any input is answered with a code, and writes nothing', async () => {
      const WRONG: readonly unknown[] = [7, ['x'], { toString: 'x' }, true, null];
      for (const words of Object.keys(GOOD)) {
        const start = await begunBy(priya(), `${words} ${number}`);
        for (const [nth, { id }] of inputsIn(start.card).entries()) {
          const data = { ...standing(start, 'Continue'), [id]: WRONG[nth % WRONG.length] };
          assert.equal(codeFrom(await refused(data, 'draft.next')), 'BadRequest', id);
        }
      }
    });
  });

  describe('of answers that a card does not ask for', () => {
    const SMUGGLED: Inputs = {
      caseReference: 'RFS-66666',
      recipientName: 'Smuggled Name',
      reason: 'Smuggled because of it.',
      withdrawnBy: 'Smuggled Giver',
      disputeText: 'Smuggled in a dispute.',
      stillOpenReason: 'Smuggled in an outcome.',
      signature: 'Smuggled Signer',
      contactAt: '2020-01-01T00:00:00.000Z',
    };
    const smuggledOn = (shown: Screen, title: string, typed: Inputs = {}): Changes => {
      const asked = new Set(inputsIn(shown.card).map(({ id }) => id));
      const extra = Object.entries(SMUGGLED).filter(([id]) => !asked.has(id));
      return { ...standing(shown, title, typed), ...Object.fromEntries(extra) };
    };

    it('takes none in a form of what is said beside a record', async () => {
      const start = await begunBy(bot.chat('maureen'), `dispute ${number}`);
      const typed = { disputedBy: 'The father, D.B.', disputeText: 'He says that nobody asked him.' };
      const check = await start.perform({ ...buttonIn(start.card, 'Continue'), data: smuggledOn(start, 'Continue', typed) }); // prettier-ignore
      assert.equal(check.heading, CHECK);
      assert.ok(!JSON.stringify(check.card).includes('Smuggled'));
    });

    it('takes no case in an amendment: that is changed by linking', async () => {
      const begun = await begunBy(bot.chat('maureen'), `amend ${number}`);
      const change = actionsIn(begun.card).find(({ data }) => data?.change === 'contact');
      const contact = await begun.perform(change!);
      assert.ok(!inputsIn(contact.card).some(({ id }) => id === 'caseReference'));
      const back = await contact.perform({ ...buttonIn(contact.card, 'Continue'), data: smuggledOn(contact, 'Continue') }); // prettier-ignore
      assert.equal(back.heading, CHECK);
      const lines = linesOf(back.card);
      assert.equal(lines.get('Case reference'), OUTCOME_AWAITED.caseReference);
      assert.ok(!/Smuggled|RFS-66666|2020/u.test(JSON.stringify(back.card)));
    });

    it('takes none but what is open in an outcome', async () => {
      const start = await begunBy(bot.chat('maureen'), `add outcome ${number}`);
      const check = await start.perform({ ...buttonIn(start.card, 'Continue'), data: smuggledOn(start, 'Continue', { nextAction: 'I ring them.' }) }); // prettier-ignore
      assert.equal(check.heading, CHECK);
      assert.ok(textOf(check.card).includes('Now\nI ring them.'), 'what is asked is taken');
      assert.ok(!/Smuggled|RFS-66666/u.test(JSON.stringify(check.card)));
    });
  });

  it('leaves the record and its history as they were', async () => {
    const record = await opened(priya(), number);
    assert.equal(linesOf(record.card).get('Who received it?'), OUTCOME_AWAITED.recipientName);
    assert.deepEqual(titlesOn((await historyOf(priya(), number)).card), ['Open this version']);
    assert.equal(linesOfHistory(await historyOf(priya(), number))[1], 'Version 1 of 1');
  });
});
