import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every way in which a text may stand in a file without a key: to look for, byte by byte. */
export function spellingsOf(text: string): readonly Buffer[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const plainly = text.replace(/[^\x20-\x7e]/gu, escaped);
  const wholly = text.replace(/./gsu, escaped);
  return [
    utf8,
    utf16,
    Buffer.from(utf16).swap16(),
    Buffer.from(plainly),
    Buffer.from(wholly),
    Buffer.from(wholly.toUpperCase().replaceAll('\\U', '\\u')),
    Buffer.from(encodeURIComponent(text)),
    ...['base64', 'base64url'].flatMap((base) =>
      [0, 1, 2].map((at) => Buffer.from(inBase64(utf8, at, base as 'base64'))),
    ),
    Buffer.from(utf8.toString('hex')),
    Buffer.from(utf8.toString('hex').toUpperCase()),
  ];
}

/** What of the bytes' base 64 is the same whatever stands around them, when they begin at this place of three. */
function inBase64(bytes: Buffer, at: number, base: 'base64' | 'base64url'): string {
  const text = Buffer.concat([Buffer.alloc(at), bytes])
    .toString(base)
    .replace(/=+$/u, '');
  const isWhole = (at + bytes.length) % 3 === 0;
  return text.slice(at === 0 ? 0 : at + 1, isWhole ? undefined : -1);
}

/** Those of the texts, in lower case, in upper case and as they are, that stand somewhere in the bytes. */
export function foundIn(bytes: Buffer, texts: readonly string[]): readonly string[] {
  return texts.filter((text) =>
    [text, text.toLowerCase(), text.toUpperCase()].some((each) =>
      spellingsOf(each).some((spelling) => bytes.includes(spelling)),
    ),
  );
}

/** The bytes of every file under a folder, one after the other. */
export function bytesUnder(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))));
}
