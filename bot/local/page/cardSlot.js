// @ts-check
import { announce } from './announcer.js';
import { drawCard } from './cardView.js';
import { make } from './dom.js';
import { failureNote, textNote } from './notes.js';
import { isAtEnd, reveal } from './reveal.js';
/** @import { Outcome, PressReply } from './localApi.js' */
/** @import { Card, CardAction } from './wire.js' */

const SLOW_MS = 600;

/** @typedef {'manual' | 'automatic'} Trigger */
/** @typedef {ReturnType<typeof createCardSlot>} CardSlot */

/**
 * Makes the place of one card of a message: it sends presses to the bot and puts the card that comes back in the same place, for this
 * person only, as Teams does.
 * @param {{ card: Card, accountId: string, press: (action: CardAction, trigger: Trigger) => Promise<Outcome<PressReply>> }} options
 */
export function createCardSlot({ card, accountId, press }) {
  const notes = make('div', { className: 'cardNotes' });
  const element = make('div', { className: 'cardSlot' });
  let busy = false;
  /** @type {Card | undefined} */
  let held;
  let view = drawCard(card, onPress);
  element.append(view.element, notes);
  element.addEventListener('input', () => notes.replaceChildren());
  refreshWhenSeen(card);

  /** @param {object} json @param {boolean} takeFocus */
  function show(json, takeFocus) {
    const log = element.closest('.log');
    const follow = takeFocus || (log instanceof HTMLElement && isAtEnd(log));
    const next = drawCard(json, onPress);
    view.element.replaceWith(next.element);
    view = next;
    if (follow) reveal(messageOf(element));
    if (!takeFocus) return;
    view.focusHeading();
    announce(`Card: ${view.title}`);
  }

  /** @param {CardAction} action */
  function onPress(action) {
    void run(action, 'manual');
  }

  /** @param {CardAction} action @param {Trigger} trigger */
  async function run(action, trigger) {
    if (busy) return;
    busy = true;
    notes.replaceChildren();
    view.setBusy(true);
    const slow = setTimeout(() => notes.replaceChildren(textNote('Working on it…')), SLOW_MS);
    const outcome = await press(action, trigger);
    clearTimeout(slow);
    busy = false;
    view.setBusy(false);
    notes.replaceChildren();
    settle(outcome, action, trigger);
  }

  /** @param {Outcome<PressReply>} outcome @param {CardAction} action @param {Trigger} trigger */
  function settle(outcome, action, trigger) {
    const reply = outcome.kind === 'ok' ? outcome.value : undefined;
    const update = held;
    held = undefined;
    if (reply?.kind === 'card') return show(reply.card, trigger === 'manual' || element.contains(document.activeElement));
    if (update !== undefined) replace(update);
    if (reply?.kind === 'text') {
      notes.replaceChildren(textNote(reply.text));
      if (trigger === 'manual') notes.scrollIntoView({ block: 'nearest' });
      announce(reply.text);
    }
    if (outcome.kind === 'failed') {
      const what = trigger === 'manual' ? 'What you typed is still here.' : 'This card may be out of date.';
      notes.replaceChildren(failureNote(`${outcome.why} ${what}`, () => void run(action, trigger)));
      if (trigger === 'manual') notes.scrollIntoView({ block: 'nearest' });
    }
  }

  /** @param {Card} stored */
  function replace(stored) {
    show(stored, element.contains(document.activeElement));
    refreshWhenSeen(stored);
  }

  /** @param {Card} stored */
  function refreshWhenSeen(stored) {
    const { refresh } = stored;
    if (refresh === undefined || !refresh.userIds?.includes(accountId)) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      void run(refresh.action, 'automatic');
    });
    observer.observe(element);
  }

  return {
    element,
    title: () => view.title,
    /** Shows the bot's new version of the stored card; while a press is under way, after it. @param {Card} stored */
    update(stored) {
      if (busy) held = stored;
      else replace(stored);
    },
  };
}

/** @param {HTMLElement} element @returns {HTMLElement} */
function messageOf(element) {
  const message = element.closest('.message');
  return message instanceof HTMLElement ? message : element;
}
