import type { Attacker, Link } from './anAttacker.ts';
import type { Tamper, TamperedAt } from './tamperSteps.ts';

export function duplicateEntry(place: 'same' | 'end'): Tamper {
  return (attacker) => {
    const link = attacker.anyLink();
    attacker.dropChainConstraints();
    const seq = place === 'same' ? link.seq : attacker.chain(link.caseKey).length + 1;
    attacker.run(
      `INSERT INTO chain SELECT caseKey, ?, kind, recordId, version, at, actor, draftId, commitment, prev, hash
        FROM chain WHERE caseKey = ? AND seq = ?`,
      seq,
      link.caseKey,
      link.seq,
    );
    return { caseKey: link.caseKey, seq };
  };
}

/** A record that nobody signed, as near to a real one as can be made without keys, after entry `after`. */
export function forge(place: 'middle' | 'end'): Tamper {
  return (attacker) => {
    const link = attacker.anyLink(2);
    const length = attacker.chain(link.caseKey).length;
    const seq = place === 'end' ? length + 1 : 2;
    const forged = 'F0RGED00000000000000000001';
    for (let moved = length; moved >= seq; moved -= 1)
      attacker.run('UPDATE chain SET seq = seq + 1 WHERE caseKey = ? AND seq = ?', link.caseKey, moved);
    copyVersion(attacker, link, forged);
    attacker.run(
      `INSERT INTO chain SELECT caseKey, ?, 'recorded', ?, 1, at, actor, ?, commitment, prev, hash
        FROM chain WHERE recordId = ? AND version = ?`,
      ...[seq, forged, forged, link.recordId, link.version],
    );
    attacker.run(`INSERT INTO numbers VALUES ('SL-F0RGED00', ?, ?)`, forged, link.caseKey);
    attacker.run(
      `INSERT INTO drafts SELECT ?, personId, status, revision, touchedAt, body FROM drafts WHERE draftId = ?`,
      forged,
      link.draftId,
    );
    return { caseKey: link.caseKey, seq, recordId: forged };
  };
}

function copyVersion(attacker: Attacker, { recordId, version }: Link, forged: string): void {
  const row = attacker.one('SELECT header FROM versions WHERE recordId = ? AND version = ?', recordId, version);
  const header = JSON.parse(String(row.header));
  const text = JSON.stringify({ ...header, recordId: forged, version: 1, kind: 'recorded', number: 'SL-F0RGED00' });
  attacker.run(
    `INSERT INTO versions (recordId, version, caseKey, header, payload, commitment)
      SELECT ?, 1, caseKey, ?, payload, commitment FROM versions WHERE recordId = ? AND version = ?`,
    ...[forged, text, recordId, version],
  );
  attacker.run(
    'INSERT INTO versionKeys SELECT ?, 1, wrapped FROM versionKeys WHERE recordId = ? AND version = ?',
    ...[forged, recordId, version],
  );
}

export function insertUnchained(attacker: Attacker): TamperedAt {
  const link = attacker.anyLink();
  copyVersion(attacker, link, 'F0RGED00000000000000000001');
  return { caseKey: link.caseKey, recordId: 'F0RGED00000000000000000001' };
}
