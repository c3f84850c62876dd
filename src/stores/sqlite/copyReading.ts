import type { DatabaseSync } from 'node:sqlite';
import type { StoredCase } from '../../casePorts.ts';
import type { CaseFile, CopiedVersion, Kept, KeptKind } from '../../copyPorts.ts';
import type { VersionHeader } from '../../ports.ts';
import { ACCESS_COLUMNS, asAccess } from './accessStore.ts';
import { batchesOfRows } from './batches.ts';
import { asGrant } from './caseStore.ts';
import { asEntry } from './chain.ts';
import { bytes, integer, optionalText, text, type Row } from './columns.ts';
import { asDraft } from './draftStore.ts';
import { unpackStoreKey } from './keyStore.ts';
import { asNotice } from './noticeStore.ts';
import { asItemState, asNudge } from './nudgeStore.ts';

interface Reading<T> {
  /** Every row that makes one, in the order of its key. */
  readonly sql: string;
  /** The table that has a row for each. */
  readonly counted: string;
  readonly as: (row: Row, db: DatabaseSync) => T;
}

const READINGS: { readonly [K in Exclude<KeptKind, 'caseFile'>]: Reading<Kept[K]> } = {
  storeKey: {
    sql: `SELECT value FROM meta WHERE key = 'storeKey'`,
    counted: `meta WHERE key = 'storeKey'`,
    as: (row) => unpackStoreKey(text(row, 'value')),
  },
  access: {
    sql: `SELECT ${ACCESS_COLUMNS} FROM accessLog ORDER BY at, chainKey, seq`,
    counted: 'accessLog',
    as: asAccess,
  },
  wording: {
    sql: 'SELECT hash, body FROM wordings ORDER BY hash',
    counted: 'wordings',
    as: (row) => ({ hash: text(row, 'hash'), body: text(row, 'body') }),
  },
  alias: {
    sql: 'SELECT alias, foldVersion, caseKey FROM aliases ORDER BY alias',
    counted: 'aliases',
    as: (row) => ({
      alias: text(row, 'alias'),
      foldVersion: integer(row, 'foldVersion'),
      caseKey: text(row, 'caseKey'),
    }),
  },
  number: {
    sql: 'SELECT number, recordId, caseKey FROM numbers ORDER BY number',
    counted: 'numbers',
    as: (row) => ({ number: text(row, 'number'), recordId: text(row, 'recordId'), caseKey: text(row, 'caseKey') }),
  },
  grant: { sql: 'SELECT * FROM grants ORDER BY grantId', counted: 'grants', as: asGrant },
  draft: { sql: 'SELECT * FROM drafts ORDER BY draftId', counted: 'drafts', as: asDraft },
  conversation: {
    sql: 'SELECT personId, savedAt, reference FROM conversations ORDER BY personId',
    counted: 'conversations',
    as: (row) => ({
      personId: text(row, 'personId'),
      savedAt: text(row, 'savedAt'),
      reference: bytes(row, 'reference'),
    }),
  },
  notice: {
    sql: 'SELECT * FROM notices ORDER BY noticeId',
    counted: 'notices',
    as: (row) => ({ ...asNotice(row), status: text(row, 'status') as Kept['notice']['status'] }), // the table's CHECK allows nothing else
  },
  nudge: { sql: 'SELECT * FROM nudges ORDER BY date, personId', counted: 'nudges', as: asNudge },
  item: { sql: 'SELECT * FROM itemStates ORDER BY recordId, kind', counted: 'itemStates', as: asItemState },
  deputy: {
    sql: 'SELECT managerId, deputyId, until FROM deputies ORDER BY managerId',
    counted: 'deputies',
    as: (row) => ({
      managerId: text(row, 'managerId'),
      deputyId: text(row, 'deputyId'),
      until: text(row, 'until'),
    }),
  },
  unreachable: {
    sql: 'SELECT personId FROM unreachable ORDER BY personId',
    counted: 'unreachable',
    as: (row) => ({ personId: text(row, 'personId') }),
  },
};

