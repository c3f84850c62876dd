import { createHash } from 'node:crypto';
import type { Clock, Random } from './ports.ts';

/** Crockford's base 32: no I, L, O or U, so that a number read aloud or copied by hand survives. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ULID_TIME_CHARACTERS = 10;
const NUMBER_CHARACTERS = 8;
const NUMBER_BODY = /^[0-9A-HJKMNP-TV-Z]{8}$/u;

/** A new ULID: 26 characters, the first ten of them the time. Not monotonic. */
export function newUlid(clock: Clock, random: Random): string {
  let time = Date.parse(clock.now());
  let head = '';
  for (let at = 0; at < ULID_TIME_CHARACTERS; at += 1) {
    head = (ALPHABET[time % 32] ?? '') + head;
    time = Math.floor(time / 32);
  }
  return head + base32(random.bytes(10));
}

/** The id of a draft that one press makes once only: the same for the same parts, always, and the shape of a ULID. */
export function derivedId(...parts: readonly string[]): string {
  return base32(createHash('sha256').update(JSON.stringify(parts)).digest()).slice(0, 26);
}

/** A new random id for a case file: 26 characters of 130 random bits that tell nothing of when or what. */
export function newCaseKey(random: Random): string {
  return base32(random.bytes(17)).slice(0, 26);
}

/**
 * The numbers that a record may take, in the order in which they are tried: eight characters of the random part of its
 * id, from the first on, then from the second on. The same for the same record, always.
 * Source: architecture, "Data".
 */
export function recordNumbers(recordId: string): readonly string[] {
  const chance = recordId.slice(ULID_TIME_CHARACTERS);
  const starts = chance.length - NUMBER_CHARACTERS + 1;
  return Array.from({ length: starts }, (_, start) => `SL-${chance.slice(start, start + NUMBER_CHARACTERS)}`);
}

/**
 * Reads a record number as people type it: any case, with or without the dash, O for 0 and I or L for 1.
 * `undefined` when it cannot be one.
 */
export function readRecordNumber(text: string): string | undefined {
  const folded = text.trim().toUpperCase().replace(/\s+/gu, '');
  const match = /^SL[-–—]?([0-9A-Z]{8})$/u.exec(folded);
  const body = match?.[1]?.replaceAll('O', '0').replace(/[IL]/gu, '1');
  return body !== undefined && NUMBER_BODY.test(body) ? `SL-${body}` : undefined;
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += ALPHABET[(held >> (bits - 5)) & 31] ?? '';
      bits -= 5;
    }
    held &= (1 << bits) - 1;
  }
  return text;
}
