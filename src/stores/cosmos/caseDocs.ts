import type { ChainEntry, ChainHead, StoredVersion, VersionHeader } from '../../ports.ts';
import type { SearchKey } from '../../searchPorts.ts';
import { searchKeyText } from '../searchKeyText.ts';
import { cosmosFault } from './cosmosFault.ts';
import { idOf, packBytes, unpackBytes } from './text.ts';

/** A chain entry with its hash, as it stands in a document of its case file. */
export type Chained = Omit<ChainEntry, 'caseKey'> & { readonly hash: string };

/** A version as it was committed, with its chain entry: never changed. */
export interface VersionDoc {
  readonly id: string;
  readonly caseKey: string;
  readonly doc: 'version';
  readonly recordId: string;
  readonly version: number;
  readonly teamId: string;
  readonly savedAt: string;
  readonly header: VersionHeader;
  readonly payload: string;
  readonly commitment: string;
  /** Absent only where the chain has no entry for it, in a copy of what was found so. */
  readonly chained?: Chained;
}

/** The wrapped key of a version: what is deleted to destroy its payload, and replaced when keys are rotated. */
export interface KeyDoc {
  readonly id: string;
  readonly caseKey: string;
  readonly doc: 'key';
  readonly recordId: string;
  readonly version: number;
  readonly wrapped: string;
}

/** A chain entry without its version, in a copy of what was found so. */
export interface ChainDoc extends ChainEntry {
  readonly id: string;
  readonly doc: 'chain';
  readonly hash: string;
}

/**
 * What lists find a record by: the header of its latest version and what follows from it. Written in the batch of each
 * version, so that it is never another truth than the versions are.
 */
export interface RecordDoc {
  readonly id: string;
  readonly caseKey: string;
  readonly doc: 'record';
  readonly recordId: string;
  readonly version: number;
  readonly authorId: string;
  readonly teamId: string;
  readonly type: string;
  readonly contactAt: string;
  /** What it is found under; the teams of its case among it, while it belongs to the case file that it stands in. */
  readonly keys: readonly string[];
  readonly due?: string;
  readonly isAway?: true;
  readonly isToBeCompleted?: true;
  readonly isUnlinked?: true;
  readonly header: VersionHeader;
}

/** The end of a case file's chain. Carries the case teams, so that no commit misses a change of them. */
export interface HeadDoc {
  readonly id: 'head';
  readonly caseKey: string;
  readonly doc: 'head';
  readonly seq: number;
  readonly hash: string;
  readonly teamIds: readonly string[];
}

/** A record of another case file that was linked into this one, found under the teams of this one. */
export interface LinkDoc {
  readonly id: string;
  readonly caseKey: string;
  readonly doc: 'link';
  readonly recordId: string;
  readonly homeCaseKey: string;
  readonly keys: readonly string[];
}

export const HEAD_ID = 'head';
export const NO_HASH = '0'.repeat(64);

export const versionId = (recordId: string, version: number): string => idOf('version', recordId, version);
export const keyId = (recordId: string, version: number): string => idOf('key', recordId, version);
export const recordDocId = (recordId: string): string => idOf('record', recordId);
export const linkId = (recordId: string): string => idOf('link', recordId);

/** What a commit rests on, as the domain carries it about: the head’s own etag, and the case teams of that moment. */
interface Resting {
  readonly etag: string;
  readonly teamIds: readonly string[];
}

export function asHead(caseKey: string, doc: (HeadDoc & { readonly _etag: string }) | undefined): ChainHead {
  if (doc === undefined) return { caseKey, seq: 0, hash: NO_HASH, etag: '' };
  const { seq, hash, teamIds, _etag } = doc;
  return { caseKey, seq, hash, etag: JSON.stringify({ etag: _etag, teamIds } satisfies Resting) };
}

/** What `asHead` put into an etag; `undefined` where there was no head. */
export function restingOn({ etag }: ChainHead): Resting | undefined {
  return etag === '' ? undefined : (JSON.parse(etag) as Resting); // written by `asHead` above
}

export function headDoc(caseKey: string, seq: number, hash: string, teamIds: readonly string[]): HeadDoc {
  return { id: HEAD_ID, caseKey, doc: 'head', seq, hash, teamIds };
}

