import assert from 'node:assert/strict';
import { caseFacts, changeCase, type CaseFacts } from '../../src/caseFacts.ts';
import { CodedError, codeOf } from '../../src/errors.ts';
import { recover } from '../../src/recording/settling.ts';
import type { RecordingView } from '../../src/recording/views.ts';
import { decideBy, tellOverdue } from '../../src/restrictionRequests.ts';
import { ASHA, aBench, fillIn, MO, signOn, storedOf, type Bench, type BenchOptions } from './aBench.ts';
import { aShare, typedShare } from './aShare.ts';
import { faultyStores, type Fault } from './faultyStores.ts';
import { wholeOf } from './stores/contract/wholeOf.ts';

const ASKED = { signature: 'Asha Invented', restrict: 'true' };

describe('asking for a restriction when signing', () => {
  const open: Bench[] = [];
  const fresh = async (options?: BenchOptions): Promise<Bench> => {
    const one = await aBench(options);
    open.push(one);
    return one;
  };
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  const signed = async (one: Bench, typed = ASKED): Promise<RecordingView> =>
    signOn(one, await fillIn(one, typedShare(aShare())), typed);
  const factsOf = async (one: Bench, view: RecordingView): Promise<CaseFacts | undefined> =>
    caseFacts(one.recording, (await storedOf(one, view)).caseKey);
  const notices = async (one: Bench) => (await one.stores.notices.pending(50)).filter(({ what }) => what.startsWith('restriction')); // prettier-ignore

  it('restricts the case to its author, and tells the managers of the case team but the author', async () => {
    const one = await fresh();
    const view = await signed(one);
    const { header } = await storedOf(one, view);
    const { restriction } = (await factsOf(one, view)) ?? {};
    assert.deepEqual([restriction?.state, restriction?.people], ['requested', [ASHA.id]]);
    assert.deepEqual(
      (await notices(one)).map(({ what, about: number, audience }) => ({ what, number, audience })),
      [
        {
          what: 'restrictionAsked',
          number: header.number,
          audience: { kind: 'managersOf', teamIds: ['team-north'], personId: ASHA.id },
        },
      ],
    );
  });

  it('leaves a case open of which it was not asked', async () => {
    const one = await fresh();
    const view = await signed(one, { ...ASKED, restrict: 'false' });
    assert.equal((await factsOf(one, view))?.restriction, undefined);
    assert.deepEqual(await notices(one), []);
  });

  it('names nobody more where the case is restricted already', async () => {
    const one = await fresh();
    const { caseKey } = await storedOf(one, await signed(one, { ...ASKED, restrict: 'false' }));
    const held = { state: 'confirmed', people: [MO.id], by: MO.id, at: '2026-11-23T14:05:00.000Z' } as const;
    await changeCase(one.recording, caseKey, (facts) => ({ ...facts, restriction: { ...held, people: [MO.id] } }));
    const view = await signed(one);
    assert.deepEqual((await factsOf(one, view))?.restriction, held);
    assert.deepEqual(await notices(one), []);
  });

  it('restricts before the record is saved, whichever call to the store fails', async () => {
    const survived: number[] = [];
    for (const when of ['before', 'after'] as const)
      for (let at = 1; await survives({ at, when }, fresh); at += 1) survived.push(at);
    assert.ok(survived.length > 20, `${survived.length} calls`);
  });

  it('does not restrict again what was lifted before its draft was closed', async () => {
    let isOut = true;
    const one = await fresh({
      wrap: (stores) => ({
        ...stores,
        drafts: {
          ...stores.drafts,
          save: async (draft) => (isOut && draft.status === 'committed' ? fail() : stores.drafts.save(draft)),
        },
      }),
    });
    const view = await signed(one);
    assert.equal(view.kind, 'receipt');
    assert.equal((await one.stores.drafts.committing(10)).length, 1);
    const [stored] = await wholeOf(one.stores.records.byAuthor(ASHA.id, { limit: 1 }));
    const caseKey = stored?.caseKey ?? '';
    await changeCase(one.recording, caseKey, ({ restriction: _, ...facts }) => facts);
    isOut = false;
    assert.equal(await recover(one.recording, (code) => assert.fail(code)), 1);
    const facts = await caseFacts(one.recording, caseKey);
    assert.ok(facts !== undefined && facts.restriction === undefined);
  });

  describe('is told to the records officers when nobody decides', () => {
    const overdue = async (one: Bench) => (await notices(one)).filter(({ what }) => what === 'restrictionOverdue');

    it('once, a working day later', async () => {
      const one = await fresh();
      const { restriction } = (await factsOf(one, await signed(one))) ?? {};
      const due = Date.parse(decideBy(restriction?.at ?? ''));
      one.setNow(new Date(due - 1).toISOString());
      assert.equal(await tellOverdue(one.recording), 0);
      one.setNow(new Date(due).toISOString());
      assert.equal(await tellOverdue(one.recording), 1);
      assert.equal(await tellOverdue(one.recording), 0);
      assert.deepEqual(
        (await overdue(one)).map(({ audience }) => audience),
        [{ kind: 'recordsOfficers' }],
      );
    });

    it('not when it was decided', async () => {
      const one = await fresh();
      const view = await signed(one);
      const { caseKey } = await storedOf(one, view);
      await changeCase(one.recording, caseKey, (facts) =>
        facts.restriction === undefined
          ? facts
          : { ...facts, restriction: { ...facts.restriction, state: 'confirmed' } },
      );
      one.setNow('2026-12-23T14:05:00.000Z');
      assert.equal(await tellOverdue(one.recording), 0);
    });
  });

  for (const [asked, by, why] of [
    ['2026-11-23T14:05:00.000Z', '2026-11-24T14:05:00.000Z', 'the same time of the next day'],
    ['2026-11-27T16:30:00.000Z', '2026-11-30T16:30:00.000Z', 'over a weekend'],
    ['2026-11-28T10:00:00.000Z', '2026-12-01T00:00:00.000Z', 'of what was asked on a Saturday, the end of Monday'],
    ['2026-03-27T10:00:00.000Z', '2026-03-30T09:00:00.000Z', 'by the clock in London when it goes forward'],
    ['2026-12-24T12:00:00.000Z', '2026-12-29T12:00:00.000Z', 'over bank holidays'],
  ] as const)
    it(`is to be decided within a working day: ${why}`, () => {
      assert.equal(decideBy(asked), `${by.slice(0, 16)}:00.000Z`);
    });
});

