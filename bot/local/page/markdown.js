// @ts-check
import { make } from './dom.js';

// The little of Markdown that Teams reads in a card. Everything is put together from text nodes, so nothing typed becomes markup.
const INLINE =
  /\\(?<escaped>[!-/:-@[-`{-~])|\*\*(?<bold>(?:\\.|[^\\])+?)\*\*|\*(?<star>(?:\\.|[^\\*\s])(?:\\.|[^\\*])*?)\*|(?<!\w)_(?<line>(?:\\.|[^\\_])+?)_(?!\w)|\[(?<label>(?:\\.|[^\\\]])+)\]\((?<address>https:\/\/[^\s()]+)\)/;
const BULLET = /^\s*[-*]\s+(.+)$/;
const NUMBERED = /^\s*\d{1,3}[.)]\s+(.+)$/;

/**
 * Turns a card's Markdown into HTML that holds nothing but paragraphs, lists, strong, em and https links.
 * @param {string} text
 */
export function markdownToHtml(text) {
  const root = make('div');
  /** @type {HTMLElement | undefined} */
  let block;
  for (const line of text.split(/\r?\n/)) {
    const bullet = BULLET.exec(line);
    const item = bullet ?? NUMBERED.exec(line);
    const tag = item === null ? 'p' : bullet === null ? 'ol' : 'ul';
    if (line.trim() === '') {
      block = undefined;
      continue;
    }
    if (block?.localName !== tag) {
      block = make(tag);
      root.append(block);
    } else if (tag === 'p') {
      block.append(make('br'));
    }
    if (item === null) appendInline(block, line);
    else block.append(appendInline(make('li'), item[1] ?? ''));
  }
  return root.innerHTML;
}

/**
 * @template {HTMLElement} T
 * @param {T} parent
 * @param {string} text
 * @returns {T}
 */
function appendInline(parent, text) {
  let rest = text;
  for (let match = INLINE.exec(rest); match !== null; match = INLINE.exec(rest)) {
    if (match.index > 0) parent.append(rest.slice(0, match.index));
    parent.append(inlineNode(match.groups ?? {}));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== '') parent.append(rest);
  return parent;
}

/**
 * @param {Record<string, string | undefined>} groups
 * @returns {Node}
 */
function inlineNode({ escaped, bold, star, line, label, address }) {
  if (escaped !== undefined) return document.createTextNode(escaped);
  if (bold !== undefined) return appendInline(make('strong'), bold);
  if (label !== undefined && address !== undefined) {
    return appendInline(make('a', { attributes: { href: address, rel: 'noopener noreferrer' } }), label);
  }
  return appendInline(make('em'), star ?? line ?? '');
}
