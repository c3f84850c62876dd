import assert from 'node:assert/strict';
import { myRecords, unlinkedRecords, type RecordList } from '../../src/listing.ts';
import { addDays } from '../../src/londonTime.ts';
import { whole } from '../../src/listed.ts';
import { missingOutcomes } from '../../src/nudging/digest.ts';
import { sentNudges } from '../../src/nudging/sent.ts';
import { teamOverview } from '../../src/overview.ts';
import { readAccessLog, type LogPage } from '../../src/readingAccess.ts';
import { recentPeople } from '../../src/recents.ts';
import { listDrafts, startDraft } from '../../src/recording/drafting.ts';
import { share } from '../../src/records/share.ts';
import { searchRecords, type SearchPage, type SearchResults } from '../../src/search.ts';
import type { Stores } from '../../src/storePorts.ts';
import { aBench, aPerson, ASHA, MO, type Bench } from './aBench.ts';
import { aFiledRecord } from './aFiledRecord.ts';
import { restrictTo } from './aKnownCase.ts';
import { NOW } from './aShare.ts';
import { hastyStores } from './hastyStores.ts';

const OFFICER = aPerson({ id: 'person-ro', name: 'Ro Ledger', teamIds: [], roles: ['recordsOfficer'] });
const FILED = 12;
const OUT_OF_TIME = { code: 'store.unsure' };

