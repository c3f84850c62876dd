import assert from 'node:assert/strict';
import { CARD_BUDGET_BYTES, cardBytes } from '../../cards/elements.ts';
import { summaryCard } from '../../cards/summaryCard.ts';
import { openCase } from '../../src/caseFacts.ts';
import { chainHash } from '../../src/committing.ts';
import { caseAlias } from '../../src/freezing.ts';
import { sealPayload } from '../../src/payloads.ts';
import type { VersionHeader } from '../../src/ports.ts';
import { share } from '../../src/records/share.ts';
import { summarise, type CaseSummary } from '../../src/summary.ts';
import { wordingOf } from '../../src/wording.ts';
import { aBench, ASHA, KEYS, TENANT, type Bench } from './aBench.ts';
import { aShare, NOW } from './aShare.ts';
import { aHeader } from './stores/contract/builders.ts';

const RECORDS = 5_000;
const CASE = 'XX-5000';
const DAY_MS = 24 * 3_600_000;

describe('a case of five thousand records', function () {
  this.timeout(60_000);
  let bench: Bench;
  before(async () => {
    bench = await aBench();
    await fill(bench);
  });
  after(() => bench.close());

  const page = async (before?: string): Promise<CaseSummary> => {
    const summary = await summarise(bench.opening, ASHA, { reference: CASE }, before);
    return summary.kind === 'summary' ? summary : assert.fail('nothing is shown');
  };

  it('has a first page that fits on a card and counts them all', async () => {
    const first = await page();
    assert.equal(first.records, RECORDS);
    assert.equal(first.open.length, RECORDS / 5);
    assert.equal(first.lines[0]?.header.recordId, idOf(RECORDS - 1));
    assert.ok(cardBytes(summaryCard(first, { asked: 'x'.repeat(200) })) <= CARD_BUDGET_BYTES);
  });

  it('goes on from any record to the ones before it, and ends', async () => {
    const middle = await page(idOf(2_500));
    assert.deepEqual(
      middle.lines.map(({ header }) => header.recordId),
      Array.from({ length: 8 }, (_, nth) => idOf(2_499 - nth)),
    );
    assert.equal(middle.from, RECORDS - 2_500 + 1);
    const last = await page(idOf(3));
    assert.equal(last.lines.length, 3);
    assert.equal(last.before, undefined);
    assert.ok(cardBytes(summaryCard(last, { asked: 'x' })) <= CARD_BUDGET_BYTES);
  });
});

const idOf = (nth: number): string => `01KAR0LARGE000000000${String(nth).padStart(6, '0')}`;

async function fill({ stores, recording }: Bench): Promise<void> {
  const caseKey = await stores.records.caseKeyFor(caseAlias(KEYS, TENANT, CASE), 1, 'case-large');
  await openCase({ cases: stores.cases, keys: recording.keys }, caseKey, 'team-north', NOW);
  let head = await stores.records.head(caseKey);
  const writes: Promise<unknown>[] = [];
  for (let nth = 0; nth < RECORDS; nth += 1) {
    const made = aVersion(caseKey, nth, nth % 5 === 0);
    const { header } = made;
    const entry = {
      ...{ caseKey, seq: nth + 1, kind: header.kind, recordId: header.recordId, version: 1, at: header.savedAt },
      ...{ actor: ASHA.id, draftId: header.recordId, commitment: made.commitment, prev: head.hash },
    };
    const hash = chainHash(entry);
    writes.push(stores.records.commit({ version: made, entry, hash, head, wordings: [wordingOf(share)] }));
    head = { caseKey, seq: entry.seq, hash, etag: `${entry.seq}:${hash.slice(0, 16)}` };
  }
  const results = new Set(await Promise.all(writes));
  assert.deepEqual([...results], ['committed']);
}

function aVersion(caseKey: string, nth: number, isOpen: boolean) {
  const contactAt = new Date(Date.parse('2012-01-02T10:00:00.000Z') + nth * DAY_MS).toISOString();
  const header: VersionHeader = aHeader({
    ...{ recordId: idOf(nth), number: `SL-${String(nth).padStart(8, '0')}`, type: share.id },
    ...{ contactAt, savedAt: contactAt, authorId: ASHA.id, teamId: 'team-north' },
    ...{ consentLimited: false, wordingHash: wordingOf(share).hash },
    openItems: isOpen ? [{ kind: 'outcome', due: '2026-12-01' }] : [],
  });
  const { id: personId, tenantId, name, jobTitle, organisation } = ASHA;
  const entry = { personId, tenantId, name, jobTitle, organisation, signature: name, roles: [], teamId: 'team-north', signedAt: contactAt }; // prettier-ignore
  return sealPayload(KEYS, caseKey, header, { answers: aShare({ caseReference: CASE }), entry, salt: '0'.repeat(64) });
}
