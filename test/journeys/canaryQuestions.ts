import assert from 'node:assert/strict';
import { PEOPLE, RIVERSIDE, type TestBot } from './aBot.ts';
import { actionsIn } from './aCard.ts';
import { http, messageOn, type Chat, type KeptMessage } from './aChat.ts';
import { extended } from './aSearch.ts';
import { CASE_OF_ALL, EVERYBODY, type Somebody } from './canaries.ts';
import { titlesOn } from './furtherVersions.ts';
import { seen } from './waiting.ts';

/** What a card must not say to whoever may not see a case: it is answered with. */
export const REFUSALS: ReadonlySet<string> = new Set(['Nothing here', 'Nothing was opened', 'No such team']);

/** Somebody’s chat, of which every card that is shown is heard of. */
type ChatOf = (person: Somebody) => Chat;

/**
 * Has everybody ask everything that can be asked of a case, with a mark in all that is typed for it: in their own chats,
 * in a channel and beside the compose box.
 */
export async function askEverything(bot: TestBot, chatOf: ChatOf, mark: string): Promise<void> {
  for (const person of EVERYBODY) {
    for (const reference of [CASE_OF_ALL, `${mark} 1`]) {
      for (const command of ['case summary', 'restrict', 'access log', 'search', 'search organisation']) {
        const answer = await chatOf(person).ask(`${command} ${reference}`);
        if (titlesOn(answer.card).includes('Open')) await answer.press('Open');
      }
      await extended(bot, person, reference);
      await inChannel(bot, person, `case summary ${reference}`);
      await chatOf(person).ask(`case team add ${reference} to ${mark}`);
    }
    await searchByForm(chatOf(person), mark);
  }
  await restricted(chatOf, mark);
  await urgently(chatOf('gerald'), `${mark} has rung`);
  for (const person of ['maureen', 'rowan'] as const) await showWhoAsked(chatOf(person));
  await chatOf('maureen').ask(`case team add ${CASE_OF_ALL} to Northgate Youth`);
}

async function inChannel(bot: TestBot, person: Somebody, text: string): Promise<void> {
  // Who is no member of the channel sees no compose box there.
  const isMember = (['priya', 'tom', 'maureen', 'adaeze'] as readonly Somebody[]).includes(person);
  const { status } = await http(`${bot.running.url}/local/chats/channel/${RIVERSIDE}/messages`, { personId: PEOPLE[person], text }); // prettier-ignore
  assert.equal(status, isMember ? 200 : 403, person);
}

/** Every input of the form, and the way back to it. */
async function searchByForm(chat: Chat, mark: string): Promise<void> {
  const form = await chat.ask('search');
  await form.press('Search', { reference: CASE_OF_ALL, organisation: mark });
  const nothing = await form.press('Search what is open', { organisation: `${mark} House` });
  await nothing.press('Change the search');
  await form.press('Search', { author: mark, type: mark, from: mark, to: mark });
}

/** Restricts the case, fails to name somebody, and lifts it again. */
async function restricted(chatOf: ChatOf, mark: string): Promise<void> {
  const card = await (await (await chatOf('maureen').ask(`restrict ${CASE_OF_ALL}`)).press('Open')).press('Restrict');
  await card.press('Name them', { name: mark });
  await urgently(chatOf('gerald'), mark);
  await card.press('Lift the restriction');
}

/** Asks for urgent access to a case and to one that there is not. */
async function urgently(chat: Chat, reason: string): Promise<void> {
  for (const reference of [CASE_OF_ALL, 'KNR-00000'])
    await (await chat.ask(`urgent access ${reference}`)).press('Open for an hour', { reason });
  await (await chat.ask('urgent access')).press('Open for an hour', { wanted: CASE_OF_ALL, reason });
}

/** Shows those who were told of urgent access who asked, and why. */
async function showWhoAsked(chat: Chat): Promise<void> {
  const isOfThat = ({ activity: { attachments = [] } }: KeptMessage): boolean =>
    attachments.some(({ content }) => actionsIn(content).some(({ verb }) => verb === 'urgent.show'));
  const told = await seen(async () => (await chat.messages()).find(isOfThat), 'somebody to be told of urgent access');
  await (await messageOn(chat, told.id)).press('See who asked');
}
