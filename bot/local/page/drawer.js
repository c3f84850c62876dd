// @ts-check
import { byId } from './dom.js';

/** Wires the button that brings out the list of chats where there is room for one column only. */
export function createDrawer() {
  const button = byId('drawerButton', HTMLButtonElement);
  const side = byId('side', HTMLElement);

  /** @param {boolean} open */
  function set(open) {
    side.classList.toggle('open', open);
    button.setAttribute('aria-expanded', String(open));
  }

  button.addEventListener('click', () => {
    set(true);
    side.querySelector('button')?.focus();
  });
  byId('drawerClose', HTMLButtonElement).addEventListener('click', () => {
    set(false);
    button.focus();
  });
  side.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !side.classList.contains('open')) return;
    set(false);
    button.focus();
  });
  return { close: () => set(false) };
}
