import assert from 'node:assert/strict';
import type { Commit } from '../../../../src/ports.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { aCommit, aDraft, noHead } from '../contract/builders.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';

const INSTANCES = 8;
const SCHEDULES = 200;

/** Follows the head until the version is committed, as the domain does; how often another came first. */
async function commitAtLast({ records }: Stores, caseKey: string, recordId: string): Promise<number> {
  for (let moved = 0; ; moved += 1) {
    const commit: Commit = aCommit(await records.head(caseKey), { recordId });
    const result = await records.commit({ ...commit, hash: `${recordId} after ${commit.head.hash.slice(0, 20)}` });
    if (result === 'committed') return moved;
    assert.equal(result, 'moved');
  }
}

describe('several instances on Cosmos DB', () => {
  const double = withADouble();
  let all: readonly Stores[];
  before(async () => {
    const place = await freshDatabase(double());
    all = await Promise.all(Array.from({ length: INSTANCES }, () => opened(place)));
  });
  after(() => Promise.all(all.map((stores) => stores.close())));

  it('save a draft once for all who edit it at the same time, and tell the rest', async () => {
    for (let schedule = 0; schedule < SCHEDULES; schedule += 1) {
      const id = { draftId: `draft-${schedule}`, personId: 'person-asha' };
      await all[schedule % INSTANCES]?.drafts.create(aDraft(id));
      // Some have seen the draft before, and some have not.
      for (const { drafts } of all.slice(0, schedule % INSTANCES)) await drafts.read(id.personId, id.draftId);
      const edits = all.map((_, nth) => aDraft({ ...id, revision: 2, body: Uint8Array.of(nth) }));
      const results = await Promise.all(all.map(({ drafts }, nth) => drafts.save(edits[nth] ?? assert.fail())));
      const saved = edits.filter((_, nth) => results[nth] === 'saved');
      assert.deepEqual(results.toSorted(), [...Array<string>(INSTANCES - 1).fill('conflict'), 'saved']);
      for (const { drafts } of all) assert.deepEqual(await drafts.read(id.personId, id.draftId), saved[0]);
    }
  });

  it('commit every record of one case once, in one chain', async () => {
    const ids = all.map((_, nth) => `record-${nth}`);
    await Promise.all(all.map((stores, nth) => commitAtLast(stores, 'busy', ids[nth] ?? assert.fail())));
    const [{ records } = assert.fail()] = all;
    assert.equal((await records.head('busy')).seq, INSTANCES);
    assert.deepEqual((await records.caseFile('busy')).map(({ header }) => header.recordId).toSorted(), ids);
    const chained = await Promise.all(ids.map((id) => records.chainOf('busy', id, 1)));
    assert.deepEqual(new Set(chained.map((entry) => entry?.seq)), new Set(ids.map((_, nth) => nth + 1)));
  });

  it('make one version of a record that several bring to its end at once', async () => {
    for (let schedule = 0; schedule < 20; schedule += 1) {
      const commit = aCommit(noHead(`case-${schedule}`), { recordId: `recovered-${schedule}` });
      const results = await Promise.all(all.map(({ records }) => records.commit(commit)));
      assert.deepEqual(results.toSorted(), ['committed', ...Array<string>(INSTANCES - 1).fill('exists')]);
    }
  });

  it('claim a nudge once, although all claims look the same', async () => {
    for (let schedule = 0; schedule < 20; schedule += 1) {
      const date = `2026-11-${10 + (schedule % 20)}`;
      const claim = { personId: 'person-asha', date, status: 'claimed', revision: 1, changedAt: `${date}T08:00:00.000Z` } as const; // prettier-ignore
      const results = await Promise.all(all.map(({ nudges }) => nudges.create(claim)));
      assert.equal(results.filter((result) => result === 'saved').length, 1);
    }
  });

  it('lose no record of a case under its teams, whoever changes these meanwhile', async () => {
    for (let schedule = 0; schedule < 20; schedule += 1) {
      const [caseKey, teamId] = [`case-of-teams-${schedule}`, `team-${schedule}`];
      const [one, two, three] = all;
      assert.ok(one && two && three);
      await one.cases.save({ caseKey, revision: 1, teamIds: ['team-north'], body: Uint8Array.of(1) });
      await Promise.all([
        commitAtLast(one, caseKey, `a-${schedule}`),
        two.cases.save({ caseKey, revision: 2, teamIds: ['team-north', teamId], body: Uint8Array.of(2) }),
        three.records.linkInto(caseKey, `b-${schedule}`, `home-${schedule}`),
      ]);
      await commitAtLast(one, `home-${schedule}`, `b-${schedule}`);
      const { found } = await two.search.search({ within: [{ kind: 'team', id: teamId }], also: [] }, { limit: 9 });
      assert.deepEqual(
        found.map(({ header }) => header.recordId),
        [`a-${schedule}`],
      );
    }
  });
});
