import assert from 'node:assert/strict';
import type { AccessPlace } from '../../src/accessLogPorts.ts';
import type { AuditFinding } from '../../src/auditFindings.ts';
import { chainHash } from '../../src/committing.ts';
import { seededKeys } from './aSeededStore.ts';
import type { Attacker, Link } from './anAttacker.ts';

/** Where something was tampered with. One finding at least must be there. */
export interface TamperedAt {
  readonly caseKey?: string;
  readonly seq?: number;
  readonly recordId?: string;
  readonly wordingHash?: string;
}

/** Whether a finding names the place. */
export function isAt(finding: AuditFinding, where: TamperedAt): boolean {
  if (where.wordingHash !== undefined) return finding.wordingHash === where.wordingHash;
  if (finding.caseKey !== where.caseKey) return false;
  if (where.seq === undefined && where.recordId === undefined) return true;
  const { seq = Number.NaN, toSeq = seq } = finding;
  const isInRow = where.seq !== undefined && seq <= where.seq && where.seq <= toSeq;
  return isInRow || (where.recordId !== undefined && finding.recordId === where.recordId);
}

/** The same, of the access log. */
export function isAccessAt({ chainKey, seq = Number.NaN, toSeq = seq }: AuditFinding, where: AccessPlace): boolean {
  return chainKey === where.chainKey && seq <= where.seq && where.seq <= toSeq;
}

/** Does something to a store, and says where. */
export type Tamper = (attacker: Attacker) => TamperedAt;

export const at = ({ caseKey, seq, recordId }: Link): TamperedAt => ({ caseKey, seq, recordId });

export function flipBlob(attacker: Attacker, table: 'versions' | 'versionKeys', column: string): TamperedAt {
  const link = attacker.anyLink();
  const { blob } = attacker.one(`SELECT ${column} AS blob FROM ${table} WHERE recordId = ? AND version = ?`, link.recordId, link.version); // prettier-ignore
  assert.ok(blob instanceof Uint8Array);
  const place = attacker.chance.below(blob.length);
  blob[place] = (blob[place] ?? 0) ^ (1 << attacker.chance.below(8));
  attacker.run(
    `UPDATE ${table} SET ${column} = ? WHERE recordId = ? AND version = ?`,
    blob,
    link.recordId,
    link.version,
  );
  return at(link);
}

/** Changes a field of a header to something else of its kind. */
export function editHeader(attacker: Attacker, field?: string): TamperedAt {
  const link = attacker.anyLink();
  const text = String(attacker.one('SELECT header FROM versions WHERE recordId = ? AND version = ?', link.recordId, link.version).header); // prettier-ignore
  const header = JSON.parse(text);
  const name = field ?? attacker.chance.oneOf(Object.keys(header));
  header[name] = another(header[name]);
  setHeader(attacker, link, JSON.stringify(header));
  return at(link);
}

function setHeader({ run }: Attacker, { recordId, version }: Link, text: string): void {
  run('UPDATE versions SET header = ? WHERE recordId = ? AND version = ?', text, recordId, version);
}

/** Something else of its kind. */
export function another(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return /\d$/u.test(value) ? value.replace(/\d$/u, (digit) => `${(Number(digit) + 1) % 10}`) : `${value}0`; // prettier-ignore
  return Array.isArray(value) && value.length > 0 ? value.slice(1) : [{ kind: 'outcome', due: '2030-01-01' }];
}

/** Writes a header otherwise. */
export function rewriteHeader(rewritten: (text: string) => string): Tamper {
  return (attacker) => {
    const link = attacker.anyLink();
    const row = attacker.one(
      'SELECT header FROM versions WHERE recordId = ? AND version = ?',
      link.recordId,
      link.version,
    );
    setHeader(attacker, link, rewritten(String(row.header)));
    return at(link);
  };
}

/** Makes the last entry of a chain follow something else, and computes its own hash, and the head, to fit. */
export function editLink(attacker: Attacker): TamperedAt {
  const { caseKey } = attacker.anyLink();
  const last = attacker.chain(caseKey).at(-1)!;
  const { hash: _old, ...entry } = { ...last, prev: 'ab'.repeat(32) };
  const hash = chainHash(entry);
  attacker.run(
    'UPDATE chain SET prev = ?, hash = ? WHERE caseKey = ? AND seq = ?',
    entry.prev,
    hash,
    caseKey,
    last.seq,
  );
  attacker.run('UPDATE heads SET hash = ? WHERE caseKey = ?', hash, caseKey);
  return at(last);
}

