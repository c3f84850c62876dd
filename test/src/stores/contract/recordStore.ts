import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StoredCase } from '../../../../src/casePorts.ts';
import type { Commit, CommitResult, VersionHeader } from '../../../../src/ports.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { aCommit, noHead, type Open } from './builders.ts';
import { eachWithItsOwn } from './openOne.ts';

/** What every record store promises. */
export function describeRecordStore(open: Open): void {
  describe('records', () => {
    const stores = eachWithItsOwn(open);
    describeCaseFiles(() => stores().records);
    describeNumbers(() => stores().records);
    describeCommitting(() => stores().records);
    describeRefusing(() => stores().records);
    describeFinding(() => stores().records);
    describeOpening(stores);
  });
}

const facts = (wanted: Partial<StoredCase> = {}): StoredCase => ({
  ...{ caseKey: 'case-1', revision: 1, teamIds: ['team-north', 'team-south'], body: Uint8Array.of(9) },
  ...wanted,
});

function describeOpening(stores: () => Stores): void {
  const foundBy = async (team: string): Promise<readonly string[]> => {
    const key = { kind: 'team', id: team } as const;
    const { found } = await stores().search.search({ within: [key], also: [] }, { limit: 10 });
    return found.map(({ header }) => header.recordId);
  };
  const opening = (head = noHead(), wanted: Partial<VersionHeader> = {}): Commit => ({
    ...aCommit(head, wanted),
    opens: facts(),
  });

  it('opens the case with its first commit, which is found under the teams of the case', async () => {
    const commit = opening();
    assert.equal(await stores().records.commit(commit), 'committed');
    assert.deepEqual(await stores().cases.read('case-1'), facts());
    assert.equal(await stores().cases.has('case-1'), true);
    assert.deepEqual(await foundBy('team-south'), [commit.version.header.recordId]);
  });

  it('has a case that was opened so changed by its next revision only', async () => {
    await stores().records.commit(opening());
    assert.equal(await stores().cases.save(facts({ teamIds: ['team-west'] })), 'conflict');
    assert.equal(await stores().cases.save(facts({ revision: 2, teamIds: ['team-west'] })), 'saved');
    assert.deepEqual(await foundBy('team-south'), []);
    assert.deepEqual(await foundBy('team-west'), ['01JRECORD00000000000000001']);
  });

  it('leaves a case as it is that is known already', async () => {
    const known = facts({ teamIds: ['team-west'], body: Uint8Array.of(1) });
    await stores().cases.save(known);
    assert.equal(await stores().records.commit(opening(await stores().records.head('case-1'))), 'committed');
    assert.deepEqual(await stores().cases.read('case-1'), known);
    assert.deepEqual(await foundBy('team-south'), []);
  });

  it('opens nothing when the version is not kept', async () => {
    await stores().records.commit(aCommit());
    assert.equal(await stores().records.commit(opening()), 'exists');
    assert.equal(await stores().records.commit(opening(noHead(), { recordId: 'record-2' })), 'moved');
    assert.equal(await stores().cases.read('case-1'), undefined);
  });

  it('opens a case that records were linked into before, which are found under its teams then', async () => {
    const home = aCommit(noHead('home'), { recordId: 'linked', linkedTo: 'case-1', teamId: 'team-far' });
    await stores().records.commit(home);
    await stores().records.linkInto('case-1', 'linked', 'home');
    let result: CommitResult = 'moved';
    for (let tries = 0; tries < 3 && result === 'moved'; tries += 1)
      result = await stores().records.commit(opening(await stores().records.head('case-1')));
    assert.equal(result, 'committed');
    assert.deepEqual(await stores().cases.read('case-1'), facts());
    assert.deepEqual([...(await foundBy('team-south'))].sort(), ['01JRECORD00000000000000001', 'linked']);
  });

  it('is opened once by several who commit to it at once, and loses none of their records', async () => {
    const record = async (recordId: string): Promise<void> => {
      const next = async () => stores().records.commit(opening(await stores().records.head('case-1'), { recordId }));
      for (let result: CommitResult = 'moved'; result !== 'committed';) {
        result = await next();
        assert.notEqual(result, 'exists');
      }
    };
    const ids = ['one', 'two', 'three', 'four'];
    await Promise.all([...ids.map(record), stores().cases.save(facts({ body: Uint8Array.of(1) }))]);
    assert.deepEqual([...(await foundBy('team-south'))].sort(), ids.toSorted());
    assert.equal((await stores().records.head('case-1')).seq, 4);
  });
}

