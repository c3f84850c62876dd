import assert from 'node:assert/strict';
import { actionsIn, pressData, textOf, type Inputs, type WireCard } from './aCard.ts';
import { answerAll, type Chat, type Screen } from './aChat.ts';
import { answeredFrom, openedBelow, savedAs } from './aRecord.ts';

/** What is said in a further version. */
export interface FurtherVersion {
  /** What is changed from the check card, before anything else. */
  readonly changes?: { readonly section: string; readonly answers: Inputs };
  /** What its own cards ask, the check card among them. */
  readonly answers: Inputs;
}

/** An amendment of who received a share. */
export function anAmendment(recipientName = 'Nia Practice-Jones', amendmentReason = 'Her name was misspelt.') {
  return { changes: { section: 'recipient', answers: { recipientName } }, answers: { amendmentReason } };
}

/** Begins a further version by typing its command, and opens the message that answers. */
export async function begunBy(chat: Chat, command: string): Promise<Screen> {
  return (await chat.ask(command)).press('Open');
}

/** Begins a further version with a button of a card, and opens the message that it puts below. */
export async function begunAt(chat: Chat, shown: Screen, button: string): Promise<Screen> {
  const answer = await shown.press(button);
  assert.equal(answer.heading, 'Go on below', textOf(answer.card));
  return openedBelow(chat);
}

/** Answers a further version from the card where it stands, up to its check card. */
export async function versionReady(start: Screen, { changes, answers }: FurtherVersion): Promise<Screen> {
  const changed = changes === undefined ? start : await changedFrom(start, changes.section, changes.answers);
  return (await answeredFrom(changed, answers)).check;
}

/** Signs a further version on its check card, or saves it where no name is asked. */
export function signed(check: Screen, { answers }: FurtherVersion, signature = 'Priya Shah'): Promise<Screen> {
  const isUnsigned = actionsIn(check.card).some(({ title }) => title === 'Save');
  return isUnsigned ? check.press('Save') : check.press('Sign and save', { ...answers, signature });
}

/** Makes a further version from the card where it stands; its receipt. */
export async function versionFrom(start: Screen, version: FurtherVersion, signature?: string): Promise<Screen> {
  return savedAs(await signed(await versionReady(start, version), version, signature)).receipt;
}

/** Goes from the check card to a section, answers what its cards ask, and comes back. */
async function changedFrom(check: Screen, section: string, answers: Inputs): Promise<Screen> {
  const change = actionsIn(check.card).find(({ data }) => data?.change === section);
  assert.ok(change !== undefined, `${section} can be changed`);
  const card = await check.perform({ ...change, data: pressData(check.card, change, {}) });
  const back = await answerAll(card, answers);
  assert.equal(back.heading, 'Check your answers', textOf(back.card));
  return back;
}

/** Opens the last page of a record's history. */
export async function historyOf(chat: Chat, number: string): Promise<Screen> {
  return (await chat.ask(`history ${number}`)).press('Open');
}

/** What a page of a history says, line by line; the line that says who signed, and when, without its time. */
export function linesOfHistory({ card }: Screen): readonly string[] {
  return textOf(card)
    .split('\n')
    .map((line) => line.replace(/, \w+ \d{1,2} \w+ \d{4}, \d\d:\d\d \((?:GMT|BST)\)$/u, ''));
}

/** The titles of the buttons on a card. */
export function titlesOn(card: WireCard): readonly string[] {
  return actionsIn(card).map(({ title }) => title);
}
