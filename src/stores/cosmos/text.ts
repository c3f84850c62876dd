import { cosmosFault } from './cosmosFault.ts';

/** Bytes as they stand in a document. */
export function packBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** The same bytes. Throws `store.broken` when there is nothing of the kind. */
export function unpackBytes(text: string | undefined): Uint8Array {
  if (typeof text !== 'string') throw cosmosFault('store.broken');
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** An id of several parts. What Cosmos DB does not allow in one is written in another way, without two becoming one. */
export function idOf(...parts: readonly (string | number)[]): string {
  return parts.map((part) => String(part).replace(/[/\\?#~:]/gu, escaped)).join(':');
}

/** The parts of an id. */
export function partsOf(id: string): readonly string[] {
  return id
    .split(':')
    .map((part) => part.replace(/~([0-9a-f]+)/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))));
}

function escaped(character: string): string {
  return `~${character.charCodeAt(0).toString(16)}`;
}

/** Parameters for a list of values, in SQL and with their names: `@of0, @of1`. */
export function listOf(
  name: string,
  values: readonly string[],
): { readonly sql: string; readonly values: Readonly<Record<string, string>> } {
  const named = values.map((value, nth) => [`${name}${nth}`, value] as const);
  return { sql: named.map(([each]) => `@${each}`).join(', '), values: Object.fromEntries(named) };
}

/** At most so many at a time. */
export function inChunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.slice(nth * size, (nth + 1) * size));
}

/** SQL that holds where any of these holds; with as few brackets as may be. */
export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions.join() : `(${conditions.join(' OR ')})`;
}
