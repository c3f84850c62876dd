import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DueKey } from '../../../../src/nudgePorts.ts';
import type { OpenItem, StoredVersion, VersionHeader } from '../../../../src/ports.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { aCommit, noHead, type Open } from './builders.ts';
import { eachWithItsOwn } from './openOne.ts';

/** What every store promises of the records in which something is open. */
export function describeOpenRecords(open: Open): void {
  describe('open records', () => {
    const stores = eachWithItsOwn(open);
    describeDue(stores);
    describeFollowing(stores);
    describe('of somebody', () => describeOf(stores));
  });
}

const LATE = '2027-12-31';

/** Commits the next version of a record, in a case file of its own. */
export async function commitNext(
  { records }: Stores,
  recordId: string,
  wanted: Partial<VersionHeader>,
): Promise<StoredVersion> {
  const caseKey = `case of ${recordId}`;
  const head = await records.head(caseKey);
  const commit = aCommit(head, { recordId, version: head.seq + 1, ...wanted });
  assert.equal(await records.commit(commit), 'committed');
  return commit.version;
}

export const dueOn = (due: string, kind: OpenItem['kind'] = 'outcome'): Pick<VersionHeader, 'openItems'> => ({
  openItems: [{ kind, due }],
});
const SETTLED = { openItems: [] };

/** A version as it stands in a list of what is open. */
const asOpen = ({ caseKey, header }: StoredVersion) => ({ caseKey, header });

const idsOf = (versions: readonly Pick<StoredVersion, 'header'>[]): readonly string[] =>
  versions.map(({ header }) => header.recordId);

