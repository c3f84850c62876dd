import assert from 'node:assert/strict';
import type { Stores } from '../../../../src/storePorts.ts';
import type { Fault } from '../../../cosmos/faults.ts';
import type { CosmosPlace } from '../../../../src/stores/cosmos/connection.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';
import { fill, LIST_CALLS } from './listCalls.ts';
import { fillForReads, READ_CALLS, type ReadCall } from './readCalls.ts';
import { UNANSWERED } from './unanswered.ts';
import { WRITES } from './writes.ts';

/** Room for attempts that get no answer. */
const LIMITS = { callMs: 10_000, attemptMs: 60, listMs: 10_000 };

/** All that a call asks but where the partitions are: clients wait for that by themselves, and for all calls at once. */
const ASKING = ['read', 'batch', 'queryPlan', 'query'] as const;

/** What happens once in a database is tried in `firstStart.test.ts`; and the end of a store asks nothing. */
const ELSEWHERE = ['storeKey.create', 'close'];

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** The names of all that a store offers, and the same store, which says what of it is called. */
function heard(stores: Stores): {
  readonly all: readonly string[];
  readonly calls: Set<string>;
  readonly stores: Stores;
} {
  const calls = new Set<string>();
  const all: string[] = [];
  const hearing = (name: string, method: Method): Method => {
    all.push(name);
    return (...given) => (calls.add(name), method(...given));
  };
  const parts = Object.entries(stores).map(([part, offered]: [string, Method | Readonly<Record<string, Method>>]) => {
    if (typeof offered === 'function') return [part, hearing(part, offered)];
    const methods = Object.entries(offered).map(([name, method]) => [name, hearing(`${part}.${name}`, method)]);
    return [part, Object.fromEntries(methods)];
  });
  return { all, calls, stores: Object.fromEntries(parts) as Stores }; // fromEntries forgets the names
}

describe('every call of the stores on Cosmos DB', () => {
  const double = withADouble();
  let place: CosmosPlace;
  let stores: Stores;
  before(async () => {
    place = await freshDatabase(double());
    stores = await opened(place);
    await fill(stores);
    await fillForReads(stores);
  });
  after(() => stores.close());

  it('is among those whose requests are made to fail, as one that writes if it writes', async () => {
    const hearing = heard(stores);
    for (const [nth, { prepare, run }] of WRITES.entries()) {
      await prepare?.(stores, `heard-${nth}`);
      await run(hearing.stores, `heard-${nth}`);
    }
    double().control.tallies.reset();
    for (const { run } of READ_CALLS) await run(hearing.stores);
    for (const { keys } of LIST_CALLS) await keys(hearing.stores);
    const writes = double()
      .control.tallies.last()
      .filter(({ isWrite }) => isWrite);
    assert.deepEqual(writes, [], 'what writes stands among what writes');
    assert.deepEqual([...hearing.calls, ...ELSEWHERE].sort(), hearing.all.toSorted());
  });

  /** As in a process that has just started: later it asks for less. What it was answered, and in how many requests. */
  async function first({ run }: ReadCall, fault?: Fault, nth = 0) {
    const fresh = await opened(place, { limits: LIMITS });
    double().control.tallies.reset();
    if (fault !== undefined) double().control.fail({ nth, kind: ASKING }, fault);
    try {
      return { found: await run(fresh), requests: double().control.tallies.of(...ASKING).requests };
    } finally {
      double().control.disarmAll();
      await fresh.close();
    }
  }

  for (const [what, fault] of UNANSWERED)
    it(`finds all partitions although nobody says where they are at first: ${what}`, async () => {
      const due = (from: Stores) => from.open.due('2027-12-31', { limit: 50 });
      const fresh = await opened(place, { limits: LIMITS });
      const { hits } = double().control.fail({ kind: 'pkranges' }, fault);
      assert.deepEqual(await due(fresh), await due(stores));
      assert.equal(hits(), 1);
      double().control.disarmAll();
      await fresh.close();
    });

  for (const call of READ_CALLS)
    it(`${call.name}: is found whichever request is not answered`, async () => {
      const { found, requests } = await first(call);
      assert.ok(requests > 0);
      if (call.isSilent !== true)
        assert.ok(Array.isArray(found) ? found.length > 0 : found, 'there is something to find');
      for (const [what, fault] of UNANSWERED)
        for (let nth = 1; nth <= requests; nth += 1)
          assert.deepEqual((await first(call, fault, nth)).found, found, `${what} at request ${nth}`);
    });
});
