import assert from 'node:assert/strict';
import { chainHash } from '../../src/committing.ts';
import type { Doc, DocAttacker, DocEntry, DocLink } from './aDocAttacker.ts';
import { seededKeys } from './aSeededStore.ts';
import { another, type TamperedAt } from './tamperSteps.ts';

/** Does something to documents, and says where. */
export type DocTamper = (attacker: DocAttacker) => TamperedAt;

export const at = ({ caseKey, seq, recordId }: DocLink): TamperedAt => ({ caseKey, seq, recordId });

export const bytesOf = (text: unknown): Buffer<ArrayBuffer> => Buffer.from(String(text), 'base64');

/** The same, by an attacker who then computes the hashes of the chain anew. */
export function andRehash(tamper: DocTamper): DocTamper {
  return (attacker) => {
    const where = tamper(attacker);
    attacker.rehash(where.caseKey ?? '');
    return where;
  };
}

/** The same, by an attacker who then computes the hashes of every chain anew. */
export function andRehashAll(tamper: DocTamper): DocTamper {
  return (attacker) => {
    const where = tamper(attacker);
    for (const caseKey of attacker.caseKeys()) attacker.rehash(caseKey);
    return where;
  };
}

/** Does something to the documents of any entry. */
export function change(
  how: (attacker: DocAttacker, link: DocLink) => void,
  place: (link: DocLink) => TamperedAt = at,
): DocTamper {
  return (attacker) => {
    const link = attacker.anyLink();
    how(attacker, link);
    return place(link);
  };
}

export function flipBytes({ chance }: DocAttacker, doc: Doc, name: string): void {
  const bytes = bytesOf(doc[name]);
  const place = chance.below(bytes.length);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << chance.below(8));
  doc[name] = bytes.toString('base64');
}

/** Changes a field of a header to something else of its kind, also where it stands in clear. */
export function editHeader(field?: string): DocTamper {
  return change((attacker, link) => {
    const doc = attacker.version(link);
    const header = doc.header as Record<string, unknown>; // every version has one
    const name = field ?? attacker.chance.oneOf(Object.keys(header));
    header[name] = another(header[name]);
    if (name === 'savedAt' || name === 'teamId') doc[name] = header[name];
  });
}

export function editEntry(...names: readonly string[]): DocTamper {
  return change((attacker, link) => {
    const entry = attacker.entry(link);
    const name = attacker.chance.oneOf(names);
    entry[name] = name === 'kind' ? (entry.kind === 'disputed' ? 'recorded' : 'disputed') : another(entry[name]);
  });
}

/** Makes the last entry of a chain follow something else, and computes its own hash, and the head, to fit. */
export const editLink: DocTamper = (attacker) => {
  const { caseKey } = attacker.anyLink();
  const last = attacker.chain(caseKey).at(-1)!;
  const { hash: _old, ...entry } = { ...last, prev: 'ab'.repeat(32) };
  const hash = chainHash(entry);
  Object.assign(attacker.entry(last), { prev: entry.prev, hash });
  attacker.head(caseKey).hash = hash;
  return at(last);
};

const PLACE_IN = {
  first: (_length: number) => 0,
  middle: (length: number) => Math.floor(length / 2),
  last: (length: number) => length - 1,
} as const;

/** Takes an entry away, and `withAll` also all else that stands for it. */
export function deleteEntry(place: keyof typeof PLACE_IN, withAll: boolean): DocTamper {
  return (attacker) => {
    const chain = attacker.chain(attacker.anyLink(3).caseKey);
    const link = chain[PLACE_IN[place](chain.length)]!;
    if (withAll) deleteBehind(attacker, link);
    else attacker.removeEntry(link);
    return at(link);
  };
}

/** Takes away a version with its entry, and all else that stands for it. */
function deleteBehind(attacker: DocAttacker, link: DocLink): void {
  attacker.remove('cases', attacker.version(link));
  attacker.remove('cases', attacker.key(link));
  attacker.remove('drafts', draftOf(attacker, link));
}

export function draftOf({ docs }: DocAttacker, { draftId }: DocLink): Doc {
  return docs.drafts.find((draft) => draft.draftId === draftId)!;
}

export function numberOf({ docs }: DocAttacker, { recordId }: Pick<DocLink, 'recordId'>): Doc {
  return docs.lookups.find((each) => each.doc === 'number' && each.recordId === recordId)!;
}

/** Takes a whole record out of a chain in which something follows it, so that no version of it is missed. */
export const deleteRecord: DocTamper = (attacker) => {
  const links = attacker.chance.oneOf(
    attacker.caseKeys().flatMap((caseKey) => {
      const chain = attacker.chain(caseKey);
      const records = [...Map.groupBy(chain, ({ recordId }) => recordId).values()];
      return records.filter((each) => each.at(-1)!.seq < chain.length);
    }),
  );
  for (const link of links) deleteBehind(attacker, link);
  attacker.remove('cases', attacker.one({ doc: 'record', recordId: links[0]!.recordId }));
  attacker.remove('lookups', numberOf(attacker, links[0]!));
  return at(links[0]!);
};

export const reorder: DocTamper = (attacker) => {
  const chain = attacker.chain(attacker.anyLink(2).caseKey);
  const first = attacker.chance.below(chain.length - 1);
  const second = first + 1 + attacker.chance.below(chain.length - first - 1);
  const [one, other] = [chain[first]!, chain[second]!];
  const [oneEntry, otherEntry] = [attacker.entry(one), attacker.entry(other)];
  oneEntry.seq = other.seq;
  otherEntry.seq = one.seq;
  return at(one);
};