const TRIES_AT_MOST = 5;

/** Signs over a store that fails once; whether that call was ever made. */
async function survives(fault: Fault, fresh: (options: BenchOptions) => Promise<Bench>): Promise<boolean> {
  let isArmed = false;
  // Calls before the signature are not counted.
  const faulty = faultyStores(fault);
  const one = await fresh({
    wrap: (stores) => {
      const counted = faulty.wrap(stores);
      const through = <K extends 'drafts' | 'records' | 'cases' | 'notices'>(key: K) =>
        new Proxy(stores[key], { get: (_, name) => Reflect.get(isArmed ? counted[key] : stores[key], name) });
      return { ...counted, drafts: through('drafts'), records: through('records'), cases: through('cases'), notices: through('notices') }; // prettier-ignore
    },
  });
  const check = await fillIn(one, typedShare(aShare()));
  isArmed = true;
  let view = await orNothing(() => signOn(one, check, ASKED));
  const reached = faulty.calls() >= fault.at;
  isArmed = false;
  await assertRestricted(one);
  for (let tries = 0; view?.kind !== 'receipt'; tries += 1) {
    assert.ok(tries < TRIES_AT_MOST, `no receipt after a fault at call ${fault.at}`);
    await recover(one.recording, (code) => assert.fail(code));
    view = await signOn(one, check, ASKED);
  }
  assert.equal((await assertRestricted(one)).length, 1);
  const told = (await one.stores.notices.pending(50)).filter(({ what }) => what === 'restrictionAsked');
  assert.equal(told.length, 1, `told once after a fault at call ${fault.at}`);
  return reached;
}

/** Whatever is saved is restricted, at that moment. */
async function assertRestricted(one: Bench) {
  const saved = await wholeOf(one.stores.records.byAuthor(ASHA.id, { limit: 9 }));
  for (const { caseKey } of saved) {
    const facts = await caseFacts(one.recording, caseKey);
    assert.deepEqual(facts?.restriction?.people, [ASHA.id]);
  }
  return saved;
}

async function orNothing(press: () => Promise<RecordingView>): Promise<RecordingView | undefined> {
  try {
    return await press();
  } catch (error) {
    assert.match(codeOf(error), /^store\./u);
    return undefined;
  }
}

function fail(): never {
  throw new CodedError('store.fault', 'made to fail');
}
