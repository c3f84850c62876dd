// @ts-check

/** @typedef {'light' | 'dark' | 'contrast'} Look */

const KEY = 'sharingLog.look';

/** The looks of Teams, in the order in which they are offered. @type {readonly { id: Look, title: string }[]} */
export const LOOKS = [
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
  { id: 'contrast', title: 'High contrast' },
];

/** The look to start with: the one chosen here before, else what the machine prefers. @returns {Look} */
export function startingLook() {
  const kept = LOOKS.find((look) => look.id === localStorage.getItem(KEY));
  if (kept !== undefined) return kept.id;
  if (matchMedia('(forced-colors: active), (prefers-contrast: more)').matches) return 'contrast';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Puts a look on the page. @param {Look} look */
export function wearLook(look) {
  document.documentElement.dataset.look = look;
}

/** Puts a look on the page and remembers it for the next time. @param {Look} look */
export function chooseLook(look) {
  wearLook(look);
  localStorage.setItem(KEY, look);
}

/** The look of that name. @param {string | null} text @returns {Look | undefined} */
export function lookNamed(text) {
  return LOOKS.find((look) => look.id === text)?.id;
}
