// @ts-check
import { announce } from './announcer.js';
import { CardSlot } from './cardSlot.js';
import { make, makeButton } from './dom.js';
import { longMoment, timeOfDay } from './londonClock.js';
import { failureNote, textNote } from './notes.js';
import { reveal } from './reveal.js';
/** @import { Trigger } from './cardSlot.js' */
/** @import { Outcome, PressReply } from './localApi.js' */
/** @import { Card, CardAction, Message } from './wire.js' */

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** @typedef {(messageId: string, action: CardAction, trigger: Trigger) => Promise<Outcome<PressReply>>} PressOnMessage */

/** Chooses the action on a message that Teams has in its menu. @typedef {(messageId: string) => Promise<Outcome<string>>} RecordMessage */

const AS_SHARE = 'Record this message as a share';

/** One message: who, when, and its text or cards. */
export class MessageView {
  element;
  #message;
  #personId;
  #press;
  #record;
  #edited = make('span', { className: 'edited', text: 'Edited' });
  #body = make('div', { className: 'messageBody' });
  #notes = make('div', { className: 'messageNotes' });
  /** @type {CardSlot[]} */
  #slots = [];

  /** @param {Message} message @param {string} personId who is looking @param {PressOnMessage} press @param {RecordMessage} record */
  constructor(message, personId, press, record) {
    this.#message = message;
    this.#personId = personId;
    this.#press = press;
    this.#record = record;
    const mine = message.personId === personId;
    const main = make('div', { className: 'messageMain' }, [
      head(message, mine, this.#edited),
      this.#body,
      this.#notes,
    ]);
    const attributes = { 'aria-label': `${mine ? 'You' : message.name}, ${timeOfDay(message.at)}` };
    this.element = make('article', { className: mine ? 'message mine' : 'message', attributes }, [
      avatar(message),
      main,
    ]);
    this.#draw();
  }

  get message() {
    return this.#message;
  }

  /** What a screen reader is told when the message arrives. */
  get summary() {
    return [this.#message.activity.text, ...this.#slots.map((slot) => `Card: ${slot.title}`)]
      .filter(Boolean)
      .join('. ');
  }

  /** Shows the bot's new version; a card stays in its place. @param {Message} next */
  update(next) {
    this.#message = next;
    const cards = cardsOf(next);
    if (cards.length === 0 || cards.length !== this.#slots.length) return this.#draw();
    for (const [index, card] of cards.entries()) this.#slots[index]?.update(card);
  }

  /** @param {string} why @param {() => void} tryAgain */
  showFailure(why, tryAgain) {
    this.#notes.replaceChildren(failureNote(`Not delivered. ${why}`, tryAgain));
    reveal(this.element);
  }

  clearFailure() {
    this.#notes.replaceChildren();
  }

  #draw() {
    const { activity, id, updatedAt } = this.#message;
    this.#slots = cardsOf(this.#message).map((card) => {
      return new CardSlot(card, `29:${this.#personId}`, (action, trigger) => this.#press(id, action, trigger));
    });
    // A card that moves on is its ordinary course; only words that changed need saying.
    this.#edited.hidden = updatedAt === undefined || this.#slots.length > 0;
    const rows = activity.text ? [this.#bubble(activity.text)] : [];
    this.#body.replaceChildren(...rows, ...this.#slots.map((slot) => slot.element));
  }

  /** What was written; beside what a person wrote, the action that Teams has in the menu of a message. @param {string} text */
  #bubble(text) {
    const bubble = make('p', { className: 'bubble', text });
    if (this.#message.sender === 'bot') return bubble;
    const action = makeButton('⋯', 'iconButton asShare', () => void this.#recordAsShare());
    action.setAttribute('aria-label', AS_SHARE);
    action.title = AS_SHARE;
    return make('div', { className: 'bubbleRow' }, [bubble, action]);
  }

  async #recordAsShare() {
    this.#notes.replaceChildren();
    const outcome = await this.#record(this.#message.id);
    if (outcome.kind === 'ok') announce(outcome.value);
    this.#notes.replaceChildren(
      outcome.kind === 'ok' ? textNote(outcome.value) : failureNote(outcome.why, () => void this.#recordAsShare()),
    );
  }
}

/** @param {Message} message @returns {readonly Card[]} */
function cardsOf(message) {
  return (message.activity.attachments ?? [])
    .filter((attachment) => attachment.contentType === CARD_TYPE)
    .map((attachment) => /** @type {Card} */ (attachment.content));
}

/** @param {Message} message @param {boolean} mine @param {HTMLElement} edited */
function head(message, mine, edited) {
  const time = make('time', {
    text: timeOfDay(message.at),
    attributes: { datetime: message.at, title: longMoment(message.at) },
  });
  return make('div', { className: 'messageHead' }, [
    mine && message.threadId === undefined ? undefined : make('span', { className: 'author', text: message.name }),
    message.sender === 'bot' ? make('span', { className: 'botTag', text: 'Bot' }) : undefined,
    time,
    edited,
  ]);
}

/** @param {Message} message */
function avatar(message) {
  const isBot = message.sender === 'bot';
  const className = isBot ? 'avatar botAvatar' : 'avatar';
  return make('span', {
    className,
    text: isBot ? 'SL' : initials(message.name),
    attributes: { 'aria-hidden': 'true' },
  });
}

/** "PS" for Priya Shah. @param {string} name */
export function initials(name) {
  const parts = name.split(/\s+/).filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => part?.[0]?.toUpperCase() ?? '').join('');
}
