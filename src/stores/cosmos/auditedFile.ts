import type { AuditedEntry, AuditedVersion, Unfiled, UnchainedVersion } from '../../auditPorts.ts';
import { CodedError } from '../../errors.ts';
import type { ChainEntry, ChainHead } from '../../ports.ts';
import {
  asChained,
  HEAD_ID,
  keyId,
  versionId,
  type Chained,
  type KeyDoc,
  type LinkDoc,
  type VersionDoc,
} from './caseDocs.ts';
import { DOCS, isSame } from './copyDocs.ts';
import { caseFileOf, type CaseFileDoc } from './copyReading.ts';
import { packBytes, unpackBytes } from './text.ts';

/** A chain entry with what stands in its own case file, and the number that its record says it has. */
export interface FiledEntry extends Omit<AuditedEntry, 'reservation'> {
  readonly number: string | undefined;
}

/** A case file as it is verified: nothing that was read is taken for granted. */
export interface AuditedFile {
  readonly caseKey: string;
  readonly entries: readonly FiledEntry[];
  readonly head: Omit<ChainHead, 'etag'> | undefined;
  readonly unchained: readonly UnchainedVersion[];
  readonly unfiled: readonly Unfiled[];
  readonly links: readonly LinkDoc[];
}

export function auditedFile(caseKey: string, all: readonly CaseFileDoc[]): AuditedFile {
  // Grants are looked at by themselves, and aliases are no part of a case file.
  const docs = all.filter(({ doc }) => doc !== 'grant' && doc !== 'alias');
  const byId = new Map(docs.map((each) => [each.id, each]));
  const versions = docs.filter((each): each is VersionDoc => each.doc === 'version');
  const alone = docs.filter(({ doc }) => doc === 'chain').flatMap((each) => entryIn(caseKey, each));
  const entries = [...versions.flatMap(({ chained }) => entryIn(caseKey, chained)), ...alone].sort(
    (a, b) => a.seq - b.seq,
  );
  const named = new Set(alone.map(nameOf));
  return {
    caseKey,
    entries: entries.map(({ hash, ...entry }) => ({
      ...{ entry, hash, version: versionOf(byId, entry) },
      number: numberOf(byId.get(versionId(entry.recordId, entry.version))),
    })),
    head: headOf(caseKey, byId.get(HEAD_ID)),
    unchained: versions
      .filter((each) => !isChained(each) && !named.has(each.id))
      .map(({ recordId, version }) => ({ caseKey, recordId, version })),
    unfiled: unfiledIn(caseKey, docs, byId),
    links: docs.filter((each): each is LinkDoc => each.doc === 'link'),
  };
}

/** Whether all of a case file fits together, so that no part of a commit was seen without the rest. */
export function isTogether({ entries, head, unchained, unfiled }: AuditedFile): boolean {
  const last = entries.at(-1);
  const isInRow = entries.every(({ entry, version }, at) => entry.seq === at + 1 && version?.wrappedKey !== undefined);
  const isEnded = head?.seq === last?.entry.seq && head?.hash === last?.hash;
  return isInRow && isEnded && unchained.length === 0 && unfiled.length === 0;
}

const TEXTS = ['caseKey', 'kind', 'recordId', 'at', 'actor', 'draftId', 'commitment', 'prev', 'hash'] as const;

type Entry = ChainEntry & { readonly hash: string };

/** The entry that something holds: what does not hold what every entry holds is none. */
function entryIn(caseKey: string, found: unknown): readonly Entry[] {
  if (typeof found !== 'object' || found === null) return [];
  const entry = asChained(caseKey, found as Chained); // as it was written, or not: that is looked at here
  const isPlace = Number.isSafeInteger(entry.seq) && entry.seq > 0 && Number.isSafeInteger(entry.version);
  return isPlace && TEXTS.every((name) => typeof entry[name] === 'string') ? [entry] : [];
}

/** Whether the entry that stands in the document of a version is its own. */
function isChained({ id, caseKey, chained }: VersionDoc): boolean {
  return entryIn(caseKey, chained).some((entry) => nameOf(entry) === id);
}

const nameOf = ({ recordId, version }: Entry): string => versionId(recordId, version);

function versionOf(
  byId: ReadonlyMap<string, CaseFileDoc>,
  { recordId, version }: Pick<ChainEntry, 'recordId' | 'version'>,
): AuditedVersion | undefined {
  const found = byId.get(versionId(recordId, version));
  if (found?.doc !== 'version') return undefined;
  const key = byId.get(keyId(recordId, version));
  return asAudited(found, key?.doc === 'key' ? key : undefined);
}

/** A version as it stands in its document; bytes that are none are none that open. */
export function asAudited(
  { caseKey, header, payload, commitment }: VersionDoc,
  key: KeyDoc | undefined,
): AuditedVersion {
  return {
    caseKey,
    header: header === undefined ? '' : JSON.stringify(header), // a document that was tampered with may have none
    payload: bytesOf(payload),
    wrappedKey: key && bytesOf(key.wrapped),
    commitment,
  };
}

/** Bytes as they stand in a document; none where they are not written as the adapter writes them. */
export function bytesOf(text: unknown): Uint8Array {
  const bytes = typeof text === 'string' ? unpackBytes(text) : new Uint8Array(0);
  return packBytes(bytes) === text ? bytes : new Uint8Array(0);
}

function numberOf(found: CaseFileDoc | undefined): string | undefined {
  const number: unknown =
    found?.doc === 'version' ? (found.header as Partial<VersionDoc['header']> | undefined)?.number : undefined; // a document that was tampered with may have none
  return typeof number === 'string' ? number : undefined;
}

/** A case file in which nothing was recorded has a head that says so. */
function headOf(caseKey: string, found: CaseFileDoc | undefined): AuditedFile['head'] {
  if (found?.doc !== 'head' || found.seq === 0) return undefined;
  return { caseKey, seq: found.seq, hash: found.hash };
}

/** Documents that are not what a commit, a link or a case with these teams writes, each record once. */
function unfiledIn(
  caseKey: string,
  docs: readonly CaseFileDoc[],
  byId: ReadonlyMap<string, CaseFileDoc>,
): readonly Unfiled[] {
  const wanted = wantedDocs(caseKey, docs);
  if (wanted === undefined) return [{ caseKey }];
  const other = docs.filter((each) => !isSame(each, wanted.get(each.id)));
  const missing = [...wanted.values()].filter(({ id }) => !byId.has(id));
  const records = new Set(
    [...other, ...missing].map((each) => ('recordId' in each ? String(each.recordId) : undefined)),
  );
  return [...records].map((recordId) => (recordId === undefined ? { caseKey } : { caseKey, recordId }));
}

/** Every document of a case file, made from its versions, chain, links and teams; `undefined` where these are not whole. */
function wantedDocs(
  caseKey: string,
  docs: readonly CaseFileDoc[],
): ReadonlyMap<string, { readonly id: string }> | undefined {
  try {
    const [file] = caseFileOf(caseKey, docs);
    const placed = file === undefined ? [] : DOCS.caseFile(file, 0);
    return new Map(placed.map(({ doc }) => [doc.id, doc]));
  } catch (error) {
    // What cannot be read as what it should be is a document that was changed.
    if (error instanceof TypeError || error instanceof CodedError) return undefined;
    throw error;
  }
}
