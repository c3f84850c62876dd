import assert from 'node:assert/strict';
import { caseAlias } from '../../src/freezing.ts';
import { readAccessLog, type LogPage, type ReadingAccessDeps } from '../../src/readingAccess.ts';
import type { AccessEntry } from '../../src/ports.ts';
import { aBench, aPerson, ASHA, KEYS, TENANT, type Bench } from './aBench.ts';
import { aKnownCase } from './aKnownCase.ts';
import { aShare } from './aShare.ts';
import { wholeOf } from './stores/contract/wholeOf.ts';

const OFFICER = aPerson({ id: 'person-ro', name: 'Ro Ledger', teamIds: [], roles: ['recordsOfficer'] });
const CASE = 'XX-4711';

describe('reading the access log', () => {
  let bench: Bench;
  let deps: ReadingAccessDeps;
  let number: string;
  let caseKey: string;
  beforeEach(async () => {
    bench = await aBench({ people: [ASHA, OFFICER] });
    ({ caseKey, number } = await aKnownCase(bench, aShare({ caseReference: CASE })));
    deps = { ...bench.opening, log: bench.stores.access };
  });
  afterEach(() => bench.close());

  const note = (wanted: Partial<AccessEntry>): Promise<void> =>
    bench.opening.access.append({
      ...{ at: '2026-11-23T15:00:00.000Z', personId: ASHA.id, action: 'record.open', subject: number },
      ...wanted,
    });
  const read = async (typed: string): Promise<LogPage> => {
    const page = await readAccessLog(deps, OFFICER, { typed });
    assert.ok(page.kind === 'log');
    return page;
  };

  it('marks what was shown only because of urgent access', async () => {
    await note({ subject: `${caseKey} ${number}`, action: 'case.open', grantId: 'grant-1' });
    await note({ at: '2026-11-23T14:59:00.000Z' });
    assert.deepEqual((await read(CASE)).lines, [
      ...[{ who: 'Asha Invented', at: '2026-11-23T15:00:00.000Z', what: 'Opened the summary of a case', numbers: [number], isUrgent: true }],
      ...[{ who: 'Asha Invented', at: '2026-11-23T14:59:00.000Z', what: 'Opened a record', numbers: [number], isUrgent: false }],
    ]); // prettier-ignore
  });

  it('finds what stands under the case, under its reference and under its records, each once', async () => {
    await note({ subject: caseKey, action: 'case.refused' });
    await note({ subject: caseAlias(KEYS, TENANT, CASE), action: 'case.refused' });
    await note({ subject: `SL-00000000 ${number} ${number} ${caseKey}`, action: 'record.list' });
    await note({ subject: 'SL-00000000' });
    const { lines, of, about } = await read(CASE.toLowerCase());
    assert.deepEqual([of, about, lines.length], ['case', CASE.toLowerCase(), 3]);
  });

  it('names somebody whom the directory does not know by their id', async () => {
    await note({ personId: 'person-gone' });
    assert.deepEqual((await read(number)).lines.map(({ who }) => who), ['person-gone']); // prettier-ignore
  });

  it('shows nothing when its reading cannot be written down', async () => {
    const access = { append: () => Promise.reject(new Error('the log is full')) };
    for (const person of [OFFICER, ASHA])
      await assert.rejects(readAccessLog({ ...deps, access }, person, { typed: CASE }), /the log is full/u);
  });

  it('writes down who was refused what, by ids alone', async () => {
    for (const typed of [CASE, number, OFFICER.name]) await readAccessLog(deps, ASHA, { typed });
    const { lines } = await read(ASHA.id);
    assert.deepEqual(new Set(lines.map(({ what }) => what)), new Set(['Asked for the access log, and was shown nothing'])); // prettier-ignore
    const subjects = (await wholeOf(bench.stores.access.by(ASHA.id, { limit: 9 }))).map(({ subject }) => subject);
    assert.deepEqual(subjects.toSorted(), [number, caseKey, OFFICER.id].toSorted());
  });
});
