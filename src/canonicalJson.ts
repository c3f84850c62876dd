/** What can be hashed: strings, integers and booleans, in lists and plain objects. No floats, so that no two readers disagree. */
export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical };

/**
 * The one JSON text of a value, by RFC 8785: keys sorted by UTF-16 code units, no white space. Numbers and strings are
 * written as ECMAScript writes them, which is what the RFC prescribes. Throws `TypeError` for a number that is not
 * finite and for half a character pair.
 */
export function canonicalJson(value: Canonical): string {
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('a string holds half a character pair');
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('a number is not finite');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // The default order of sort() is by UTF-16 code units, as the RFC asks.
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${canonicalJson(key)}:${canonicalJson(value[key] ?? null)}`).join(',')}}`;
}

function isList(value: object): value is readonly Canonical[] {
  return Array.isArray(value);
}
