import assert from 'node:assert/strict';
import { rowsIn } from './storeContents.ts';
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
  type WireInput,
} from '../journeys/aCard.ts';
import { answersOn, type Screen } from '../journeys/aChat.ts';
import {
  AGREED,
  ALL_SHARED,
  ASKED,
  AWAITED,
  BEYOND_LIMITS,
  DECIDED_NOT_TO,
  INFORMATION,
  NO_OUTCOME_YET,
  NOT_AGREED,
  OUTCOME,
  PARTLY_AGREED,
  REFUSED,
  SHARED,
  TOLD,
  URGENT,
} from '../journeys/answers.ts';
import { answered } from '../journeys/aRecord.ts';
import { BRANCHES, dated } from '../journeys/branches.ts';

const SPOKEN_AT: Inputs = { contactAtDate: 'today', contactAtTime: '10:00' };

/** For each command, answers that take the longest way. */
const FORMS: Readonly<Record<string, Inputs>> = {
  'record share': {
    ...branch('a share with partial consent, beyond its limits, to someone without a telephone'),
    ...SPOKEN_AT,
  },
  'record share urgent': URGENT,
  'request received': branch('a request received, part of which was shared with partial consent, beyond its limits'),
  'request made': branch(
    'a request made that was answered in part, with partial consent and limits, to someone without a telephone',
  ),
  'decided not to share': { ...branch('a decision not to share, to be looked at again'), ...SPOKEN_AT },
};

function branch(name: string): Inputs {
  const found = BRANCHES[name];
  assert.ok(found !== undefined, name);
  return found.answers;
}

const CHECK = 'Check your answers';
const A_SHARE: Inputs = { ...SHARED, methods: 'phone', ...AGREED, consentLimits: 'none', ...TOLD, ...OUTCOME };
const REPLIED: Inputs = {
  ...AWAITED,
  reply: 'all',
  ...INFORMATION,
  ...OUTCOME,
  replyAtDate: 'today',
  replyAtTime: '12:00',
};

