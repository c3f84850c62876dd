import { chainHash } from '../../src/committing.ts';
import type { ChainEntry } from '../../src/ports.ts';
import { asChained, chainDoc, type Chained } from '../../src/stores/cosmos/caseDocs.ts';
import type { ContainerName } from '../../src/stores/cosmos/containers.ts';
import type { Chance } from './aSeededStore.ts';

/** A document as somebody sees it who can write to the account. */
export type Doc = Record<string, unknown> & { id: string };

export type Docs = Record<ContainerName, Doc[]>;

export type DocLink = ChainEntry & { readonly hash: string };

/** An entry as it stands in the document of its version, or in one of its own. */
export type DocEntry = Record<string, unknown>;

/** Somebody who can write to the account, and has no keys: to `docs`, which are put in the place of those that are there. */
export interface DocAttacker {
  readonly chance: Chance;
  readonly docs: Docs;
  /** A document of the case files that holds these values. */
  one(values: Readonly<Record<string, unknown>>): Doc;
  all(values: Readonly<Record<string, unknown>>): readonly Doc[];
  version(link: Pick<DocLink, 'recordId' | 'version'>): Doc;
  key(link: Pick<DocLink, 'recordId' | 'version'>): Doc;
  entry(link: Pick<DocLink, 'caseKey' | 'seq'>): DocEntry;
  /** Takes an entry away, and leaves its version. */
  removeEntry(link: Pick<DocLink, 'caseKey' | 'seq'>): void;
  /** Puts an entry into a document of its own, under the id that the adapter gives it or another one. */
  addAlone(link: DocLink, id?: string): void;
  head(caseKey: string): Doc;
  remove(container: ContainerName, doc: Doc): void;
  /** Any entry; of a chain with at least `atLeast` entries. */
  anyLink(atLeast?: number): DocLink;
  chain(caseKey: string): readonly DocLink[];
  caseKeys(): readonly string[];
  /** Numbers a chain from 1 on, computes its hashes anew and sets its head: what hashes alone allow. */
  rehash(caseKey: string): void;
}

/** An entry with the document that it stands in: the same, where it is one of its own. */
interface Held {
  readonly doc: Doc;
  readonly entry: DocEntry;
}

function heldIn(doc: Doc): readonly Held[] {
  if (doc.doc === 'chain') return [{ doc, entry: doc }];
  return doc.chained === undefined ? [] : [{ doc, entry: doc.chained as DocEntry }]; // written by the adapter
}

const linkIn = (caseKey: string, entry: DocEntry): DocLink => asChained(caseKey, entry as unknown as Chained); // written by the adapter

export function aDocAttacker(docs: Docs, chance: Chance): DocAttacker {
  const holds = (doc: Doc, values: Readonly<Record<string, unknown>>): boolean =>
    Object.entries(values).every(([name, value]) => doc[name] === value);
  const held = (caseKey: string): readonly Held[] =>
    attacker.all({ caseKey }).flatMap(heldIn).toSorted((a, b) => Number(a.entry.seq) - Number(b.entry.seq)); // prettier-ignore
  const heldAt = ({ caseKey, seq }: Pick<DocLink, 'caseKey' | 'seq'>): Held => {
    const found = held(caseKey).find(({ entry }) => entry.seq === seq);
    if (found === undefined) throw new Error(`no entry ${seq} in ${caseKey}`);
    return found;
  };
  const attacker: DocAttacker = {
    chance,
    docs,
    all: (values) => docs.cases.filter((doc) => holds(doc, values)),
    one(values) {
      const found = docs.cases.find((doc) => holds(doc, values));
      if (found === undefined) throw new Error(`nothing found by ${JSON.stringify(values)}`);
      return found;
    },
    version: ({ recordId, version }) => attacker.one({ doc: 'version', recordId, version }),
    key: ({ recordId, version }) => attacker.one({ doc: 'key', recordId, version }),
    entry: (link) => heldAt(link).entry,
    removeEntry(link) {
      const { doc, entry } = heldAt(link);
      if (doc === entry) attacker.remove('cases', doc);
      else delete doc.chained;
    },
    addAlone({ hash, ...entry }, id) {
      docs.cases.push({ ...chainDoc(entry, hash), ...(id === undefined ? {} : { id }) });
    },
    head: (caseKey) => attacker.one({ doc: 'head', caseKey }),
    remove(container, doc) {
      docs[container].splice(docs[container].indexOf(doc), 1);
    },
    caseKeys: () => [...new Set(docs.cases.flatMap(heldIn).map(({ doc }) => String(doc.caseKey)))].sort(),
    anyLink(atLeast = 1) {
      const files = attacker.caseKeys().map((caseKey) => attacker.chain(caseKey));
      return chance.oneOf(chance.oneOf(files.filter(({ length }) => length >= atLeast)));
    },
    chain: (caseKey) => held(caseKey).map(({ entry }) => linkIn(caseKey, entry)),
    rehash(caseKey) {
      let prev = '0'.repeat(64);
      const links = held(caseKey);
      for (const [at, { doc, entry }] of links.entries()) {
        Object.assign(entry, { seq: at + 1, prev });
        const { hash: _old, ...link } = linkIn(caseKey, entry);
        prev = chainHash(link);
        entry.hash = prev;
        if (doc === entry) doc.id = chainDoc(link, prev).id;
      }
      const head = attacker.all({ doc: 'head', caseKey })[0];
      if (head !== undefined) Object.assign(head, { seq: links.length, hash: prev });
    },
  };
  return attacker;
}
