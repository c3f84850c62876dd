import assert from 'node:assert/strict';
import type { StoredVersion, VersionHeader } from '../../../../src/ports.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import type { RecordSearch, SearchKey } from '../../../../src/searchPorts.ts';
import { aCommit, type Open } from './builders.ts';
import { eachWithItsOwn } from './openOne.ts';

/** What every store promises of finding records by what stands in clear of them. */
export function describeSearchIndex(open: Open): void {
  describe('searching', () => {
    const stores = eachWithItsOwn(open);
    describe('by keys', () => describeKeys(stores));
    describe('by conditions', () => describeConditions(stores));
    describe('after changes', () => describeFollowing(stores));
    describe('look by look', () => describePages(stores));
  });
}

const EVERYTHING: SearchKey = { kind: 'everything' };
const author = (id: string): SearchKey => ({ kind: 'author', id });
const team = (id: string): SearchKey => ({ kind: 'team', id });
const organisation = (id: string): SearchKey => ({ kind: 'organisation', id });

/** Commits one version on whatever head its case file has. */
export async function kept(
  { records }: Stores,
  wanted: Partial<VersionHeader>,
  caseKey = 'case-1',
): Promise<StoredVersion> {
  const { version, ...rest } = aCommit(await records.head(caseKey), wanted);
  assert.equal(await records.commit({ ...rest, version }), 'committed');
  return version;
}

/** Gives a case these teams, whatever it had. */
export async function teamsOf({ cases }: Stores, caseKey: string, teamIds: readonly string[]): Promise<void> {
  const revision = ((await cases.read(caseKey))?.revision ?? 0) + 1;
  assert.equal(await cases.save({ caseKey, revision, teamIds, body: Uint8Array.of(revision) }), 'saved');
}

/** Every record that a search finds, look by look, `limit` at most in each. */
export async function allFound({ search }: Stores, wanted: RecordSearch, limit = 10): Promise<readonly string[]> {
  const ids: string[] = [];
  let before: string | undefined;
  for (;;) {
    const { found, next, isCutShort } = await search.search(wanted, { before, limit });
    assert.equal(isCutShort, false, 'a look that had time enough');
    assert.ok(found.length <= limit);
    ids.push(...found.map(({ header }) => header.recordId));
    if (next === undefined) return ids;
    assert.ok(before === undefined || next < before, 'each look goes further back');
    before = next;
  }
}

const under = (stores: Stores, ...within: readonly SearchKey[]) => allFound(stores, { within, also: [] });

function describeKeys(stores: () => Stores): void {
  beforeEach(async () => {
    await kept(stores(), { recordId: 'a', counterpartToken: 'school' });
    await kept(stores(), { recordId: 'b', authorId: 'person-ben', teamId: 'team-south', counterpartToken: 'school' }, 'case-2'); // prettier-ignore
    await kept(stores(), { recordId: 'c', authorId: 'person-ben', counterpartToken: '' }, 'case-2');
  });

  for (const [what, within, expected] of [
    ['everything', [EVERYTHING], ['c', 'b', 'a']],
    ['an author', [author('person-ben')], ['c', 'b']],
    ['a team', [team('team-north')], ['c', 'a']],
    ['an organisation', [organisation('school')], ['b', 'a']],
    ['several, each record once', [author('person-ben'), team('team-north'), team('team-south')], ['c', 'b', 'a']],
    ['a team of which nothing is known', [team('team-west')], []],
    ['no organisation', [organisation('')], []],
    ['nothing', [], []],
  ] as const)
    it(`finds what stands under ${what}, the record begun last first`, async () => {
      assert.deepEqual(await under(stores(), ...within), expected);
    });

  it('gives each as it was committed', async () => {
    const { caseKey, header } = await kept(stores(), { recordId: 'd', authorId: 'person-cy' });
    const { found } = await stores().search.search({ within: [author('person-cy')], also: [] }, { limit: 5 });
    assert.deepEqual(found, [{ caseKey, header }]);
  });

  for (const [what, within, also, expected] of [
    ['a team and an organisation', [team('team-north')], [organisation('school')], ['a']],
    ['everything and an author', [EVERYTHING], [author('person-ben')], ['c', 'b']],
    ['an organisation and an author', [EVERYTHING], [organisation('school'), author('person-ben')], ['b']],
    ['any of two, and both of two more', [team('team-north'), author('person-ben')], [organisation('school'), author('person-ben')], ['b']], // prettier-ignore
    ['a team and what it has nothing of', [team('team-north')], [author('person-cy')], []],
    ['nothing and an author', [], [author('person-ben')], []],
  ] as const)
    it(`finds what stands under ${what}`, async () => {
      assert.deepEqual(await allFound(stores(), { within, also }), expected);
    });

  it('takes ids for what they are, whatever they hold', async () => {
    for (const id of [`' OR 1=1 --`, '%', '*', 'person-ben" ', '', 'Person-Ben'])
      assert.deepEqual(await under(stores(), author(id), team(id)), []);
  });
}

