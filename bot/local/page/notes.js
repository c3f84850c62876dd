// @ts-check
import { announce } from './announcer.js';
import { make, makeButton } from './dom.js';

/** A line from Sharing Log that only this person sees. @param {string} text */
export function textNote(text) {
  return make('p', { className: 'note', text });
}

/**
 * Says in words what went wrong and offers to try again.
 * @param {string} text
 * @param {() => void} tryAgain
 */
export function failureNote(text, tryAgain) {
  announce(text);
  const words = make('p', { className: 'failureText', text });
  return make('div', { className: 'failure' }, [words, makeButton('Try again', 'plainButton', tryAgain)]);
}
