// @ts-check
import { byId, make, makeButton } from './dom.js';
/** @import { SuggestedAction } from './wire.js' */

const TALLEST_PX = 160;

/** The box in which messages are written. Enter sends, Shift+Enter makes a new line. */
export class Composer {
  #onSend;
  #box = byId('messageBox', HTMLTextAreaElement);
  #replying = byId('replying', HTMLElement);
  /** @type {string | undefined} */
  #threadId;

  /** @param {(text: string, threadId: string | undefined) => void} onSend */
  constructor(onSend) {
    this.#onSend = onSend;
    byId('composer', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#box.addEventListener('input', () => this.#fit());
    this.#box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    byId('stopReplying', HTMLButtonElement).addEventListener('click', () => {
      this.replyIn(undefined);
      this.#box.focus();
    });
  }

  /** Sends the next message into a thread, or starts a post with it. @param {string | undefined} threadId */
  replyIn(threadId) {
    this.#threadId = threadId;
    this.#replying.hidden = threadId === undefined;
    if (threadId !== undefined) this.#box.focus();
  }

  /** @param {string} text */
  setLabel(text) {
    byId('messageBoxLabel', HTMLLabelElement).textContent = text;
    this.#box.placeholder = text;
  }

  /** Offers what the bot suggests as buttons; a press says it. @param {readonly SuggestedAction[]} actions */
  suggest(actions) {
    const list = byId('suggestions', HTMLElement);
    list.hidden = actions.length === 0;
    list.replaceChildren(
      ...actions.map((action) => {
        const text = typeof action.value === 'string' ? action.value : action.title;
        return make('li', {}, [makeButton(action.title, 'suggestion', () => this.#say(text))]);
      }),
    );
  }

  // The pressed button goes with its message, so the focus moves to where it is useful next.
  /** @param {string} text */
  #say(text) {
    this.#box.focus();
    this.#onSend(text, undefined);
  }

  #submit() {
    const text = this.#box.value.trim();
    if (text === '') return;
    this.#box.value = '';
    this.#fit();
    this.#onSend(text, this.#threadId);
    this.replyIn(undefined);
  }

  #fit() {
    this.#box.style.height = 'auto';
    this.#box.style.height = `${Math.min(this.#box.scrollHeight + 2, TALLEST_PX)}px`;
  }
}