export function editEntry(...columns: readonly string[]): Tamper {
  return (attacker) => {
    const link = attacker.anyLink();
    const column = attacker.chance.oneOf(columns);
    const row = attacker.one(
      `SELECT ${column} AS value FROM chain WHERE caseKey = ? AND seq = ?`,
      link.caseKey,
      link.seq,
    );
    const value = column === 'kind' ? (row.value === 'disputed' ? 'recorded' : 'disputed') : String(another(row.value));
    attacker.run(`UPDATE chain SET ${column} = ? WHERE caseKey = ? AND seq = ?`, value, link.caseKey, link.seq);
    return at(link);
  };
}

const PLACE_IN = {
  first: (_length: number) => 0,
  middle: (length: number) => Math.floor(length / 2),
  last: (length: number) => length - 1,
} as const;

/** Takes an entry away, and `withAll` also all else that stands for it. */
export function deleteEntry(place: keyof typeof PLACE_IN, withAll: boolean): Tamper {
  return (attacker) => {
    const chain = attacker.chain(attacker.anyLink(3).caseKey);
    const link = chain[PLACE_IN[place](chain.length)]!;
    attacker.run('DELETE FROM chain WHERE caseKey = ? AND seq = ?', link.caseKey, link.seq);
    if (withAll) deleteBehind(attacker, link);
    return at(link);
  };
}

function deleteBehind({ run }: Attacker, { recordId, version, draftId }: Link): void {
  run('DELETE FROM versionKeys WHERE recordId = ? AND version = ?', recordId, version);
  run('DELETE FROM versions WHERE recordId = ? AND version = ?', recordId, version);
  run('DELETE FROM drafts WHERE draftId = ?', draftId);
}

/** Takes a whole record out of a chain in which something follows it, so that no version of it is missed. */
export function deleteRecord(attacker: Attacker): TamperedAt {
  const followed = attacker
    .all('SELECT DISTINCT recordId, caseKey FROM chain')
    .map(({ recordId, caseKey }) => attacker.chain(String(caseKey)).filter((link) => link.recordId === recordId))
    .filter((links) => links.at(-1)!.seq < attacker.chain(links[0]!.caseKey).length);
  const links = attacker.chance.oneOf(followed);
  for (const link of links) {
    attacker.run('DELETE FROM chain WHERE caseKey = ? AND seq = ?', link.caseKey, link.seq);
    deleteBehind(attacker, link);
  }
  attacker.run('DELETE FROM numbers WHERE recordId = ?', links[0]!.recordId);
  return at(links[0]!);
}

export function reorder(attacker: Attacker): TamperedAt {
  const chain = attacker.chain(attacker.anyLink(2).caseKey);
  const first = attacker.chance.below(chain.length - 1);
  const second = first + 1 + attacker.chance.below(chain.length - first - 1);
  const [one, other] = [chain[first]!, chain[second]!];
  const move = (from: number, to: number): void =>
    attacker.run('UPDATE chain SET seq = ? WHERE caseKey = ? AND seq = ?', to, one.caseKey, from);
  move(one.seq, -1);
  move(other.seq, one.seq);
  move(-1, other.seq);
  return at(one);
}

export function swapCaseFiles(attacker: Attacker): TamperedAt {
  const files = attacker.all('SELECT caseKey FROM heads ORDER BY caseKey').map(({ caseKey }) => String(caseKey));
  const first = attacker.chance.below(files.length - 1);
  const [one, other] = [files[first]!, files[first + 1]!];
  for (const table of ['chain', 'heads', 'versions', 'numbers']) {
    for (const [from, to] of [
      [one, 'between'],
      [other, one],
      ['between', other],
    ] as const)
      // prettier-ignore
      attacker.run(`UPDATE ${table} SET caseKey = ? WHERE caseKey = ?`, to, from);
  }
  return { caseKey: one };
}

/** Moves an entry with its version to the end of another case file. */
export function moveToOtherFile(attacker: Attacker): TamperedAt {
  const link = attacker.anyLink();
  const files = attacker.all('SELECT caseKey, seq FROM heads WHERE caseKey <> ?', link.caseKey);
  const { caseKey, seq } = attacker.chance.oneOf(files);
  const [to, end] = [String(caseKey), Number(seq) + 1];
  attacker.run('UPDATE chain SET caseKey = ?, seq = ? WHERE caseKey = ? AND seq = ?', to, end, link.caseKey, link.seq);
  attacker.run('UPDATE versions SET caseKey = ? WHERE recordId = ? AND version = ?', to, link.recordId, link.version);
  return { caseKey: to, seq: end, recordId: link.recordId };
}

