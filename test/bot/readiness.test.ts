import assert from 'node:assert/strict';
import sinon from 'sinon';
import { createLog, type LogLine } from '../../bot/log.ts';
import { keysCheck, readiness, type Checks, type ReadinessProbe } from '../../bot/readiness.ts';
import { CodedError, codeOf, type ErrorCode } from '../../src/errors.ts';
import { KEYS } from '../src/aBench.ts';

describe('whether a bot is ready', () => {
  let faults: Partial<Record<keyof Checks, ErrorCode>>;
  let asked: Record<keyof Checks, number>;
  let lines: LogLine[];
  let nowMs: number;
  let ready: ReadinessProbe;
  beforeEach(() => {
    [faults, asked, lines, nowMs] = [{}, { store: 0, keys: 0, directory: 0 }, [], 0];
    const look = (check: keyof Checks) => async (): Promise<void> => {
      asked[check] += 1;
      const fault = faults[check];
      if (fault !== undefined) throw new CodedError(fault, 'made to fail');
    };
    ready = readinessOf({ store: look('store'), keys: look('keys'), directory: look('directory') });
  });
  const readinessOf = (checks: Checks): ReadinessProbe => {
    const log = createLog({ write: (line) => lines.push(line), hash: () => '', dropped: () => assert.fail('dropped') });
    return readiness(checks, { nowMs: () => nowMs, log });
  };
  const OK = { store: 'ok', keys: 'ok', directory: 'ok' } as const;

  it('it is, with a code for each thing that was looked at', async () => {
    assert.deepEqual(await ready.now(), { status: 'ready', checks: OK });
  });

  for (const [check, fault] of [
    ['store', 'store.busy'],
    ['keys', 'keys'],
  ] as const)
    it(`it is not without its ${check}`, async () => {
      faults[check] = fault;
      assert.deepEqual(await ready.now(), { status: 'notReady', checks: { ...OK, [check]: fault } });
    });

  it('it is, but degraded, without the directory', async () => {
    faults.directory = 'directory.away';
    assert.deepEqual(await ready.now(), { status: 'degraded', checks: { ...OK, directory: 'directory.away' } });
  });

  it('a probe a second looks at the store every five seconds, and at the directory once a minute', async () => {
    for (let second = 0; second < 120; second += 1) {
      nowMs = second * 1_000;
      await Promise.all([ready.now(), ready.now()]);
    }
    assert.deepEqual(asked, { store: 24, keys: 24, directory: 2 });
  });

  it('the log hears of a fault once, and of its end', async () => {
    const probe = async (code: ErrorCode | undefined): Promise<void> => {
      faults = code === undefined ? {} : { store: code };
      nowMs += 10_000;
      await ready.now();
    };
    for (const code of ['store.busy', 'store.busy', 'store.full', undefined, undefined] as const) await probe(code);
    assert.deepEqual(lines, [
      { code: 'health.notReady', check: 'store', fault: 'store.busy' },
      { code: 'health.notReady', check: 'store', fault: 'store.full' },
      { code: 'health.restored', check: 'store' },
    ]);
  });

  it('what gives no answer is late after two seconds', async () => {
    const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const never = readinessOf({ ...{ store: async () => undefined, keys: async () => undefined }, directory: () => new Promise(() => undefined) }); // prettier-ignore
      const answer = never.now();
      await clock.tickAsync(2_000);
      assert.deepEqual(await answer, { status: 'degraded', checks: { ...OK, directory: 'late' } });
    } finally {
      clock.restore();
    }
  });

  it('while it stops it is not, says so at once, and looks at nothing', async () => {
    await ready.now();
    ready.stop();
    nowMs = 1_000_000;
    assert.deepEqual(await ready.now(), { status: 'stopping', checks: OK });
    assert.deepEqual(asked, { store: 1, keys: 1, directory: 1 });
  });
});

describe('whether the keys are those of the store', () => {
  const kept = { keyId: 'a-key', wrapped: Uint8Array.of(1, 2, 3) };

  it('they are while the store has what it had', async () => {
    const check = keysCheck(KEYS, { read: async () => structuredClone(kept) });
    await check();
    await check();
  });

  for (const [what, other] of [
    ['were rotated', { ...kept, wrapped: Uint8Array.of(1, 2, 4) }],
    ['are kept under another key', { ...kept, keyId: 'another' }],
    ['are gone', undefined],
  ] as const)
    it(`they are not once those of the store ${what}`, async () => {
      let present: typeof kept | undefined = kept;
      const check = keysCheck(KEYS, { read: async () => present });
      await check();
      present = other;
      await assert.rejects(check(), (error) => codeOf(error) === 'keys');
    });

  it('they are not when they do not open what they sealed', async () => {
    const keys = { ...KEYS, open: () => new Uint8Array(6) };
    await assert.rejects(keysCheck(keys, { read: async () => kept })(), (error) => codeOf(error) === 'keys');
  });
});
