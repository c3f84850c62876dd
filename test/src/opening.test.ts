import assert from 'node:assert/strict';
import { openRecord } from '../../src/opening.ts';
import { recordText } from '../../src/readRecord.ts';
import { signedText } from '../../src/recordWords.ts';
import type { AccessEntry } from '../../src/ports.ts';
import type { Stores } from '../../src/storePorts.ts';
import { ASHA, BO, MO, aBench, aPerson, fillIn, signOn, type Bench } from './aBench.ts';
import { aShareWithout, typedShare } from './aShare.ts';

describe('opening a record', () => {
  let bench: Bench;
  let logged: string[];
  let logFails: boolean;
  let number: string;

  const logging = (stores: Stores): Stores => ({
    ...stores,
    records: {
      ...stores.records,
      wording: (hash) => {
        logged.push('shown');
        return stores.records.wording(hash);
      },
    },
  });

  const access = {
    append: async (entry: AccessEntry) => {
      if (logFails) throw new Error('the log is full');
      logged.push(`${entry.personId} ${entry.action} ${entry.subject}`);
    },
  };

  beforeEach(async () => {
    [logged, logFails] = [[], false];
    bench = await aBench({ wrap: logging, wrapAccess: () => access });
    const answers = aShareWithout({ keepFrom: 'The former partner, D.B.', contactAt: '2026-11-20T13:40:00.000Z' });
    const view = await signOn(bench, await fillIn(bench, typedShare(answers)), { signature: 'A. Invented' });
    assert.ok(view.kind === 'receipt');
    ({ number } = view.committed);
  });
  afterEach(() => bench.close());

  it('shows it to its author and to the author’s manager, and writes that down first', async () => {
    for (const person of [ASHA, MO]) {
      logged.length = 0;
      assert.equal((await openRecord(bench.opening, person, number)).kind, 'record');
      assert.deepEqual(logged, [`${person.id} record.open ${number}`, 'shown']);
    }
  });

  it('answers others as if there were no such record, and writes that down as well', async () => {
    const other = aPerson({ id: 'person-ro', teamIds: ['team-south'], roles: ['manager'] });
    const nothing = await openRecord(bench.opening, ASHA, 'SL-00000000');
    const elsewhere = aPerson({ ...BO, teamIds: ['team-south'] });
    for (const person of [elsewhere, other]) assert.deepEqual(await openRecord(bench.opening, person, number), nothing);
    assert.deepEqual(logged, [
      `${ASHA.id} record.refused SL-00000000`,
      `${BO.id} record.refused ${number}`,
      `person-ro record.refused ${number}`,
    ]);
  });

  for (const [what, reader] of [
    ['a records officer', aPerson({ id: 'person-ro', teamIds: [], roles: ['recordsOfficer'] })],
    ['a manager of its team', aPerson({ id: 'person-lea', roles: ['manager'] })],
    ['a colleague of its team', BO],
  ] as const) {
    it(`is shown to ${what}`, async () => {
      assert.equal((await openRecord(bench.opening, reader, number)).kind, 'record');
    });
  }

  it('shows nothing when the log cannot be written', async () => {
    logFails = true;
    await assert.rejects(openRecord(bench.opening, ASHA, number), /the log is full/);
    assert.deepEqual(logged, []);
  });

  it('puts who must not know first, and says how it was signed and how late', async () => {
    const record = await openRecord(bench.opening, ASHA, number);
    assert.ok(record.kind === 'record');
    const lines = recordText(record).split('\n');
    assert.equal(lines[0], 'KEEP FROM: The former partner, D.B.');
    assert.ok(lines.includes('Recorded 3 days after the contact'));
    assert.match(signedText(record.entry), /^signed as A\. Invented; directory Asha Invented, Social worker/);
  });
});
