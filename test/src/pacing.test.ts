import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { AccessTally } from '../../src/accessLogPorts.ts';
import type { Instant } from '../../src/fields.ts';
import { readHistory } from '../../src/history.ts';
import { sendNotices } from '../../src/notices.ts';
import { openRecord, type OpeningDeps } from '../../src/opening.ts';
import { slowedByMs } from '../../src/pacing.ts';
import type { AccessEntry } from '../../src/ports.ts';
import { begin } from '../../src/recording/beginning.ts';
import { sameAgain } from '../../src/recording/copying.ts';
import { summarise } from '../../src/summary.ts';
import { aBench, aPerson, ASHA, BO, fillIn, loggingOn, KEYS, signOn, type Bench } from './aBench.ts';
import { aShare, typedShare } from './aShare.ts';

const OFFICER = aPerson({ id: 'person-ro', name: 'Ro Ledger', teamIds: [], roles: ['recordsOfficer'] });
const SECOND = aPerson({ id: 'person-rx', name: 'Rx Ledger', teamIds: [], roles: ['recordsOfficer'] });

const tallies = (count: number, action: AccessEntry['action'], times = 1): readonly AccessTally[] =>
  Array.from({ length: count }, (_, nth) => ({ action, first: `id ${nth}`, times }));

describe('how long an answer is held back', () => {
  for (const [what, done, durationMs] of [
    ['20 misses', tallies(20, 'record.refused'), 0],
    ['21 misses', tallies(21, 'case.refused'), 100],
    ['21 misses of the same thing', tallies(1, 'record.refused', 21), 100],
    ['misses of every kind together', [...tallies(10, 'record.refused'), ...tallies(12, 'log.refused')], 200],
    ['60 cases', tallies(60, 'case.open', 9), 0],
    ['61 cases', tallies(61, 'case.open'), 100],
    ['60 records, opened again and again', tallies(60, 'record.open', 50), 0],
    ['61 records, some of them copied', [...tallies(60, 'record.open'), { action: 'record.copy', first: 'x', times: 1 }], 100], // prettier-ignore
    ['60 cases and 60 records', [...tallies(60, 'case.open'), ...tallies(60, 'record.open')], 0],
    ['40 misses', tallies(40, 'record.refused'), 2_000],
    ['1,000 misses', tallies(1_000, 'record.refused'), 2_000],
    ['500 lists', tallies(500, 'record.list'), 0],
  ] as const) {
    it(`is ${durationMs} ms after ${what}`, () => {
      assert.equal(slowedByMs(done), durationMs);
    });
  }
});

