// @ts-check
import { chatKey, createChatList } from './chatList.js';
import { createClockPanel } from './clockPanel.js';
import { createComposer } from './composer.js';
import { createConversationView } from './conversationView.js';
import { byId, make } from './dom.js';
import { createDrawer } from './drawer.js';
import { listen } from './liveEvents.js';
import { fetchMessages, fetchPeople, openChat } from './localApi.js';
import { chooseLook, lookNamed, LOOKS, startingLook, wearLook } from './look.js';
import { failureNote } from './notes.js';
import { createPersonChooser, startingPerson } from './personChooser.js';
/** @import { ConversationView } from './conversationView.js' */
/** @import { Chat, Message, PeopleFile, Person } from './wire.js' */

const log = byId('log', HTMLElement);
const status = byId('status', HTMLElement);

/** @param {PeopleFile} file @param {Person} first */
function start(file, first) {
  /** @type {Map<string, ConversationView>} */
  const views = new Map();
  /** @type {Set<string>} */
  const unread = new Set();
  let person = first;
  let current = personalChat(first);
  let stopListening = () => {};

  const clock = createClockPanel();
  const drawer = createDrawer();
  const composer = createComposer((text, threadId) => void viewOf(current).send(text, threadId));
  const chatList = createChatList(byId('chatList', HTMLElement), (chat) => {
    drawer.close();
    show(chat);
    byId('messageBox', HTMLTextAreaElement).focus();
  });
  const chooser = createPersonChooser(file, become);
  become(first);

  /** @param {Person} next */
  function become(next) {
    stopListening();
    person = next;
    views.clear();
    unread.clear();
    chooser.show(next);
    stopListening = listen(next.id, {
      onMessage: (message) => receive(message),
      onUpdated: (message) => views.get(chatKey(message.chat))?.update(message),
      onDeleted: (chat, id) => views.get(chatKey(chat))?.remove(id),
      onTyping: (chat) => views.get(chatKey(chat))?.showTyping(),
      onClock: () => void clock.read(),
      onLost: () => (status.textContent = 'Sharing Log cannot be reached. Trying again…'),
      onBack: () => void comeBack(),
    });
    show(personalChat(next));
  }

  async function comeBack() {
    status.textContent = '';
    await clock.read();
    for (const chat of chatsOf(person)) if (views.has(chatKey(chat))) await load(chat);
  }

  /** @param {Message} message */
  function receive(message) {
    const key = chatKey(message.chat);
    if (key !== chatKey(current)) unread.add(key);
    viewOf(message.chat).add(message);
  }

  /** @param {Chat} chat */
  function show(chat) {
    current = chat;
    unread.delete(chatKey(chat));
    const isNew = !views.has(chatKey(chat));
    const view = viewOf(chat);
    log.replaceChildren(view.element);
    byId('chatName', HTMLElement).textContent = titleOf(chat);
    byId('chatKind', HTMLElement).textContent = chat.kind === 'personal' ? 'Chat with a bot' : 'Team channel';
    composer.replyIn(undefined);
    composer.setLabel(chat.kind === 'personal' ? 'Write to Sharing Log' : 'Start a post to Sharing Log');
    redraw();
    if (isNew) void load(chat);
    else view.reveal();
  }

  /** @param {Chat} chat */
  async function load(chat) {
    const view = viewOf(chat);
    const opened = await openChat(chat, person.id);
    const outcome = await fetchMessages(chat);
    if (outcome.kind === 'ok') view.sync(outcome.value.messages);
    const failed = [opened, outcome].find((one) => one.kind === 'failed');
    if (failed?.kind === 'failed') view.showFailure(failed.why, () => void load(chat));
    if (view.element.isConnected) view.reveal();
  }

  /** @param {Chat} chat @returns {ConversationView} */
  function viewOf(chat) {
    const found = views.get(chatKey(chat));
    if (found !== undefined) return found;
    const view = createConversationView({ chat, person, log, onReply: (threadId) => composer.replyIn(threadId), onChange: redraw });
    views.set(chatKey(chat), view);
    return view;
  }

  function redraw() {
    chatList.show(
      chatsOf(person).map((chat) => ({
        chat,
        title: titleOf(chat),
        preview: previewOf(views.get(chatKey(chat))?.last()),
        unread: unread.has(chatKey(chat)),
        current: chatKey(chat) === chatKey(current),
      })),
    );
    composer.suggest(views.get(chatKey(current))?.suggestions() ?? []);
  }

  /** @param {Chat} chat */
  function titleOf(chat) {
    return chat.kind === 'personal' ? 'Sharing Log' : (file.teams.find((team) => team.id === chat.key)?.name ?? 'Channel');
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

function wireLook() {
  const select = byId('look', HTMLSelectElement);
  select.append(...LOOKS.map((look) => make('option', { text: look.title, attributes: { value: look.id } })));
  select.value = startingLook();
  select.addEventListener('change', () => chooseLook(lookNamed(select.value) ?? 'light'));
}

async function begin() {
  const outcome = await fetchPeople();
  const first = outcome.kind === 'ok' ? startingPerson(outcome.value) : undefined;
  if (outcome.kind === 'ok' && first !== undefined) return start(outcome.value, first);
  const why = outcome.kind === 'failed' ? outcome.why : 'The people file names nobody.';
  log.replaceChildren(failureNote(why, () => void begin()));
}

wearLook(startingLook());
wireLook();
await begin();