/** Swaps whole entries between the documents of their versions, so that the chain is the same. */
export const swapEntries: DocTamper = (attacker) => {
  const chain = attacker.chain(attacker.anyLink(2).caseKey);
  const first = attacker.chance.below(chain.length - 1);
  const [one, other] = [chain[first]!, chain[first + 1]!];
  const [oneDoc, otherDoc] = [attacker.version(one), attacker.version(other)];
  [oneDoc.chained, otherDoc.chained] = [otherDoc.chained, oneDoc.chained];
  return at(one);
};

/** Takes an entry out of the document of its version, and puts it into one of its own. */
function setApartOf(attacker: DocAttacker, link: DocLink): void {
  attacker.removeEntry(link);
  attacker.addAlone(link);
}

export const setApart: DocTamper = change(setApartOf);

/** Leaves something else where an entry stood. */
export function replaceEntry(replaced: (entry: DocEntry) => unknown): DocTamper {
  return change((attacker, link) => {
    attacker.version(link).chained = replaced(attacker.entry(link));
  });
}

export const swapCaseFiles: DocTamper = (attacker) => {
  const keys = attacker.caseKeys();
  const first = attacker.chance.below(keys.length - 1);
  const [one, other] = [keys[first]!, keys[first + 1]!];
  const swapped = new Map([[one, other], [other, one]]); // prettier-ignore
  for (const doc of [...attacker.docs.cases, ...attacker.docs.lookups.filter((each) => each.doc === 'number')])
    doc.caseKey = swapped.get(String(doc.caseKey)) ?? doc.caseKey;
  return { caseKey: one };
};

/** Moves an entry with its version to the end of another case file. */
export const moveToOtherFile: DocTamper = (attacker) => {
  const link = attacker.anyLink();
  const to = attacker.chance.oneOf(attacker.caseKeys().filter((caseKey) => caseKey !== link.caseKey));
  const seq = attacker.chain(to).length + 1;
  attacker.entry(link).seq = seq;
  attacker.version(link).caseKey = to;
  attacker.key(link).caseKey = to;
  return { caseKey: to, seq, recordId: link.recordId };
};

/** Does something to the document of a version that is not the last of its case file, with its entry or without. */
function changeVersion(withEntry: boolean, how: (attacker: DocAttacker, version: Doc) => void): DocTamper {
  return (attacker) => {
    const chain = attacker.chain(attacker.anyLink(2).caseKey);
    const link = chain[attacker.chance.below(chain.length - 1)]!;
    if (!withEntry) setApartOf(attacker, link);
    how(attacker, attacker.version(link));
    return at(link);
  };
}

export function moveElsewhere(withEntry: boolean): DocTamper {
  return changeVersion(withEntry, (_, version) => {
    version.caseKey = 'elsewhere';
  });
}

export function deleteVersion(withEntry: boolean): DocTamper {
  return changeVersion(withEntry, (attacker, version) => attacker.remove('cases', version));
}

export const rollBackHead: DocTamper = (attacker) => {
  const chain = attacker.chain(attacker.anyLink(2).caseKey);
  const { caseKey, seq, hash } = chain[attacker.chance.below(chain.length - 1)]!;
  Object.assign(attacker.head(caseKey), { seq, hash });
  return { caseKey };
};

/** Swaps what stands in two versions, or for their keys. */
export function swap(...names: readonly ('payload' | 'wrapped' | 'commitment' | 'header')[]): DocTamper {
  return (attacker) => {
    const [one, other] = [attacker.anyLink(), attacker.anyLink(2)];
    if (one.recordId === other.recordId && one.version === other.version) return swap(...names)(attacker);
    for (const name of names) {
      const docOf = (link: DocLink): Doc => (name === 'wrapped' ? attacker.key(link) : attacker.version(link));
      const [first, second] = [docOf(one), docOf(other)];
      [first[name], second[name]] = [second[name], first[name]];
    }
    return at(one);
  };
}

/** By somebody who has the keys: seals what was signed again with one part of it changed. */
export function reseal(changed: (payload: Record<string, unknown>) => Record<string, unknown>): DocTamper {
  return change((attacker, link) => {
    const { caseKey, recordId, version } = link;
    const [doc, key] = [attacker.version(link), attacker.key(link)];
    const keys = seededKeys(attacker.chance);
    const place = { caseKey, recordId, version };
    const plain = keys.openVersion(place, { sealed: bytesOf(doc.payload), wrappedKey: bytesOf(key.wrapped) });
    const text = JSON.stringify(changed(JSON.parse(Buffer.from(plain).toString('utf8'))));
    const { sealed, wrappedKey } = keys.sealVersion(place, Buffer.from(text));
    doc.payload = Buffer.from(sealed).toString('base64');
    key.wrapped = Buffer.from(wrappedKey).toString('base64');
  });
}

/** Does something to the last draft of a chain, which vouches for all before it. */
export function changeLast(how: (attacker: DocAttacker, draft: Doc) => void): DocTamper {
  return (attacker) => {
    const last = attacker.chain(attacker.anyLink().caseKey).at(-1)!;
    how(attacker, draftOf(attacker, last));
    return at(last);
  };
}

export function onWording(how: (attacker: DocAttacker, wording: Doc) => void): DocTamper {
  return (attacker) => {
    const used = new Set(
      attacker.all({ doc: 'version' }).map(({ header }) => (header as { wordingHash: string }).wordingHash),
    ); // every version has one
    const wordingHash = attacker.chance.oneOf([...used]);
    const wording = attacker.docs.lookups.find((each) => each.doc === 'wording' && each.hash === wordingHash);
    assert.ok(wording !== undefined);
    how(attacker, wording);
    return { wordingHash };
  };
}
