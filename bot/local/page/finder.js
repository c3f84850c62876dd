// @ts-check
import { announce } from './announcer.js';
import { byId, make } from './dom.js';
import { findCards, insertCard } from './localApi.js';
/** @import { FoundCard } from './localApi.js' */
/** @import { Chat } from './wire.js' */

/**
 * Wires "Find a record" beside the box in which messages are written: the bot's message extension, as Teams shows it.
 * @param {() => { chat: Chat, personId: string }} current the chat that is open, and who is looking
 */
export function createFinder(current) {
  const dialog = byId('findDialog', HTMLDialogElement);
  const text = byId('findText', HTMLInputElement);
  const said = byId('findSaid', HTMLElement);
  const list = byId('findList', HTMLElement);
  byId('findButton', HTMLButtonElement).addEventListener('click', () => {
    show('', []);
    text.value = '';
    dialog.showModal();
    text.focus();
  });
  byId('findClose', HTMLButtonElement).addEventListener('click', () => dialog.close());
  byId('findForm', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    void search();
  });

  async function search() {
    const { chat, personId } = current();
    const outcome = await findCards(chat, { personId, text: text.value });
    if (outcome.kind === 'failed') return show(outcome.why, []);
    const { said: words, found } = outcome.value;
    show(found.length === 0 ? words || 'Nothing more was found.' : countOf(found.length), found);
  }

  /** @param {string} words @param {readonly FoundCard[]} found */
  function show(words, found) {
    said.textContent = words;
    said.hidden = words === '';
    list.replaceChildren(...found.map(entry));
  }

  /** @param {FoundCard} found */
  function entry(found) {
    const button = make('button', { className: 'personEntry', attributes: { type: 'button' } }, [
      make('span', { className: 'chatWords' }, [
        make('span', { className: 'chatTitle', text: found.title }),
        make('span', { className: 'chatPreview', text: found.text }),
      ]),
    ]);
    button.addEventListener('click', () => void insert(found));
    return make('li', {}, [button]);
  }

  /** @param {FoundCard} found */
  async function insert({ attachment, title }) {
    const { chat, personId } = current();
    const outcome = await insertCard(chat, { personId, attachment });
    if (outcome.kind === 'failed') return show(outcome.why, []);
    dialog.close();
    byId('messageBox', HTMLTextAreaElement).focus();
    announce(`Sent: ${title}`);
  }
}

/** @param {number} count */
function countOf(count) {
  return `${count} found. Choose one to put its card into the chat.`;
}
