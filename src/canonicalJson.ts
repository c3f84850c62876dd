/** What can be hashed: strings, integers and booleans, in lists and plain objects. No floats, so that no two readers disagree. */
export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical };

/** Text in which nothing needs to be escaped. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/**
 * The one JSON text of a value, by RFC 8785: keys sorted by UTF-16 code units, no white space. Numbers and strings are
 * written as ECMAScript writes them, which is what the RFC prescribes, and what is `undefined` in an object is left out,
 * as `JSON.stringify` does. Throws `TypeError` for a number that is not finite and for half a character pair.
 */
export function canonicalJson(value: Canonical): string {
  return written(value, quoted);
}

/**
 * The canonical JSON of a value that `JSON.stringify` writes as `text`, as `canonicalJson` gives it: quicker, because in a
 * text without a backslash no string needs to be looked at. Throws as `canonicalJson` does.
 */
export function canonicalJsonOf(value: Canonical, text: string): string {
  return written(value, text.includes('\\') ? quoted : bare);
}

function written(value: Canonical, quote: (text: string) => string): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('a number is not finite');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  let text = '';
  if (isList(value)) {
    for (const item of value) text += text === '' ? written(item, quote) : `,${written(item, quote)}`;
    return `[${text}]`;
  }
  // The default order of sort() is by UTF-16 code units, as the RFC asks.
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quote(key)}:${written(member, quote)}`;
  }
  return `{${text}}`;
}

function bare(text: string): string {
  return `"${text}"`;
}

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('a string holds half a character pair');
  return JSON.stringify(text);
}

function isList(value: object): value is readonly Canonical[] {
  return Array.isArray(value);
}
