// @ts-check
import { announce } from './announcer.js';
import { make, makeButton } from './dom.js';
import { pressCard, recordMessage, sendMessage } from './localApi.js';
import { longDay } from './londonClock.js';
import { MessageView } from './messageView.js';
import { failureNote } from './notes.js';
import { isAtEnd, reveal } from './reveal.js';
/** @import { Chat, Message, Person, SuggestedAction } from './wire.js' */

const TYPING_MS = 8_000;

/** @typedef {{ log: HTMLElement, onReply: (threadId: string) => void, onChange: () => void }} Surroundings */

/** One chat of one person. It lives as long as the person is chosen, so what is being typed into a card survives a look elsewhere. */
export class ConversationView {
  #chat;
  #person;
  #around;
  #list = make('div', { className: 'messages' });
  #typing = make('p', { className: 'typing', text: 'Sharing Log is writing…' });
  element = make('div', { className: 'conversation' }, [this.#list, this.#typing]);
  /** Oldest first. @type {Map<string, MessageView>} */
  #views = new Map();
  #typingTimer = 0;

  /** @param {Chat} chat @param {Person} person @param {Surroundings} around */
  constructor(chat, person, around) {
    this.#chat = chat;
    this.#person = person;
    this.#around = around;
    this.#typing.hidden = true;
  }

  /** The newest message, if there is one. */
  get last() {
    return [...this.#views.values()].at(-1)?.message;
  }

  /** What the bot offers as the next thing to say; only while its message is the newest. @returns {readonly SuggestedAction[]} */
  get suggestions() {
    return this.last?.sender === 'bot' ? (this.last.activity.suggestedActions?.actions ?? []) : [];
  }

  /** Brings the view up to what stands in the chat; cards that have not changed keep what was typed. @param {readonly Message[]} messages */
  sync(messages) {
    // Ids rise: what is newer than the list came while the list was on its way.
    const newest = Number(messages.at(-1)?.id ?? 0);
    for (const id of this.#views.keys())
      if (Number(id) <= newest && !messages.some((message) => message.id === id)) this.remove(id);
    for (const message of messages) {
      if (this.#views.has(message.id)) this.update(message);
      else this.#append(message);
    }
    this.#around.onChange();
  }

  /** @param {Message} message */
  add(message) {
    if (this.#views.has(message.id)) return this.update(message);
    const mine = message.personId === this.#person.id;
    const follow = mine || isAtEnd(this.#around.log);
    const view = this.#append(message);
    if (message.sender === 'bot') this.#stopTyping();
    if (this.element.isConnected && follow) reveal(view.element);
    if (!mine) announce(`${message.name}: ${view.summary}`);
    this.#around.onChange();
  }

  /** @param {Message} message */
  update(message) {
    const view = this.#views.get(message.id);
    if (view === undefined || view.message.updatedAt === message.updatedAt) return;
    view.update(message);
    this.#around.onChange();
  }

  /** @param {string} id */
  remove(id) {
    const element = this.#views.get(id)?.element;
    const thread = element?.closest('.thread');
    this.#views.delete(id);
    element?.remove();
    if (thread?.querySelector('.message') === null) thread.remove();
    this.#around.onChange();
  }

  /** @param {string} text @param {string} [threadId] @param {string} [retryOf] @returns {Promise<void>} */
  async send(text, threadId, retryOf) {
    if (retryOf !== undefined) this.#views.get(retryOf)?.clearFailure();
    const outcome = await sendMessage(this.#chat, { personId: this.#person.id, text, threadId, retryOf });
    if (outcome.kind === 'ok') return;
    this.#stopTyping();
    const known = outcome.id === undefined ? undefined : this.#views.get(outcome.id);
    if (known === undefined) this.#showUnsent(text, outcome.why, threadId);
    else known.showFailure(outcome.why, () => void this.send(text, threadId, outcome.id));
  }

  showTyping() {
    const follow = isAtEnd(this.#around.log);
    this.#typing.hidden = false;
    if (follow) reveal(this.#typing);
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#stopTyping(), TYPING_MS);
  }

  /** Says that the chat could not be read or opened. @param {string} why @param {() => void} tryAgain */
  showFailure(why, tryAgain) {
    const note = failureNote(why, () => {
      note.remove();
      tryAgain();
    });
    this.element.append(note);
  }

  /** Brings the newest message into view. */
  reveal() {
    const newest = [...this.#views.values()].at(-1);
    if (newest !== undefined) reveal(newest.element);
  }

  /** @param {Message} message */
  #append(message) {
    const personId = this.#person.id;
    const view = new MessageView(
      message,
      personId,
      (activityId, action, trigger) => pressCard(this.#chat, { personId, activityId, action, trigger }),
      (messageId) => recordMessage(this.#chat, { personId, messageId }),
    );
    const day = longDay(message.at);
    if (this.last === undefined || longDay(this.last.at) !== day)
      this.#list.append(make('h2', { className: 'day', text: day }));
    this.#views.set(message.id, view);
    this.#placeOf(message).append(view.element);
    return view;
  }

  /** @param {Message} message @returns {HTMLElement} */
  #placeOf(message) {
    const { threadId } = message;
    if (threadId === undefined) return this.#list;
    const posts = this.#list.querySelector(`.posts[data-thread="${CSS.escape(threadId)}"]`);
    return posts instanceof HTMLElement ? posts : this.#startThread(threadId);
  }

  /** @param {string} threadId */
  #startThread(threadId) {
    const posts = make('div', { className: 'posts', attributes: { 'data-thread': threadId } });
    const reply = makeButton('Reply', 'plainButton reply', () => this.#around.onReply(threadId));
    this.#list.append(
      make('div', { className: 'thread', attributes: { role: 'group', 'aria-label': 'Thread' } }, [posts, reply]),
    );
    return posts;
  }

  /** @param {string} text @param {string} why @param {string} [threadId] */
  #showUnsent(text, why, threadId) {
    const note = failureNote(`Not sent. ${why}`, () => {
      unsent.remove();
      void this.send(text, threadId);
    });
    const notes = make('div', { className: 'messageNotes' }, [note]);
    const unsent = make('div', { className: 'message mine unsent' }, [make('p', { className: 'bubble', text }), notes]);
    this.#list.append(unsent);
    reveal(unsent);
  }

  #stopTyping() {
    clearTimeout(this.#typingTimer);
    this.#typing.hidden = true;
  }
}
