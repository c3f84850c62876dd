import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isPlainJson } from '../../bot/plainJson.ts';

describe('JSON that can be read in one way only', () => {
  it('is whatever a value is written as', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        assert.equal(isPlainJson(JSON.stringify(value)), true);
        assert.equal(isPlainJson(JSON.stringify(value, undefined, 2)), true);
      }),
    );
  });

  it('is none with a name twice, however it is written', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.jsonValue(), (name, one, other) => {
        const escaped = name.replace(/[^]/gu, (all) =>
          [...Array(all.length).keys()].map((at) => `\\u${all.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
        );
        const [first, second] = [JSON.stringify(one), JSON.stringify(other)];
        for (const again of [JSON.stringify(name), `"${escaped}"`])
          for (const object of [`{${JSON.stringify(name)}:${first},${again}:${second}}`])
            for (const text of [object, `[1,${object}]`, `{"${name.length}-in":${object}}`])
              assert.equal(isPlainJson(text), false, text);
      }),
    );
  });

  for (const text of [
    '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
    String.raw`{"a\\":1,"a":2,"b":"\\\"{"}`,
    '["a","a"]',
    '"{"',
    '{}',
  ])
    it(`is ${text}`, () => assert.equal(isPlainJson(text), true));

  for (const text of ['{"a":1,"a":1}', String.raw`{"a":"\\","a":2}`, '{"a":{"b":1,"c":[{}],"b":2}}'])
    it(`is not ${text}`, () => assert.equal(isPlainJson(text), false));

  it('is nothing deeper than 64', () => {
    assert.equal(isPlainJson('['.repeat(64) + ']'.repeat(64)), true);
    assert.equal(isPlainJson('['.repeat(65) + ']'.repeat(65)), false);
  });
});
