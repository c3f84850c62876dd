import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalJson, canonicalJsonOf, type Canonical } from '../../src/canonicalJson.ts';

/** RFC 8785, Appendix B: the 64 bits of a number, and how it is written. */
const NUMBERS = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
] as const;

describe('canonical JSON', () => {
  for (const [bits, text] of NUMBERS) {
    it(`writes the number 0x${bits} as ${text}, as RFC 8785 appendix B shows`, () => {
      assert.equal(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE()), text);
    });
  }

  it('sorts keys by UTF-16 code units, as RFC 8785 section 3.2.3 shows', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const order = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map(([, words]) => words);
    assert.deepEqual(order, [
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('sorts the keys of objects within objects and lists', () => {
    assert.equal(
      canonicalJson({ b: [{ d: 1, c: 2 }], a: { f: true, e: null } }),
      '{"a":{"e":null,"f":true},"b":[{"c":2,"d":1}]}',
    );
  });

  it('writes the example of RFC 8785 section 3.2.2 byte for byte as section 3.2.4 shows', () => {
    const value = JSON.parse(
      `{ "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
         "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
         "literals": [null, true, false] }`,
    );
    const bytes =
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a' +
      '5b3333333333333333332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c' +
      '22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d';
    assert.equal(Buffer.from(canonicalJson(value)).toString('hex'), bytes);
  });

  it('escapes only what RFC 8785 section 3.2.2.2 says, in its shortest form', () => {
    const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('');
    const expected =
      '"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f' +
      '\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f"';
    assert.equal(canonicalJson(controls), expected);
    assert.equal(
      canonicalJson('"\\/ \u007f\u0080\u2028\u2029\ufeff\u{1f600}'),
      '"\\"\\\\/ \u007f\u0080\u2028\u2029\ufeff\u{1f600}"',
    );
  });

  it('writes an empty list, object and string', () => {
    assert.equal(canonicalJson([[], {}, '', ['']]), '[[],{},"",[""]]');
  });

  it('leaves out what is undefined, as JSON.stringify does', () => {
    const value = { a: undefined, b: 1 } as unknown as Canonical; // what an optional property may turn into
    assert.equal(canonicalJson(value), '{"b":1}');
  });

  it('refuses half a character pair and numbers that are not finite', () => {
    for (const value of ['\ud83d', { '\ude00': 1 }, 'a\ud83d"', NaN, [Infinity], -Infinity])
      assert.throws(() => canonicalJson(value), TypeError);
  });

  it('writes the same text for the same value, and one that reads as the value, in whatever order its keys come', () => {
    const anyJson = fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 4 });
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value as Canonical);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
        assert.equal(canonicalJson(turned(value) as Canonical), text);
      }),
      { seed: 8785, numRuns: 500 },
    );
  });
});

/** The same value with the keys of every object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, turned(member)]),
  );
}

describe('the canonical JSON of a value with its text', () => {
  const written = fc.jsonValue({ stringUnit: 'binary' }).map((value) => JSON.stringify(value));

  it('is that of the value, whatever is in it', () => {
    fc.assert(
      fc.property(written, (text) => {
        const value = JSON.parse(text) as Canonical; // JSON of any kind is canonical
        const wanted = outcome(() => canonicalJson(value));
        assert.equal(
          outcome(() => canonicalJsonOf(value, text)),
          wanted,
        );
      }),
    );
  });

  it('refuses half a character pair as well', () => {
    const value = { a: '\ud800' };
    assert.throws(() => canonicalJsonOf(value, JSON.stringify(value)), TypeError);
  });
});

function outcome(write: () => string): string {
  try {
    return write();
  } catch (error) {
    return String(error);
  }
}