describe('bad answers to every record type', () => {
  const bot = withABot();
  let wire: Wire;
  let logged: number;
  before(async () => {
    wire = aWire(bot, (await bot.chat('priya').ask('help')).messageId);
  });
  beforeEach(() => (logged = bot.logged.length));
  afterEach(() => {
    assertNoFaultIn(bot.logged.slice(logged));
    assert.deepEqual(rowsIn(bot.dataDir, 'versions'), [], 'no record is made');
  });

  const refused = (data: unknown, verb?: string) => wire.refused(JSON.stringify(wire.anInvoke(aPress(data, verb))));
  const standing = (shown: Screen, typed: Inputs = {}): Changes =>
    pressData(shown.card, buttonIn(shown.card, shown.heading === CHECK ? 'Sign and save' : 'Continue'), typed);
  const typedOn = (shown: Screen, answers: Inputs): Inputs => answersOn(shown.card, dated(answers, bot.today));
  /** Answers card after card, until one comes back with a problem or the check card is there. */
  const stopped = async (command: string, answers: Inputs): Promise<Screen> => {
    let shown = await bot.chat('priya').ask(command);
    for (let cards = 0; cards < 9 && !hasProblem(shown.card) && shown.heading !== CHECK; cards += 1)
      shown = await shown.press('Continue', typedOn(shown, answers));
    return shown;
  };

  for (const [command, answers] of Object.entries(FORMS))
    describe(`“${command}”`, () => {
      const first = async (): Promise<Screen> => bot.chat('priya').ask(command);
      const WRONG: readonly unknown[] = [7, ['phone'], { toString: 'x' }, true, null];

      it('answers a wrong type in any input of any card with a code, and writes nothing', async () => {
        let shown = await first();
        let nth = 0;
        while (shown.heading !== CHECK) {
          for (const { id } of inputsIn(shown.card)) {
            nth += 1;
            const wrong = { ...standing(shown), [id]: WRONG[nth % WRONG.length] };
            assert.equal(codeFrom(await refused(wrong)), 'BadRequest', id);
          }
          shown = await shown.press('Continue', typedOn(shown, answers));
        }
        for (const { id } of inputsIn(shown.card))
          assert.equal(codeFrom(await refused({ ...standing(shown), [id]: 7 }, 'draft.sign')), 'BadRequest');
      });

      it('answers __proto__, and names that no input has, with a code, and writes nothing', async () => {
        const shown = await first();
        for (const name of ['__proto__', 'a.b', 'a b', '$where', 'x'.repeat(65)]) {
          const text = JSON.stringify(wire.anInvoke(aPress({ ...standing(shown), polluted: 'x' })));
          const answer = await wire.refused(text.replace('"polluted"', JSON.stringify(name)));
          assert.equal(codeFrom(answer), 'BadRequest', name);
        }
      });

      it('takes no answer to a question that the card does not ask', async () => {
        const smuggled = {
          constructor: 'x',
          toString: 'x',
          notAField: 'x',
          signature: 'Somebody',
          lawfulBasis: 'consent',
          decidedBy: 'jointly',
          teamId: 'x',
          familyInformed: 'no',
          outcome: 'Smuggled in.',
          reviewOn: '2030-01-01',
        };
        let shown = await first();
        for (let cards = 0; cards < 9 && shown.heading !== CHECK; cards += 1) {
          const here = inputsIn(shown.card).map(({ id }) => id);
          const more = Object.entries(smuggled).filter(([name]) => !here.includes(name));
          const typed = typedOn(shown, answers);
          shown = await shown.perform({
            ...buttonIn(shown.card, 'Continue'),
            data: { ...standing(shown, typed), ...Object.fromEntries(more) },
          });
        }
        assert.equal(shown.heading, CHECK, textOf(shown.card));
        const check = await stopped(command, answers);
        assert.deepEqual([...linesOf(shown.card)], [...linesOf(check.card)]);
        assert.equal(inputsIn(shown.card).find(({ id }) => id === 'signature')?.value, undefined);
      });

      it('brings over-long text back cut, says by how much, and keeps the rest', async () => {
        let shown = await first();
        for (let cards = 0; cards < 9 && shown.heading !== CHECK; cards += 1) {
          const typed = filled(typedOn(shown, answers));
          for (const input of inputsIn(shown.card).filter(
            ({ id, type }) => type === 'Input.Text' && (typed[id] ?? '') !== '',
          )) {
            const limit = limitOf(input);
            const again = await shown.press('Continue', { ...typed, [input.id]: 'x'.repeat(limit + 7) });
            assert.equal(again.heading, shown.heading);
            assert.match(textOf(again.card), new RegExp(`7 characters over the limit of ${limit}\\.`, 'u'));
            assert.deepEqual(valuesIn(again.card), {
              ...valuesIn(shown.card),
              ...typed,
              [input.id]: 'x'.repeat(limit),
            });
            shown = again;
          }
          shown = await shown.press('Continue', typed);
        }
        assert.equal(shown.heading, CHECK, textOf(shown.card));
      });

      it('is not signed from its first card', async () => {
        const shown = await first();
        for (const section of [String(standing(shown).section), 'check']) {
          const card = cardFrom(await refused({ ...standing(shown), section, signature: 'Priya Shah' }, 'draft.sign'));
          assert.equal(headingOf(card), shown.heading);
        }
      });

      it('shows where it stands when an older revision, or one that never was, is pressed', async () => {
        const shown = await first();
        const next = await shown.press('Continue', typedOn(shown, answers));
        for (const verb of ['draft.next', 'draft.back', 'draft.sign', 'draft.later']) {
          const card = cardFrom(await refused(standing(shown), verb));
          assert.equal(headingOf(card), next.heading, verb);
          assert.match(textOf(card), /has moved on/u);
        }
        const later = cardFrom(await refused({ ...standing(next), revision: 99 }));
        assert.match(textOf(later), /has moved on/u);
      });

      it('is nobody’s but its author’s: another’s is answered as one that is not there', async () => {
        const theirs = standing(await bot.chat('tom').ask(command));
        const none = { ...theirs, draftId: '0'.repeat(26) };
        const { draftId, revision } = theirs;
        const presses: readonly (readonly [string, Changes])[] = [
          ...['draft.next', 'draft.back', 'draft.later', 'draft.sign', 'draft.cancel'].map(
            (verb) => [verb, {}] as const,
          ),
          ['draft.change', { change: 'contact' }],
          ['draft.recent', { number: 'SL-00000000' }],
          ['draft.sameConsent', { number: 'SL-00000000' }],
        ];
        for (const [verb, more] of presses)
          assert.deepEqual(
            cardFrom(await refused({ ...theirs, ...more }, verb)),
            cardFrom(await refused({ ...none, ...more }, verb)),
            verb,
          );
        const byId: readonly (readonly [string, Changes])[] = [
          ['draft.open', {}],
          ['draft.showAnswer', { field: 'reason' }],
          ['draft.discard', { revision }],
        ];
        for (const [verb, more] of byId)
          assert.deepEqual(
            cardFrom(await refused({ draftId, ...more }, verb)),
            cardFrom(await refused({ draftId: none.draftId, ...more }, verb)),
            verb,
          );
      });
    });

  describe('in what a button of a record or of a list sends', () => {
    const NUMBER = 'SL-00000000';
    const CASES: readonly (readonly [string, unknown])[] = [
      ...['record.complete', 'record.again', 'record.open'].flatMap((verb) =>
        [
          {},
          { number: 7 },
          { number: ['SL-00000000'] },
          { number: 'S'.repeat(10_000) },
          { number: NUMBER, all: true },
        ].map((data) => [verb, data] as const),
      ),
      ...['record.mine', 'record.unlinked'].flatMap((verb) =>
        [{ before: 7 }, { before: '../../etc' }, { before: `' OR 1=1 --` }, { before: null }, { page: 1 }, []].map(
          (data) => [verb, data] as const,
        ),
      ),
      ['draft.startUrgent.share', { isUrgent: false }],
      ['draft.startUrgent.requestMade', {}],
      ['draft.start.constructor', {}],
      ['draft.page', { page: 0 }],
    ];
    for (const [verb, data] of CASES)
      it(`${verb} with ${JSON.stringify(data).slice(0, 40)} is answered with a code, and writes nothing`, async () => {
        assert.equal(codeFrom(await refused(data, verb)), 'BadRequest');
      });

    for (const verb of ['draft.recent', 'draft.sameConsent'])
      it(`${verb} without a number, or with one that is none, is answered with a code, and writes nothing`, async () => {
        const form = standing(await bot.chat('priya').ask('record share'));
        for (const number of [undefined, 7, {}, 'S'.repeat(21)])
          assert.equal(codeFrom(await refused({ ...form, number }, verb)), 'BadRequest');
      });
  });

  describe('of the other person', () => {
    const PREFIXES = {
      recipient: ['record share', A_SHARE],
      requester: ['request received', ALL_SHARED],
      practitioner: ['request made', AWAITED],
    } as const;
    for (const [prefix, [command, answers]] of Object.entries(PREFIXES))
      for (const [part, named] of Object.entries({
        name: 'name',
        jobTitle: 'job title',
        organisation: 'organisation',
        telephone: 'telephone',
      }))
        it(`are refused when the ${named} of the ${prefix} is ticked as missing and given`, async () => {
          const both = { [`${prefix}Missing`]: part, [`${prefix}MissingReason`]: 'They would not say' };
          await assertStops(
            command,
            { ...answers, ...both },
            new RegExp(`You gave the ${named} and ticked it as one you could not get`, 'u'),
          );
        });

    it('are refused when a share has no organisation', async () => {
      const none = {
        recipientOrganisation: '',
        recipientMissing: 'organisation',
        recipientMissingReason: 'She would not say',
      };
      await assertStops('record share', { ...A_SHARE, ...none }, /a share always has one/u);
    });

    it('are refused when something is ticked as missing without a reason', async () => {
      const none = { requesterTelephone: '', requesterMissing: 'telephone' };
      await assertStops('request received', { ...ALL_SHARED, ...none }, /Say why you could not get these details/u);
    });
  });

  describe('about consent', () => {
    const BASIS = /so consent cannot be the lawful basis/u;
    const NOT_OFFERED = /the answer you chose is not offered here/u;
    const without = (answers: Inputs): Inputs => ({ ...answers, ...NOT_AGREED });
    const CASES: Readonly<Record<string, readonly [string, Inputs, RegExp]>> = {
      'consent as the basis of a share without it': [
        'record share',
        { ...without(A_SHARE), lawfulBasis: 'consent' },
        BASIS,
      ],
      'consent as the basis of an answer without it': [
        'request received',
        { ...without(ALL_SHARED), lawfulBasis: 'consent' },
        BASIS,
      ],
      'consent as the basis of a request without it': [
        'request made',
        { ...without(AWAITED), lawfulBasis: 'consent' },
        BASIS,
      ],
      'a basis that public bodies cannot use': [
        'record share',
        { ...A_SHARE, lawfulBasis: 'legitimateInterests' },
        NOT_OFFERED,
      ],
      'the other basis that they cannot use': [
        'request made',
        { ...AWAITED, lawfulBasis: 'recognisedLegitimateInterest' },
        NOT_OFFERED,
      ],
      'no need to tell the family of what was shared': [
        'request received',
        { ...ALL_SHARED, familyInformed: 'notNeeded' },
        NOT_OFFERED,
      ],
      'limits without a word of what they are': [
        'record share',
        { ...A_SHARE, ...BEYOND_LIMITS, consentLimitsDetail: '' },
        /Describe the limits/u,
      ],
      'a child’s consent without a view of whether they could decide': [
        'request received',
        { ...ALL_SHARED, ...PARTLY_AGREED, competenceView: '' },
        /Say why you judge the child able to decide/u,
      ],
      'no reason for going without consent but a phrase': [
        'request made',
        { ...without(AWAITED), noConsentExplanation: 'no consent' },
        /points elsewhere/u,
      ],
    };
    for (const [what, [command, answers, problem]] of Object.entries(CASES))
      it(`are refused: ${what}`, () => assertStops(command, answers, problem));

    it('are refused once more before the signature, when Change has made them contradict each other', async () => {
      const { check } = await answered(
        bot.chat('priya'),
        'record share',
        dated({ ...A_SHARE, ...SPOKEN_AT, lawfulBasis: 'consent' }, bot.today),
      );
      const consent = await check.perform(changing(check, 'consent'));
      const back = await consent.press('Continue', { consent: 'without' });
      assert.match(textOf(back.card), BASIS);
    });
  });

  describe('about days and times', () => {
    const FUTURE = /it is in the future/u;
    const PASSED = /that day has passed/u;
    const shared = (changes: Inputs): readonly [string, Inputs] => [
      'record share',
      { ...A_SHARE, ...SPOKEN_AT, ...changes },
    ];
    const received = (changes: Inputs): readonly [string, Inputs] => [
      'request received',
      { ...ALL_SHARED, ...SPOKEN_AT, sharedAtDate: 'today', sharedAtTime: '11:00', ...changes },
    ];
    const requested = (changes: Inputs): readonly [string, Inputs] => [
      'request made',
      { ...REPLIED, ...SPOKEN_AT, ...changes },
    ];
    const decided = (changes: Inputs): readonly [string, Inputs] => [
      'decided not to share',
      { ...DECIDED_NOT_TO, ...SPOKEN_AT, ...changes },
    ];
    const CASES: Readonly<Record<string, readonly [readonly [string, Inputs], RegExp]>> = {
      'a share later today': [shared({ contactAtTime: '18:00' }), FUTURE],
      'a request tomorrow': [received({ contactAtDate: 'today+1' }), FUTURE],
      'asking tomorrow': [requested({ contactAtDate: 'today+1' }), FUTURE],
      'a decision tomorrow': [decided({ contactAtDate: 'today+1' }), FUTURE],
      'consent after the share': [
        shared({ contactAtDate: 'today-2', consentOn: 'today-1' }),
        /Check when they agreed: it is after the day on which you shared it/u,
      ],
      'consent tomorrow': [shared({ consentOn: 'today+1' }), FUTURE],
      'an answer before the request': [
        received({ sharedAtTime: '09:59' }),
        /Check when you shared it: it is before when you were asked/u,
      ],
      'an answer later today': [received({ sharedAtTime: '18:00' }), FUTURE],
      'consent after the answer': [
        received({ contactAtDate: 'today-3', sharedAtDate: 'today-2', consentOn: 'today' }),
        /it is after the day on which you shared it/u,
      ],
      'a reply before the request': [
        requested({ replyAtTime: '09:59' }),
        /Check when they replied: it is before when you asked/u,
      ],
      'a reply later today': [requested({ replyAtTime: '18:00' }), FUTURE],
      'consent after asking': [
        requested({ contactAtDate: 'today-2', consentOn: 'today' }),
        /it is after the day on which you asked/u,
      ],
      'a decision due yesterday': [
        [
          'request received',
          { ...ASKED, decision: 'notYet', waitingFor: 'A call from the legal team.', decisionDue: 'today-1' },
        ],
        PASSED,
      ],
      'an outcome due yesterday': [shared({ ...NO_OUTCOME_YET, outcome: '', outcomeDue: 'today-1' }), PASSED],
      'a family to be told yesterday': [
        received({ familyInformed: 'notYet', familyToldBy: 'today-1', notInformedReasons: 'other' }),
        PASSED,
      ],
      'another look yesterday': [decided({ reviewOn: 'today-1' }), PASSED],
      'a day that does not exist': [shared({ contactAtDate: '2024-02-30' }), /Give a day that exists/u],
      'a day in words': [decided({ reviewOn: 'next Tuesday' }), /Give a day that exists/u],
      'an hour that does not exist': [requested({ contactAtTime: '25:00' }), /Give a time that exists/u],
      'the hour that the clocks skip': [
        requested({ contactAtDate: '2024-03-31', contactAtTime: '01:30' }),
        /the clocks may have gone forward/u,
      ],
      'a day without a time': [requested({ replyAtTime: '' }), /Give the time as well as the date/u],
      'a time without a day': [requested({ replyAtDate: '' }), /Give the date as well as the time/u],
    };
    for (const [what, [[command, answers], problem]] of Object.entries(CASES))
      it(`are refused: ${what}`, () => assertStops(command, answers, problem));

    it('take the same minute for both ends', async () => {
      for (const [command, answers] of [received({ sharedAtTime: '10:00' }), requested({ replyAtTime: '10:00' })])
        assert.equal((await stopped(command, answers)).heading, CHECK);
    });

    const CHANGED: Readonly<Record<string, readonly [readonly [string, Inputs], string, Inputs, RegExp]>> = {
      'consent, when the share turns out to be earlier': [
        shared({}),
        'contact',
        { contactAtDate: 'today-3' },
        /after the day on which you shared it/u,
      ],
      'an answer, when the request turns out to be later': [
        received({ consentOn: 'today-1' }),
        'request',
        { contactAtTime: '12:30' },
        /before when you were asked/u,
      ],
      'a reply, when asking turns out to be later': [
        requested({ consentOn: 'today-1' }),
        'contact',
        { contactAtTime: '13:00' },
        /before when you asked/u,
      ],
    };
    for (const [what, [[command, answers], section, change, problem]] of Object.entries(CHANGED))
      it(`are shown before the signature, and not signed: ${what}`, async () => {
        const { check } = await answered(bot.chat('priya'), command, dated(answers, bot.today));
        const changed = await (
          await check.perform(changing(check, section))
        ).press('Continue', dated(change, bot.today));
        assert.equal(changed.heading, CHECK);
        for (const shown of [changed, await changed.press('Sign and save', { signature: 'Priya Shah' })]) {
          assert.equal(shown.heading, CHECK);
          assert.match(textOf(shown.card), problem);
        }
      });
  });

  describe('at the signature', () => {
    it('are refused: alone and jointly at once, a joint decision with nobody, an endorsement by nobody', async () => {
      const { check } = await answered(bot.chat('priya'), 'decided not to share', DECIDED_NOT_TO);
      const cases: readonly (readonly [Inputs, RegExp])[] = [
        [{ decidedBy: 'alone,jointly', jointWith: 'The school nurse' }, /cannot stand together with another answer/u],
        [{ decidedBy: 'jointly' }, /Say with whom you decided/u],
        [{ decidedBy: 'endorsed', endorsedByName: 'tbc' }, /Name the manager who endorsed it/u],
        [{ decidedBy: 'nobody' }, /Tick only answers that are offered/u],
        [{ signature: 'n/a' }, /Type your own name/u],
        [{ signature: 'x'.repeat(201) }, /Shorten your name/u],
      ];
      let shown = check;
      for (const [typed, problem] of cases) {
        shown = await shown.press('Sign and save', {
          decidedBy: 'alone',
          jointWith: '',
          endorsedByName: '',
          signature: 'Priya Shah',
          ...typed,
        });
        assert.equal(shown.heading, CHECK);
        assert.match(textOf(shown.card), problem);
      }
    });

    it('are refused when the duty to give consent issues was met with a blank', () =>
      assertStops('request received', { ...REFUSED, consentIssues: '' }, /Say what there was about consent/u));
  });

  /** What was typed comes back with its problem, on the card that asks; nothing is signed from there. */
  async function assertStops(command: string, answers: Inputs, problem: RegExp): Promise<void> {
    const shown = await stopped(command, answers);
    assert.notEqual(shown.heading, CHECK);
    assert.match(textOf(shown.card), problem);
    assert.doesNotMatch(JSON.stringify(shown.card), FAULT_TEXT);
    const typed = typedOn(shown, answers);
    const kept = valuesIn(shown.card);
    for (const [id, text] of Object.entries(typed)) assert.equal(kept[id] ?? '', text, id);
    const signed = cardFrom(await refused({ ...standing(shown), signature: 'Priya Shah' }, 'draft.sign'));
    assert.equal(headingOf(signed), shown.heading);
  }
});

function hasProblem(card: WireCard): boolean {
  return / needs? another look$/mu.test(textOf(card));
}

/** The button that goes back to a section from the check card. */
function changing({ card }: Screen, section: string): object {
  const found = actionsIn(card).find(({ verb, data }) => verb === 'draft.change' && data?.change === section);
  assert.ok(found !== undefined, section);
  return found;
}

function limitOf({ isMultiline, style }: WireInput): number {
  if (isMultiline === true) return 4_000;
  return style === 'Tel' ? 40 : 200;
}

/** What stands in the inputs of a card. */
function valuesIn(card: WireCard): Inputs {
  return filled(Object.fromEntries(inputsIn(card).map(({ id, value = '' }) => [id, value])));
}

/** A set of answers without the empty ones. */
function filled(answers: Inputs): Inputs {
  return Object.fromEntries(Object.entries(answers).filter(([, text]) => text !== ''));
}
