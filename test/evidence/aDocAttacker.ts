import { chainHash } from '../../src/committing.ts';
import type { ChainEntry } from '../../src/ports.ts';
import { asChained, chainId, type ChainDoc } from '../../src/stores/cosmos/caseDocs.ts';
import type { ContainerName } from '../../src/stores/cosmos/containers.ts';
import type { Chance } from './aSeededStore.ts';

/** A document as somebody sees it who can write to the account. */
export type Doc = Record<string, unknown> & { id: string };

export type Docs = Record<ContainerName, Doc[]>;

export type DocLink = ChainEntry & { readonly hash: string };

/** Somebody who can write to the account, and has no keys: to `docs`, which are put in the place of those that are there. */
export interface DocAttacker {
  readonly chance: Chance;
  readonly docs: Docs;
  /** A document of the case files that holds these values. */
  one(values: Readonly<Record<string, unknown>>): Doc;
  all(values: Readonly<Record<string, unknown>>): readonly Doc[];
  version(link: Pick<DocLink, 'recordId' | 'version'>): Doc;
  key(link: Pick<DocLink, 'recordId' | 'version'>): Doc;
  /** The document that holds an entry. */
  entry(link: Pick<DocLink, 'caseKey' | 'seq'>): Doc;
  head(caseKey: string): Doc;
  remove(container: ContainerName, doc: Doc): void;
  /** Any entry; of a chain with at least `atLeast` entries. */
  anyLink(atLeast?: number): DocLink;
  chain(caseKey: string): readonly DocLink[];
  caseKeys(): readonly string[];
  /** Numbers a chain from 1 on, computes its hashes anew and sets its head: what hashes alone allow. */
  rehash(caseKey: string): void;
}

export function aDocAttacker(docs: Docs, chance: Chance): DocAttacker {
  const holds = (doc: Doc, values: Readonly<Record<string, unknown>>): boolean =>
    Object.entries(values).every(([name, value]) => doc[name] === value);
  const chainDocs = (caseKey: string): readonly Doc[] =>
    attacker.all({ doc: 'chain', caseKey }).toSorted((a, b) => Number(a.seq) - Number(b.seq));
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
    entry: ({ caseKey, seq }) => attacker.one({ doc: 'chain', caseKey, seq }),
    head: (caseKey) => attacker.one({ doc: 'head', caseKey }),
    remove(container, doc) {
      docs[container].splice(docs[container].indexOf(doc), 1);
    },
    caseKeys: () => [...new Set(attacker.all({ doc: 'chain' }).map(({ caseKey }) => String(caseKey)))].sort(),
    anyLink(atLeast = 1) {
      const files = attacker.caseKeys().map((caseKey) => attacker.chain(caseKey));
      return chance.oneOf(chance.oneOf(files.filter(({ length }) => length >= atLeast)));
    },
    chain: (caseKey) => chainDocs(caseKey).map((doc) => asChained(doc as unknown as ChainDoc)), // written by the adapter
    rehash(caseKey) {
      let prev = '0'.repeat(64);
      const links = chainDocs(caseKey);
      for (const [at, doc] of links.entries()) {
        Object.assign(doc, { id: chainId(at + 1), seq: at + 1, prev });
        const { hash: _old, ...entry } = asChained(doc as unknown as ChainDoc); // written by the adapter
        prev = chainHash(entry);
        doc.hash = prev;
      }
      const head = attacker.all({ doc: 'head', caseKey })[0];
      if (head !== undefined) Object.assign(head, { seq: links.length, hash: prev });
    },
  };
  return attacker;
}
