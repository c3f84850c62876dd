import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { codeOf } from '../../../../src/errors.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import type { CosmosDouble } from '../../../cosmos/cosmosDouble.ts';
import type { Fault } from '../../../cosmos/faults.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';
import { UNANSWERED } from './unanswered.ts';
import { WRITES, type WriteCall } from './writes.ts';

/** A call waits long enough for one more attempt, and not longer. */
const LIMITS = { callMs: 5_000, attemptMs: 60, listMs: 5_000 };
/** What never answers is given up soon. */
const SHORT = { callMs: 400, attemptMs: 60, listMs: 400 };
/** The client tries a throttled request some times before it says so. */
const THROTTLED = { callMs: 30_000, attemptMs: 20_000, listMs: 20_000 };

let runs = 0;

interface Outcome {
  readonly answer: string;
  /** What is stored by now. */
  readonly stored: () => readonly string[];
  readonly requests: number;
}

/** Runs a call once with ids of its own; `strike` arms what is to happen to its requests. */
async function outcomeOf(
  double: CosmosDouble,
  stores: Stores,
  { prepare, run }: WriteCall,
  strike: () => void = () => undefined,
): Promise<Outcome> {
  const p = `run-${(runs += 1)}!`;
  await prepare?.(stores, p);
  double.control.tallies.reset();
  strike();
  try {
    const answer = plain(await run(stores, p), p);
    return { answer, stored: () => storedOf(double, p), requests: double.control.tallies.of().requests };
  } finally {
    double.control.disarmAll();
  }
}

/** Everything in the account that has `p` in it, but for what differs from run to run. */
function storedOf(double: CosmosDouble, p: string): readonly string[] {
  return double.control
    .contents()
    .flatMap(({ container, items }) => items.map((item) => ({ container, ...item })))
    .map((item) => plain(item, p))
    .filter((text) => text.includes(OWN))
    .sort();
}

const OWN = 'own!';
const DIFFERING: ReadonlySet<string> = new Set(['_etag', '_ts', '_rid', '_self', '_attachments', 'writtenBy', 'nth']);

function plain(value: unknown, p: string): string {
  const text = JSON.stringify(value, (name, each: unknown) => (DIFFERING.has(name) ? undefined : each)) ?? '';
  return text.replaceAll(p, OWN);
}

describe('Cosmos DB, when a request of a call is not answered', () => {
  const double = withADouble();
  let stores: Stores;
  before(async () => {
    stores = await opened(await freshDatabase(double()), { limits: LIMITS });
  });
  after(() => stores.close());

  for (const call of WRITES)
    for (const [what, fault] of UNANSWERED)
      it(`${call.name}, once and truly said: ${what}, whether done or not, at each request`, async () => {
        const expected = await outcomeOf(double(), stores, call);
        for (let nth = 1; nth <= expected.requests; nth += 1)
          for (const applied of [false, true]) {
            const strike = (): void => void double().control.fail({ nth }, { ...fault, applied });
            const { answer, stored } = await outcomeOf(double(), stores, call, strike);
            assert.equal(answer, expected.answer, `request ${nth}`);
            assert.deepEqual(stored(), expected.stored(), `request ${nth}`);
          }
      });

  for (const call of WRITES)
    it(`${call.name} once, also when a request that was given up is done much later`, async () => {
      const expected = await outcomeOf(double(), stores, call);
      for (let nth = 1; nth <= expected.requests; nth += 1) {
        let release = (): void => undefined;
        const { answer, stored } = await outcomeOf(double(), stores, call, () => {
          ({ release } = double().control.fail({ nth }, { with: 'hold' }));
        });
        release();
        await turn();
        assert.equal(answer, expected.answer, `request ${nth}`);
        assert.deepEqual(stored(), expected.stored(), `request ${nth}`);
      }
    });
});

describe('Cosmos DB, when the account does not answer at all', () => {
  const double = withADouble();
  let stores: Stores | undefined;
  afterEach(() => stores?.close());

  for (const [what, fault, code, limits] of [
    ['no answer', { with: 'hang' }, 'store.unsure', SHORT],
    ['status 503', { with: 'status', status: 503 }, 'store.unsure', SHORT],
    ['throttled', { with: 'status', status: 429, retryAfterMs: 1 }, 'store.busy', THROTTLED],
    ['refused', { with: 'status', status: 403 }, 'store.refused', SHORT],
  ] as const)
    it(`gives every call up with a coded fault: ${what}`, async () => {
      const store = await opened(await freshDatabase(double()), { limits });
      stores = store;
      const named = WRITES.map((call) => ({ ...call, p: `run-${(runs += 1)}!` }));
      for (const { prepare, p } of named) await prepare?.(store, p);
      double().control.fail({ times: Infinity }, fault);
      const ended = await Promise.all(named.map(({ run, p }) => run(store, p).catch(codeOf)));
      double().control.disarmAll();
      assert.deepEqual(
        named.map(({ name }, nth) => `${name}: ${String(ended[nth])}`),
        named.map(({ name }) => `${name}: ${code}`),
      );
    });
});

/** Requests that change something. */
const KINDS = ['create', 'replace', 'upsert', 'batch', 'delete'] as const;
const THROTTLING: Fault = { with: 'status', status: 429, retryAfterMs: 1 };

describe('Cosmos DB, when a write is not answered and the account is throttled then', () => {
  const double = withADouble();
  let stores: Stores;
  before(async () => {
    stores = await opened(await freshDatabase(double()), { limits: THROTTLED });
  });
  after(() => stores.close());

  for (const applied of [false, true])
    it(`says that nobody knows, never that it was not done: ${applied ? 'done' : 'not done'}`, async () => {
      let struckCalls = 0;
      for (const { name, prepare, run } of WRITES) {
        const p = `run-${(runs += 1)}!`;
        await prepare?.(stores, p);
        const { struck, hits } = double().control.fail({ kind: KINDS }, { with: 'status', status: 503, applied });
        void struck.then(() => double().control.fail({ times: Infinity }, THROTTLING));
        const ended = await run(stores, p).catch(codeOf);
        double().control.disarmAll();
        // Some find out from what they read that there is nothing to write.
        if (hits() > 0) assert.equal(ended, 'store.unsure', name);
        struckCalls += hits();
      }
      assert.ok(struckCalls > 20, `${struckCalls} calls`);
    });
});