describe('somebody who looks up a great deal', () => {
  let bench: Bench;
  let opening: OpeningDeps;
  let waited: number[];
  let queued: number;
  let number: string;
  let now: Instant;
  beforeEach(async () => {
    [waited, queued, now] = [[], 0, '2026-11-23T14:05:00.000Z'];
    bench = await aBench({ people: [ASHA, BO, OFFICER, SECOND] });
    const view = await signOn(bench, await fillIn(bench, typedShare(aShare())));
    assert.ok(view.kind === 'receipt');
    ({ number } = view.committed);
    opening = anotherProcess();
  });
  afterEach(() => bench.close());

  /** The same store, and nothing else that is shared. */
  const anotherProcess = (): OpeningDeps => {
    const clock = { now: () => now };
    const random = { bytes: (length: number) => randomBytes(length) };
    const logging = loggingOn(bench.stores, { keys: KEYS, clock, random });
    const pacing = {
      ...logging.pacing,
      wait: async (durationMs: number) => void waited.push(durationMs),
      queued: () => void (queued += 1),
    };
    return { ...bench.opening, access: logging.access, clock, pacing };
  };
  const misses = async (count: number, deps = opening): Promise<void> => {
    for (let nth = 0; nth < count; nth += 1) await openRecord(deps, BO, `SL-0000${String(1_000 + nth)}`);
  };
  /** Who was told what, and about whom. */
  const told = async (): Promise<readonly string[]> => {
    const messages: string[] = [];
    const notifier = { tell: async ({ id }: { id: string }, { what, about }: { what: string; about: string }) => (messages.push(`${id} ${what} ${about}`), 'sent' as const) }; // prettier-ignore
    await sendNotices({ ...bench.recording, notifier }, (code) => {
      throw new Error(code);
    });
    return messages.filter((message) => message.includes('muchLookedUp'));
  };

  it('is answered at once up to twenty misses, and then ever more slowly, but never by more than two seconds', async () => {
    await misses(20);
    assert.deepEqual(waited, []);
    await misses(25);
    const expected = Array.from({ length: 25 }, (_, nth) => Math.min((nth + 1) * 100, 2_000));
    assert.deepEqual(waited, expected);
  });

  it('is answered as slowly where there is something as where there is nothing, and is still answered', async () => {
    await misses(21);
    const recording = { ...bench.recording, ...opening };
    waited.length = 0;
    const lookUps: Readonly<Record<string, (of: string) => Promise<{ readonly kind: string }>>> = {
      record: (of) => openRecord(opening, BO, of),
      copy: (of) => openRecord(opening, BO, of, 'record.copyText'),
      history: (of) => readHistory(opening, BO, of),
      summary: (of) => summarise(opening, BO, { number: of }),
      amend: (of) => begin(recording, BO, of, 'disputed'),
      again: (of) => sameAgain(recording, BO, of),
    };
    for (const [name, lookUp] of Object.entries(lookUps)) {
      const before = waited.length;
      await lookUp(number);
      assert.equal(waited.length, before + 1, `${name}, there`);
      const { kind } = await lookUp('SL-00000000');
      assert.deepEqual([kind, waited.length], ['nothing', before + 2], `${name}, not there`);
    }
    assert.equal((await openRecord(opening, BO, number)).kind, 'record');
  });

  it('is told of to the records officers once in the hour, with no name, and to nobody before', async () => {
    await misses(20);
    assert.deepEqual(await told(), []);
    await misses(5);
    assert.deepEqual(await told(), ['person-ro muchLookedUp person-bo', 'person-rx muchLookedUp person-bo']);
    assert.equal(queued, 3, 'sending was asked for');
    await misses(5);
    assert.deepEqual(await told(), []);
    now = '2026-11-23T15:00:00.000Z';
    await misses(1);
    assert.equal((await told()).length, 2, 'another hour');
  });

  it('is counted over restarts and processes, and for an hour only', async () => {
    await misses(15);
    now = '2026-11-23T15:04:59.999Z';
    await misses(6, anotherProcess());
    assert.deepEqual(waited, [100]);
    now = '2026-11-23T15:05:00.001Z';
    await misses(1, anotherProcess());
    assert.deepEqual(waited, [100]);
  });

  it('is held back at the first look-up too many where four processes take turns', async () => {
    const processes = [opening, anotherProcess(), anotherProcess(), anotherProcess()];
    for (let nth = 0; nth < 20; nth += 1) await misses(1, processes[nth % processes.length]);
    assert.deepEqual(waited, []);
    await misses(1, opening);
    assert.deepEqual(waited, [100]);
  });

  it('has the log counted now and then while much is left, and is told of in the store once for many', async () => {
    let [counted, kept] = [0, 0];
    const { access, notices } = opening.pacing;
    const pacing = {
      ...opening.pacing,
      access: { tally: (...of: Parameters<typeof access.tally>) => ((counted += 1), access.tally(...of)) },
      notices: { queue: (...of: Parameters<typeof notices.queue>) => ((kept += 1), notices.queue(...of)) },
    };
    await misses(20, { ...opening, pacing });
    assert.ok(counted <= 12, `counted ${counted} times for 20`);
    await misses(10, { ...opening, pacing });
    assert.equal(kept, 1);
  });

  it('slows nobody else', async () => {
    await misses(30);
    waited.length = 0;
    await openRecord(opening, ASHA, number);
    assert.deepEqual(waited, []);
  });
});
