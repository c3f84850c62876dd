import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalClock, type LocalClock } from '../../../bot/local/clock.ts';

const START = '2026-11-24T09:00:00.000Z';

describe('the clock of local mode', () => {
  let dataDir: string;
  let machineMs: number;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'clock-'));
    machineMs = Date.parse(START);
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const aClock = (): LocalClock => createLocalClock({ dataDir, machineNow: () => machineMs });

  it("starts at the machine's time", () => {
    assert.equal(aClock().now(), START);
  });

  it('moves to an instant and goes on ticking', async () => {
    const clock = aClock();
    assert.deepEqual(await clock.moveTo('2026-12-01T09:00:00Z'), { kind: 'moved', now: '2026-12-01T09:00:00.000Z' });
    machineMs += 1_500;
    assert.equal(clock.now(), '2026-12-01T09:00:01.500Z');
  });

  it('does not move back', async () => {
    const clock = aClock();
    const move = await clock.moveTo('2026-11-23T09:00:00Z');
    assert.equal(move.kind, 'refused');
    assert.equal(clock.now(), START);
  });

  it('does not move by nothing or backwards', async () => {
    const clock = aClock();
    assert.equal((await clock.advance('PT0S')).kind, 'refused');
    assert.equal((await clock.advance('-PT1H')).kind, 'refused');
  });

  it('does not go beyond 2099, from where there is no way back', async () => {
    assert.equal((await aClock().moveTo('2100-01-01T00:00:00Z')).kind, 'refused');
  });

  for (const text of ['tomorrow', '2026-11-25', '']) {
    it(`refuses "${text}" as an instant and as a duration`, async () => {
      assert.equal((await aClock().moveTo(text)).kind, 'refused');
      assert.equal((await aClock().advance(text)).kind, 'refused');
    });
  }

  it('keeps the time of day over the night when clocks go back', async () => {
    machineMs = Date.parse('2026-10-24T08:00:00Z');
    assert.deepEqual(await aClock().advance('P1D'), { kind: 'moved', now: '2026-10-25T09:00:00.000Z' });
  });

  it('counts hours as hours over that night', async () => {
    machineMs = Date.parse('2026-10-24T08:00:00Z');
    assert.deepEqual(await aClock().advance('PT24H'), { kind: 'moved', now: '2026-10-25T08:00:00.000Z' });
  });

  it('is where it was after a restart', async () => {
    await aClock().advance('P10D');
    machineMs += 60_000;
    assert.equal(aClock().now(), '2026-12-04T09:01:00.000Z');
  });

  it('leaves one file behind', async () => {
    await aClock().advance('P1D');
    assert.deepEqual(readdirSync(dataDir), ['clock.json']);
  });

  it('resolves a jump only after what waits for the time has run, at the new time', async () => {
    const clock = aClock();
    const seen: string[] = [];
    clock.onJump(async () => {
      await Promise.resolve();
      seen.push(clock.now());
    });
    await clock.advance('PT1H');
    assert.deepEqual(seen, ['2026-11-24T10:00:00.000Z']);
  });

  it('tells nobody of a jump that was refused', async () => {
    const clock = aClock();
    clock.onJump(() => assert.fail('told of a jump'));
    await clock.moveTo('2020-01-01T00:00:00Z');
  });

  for (const content of ['{', '{}', '{"offsetMs":-5}']) {
    it(`refuses to start from a file that holds ${content}`, () => {
      writeFileSync(join(dataDir, 'clock.json'), content);
      assert.throws(aClock, { code: 'LOCAL_CLOCK_UNUSABLE', message: /^clock\.json in DATA_DIR is damaged/ });
    });
  }
});
