import assert from 'node:assert/strict';
import { findingList, FINDINGS_AT_MOST, sentenceOf, type AuditFinding } from '../../src/auditFindings.ts';

const PLACE = { caseKey: 'CASE1', recordId: 'RECORD1', version: 1, number: 'SL-00000001' };

function listed(...findings: readonly AuditFinding[]): readonly AuditFinding[] {
  const list = findingList();
  for (const finding of findings) list.add(finding);
  return list.found;
}

describe('audit findings', () => {
  it('are one where the same is wrong with entries in a row', () => {
    const found = listed(...[3, 4, 5].map((seq) => ({ what: 'chain.hash' as const, ...PLACE, seq })));
    assert.deepEqual(found, [{ what: 'chain.hash', ...PLACE, seq: 3, toSeq: 5 }]);
  });

  it('are several where something else is wrong, or elsewhere', () => {
    const one: AuditFinding = { what: 'chain.hash', ...PLACE, seq: 3 };
    const others: readonly AuditFinding[] = [
      { ...one, seq: 5 },
      { ...one, caseKey: 'CASE2', seq: 6 },
      { ...one, what: 'chain.prev', caseKey: 'CASE2', seq: 7 },
      { what: 'chain.hash', chainKey: 'CHAIN1', seq: 4 },
    ];
    assert.equal(listed(one, ...others).length, 5);
    assert.equal(listed({ what: 'head.stray', caseKey: 'A' }, { what: 'head.stray', caseKey: 'A' }).length, 2);
  });

  it('go on in a row although something else is found in between', () => {
    const found = listed(
      ...[1, 2, 3].flatMap((seq): AuditFinding[] => [
        { what: 'chain.hash', ...PLACE, seq },
        { what: 'payload.unreadable', ...PLACE, seq },
      ]),
    );
    assert.deepEqual(found.map(({ what, toSeq }) => [what, toSeq]), [['chain.hash', 3], ['payload.unreadable', 3]]); // prettier-ignore
  });

  it('are kept up to a limit only', () => {
    const list = findingList();
    for (let made = 0; made < FINDINGS_AT_MOST + 5; made += 1) list.add({ what: 'head.stray', caseKey: `CASE${made}` });
    assert.equal(list.found.length, FINDINGS_AT_MOST);
    assert.ok(list.isFull());
  });

  for (const [finding, sentence] of [
    [
      { what: 'payload.unreadable', ...PLACE, seq: 2 },
      'Case file CASE1, entry 2, record SL-00000001, version 1: what was recorded does not open: it, or its key, was changed or moved here from another place.',
    ],
    [
      { what: 'chain.hash', ...PLACE, seq: 2, toSeq: 4 },
      'Case file CASE1, entries 2 to 4: the entry was changed after it was written.',
    ],
    [{ what: 'chain.gap', caseKey: 'CASE1', seq: 2 }, 'Case file CASE1, entry 2: an entry is missing here.'],
    [
      { what: 'access.short', chainKey: '2026-11-23:ab', seq: 2, toSeq: 3 },
      'Access log 2026-11-23:ab, entries 2 to 3: the entries from here on, up to where a later chain goes on, are missing.',
    ],
    [
      { what: 'version.unchained', caseKey: 'CASE1', recordId: 'RECORD1', version: 3 },
      'Case file CASE1, record RECORD1, version 3: no entry of a chain names this version.',
    ],
  ] as const) {
    it(`say where and what: ${finding.what}`, () => {
      assert.equal(sentenceOf(finding), sentence);
    });
  }
});
