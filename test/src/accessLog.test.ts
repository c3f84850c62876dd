import assert from 'node:assert/strict';
import { auditAccess } from '../../src/accessAudit.ts';
import { accessHash, accessLog, BEFORE_THE_FIRST } from '../../src/accessLog.ts';
import type { AccessStore, ChainedAccess } from '../../src/accessLogPorts.ts';
import { findingList } from '../../src/auditFindings.ts';
import { CodedError } from '../../src/errors.ts';
import type { Instant } from '../../src/fields.ts';
import type { AccessEntry, AccessLog } from '../../src/ports.ts';
import type { Stores } from '../../src/storePorts.ts';
import { keysFrom } from '../../src/sealing.ts';
import { accessAuditSource } from '../../src/stores/sqlite/accessAudit.ts';
import { openConnection, type Connection } from '../../src/stores/sqlite/connection.ts';
import { storesOn } from '../../src/stores/sqlite/openSqlite.ts';
import { KEYS, TENANT } from './aBench.ts';
import { wholeOf } from './stores/contract/wholeOf.ts';

const MONDAY = '2026-11-23T14:05:00.000Z';
const TUESDAY = '2026-11-24T00:00:00.000Z';

const anEntry = (subject: string, at: Instant = MONDAY): AccessEntry => ({
  ...{ at, personId: 'person-asha', action: 'record.open', subject },
});

