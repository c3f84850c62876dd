import assert from 'node:assert/strict';
import { underCorrelation } from '../../bot/correlation.ts';
import { createLog, personHash, type Log } from '../../bot/log.ts';
import { LOG_CODES } from '../../bot/logCodes.ts';
import { KEYS } from '../src/aBench.ts';
import { PEOPLE } from '../journeys/aBot.ts';

describe('the log', () => {
  let lines: unknown[];
  let dropped: number;
  let log: Log;
  /** What somebody could say who does not heed the types. */
  let say: (code: string, fields?: object) => void;
  beforeEach(() => {
    [lines, dropped] = [[], 0];
    log = createLog({
      write: (line, level) => lines.push({ ...line, level }),
      hash: personHash(KEYS),
      dropped: (count) => (dropped += count),
    });
    say = log as typeof say;
  });

  it('has a code, what belongs to it, and how bad it is', () => {
    log('turn.failed', { fault: 'store.full' });
    log('activity.refused', { reason: 'replay', count: 3 });
    log('nudge.later');
    assert.deepEqual(lines, [
      { code: 'turn.failed', fault: 'store.full', level: 'error' },
      { code: 'activity.refused', reason: 'replay', count: 3, level: 'warn' },
      { code: 'nudge.later', level: 'info' },
    ]);
    assert.equal(dropped, 0);
  });

  it('has somebody’s id as a keyed hash only, the same in whatever case it is written', () => {
    log('turn.failed', { person: PEOPLE.priya });
    log('turn.failed', { person: PEOPLE.priya.toUpperCase() });
    log('turn.failed', { person: PEOPLE.tom });
    const hashes = lines.map((line) => (line as { readonly person: string }).person);
    assert.match(hashes[0] ?? '', /^[\da-f]{16}$/u);
    assert.equal(hashes[1], hashes[0]);
    assert.notEqual(hashes[2], hashes[0]);
    assert.ok(!KEYS.lookupHash('access', PEOPLE.priya).startsWith(hashes[0] ?? ''), 'a hash for the log only');
  });

  for (const fault of ['ENOSPC', 'EPIPE', 'ENOTFOUND', 'ERR_INVALID_ARG_TYPE', 'UND_ERR_SOCKET', 'unknown', 'late'])
    it(`knows the fault ${fault}`, () => {
      say('turn.failed', { fault });
      assert.deepEqual(lines, [{ code: 'turn.failed', fault, level: 'error' }]);
    });

  const KEPT_OUT: Readonly<Record<string, object>> = {
    'a field that is not named': { fault: 'keys', name: 'Priya Shah' },
    'a name in the place of a fault': { fault: 'Priya' },
    'a name in capitals': { fault: 'EMMA' },
    'the reference of a case': { fault: 'KNR-80808' },
    'a sentence': { fault: 'ERR_X the child is at home' },
    'two lines': { fault: 'store.full\n{"code":"turn.failed"}' },
    'a number in the place of a fault': { fault: 7 },
    'what is no text': { fault: { toString: () => 'keys' } },
    'a field of everything': JSON.parse('{"__proto__":"Priya","fault":"keys"}') as object,
  };
  for (const [what, fields] of Object.entries(KEPT_OUT))
    it(`keeps out ${what}, and says so`, () => {
      say('turn.failed', fields);
      const { fault } = fields as { readonly fault: unknown };
      const line = fault === 'keys' ? { code: 'turn.failed', fault, level: 'error' } : { code: 'turn.failed', level: 'error' }; // prettier-ignore
      assert.deepEqual(lines, [line, { code: 'log.dropped', of: 'turn.failed', count: 1, level: 'error' }]);
      assert.equal(dropped, 1);
    });

  for (const count of ['3', Number.NaN, Number.POSITIVE_INFINITY, null])
    it(`keeps out ${String(count)} as a count`, () => {
      say('activity.refused', { count });
      assert.equal(dropped, 1);
      assert.ok(!JSON.stringify(lines[0]).includes('count'));
    });

  for (const code of ['Priya Shah', 'turn.failed ', '__proto__', 'constructor', ''])
    it(`writes nothing of a line with the code “${code}”`, () => {
      say(code, { fault: 'keys' });
      assert.deepEqual(lines, [{ code: 'log.dropped', count: 1, level: 'error' }]);
      assert.equal(dropped, 1);
    });

  it('has the correlation id of the turn in each of its lines, and none outside', async () => {
    await underCorrelation('an-id', async () => {
      await Promise.resolve();
      log('nudge.later');
      underCorrelation(undefined, () => log('nudge.failed'));
    });
    log('notice.again');
    const ids = lines.map((line) => (line as { readonly correlation?: string }).correlation);
    assert.deepEqual(ids, ['an-id', undefined, undefined]);
  });

  it('says of every code what it means and what to do', () => {
    for (const [code, { means, todo }] of Object.entries(LOG_CODES))
      assert.ok(
        [means, todo].every((text) => /^[A-Z].{3,}[.]$/u.test(text)),
        code,
      );
  });
});
