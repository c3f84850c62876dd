import assert from 'node:assert/strict';
import { canonicalJson } from '../../src/canonicalJson.ts';

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code units, as RFC 8785 section 3.2.3 shows', () => {
    const value = { '\u20ac': 'Euro', '\r': 'CR', '\ufb33': 'Dalet', '1': 'One', '\ud83d\ude00': 'Smiley', '\u0080': 'Control', '\u00f6': 'o' }; // prettier-ignore
    assert.deepEqual([...canonicalJson(value).matchAll(/:"(\w+)"/g)].map(([, word]) => word), ['CR', 'One', 'Control', 'o', 'Euro', 'Smiley', 'Dalet']); // prettier-ignore
  });

  it('writes literals, numbers and strings as RFC 8785 section 3.2.2 shows', () => {
    const value = { string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/', literals: [null, true, false], numbers: [1e30, 4.5, 2e-3, -0] }; // prettier-ignore
    assert.equal(canonicalJson(value), '{"literals":[null,true,false],"numbers":[1e+30,4.5,0.002,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'); // prettier-ignore
  });

  it('refuses half a character pair and numbers that are not finite', () => {
    for (const value of ['\ud83d', { '\ude00': 1 }, NaN, [Infinity]])
      assert.throws(() => canonicalJson(value), TypeError);
  });
});