type Records = () => Awaited<ReturnType<Open>>['records'];

function describeCaseFiles(records: Records): void {
  const commitFirst = async (caseKey: string): Promise<void> => {
    assert.equal(await records().commit(aCommit(noHead(caseKey))), 'committed');
  };

  it('makes the case file of an alias once, and finds it ever after', async () => {
    assert.equal(await records().findCaseKey('alias-1'), undefined);
    const made = await records().caseKeyFor('alias-1', 1, 'case-1');
    assert.equal(await records().caseKeyFor('alias-1', 1, 'case-2'), made);
    await commitFirst(made);
    assert.equal(await records().findCaseKey('alias-1'), made);
    assert.notEqual(await records().caseKeyFor('alias-2', 1, 'case-3'), made);
  });

  it('finds the case file of an alias in which only a record of another is noted', async () => {
    const made = await records().caseKeyFor('alias-1', 1, 'case-1');
    await records().linkInto(made, 'record-2', 'case-2');
    assert.equal(await records().findCaseKey('alias-1'), made);
  });

  it('gives everyone the same case file when several ask for it at once', async () => {
    const wanted = ['case-1', 'case-2', 'case-3'];
    const given = await Promise.all(wanted.map((caseKey) => records().caseKeyFor('alias-1', 1, caseKey)));
    assert.equal(new Set(given).size, 1);
    await commitFirst(given[0] ?? '');
    assert.equal(await records().findCaseKey('alias-1'), given[0]);
  });

  it('has the head of an empty chain for a case file that nobody has written to', async () => {
    assert.deepEqual(await records().head('case-1'), noHead('case-1'));
  });
}

function describeNumbers(records: Records): void {
  const reservation = { number: 'SL-7KQ2M9XA', recordId: 'record-1', caseKey: 'case-1' };

  it('reserves a number for a record, as often as the record asks', async () => {
    assert.equal(await records().reserveNumber(reservation), 'mine');
    assert.equal(await records().reserveNumber(reservation), 'mine');
    assert.deepEqual(await records().byNumber(reservation.number), reservation);
  });

  it('does not give a number to a second record', async () => {
    await records().reserveNumber(reservation);
    assert.equal(await records().reserveNumber({ ...reservation, recordId: 'record-2' }), 'taken');
    assert.deepEqual(await records().byNumber(reservation.number), reservation);
  });

  it('gives a number to exactly one of several records that ask at once', async () => {
    const asking = ['record-1', 'record-2', 'record-3'].map((recordId) => ({ ...reservation, recordId }));
    const answers = await Promise.all(asking.map((each) => records().reserveNumber(each)));
    assert.deepEqual(answers.toSorted(), ['mine', 'taken', 'taken']);
  });

  it('finds nothing by a number that nobody holds', async () => {
    assert.equal(await records().byNumber('SL-00000000'), undefined);
  });
}

