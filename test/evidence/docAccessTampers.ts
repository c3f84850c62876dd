import { accessHash } from '../../src/accessLog.ts';
import type { AccessPlace, ChainedAccess } from '../../src/accessLogPorts.ts';
import { keysFrom } from '../../src/sealing.ts';
import { accessDoc, asAccess, type AccessDoc } from '../../src/stores/cosmos/accessStore.ts';
import { TENANT } from '../src/aBench.ts';
import type { Doc, DocAttacker } from './aDocAttacker.ts';
import type { TamperClass } from './tamperedCopies.ts';

/** Does something to the documents of an access log, and says where: one finding at least must be there. */
type AccessTamper = (attacker: DocAttacker) => AccessPlace;

/** What somebody without the keys may take for them. */
const OTHER_KEYS = keysFrom(
  { tenantId: TENANT, lookupKey: new Uint8Array(32).fill(7), storeKey: new Uint8Array(32).fill(7) },
  { bytes: (length) => new Uint8Array(length) },
);

const entryIn = (doc: Doc): ChainedAccess => asAccess(doc as unknown as AccessDoc); // written by the adapter
const placeOf = ({ chainKey, seq }: AccessPlace): AccessPlace => ({ chainKey, seq });

function chains({ docs }: DocAttacker): readonly (readonly Doc[])[] {
  const byChain = Map.groupBy(docs.access, ({ chainKey }) => chainKey);
  return [...byChain.values()].map((chain) => chain.toSorted((a, b) => Number(a.seq) - Number(b.seq)));
}

function anyEntry(attacker: DocAttacker): Doc {
  return attacker.chance.oneOf(attacker.chance.oneOf(chains(attacker)));
}

/** A chain of several entries up to whose very end another one names it. */
function namedChain(attacker: DocAttacker): readonly Doc[] {
  const named = new Set(attacker.docs.access.map((doc) => JSON.stringify(entryIn(doc).before)));
  const isNamed = (chain: readonly Doc[]): boolean => named.has(JSON.stringify(placeOf(entryIn(chain.at(-1)!))));
  return attacker.chance.oneOf(chains(attacker).filter((chain) => chain.length > 2 && isNamed(chain)));
}

function edit(how: (doc: Doc, entry: ChainedAccess) => void, pick = anyEntry): AccessTamper {
  return (attacker) => {
    const doc = pick(attacker);
    const place = placeOf(entryIn(doc));
    how(doc, entryIn(doc));
    return place;
  };
}

function removeAt(at: number): AccessTamper {
  return (attacker) => {
    const doc = namedChain(attacker).at(at)!;
    attacker.remove('access', doc);
    return placeOf(entryIn(doc));
  };
}

function insert(attacker: DocAttacker, entry: ChainedAccess, id?: string): AccessPlace {
  attacker.docs.access.push({ ...accessDoc(entry, 0), ...(id === undefined ? {} : { id }) });
  return placeOf(entry);
}

const removeAndRenumber: AccessTamper = (attacker) => {
  const [first, ...rest] = namedChain(attacker);
  for (const doc of [first!, ...rest]) attacker.remove('access', doc);
  for (const doc of rest) insert(attacker, { ...entryIn(doc), seq: Number(doc.seq) - 1 });
  return placeOf(entryIn(first!));
};

const removeChain: AccessTamper = (attacker) => {
  const chain = namedChain(attacker);
  for (const doc of chain) attacker.remove('access', doc);
  return placeOf(entryIn(chain.at(-1)!));
};

const swap: AccessTamper = (attacker) => {
  const [first, second] = namedChain(attacker).slice(0, 2).map(entryIn);
  for (const doc of namedChainOf(attacker, first!.chainKey).slice(0, 2)) attacker.remove('access', doc);
  insert(attacker, { ...second!, seq: first!.seq });
  insert(attacker, { ...first!, seq: second!.seq });
  return placeOf(first!);
};

function namedChainOf(attacker: DocAttacker, chainKey: string): readonly Doc[] {
  return chains(attacker).find(([first]) => first?.chainKey === chainKey)!;
}

