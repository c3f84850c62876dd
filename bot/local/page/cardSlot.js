// @ts-check
import { announce } from './announcer.js';
import { drawCard } from './cardView.js';
import { make } from './dom.js';
import { failureNote, textNote } from './notes.js';
import { isAtEnd, reveal } from './reveal.js';
/** @import { CardView } from './cardView.js' */
/** @import { Outcome, PressReply } from './localApi.js' */
/** @import { Card, CardAction } from './wire.js' */

const SLOW_MS = 600;

/** @typedef {'manual' | 'automatic'} Trigger */
/** @typedef {(action: CardAction, trigger: Trigger) => Promise<Outcome<PressReply>>} Press */

/**
 * The place of one card of a message: it sends presses to the bot and puts the card that comes back in the same place, for this person
 * only, as Teams does.
 */
export class CardSlot {
  element = make('div', { className: 'cardSlot' });
  #notes = make('div', { className: 'cardNotes' });
  #accountId;
  #press;
  #busy = false;
  /** Whether somebody has begun to answer the card that is shown. */
  #touched = false;
  /** The bot's update of the stored card that came during a press. @type {Card | undefined} */
  #held;
  /** @type {CardView} */
  #view;

  /** @param {Card} card @param {string} accountId @param {Press} press */
  constructor(card, accountId, press) {
    this.#accountId = accountId;
    this.#press = press;
    this.#view = this.#draw(card);
    this.element.append(this.#view.element, this.#notes);
    this.element.addEventListener('input', () => {
      this.#touched = true;
      this.#notes.replaceChildren();
    });
    this.#refreshWhenSeen(card);
  }

  /** The heading of the card that is shown. */
  get title() {
    return this.#view.title;
  }

  /** Shows the bot's new version of the stored card; while a press is under way, after it. @param {Card} stored */
  update(stored) {
    if (this.#busy) this.#held = stored;
    else this.#replace(stored);
  }

  /** @param {object} json */
  #draw(json) {
    return drawCard(json, (action) => void this.#run(action));
  }

  /** @param {object} json @param {boolean} takeFocus */
  #show(json, takeFocus) {
    const log = this.element.closest('.log');
    const follow = takeFocus || (log instanceof HTMLElement && isAtEnd(log));
    const next = this.#draw(json);
    this.#view.element.replaceWith(next.element);
    this.#view = next;
    this.#touched = false;
    if (follow) reveal(messageOf(this.element));
    if (!takeFocus) return;
    next.focusHeading();
    announce(`Card: ${next.title}`);
  }

  /** Shows a newer state of the same card: whoever is going through it stays where they are. @param {object} json */
  #renew(json) {
    const before = focusable(this.#view.element);
    const at = before.findIndex((element) => element === document.activeElement);
    this.#show(json, at < 0 && this.#hasFocus());
    const after = focusable(this.#view.element);
    if (at >= 0) (before.length === after.length ? after[at] : undefined)?.focus({ preventScroll: true });
    if (at >= 0 && !this.#hasFocus()) this.#view.focusHeading();
  }

  /** @param {CardAction} action */
  async #run(action) {
    if (this.#busy) return;
    this.#busy = true;
    this.#notes.replaceChildren();
    this.#view.setBusy(true);
    const slow = setTimeout(() => this.#notes.replaceChildren(textNote('Working on it…')), SLOW_MS);
    const outcome = await this.#press(action, 'manual');
    clearTimeout(slow);
    this.#busy = false;
    this.#view.setBusy(false);
    this.#notes.replaceChildren();
    this.#settle(outcome, 'manual', () => void this.#run(action));
  }

  /** Whoever has begun to answer the card, or has pressed something, goes on with it as it stands. @param {CardAction} action */
  async #refresh(action) {
    const shown = this.#view;
    const outcome = await this.#press(action, 'automatic');
    if (this.#view !== shown || this.#touched || this.#busy) return;
    this.#settle(outcome, 'automatic', () => void this.#refresh(action));
  }

  /** @param {Outcome<PressReply>} outcome @param {Trigger} trigger @param {() => void} tryAgain */
  #settle(outcome, trigger, tryAgain) {
    const reply = outcome.kind === 'ok' ? outcome.value : undefined;
    const update = this.#held;
    this.#held = undefined;
    if (reply?.kind === 'card') return trigger === 'manual' ? this.#show(reply.card, true) : this.#renew(reply.card);
    if (update !== undefined) this.#replace(update);
    if (reply?.kind === 'text') {
      this.#note(textNote(reply.text), trigger);
      announce(reply.text);
    }
    if (outcome.kind === 'failed') {
      const what = trigger === 'manual' ? 'What you typed is still here.' : 'This card may be out of date.';
      this.#note(failureNote(`${outcome.why} ${what}`, tryAgain), trigger);
    }
  }

  /** @param {HTMLElement} note @param {Trigger} trigger */
  #note(note, trigger) {
    this.#notes.replaceChildren(note);
    if (trigger === 'manual') reveal(this.#notes);
  }

  /** @param {Card} stored */
  #replace(stored) {
    this.#show(stored, this.#hasFocus());
    this.#refreshWhenSeen(stored);
  }

  // As in Teams: a stored card is shown first, and only cards that somebody looks at are refreshed.
  /** @param {Card} stored */
  #refreshWhenSeen(stored) {
    const { refresh } = stored;
    if (refresh === undefined || !refresh.userIds?.includes(this.#accountId)) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      void this.#refresh(refresh.action);
    });
    observer.observe(this.element);
  }

  #hasFocus() {
    return this.element.contains(document.activeElement);
  }
}

/** @param {HTMLElement} card @returns {readonly HTMLElement[]} */
function focusable(card) {
  return [...card.querySelectorAll('input, select, textarea, button, a[href]')].filter(
    (element) => element instanceof HTMLElement,
  );
}

/** @param {HTMLElement} element @returns {HTMLElement} */
function messageOf(element) {
  const message = element.closest('.message');
  return message instanceof HTMLElement ? message : element;
}
