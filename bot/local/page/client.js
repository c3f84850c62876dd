// @ts-check
import { chatKey, createChatList } from './chatList.js';
import { ClockPanel } from './clockPanel.js';
import { Composer } from './composer.js';
import { ConversationView } from './conversationView.js';
import { byId } from './dom.js';
import { createDrawer } from './drawer.js';
import { createFinder } from './finder.js';
import { listen } from './liveEvents.js';
import { fetchMessages, openChat } from './localApi.js';
import { createPersonChooser } from './personChooser.js';
/** @import { Chat, Message, PeopleFile, Person } from './wire.js' */

/** The whole page once it is known who there is: the chats of one person at a time, and what happens in them. */
export class Client {
  #file;
  #person;
  /** @type {Chat} */
  #current;
  #log = byId('log', HTMLElement);
  #status = byId('status', HTMLElement);
  #clock = new ClockPanel();
  #drawer = createDrawer();
  #composer = new Composer((text, threadId) => void this.#viewOf(this.#current).send(text, threadId));
  #chatList = createChatList(byId('chatList', HTMLElement), (chat) => this.#choose(chat));
  #chooser;
  /** @type {Map<string, ConversationView>} */
  #views = new Map();
  /** @type {Set<string>} */
  #unread = new Set();
  #stopListening = () => {};

  /** @param {PeopleFile} file @param {Person} first */
  constructor(file, first) {
    this.#file = file;
    this.#person = first;
    this.#current = personalChat(first);
    this.#chooser = createPersonChooser(file, (person) => this.#become(person));
    createFinder(() => ({ chat: this.#current, personId: this.#person.id }));
    this.#become(first);
  }

  /** @param {Person} person */
  #become(person) {
    this.#stopListening();
    this.#person = person;
    this.#views.clear();
    this.#unread.clear();
    this.#chooser.show(person);
    this.#drawer.close();
    this.#stopListening = listen(person.id, {
      onMessage: (message) => this.#receive(message),
      onUpdated: (message) => this.#views.get(chatKey(message.chat))?.update(message),
      onDeleted: (chat, id) => this.#views.get(chatKey(chat))?.remove(id),
      onTyping: (chat) => this.#views.get(chatKey(chat))?.showTyping(),
      onClock: () => void this.#clock.read(),
      onLost: () => (this.#status.textContent = 'Sharing Log cannot be reached. Trying again…'),
      onBack: () => void this.#comeBack(),
    });
    this.#show(personalChat(person));
  }

  async #comeBack() {
    this.#status.textContent = '';
    await this.#clock.read();
    for (const chat of chatsOf(this.#person)) if (this.#views.has(chatKey(chat))) await this.#load(chat);
  }

  /** @param {Message} message */
  #receive(message) {
    const key = chatKey(message.chat);
    if (key !== chatKey(this.#current)) this.#unread.add(key);
    // A chat that has not been looked at is read whole when it is opened.
    if (this.#views.has(key)) this.#viewOf(message.chat).add(message);
    else this.#redraw();
  }

  /** @param {Chat} chat */
  #choose(chat) {
    this.#drawer.close();
    this.#show(chat);
    byId('messageBox', HTMLTextAreaElement).focus();
  }

  /** @param {Chat} chat */
  #show(chat) {
    this.#current = chat;
    this.#unread.delete(chatKey(chat));
    const isNew = !this.#views.has(chatKey(chat));
    const view = this.#viewOf(chat);
    this.#log.replaceChildren(view.element);
    byId('chatName', HTMLElement).textContent = this.#titleOf(chat);
    byId('chatKind', HTMLElement).textContent = chat.kind === 'personal' ? 'Chat with a bot' : 'Team channel';
    this.#composer.replyIn(undefined);
    this.#composer.setLabel(chat.kind === 'personal' ? 'Write to Sharing Log' : 'Start a post to Sharing Log');
    this.#redraw();
    if (isNew) void this.#load(chat);
    else view.reveal();
  }

  /** @param {Chat} chat */
  async #load(chat) {
    const view = this.#viewOf(chat);
    const opened = await openChat(chat, this.#person.id);
    const outcome = await fetchMessages(chat);
    if (outcome.kind === 'ok') view.sync(outcome.value.messages);
    const failed = [opened, outcome].find((one) => one.kind === 'failed');
    if (failed?.kind === 'failed') view.showFailure(failed.why, () => void this.#load(chat));
    if (view.element.isConnected) view.reveal();
  }

  /** @param {Chat} chat @returns {ConversationView} */
  #viewOf(chat) {
    const found = this.#views.get(chatKey(chat));
    if (found !== undefined) return found;
    const view = new ConversationView(chat, this.#person, {
      log: this.#log,
      onReply: (threadId) => this.#composer.replyIn(threadId),
      onChange: () => this.#redraw(),
    });
    this.#views.set(chatKey(chat), view);
    return view;
  }

  #redraw() {
    const current = chatKey(this.#current);
    this.#chatList.show(
      chatsOf(this.#person).map((chat) => ({
        chat,
        title: this.#titleOf(chat),
        preview: previewOf(this.#views.get(chatKey(chat))?.last),
        unread: this.#unread.has(chatKey(chat)),
        current: chatKey(chat) === current,
      })),
    );
    this.#composer.suggest(this.#views.get(current)?.suggestions ?? []);
  }

  /** @param {Chat} chat */
  #titleOf(chat) {
    return chat.kind === 'personal'
      ? 'Sharing Log'
      : (this.#file.teams.find((team) => team.id === chat.key)?.name ?? 'Channel');
  }
}

/** @param {Person} person @returns {Chat} */
function personalChat(person) {
  return { kind: 'personal', key: person.id };
}

/** @param {Person} person @returns {readonly Chat[]} */
function chatsOf(person) {
  return [personalChat(person), ...person.teamIds.map((key) => ({ kind: /** @type {const} */ ('channel'), key }))];
}

/** @param {Message | undefined} message */
function previewOf(message) {
  if (message === undefined) return '';
  const text = message.activity.text ?? '';
  return `${message.sender === 'bot' ? '' : `${message.name}: `}${text === '' ? 'Card' : text}`;
}