function describeDue(stores: () => Stores): void {
  it('finds what is due on or before a day, the earliest due first, and then by record', async () => {
    await commitNext(stores(), 'record-2', dueOn('2026-11-30'));
    await commitNext(stores(), 'record-3', dueOn('2026-11-27'));
    await commitNext(stores(), 'record-1', dueOn('2026-11-30'));
    await commitNext(stores(), 'record-0', dueOn('2026-12-01'));
    assert.deepEqual(idsOf(await stores().open.due('2026-11-30', { limit: 10 })), ['record-3', 'record-1', 'record-2']);
    assert.deepEqual(idsOf(await stores().open.due('2026-11-29', { limit: 10 })), ['record-3']);
    assert.deepEqual(await stores().open.due('2026-11-26', { limit: 10 }), []);
  });

  it('gives each as it was committed', async () => {
    const version = await commitNext(stores(), 'record-1', dueOn('2026-11-30'));
    const { caseKey, header } = version;
    assert.deepEqual(await stores().open.due(LATE, { limit: 10 }), [{ caseKey, header }]);
    assert.deepEqual(await stores().open.openOf({ authorId: 'person-asha' }, 10), [{ caseKey, header }]);
    assert.deepEqual(await stores().open.one('case of record-1', 'record-1'), version);
    assert.equal(await stores().open.one('case of another', 'record-1'), undefined);
  });

  it('takes a record by the earliest of its items, in whatever order they stand', async () => {
    const openItems: readonly OpenItem[] = [
      { kind: 'review', due: '2027-02-01' },
      { kind: 'outcome', due: '2026-11-27' },
      { kind: 'receipt', due: '2026-12-01' },
    ];
    await commitNext(stores(), 'record-1', { openItems });
    await commitNext(stores(), 'record-0', dueOn('2026-11-28'));
    assert.deepEqual(idsOf(await stores().open.due('2026-11-27', { limit: 10 })), ['record-1']);
    assert.deepEqual(idsOf(await stores().open.due(LATE, { limit: 10 })), ['record-1', 'record-0']);
  });

  it('goes through all that is due once, page by page, whatever the size of the pages', async () => {
    const day = fc.integer({ min: 20, max: 30 }).map((date) => `2026-11-${date}`);
    await fc.assert(
      fc.asyncProperty(
        fc.uuid(),
        fc.array(day, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (id, days, limit) => {
          for (const [i, due] of days.entries()) await commitNext(stores(), `${id} ${i}`, dueOn(due));
          const wanted = days
            .map((due, i) => ({ due, recordId: `${id} ${i}` }))
            .filter(({ due }) => due <= '2026-11-27')
            .sort((a, b) => (`${a.due} ${a.recordId}` < `${b.due} ${b.recordId}` ? -1 : 1));
          const read = await readByPages(stores(), '2026-11-27', limit);
          assert.deepEqual(
            read.filter(({ recordId }) => recordId.startsWith(id)),
            wanted,
          );
        },
      ),
      { numRuns: 25 },
    );
  });
}

async function readByPages({ open }: Stores, until: string, limit: number): Promise<readonly DueKey[]> {
  const read: DueKey[] = [];
  for (;;) {
    const page = await open.due(until, { after: read.at(-1), limit });
    assert.ok(page.length <= limit);
    if (page.length === 0) return read;
    read.push(...page.map(({ header }) => ({ due: header.openItems[0]?.due ?? '', recordId: header.recordId })));
  }
}

function describeFollowing(stores: () => Stores): void {
  it('finds nothing of a record in which nothing was ever open', async () => {
    await commitNext(stores(), 'record-1', SETTLED);
    assert.deepEqual(await stores().open.due(LATE, { limit: 10 }), []);
    assert.deepEqual(await stores().open.openOf({ authorId: 'person-asha' }, 10), []);
    assert.equal(await stores().open.one('case of record-1', 'record-1'), undefined);
    assert.equal(await stores().open.one('case of another', 'another'), undefined);
  });

  it('finds the latest version alone, by what is open in it', async () => {
    await commitNext(stores(), 'record-1', dueOn('2026-11-27'));
    const latest = await commitNext(stores(), 'record-1', dueOn('2026-12-04', 'receipt'));
    assert.deepEqual(await stores().open.due('2026-12-03', { limit: 10 }), []);
    assert.deepEqual(await stores().open.due('2026-12-04', { limit: 10 }), [asOpen(latest)]);
    assert.deepEqual(await stores().open.one('case of record-1', 'record-1'), latest);
  });

  it('finds a record no more once a version has settled it, and again when a later one opens it', async () => {
    await commitNext(stores(), 'record-1', dueOn('2026-11-27'));
    await commitNext(stores(), 'record-1', SETTLED);
    assert.deepEqual(await stores().open.due(LATE, { limit: 10 }), []);
    assert.deepEqual(await stores().open.openOf({ teamIds: ['team-north'] }, 10), []);
    assert.equal(await stores().open.one('case of record-1', 'record-1'), undefined);
    const again = await commitNext(stores(), 'record-1', dueOn('2026-12-04'));
    assert.deepEqual(await stores().open.due(LATE, { limit: 10 }), [asOpen(again)]);
  });

  it('keeps to what was committed when a commit comes too late', async () => {
    const version = await commitNext(stores(), 'record-1', dueOn('2026-11-27'));
    const late = aCommit(noHead('case of record-1'), { recordId: 'record-1', version: 2, ...SETTLED });
    assert.equal(await stores().records.commit(late), 'moved');
    assert.deepEqual(await stores().open.due(LATE, { limit: 10 }), [asOpen(version)]);
  });
}

function describeOf(stores: () => Stores): void {
  beforeEach(async () => {
    await commitNext(stores(), 'ashas', { ...dueOn('2026-12-03'), authorId: 'person-asha', teamId: 'team-north' });
    await commitNext(stores(), 'bens', { ...dueOn('2026-12-01'), authorId: 'person-ben', teamId: 'team-north' });
    await commitNext(stores(), 'cass', { ...dueOn('2026-12-02'), authorId: 'person-cas', teamId: 'team-south' });
    await commitNext(stores(), 'early', { ...dueOn('2026-11-27'), authorId: 'person-asha', teamId: 'team-south' });
    await commitNext(stores(), 'done', { ...SETTLED, authorId: 'person-asha', teamId: 'team-north' });
  });

  for (const [of, what, expected] of [
    ['an author', { authorId: 'person-asha' }, ['early', 'ashas']],
    ['a team', { teamIds: ['team-north'] }, ['bens', 'ashas']],
    ['several teams', { teamIds: ['team-south', 'team-north'] }, ['early', 'bens', 'cass', 'ashas']],
    [
      'an author or a team, each once',
      { authorId: 'person-asha', teamIds: ['team-north'] },
      ['early', 'bens', 'ashas'],
    ],
    ['somebody without any', { authorId: 'person-dot', teamIds: ['team-east'] }, []],
    ['nobody', {}, []],
    ['no team', { teamIds: [] }, []],
  ] as const) {
    it(`finds what is open of ${of}, whenever it is due`, async () => {
      assert.deepEqual(idsOf(await stores().open.openOf(what, 10)), expected);
    });
  }

  it('gives the earliest due when there is more than the limit', async () => {
    const of = { authorId: 'person-asha', teamIds: ['team-north', 'team-south'] };
    assert.deepEqual(idsOf(await stores().open.openOf(of, 2)), ['early', 'bens']);
  });
}