export function rollBackHead(attacker: Attacker): TamperedAt {
  const chain = attacker.chain(attacker.anyLink(2).caseKey);
  const { caseKey, seq } = chain[attacker.chance.below(chain.length - 1)]!;
  attacker.run('UPDATE heads SET (seq, hash) = (SELECT seq, hash FROM chain WHERE caseKey = ?1 AND seq = ?2) WHERE caseKey = ?1', caseKey, seq); // prettier-ignore
  return { caseKey };
}

export function swapPayloads(columns: readonly string[]): Tamper {
  return (attacker) => {
    const [one, other] = [attacker.anyLink(), attacker.anyLink(2)];
    if (one.recordId === other.recordId && one.version === other.version) return swapPayloads(columns)(attacker);
    for (const column of columns) {
      const table = column === 'wrapped' ? 'versionKeys' : 'versions';
      const read = ({ recordId, version }: Link) => attacker.one(`SELECT ${column} AS value FROM ${table} WHERE recordId = ? AND version = ?`, recordId, version).value!; // prettier-ignore
      const write = ({ recordId, version }: Link, value: NonNullable<ReturnType<typeof read>>) => attacker.run(`UPDATE ${table} SET ${column} = ? WHERE recordId = ? AND version = ?`, value, recordId, version); // prettier-ignore
      const [first, second] = [read(one), read(other)];
      write(one, second);
      write(other, first);
    }
    return at(one);
  };
}

/** By somebody who has the keys: seals what was signed again with one part of it changed. */
export function reseal(changed: (payload: Record<string, unknown>) => Record<string, unknown>): Tamper {
  return (attacker) => {
    const link = attacker.anyLink();
    const { recordId, version } = link;
    const row = attacker.one('SELECT v.caseKey, v.payload, k.wrapped FROM versions v JOIN versionKeys k USING (recordId, version) WHERE recordId = ? AND version = ?', recordId, version); // prettier-ignore
    const keys = seededKeys(attacker.chance);
    const place = { caseKey: String(row.caseKey), recordId, version };
    assert.ok(row.payload instanceof Uint8Array && row.wrapped instanceof Uint8Array);
    const plain = keys.openVersion(place, { sealed: row.payload, wrappedKey: row.wrapped });
    const text = JSON.stringify(changed(JSON.parse(Buffer.from(plain).toString('utf8'))));
    const { sealed, wrappedKey } = keys.sealVersion(place, Buffer.from(text));
    attacker.run('UPDATE versions SET payload = ? WHERE recordId = ? AND version = ?', sealed, recordId, version);
    attacker.run(
      'UPDATE versionKeys SET wrapped = ? WHERE recordId = ? AND version = ?',
      wrappedKey,
      recordId,
      version,
    );
    return at(link);
  };
}

/** Another time of signing, wherever it stands in clear. */
export function rewriteTime(attacker: Attacker): TamperedAt {
  const where = editHeader(attacker, 'savedAt');
  attacker.run(
    `UPDATE chain SET at = (SELECT v.savedAt FROM versions v WHERE v.recordId = chain.recordId AND v.version = chain.version)
      WHERE caseKey = ?`,
    where.caseKey ?? '',
  );
  return where;
}

/** Runs a statement on the last entry of a chain, which vouches for all before it. */
export function changeLast(sql: string): Tamper {
  return (attacker) => {
    const { caseKey } = attacker.anyLink();
    const last = attacker.chain(caseKey).at(-1)!;
    attacker.run(sql, last.draftId);
    return at(last);
  };
}

/** Runs a statement on an entry, or on what stands for it, with the names in it filled in. */
export function change(sql: string): Tamper {
  return (attacker) => {
    const link = attacker.anyLink();
    const { caseKey, recordId, version, draftId } = link;
    const names = { caseKey, recordId, version, draftId };
    const used = Object.entries(names).filter(([name]) => sql.includes(`:${name}`));
    attacker.run(sql.replace(/:\w+/gu, '?'), ...used.map(([, value]) => value));
    return /heads|cases|caseTeams/u.test(sql) ? { caseKey } : at(link);
  };
}

export function onWording(sql: string): Tamper {
  return (attacker) => {
    const { hash } = attacker.chance.oneOf(
      attacker.all(`SELECT DISTINCT header ->> '$.wordingHash' AS hash FROM versions`),
    );
    attacker.run(sql, hash!);
    return { wordingHash: String(hash) };
  };
}

export const deleteReceipts: Tamper = (attacker) => {
  const where = reorder(attacker);
  for (const { draftId } of attacker.chain(where.caseKey ?? ''))
    attacker.run('DELETE FROM drafts WHERE draftId = ?', draftId);
  return where;
};
