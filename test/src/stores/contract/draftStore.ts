import assert from 'node:assert/strict';
import fc from 'fast-check';
import { aDraft, type Open } from './builders.ts';
import { eachWithItsOwn } from './openOne.ts';

/** What every draft store promises. */
export function describeDraftStore(open: Open): void {
  describe('drafts', () => {
    const stores = eachWithItsOwn(open);
    describeKeeping(() => stores().drafts);
    describeListing(() => stores().drafts);
    describeDiscarding(() => stores().drafts);
  });
}

type Drafts = () => Awaited<ReturnType<Open>>['drafts'];

function describeKeeping(drafts: Drafts): void {
  it('gives back a draft as it was created', async () => {
    const draft = aDraft({ body: Uint8Array.from({ length: 5000 }, (_, i) => i % 256) });
    assert.equal(await drafts().create(draft), 'saved');
    assert.deepEqual(await drafts().read(draft.personId, draft.draftId), draft);
  });

  it('keeps an empty body', async () => {
    const draft = aDraft({ body: new Uint8Array() });
    await drafts().create(draft);
    assert.deepEqual(await drafts().read(draft.personId, draft.draftId), draft);
  });

  it('does not create a draft twice, and keeps the first', async () => {
    await drafts().create(aDraft());
    assert.equal(await drafts().create(aDraft({ body: Uint8Array.of(9) })), 'conflict');
    assert.deepEqual(await drafts().read('person-asha', aDraft().draftId), aDraft());
  });

  it('knows nothing of a draft that was never created, nor shows one to somebody else', async () => {
    await drafts().create(aDraft());
    assert.equal(await drafts().read('person-asha', 'another'), undefined);
    assert.equal(await drafts().read('person-ben', aDraft().draftId), undefined);
  });

  it('replaces everything of a draft with the next revision', async () => {
    await drafts().create(aDraft());
    const next = aDraft({
      status: 'committing',
      revision: 2,
      touchedAt: '2026-11-23T14:06:00.000Z',
      body: Uint8Array.of(7),
    });
    assert.equal(await drafts().save(next), 'saved');
    assert.deepEqual(await drafts().read(next.personId, next.draftId), next);
  });

  for (const [what, wanted] of [
    ['of the revision that is there', { revision: 1 }],
    ['that skips a revision', { revision: 3 }],
    ['of a draft that is not there', { draftId: 'another', revision: 2 }],
    ['of somebody else’s draft', { personId: 'person-ben', revision: 2 }],
  ] as const) {
    it(`refuses a save ${what}, and changes nothing`, async () => {
      await drafts().create(aDraft());
      assert.equal(await drafts().save(aDraft({ ...wanted, body: Uint8Array.of(9) })), 'conflict');
      assert.deepEqual(await drafts().read('person-asha', aDraft().draftId), aDraft());
    });
  }

  it('lets exactly one of several saves of the same revision through', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uuid(),
        fc.array(fc.uint8Array(), { minLength: 2, maxLength: 8 }),
        async (draftId, bodies) => {
          await drafts().create(aDraft({ draftId }));
          const saves = bodies.map((body) => aDraft({ draftId, revision: 2, body }));
          const results = await Promise.all(saves.map((draft) => drafts().save(draft)));
          const winners = saves.filter((_, i) => results[i] === 'saved');
          assert.equal(winners.length, 1);
          assert.deepEqual(await drafts().read('person-asha', draftId), winners[0]);
        },
      ),
      { numRuns: 25 },
    );
  });
}

