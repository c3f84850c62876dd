import assert from 'node:assert/strict';
import type { RecordStore, SavedKey, StoredVersion, VersionHeader } from '../../../../src/ports.ts';
import { aCommit, type Open } from './builders.ts';
import { eachWithItsOwn } from './openOne.ts';
import { wholeOf } from './wholeOf.ts';

/** What every record store promises of finding several versions or records at once. */
export function describeRecordLists(open: Open): void {
  describe('lists of records', () => {
    const stores = eachWithItsOwn(open);
    const records = (): RecordStore => stores().records;
    describeVersions(records);
    describeCaseFile(records);
    describeByAuthor(records);
    describeToBeCompleted(records);
    describeUnlinked(records);
    describeOfTeam(records);
  });
}

type Records = () => RecordStore;

/** Commits one version on whatever head its case file has. */
async function kept(records: RecordStore, wanted: Partial<VersionHeader>, caseKey = 'case-1'): Promise<StoredVersion> {
  const plain = aCommit(await records.head(caseKey), wanted);
  const nth = plain.version.header.version;
  const commit = { ...plain, version: { ...plain.version, wrappedKey: Uint8Array.of(nth, 0, 255) } };
  assert.equal(await records.commit(commit), 'committed');
  return commit.version;
}

/** Links a record as the bot does: a version that says so in its home, and a note in the other case file. */
async function linked(records: RecordStore, recordId: string, version: number, to: string): Promise<StoredVersion> {
  const stored = await kept(records, { recordId, version, kind: 'linked', linkedTo: to });
  await records.linkInto(to, recordId, 'case-1');
  return stored;
}

const idsOf = (found: readonly StoredVersion[]): readonly string[] => found.map(({ header }) => header.recordId);

function describeVersions(records: Records): void {
  it('give every version of a record, the first one first, each as it was kept and with its own key', async () => {
    const all: StoredVersion[] = [];
    for (let version = 1; version <= 11; version += 1) all.push(await kept(records(), { recordId: 'a', version }));
    await kept(records(), { recordId: 'b' });
    assert.deepEqual(await records().versions('case-1', 'a'), all);
    assert.deepEqual(await records().version('case-1', 'a', 7), all[6]);
    assert.deepEqual(await records().latest('case-1', 'a'), all[10]);
  });

  it('give no version of a record that is not there, nor of one that stands in another case file', async () => {
    await kept(records(), { recordId: 'a' });
    assert.deepEqual(await records().versions('case-1', 'b'), []);
    assert.deepEqual(await records().versions('case-2', 'a'), []);
  });
}

