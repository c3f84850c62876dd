import { http, type Chat, type HttpAnswer } from './aChat.ts';
import { PEOPLE, type TestBot } from './aBot.ts';
import { actionsIn, type WireCard } from './aCard.ts';
import type { Somebody } from './canaries.ts';

/** What the message extension answers with, as it goes over the wire. */
export interface Extended {
  readonly type: string;
  readonly text?: string;
  readonly attachments?: readonly FoundCard[];
}

/** One result: a card to put into a message, and how it is told from the others before. */
export interface FoundCard {
  readonly contentType: string;
  readonly content: WireCard;
  readonly preview: {
    readonly contentType: string;
    readonly content: { readonly title: string; readonly text: string };
  };
}

/** Asks the message extension, as somebody does who types beside the compose box of a chat. */
export async function extended(
  bot: TestBot,
  person: Somebody,
  text: string,
  { skip = 0, chat = `personal/${PEOPLE[person]}` } = {},
): Promise<Extended> {
  const url = `${bot.running.url}/local/chats/${chat}/query`;
  const { body } = await http(url, { personId: PEOPLE[person], text, skip });
  return body.composeExtension as Extended; // what every query is answered with
}

/** Sends a card that was found into a chat. */
export function inserted(bot: TestBot, person: Somebody, chat: string, found: FoundCard): Promise<HttpAnswer> {
  const { contentType, content } = found;
  const url = `${bot.running.url}/local/chats/${chat}/cards`;
  return http(url, { personId: PEOPLE[person], attachment: { contentType, content } });
}

/** The numbers of the records on a card that lists them, in its order. */
export function numbersOn(card: WireCard): readonly string[] {
  return actionsIn(card).flatMap(({ verb, data }) => (verb === 'record.open' ? [String(data?.number)] : []));
}

/** A card without its sealed tokens, which are never twice the same. */
export function withoutTokens(card: WireCard): string {
  return JSON.stringify(card).replace(/"asked":"[\w-]+"/gu, '"asked":"…"');
}

/** Searches by a command and opens the answer. */
export async function searched(chat: Chat, text: string) {
  return (await chat.ask(`search ${text}`)).press('Open');
}
