// @ts-check

/** What stays free between the edge of the conversation and what is brought into view. */
const MARGIN_PX = 16;

/**
 * Brings something in the conversation into view: all of it when it fits, else its beginning. The browser's own
 * `scrollIntoView` would also move the place from which the next Tab goes on.
 * @param {HTMLElement} element
 */
export function reveal(element) {
  const log = element.closest('.log');
  if (log === null) return;
  const [room, box] = [log.getBoundingClientRect(), element.getBoundingClientRect()];
  const aboveBy = box.top - MARGIN_PX - room.top;
  const belowBy = box.bottom + MARGIN_PX - room.bottom;
  const fits = box.height <= room.height;
  if (aboveBy < 0 || (!fits && aboveBy > 0)) log.scrollTop += aboveBy;
  else if (belowBy > 0 && fits) log.scrollTop += Math.min(belowBy, aboveBy);
}

/** True when the newest message is in view, or nearly. @param {Element} log */
export function isAtEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 120;
}