function describeCaseFile(records: Records): void {
  it('of a case file are its records, each in its latest version, the one begun last first', async () => {
    await kept(records(), { recordId: 'a' });
    const b = await kept(records(), { recordId: 'b' });
    const a = await kept(records(), { recordId: 'a', version: 2 });
    await kept(records(), { recordId: 'c' }, 'case-2');
    assert.deepEqual(await records().caseFile('case-1'), [b, a]);
    assert.deepEqual(await records().caseFile('case-3'), []);
  });

  it('of a case file leave out a record that was linked away, which stands in the other one', async () => {
    await kept(records(), { recordId: 'a' });
    const stays = await kept(records(), { recordId: 'b' });
    const there = await kept(records(), { recordId: 'c' }, 'case-2');
    const moved = await linked(records(), 'a', 2, 'case-2');
    assert.deepEqual(await records().caseFile('case-1'), [stays]);
    assert.deepEqual(await records().caseFile('case-2'), [there, moved]);
    assert.equal(moved.caseKey, 'case-1', 'it stays where it was first signed');
  });

  it('of a case file hold a record that was linked away in its latest version still', async () => {
    await kept(records(), { recordId: 'a' });
    await linked(records(), 'a', 2, 'case-2');
    const amended = await kept(records(), { recordId: 'a', version: 3, kind: 'amended', linkedTo: 'case-2' });
    assert.deepEqual(await records().caseFile('case-2'), [amended]);
  });

  it('of a case file hold a record that was linked back, and the other one holds it no more', async () => {
    await kept(records(), { recordId: 'a' });
    await linked(records(), 'a', 2, 'case-2');
    const back = await linked(records(), 'a', 3, 'case-1');
    assert.deepEqual(await records().caseFile('case-1'), [back]);
    assert.deepEqual(await records().caseFile('case-2'), []);
  });

  it('of a case file hold a record that was linked twice where it was linked last', async () => {
    await kept(records(), { recordId: 'a' });
    await linked(records(), 'a', 2, 'case-2');
    const last = await linked(records(), 'a', 3, 'case-3');
    assert.deepEqual(await Promise.all(['case-1', 'case-2'].map((caseKey) => records().caseFile(caseKey))), [[], []]);
    assert.deepEqual(await records().caseFile('case-3'), [last]);
    const again = await linked(records(), 'a', 4, 'case-2');
    assert.deepEqual(await records().caseFile('case-2'), [again]);
    assert.deepEqual(await records().caseFile('case-3'), []);
  });

  it('of a case file hold a record once, however often its link was noted', async () => {
    await kept(records(), { recordId: 'a' });
    const moved = await linked(records(), 'a', 2, 'case-2');
    await records().linkInto('case-2', 'a', 'case-1');
    await Promise.all([1, 2, 3].map(() => records().linkInto('case-2', 'a', 'case-1')));
    assert.deepEqual(await records().caseFile('case-2'), [moved]);
  });

  it('of a case file go by what the record says, and not by the note', async () => {
    const a = await kept(records(), { recordId: 'a' });
    await records().linkInto('case-2', 'a', 'case-1');
    assert.deepEqual(await records().caseFile('case-1'), [a]);
    assert.deepEqual(await records().caseFile('case-2'), []);
  });
}

/** Every page, each begun after the last record of the one before. */
async function pages(
  list: (before: string | undefined) => Promise<readonly StoredVersion[]>,
): Promise<readonly (readonly string[])[]> {
  const all: (readonly string[])[] = [];
  for (let page = idsOf(await list(undefined)); page.length > 0; page = idsOf(await list(page.at(-1)))) all.push(page);
  return all;
}

function describeOfTeam(records: Records): void {
  it('of a team give the headers of every version saved since an instant, the newest first, page by page', async () => {
    const at = (minute: number): string => `2026-11-23T14:0${minute}:00.000Z`;
    const wanted: readonly [string, number, number, string][] = [
      ['a', 1, 0, 'team-north'],
      ['b', 1, 1, 'team-north'],
      ['c', 1, 1, 'team-north'],
      ['d', 1, 2, 'team-south'],
      ['a', 2, 3, 'team-north'],
    ];
    const all: StoredVersion[] = [];
    for (const [recordId, version, minute, teamId] of wanted)
      all.push(await kept(records(), { recordId, version, savedAt: at(minute), teamId }));
    const ofTeam = (limit: number, before?: SavedKey) =>
      wholeOf(records().headersOfTeam('team-north', at(1), { before, limit }));
    const expected = [all[4], all[2], all[1]].map((stored) => ({ caseKey: stored?.caseKey, header: stored?.header }));
    assert.deepEqual(await ofTeam(10), expected);
    const first = await ofTeam(2);
    const rest = await ofTeam(10, { savedAt: at(1), recordId: 'c' });
    assert.deepEqual([...first, ...rest], expected);
    assert.deepEqual(await wholeOf(records().headersOfTeam('team-nobody', at(1), { limit: 10 })), []);
  });
}

