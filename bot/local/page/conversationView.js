// @ts-check
import { announce } from './announcer.js';
import { make, makeButton } from './dom.js';
import { pressCard, sendMessage } from './localApi.js';
import { longDay } from './londonClock.js';
import { createMessageView } from './messageView.js';
import { failureNote } from './notes.js';
import { isAtEnd, reveal } from './reveal.js';
/** @import { MessageView } from './messageView.js' */
/** @import { Chat, Message, Person, SuggestedAction } from './wire.js' */

const TYPING_MS = 8_000;

/** @typedef {ReturnType<typeof createConversationView>} ConversationView */

/**
 * Shows one chat of one person. It lives as long as the person is chosen, so what is being typed into a card survives a look elsewhere.
 * @param {{ chat: Chat, person: Person, log: HTMLElement, onReply: (threadId: string) => void, onChange: () => void }} options
 */
export function createConversationView({ chat, person, log, onReply, onChange }) {
  const list = make('div', { className: 'messages' });
  const typing = make('p', { className: 'typing', text: 'Sharing Log is writing…' });
  typing.hidden = true;
  const element = make('div', { className: 'conversation' }, [list, typing]);
  /** @type {Map<string, MessageView>} */
  const views = new Map();
  let typingTimer = 0;

  /** @param {Message} message */
  function append(message) {
    const view = createMessageView(message, {
      personId: person.id,
      press: (activityId, action, trigger) => pressCard(chat, { personId: person.id, activityId, action, trigger }),
    });
    const previous = [...views.values()].at(-1)?.message();
    if (previous === undefined || longDay(previous.at) !== longDay(message.at)) list.append(make('h2', { className: 'day', text: longDay(message.at) }));
    views.set(message.id, view);
    threadOf(message).append(view.element);
    return view;
  }

  /** @param {Message} message @returns {HTMLElement} */
  function threadOf(message) {
    if (message.threadId === undefined) return list;
    const found = [...list.querySelectorAll('.thread')].find((thread) => thread instanceof HTMLElement && thread.dataset.id === message.threadId);
    const posts = found?.querySelector('.posts');
    if (posts instanceof HTMLElement) return posts;
    return startThread(message.threadId);
  }

  /** @param {string} threadId */
  function startThread(threadId) {
    const posts = make('div', { className: 'posts' });
    const thread = make('div', { className: 'thread', attributes: { role: 'group', 'aria-label': 'Thread' } }, [
      posts,
      makeButton('Reply', 'plainButton reply', () => onReply(threadId)),
    ]);
    thread.dataset.id = threadId;
    list.append(thread);
    return posts;
  }

  function stopTyping() {
    clearTimeout(typingTimer);
    typing.hidden = true;
  }

  /** @param {string} id */
  function remove(id) {
    const view = views.get(id);
    views.delete(id);
    const thread = view?.element.closest('.thread');
    view?.element.remove();
    if (thread?.querySelector('.message') === null) thread.remove();
    onChange();
  }

  /** @param {Message} message */
  function add(message) {
    if (views.has(message.id)) return update(message);
    const follow = isAtEnd(log) || message.personId === person.id;
    const view = append(message);
    if (message.sender === 'bot') stopTyping();
    if (element.isConnected && follow) reveal(view.element);
    if (message.personId !== person.id) announce(`${message.name}: ${view.summary()}`);
    onChange();
  }

  /** @param {Message} message */
  function update(message) {
    const view = views.get(message.id);
    if (view === undefined) return;
    const changed = view.message().updatedAt !== message.updatedAt;
    if (changed) view.update(message);
    onChange();
  }

  /** @param {string} text @param {string} [threadId] @param {string} [retryOf] @returns {Promise<void>} */
  async function send(text, threadId, retryOf) {
    if (retryOf !== undefined) views.get(retryOf)?.clearFailure();
    const outcome = await sendMessage(chat, { personId: person.id, text, threadId, retryOf });
    if (outcome.kind === 'ok') return;
    stopTyping();
    const known = outcome.id === undefined ? undefined : views.get(outcome.id);
    if (known !== undefined) return known.showFailure(outcome.why, () => void send(text, threadId, outcome.id));
    showUnsent(text, outcome.why, threadId);
  }

  /** @param {string} text @param {string} why @param {string} [threadId] */
  function showUnsent(text, why, threadId) {
    const unsent = make('div', { className: 'message mine unsent' }, [make('p', { className: 'bubble', text })]);
    const note = failureNote(`Not sent. ${why}`, () => {
      unsent.remove();
      void send(text, threadId);
    });
    unsent.append(make('div', { className: 'messageNotes' }, [note]));
    list.append(unsent);
    reveal(unsent);
  }

  return {
    element,
    add,
    update,
    remove,
    send,
    /** Brings the view up to what stands in the chat; cards that have not changed keep what was typed. @param {readonly Message[]} messages */
    sync(messages) {
      for (const id of views.keys()) if (!messages.some((message) => message.id === id)) remove(id);
      for (const message of messages) if (views.has(message.id)) update(message); else append(message);
      onChange();
    },
    showTyping() {
      const follow = isAtEnd(log);
      typing.hidden = false;
      if (follow) typing.scrollIntoView({ block: 'nearest' });
      clearTimeout(typingTimer);
      typingTimer = setTimeout(stopTyping, TYPING_MS);
    },
    /** Says that the chat could not be read or opened. @param {string} why @param {() => void} tryAgain */
    showFailure(why, tryAgain) {
      const note = failureNote(why, () => {
        note.remove();
        tryAgain();
      });
      element.append(note);
    },
    last: () => [...views.values()].at(-1)?.message(),
    /** What the bot offers as the next thing to say; only while its message is the newest. @returns {readonly SuggestedAction[]} */
    suggestions() {
      const newest = [...views.values()].at(-1)?.message();
      return newest?.sender === 'bot' ? (newest.activity.suggestedActions?.actions ?? []) : [];
    },
    reveal() {
      const newest = [...views.values()].at(-1);
      if (newest !== undefined) reveal(newest.element);
    },
  };
}
