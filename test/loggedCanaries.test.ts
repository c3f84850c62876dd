import assert from 'node:assert/strict';
import { PEOPLE } from './journeys/aBot.ts';
import { leaksIn } from './loggedCanaries.ts';

describe('looking through the log for what must not be in it', () => {
  it('finds nothing in lines as they should be', () => {
    const lines = [
      { code: 'turn.failed', fault: 'store.full', person: '0123456789abcdef' },
      { code: 'activity.refused', reason: 'tooMany', count: 12, correlation: PEOPLE.priya },
    ];
    assert.deepEqual(leaksIn(lines.map((line) => JSON.stringify(line))), []);
  });

  const LEAKS: Readonly<Record<string, readonly [object, RegExp]>> = {
    'a name': [{ fault: 'Priya Shah' }, /the name of a person/u],
    'a name in base 64': [{ fault: Buffer.from('by Priya Shah').toString('base64') }, /the name of a person/u],
    'an id in clear': [{ person: PEOPLE.tom }, /an object id/u],
    'an id of somebody else': [{ person: '00000000-0000-4000-8000-000000000005' }, /: an id/u],
    'a case': [{ fault: 'knr-80808' }, /the reference of a case/u],
    'a record': [{ fault: 'SL-7QK2M9XV' }, /the number of a record/u],
    'a token': [{ fault: 'eyJhbGciOiJSUzI1NiJ9' }, /a token/u],
    'a key': [{ fault: 'ab'.repeat(16) }, /a key or a hash/u],
    'what was typed': [{ fault: 'Kanari7' }, /what was typed/u],
    'another field': [{ name: 'x' }, /a field that is not listed/u],
  };
  for (const [what, [fields, expected]] of Object.entries(LEAKS))
    it(`finds ${what}, and does not say it again`, () => {
      const found = leaksIn([JSON.stringify({ code: 'turn.failed', ...fields })]).join('\n');
      assert.match(found, expected);
      for (const value of Object.values(fields)) assert.ok(value === 'x' || !found.includes(String(value)));
    });

  it('finds a line without a code of the log', () => {
    assert.deepEqual(leaksIn(['{"code":"another.code"}']), ['a line without a code: not in the table']);
  });
});