/** Whatever has to do with a case file makes it one, so that nothing of a damaged store is passed over. */
const CASE_FILES = `
  SELECT caseKey FROM heads UNION SELECT caseKey FROM versions UNION SELECT caseKey FROM chain
    UNION SELECT caseKey FROM links WHERE homeCaseKey <> caseKey UNION SELECT caseKey FROM cases
  ORDER BY caseKey`;

/** Reads all that is kept of one kind. */
export function readKept<K extends KeptKind>(db: DatabaseSync, kind: K): AsyncIterable<readonly Kept[K][]> {
  if (kind === 'caseFile') {
    const fileOf = caseFiles(db);
    const found = batchesOfRows(db, { sql: CASE_FILES, values: [] }, (row) => fileOf(text(row, 'caseKey')));
    return found as AsyncIterable<readonly Kept[K][]>; // K is caseFile here
  }
  const { sql, as } = READINGS[kind as Exclude<K, 'caseFile'>] as unknown as Reading<Kept[K]>; // K is another here
  return batchesOfRows(db, { sql, values: [] }, (row) => as(row, db));
}

export function countKept(db: DatabaseSync, kind: KeptKind): number {
  const counted = kind === 'caseFile' ? 'heads' : READINGS[kind].counted;
  return integer(db.prepare(`SELECT count(*) AS kept FROM ${counted}`).get() ?? {}, 'kept');
}

/** Whether anything at all is kept. */
export function isAnythingKept(db: DatabaseSync): boolean {
  const kinds = Object.values(READINGS).map(({ counted }) => `EXISTS (SELECT 1 FROM ${counted})`);
  const any = `${kinds.join(' OR ')} OR EXISTS (${CASE_FILES})`;
  return integer(db.prepare(`SELECT ${any} AS isAny`).get() ?? {}, 'isAny') === 1;
}

function caseFiles(db: DatabaseSync): (caseKey: string) => CaseFile {
  const head = db.prepare('SELECT seq, hash FROM heads WHERE caseKey = ?');
  const versions = db.prepare(
    `SELECT v.header, v.payload, v.commitment, k.wrapped FROM versions AS v
      LEFT JOIN versionKeys AS k ON k.recordId = v.recordId AND k.version = v.version
      WHERE v.caseKey = ? ORDER BY v.recordId, v.version`,
  );
  const chain = db.prepare('SELECT * FROM chain WHERE caseKey = ? ORDER BY seq');
  // A link of a record into the case file that it stands in says nothing.
  const links = db.prepare(
    'SELECT recordId, homeCaseKey FROM links WHERE caseKey = ? AND homeCaseKey <> caseKey ORDER BY recordId',
  );
  const facts = db.prepare('SELECT revision, undecidedSince, body FROM cases WHERE caseKey = ?');
  const teams = db.prepare('SELECT teamId FROM caseTeams WHERE caseKey = ? ORDER BY teamId');

  return (caseKey) => {
    const end = head.get(caseKey);
    const known = facts.get(caseKey);
    const teamIds = teams.all(caseKey).map((row) => text(row, 'teamId'));
    return {
      caseKey,
      ...(end === undefined ? {} : { head: { seq: integer(end, 'seq'), hash: text(end, 'hash') } }),
      versions: versions.all(caseKey).map(asVersion),
      chain: chain.all(caseKey).map(asEntry),
      links: links
        .all(caseKey)
        .map((row) => ({ recordId: text(row, 'recordId'), homeCaseKey: text(row, 'homeCaseKey') })),
      ...(known === undefined ? {} : { facts: factsIn(caseKey, known, teamIds) }),
    };
  };
}

function asVersion(row: Row): CopiedVersion {
  return {
    header: JSON.parse(text(row, 'header')) as VersionHeader, // written at a commit, and the table refuses updates
    payload: bytes(row, 'payload'),
    commitment: text(row, 'commitment'),
    ...(row.wrapped === null ? {} : { wrappedKey: bytes(row, 'wrapped') }),
  };
}

function factsIn(caseKey: string, row: Row, teamIds: readonly string[]): StoredCase {
  const undecidedSince = optionalText(row, 'undecidedSince');
  return {
    ...{ caseKey, revision: integer(row, 'revision'), teamIds },
    ...(undecidedSince === undefined ? {} : { undecidedSince }),
    body: bytes(row, 'body'),
  };
}
