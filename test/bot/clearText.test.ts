import assert from 'node:assert/strict';
import { foundIn } from './clearText.ts';

const TEXTS = ['Kanari', 'Ŵŷŵ'] as const;

describe('looking for text in bytes', () => {
  const WRITTEN: Readonly<Record<string, (text: string) => Buffer>> = {
    'as UTF-8': (text) => Buffer.from(`of ${text}, aged 5`),
    'in lower case': (text) => Buffer.from(text.toLowerCase()),
    'in upper case': (text) => Buffer.from(text.toUpperCase()),
    'as UTF-16': (text) => Buffer.from(`of ${text}, aged 5`, 'utf16le'),
    'as UTF-16 of the other order': (text) => Buffer.from(`of ${text}, aged 5`, 'utf16le').swap16(),
    'as JSON': (text) => Buffer.from(JSON.stringify({ text })),
    'as JSON of ASCII only': (text) =>
      Buffer.from(text.replace(/[^\x20-\x7e]/gu, (unit) => `\\u0${unit.charCodeAt(0).toString(16)}`)),
    'in a link': (text) => Buffer.from(encodeURIComponent(`of ${text}`)),
    'in hex': (text) => Buffer.from(Buffer.from(`of ${text}`).toString('hex')),
    'in base 64': (text) => Buffer.from(Buffer.from(`${text} of Exampleshire`).toString('base64')),
    'in base 64, one byte on': (text) => Buffer.from(Buffer.from(`a${text} of Exampleshire`).toString('base64')),
    'in base 64, two bytes on': (text) => Buffer.from(Buffer.from(`ab${text}`).toString('base64')),
  };
  for (const [how, write] of Object.entries(WRITTEN))
    it(`finds it ${how}`, () => {
      for (const text of TEXTS) {
        const bytes = Buffer.concat([Buffer.alloc(5, 0xa7), write(text), Buffer.alloc(5, 0xa7)]);
        assert.deepEqual(foundIn(bytes, TEXTS), [text]);
      }
    });

  it('finds nothing where there is something else', () => {
    assert.deepEqual(foundIn(Buffer.from('Kanar, Ŵŷ and others'), TEXTS), []);
  });
});