function describeListing(drafts: Drafts): void {
  it('lists a person’s drafts that are not committed, the one touched last first', async () => {
    await drafts().create(aDraft({ draftId: 'early', touchedAt: '2026-11-20T09:00:00.000Z' }));
    await drafts().create(aDraft({ draftId: 'late', touchedAt: '2026-11-22T09:00:00.000Z', status: 'committing' }));
    await drafts().create(aDraft({ draftId: 'middle', touchedAt: '2026-11-21T09:00:00.000Z' }));
    await drafts().create(aDraft({ draftId: 'done', status: 'committed' }));
    await drafts().create(aDraft({ draftId: 'bens', personId: 'person-ben' }));
    const listed = await drafts().unfinished('person-asha');
    assert.deepEqual(
      listed.map(({ draftId }) => draftId),
      ['late', 'middle', 'early'],
    );
  });

  it('takes a draft off the list once it is committed', async () => {
    await drafts().create(aDraft({ status: 'committing' }));
    await drafts().save(aDraft({ status: 'committed', revision: 2 }));
    assert.deepEqual(await drafts().unfinished('person-asha'), []);
    assert.deepEqual(await drafts().committing(10), []);
  });

  it('lists everybody’s drafts that are being committed, oldest first, up to the limit', async () => {
    await drafts().create(aDraft({ draftId: 'third', status: 'committing', touchedAt: '2026-11-23T09:00:00.000Z' }));
    await drafts().create(
      aDraft({ draftId: 'first', personId: 'person-ben', status: 'committing', touchedAt: '2026-11-21T09:00:00.000Z' }),
    );
    await drafts().create(aDraft({ draftId: 'second', status: 'committing', touchedAt: '2026-11-22T09:00:00.000Z' }));
    await drafts().create(aDraft({ draftId: 'open', touchedAt: '2026-11-20T09:00:00.000Z' }));
    const ids = async (limit: number) => (await drafts().committing(limit)).map(({ draftId }) => draftId);
    assert.deepEqual(await ids(10), ['first', 'second', 'third']);
    assert.deepEqual(await ids(2), ['first', 'second']);
  });

  it('lists everybody’s open drafts that were last touched before an instant, oldest first, up to the limit', async () => {
    await drafts().create(aDraft({ draftId: 'third', touchedAt: '2026-11-21T09:00:00.001Z' }));
    await drafts().create(aDraft({ draftId: 'first', personId: 'person-ben', touchedAt: '2026-11-20T09:00:00.000Z' }));
    await drafts().create(aDraft({ draftId: 'second', touchedAt: '2026-11-21T09:00:00.000Z' }));
    await drafts().create(aDraft({ draftId: 'fourth', touchedAt: '2026-11-22T09:00:00.000Z' }));
    await drafts().create(aDraft({ draftId: 'at work', touchedAt: '2026-11-19T09:00:00.000Z', status: 'committing' }));
    await drafts().create(aDraft({ draftId: 'done', touchedAt: '2026-11-19T09:00:00.000Z', status: 'committed' }));
    const ids = async (limit: number) =>
      (await drafts().touchedBefore('2026-11-22T09:00:00.000Z', limit)).map(({ draftId }) => draftId);
    assert.deepEqual(await ids(10), ['first', 'second', 'third']);
    assert.deepEqual(await ids(2), ['first', 'second']);
  });

  it('takes a draft off that list once it is touched again or committed', async () => {
    await drafts().create(aDraft({ draftId: 'touched' }));
    await drafts().create(aDraft({ draftId: 'committed' }));
    await drafts().save(aDraft({ draftId: 'touched', revision: 2, touchedAt: '2026-11-24T09:00:00.000Z' }));
    await drafts().save(aDraft({ draftId: 'committed', revision: 2, status: 'committed' }));
    assert.deepEqual(await drafts().touchedBefore('2026-11-24T09:00:00.000Z', 10), []);
  });

  it('counts the open drafts of everybody', async () => {
    assert.equal(await drafts().countOpen(), 0);
    await drafts().create(aDraft({ draftId: 'first' }));
    await drafts().create(aDraft({ draftId: 'second', personId: 'person-ben' }));
    await drafts().create(aDraft({ draftId: 'third', personId: 'person-cai' }));
    await drafts().create(aDraft({ draftId: 'at work', status: 'committing' }));
    await drafts().create(aDraft({ draftId: 'done', status: 'committed' }));
    assert.equal(await drafts().countOpen(), 3);
    await drafts().discard('person-asha', 'first', 1);
    assert.equal(await drafts().countOpen(), 2);
  });

  it('lists nothing for somebody without drafts', async () => {
    assert.deepEqual(await drafts().unfinished('person-asha'), []);
  });
}

function describeDiscarding(drafts: Drafts): void {
  it('discards an open draft of the revision that was shown', async () => {
    await drafts().create(aDraft());
    assert.equal(await drafts().discard('person-asha', aDraft().draftId, 1), 'discarded');
    assert.equal(await drafts().read('person-asha', aDraft().draftId), undefined);
  });

  for (const [what, draft, personId, revision] of [
    ['of another revision', aDraft({ revision: 4 }), 'person-asha', 3],
    ['that is being committed', aDraft({ status: 'committing' }), 'person-asha', 1],
    ['that is committed', aDraft({ status: 'committed' }), 'person-asha', 1],
    ['of somebody else', aDraft(), 'person-ben', 1],
  ] as const) {
    it(`does not discard a draft ${what}`, async () => {
      await drafts().create(draft);
      assert.equal(await drafts().discard(personId, draft.draftId, revision), 'conflict');
      assert.deepEqual(await drafts().read('person-asha', draft.draftId), draft);
    });
  }

  it('says so when the draft to discard is not there', async () => {
    assert.equal(await drafts().discard('person-asha', 'another', 1), 'conflict');
  });
}
