// @ts-check
/** @import { Chat, ClockReading, Message } from './wire.js' */

/**
 * What to do with each kind of news. `onBack` follows every interruption: something may have been missed.
 * @typedef {{
 *   onMessage: (message: Message) => void,
 *   onUpdated: (message: Message) => void,
 *   onDeleted: (chat: Chat, id: string) => void,
 *   onTyping: (chat: Chat) => void,
 *   onClock: (reading: ClockReading) => void,
 *   onLost: () => void,
 *   onBack: () => void,
 * }} Listeners
 */

const RETRY_MS = 2_000;

/**
 * Listens to what happens in the chats of a person, and goes on listening after an interruption.
 * @param {string} personId
 * @param {Listeners} listeners
 * @returns {() => void} stops listening
 */
export function listen(personId, listeners) {
  let stopped = false;
  let lost = false;
  /** @type {EventSource} */
  let source;

  function connect() {
    source = new EventSource(`/local/events?personId=${encodeURIComponent(personId)}`);
    source.addEventListener('open', () => {
      if (lost) listeners.onBack();
      lost = false;
    });
    source.addEventListener('error', () => {
      if (stopped) return;
      if (!lost) listeners.onLost();
      lost = true;
      // The browser tries again by itself, except when the answer was no event stream.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => stopped || connect(), RETRY_MS);
    });
    on('message', (event) => listeners.onMessage(event.message));
    on('messageUpdated', (event) => listeners.onUpdated(event.message));
    on('messageDeleted', (event) => listeners.onDeleted(event.chat, event.id));
    on('typing', (event) => listeners.onTyping(event.chat));
    on('clock', (event) => listeners.onClock({ now: event.now }));
  }

  /**
   * @param {string} kind
   * @param {(event: { message: Message, chat: Chat, id: string, now: string }) => void} act
   */
  function on(kind, act) {
    source.addEventListener(kind, (event) => act(JSON.parse(event.data)));
  }

  connect();
  return () => {
    stopped = true;
    source.close();
  };
}
