import type { SQLInputValue } from 'node:sqlite';
import type { StoredCase } from '../../casePorts.ts';
import type { CaseFile, Kept, KeptKind } from '../../copyPorts.ts';
import { subjectsOf } from '../subjectsOf.ts';
import { headEtag } from './chain.ts';
import { packStoreKey } from './keyStore.ts';
import { packCounts } from './nudgeStore.ts';

/** A row of a table, by the names of its columns. */
export interface TableRow {
  readonly table: CopiedTable;
  readonly row: Readonly<Record<string, SQLInputValue>>;
}

/** The tables that are copied, each with what tells its rows apart. The others follow from these. */
export const COPIED_TABLES = {
  meta: ['key'],
  accessLog: ['chainKey', 'seq'],
  accessSubjects: ['subject', 'at', 'chainKey', 'seq'],
  wordings: ['hash'],
  aliases: ['alias'],
  numbers: ['number'],
  versions: ['recordId', 'version'],
  versionKeys: ['recordId', 'version'],
  chain: ['caseKey', 'seq'],
  heads: ['caseKey'],
  links: ['caseKey', 'recordId'],
  cases: ['caseKey'],
  caseTeams: ['teamId', 'caseKey'],
  grants: ['grantId'],
  drafts: ['draftId'],
  conversations: ['personId'],
  notices: ['noticeId'],
  nudges: ['personId', 'date'],
  itemStates: ['recordId', 'kind'],
  deputies: ['managerId'],
  unreachable: ['personId'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type CopiedTable = keyof typeof COPIED_TABLES;

const one = (table: CopiedTable, row: TableRow['row']): readonly TableRow[] => [{ table, row }];

/** The rows that something is kept as. */
export const ROWS: { readonly [K in KeptKind]: (value: Kept[K]) => readonly TableRow[] } = {
  storeKey: (key) => one('meta', { key: 'storeKey', value: packStoreKey(key) }),
  access: accessRows,
  wording: ({ hash, body }) => one('wordings', { hash, body }),
  alias: ({ alias, foldVersion, caseKey }) => one('aliases', { alias, foldVersion, caseKey }),
  number: ({ number, recordId, caseKey }) => one('numbers', { number, recordId, caseKey }),
  caseFile: caseFileRows,
  grant: ({ grantId, personId, caseKey, until, body }) => one('grants', { grantId, personId, caseKey, until, body }),
  draft: ({ draftId, personId, status, revision, touchedAt, body }) =>
    one('drafts', { draftId, personId, status, revision, touchedAt, body }),
  conversation: ({ personId, savedAt, reference }) => one('conversations', { personId, savedAt, reference }),
  notice: ({ noticeId, what, about, audience, queuedAt, attempts, status }) =>
    one('notices', { noticeId, what, about, audience: JSON.stringify(audience), queuedAt, attempts, status }),
  nudge: ({ personId, date, status, revision, changedAt, retryAt = null, counts }) =>
    one('nudges', { personId, date, status, revision, changedAt, retryAt, counts: packCounts(counts) }),
  item: ({ recordId, kind, pausedDays, revision, ...known }) => {
    const { firstStoodOn = null, snoozedUntil = null, remindedOn = null, note = null } = known;
    return one('itemStates', { recordId, kind, firstStoodOn, snoozedUntil, pausedDays, remindedOn, note, revision });
  },
  deputy: ({ managerId, deputyId, until }) => one('deputies', { managerId, deputyId, until }),
  unreachable: ({ personId }) => one('unreachable', { personId }),
};

function accessRows(entry: Kept['access']): readonly TableRow[] {
  const { chainKey, seq, at, personId, action, subject, grantId = null, before, prev, hash } = entry;
  const [beforeKey, beforeSeq] = [before?.chainKey ?? null, before?.seq ?? null];
  return [
    ...one('accessLog', { chainKey, seq, at, personId, action, subject, grantId, beforeKey, beforeSeq, prev, hash }),
    ...subjectsOf(subject).flatMap((each) => one('accessSubjects', { subject: each, at, chainKey, seq })),
  ];
}

function caseFileRows({ caseKey, head, versions, chain, links, facts }: CaseFile): readonly TableRow[] {
  return [
    ...versions.flatMap(({ header, payload, commitment }) => {
      const { recordId, version } = header;
      return one('versions', { recordId, version, caseKey, header: JSON.stringify(header), payload, commitment });
    }),
    ...versions.flatMap(({ header: { recordId, version }, wrappedKey }) =>
      wrappedKey === undefined ? [] : one('versionKeys', { recordId, version, wrapped: wrappedKey }),
    ),
    ...chain.flatMap(({ seq, kind, recordId, version, at, actor, draftId, commitment, prev, hash }) =>
      one('chain', { caseKey, seq, kind, recordId, version, at, actor, draftId, commitment, prev, hash }),
    ),
    ...(head === undefined ? [] : one('heads', { caseKey, ...head, etag: headEtag(head.seq, head.hash) })),
    ...links.flatMap(({ recordId, homeCaseKey }) => one('links', { caseKey, recordId, homeCaseKey })),
    ...(facts === undefined ? [] : factsRows(facts)),
  ];
}

function factsRows(facts: StoredCase): readonly TableRow[] {
  const { caseKey, revision, teamIds, undecidedSince = null, body } = facts;
  return [
    ...one('cases', { caseKey, revision, undecidedSince, body }),
    ...teamIds.flatMap((teamId) => one('caseTeams', { teamId, caseKey })),
  ];
}
