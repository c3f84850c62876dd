import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import sinon from 'sinon';
import { codeOf } from '../../../../src/errors.ts';
import type { Listed } from '../../../../src/listed.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { LIMITS } from '../../../../src/stores/cosmos/connection.ts';
import { withinTurn } from '../../../../src/turnTime.ts';
import type { Fault, Target } from '../../../cosmos/faults.ts';
import { anAccess } from '../contract/accessStore.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';
import { fill, FILLED, LIST_CALLS, WHOLE_CALLS, type ListCall } from './listCalls.ts';

/** Times that are over when the test says so, and one that nothing here takes. */
const [LIST_MS, CALL_MS, LONG_MS] = [12_345, 23_456, 50_000];

/** The first round asks each physical partition once; the next request is for a further page of one of them. */
const PARTITIONS = 3;
const FURTHER = PARTITIONS + 1;

describe('Cosmos DB, when a list takes long', () => {
  const double = withADouble({ physicalPartitions: PARTITIONS, pageItemsAtMost: 2 });
  let stores: Stores;
  let over: Readonly<Record<number, AbortController>>;
  before(async () => {
    stores = await opened(await freshDatabase(double()), {
      limits: { callMs: CALL_MS, attemptMs: LONG_MS, listMs: LIST_MS },
    });
    await fill(stores);
  });
  beforeEach(() => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const turnsLists = (LIMITS.callMs * 2) / 3;
    over = Object.fromEntries([LIST_MS, CALL_MS, turnsLists].map((ms) => [ms, new AbortController()]));
    sinon.stub(AbortSignal, 'timeout').callsFake((ms) => over[ms]?.signal ?? timeout(ms));
  });
  afterEach(() => {
    sinon.restore();
    double().control.disarmAll();
  });
  after(() => stores.close());

  /** What a call comes to whose time is over while a request of it is not answered. */
  const outOfTime = async <T>(ms: number, target: Target, run: () => Promise<T>): Promise<T> => {
    const { struck } = double().control.fail({ kind: 'query', times: Infinity, ...target }, { with: 'hang' });
    const running = run();
    await struck;
    over[ms]?.abort();
    return running;
  };
  const allOf = async ({ keys }: ListCall): Promise<readonly string[]> => {
    const { items, isCutShort } = await keys(stores);
    assert.deepEqual([items.length, isCutShort], [FILLED, false]);
    return items;
  };

  for (const call of LIST_CALLS) {
    const { name, container, keys } = call;

    it(`${name}: gives the first, says that there may be more, and goes on after the last`, async () => {
      const all = await allOf(call);
      const first = await outOfTime(LIST_MS, { container, nth: FURTHER }, () => keys(stores));
      assert.equal(first.isCutShort, true);
      assert.ok(first.items.length > 0 && first.items.length < FILLED, `${first.items.length} of ${FILLED}`);
      assert.deepEqual(first.items, all.slice(0, first.items.length));
      if (call.isOnePage === true) return;
      double().control.disarmAll();
      sinon.restore();
      const rest = await keys(stores, first.items.at(-1));
      assert.deepEqual(rest, { items: all.slice(first.items.length), isCutShort: false });
    });

    it(`${name}: says that it has nothing yet, and not that there is nothing`, async () => {
      const none: Listed<string> = await outOfTime(LIST_MS, { container }, () => keys(stores));
      assert.deepEqual(none, { items: [], isCutShort: true });
    });

    it(`${name}: is whole when a page has to be asked for again`, async () => {
      const all = await allOf(call);
      const faults: readonly Fault[] = [503, 408].map((status) => ({ with: 'status', status }));
      for (const fault of faults) {
        const { hits } = double().control.fail({ kind: 'query', container, nth: FURTHER }, fault);
        assert.deepEqual(await keys(stores), { items: all, isCutShort: false });
        assert.equal(hits(), 1);
      }
    });

    it(`${name}: is a fault when it is refused`, async () => {
      double().control.fail(
        { kind: 'query', container, nth: FURTHER, times: Infinity },
        { with: 'status', status: 403 },
      );
      await assert.rejects(keys(stores), { code: 'store.refused' });
    });
  }

  for (const { name, run } of WHOLE_CALLS)
    it(`${name}: is whole or a fault, and never cut short`, async () => {
      over[LIST_MS]?.abort();
      await run(stores);
      const ended = outOfTime(CALL_MS, {}, () => run(stores));
      assert.equal(await ended.then(() => 'an answer', codeOf), 'store.unsure');
    });

  for (const [what, ms, run] of [
    ['of a list', LIST_MS, () => LIST_CALLS[0]?.keys(stores)],
    ['of what must be whole', CALL_MS, () => stores.open.due('2027-12-31', { limit: 50 }).catch(codeOf)],
  ] as const)
    it(`asks nothing more once the time ${what} is over`, async () => {
      const held = double().control.fail({ kind: 'query', nth: FURTHER, times: Infinity }, { with: 'hold' });
      const running = run();
      await held.struck;
      over[ms]?.abort();
      await running;
      held.release();
      sinon.restore();
      // Whoever still waited for that answer would have asked for the next page before these are through.
      for (let nth = 0; nth < 5; nth += 1) await stores.records.head('case-1');
      assert.equal(held.hits(), 1);
    });

  it('leaves no failure behind that nothing hears of, which would end the process', async () => {
    const unheard: unknown[] = [];
    const hear = (reason: unknown): unknown => unheard.push(reason);
    process.prependListener('unhandledRejection', hear);
    for (const { container, keys } of LIST_CALLS) {
      double().control.fail({ kind: 'query', container, nth: FURTHER, times: 2 }, { with: 'status', status: 408 });
      await keys(stores);
      double().control.disarmAll();
    }
    // Said after whatever was to be done at once is done.
    await setImmediate();
    process.off('unhandledRejection', hear);
    assert.deepEqual(unheard, []);
  });

  it('ends before its turn does: lists share two thirds of it, and what follows has the rest', async () => {
    const { container, keys } = LIST_CALLS[0] ?? assert.fail();
    const queries = (): number => double().control.tallies.of('query').requests;
    await withinTurn(LIMITS.callMs, async () => {
      const first = await outOfTime(LIMITS.listMs, { container, nth: FURTHER }, () => keys(stores));
      assert.equal(first.isCutShort, true);
      assert.notDeepEqual(first.items, []);
      const asked = queries();
      assert.deepEqual(await keys(stores), { items: [], isCutShort: true });
      assert.equal(queries(), asked, 'a further list asks nothing');
      await stores.access.appendBatch([anAccess({ chainKey: '2026-11-24:aa' })]);
      assert.equal((await stores.records.head('case-1')).seq, 1);
    });
  });
});

describe('Cosmos DB, when partitions were split since a client asked where they are', () => {
  const double = withADouble({ physicalPartitions: 2 });
  let stores: Stores;
  let split: (container: string) => void;
  before(async () => {
    const place = await freshDatabase(double());
    split = (container) => double().control.split(place.database, container);
    stores = await opened(place, { limits: { callMs: LONG_MS, attemptMs: LONG_MS, listMs: LONG_MS } });
    await fill(stores);
  });
  after(() => stores.close());

  for (const container of ['cases', 'access', 'nudges'] as const)
    it(`finds all of a list of ${container}, and asks where they are once`, async () => {
      const { keys } = LIST_CALLS.find((call) => call.container === container) ?? assert.fail();
      const before = await keys(stores);
      split(container);
      double().control.tallies.reset();
      assert.deepEqual(await keys(stores), before);
      assert.deepEqual(await keys(stores), before);
      assert.equal(double().control.tallies.of('pkranges').requests, 1);
    });

  it('finds all of what must be whole', async () => {
    const before = await stores.open.due('2027-12-31', { limit: 50 });
    assert.equal(before.length, FILLED);
    split('cases');
    assert.deepEqual(await stores.open.due('2027-12-31', { limit: 50 }), before);
  });
});
