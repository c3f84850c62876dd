// @ts-check
import { createCardSlot } from './cardSlot.js';
import { make } from './dom.js';
import { longMoment, timeOfDay } from './londonClock.js';
import { failureNote } from './notes.js';
import { reveal } from './reveal.js';
/** @import { CardSlot, Trigger } from './cardSlot.js' */
/** @import { Outcome, PressReply } from './localApi.js' */
/** @import { Card, CardAction, Message } from './wire.js' */

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** @typedef {ReturnType<typeof createMessageView>} MessageView */

/**
 * Draws one message: who, when, and its text or cards.
 * @param {Message} first
 * @param {{ personId: string, press: (messageId: string, action: CardAction, trigger: Trigger) => Promise<Outcome<PressReply>> }} options
 */
export function createMessageView(first, { personId, press }) {
  let message = first;
  const mine = message.personId === personId;
  const edited = make('span', { className: 'edited', text: 'Edited' });
  edited.hidden = message.updatedAt === undefined || cardsOf(message).length > 0;
  const body = make('div', { className: 'messageBody' });
  const notes = make('div', { className: 'messageNotes' });
  const element = make('article', { className: mine ? 'message mine' : 'message', attributes: { 'aria-label': labelOf(message, mine) } }, [
    avatar(message),
    make('div', { className: 'messageMain' }, [head(message, mine, edited), body, notes]),
  ]);
  /** @type {CardSlot[]} */
  let slots = [];
  draw();

  function draw() {
    const { text } = message.activity;
    slots = cardsOf(message).map((card) => {
      return createCardSlot({ card, accountId: `29:${personId}`, press: (action, trigger) => press(message.id, action, trigger) });
    });
    const bubble = text === undefined || text === '' ? undefined : make('p', { className: 'bubble', text });
    body.replaceChildren(...(bubble === undefined ? [] : [bubble]), ...slots.map((slot) => slot.element));
  }

  return {
    element,
    message: () => message,
    /** What a screen reader is told when the message arrives. */
    summary: () => [message.activity.text, ...slots.map((slot) => `Card: ${slot.title()}`)].filter(Boolean).join('. '),
    /** Shows the bot's new version; a card stays in its place. @param {Message} next */
    update(next) {
      message = next;
      const cards = cardsOf(next);
      edited.hidden = cards.length > 0;
      if (cards.length === 0 || cards.length !== slots.length) return draw();
      for (const [index, card] of cards.entries()) slots[index]?.update(card);
    },
    /** @param {string} why @param {() => void} tryAgain */
    showFailure(why, tryAgain) {
      notes.replaceChildren(failureNote(`Not delivered. ${why}`, tryAgain));
      reveal(element);
    },
    clearFailure() {
      notes.replaceChildren();
    },
  };
}

/** @param {Message} message @returns {readonly Card[]} */
function cardsOf(message) {
  return (message.activity.attachments ?? [])
    .filter((attachment) => attachment.contentType === CARD_TYPE)
    .map((attachment) => /** @type {Card} */ (attachment.content));
}

/** @param {Message} message @param {boolean} mine */
function labelOf(message, mine) {
  return `${mine ? 'You' : message.name}, ${timeOfDay(message.at)}`;
}

/** @param {Message} message @param {boolean} mine @param {HTMLElement} edited */
function head(message, mine, edited) {
  const time = make('time', { text: timeOfDay(message.at), attributes: { datetime: message.at, title: longMoment(message.at) } });
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
  return make('span', { className, text: isBot ? 'SL' : initials(message.name), attributes: { 'aria-hidden': 'true' } });
}

/** "PS" for Priya Shah. @param {string} name */
export function initials(name) {
  const parts = name.split(/\s+/).filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => part?.[0]?.toUpperCase() ?? '').join('');
}
