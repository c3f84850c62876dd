// @ts-check

/** Brings a message into view: all of it when it fits, else its beginning. @param {HTMLElement} element */
export function reveal(element) {
  const log = element.closest('.log');
  if (log === null) return;
  const fits = element.offsetHeight <= log.clientHeight;
  element.scrollIntoView({ block: fits ? 'nearest' : 'start' });
}

/** True when the newest message is in view, or nearly. @param {Element} log */
export function isAtEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 120;
}
