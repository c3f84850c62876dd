import type { StoredVersion, VersionHeader } from '../../ports.ts';
import { bytes, text, type Row } from './columns.ts';

/** What of a version `v` and of its key `k` makes a stored version. */
export const VERSION_COLUMNS = 'v.caseKey, v.header, v.payload, v.commitment, k.wrapped';

/** Brings the key `k` to a version `v`. */
export const WITH_KEY = 'LEFT JOIN versionKeys AS k ON k.recordId = v.recordId AND k.version = v.version';

/** Holds for the latest version `v` of a record. */
export const IS_LATEST = `NOT EXISTS
  (SELECT 1 FROM versions AS n WHERE n.recordId = v.recordId AND n.version = v.version + 1)`;

/** A row of `caseKey, header`. */
export function asHeader(row: Row): Pick<StoredVersion, 'caseKey' | 'header'> {
  return {
    caseKey: text(row, 'caseKey'),
    header: JSON.parse(text(row, 'header')) as VersionHeader, // written at a commit, and the table refuses updates
  };
}

export function asStored(row: Row): StoredVersion {
  return {
    caseKey: text(row, 'caseKey'),
    header: JSON.parse(text(row, 'header')) as VersionHeader, // written at a commit, and the table refuses updates
    payload: bytes(row, 'payload'),
    wrappedKey: bytes(row, 'wrapped'),
    commitment: text(row, 'commitment'),
  };
}
