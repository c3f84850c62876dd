import assert from 'node:assert/strict';
import type { NudgeStatus } from '../../../src/nudgePorts.ts';
import { discardOldDrafts } from '../../../src/nudging/oldDrafts.ts';
import type { StoredDraft } from '../../../src/ports.ts';
import { aDraft } from '../stores/contract/builders.ts';
import { aNudgeBench, type NudgeBench } from './aNudgeBench.ts';

/** 28 days before the moment at which these tests look. */
const TOUCHED = '2026-11-02T10:00:00.000Z';
const DRAFT_ID = '01JDRAFT000000000000000001';

describe('drafts that nobody has touched', () => {
  let bench: NudgeBench;
  beforeEach(async () => {
    bench = await aNudgeBench();
    bench.at('2026-11-30', '10:01');
  });
  afterEach(() => bench.close());

  const aDraftOf = async (wanted: Partial<StoredDraft> = {}): Promise<void> => {
    const draft = aDraft({ draftId: DRAFT_ID, personId: 'ann', touchedAt: TOUCHED, ...wanted });
    assert.equal(await bench.stores.drafts.create(draft), 'saved');
  };
  /** A card of a day, with so many unfinished records in it. */
  const card = async (date: string, drafts = 1, status: NudgeStatus = 'sent', personId = 'ann'): Promise<void> => {
    const counts = { own: 1, team: 0, escalated: 0, basis: 0, drafts };
    await bench.stores.nudges.create({ personId, date, status, counts, revision: 1, changedAt: `${date}T09:00:00.000Z` }); // prettier-ignore
  };
  const discarded = (): Promise<number> => discardOldDrafts(bench.deps);
  const isThere = async (personId = 'ann', draftId = DRAFT_ID): Promise<boolean> =>
    (await bench.stores.drafts.read(personId, draftId)) !== undefined;

  it('are deleted after 28 days and two reminders', async () => {
    await aDraftOf();
    await card('2026-11-03');
    await card('2026-11-04');
    assert.equal(await discarded(), 1);
    assert.equal(await isThere(), false);
    assert.equal(await discarded(), 0);
  });

  it('stay up to 28 days, however often their author was reminded', async () => {
    await aDraftOf();
    for (const day of ['03', '04', '05', '06']) await card(`2026-11-${day}`);
    bench.at('2026-11-30', '10:00');
    assert.equal(await discarded(), 0);
    bench.at('2026-11-30', '10:01');
    assert.equal(await discarded(), 1);
  });

  for (const [what, reminders] of [
    ['no reminder', []],
    ['one reminder', [['2026-11-03']]],
    ['a card that did not name unfinished records', [['2026-11-03'], ['2026-11-04', 0]]],
    ['a card that may not have arrived', [['2026-11-03'], ['2026-11-04', 1, 'uncertain']]],
    ['a card that was put off', [['2026-11-03'], ['2026-11-04', 1, 'waiting']]],
    ['a card that could not be delivered', [['2026-11-03'], ['2026-11-04', 1, 'unreachable']]],
    ['a reminder of the day on which it was touched', [['2026-11-02'], ['2026-11-03']]],
    ['reminders of before it was touched', [['2026-10-29'], ['2026-10-30'], ['2026-11-03']]],
    ['reminders of somebody else', [['2026-11-03'], ['2026-11-04', 1, 'sent', 'ben']]],
  ] as readonly (readonly [string, readonly Parameters<typeof card>[]])[])
    it(`stay after ${what}`, async () => {
      await aDraftOf();
      for (const reminder of reminders) await card(...reminder);
      assert.equal(await discarded(), 0);
      assert.equal(await isThere(), true);
    });

  it('stay when they are touched meanwhile', async () => {
    await aDraftOf();
    await card('2026-11-03');
    await card('2026-11-04');
    const nudges = {
      latestOf: async (...asked: Parameters<typeof bench.stores.nudges.latestOf>) => {
        const touched = aDraft({ draftId: DRAFT_ID, personId: 'ann', revision: 2, touchedAt: '2026-11-30T10:01:00.000Z' }); // prettier-ignore
        await bench.stores.drafts.save(touched);
        return bench.stores.nudges.latestOf(...asked);
      },
    };
    assert.equal(await discardOldDrafts({ ...bench.deps, nudges }), 0);
    assert.equal(await isThere(), true);
  });

  it('stay while they are being signed', async () => {
    await aDraftOf({ status: 'committing' });
    await card('2026-11-03');
    await card('2026-11-04');
    assert.equal(await discarded(), 0);
    assert.equal(await isThere(), true);
  });

  it('are deleted one by one: only those that are old', async () => {
    const newer = '01JDRAFT000000000000000002';
    await aDraftOf();
    await aDraftOf({ draftId: newer, touchedAt: '2026-11-05T10:00:00.000Z' });
    await card('2026-11-06');
    await card('2026-11-09');
    assert.equal(await discarded(), 1);
    assert.deepEqual([await isThere(), await isThere('ann', newer)], [false, true]);
  });

  it('are deleted after reminders that a sweep sent', async () => {
    await aDraftOf();
    assert.deepEqual(await bench.sweep('2026-11-03'), ['ann']);
    assert.deepEqual(await bench.sweep('2026-11-04'), ['ann']);
    bench.at('2026-11-30', '10:01');
    assert.equal(await discarded(), 1);
  });
});
