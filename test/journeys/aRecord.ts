import assert from 'node:assert/strict';
import { instantOf, longDate, longTime } from '../../src/londonTime.ts';
import { inputsIn, textOf, type Inputs, type WireCard, type WireInput } from './aCard.ts';
import { answerAll, answersOn, messageOn, type Chat, type Screen } from './aChat.ts';

/** An answer that was given, as it is to be read afterwards. */
export interface Given {
  /** The inputs that it was typed into: a date and its time are one answer. */
  readonly ids: readonly string[];
  readonly label: string;
  readonly reads: string;
}

/** A record that was answered and is about to be signed. */
export interface Answered {
  readonly check: Screen;
  /** Every answer of the table, in the order in which it was asked for. */
  readonly given: readonly Given[];
  readonly sign: (signature?: string) => Promise<Screen>;
}

/** Questions that the check card offers behind a button. */
const BEHIND_BUTTONS = {
  theirReference: 'Add their reference',
  outcomeKind: 'Add the kind of outcome',
  alsoSharedWith: 'Add others who were given it',
  professionalView: 'Add a professional view',
} as const;

/** Answers a command from a table of answers, to the check card. An answer that no card asks for is a fault of the table. */
export async function answered(chat: Chat, command: string, answers: Inputs): Promise<Answered> {
  return answeredFrom(await chat.ask(command), answers);
}

/** The same, from the card where a record stands. */
export async function answeredFrom(start: Screen, answers: Inputs): Promise<Answered> {
  const given: Given[] = [];
  const seen = (card: WireCard, typed: Inputs): void => void given.push(...givenOn(card, typed));
  let shown = await answerAll(start, answers, seen);
  assert.equal(shown.heading, 'Check your answers', textOf(shown.card));
  for (const [name, title] of Object.entries(BEHIND_BUTTONS)) {
    const isOpen = answers[name] !== undefined && !given.some(({ ids }) => ids.includes(name));
    if (isOpen) shown = await answerAll(await shown.press(title), answers, seen);
  }
  const check = shown;
  const atSigning = answersOn(check.card, answers);
  seen(check.card, atSigning);
  const asked = new Set(given.flatMap(({ ids }) => ids));
  const unasked = Object.keys(answers).filter((id) => answers[id] !== '' && !asked.has(id));
  assert.deepEqual(unasked, [], 'every answer is asked for');
  return {
    check,
    given,
    sign: (signature = 'Priya Shah') => check.press('Sign and save', { ...atSigning, signature }),
  };
}

/** A signed record: its number and its receipt. */
export interface Made {
  readonly number: string;
  readonly receipt: Screen;
}

/** Makes a record from a table of answers and signs it. */
export async function made(chat: Chat, command: string, answers: Inputs): Promise<Made> {
  return savedAs(await (await answered(chat, command, answers)).sign());
}

/** Reads a receipt. */
export function savedAs(receipt: Screen): Made {
  assert.match(receipt.heading, /^Saved: SL-/u, textOf(receipt.card));
  return { number: receipt.heading.replace('Saved: ', ''), receipt };
}

/** Asks for a record by its number and opens it. */
export async function opened(chat: Chat, number: string): Promise<Screen> {
  return (await chat.ask(`record ${number}`)).press('Open');
}

/** Opens the message that stands last in a chat: what a press has put below it. */
export async function openedBelow(chat: Chat): Promise<Screen> {
  const last = (await chat.messages()).at(-1);
  assert.ok(last !== undefined, 'there is a message');
  return (await messageOn(chat, last.id)).press('Open');
}

/** The answers typed on a card. */
function givenOn(card: WireCard, typed: Inputs): readonly Given[] {
  const inputs = inputsIn(card);
  return inputs.flatMap((input): readonly Given[] => {
    const { id, label = '' } = input;
    const time = inputs.find((other) => other.id === id.replace(/Date$/u, 'Time') && other.type === 'Input.Time');
    const ids = time === undefined ? [id] : [id, time.id];
    if (input.type === 'Input.Time' || ids.every((each) => (typed[each] ?? '') === '')) return [];
    const standing = ({ id: each, value = '' }: WireInput): string => typed[each] ?? value;
    const reads =
      time === undefined ? readsAs(input, standing(input)) : longTime(momentOf(standing(input), standing(time)));
    return [{ ids, label, reads }];
  });
}

function readsAs({ type, choices = [] }: WireInput, text: string): string {
  if (type === 'Input.Date') return longDate(text);
  if (type !== 'Input.ChoiceSet') return text;
  const keys = text.split(',');
  return choices
    .filter(({ value }) => keys.includes(value))
    .map(({ title }) => title)
    .join('\n');
}

function momentOf(date: string, time: string): string {
  const instant = instantOf(date, time);
  assert.ok(instant !== undefined, `${date} ${time} is a time`);
  return instant;
}
