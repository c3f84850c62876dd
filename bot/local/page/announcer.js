// @ts-check
import { byId } from './dom.js';

const LONGEST = 200;

/** Has a screen reader say something when it is next silent. Long texts are cut: the message itself can be read at leisure. @param {string} text */
export function announce(text) {
  const line = document.createElement('p');
  line.textContent = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  byId('announcer', HTMLElement).replaceChildren(line);
}
