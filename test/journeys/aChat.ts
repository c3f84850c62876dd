import { buttonIn, headingOf, inputsIn, pressData, type Inputs, type WireAction, type WireCard } from './aCard.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A message as the local Teams keeps it. */
export interface KeptMessage {
  readonly id: string;
  readonly sender: 'bot' | 'person';
  readonly activity: {
    readonly text?: string;
    readonly summary?: string;
    readonly replyToId?: string;
    readonly attachments?: readonly { readonly content: WireCard }[];
  };
}

/** A person's own chat with the bot, spoken to as the page does. */
export interface Chat {
  readonly personId: string;
  open(): Promise<HttpAnswer>;
  write(text: string): Promise<HttpAnswer>;
  messages(): Promise<readonly KeptMessage[]>;
  /** Presses something on a message: the answer of the bot, whatever it is. */
  invoke(activityId: string, action: object, trigger?: 'manual' | 'automatic'): Promise<HttpAnswer>;
  /** Types a command and waits for the card that answers it. */
  ask(text: string): Promise<Screen>;
}

/** Speaks as this person; `shown` hears of every card that a press is answered with. */
export function aChat(baseUrl: string, personId: string, shown: (card: WireCard) => void = () => undefined): Chat {
  const at = `${baseUrl}/local/chats/personal/${personId}`;
  const messages = async (): Promise<readonly KeptMessage[]> => {
    const { body } = await http(`${at}/messages`);
    return body.messages as readonly KeptMessage[]; // the route's own answer
  };
  const chat: Chat = {
    personId,
    messages,
    open: () => http(`${at}/open`, {}),
    write: (text) => http(`${at}/messages`, { text }),
    async invoke(activityId, action, trigger = 'manual') {
      const answer = await http(`${at}/invoke`, { activityId, action, trigger });
      if (answer.body.statusCode === 200) shown(cardIn(answer));
      return answer;
    },
    async ask(text) {
      const sent = await chat.write(text);
      if (sent.status !== 200) throw new Error(`The bot answered ${sent.status}`);
      // Not just the newest message: a late receipt of an earlier press may come in between.
      const answer = (await messages()).findLast(({ activity }) => activity.replyToId === sent.body.id);
      if (answer === undefined) throw new Error('The bot did not answer');
      return screenOn(chat, answer);
    },
  };
  return chat;
}

/** A message as one client shows it: the invoke's replies replace its card on this screen only. */
export interface Screen {
  readonly messageId: string;
  readonly card: WireCard;
  readonly heading: string;
  /** Presses a button with what is typed; what stands in the inputs goes along as it is. */
  press(title: string, typed?: Inputs): Promise<Screen>;
  perform(action: object): Promise<Screen>;
}

/** A message of a chat on another screen, as it is kept and without what an earlier press showed. */
export async function messageOn(chat: Chat, messageId: string): Promise<Screen> {
  const found = (await chat.messages()).find(({ id }) => id === messageId);
  if (found === undefined) throw new Error('There is no such message');
  return screenOn(chat, found);
}

/** What a client does when it shows a card with `refresh`: asks for the card as it now is. */
export async function refreshed(chat: Chat, messageId: string): Promise<Screen> {
  const { card } = await messageOn(chat, messageId);
  const { action } = card.refresh as { readonly action: WireAction }; // whoever asks knows that it has one
  const answer = await chat.invoke(messageId, { ...action }, 'automatic');
  return screen(chat, messageId, cardIn(answer));
}

/** The card in the answer to an invoke. */
export function cardIn(answer: HttpAnswer): WireCard {
  if (answer.status !== 200 || answer.body.statusCode !== 200) throw new Error(`No card: ${answer.text}`);
  return answer.body.value as WireCard; // an answer with status 200 carries a card
}

function screenOn(chat: Chat, message: KeptMessage): Screen {
  const card = message.activity.attachments?.[0]?.content;
  if (card === undefined) throw new Error('That message has no card');
  return screen(chat, message.id, card);
}

function screen(chat: Chat, messageId: string, card: WireCard): Screen {
  const perform = async (action: object): Promise<Screen> =>
    screen(chat, messageId, cardIn(await chat.invoke(messageId, action)));
  return {
    messageId,
    card,
    heading: headingOf(card),
    perform,
    press(title, typed = {}) {
      const action = buttonIn(card, title);
      return perform({ ...action, data: pressData(card, action, typed) });
    },
  };
}

/**
 * Answers card after card from one set of answers until the check card, or until one comes back unchanged. `seen` hears
 * of each card with what is typed on it.
 */
export async function answerAll(
  start: Screen,
  answers: Inputs,
  seen: (card: WireCard, typed: Inputs) => void = () => undefined,
): Promise<Screen> {
  let shown = start;
  for (let cards = 0; cards < 10 && shown.heading !== 'Check your answers'; cards += 1) {
    const typed = answersOn(shown.card, answers);
    seen(shown.card, typed);
    shown = await shown.press('Continue', typed);
  }
  return shown;
}

/** Those of a set of answers that a card asks for. */
export function answersOn(card: WireCard, answers: Inputs): Inputs {
  const here = inputsIn(card).map(({ id }) => id);
  return Object.fromEntries(Object.entries(answers).filter(([id]) => here.includes(id)));
}

/** Sends to the local Teams, or reads from it when there is no body. */
export async function http(url: string, body?: unknown): Promise<HttpAnswer> {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, body === undefined ? {} : post);
  const text = await response.text();
  const read: unknown = text === '' ? {} : JSON.parse(text);
  return { status: response.status, text, body: read as HttpAnswer['body'] }; // every route answers with an object
}
