// @ts-check
/** @import { CardAction, Chat, ClockReading, GalleryCard, Message, PeopleFile } from './wire.js' */

/**
 * What came of a request: its answer, or one sentence that a person can read. A message that was taken in but not delivered has its id.
 * @template T
 * @typedef {{ kind: 'ok', value: T } | { kind: 'failed', why: string, id?: string | undefined }} Outcome
 */

/** What stands in a chat. @typedef {{ messages: readonly Message[] }} History */

/** What a press on a card brought. @typedef {{ kind: 'card', card: object } | { kind: 'text', text: string } | { kind: 'nothing' }} PressReply */

const UNREACHABLE = 'Sharing Log is not running on this machine, or has just stopped.';
const BROKEN = 'Sharing Log could not deal with this.';

/** @returns {Promise<Outcome<PeopleFile>>} */
export function fetchPeople() {
  return request('/local/people');
}

/** @returns {Promise<Outcome<readonly GalleryCard[]>>} */
export function fetchGallery() {
  return request('/local/gallery.json');
}

/** @returns {Promise<Outcome<ClockReading>>} */
export function fetchClock() {
  return request('/local/clock');
}

/**
 * @param {{ now: string } | { advance: string } | { london: string }} wish
 * @returns {Promise<Outcome<ClockReading>>}
 */
export function moveClock(wish) {
  return request('/local/clock', wish);
}

/**
 * The messages of a chat, oldest first.
 * @param {Chat} chat
 * @returns {Promise<Outcome<History>>}
 */
export function fetchMessages(chat) {
  return request(`${chatPath(chat)}/messages`);
}

/**
 * Tells the bot, the first time, that it was added to this chat.
 * @param {Chat} chat
 * @param {string} personId
 * @returns {Promise<Outcome<unknown>>}
 */
export function openChat(chat, personId) {
  return request(`${chatPath(chat)}/open`, { personId });
}

/**
 * @param {Chat} chat
 * @param {{ personId: string, text: string, threadId?: string | undefined, retryOf?: string | undefined }} message
 * @returns {Promise<Outcome<{ id: string }>>}
 */
export function sendMessage(chat, message) {
  return request(`${chatPath(chat)}/messages`, message);
}

/**
 * Presses a button of a card, or refreshes the card when `trigger` is `automatic`.
 * @param {Chat} chat
 * @param {{ personId: string, activityId: string, action: CardAction, trigger: 'manual' | 'automatic' }} press
 * @returns {Promise<Outcome<PressReply>>}
 */
export async function pressCard(chat, press) {
  /** @type {Outcome<unknown>} */
  const outcome = await request(`${chatPath(chat)}/invoke`, press);
  return outcome.kind === 'failed' ? outcome : readReply(outcome.value);
}

/** A card that was found, and how it is told from the others. @typedef {{ attachment: { contentType: string, content: object }, title: string, text: string }} FoundCard */

/**
 * Asks the bot's message extension.
 * @param {Chat} chat
 * @param {{ personId: string, text: string }} query
 * @returns {Promise<Outcome<{ said: string, found: readonly FoundCard[] }>>}
 */
export async function findCards(chat, query) {
  /** @type {Outcome<unknown>} */
  const outcome = await request(`${chatPath(chat)}/query`, query);
  if (outcome.kind === 'failed') return outcome;
  const extension = isObject(outcome.value) ? outcome.value.composeExtension : undefined;
  if (!isObject(extension)) return { kind: 'failed', why: BROKEN };
  const attachments = Array.isArray(extension.attachments) ? extension.attachments : [];
  const said = typeof extension.text === 'string' ? extension.text : '';
  return { kind: 'ok', value: { said, found: attachments.map(readFound) } };
}

/** @param {{ contentType: string, content: object, preview: { content: { title: string, text: string } } }} attachment @returns {FoundCard} */
function readFound({ contentType, content, preview }) {
  // Teams draws a preview as HTML; the bot sends what could be markup as character references.
  const text = preview.content.text.replace(/&#(\d+);/gu, (_, code) => String.fromCodePoint(Number(code)));
  return { attachment: { contentType, content }, title: preview.content.title, text };
}

/**
 * Sends a card that was found into a chat, as a message of the person.
 * @param {Chat} chat
 * @param {{ personId: string, attachment: { contentType: string, content: object } }} message
 * @returns {Promise<Outcome<{ id: string }>>}
 */
export function insertCard(chat, message) {
  return request(`${chatPath(chat)}/cards`, message);
}

/**
 * Chooses “Record this message as a share” on a message; what the bot says to that.
 * @param {Chat} chat
 * @param {{ personId: string, messageId: string }} chosen
 * @returns {Promise<Outcome<string>>}
 */
export async function recordMessage(chat, chosen) {
  /** @type {Outcome<unknown>} */
  const outcome = await request(`${chatPath(chat)}/action`, chosen);
  if (outcome.kind === 'failed') return outcome;
  const task = isObject(outcome.value) ? outcome.value.task : undefined;
  const said = isObject(task) ? task.value : undefined;
  return typeof said === 'string' ? { kind: 'ok', value: said } : { kind: 'failed', why: BROKEN };
}

/**
 * @param {unknown} body
 * @returns {Outcome<PressReply>}
 */
function readReply(body) {
  if (!isObject(body)) return { kind: 'ok', value: { kind: 'nothing' } };
  const { statusCode, type, value } = body;
  if (typeof statusCode === 'number' && statusCode >= 400) return { kind: 'failed', why: BROKEN };
  if (type === 'application/vnd.microsoft.card.adaptive' && isObject(value))
    return { kind: 'ok', value: { kind: 'card', card: value } };
  if (type === 'application/vnd.microsoft.activity.message' && typeof value === 'string') {
    return { kind: 'ok', value: { kind: 'text', text: value } };
  }
  return type === 'application/vnd.microsoft.error'
    ? { kind: 'failed', why: BROKEN }
    : { kind: 'ok', value: { kind: 'nothing' } };
}

/** @param {Chat} chat */
function chatPath(chat) {
  return `/local/chats/${chat.kind}/${encodeURIComponent(chat.key)}`;
}

/**
 * @template T
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<Outcome<T>>}
 */
async function request(path, body) {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  try {
    const response = await fetch(path, body === undefined ? {} : post);
    const answer = await readAnswer(response);
    if (response.ok) return { kind: 'ok', value: /** @type {T} */ (answer) };
    const told = isObject(answer) ? answer : {};
    const why = typeof told.error === 'string' ? told.error : BROKEN;
    return { kind: 'failed', why, id: typeof told.id === 'string' ? told.id : undefined };
  } catch (error) {
    // fetch rejects with a TypeError when there was no answer at all; anything else is a mistake of this page.
    if (error instanceof TypeError) return { kind: 'failed', why: UNREACHABLE };
    throw error;
  }
}

/** @param {Response} response @returns {Promise<unknown>} */
async function readAnswer(response) {
  const text = await response.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}
