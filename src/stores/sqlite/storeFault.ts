import { CodedError, type ErrorCode } from '../../errors.ts';

type StoreCode = Extract<
  ErrorCode,
  `store.${'missing' | 'locked' | 'readOnly' | 'full' | 'newer' | 'older' | 'tenant' | 'half' | 'broken' | 'fault'}`
>;

/** What went wrong and how to mend it, for the operator. None of it says what is in the store. */
const SAY: Readonly<Record<StoreCode, string>> = {
  'store.missing':
    'The data folder is missing and cannot be made: check that its path is right and that every part of it is a folder.',
  'store.locked':
    'Another process is already writing to this data: stop it first, and let only one bot use a data folder.',
  'store.readOnly': 'The data cannot be written: give the bot write access to the data folder and to the files in it.',
  'store.full':
    'The disk is full, so nothing more can be saved: free some space on the disk that holds the data folder.',
  'store.newer': 'This data was written by a newer release of Sharing Log: start that release or a later one.',
  'store.older':
    'This data was written by a trial release and cannot be read by this one: keep it, and give DATA_DIR an empty folder.',
  'store.tenant': 'This data belongs to another Microsoft 365 tenant: check the tenant id and the data folder.',
  'store.half':
    'A copy into this data was begun and did not end: run the same “npm run -s records -- copy” again, or give DATA_DIR an empty folder.',
  'store.broken':
    'The data file is damaged or is not a Sharing Log store: keep a copy of it and restore the last backup.',
  'store.fault':
    'The data could not be read or written: look at the cause in the log, and restart the bot when it is mended.',
};

/** SQLite's primary result codes: the low byte of `errcode`. Source: sqlite.org/rescode.html */
const BY_RESULT_CODE: ReadonlyMap<number, StoreCode> = new Map([
  [3, 'store.readOnly'], // SQLITE_PERM
  [5, 'store.locked'], // SQLITE_BUSY
  [6, 'store.locked'], // SQLITE_LOCKED
  [8, 'store.readOnly'], // SQLITE_READONLY
  [11, 'store.broken'], // SQLITE_CORRUPT
  [13, 'store.full'], // SQLITE_FULL
  [14, 'store.missing'], // SQLITE_CANTOPEN
  [26, 'store.broken'], // SQLITE_NOTADB
]);

const BY_SYSTEM_CODE: ReadonlyMap<string, StoreCode> = new Map([
  ['ENOENT', 'store.missing'],
  ['ENOTDIR', 'store.missing'],
  ['EACCES', 'store.readOnly'],
  ['EPERM', 'store.readOnly'],
  ['EROFS', 'store.readOnly'],
  ['ENOSPC', 'store.full'],
  ['EDQUOT', 'store.full'],
]);

/** A fault of the store, with the sentence that goes with its code unless a better one is given. */
export function storeFault(code: StoreCode, cause?: unknown, message: string = SAY[code]): CodedError {
  return new CodedError(code, message, { cause });
}

/** For what reads a store, or changes it, and must not make one. */
export function noRecordsAt(path: string): CodedError {
  return storeFault('store.missing', undefined, `There are no records at ${path}: set DATA_DIR to the folder that holds them.`); // prettier-ignore
}

/**
 * Any error as a fault of the store, the error itself as `cause`. One that is coded already comes back as it is; one that
 * neither SQLite nor the system has numbered is `store.fault`. Decided by number, never by text.
 */
export function asStoreFault(error: unknown): CodedError {
  return error instanceof CodedError ? error : storeFault(storeCodeOf(error), error);
}

function storeCodeOf(error: unknown): StoreCode {
  if (!(error instanceof Error)) return 'store.fault';
  if ('errcode' in error && typeof error.errcode === 'number') {
    return BY_RESULT_CODE.get(error.errcode & 0xff) ?? 'store.fault';
  }
  if ('code' in error && typeof error.code === 'string') return BY_SYSTEM_CODE.get(error.code) ?? 'store.fault';
  return 'store.fault';
}
