// @ts-check
import { byId, make, makeButton } from './dom.js';
/** @import { SuggestedAction } from './wire.js' */

const TALLEST_PX = 160;

/**
 * Wires the box in which messages are written. Enter sends, Shift+Enter makes a new line.
 * @param {(text: string, threadId: string | undefined) => void} onSend
 */
export function createComposer(onSend) {
  const form = byId('composer', HTMLFormElement);
  const box = byId('messageBox', HTMLTextAreaElement);
  const label = byId('messageBoxLabel', HTMLLabelElement);
  const replying = byId('replying', HTMLElement);
  const suggestions = byId('suggestions', HTMLElement);
  /** @type {string | undefined} */
  let threadId;

  function submit() {
    const text = box.value.trim();
    if (text === '') return;
    box.value = '';
    fit();
    onSend(text, threadId);
    replyIn(undefined);
  }

  function fit() {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight + 2, TALLEST_PX)}px`;
  }

  /** @param {string | undefined} next */
  function replyIn(next) {
    threadId = next;
    replying.hidden = next === undefined;
    if (next !== undefined) box.focus();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener('input', fit);
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  byId('stopReplying', HTMLButtonElement).addEventListener('click', () => {
    replyIn(undefined);
    box.focus();
  });

  return {
    replyIn,
    /** @param {string} text */
    setLabel(text) {
      label.textContent = text;
      box.placeholder = text;
    },
    /** Offers what the bot suggests as buttons; a press says it. @param {readonly SuggestedAction[]} actions */
    suggest(actions) {
      suggestions.hidden = actions.length === 0;
      suggestions.replaceChildren(
        ...actions.map((action) => {
          const text = typeof action.value === 'string' ? action.value : action.title;
          return make('li', {}, [makeButton(action.title, 'suggestion', () => onSend(text, undefined))]);
        }),
      );
    },
  };
}