function describeByAuthor(records: Records): void {
  it('of an author come page by page, the record begun last first, in whichever case file it is', async () => {
    for (const [nth, recordId] of ['c', 'a', 'e', 'b', 'd'].entries())
      await kept(records(), { recordId }, `case-${nth % 2}`);
    await kept(records(), { recordId: 'f', authorId: 'person-ben' });
    const by = (limit: number) => pages((before) => wholeOf(records().byAuthor('person-asha', { before, limit })));
    assert.deepEqual(await by(2), [['e', 'd'], ['c', 'b'], ['a']]);
    assert.deepEqual(await by(10), [['e', 'd', 'c', 'b', 'a']]);
    assert.deepEqual(idsOf(await wholeOf(records().byAuthor('person-nobody', { limit: 10 }))), []);
  });

  it('of an author go on after a record whatever was begun meanwhile, or linked or amended', async () => {
    for (const recordId of ['a', 'b', 'c']) await kept(records(), { recordId });
    const first = idsOf(await wholeOf(records().byAuthor('person-asha', { limit: 2 })));
    await kept(records(), { recordId: 'd' });
    await linked(records(), 'b', 2, 'case-2');
    const rest = await wholeOf(records().byAuthor('person-asha', { before: first.at(-1), limit: 2 }));
    assert.deepEqual([...first, ...idsOf(rest)], ['c', 'b', 'a']);
  });

  it('of an author hold each record once, in its latest version', async () => {
    await kept(records(), { recordId: 'a' });
    await kept(records(), { recordId: 'b' });
    const amended = await kept(records(), { recordId: 'a', version: 2, kind: 'amended' });
    const found = await wholeOf(records().byAuthor('person-asha', { limit: 10 }));
    assert.deepEqual(idsOf(found), ['b', 'a']);
    assert.deepEqual(found[1], amended);
  });
}

const TO_BE_COMPLETED = [{ kind: 'completion', due: '2026-11-24' }] as const;
const NOBODY = { authorId: 'person-nobody', teamIds: [] } as const;

function describeToBeCompleted(records: Records): void {
  const urgent = (recordId: string, wanted: Partial<VersionHeader> = {}): Promise<StoredVersion> =>
    kept(records(), { recordId, openItems: TO_BE_COMPLETED, ...wanted });
  const ids = async (of: { authorId: string; teamIds: readonly string[] }, limit = 10) =>
    idsOf(await wholeOf(records().toBeCompleted(of, limit)));

  it('that are to be completed are an author’s own and those of the teams, the one begun last first', async () => {
    await urgent('a');
    await urgent('b', { authorId: 'person-ben' });
    await urgent('c', { authorId: 'person-ben', teamId: 'team-south' });
    await urgent('d', { authorId: 'person-cy', teamId: 'team-east' });
    await kept(records(), { recordId: 'e' });
    assert.deepEqual(await ids({ authorId: 'person-asha', teamIds: [] }), ['a']);
    assert.deepEqual(await ids({ authorId: 'person-asha', teamIds: ['team-south'] }), ['c', 'a']);
    assert.deepEqual(await ids({ ...NOBODY, teamIds: ['team-north', 'team-south'] }), ['c', 'b', 'a']);
    assert.deepEqual(await ids(NOBODY), []);
  });

  it('that are to be completed keep to the limit', async () => {
    for (const recordId of ['a', 'b', 'c']) await urgent(recordId);
    assert.deepEqual(await ids({ authorId: 'person-asha', teamIds: ['team-north'] }, 2), ['c', 'b']);
  });

  it('that are to be completed no longer hold one that was, and hold one that was linked meanwhile', async () => {
    await urgent('a');
    await urgent('b');
    await kept(records(), { recordId: 'a', version: 2, kind: 'completed', openItems: [] });
    await urgent('b', { version: 2, kind: 'linked', linkedTo: 'case-2' });
    const found = await wholeOf(records().toBeCompleted({ authorId: 'person-asha', teamIds: ['team-north'] }, 10));
    assert.deepEqual(
      found.map(({ header }) => [header.recordId, header.version]),
      [['b', 2]],
    );
  });
}

function describeUnlinked(records: Records): void {
  it('without a case come page by page, the record begun last first, until they are linked', async () => {
    for (const [nth, recordId] of ['a', 'b', 'c', 'd'].entries())
      await kept(records(), { recordId, isUnlinked: recordId !== 'c' }, `case-of-${nth}`);
    const unlinked = () => pages((before) => wholeOf(records().unlinked({ before, limit: 2 })));
    assert.deepEqual(await unlinked(), [['d', 'b'], ['a']]);
    await kept(records(), { recordId: 'b', version: 2, isUnlinked: false, linkedTo: 'case-2' }, 'case-of-1');
    assert.deepEqual(await unlinked(), [['d', 'a']]);
  });
}
