import assert from 'node:assert/strict';
import { aChild, endOf } from './bot/aChild.ts';
import { PEOPLE } from './journeys/aBot.ts';
import { EVERY_PRINTED } from './loggedLines.ts';
import { leaksIn, leaksInPrinted } from './loggedCanaries.ts';

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

describe('looking through what processes printed', () => {
  it('finds nothing in what a bot says and logs', () => {
    const lines = ['Sharing Log is ready on port 3978.', 'SL-7QK2M9XV is as it was signed.', '', '{"checked":12}'];
    const logged = { level: 40, time: 1, code: 'activity.refused', reason: 'tooMany', count: 12 };
    assert.deepEqual(leaksInPrinted([...lines, JSON.stringify(logged)]), []);
  });

  it('finds in a line of the log what must not be in one', () => {
    const line = JSON.stringify({ level: 50, time: 1, code: 'turn.failed', fault: 'SL-7QK2M9XV' });
    assert.deepEqual(leaksInPrinted([line]), ['turn.failed: the number of a record']);
  });

  for (const [what, line] of Object.entries({
    'the name of a person': 'TypeError: Priya Shah is not a function',
    'an object id': `    at Object.${PEOPLE.tom} (file.js:1:1)`,
    'the reference of a case': 'no such case: KNR%2D80808 knr-80808',
    'a secret': 'Authorization: Bearer a-token-for-teams',
    'a token': 'eyJhbGciOiJSUzI1NiJ9',
  }))
    it(`finds ${what} in any other line, and does not say it again`, () => {
      assert.deepEqual(leaksInPrinted(['Sharing Log is ready.', line]), [`what was printed: ${what}`]);
    });

  it('has what a process prints on both outputs, to the last line', async () => {
    const script = `console.log('on one: Ŵ'); console.error('on the other'); process.stdout.write('and no line end');`;
    const child = aChild(['--eval', script], {});
    assert.deepEqual(await endOf(child), { code: 0, out: 'on one: Ŵ\nand no line end', error: 'on the other\n' });
    for (const line of ['on one: Ŵ', 'on the other', 'and no line end']) assert.ok(EVERY_PRINTED.has(line), line);
  });
});
