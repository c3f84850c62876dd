import type { SQLOutputValue } from 'node:sqlite';
import type { AuditedEntry, AuditedVersion, UnchainedVersion } from '../../auditPorts.ts';
import type { StoredCase, StoredGrant } from '../../casePorts.ts';
import type { ChainHead, NumberReservation, VersionKind, Wording } from '../../ports.ts';
import { bytesIn, integerIn, textIn } from './columns.ts';

/** The columns of one row, in the order in which they were selected: quicker to read than by name. */
export type Columns = readonly SQLOutputValue[];

/** Chain entries, each with all that the store holds for it, in the columns that `auditedIn` reads. */
export const SELECT_AUDITED = `
  SELECT c.caseKey, c.seq, c.kind, c.recordId, c.version, c.at, c.actor, c.draftId, c.commitment, c.prev, c.hash,
    v.caseKey, v.header, v.payload, v.commitment, k.wrapped, n.number, n.caseKey
  FROM chain AS c
    LEFT JOIN versions AS v ON v.recordId = c.recordId AND v.version = c.version
    LEFT JOIN versionKeys AS k ON k.recordId = c.recordId AND k.version = c.version
    LEFT JOIN numbers AS n ON n.recordId = c.recordId`;

const VERSION_FROM = 11;
const RESERVATION_FROM = 16;

/** A row of `SELECT_AUDITED`. Throws `store.broken` when a column holds what no store has written. */
export function auditedIn(row: Columns): AuditedEntry {
  const [caseKey, seq, kind, recordId, version, at, actor, draftId, commitment, prev, hash] = row;
  const entry = {
    caseKey: textIn(caseKey),
    seq: integerIn(seq),
    kind: textIn(kind) as VersionKind, // what it is, is compared with the header
    recordId: textIn(recordId),
    version: integerIn(version),
    at: textIn(at),
    actor: textIn(actor),
    draftId: textIn(draftId),
    commitment: textIn(commitment),
    prev: textIn(prev),
  };
  return {
    entry,
    hash: textIn(hash),
    version: versionIn(row),
    reservation: reservationIn(row, entry.recordId),
  };
}

function versionIn(row: Columns): AuditedVersion | undefined {
  const caseKey = row[VERSION_FROM];
  if (caseKey === null) return undefined;
  const wrapped = row[VERSION_FROM + 4];
  return {
    caseKey: textIn(caseKey),
    header: textIn(row[VERSION_FROM + 1]),
    payload: bytesIn(row[VERSION_FROM + 2]),
    commitment: textIn(row[VERSION_FROM + 3]),
    wrappedKey: wrapped === null ? undefined : bytesIn(wrapped),
  };
}

function reservationIn(row: Columns, recordId: string): NumberReservation | undefined {
  const number = row[RESERVATION_FROM];
  if (number === null) return undefined;
  return { number: textIn(number), recordId, caseKey: textIn(row[RESERVATION_FROM + 1]) };
}

/** A row of `caseKey, seq, hash`. */
export function headIn([caseKey, seq, hash]: Columns): Omit<ChainHead, 'etag'> {
  return { caseKey: textIn(caseKey), seq: integerIn(seq), hash: textIn(hash) };
}

/** A row of `caseKey, recordId, version`. */
export function unchainedIn([caseKey, recordId, version]: Columns): UnchainedVersion {
  return { caseKey: textIn(caseKey), recordId: textIn(recordId), version: integerIn(version) };
}

/** A row of `hash, body`. */
export function wordingIn([hash, body]: Columns): Wording {
  return { hash: textIn(hash), body: textIn(body) };
}

/** Who may see which case, in the columns that `caseIn` reads. */
export const SELECT_CASES = `
  SELECT c.caseKey, c.revision, c.undecidedSince, c.body,
    (SELECT json_group_array(t.teamId) FROM caseTeams AS t WHERE t.caseKey = c.caseKey) AS teams
  FROM cases AS c`;

/** A row of `SELECT_CASES`. */
export function caseIn([caseKey, revision, undecidedSince, body, teams]: Columns): StoredCase {
  return {
    ...{ caseKey: textIn(caseKey), revision: integerIn(revision), body: bytesIn(body) },
    teamIds: JSON.parse(textIn(teams)) as readonly string[], // made of a column of text
    ...(undecidedSince === null ? {} : { undecidedSince: textIn(undecidedSince) }),
  };
}

/** Urgent access, in the columns that `grantIn` reads. */
export const SELECT_GRANTS = 'SELECT grantId, personId, caseKey, until, body FROM grants';

/** A row of `SELECT_GRANTS`. */
export function grantIn([grantId, personId, caseKey, until, body]: Columns): StoredGrant {
  return {
    ...{ grantId: textIn(grantId), personId: textIn(personId), caseKey: textIn(caseKey), until: textIn(until) },
    body: bytesIn(body),
  };
}