describe('the access log', () => {
  let connection: Connection;
  let stores: Stores;
  /** The batches that reached the store, as their subjects. */
  let writes: string[][];
  /** What becomes of the next writes; they are kept when there is nothing here. */
  let next: ((store: () => Promise<void>) => Promise<void>)[];
  let now: Instant;
  beforeEach(() => {
    connection = openConnection(':memory:', TENANT);
    stores = storesOn(connection);
    [writes, next, now] = [[], [], MONDAY];
  });
  afterEach(async () => {
    const findings = findingList();
    await auditAccess({ source: accessAuditSource(connection.db), keys: KEYS, findings });
    await stores.close();
    assert.deepEqual(findings.found, [], 'the chains are whole, whatever happened');
  });

  const watched = (): AccessStore => ({
    ...stores.access,
    appendBatch(entries) {
      writes.push(entries.map(({ subject }) => subject));
      const kept = () => stores.access.appendBatch(entries);
      return next.shift()?.(kept) ?? kept();
    },
  });
  /** A process of its own; `id` is what its chains are called. */
  const aProcess = (id: string): AccessLog => {
    let drawn = 0;
    return accessLog({
      ...{ store: watched(), keys: KEYS, clock: { now: () => now } },
      random: {
        bytes: (length) =>
          new Uint8Array(Buffer.from(id + String(drawn++).padStart(2 * length - id.length, '0'), 'hex')),
      },
    });
  };
  const kept = async (): Promise<readonly ChainedAccess[]> =>
    (await wholeOf(stores.access.by('person-asha', { limit: 999 }))).toReversed();
  const chained = async () =>
    (await kept()).map(({ subject, chainKey, seq, before }) => [subject, `${name(chainKey)} ${seq}`, before && `${name(before.chainKey)} ${before.seq}`]); // prettier-ignore
  /** `<day>:<process><which of its chains>`. */
  const name = (chainKey: string): string => chainKey.replace(/^2026-11-(\d\d):(..)0*(?=\d)/u, '$1:$2');
  const fails = async (): Promise<never> => Promise.reject(new CodedError('store.full', 'The disk is full.'));

  it('writes what is appended in one turn as one batch, in order, and resolves when it is durable', async () => {
    const log = aProcess('aa');
    let answered = 0;
    let atWrite = -1;
    next.push(async (keep) => {
      await keep();
      atWrite = answered;
    });
    await Promise.all(
      Array.from({ length: 50 }, async (_, nth) => {
        await log.append(anEntry(`n${nth}`));
        answered += 1;
        assert.equal((await kept()).length, 50);
      }),
    );
    assert.deepEqual(writes, [Array.from({ length: 50 }, (_, nth) => `n${nth}`)]);
    assert.equal(atWrite, 0, 'somebody was answered before the write had ended');
  });

  it('has one write under way at a time: what arrives meanwhile shares the next', async () => {
    const log = aProcess('aa');
    const held = Promise.withResolvers<undefined>();
    const reached = Promise.withResolvers<undefined>();
    next.push(async (keep) => {
      reached.resolve(undefined);
      await held.promise;
      return keep();
    });
    const first = log.append(anEntry('first'));
    await reached.promise;
    const rest = ['second', 'third'].map((subject) => log.append(anEntry(subject)));
    assert.deepEqual(writes, [['first']]);
    held.resolve(undefined);
    await Promise.all([first, ...rest]);
    assert.deepEqual(writes, [['first'], ['second', 'third']]);
  });

  it('chains each entry to the one before it, under keyed hashes that a new store key leaves as they are', async () => {
    const log = aProcess('aa');
    for (const subject of ['a', 'b', 'c']) await log.append({ ...anEntry(subject), grantId: 'grant-1' });
    const rotated = keysFrom(
      { tenantId: TENANT, lookupKey: new Uint8Array(32).fill(1), storeKey: new Uint8Array(32).fill(9) },
      { bytes: (length) => new Uint8Array(length) },
    );
    const other = keysFrom(
      { tenantId: TENANT, lookupKey: new Uint8Array(32).fill(8), storeKey: new Uint8Array(32).fill(2) },
      { bytes: (length) => new Uint8Array(length) },
    );
    let prev = BEFORE_THE_FIRST;
    for (const { hash, ...link } of await kept()) {
      assert.deepEqual([link.prev, accessHash(rotated, link)], [prev, hash]);
      assert.notEqual(accessHash(other, link), hash);
      assert.notEqual(accessHash(KEYS, { ...link, grantId: 'grant-2' }), hash);
      prev = hash;
    }
    assert.deepEqual(await chained(), [['a', '23:aa0 1', undefined], ['b', '23:aa0 2', undefined], ['c', '23:aa0 3', undefined]]); // prettier-ignore
  });

  it('begins a chain with each UTC date, which names the end of the one before', async () => {
    const log = aProcess('aa');
    await log.append(anEntry('a'));
    await log.append(anEntry('b'));
    now = TUESDAY;
    await Promise.all([log.append(anEntry('c', TUESDAY)), log.append(anEntry('d', TUESDAY))]);
    assert.deepEqual((await chained()).slice(2), [
      ['c', '24:aa0 1', '23:aa0 2'],
      ['d', '24:aa0 2', undefined],
    ]);
    const [, second, third] = await kept();
    assert.equal(third?.prev, second?.hash);
  });

  it('comes upon no chain of its own again when the clock is set back, and forward', async () => {
    const log = aProcess('aa');
    for (const [subject, at] of [
      ['a', MONDAY],
      ['b', TUESDAY],
      ['c', MONDAY],
      ['d', TUESDAY],
    ] as const) {
      // prettier-ignore
      now = at;
      await log.append(anEntry(subject, `${MONDAY.slice(0, -4)}${'abcd'.indexOf(subject)}00Z`));
    }
    assert.deepEqual(await chained(), [
      ['a', '23:aa0 1', undefined],
      ['b', '24:aa0 1', '23:aa0 1'],
      ['c', '23:aa1 1', '24:aa0 1'],
      ['d', '24:aa1 1', '23:aa1 1'],
    ]);
  });

  it('follows, after a restart, what was written last', async () => {
    await aProcess('aa').append(anEntry('a'));
    await aProcess('bb').append(anEntry('b'));
    const third = aProcess('cc');
    await third.append(anEntry('c'));
    await third.append(anEntry('d'));
    assert.deepEqual(await chained(), [
      ['a', '23:aa0 1', undefined],
      ['b', '23:bb0 1', '23:aa0 1'],
      ['c', '23:cc0 1', '23:bb0 1'],
      ['d', '23:cc0 2', undefined],
    ]);
  });

  it('lets two processes write to one store at once, each its own chain', async () => {
    const two = [aProcess('aa'), aProcess('bb')] as const;
    for (let round = 0; round < 5; round += 1)
      await Promise.all(two.map((log, at) => log.append(anEntry(`${at} ${round}`))));
    for (const id of ['aa', 'bb']) {
      const own = (await kept()).filter(({ chainKey }) => name(chainKey) === `23:${id}0`);
      assert.deepEqual(
        own.map(({ seq }) => seq),
        [1, 2, 3, 4, 5],
      );
      for (const [at, { prev }] of own.entries()) assert.equal(prev, own[at - 1]?.hash ?? BEFORE_THE_FIRST);
    }
  });

  it('rejects all that waits when a write fails, and begins a new chain after the last entry that is durable', async () => {
    const log = aProcess('aa');
    await log.append(anEntry('a'));
    const reached = Promise.withResolvers<undefined>();
    const held = Promise.withResolvers<undefined>();
    next.push(async () => {
      reached.resolve(undefined);
      await held.promise;
      return fails();
    });
    const inFlight = [log.append(anEntry('b')), log.append(anEntry('c'))];
    await reached.promise;
    const waiting = log.append(anEntry('d'));
    held.resolve(undefined);
    for (const append of [...inFlight, waiting]) await assert.rejects(append, { code: 'store.full' });
    await log.append(anEntry('e'));
    assert.deepEqual(await chained(), [
      ['a', '23:aa0 1', undefined],
      ['e', '23:aa1 1', '23:aa0 1'],
    ]);
  });

  it('does the same when the write was made and its answer was lost', async () => {
    const log = aProcess('aa');
    await log.append(anEntry('a'));
    next.push(async (keep) => {
      await keep();
      return fails();
    });
    await assert.rejects(log.append(anEntry('b')), { code: 'store.full' });
    await log.append(anEntry('c'));
    assert.deepEqual(await chained(), [
      ['a', '23:aa0 1', undefined],
      ['c', '23:aa1 1', '23:aa0 1'],
      ['b', '23:aa0 2', undefined],
    ].sort(([, a = ''], [, b = '']) => (a < b ? -1 : 1))); // prettier-ignore
  });

  for (const isKept of [false, true])
    for (const failing of [1, 2, 3, 4, 5])
      it(`says so to nobody else when write ${failing} of five fails ${isKept ? 'after' : 'before'} it was made`, async () => {
        const log = aProcess('aa');
        for (let write = 1; write <= 5; write += 1) {
          if (write === failing)
            next.push(async (keep) => {
              if (isKept) await keep();
              return fails();
            });
          const answer = log.append(anEntry(`${write}`)).then(
            () => 'durable',
            () => 'failed',
          );
          assert.equal(await answer, write === failing ? 'failed' : 'durable');
        }
        const there = new Set((await kept()).map(({ subject }) => subject));
        for (let write = 1; write <= 5; write += 1) assert.equal(there.has(`${write}`), write !== failing || isKept);
      });

  it('rejects when it cannot be found out what there is already, and begins when it can', async () => {
    const store = watched();
    const log = accessLog({
      ...{ keys: KEYS, clock: { now: () => now }, random: { bytes: (length) => new Uint8Array(length) } },
      store: { ...store, latestChain: () => (writes.push([]) === 1 ? fails() : store.latestChain()) },
    });
    await assert.rejects(log.append(anEntry('a')), { code: 'store.full' });
    await log.append(anEntry('b'));
    assert.deepEqual((await kept()).map(({ subject, seq }) => [subject, seq]), [['b', 1]]); // prettier-ignore
  });
});