/** Takes the last entry of one chain to the end of another. */
const moveToAnother: AccessTamper = (attacker) => {
  const from = namedChain(attacker).at(-1)!;
  const others = chains(attacker).filter(([first]) => first?.chainKey !== from.chainKey);
  const end = entryIn(attacker.chance.oneOf(others).at(-1)!);
  attacker.remove('access', from);
  return insert(attacker, { ...entryIn(from), chainKey: end.chainKey, seq: end.seq + 1 });
};

/** Makes an entry without the keys, and puts it at the end of a chain. */
const forge: AccessTamper = (attacker) => {
  const { before: _none, ...last } = entryIn(namedChainOf(attacker, String(anyEntry(attacker).chainKey)).at(-1)!);
  const link = { ...last, seq: last.seq + 1, prev: last.hash, subject: 'SL-F0RGED00' };
  return insert(attacker, { ...link, hash: accessHash(OTHER_KEYS, link) });
};

const copyToTheEnd: AccessTamper = (attacker) => {
  const copied = entryIn(anyEntry(attacker));
  const last = entryIn(namedChainOf(attacker, copied.chainKey).at(-1)!);
  return insert(attacker, { ...copied, seq: last.seq + 1 });
};

const withBefore = (attacker: DocAttacker): Doc =>
  attacker.chance.oneOf(attacker.docs.access.filter((doc) => entryIn(doc).before !== undefined));

/** Every class of change to the access log, by what was done. */
// prettier-ignore
export const DOC_ACCESS_TAMPERS: Readonly<Record<string, TamperClass<AccessPlace, DocAttacker>>> = {
  'another person': { tamper: edit((doc) => { doc.personId = 'person-zed'; }), says: ['access.changed'] },
  'another action': { tamper: edit((doc, { action }) => { doc.action = action === 'record.open' ? 'record.list' : 'record.open'; }), says: ['access.changed'] },
  'another subject': { tamper: edit((doc, { subject }) => { doc.subject = `${subject} SL-F0RGED00`; }), says: ['access.changed'] },
  'a changed grant': { tamper: edit((doc, { grantId = '' }) => { doc.grantId = `${grantId}x`; }), says: ['access.changed'] },
  'another time': { tamper: edit((doc) => { doc.at = '2026-01-01T09:00:00.000Z'; }), says: ['access.changed'] },
  'another hash': { tamper: edit((doc) => { doc.hash = 'ab'.repeat(32); }), says: ['access.changed', 'access.prev'] },
  'another hash before': { tamper: edit((doc) => { doc.prev = 'ab'.repeat(32); }), says: ['access.changed'] },
  'another chain before': { tamper: edit((doc, { before }) => { doc.before = { ...before, seq: (before?.seq ?? 0) + 1 }; }, withBefore), says: ['access.changed'] },
  'no chain before': { tamper: edit((doc) => { delete doc.before; }, withBefore), says: ['access.changed'] },
  'a deleted first entry': { tamper: removeAt(0), says: ['access.gap'] },
  'a deleted middle entry': { tamper: removeAt(1), says: ['access.gap'] },
  'a deleted last entry': { tamper: removeAt(-1), says: ['access.short'] },
  'a deleted first entry, the others moved up': { tamper: removeAndRenumber, says: ['access.changed', 'access.short'] },
  'a deleted chain': { tamper: removeChain, says: ['access.missing'] },
  'swapped entries': { tamper: swap, says: ['access.changed'] },
  'an entry moved to another chain': { tamper: moveToAnother, says: ['access.changed', 'access.short'] },
  'a duplicate in the same place': { tamper: (attacker) => insert(attacker, entryIn(anyEntry(attacker)), 'another'), says: ['access.extra', 'access.unfiled'] },
  'a duplicate at the end': { tamper: copyToTheEnd, says: ['access.changed'] },
  'a forgery at the end': { tamper: forge, says: ['access.changed'] },
  'an entry that is not found any more': { tamper: edit((doc) => { doc.subjects = (doc.subjects as string[]).slice(1); }), says: ['access.unfiled'] }, // every entry has one
  'an entry under another id': { tamper: edit((doc) => { doc.id = 'another'; }), says: ['access.unfiled', 'access.prev'] },
};
