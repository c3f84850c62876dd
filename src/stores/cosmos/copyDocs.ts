import { copiedText } from '../../copiedText.ts';
import type { CaseFile, Kept, KeptKind } from '../../copyPorts.ts';
import type { VersionHeader } from '../../ports.ts';
import { accessDoc } from './accessStore.ts';
import {
  chainDoc,
  chainedOf,
  headDoc,
  keyDoc,
  linkDoc,
  NO_HASH,
  recordDoc,
  versionDoc,
  versionId,
  type Chained,
} from './caseDocs.ts';
import { aliasDoc } from './caseAliases.ts';
import { caseDoc, grantDocs } from './caseStore.ts';
import type { ContainerName } from './containers.ts';
import { conversationDoc } from './conversationStore.ts';
import { draftDoc } from './draftStore.ts';
import { storeKeyDoc } from './keyStore.ts';
import { noticeDoc } from './noticeStore.ts';
import { deputyDoc, itemDoc, nudgeDoc, unreachableDoc } from './nudgeStore.ts';
import { numberDoc } from './recordStore.ts';
import { wordingDoc } from './wordings.ts';

/** A document with where it stands. */
export interface Placed {
  readonly container: ContainerName;
  readonly partition: string;
  readonly doc: { readonly id: string };
}

const inLookups = (doc: { readonly id: string; readonly key: string }): readonly Placed[] => [
  { container: 'lookups', partition: doc.key, doc },
];
const inPeople = (doc: { readonly id: string; readonly personId: string }): readonly Placed[] => [
  { container: 'people', partition: doc.personId, doc },
];
const inNudges = (doc: { readonly id: string; readonly owner: string }): readonly Placed[] => [
  { container: 'nudges', partition: doc.owner, doc },
];

/** The documents that something is kept as, in the order in which they are to be written. */
export const DOCS: { readonly [K in KeptKind]: (value: Kept[K], nth: number) => readonly Placed[] } = {
  storeKey: (key) => inLookups(storeKeyDoc(key)),
  access: (entry, nth) => [{ container: 'access', partition: entry.chainKey, doc: accessDoc(entry, nth) }],
  wording: (wording) => inLookups(wordingDoc(wording)),
  alias: (alias) => {
    const doc = aliasDoc(alias);
    return [{ container: 'cases', partition: doc.caseKey, doc }];
  },
  number: (reservation) => inLookups(numberDoc(reservation)),
  caseFile: (file) => caseFileDocs(file).map((doc) => ({ container: 'cases', partition: file.caseKey, doc })),
  grant: (grant) => {
    const { where, doc } = grantDocs(grant);
    return [...inLookups(where), { container: 'cases', partition: doc.caseKey, doc }];
  },
  draft: (draft) => [{ container: 'drafts', partition: draft.personId, doc: draftDoc(draft) }],
  conversation: (conversation) => inPeople(conversationDoc(conversation)),
  notice: ({ status, ...notice }) => inLookups(noticeDoc(notice, status)),
  nudge: (nudge) => inNudges(nudgeDoc(nudge)),
  item: (item) => inNudges(itemDoc(item)),
  deputy: (deputy) => inPeople(deputyDoc(deputy)),
  unreachable: ({ personId }) => inPeople(unreachableDoc(personId)),
};

/**
 * What its records are found by is made from their latest headers and the case teams, as a commit makes it; the head comes
 * last.
 */
function caseFileDocs(file: CaseFile): readonly Placed['doc'][] {
  const { caseKey, head = { seq: 0, hash: NO_HASH }, versions, chain, links, facts } = file;
  const known = facts && caseDoc(facts);
  const teamIds = known?.teamIds ?? [];
  const { entryOf, others } = pairedWith(versions, chain);
  return [
    ...versions.map((version) => versionDoc({ ...version, caseKey }, entryOf(version))),
    ...versions.flatMap(({ header, wrappedKey }) =>
      wrappedKey === undefined ? [] : [keyDoc({ caseKey, header, wrappedKey })],
    ),
    ...others.map(({ hash, ...entry }) => chainDoc(entry, hash)),
    ...latestHeaders(versions).map((header) => recordDoc(caseKey, header, teamIds)),
    ...links.map((link) => linkDoc(caseKey, link, teamIds)),
    ...(known === undefined ? [] : [known]),
    headDoc(caseKey, head.seq, head.hash, teamIds),
  ];
}

/**
 * The chain entry of each version, and those without one, which are kept by themselves: what is copied may have been tampered
 * with, and is to be found so.
 */
function pairedWith(versions: CaseFile['versions'], chain: CaseFile['chain']) {
  const keyOf = ({ recordId, version }: { readonly recordId: string; readonly version: number }): string =>
    versionId(recordId, version);
  const first = new Map(chain.toReversed().map((entry) => [keyOf(entry), entry]));
  const there = new Set(versions.map(({ header }) => keyOf(header)));
  return {
    entryOf: ({ header }: CaseFile['versions'][number]): Chained | undefined => {
      const entry = first.get(keyOf(header));
      return entry && chainedOf(entry, entry.hash);
    },
    others: chain.filter((entry) => !there.has(keyOf(entry)) || first.get(keyOf(entry)) !== entry),
  };
}

function latestHeaders(versions: CaseFile['versions']): readonly VersionHeader[] {
  const latest = new Map<string, VersionHeader>();
  for (const { header } of versions) {
    if ((latest.get(header.recordId)?.version ?? 0) < header.version) latest.set(header.recordId, header);
  }
  return [...latest.values()];
}

/** Who wrote a document, and as which of its own, says nothing of what it holds. */
const OF_THE_WRITER: ReadonlySet<string> = new Set(['writtenBy', 'nth']);

/** Whether two documents hold the same. */
export function isSame(wanted: object, there: object | undefined): boolean {
  const held = (doc: object): string =>
    copiedText(
      Object.fromEntries(Object.entries(doc).filter(([name]) => !name.startsWith('_') && !OF_THE_WRITER.has(name))),
    );
  return there !== undefined && held(wanted) === held(there);
}