function describeConditions(stores: () => Stores): void {
  beforeEach(async () => {
    await kept(stores(), { recordId: 'a', contactAt: '2026-11-01T00:00:00.000Z', openItems: [] });
    await kept(stores(), { recordId: 'b', contactAt: '2026-11-02T12:00:00.000Z', type: 'requestMade' });
    await kept(stores(), { recordId: 'c', contactAt: '2026-11-03T00:00:00.000Z' });
  });

  for (const [what, conditions, expected] of [
    ['of a type', { type: 'requestMade' }, ['b']],
    ['of a type that there is none of', { type: '%' }, []],
    ['from a moment on', { contactFrom: '2026-11-02T12:00:00.000Z' }, ['c', 'b']],
    ['before a moment', { contactBefore: '2026-11-03T00:00:00.000Z' }, ['b', 'a']],
    ['between two', { contactFrom: '2026-11-01T00:00:00.001Z', contactBefore: '2026-11-03T00:00:00.000Z' }, ['b']],
    ['between two the wrong way round', { contactFrom: '2026-11-03T00:00:00.000Z', contactBefore: '2026-11-01T00:00:00.000Z' }, []], // prettier-ignore
    ['with something open', { isOpen: true }, ['c', 'b']],
    ['with or without', { isOpen: false }, ['c', 'b', 'a']],
    ['of a type, from a moment on, with something open', { type: 'share', contactFrom: '2026-11-01T00:00:00.000Z', isOpen: true }, ['c']], // prettier-ignore
  ] as const)
    it(`finds what is ${what}`, async () => {
      assert.deepEqual(await allFound(stores(), { within: [EVERYTHING], also: [], ...conditions }), expected);
      assert.deepEqual(
        await allFound(stores(), { within: [team('team-north')], also: [author('person-asha')], ...conditions }),
        expected,
      );
    });
}

