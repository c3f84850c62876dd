import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ItemState, Nudge, NudgeStatus, NudgeStore } from '../../../../src/nudgePorts.ts';
import type { Open } from './builders.ts';
import { eachWithItsOwn } from './openOne.ts';
import { wholeOf } from './wholeOf.ts';

/** What every store of nudges promises. */
export function describeNudgeStore(open: Open): void {
  describe('nudges', () => {
    const stores = eachWithItsOwn(open);
    describeCards(() => stores().nudges);
    describe('in lists', () => describeLists(() => stores().nudges));
    describeItems(() => stores().nudges);
    describePeople(() => stores().nudges);
  });
}

type Nudges = () => NudgeStore;

function aNudge(wanted: Partial<Nudge> = {}): Nudge {
  return {
    personId: 'person-asha',
    date: '2026-11-24',
    status: 'claimed',
    revision: 1,
    changedAt: '2026-11-24T08:00:00.000Z',
    ...wanted,
  };
}

function anItem(wanted: Partial<ItemState> = {}): ItemState {
  return { recordId: 'record-1', kind: 'outcome', pausedDays: 0, revision: 1, ...wanted };
}

const COUNTS = { own: 3, team: 2, escalated: 1, drafts: 0, basis: 4 };
const STATUSES: readonly NudgeStatus[] = [
  'claimed',
  'sending',
  'sent',
  'uncertain',
  'waiting',
  'unreachable',
  'nothing',
];

function describeCards(nudges: Nudges): void {
  for (const status of STATUSES) {
    it(`gives back a card that is ${status}, as it was created and as it was saved`, async () => {
      const card = aNudge({ status });
      assert.equal(await nudges().create(card), 'saved');
      assert.deepEqual(await nudges().read('person-asha', '2026-11-24'), card);
      const next = aNudge({ status, revision: 2, retryAt: '2026-11-24T08:10:00.000Z', counts: COUNTS });
      assert.equal(await nudges().save(next), 'saved');
      assert.deepEqual(await nudges().read('person-asha', '2026-11-24'), next);
    });
  }

  it('gives up what the next revision no longer has', async () => {
    await nudges().create(aNudge({ status: 'waiting', retryAt: '2026-11-24T08:10:00.000Z', counts: COUNTS }));
    const next = aNudge({ status: 'sending', revision: 2, changedAt: '2026-11-24T08:11:00.000Z' });
    await nudges().save(next);
    assert.deepEqual(await nudges().read('person-asha', '2026-11-24'), next);
  });

  it('makes one card of a person and a day, and keeps the first', async () => {
    await nudges().create(aNudge());
    assert.equal(await nudges().create(aNudge({ status: 'sent' })), 'conflict');
    assert.deepEqual(await nudges().read('person-asha', '2026-11-24'), aNudge());
  });

  it('makes a card for the same person another day, and for somebody else the same day', async () => {
    const others = [aNudge({ date: '2026-11-25' }), aNudge({ personId: 'person-ben' })];
    await nudges().create(aNudge());
    for (const card of others) assert.equal(await nudges().create(card), 'saved');
    for (const card of others) assert.deepEqual(await nudges().read(card.personId, card.date), card);
  });

  it('knows nothing of a card that was never created', async () => {
    await nudges().create(aNudge());
    assert.equal(await nudges().read('person-asha', '2026-11-25'), undefined);
    assert.equal(await nudges().read('person-ben', '2026-11-24'), undefined);
  });

  for (const [what, wanted] of [
    ['of the revision that is there', { revision: 1 }],
    ['that skips a revision', { revision: 3 }],
    ['of another day', { revision: 2, date: '2026-11-25' }],
    ['of somebody else', { revision: 2, personId: 'person-ben' }],
  ] as const) {
    it(`refuses a save ${what}, and changes nothing`, async () => {
      await nudges().create(aNudge());
      assert.equal(await nudges().save(aNudge({ ...wanted, status: 'sent' })), 'conflict');
      assert.deepEqual(await nudges().read('person-asha', '2026-11-24'), aNudge());
      assert.equal((await wholeOf(nudges().latest(10))).length, 1);
    });
  }

  it('lets exactly one of several who claim or change a card at once through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.integer({ min: 2, max: 8 }), async (personId, count) => {
        const each = (revision: number) =>
          Array.from({ length: count }, (_, i) => aNudge({ personId, revision, counts: { ...COUNTS, own: i } }));
        const claims = each(1);
        const claimed = await Promise.all(claims.map((card) => nudges().create(card)));
        assert.deepEqual(claims.filter((_, i) => claimed[i] === 'saved').length, 1);
        const changes = each(2);
        const changed = await Promise.all(changes.map((card) => nudges().save(card)));
        const winners = changes.filter((_, i) => changed[i] === 'saved');
        assert.equal(winners.length, 1);
        assert.deepEqual(await nudges().read(personId, '2026-11-24'), winners[0]);
      }),
      { numRuns: 25 },
    );
  });
}

