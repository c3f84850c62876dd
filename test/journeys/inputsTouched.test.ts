import assert from 'node:assert/strict';
import { withABot } from './aBot.ts';
import { actionsIn, inputsIn, textOf, type Inputs, type WireCard } from './aCard.ts';
import { answersOn, type Chat } from './aChat.ts';
import { AGREED, ALL_SHARED, AWAITED, NOT_AGREED, OUTCOME, REFUSED, SHARED, TOLD, URGENT } from './answers.ts';
import { made, savedAs } from './aRecord.ts';

interface Case {
  readonly command: string;
  readonly answers: Inputs;
  readonly atMost: number;
}

/** Initials are needed only where there is no case reference, and a file number of theirs only where there is one. */
function asAsked({ concerning: _, theirReference: __, ...answers }: Inputs): Inputs {
  return answers;
}

const BY_PHONE = { ...SHARED, methods: 'phone' };
const ALL_BY_PHONE = { ...ALL_SHARED, requestKind: 'agency', methods: 'phone', methodOther: '' };

/** The six commonest cases, each as it mostly is: a known case, and somebody dealt with before. */
const CASES: Readonly<Record<string, Case>> = {
  'share with consent': {
    command: 'record share',
    atMost: 20,
    answers: { ...BY_PHONE, ...AGREED, consentLimits: 'none', ...TOLD, ...OUTCOME },
  },
  'share without consent': {
    command: 'record share',
    atMost: 18,
    answers: {
      ...BY_PHONE,
      ...NOT_AGREED,
      familyInformed: 'no',
      notInformedReasons: 'undueDelay',
      outcomeKnown: 'noneExpected',
      nextAction: 'none',
    },
  },
  'request received, all shared, with consent': { command: 'request received', atMost: 22, answers: ALL_BY_PHONE },
  'request received, refused': {
    command: 'request received',
    atMost: 16,
    answers: { ...REFUSED, requestKind: 'agency' },
  },
  'request made, awaited': { command: 'request made', atMost: 18, answers: AWAITED },
  'share, urgent': { command: 'record share urgent', atMost: 7, answers: URGENT },
};

describe('the inputs that a person touches', () => {
  const counted: Record<string, { readonly touched: number; readonly atMost: number }> = {};
  const bot = withABot();
  before(async () => {
    await made(bot.chat('priya'), 'record share', {
      ...BY_PHONE,
      ...AGREED,
      consentLimits: 'none',
      ...TOLD,
      ...OUTCOME,
      caseReference: 'RFS-50000',
    });
  });
  after(async () => {
    console.table(counted);
  });

  for (const [nth, [name, { command, answers, atMost }]] of Object.entries(CASES).entries()) {
    it(`are at most ${atMost} for: ${name}`, async () => {
      const touched = await touchedBy(bot.chat('priya'), command, {
        ...asAsked(answers),
        caseReference: `RFS-${50_001 + nth}`,
      });
      counted[name] = { touched, atMost };
      assert.ok(touched <= atMost, `${touched}`);
    });
  }
});

/**
 * Makes a record, and counts what a person has to touch: each input that does not stand as it should already, a date and
 * its time as two, somebody chosen from the list of those dealt with lately as one, the signature as one.
 */
async function touchedBy(chat: Chat, command: string, answers: Inputs): Promise<number> {
  let touched = 0;
  let shown = await chat.ask(command);
  for (let cards = 0; cards < 9 && shown.heading !== 'Check your answers'; cards += 1) {
    const recent = actionsIn(shown.card).find(({ verb }) => verb === 'draft.recent');
    const typed = answersOn(shown.card, answers);
    touched += recent === undefined ? toTouch(shown.card, typed) : 1;
    shown = recent === undefined ? await shown.press('Continue', typed) : await shown.perform(recent);
  }
  assert.equal(shown.heading, 'Check your answers', textOf(shown.card));
  savedAs(await shown.press('Sign and save', { signature: 'Priya Shah' }));
  return touched + 1;
}

function toTouch(card: WireCard, typed: Inputs): number {
  return inputsIn(card).filter(({ id, value = '' }) => (typed[id] ?? value) !== value).length;
}
