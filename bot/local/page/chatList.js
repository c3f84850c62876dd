// @ts-check
import { make } from './dom.js';
/** @import { Chat } from './wire.js' */

/** One line of the list. @typedef {{ chat: Chat, title: string, preview: string, unread: boolean, current: boolean }} ChatEntry */

/** @param {Chat} chat */
export function chatKey(chat) {
  return `${chat.kind}/${chat.key}`;
}

/**
 * Makes the list of chats: one stop for Tab, up and down arrows within it.
 * @param {HTMLElement} list
 * @param {(chat: Chat) => void} onChoose
 */
export function createChatList(list, onChoose) {
  list.addEventListener('keydown', (event) => {
    const buttons = [...list.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = nextIndex(event.key, at, buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    for (const [index, button] of buttons.entries()) button.tabIndex = index === next ? 0 : -1;
    buttons[next]?.focus();
  });

  return {
    /** Draws the list anew; the focus stays on its entry. @param {readonly ChatEntry[]} entries */
    show(entries) {
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.chat : undefined;
      list.replaceChildren(...entries.map((entry) => make('li', {}, [entryButton(entry, onChoose)])));
      const again = [...list.querySelectorAll('button')].find((button) => button.dataset.chat === focused);
      if (focused !== undefined) again?.focus();
    },
  };
}

/** @param {ChatEntry} entry @param {(chat: Chat) => void} onChoose */
function entryButton(entry, onChoose) {
  const isChannel = entry.chat.kind === 'channel';
  const button = make('button', { className: 'chatEntry', attributes: { type: 'button' } }, [
    make('span', {
      className: isChannel ? 'avatar teamAvatar' : 'avatar botAvatar',
      text: isChannel ? '#' : 'SL',
      attributes: { 'aria-hidden': 'true' },
    }),
    make('span', { className: 'chatWords' }, [
      make('span', { className: 'chatTitle', text: entry.title }),
      make('span', { className: 'chatPreview', text: entry.preview }),
    ]),
    entry.unread
      ? make('span', { className: 'unread' }, [make('span', { className: 'onlySpoken', text: 'New messages' })])
      : undefined,
  ]);
  button.dataset.chat = chatKey(entry.chat);
  button.tabIndex = entry.current ? 0 : -1;
  if (entry.current) button.setAttribute('aria-current', 'true');
  button.addEventListener('click', () => onChoose(entry.chat));
  return button;
}

/** @param {string} key @param {number} at @param {number} count */
function nextIndex(key, at, count) {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
