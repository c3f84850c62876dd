import assert from 'node:assert/strict';
import { accessHash } from '../../src/accessLog.ts';
import type { AccessPlace, ChainedAccess } from '../../src/accessLogPorts.ts';
import { keysFrom } from '../../src/sealing.ts';
import { ACCESS_COLUMNS, asAccess } from '../../src/stores/sqlite/accessStore.ts';
import { subjectsOf } from '../../src/stores/subjectsOf.ts';
import { TENANT } from '../src/aBench.ts';
import type { Attacker } from './anAttacker.ts';
import type { TamperClass } from './tamperedCopies.ts';

/** Does something to an access log, and says where: one finding at least must be there. */
export type AccessTamper = (attacker: Attacker) => AccessPlace;

const SELECT = `SELECT ${ACCESS_COLUMNS} FROM accessLog`;
const AT = 'WHERE chainKey = ? AND seq = ?';

/** What somebody without the keys may take for them. */
const OTHER_KEYS = keysFrom(
  { tenantId: TENANT, lookupKey: new Uint8Array(32).fill(7), storeKey: new Uint8Array(32).fill(7) },
  { bytes: (length) => new Uint8Array(length) },
);

function chainOf({ all }: Attacker, chainKey: string): readonly ChainedAccess[] {
  return all(`${SELECT} WHERE chainKey = ? ORDER BY seq`, chainKey).map(asAccess);
}

/** Any entry, of a chain with at least so many entries. */
function anyEntry(attacker: Attacker, atLeast = 1): ChainedAccess {
  const chains = attacker.all('SELECT chainKey FROM accessLog GROUP BY chainKey HAVING count(*) >= ?', atLeast);
  return attacker.chance.oneOf(chainOf(attacker, String(attacker.chance.oneOf(chains).chainKey)));
}

/** A chain up to whose very end another one names it. */
function namedChain(attacker: Attacker): readonly ChainedAccess[] {
  const ends = attacker.all(`
    SELECT DISTINCT a.beforeKey AS chainKey FROM accessLog AS a
    WHERE a.beforeSeq = (SELECT max(b.seq) FROM accessLog AS b WHERE b.chainKey = a.beforeKey)`);
  return chainOf(attacker, String(attacker.chance.oneOf(ends).chainKey));
}

const placeOf = ({ chainKey, seq }: AccessPlace): AccessPlace => ({ chainKey, seq });

function edit(column: string, value: (entry: ChainedAccess) => string | number): AccessTamper {
  return (attacker) => {
    const entry = anyEntry(attacker);
    attacker.run(`UPDATE accessLog SET ${column} = ? ${AT}`, value(entry), entry.chainKey, entry.seq);
    return placeOf(entry);
  };
}

function remove(attacker: Attacker, { chainKey, seq }: AccessPlace): void {
  attacker.run(`DELETE FROM accessLog ${AT}`, chainKey, seq);
  attacker.run(`DELETE FROM accessSubjects ${AT}`, chainKey, seq);
}

const PLACE_IN = { first: 0, middle: 1, last: -1 } as const;

function removeAt(which: keyof typeof PLACE_IN): AccessTamper {
  return (attacker) => {
    const entry = namedChain(attacker).at(PLACE_IN[which])!;
    remove(attacker, entry);
    return placeOf(entry);
  };
}

/** Takes the first entry away and moves the others up into its place. */
const removeAndRenumber: AccessTamper = (attacker) => {
  const [first, ...rest] = namedChain(attacker);
  assert.ok(first !== undefined);
  remove(attacker, first);
  for (const { chainKey, seq } of rest)
    for (const table of ['accessLog', 'accessSubjects'])
      attacker.run(`UPDATE ${table} SET seq = ? ${AT}`, seq - 1, chainKey, seq);
  return placeOf(first);
};

const removeChain: AccessTamper = (attacker) => {
  const chain = namedChain(attacker);
  for (const entry of chain) remove(attacker, entry);
  return placeOf(chain.at(-1)!);
};