describe('a list of which finding the rest takes too long', () => {
  let bench: Bench;
  /** Those of all records, the one begun last first. */
  let numbers: readonly string[];
  before(async () => {
    bench = await aBench({ people: [ASHA, MO, OFFICER] });
    const all: string[] = [];
    for (let nth = 1; nth <= FILED; nth += 1) {
      const openItems = [{ kind: 'completion', due: addDays('2027-03-29', -7 * nth) }] as const;
      const { header } = await aFiledRecord(bench.stores, { nth, author: ASHA, teamId: 'team-north', openItems });
      all.unshift(header.number);
      const nudge = { personId: `person-${nth}`, date: '2026-11-20', status: 'sent', revision: 1 } as const;
      await bench.stores.nudges.create({ ...nudge, changedAt: NOW });
    }
    numbers = all;
  });
  after(() => bench.close());

  /** What everything needs, over a store that runs out of time after so many. */
  const hasty = (most: number) => {
    const stores: Stores = hastyStores(bench.stores, most);
    const { records, open, nudges, search, access: log } = stores;
    const noted: string[] = [];
    const access = { append: async ({ subject }: { readonly subject: string }) => void noted.push(subject) };
    return {
      noted,
      deps: {
        ...bench.recording,
        ...{ records, open, nudges, search, log, access, rules: { escalateAfterDays: 5 } },
      },
    };
  };
  const numbersOf = ({ lines }: RecordList | SearchResults) => lines.map(({ header }) => header.number);
  const founds = async (deps: ReturnType<typeof hasty>['deps'], page: SearchPage = {}): Promise<SearchResults> => {
    const found = await searchRecords(deps, ASHA, { author: 'me' }, page);
    assert.ok(found.kind === 'results', found.kind);
    return found;
  };

  it('is, of one’s own records, the first and where to go on; what is shown is noted', async () => {
    const { deps, noted } = hasty(5);
    const first = await myRecords(deps, ASHA);
    assert.deepEqual([first.isCutShort, numbersOf(first)], [true, numbers.slice(0, 5)]);
    assert.deepEqual(noted, [numbers.slice(0, 5).join(' ')]);
    const rest = await myRecords(bench.opening, ASHA, first.before);
    assert.deepEqual([rest.isCutShort, numbersOf(rest)], [false, numbers.slice(5)]);
  });

  it('is not cut short while a page of it is full', async () => {
    const { isCutShort, before, lines } = await myRecords(hasty(9).deps, ASHA);
    assert.deepEqual([isCutShort, lines.length], [false, 8]);
    assert.ok(before);
  });

  it('is, of records without a case, the first', async () => {
    const list = await unlinkedRecords(hasty(3).deps, OFFICER);
    assert.deepEqual(list && [list.isCutShort, numbersOf(list)], [true, numbers.slice(0, 3)]);
  });

  it('is, of a search, the first and where to go on', async () => {
    const { deps, noted } = hasty(4);
    const first = await founds(deps);
    assert.deepEqual([first.isCutShort, first.isOutOfTime], [true, true]);
    assert.deepEqual(numbersOf(first), numbers.slice(0, 4));
    assert.deepEqual(noted, [numbers.slice(0, 4).join(' ')]);
    const rest = await founds({ ...deps, search: bench.stores.search }, { before: first.before });
    assert.deepEqual([rest.isOutOfTime, numbersOf(rest)], [false, numbers.slice(4)]);
  });

  it('is, of what is open, those due first, without counts that would look like all', async () => {
    const { first, lines, ages } = await missingOutcomes(hasty(4).deps, MO);
    assert.deepEqual([first, ages], [4, []]);
    assert.deepEqual(
      lines.map(({ fact }) => fact.number),
      numbers.slice(0, 4),
    );
    const whole = await missingOutcomes(hasty(FILED).deps, MO);
    assert.equal(whole.first, undefined);
    assert.notDeepEqual(whole.ages, []);
  });

  it('is, of more than 500 records with something open, the first 500, and says that there are more', async () => {
    const { deps } = hasty(FILED);
    const { items } = await deps.open.openOf({ authorId: ASHA.id }, 1);
    const many = (limit: number) =>
      Array.from({ length: Math.min(limit, 501) }, () => items[0] ?? assert.fail('filed'));
    const open = { ...deps.open, openOf: async (_whose: object, limit: number) => whole(many(limit)) };
    const { first, isTooMany, ages, pages } = await missingOutcomes({ ...deps, open }, MO);
    assert.deepEqual({ first, isTooMany, ages, pages }, { first: 500, isTooMany: true, ages: [], pages: 63 });
    const justAll = { ...open, openOf: async () => whole(many(500)) };
    assert.equal((await missingOutcomes({ ...deps, open: justAll }, MO)).first, undefined);
  });

  it('is, of the access log, the newest and where to go on', async () => {
    for (let nth = 0; nth < 3; nth += 1) await myRecords(bench.opening, ASHA);
    const read = async (deps: ReturnType<typeof hasty>['deps']): Promise<LogPage> => {
      const page = await readAccessLog(deps, OFFICER, { person: ASHA.id });
      assert.ok(page.kind === 'log');
      return page;
    };
    const { lines, isCutShort, before } = await read(hasty(2).deps);
    assert.deepEqual([lines.length, isCutShort], [2, true]);
    assert.ok(before);
    assert.equal((await read(hasty(999).deps)).isCutShort, false);
  });

  it('is, of the cards that were sent, the newest', async () => {
    const sent = await sentNudges(hasty(2).deps, OFFICER);
    assert.deepEqual([sent?.lines.length, sent?.isCutShort], [2, true]);
  });

  it('leaves one’s unfinished records as they are, and says that there may be urgent ones', async () => {
    await startDraft(bench.recording, ASHA, share);
    const view = await listDrafts(hasty(0).deps, ASHA);
    assert.ok(view.kind === 'drafts');
    assert.equal(view.isCutShort, true);
    assert.deepEqual(
      view.lines.map(({ kind }) => kind),
      ['draft'],
    );
  });

  it('offers fewer people to choose from, or none', async () => {
    assert.deepEqual(await recentPeople(hasty(0).deps, ASHA), []);
  });

  it('is a fault when nothing of it came in time, and nothing is noted as shown', async () => {
    for (const [what, run] of [
      ['one’s own', ({ deps }) => myRecords(deps, ASHA)],
      ['without a case', ({ deps }) => unlinkedRecords(deps, OFFICER)],
      ['a search', ({ deps }) => founds(deps)],
      ['what is open', ({ deps }) => missingOutcomes(deps, MO)],
      ['the access log', ({ deps }) => readAccessLog(deps, OFFICER, { person: ASHA.id })],
      ['cards that were sent', ({ deps }) => sentNudges(deps, OFFICER)],
    ] as const satisfies readonly (readonly [string, (one: ReturnType<typeof hasty>) => Promise<unknown>])[]) {
      const one = hasty(0);
      await assert.rejects(run(one), OUT_OF_TIME, what);
      assert.deepEqual(one.noted, [], what);
    }
    await assert.rejects(teamOverview(hasty(0).deps, MO), OUT_OF_TIME);
  });

  it('is a fault too when nothing of what came in time may be seen', async () => {
    const own = await aBench({ people: [ASHA, MO, OFFICER] });
    const stored = await aFiledRecord(own.stores, { nth: 1, author: MO, teamId: 'team-north' });
    await restrictTo(own.opening, stored.caseKey, [MO.id]);
    const records = { ...own.opening.records, unlinked: async () => ({ items: [stored], isCutShort: true }) };
    await assert.rejects(unlinkedRecords({ ...own.opening, records }, OFFICER), OUT_OF_TIME);
    await own.close();
  });
});