function describeFollowing(stores: () => Stores): void {
  it('goes by the latest version of each record', async () => {
    await kept(stores(), { recordId: 'a', counterpartToken: 'school' });
    await kept(stores(), { recordId: 'a', version: 2, counterpartToken: 'surgery', openItems: [], contactAt: '2026-11-01T00:00:00.000Z' }); // prettier-ignore
    assert.deepEqual(await under(stores(), organisation('school')), []);
    assert.deepEqual(await under(stores(), organisation('surgery')), ['a']);
    assert.deepEqual(await allFound(stores(), { within: [EVERYTHING], also: [], isOpen: true }), []);
    const early = { within: [EVERYTHING], also: [], contactBefore: '2026-11-02T00:00:00.000Z' };
    assert.deepEqual(await allFound(stores(), early), ['a']);
  });

  for (const order of ['before', 'after'] as const)
    it(`finds what stands in a case under its teams, made case teams ${order} it was recorded`, async () => {
      if (order === 'before') await teamsOf(stores(), 'case-1', ['team-north', 'team-east']);
      await kept(stores(), { recordId: 'a' });
      await kept(stores(), { recordId: 'b', teamId: 'team-south' });
      await kept(stores(), { recordId: 'c' }, 'case-2');
      if (order === 'after') await teamsOf(stores(), 'case-1', ['team-north', 'team-east']);
      assert.deepEqual(await under(stores(), team('team-east')), ['b', 'a']);
      assert.deepEqual(await under(stores(), team('team-north')), ['c', 'b', 'a']);
      assert.deepEqual(await under(stores(), team('team-south')), ['b']);
    });

  it('finds it no more under a team that was taken off the case, but for what that team recorded', async () => {
    await kept(stores(), { recordId: 'a' });
    await kept(stores(), { recordId: 'b', teamId: 'team-south' });
    await teamsOf(stores(), 'case-1', ['team-north', 'team-south']);
    await teamsOf(stores(), 'case-1', ['team-north']);
    assert.deepEqual(await under(stores(), team('team-south')), ['b']);
    assert.deepEqual(await under(stores(), team('team-north')), ['b', 'a']);
  });

  it('keeps to the teams when a case is saved with the same, or too late', async () => {
    await kept(stores(), { recordId: 'a' });
    await teamsOf(stores(), 'case-1', ['team-east']);
    await teamsOf(stores(), 'case-1', ['team-east']);
    const late = { caseKey: 'case-1', revision: 2, teamIds: ['team-west'], body: Uint8Array.of(1) };
    assert.equal(await stores().cases.save(late), 'conflict');
    assert.deepEqual(await under(stores(), team('team-east')), ['a']);
    assert.deepEqual(await under(stores(), team('team-west')), []);
  });

  it('finds a record that was linked under the teams of the case that it belongs to now', async () => {
    await kept(stores(), { recordId: 'a' });
    await teamsOf(stores(), 'case-1', ['team-north', 'team-east']);
    await teamsOf(stores(), 'case-2', ['team-west']);
    await kept(stores(), { recordId: 'a', version: 2, kind: 'linked', linkedTo: 'case-2' });
    await stores().records.linkInto('case-2', 'a', 'case-1');
    assert.deepEqual(await under(stores(), team('team-east')), []);
    assert.deepEqual(await under(stores(), team('team-west')), ['a']);
    await teamsOf(stores(), 'case-2', ['team-south']);
    await teamsOf(stores(), 'case-1', ['team-centre']);
    assert.deepEqual(await under(stores(), team('team-west'), team('team-centre')), []);
    assert.deepEqual(await under(stores(), team('team-south')), ['a']);
    assert.deepEqual(await under(stores(), team('team-north')), ['a'], 'the team that recorded it');
  });

  it('keeps to what was committed when a commit comes too late', async () => {
    const first = aCommit(await stores().records.head('case-1'), { recordId: 'a' });
    await stores().records.commit(first);
    const late = aCommit(first.head, { recordId: 'a', version: 2, authorId: 'person-ben' });
    assert.equal(await stores().records.commit(late), 'moved');
    assert.deepEqual(await under(stores(), author('person-ben')), []);
    assert.deepEqual(await under(stores(), author('person-asha')), ['a']);
  });
}

function describePages(stores: () => Stores): void {
  beforeEach(async () => {
    for (const [nth, recordId] of ['d', 'b', 'f', 'a', 'e', 'c'].entries())
      await kept(stores(), { recordId, openItems: nth % 2 === 0 ? [] : aCommit().version.header.openItems });
  });

  it('goes through all that is found once, whatever the size of the looks', async () => {
    for (const limit of [1, 2, 3, 6, 7]) {
      const within = [team('team-north'), author('person-asha')];
      assert.deepEqual(await allFound(stores(), { within, also: [] }, limit), ['f', 'e', 'd', 'c', 'b', 'a']);
      assert.deepEqual(await allFound(stores(), { within, also: [], isOpen: true }, limit), ['c', 'b', 'a']);
    }
  });

  it('goes on after a record whatever was begun meanwhile', async () => {
    const wanted = { within: [EVERYTHING], also: [] };
    const { next } = await stores().search.search(wanted, { limit: 2 });
    assert.equal(next, 'e');
    await kept(stores(), { recordId: 'g' });
    const { found } = await stores().search.search(wanted, { before: next, limit: 2 });
    assert.deepEqual(
      found.map(({ header }) => header.recordId),
      ['d', 'c'],
    );
  });

  it('says that there is no more after the last, and after one that comes before all', async () => {
    const wanted = { within: [EVERYTHING], also: [] };
    assert.equal((await stores().search.search(wanted, { limit: 6 })).next, undefined);
    assert.deepEqual(await stores().search.search(wanted, { before: 'a', limit: 6 }), { found: [], isCutShort: false });
    assert.deepEqual(await stores().search.search(wanted, { before: '0', limit: 6 }), { found: [], isCutShort: false });
  });
}