export function versionDoc(
  { caseKey, header, payload, commitment }: Omit<StoredVersion, 'wrappedKey'>,
  chained: Chained | undefined,
): VersionDoc {
  const { recordId, version, teamId, savedAt } = header;
  const id = versionId(recordId, version);
  return {
    id,
    caseKey,
    doc: 'version',
    recordId,
    version,
    teamId,
    savedAt,
    header,
    payload: packBytes(payload),
    commitment,
    ...(chained === undefined ? {} : { chained }),
  };
}

export function keyDoc(of: Pick<StoredVersion, 'caseKey' | 'header' | 'wrappedKey'>): KeyDoc {
  const { caseKey, header: { recordId, version }, wrappedKey } = of; // prettier-ignore
  return { id: keyId(recordId, version), caseKey, doc: 'key', recordId, version, wrapped: packBytes(wrappedKey) };
}

export function chainDoc(entry: ChainEntry, hash: string): ChainDoc {
  return { id: idOf('chain', entry.seq), doc: 'chain', ...entry, hash };
}

/** A chain entry as it stands in the document of its version. */
export function chainedOf(entry: ChainEntry, hash: string): Chained {
  const { seq, kind, recordId, version, at, actor, draftId, commitment, prev } = entry;
  return { seq, kind, recordId, version, at, actor, draftId, commitment, prev, hash };
}

/** A chain entry as it was written. */
export function asChained(
  caseKey: string,
  { seq, kind, recordId, version, at, actor, draftId, commitment, prev, hash }: Chained,
): ChainEntry & { readonly hash: string } {
  return { caseKey, seq, kind, recordId, version, at, actor, draftId, commitment, prev, hash };
}

/** What a record is found by, in a case file with these teams. */
export function recordDoc(caseKey: string, header: VersionHeader, caseTeams: readonly string[]): RecordDoc {
  const { recordId, version, authorId, teamId, type, contactAt, openItems, isUnlinked, linkedTo = caseKey } = header;
  const isAway = linkedTo !== caseKey;
  const [due] = openItems.map((item) => item.due).sort();
  return {
    ...{ id: recordDocId(recordId), caseKey, doc: 'record', recordId, version, authorId, teamId, type, contactAt },
    keys: keysOf(header, isAway ? [] : caseTeams),
    ...(due === undefined ? {} : { due }),
    ...(isAway ? { isAway } : {}),
    ...(openItems.some(({ kind }) => kind === 'completion') ? { isToBeCompleted: true } : {}),
    ...(isUnlinked ? { isUnlinked } : {}),
    header,
  };
}

/** The note of a record of another case file, in a case file with these teams. */
export function linkDoc(
  caseKey: string,
  { recordId, homeCaseKey }: Pick<LinkDoc, 'recordId' | 'homeCaseKey'>,
  teamIds: readonly string[],
): LinkDoc {
  return { id: linkId(recordId), caseKey, doc: 'link', recordId, homeCaseKey, keys: teamKeys(teamIds) };
}

/** What is found under the teams of a case. */
export function teamKeys(teamIds: readonly string[]): readonly string[] {
  return teamIds.map((id) => searchKeyText({ kind: 'team', id }));
}

function keysOf(
  { authorId, teamId, counterpartToken }: VersionHeader,
  caseTeams: readonly string[],
): readonly string[] {
  const keys: readonly SearchKey[] = [
    { kind: 'author', id: authorId },
    ...[...new Set([teamId, ...caseTeams])].map((id) => ({ kind: 'team', id }) as const),
    ...(counterpartToken === '' ? [] : [{ kind: 'organisation', id: counterpartToken } as const]),
  ];
  return keys.map(searchKeyText);
}

/** A version with its key. Throws `store.broken` when its key is not there. */
export function asStored({ caseKey, header, payload, commitment }: VersionDoc, key: KeyDoc | undefined): StoredVersion {
  if (key === undefined) throw cosmosFault('store.broken');
  return { caseKey, header, payload: unpackBytes(payload), wrappedKey: unpackBytes(key.wrapped), commitment };
}