function describeCommitting(records: Records): void {
  it('keeps the version, its chain entry, its wording and the head', async () => {
    const commit = aCommit();
    assert.equal(await records().commit(commit), 'committed');
    const { recordId } = commit.version.header;
    assert.deepEqual(await records().version('case-1', recordId, 1), commit.version);
    assert.deepEqual(await records().chainOf('case-1', recordId, 1), { ...commit.entry, hash: commit.hash });
    assert.equal(await records().wording('wording-1'), 'words of wording-1');
    const { seq, hash } = await records().head('case-1');
    assert.deepEqual({ seq, hash }, { seq: 1, hash: commit.hash });
  });

  it('gives the head a new etag with every commit', async () => {
    const etags = new Set<string>();
    for (const version of [1, 2, 3]) {
      const head = await records().head('case-1');
      etags.add(head.etag);
      assert.equal(await records().commit(aCommit(head, { version })), 'committed');
    }
    etags.add((await records().head('case-1')).etag);
    assert.equal(etags.size, 4);
  });

  it('keeps one wording for many versions', async () => {
    await records().commit(aCommit());
    assert.equal(await records().commit(aCommit(noHead('case-2'), { recordId: 'record-2' })), 'committed');
    assert.equal(await records().wording('wording-1'), 'words of wording-1');
  });

  it('leaves the heads of other case files alone', async () => {
    await records().commit(aCommit());
    assert.deepEqual(await records().head('case-2'), noHead('case-2'));
  });

  it('lets exactly one of several commits on the same head through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.integer({ min: 2, max: 8 }), async (caseKey, count) => {
        const head = await records().head(caseKey);
        const commits = Array.from({ length: count }, (_, i) => aCommit(head, { recordId: `${caseKey} ${i}` }));
        const results = await Promise.all(commits.map((commit) => records().commit(commit)));
        const winners = commits.filter((_, i) => results[i] === 'committed');
        assert.equal(winners.length, 1);
        assert.equal(results.filter((result) => result === 'moved').length, count - 1);
        assert.equal((await records().head(caseKey)).hash, winners[0]?.hash);
      }),
      { numRuns: 25 },
    );
  });
}

function describeRefusing(records: Records): void {
  it('says that a version exists, even when the head has moved since', async () => {
    const commit = aCommit();
    await records().commit(commit);
    assert.equal(await records().commit(commit), 'exists');
    assert.equal(await records().commit(aCommit(await records().head('case-1'))), 'exists');
  });

  it('says that the head has moved, and keeps nothing of the commit', async () => {
    await records().commit(aCommit());
    const late: Commit = aCommit(noHead(), { recordId: 'record-2', wordingHash: 'wording-2' });
    const before = await records().head('case-1');
    assert.equal(await records().commit(late), 'moved');
    assert.deepEqual(await records().head('case-1'), before);
    assert.equal(await records().version('case-1', 'record-2', 1), undefined);
    assert.equal(await records().chainOf('case-1', 'record-2', 1), undefined);
    assert.equal(await records().wording('wording-2'), undefined);
  });

  it('refuses other words under a hash that stands for some, and keeps nothing of the commit', async () => {
    await records().commit(aCommit());
    const head = await records().head('case-1');
    const commit = aCommit(head, { recordId: 'record-2' });
    const forged = { ...commit, wordings: commit.wordings.map((wording) => ({ ...wording, body: 'other words' })) };
    await assert.rejects(records().commit(forged), { code: 'store.broken' });
    assert.deepEqual(await records().head('case-1'), head);
    assert.equal(await records().version('case-1', 'record-2', 1), undefined);
    assert.equal(await records().wording('wording-1'), 'words of wording-1');
  });
}

function describeFinding(records: Records): void {
  it('finds the latest version of a record', async () => {
    const { recordId } = aCommit().version.header;
    for (let version = 1; version <= 11; version += 1) {
      await records().commit(aCommit(await records().head('case-1'), { version }));
    }
    assert.equal((await records().latest('case-1', recordId))?.header.version, 11);
  });

  it('finds nothing of a record that is not in that case file', async () => {
    const { recordId } = aCommit().version.header;
    await records().commit(aCommit());
    assert.equal(await records().version('case-2', recordId, 1), undefined);
    assert.equal(await records().version('case-1', recordId, 2), undefined);
    assert.equal(await records().latest('case-2', recordId), undefined);
    assert.equal(await records().chainOf('case-2', recordId, 1), undefined);
    assert.equal(await records().wording('wording-9'), undefined);
  });
}