function describeLists(nudges: Nudges): void {
  const named = (cards: readonly Nudge[]) => cards.map(({ personId, date }) => `${personId} ${date}`);

  beforeEach(async () => {
    await nudges().create(aNudge({ personId: 'person-ben', changedAt: '2026-11-24T08:00:00.000Z' }));
    await nudges().create(aNudge({ personId: 'person-asha', changedAt: '2026-11-24T08:01:00.000Z' }));
    await nudges().create(
      aNudge({ personId: 'person-cas', date: '2026-11-23', changedAt: '2026-11-23T09:00:00.000Z' }),
    );
    await nudges().create(
      aNudge({ personId: 'person-ben', date: '2026-11-25', changedAt: '2026-11-25T08:00:00.000Z' }),
    );
  });

  it('lists the cards of a day by person', async () => {
    assert.deepEqual(named(await nudges().ofDay('2026-11-24')), ['person-asha 2026-11-24', 'person-ben 2026-11-24']);
    assert.deepEqual(await nudges().ofDay('2026-11-26'), []);
  });

  it('lists the latest cards of everybody, of the newest day first and there the one changed last', async () => {
    const all = [
      'person-ben 2026-11-25',
      'person-asha 2026-11-24',
      'person-ben 2026-11-24',
      'person-cas 2026-11-23',
    ] as const;
    assert.deepEqual(named(await wholeOf(nudges().latest(10))), all);
    assert.deepEqual(named(await wholeOf(nudges().latest(2))), all.slice(0, 2));
  });

  it('lists the latest cards of one person alone', async () => {
    const theirs = ['person-ben 2026-11-25', 'person-ben 2026-11-24'];
    assert.deepEqual(named(await nudges().latestOf('person-ben', 10)), theirs);
    assert.deepEqual(named(await nudges().latestOf('person-ben', 1)), theirs.slice(0, 1));
    assert.deepEqual(await nudges().latestOf('person-dot', 10), []);
  });

  it('follows the changes of a card', async () => {
    await nudges().save(aNudge({ personId: 'person-ben', revision: 2, changedAt: '2026-11-24T08:02:00.000Z' }));
    assert.deepEqual(named(await wholeOf(nudges().latest(2))), ['person-ben 2026-11-25', 'person-ben 2026-11-24']);
  });
}

function describeItems(nudges: Nudges): void {
  it('gives back what is known of an item as it was created', async () => {
    const full = { firstStoodOn: '2026-11-20', snoozedUntil: '2026-11-27', pausedDays: 2, remindedOn: '2026-11-23' };
    for (const item of [anItem(), anItem({ kind: 'receipt', ...full })]) {
      assert.equal(await nudges().saveItem(item), 'saved');
      assert.deepEqual(await nudges().item(item.recordId, item.kind), item);
    }
  });

  it('replaces everything of an item with the next revision', async () => {
    await nudges().saveItem(anItem({ firstStoodOn: '2026-11-20', snoozedUntil: '2026-11-27' }));
    const next = anItem({ pausedDays: 1, remindedOn: '2026-11-23', revision: 2 });
    assert.equal(await nudges().saveItem(next), 'saved');
    assert.deepEqual(await nudges().item('record-1', 'outcome'), next);
  });

  for (const [what, wanted] of [
    ['of the revision that is there', { revision: 1 }],
    ['that skips a revision', { revision: 3 }],
    ['of another record', { revision: 2, recordId: 'record-2' }],
    ['of another item of the record', { revision: 2, kind: 'receipt' }],
  ] as const) {
    it(`refuses a save of an item ${what}, and changes nothing`, async () => {
      await nudges().saveItem(anItem());
      assert.equal(await nudges().saveItem(anItem({ ...wanted, pausedDays: 9 })), 'conflict');
      assert.deepEqual(await nudges().items(['record-1', 'record-2']), [anItem()]);
    });
  }

  it('lets exactly one of several saves of an item through', async () => {
    for (const revision of [1, 2]) {
      const saves = [1, 2, 3].map((pausedDays) => anItem({ pausedDays, revision }));
      const results = await Promise.all(saves.map((item) => nudges().saveItem(item)));
      assert.deepEqual(results.toSorted(), ['conflict', 'conflict', 'saved']);
      assert.deepEqual(await nudges().item('record-1', 'outcome'), saves[results.indexOf('saved')]);
    }
  });

  it('finds what is known of several records at once, by record and kind', async () => {
    const items = [
      anItem({ kind: 'outcome' }),
      anItem({ kind: 'receipt' }),
      anItem({ recordId: 'record-2' }),
      anItem({ recordId: 'record-3' }),
    ];
    for (const item of items.toReversed()) await nudges().saveItem(item);
    assert.deepEqual(await nudges().items(['record-2', 'record-1', 'record-9']), items.slice(0, 3));
    assert.deepEqual(await nudges().items([]), []);
  });

  it('knows nothing of an item that was never saved', async () => {
    assert.equal(await nudges().item('record-1', 'outcome'), undefined);
  });
}

function describePeople(nudges: Nudges): void {
  const mo = { managerId: 'person-mo', deputyId: 'person-ben', until: '2026-11-30' };
  const al = { managerId: 'person-al', deputyId: 'person-cas', until: '2026-11-27' };

  it('lists who stands in on a day, that day included, by manager', async () => {
    await nudges().saveDeputy(mo);
    await nudges().saveDeputy(al);
    assert.deepEqual(await nudges().deputies('2026-11-27'), [al, mo]);
    assert.deepEqual(await nudges().deputies('2026-11-28'), [mo]);
    assert.deepEqual(await nudges().deputies('2026-12-01'), []);
  });

  it('keeps one deputy of a manager, the one named last', async () => {
    const later = { ...mo, deputyId: 'person-cas', until: '2026-11-25' };
    await nudges().saveDeputy(mo);
    await nudges().saveDeputy(later);
    assert.deepEqual(await nudges().deputies('2026-11-24'), [later]);
  });

  it('knows who cannot be reached, however often it is noted, until they can be again', async () => {
    assert.deepEqual(await nudges().unreachable(), []);
    await nudges().setReachable('person-ben', false);
    await nudges().setReachable('person-asha', false);
    await nudges().setReachable('person-ben', false);
    assert.deepEqual(await nudges().unreachable(), ['person-asha', 'person-ben']);
    await nudges().setReachable('person-ben', true);
    await nudges().setReachable('person-ben', true);
    assert.deepEqual(await nudges().unreachable(), ['person-asha']);
  });
}