/** Puts two neighbours into each other's places, with the ids by which they are found. */
const swap: AccessTamper = (attacker) => {
  const [first, second] = namedChain(attacker);
  assert.ok(first !== undefined && second !== undefined);
  for (const entry of [first, second]) remove(attacker, entry);
  insert(attacker, { ...second, seq: first.seq });
  insert(attacker, { ...first, seq: second.seq });
  return placeOf(first);
};

function insert({ run }: Attacker, entry: ChainedAccess): void {
  const { chainKey, seq, at, personId, action, subject, grantId, before, prev, hash } = entry;
  const values = [chainKey, seq, at, personId, action, subject, grantId ?? null, before?.chainKey ?? null, before?.seq ?? null, prev, hash] as const; // prettier-ignore
  run(`INSERT INTO accessLog (${ACCESS_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, ...values);
  for (const id of subjectsOf(subject))
    run('INSERT OR IGNORE INTO accessSubjects (subject, at, chainKey, seq) VALUES (?, ?, ?, ?)', id, at, chainKey, seq);
}

/** Makes room for an entry that the table does not allow. */
function loosen({ run }: Attacker): void {
  run('CREATE TABLE loose AS SELECT * FROM accessLog');
  run('DROP TABLE accessLog');
  run('ALTER TABLE loose RENAME TO accessLog');
}

/** Makes an entry without the keys, and puts it at the end of a chain. */
const forge: AccessTamper = (attacker) => {
  const last = chainOf(attacker, anyEntry(attacker).chainKey).at(-1)!;
  const { before: _none, ...rest } = last;
  const link = { ...rest, seq: last.seq + 1, prev: last.hash, subject: 'SL-F0RGED00' };
  insert(attacker, { ...link, hash: accessHash(OTHER_KEYS, link) });
  return placeOf(link);
};

/** Makes room in the middle of a chain and puts a copy of another entry there. */
const insertBetween: AccessTamper = (attacker) => {
  const [first, ...rest] = namedChain(attacker);
  assert.ok(first !== undefined);
  for (const { chainKey, seq } of rest.toReversed())
    for (const table of ['accessLog', 'accessSubjects'])
      attacker.run(`UPDATE ${table} SET seq = ? ${AT}`, seq + 1, chainKey, seq);
  insert(attacker, { ...first, seq: first.seq + 1, prev: first.hash });
  return { chainKey: first.chainKey, seq: first.seq + 1 };
};

const copyToTheEnd: AccessTamper = (attacker) => {
  const copied = anyEntry(attacker);
  const last = chainOf(attacker, copied.chainKey).at(-1)!;
  insert(attacker, { ...copied, seq: last.seq + 1 });
  return { chainKey: copied.chainKey, seq: last.seq + 1 };
};

const copyInPlace: AccessTamper = (attacker) => {
  loosen(attacker);
  const copied = anyEntry(attacker);
  insert(attacker, copied);
  return placeOf(copied);
};

/** Takes the last entry of one chain to the end of another. */
const moveToAnother: AccessTamper = (attacker) => {
  const from = namedChain(attacker).at(-1)!;
  const to = attacker.all('SELECT chainKey, max(seq) AS seq FROM accessLog WHERE chainKey <> ? GROUP BY chainKey', from.chainKey); // prettier-ignore
  const end = attacker.chance.oneOf(to);
  remove(attacker, from);
  const place = { chainKey: String(end.chainKey), seq: Number(end.seq) + 1 };
  insert(attacker, { ...from, ...place });
  return place;
};

const swapChains: AccessTamper = (attacker) => {
  const one = namedChain(attacker)[0]!.chainKey;
  const [other] = attacker.all('SELECT DISTINCT chainKey FROM accessLog WHERE chainKey <> ?', one);
  const names = [one, String(other?.chainKey)] as const;
  for (const table of ['accessLog', 'accessSubjects'])
    for (const [from, to] of [
      [names[0], '~'],
      [names[1], names[0]],
      ['~', names[1]],
    ] as const)
      // prettier-ignore
      attacker.run(`UPDATE ${table} SET chainKey = ? WHERE chainKey = ?`, to, from);
  return { chainKey: one, seq: 1 };
};

/** Hides an entry from whoever asks for it by what it is about. */
const hide: AccessTamper = (attacker) => {
  const entry = anyEntry(attacker);
  const id = attacker.chance.oneOf(subjectsOf(entry.subject));
  attacker.run(`DELETE FROM accessSubjects WHERE subject = ? AND chainKey = ? AND seq = ?`, id, entry.chainKey, entry.seq); // prettier-ignore
  return placeOf(entry);
};

/** A time changed wherever it stands. */
const retime: AccessTamper = (attacker) => {
  const entry = anyEntry(attacker);
  for (const table of ['accessLog', 'accessSubjects'])
    attacker.run(`UPDATE ${table} SET at = '2026-01-01T09:00:00.000Z' ${AT}`, entry.chainKey, entry.seq);
  return placeOf(entry);
};

/** Every class of change to the access log, by what was done. */
// prettier-ignore
export const ACCESS_TAMPERS: Readonly<Record<string, TamperClass<AccessPlace>>> = {
  'another person': { tamper: edit('personId', () => 'person-zed'), says: ['access.changed'] },
  'another action': { tamper: edit('action', ({ action }) => (action === 'record.open' ? 'record.list' : 'record.open')), says: ['access.changed'] },
  'another subject': { tamper: edit('subject', ({ subject }) => `${subject} SL-F0RGED00`), says: ['access.changed'] },
  'a changed grant': { tamper: edit('grantId', ({ grantId = '' }) => `${grantId}x`), says: ['access.changed'] },
  'another time': { tamper: edit('at', () => '2026-01-01T09:00:00.000Z'), says: ['access.changed'] },
  'another time, wherever it stands': { tamper: retime, says: ['access.changed'] },
  'another hash': { tamper: edit('hash', () => 'ab'.repeat(32)), says: ['access.changed', 'access.prev'] },
  'another hash before': { tamper: edit('prev', () => 'ab'.repeat(32)), says: ['access.changed'] },
  'another chain before': { tamper: (attacker) => {
    const first = attacker.chance.oneOf(attacker.all(`${SELECT} WHERE beforeKey IS NOT NULL`).map(asAccess));
    attacker.run(`UPDATE accessLog SET beforeSeq = ? ${AT}`, (first.before?.seq ?? 0) + 1, first.chainKey, first.seq);
    return placeOf(first);
  }, says: ['access.changed'] },
  'no chain before': { tamper: (attacker) => {
    const first = attacker.chance.oneOf(attacker.all(`${SELECT} WHERE beforeKey IS NOT NULL`).map(asAccess));
    attacker.run(`UPDATE accessLog SET beforeSeq = NULL ${AT}`, first.chainKey, first.seq);
    return placeOf(first);
  }, says: ['access.changed'] },
  'a deleted first entry': { tamper: removeAt('first'), says: ['access.gap'] },
  'a deleted middle entry': { tamper: removeAt('middle'), says: ['access.gap'] },
  'a deleted last entry': { tamper: removeAt('last'), says: ['access.short'] },
  'a deleted first entry, the others moved up': { tamper: removeAndRenumber, says: ['access.changed', 'access.short'] },
  'a deleted chain': { tamper: removeChain, says: ['access.missing'] },
  'swapped entries': { tamper: swap, says: ['access.changed'] },
  'swapped chains': { tamper: swapChains, says: ['access.changed', 'access.short', 'access.prev'] },
  'an entry moved to another chain': { tamper: moveToAnother, says: ['access.changed', 'access.short'] },
  'a duplicate in the same place': { tamper: copyInPlace, says: ['access.extra'] },
  'a duplicate at the end': { tamper: copyToTheEnd, says: ['access.changed'] },
  'an entry inserted in the middle': { tamper: insertBetween, says: ['access.changed', 'access.prev'] },
  'a forgery at the end': { tamper: forge, says: ['access.changed'] },
  'an entry that is not found any more': { tamper: hide, says: ['access.unfiled'] },
};
