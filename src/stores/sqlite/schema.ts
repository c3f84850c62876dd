import type { DatabaseSync } from 'node:sqlite';
import { integer, text } from './columns.ts';
import { storeFault } from './storeFault.ts';

/** Stands in the file's header and says whose it is: "SLog". */
export const APPLICATION_ID = 0x534c6f67;

/** The schema that this release writes; kept in the file's header as `user_version`. */
export const SCHEMA_VERSION = 4;

/** What is in these tables is never changed and never deleted. */
const APPEND_ONLY = ['versions', 'chain', 'wordings', 'numbers', 'accessLog', 'accessSubjects'] as const;

const TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE drafts (
    draftId TEXT PRIMARY KEY,
    personId TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'committing', 'committed')),
    revision INTEGER NOT NULL,
    touchedAt TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX draftsUnfinished ON drafts (personId) WHERE status <> 'committed';
  CREATE INDEX draftsCommitting ON drafts (touchedAt, draftId) WHERE status = 'committing';
  CREATE INDEX draftsOpen ON drafts (touchedAt, draftId) WHERE status = 'open';

  CREATE TABLE wordings (hash TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

  CREATE TABLE versions (
    recordId TEXT NOT NULL,
    version INTEGER NOT NULL,
    caseKey TEXT NOT NULL,
    header TEXT NOT NULL,
    payload BLOB NOT NULL,
    commitment TEXT NOT NULL,
    authorId TEXT NOT NULL AS (header ->> '$.authorId'),
    teamId TEXT NOT NULL AS (header ->> '$.teamId'),
    type TEXT NOT NULL AS (header ->> '$.type'),
    number TEXT NOT NULL AS (header ->> '$.number'),
    contactAt TEXT NOT NULL AS (header ->> '$.contactAt'),
    savedAt TEXT NOT NULL AS (header ->> '$.savedAt'),
    isToBeCompleted INTEGER NOT NULL AS (instr(header ->> '$.openItems', '"completion"') > 0),
    linkedTo TEXT AS (header ->> '$.linkedTo'),
    isUnlinked INTEGER NOT NULL AS (header ->> '$.isUnlinked'),
    counterpartToken TEXT NOT NULL AS (header ->> '$.counterpartToken'),
    PRIMARY KEY (recordId, version)
  ) STRICT;
  CREATE INDEX versionsByAuthor ON versions (authorId, recordId);
  CREATE INDEX versionsByCase ON versions (caseKey, recordId);
  CREATE INDEX versionsToBeCompleted ON versions (recordId) WHERE isToBeCompleted = 1;
  CREATE INDEX versionsUnlinked ON versions (recordId) WHERE isUnlinked = 1;
  CREATE INDEX versionsByTeam ON versions (teamId, savedAt, recordId);

  CREATE TABLE openRecords (
    recordId TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    caseKey TEXT NOT NULL,
    due TEXT NOT NULL,
    authorId TEXT NOT NULL,
    teamId TEXT NOT NULL,
    header TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX openRecordsByDue ON openRecords (due, recordId);
  CREATE INDEX openRecordsByAuthor ON openRecords (authorId, due, recordId);
  CREATE INDEX openRecordsByTeam ON openRecords (teamId, due, recordId);

  CREATE TABLE versionKeys (
    recordId TEXT NOT NULL,
    version INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (recordId, version),
    FOREIGN KEY (recordId, version) REFERENCES versions
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE chain (
    caseKey TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    recordId TEXT NOT NULL,
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    draftId TEXT NOT NULL,
    commitment TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (caseKey, seq),
    UNIQUE (recordId, version),
    FOREIGN KEY (recordId, version) REFERENCES versions
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE heads (
    caseKey TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    etag TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE numbers (
    number TEXT PRIMARY KEY,
    recordId TEXT NOT NULL UNIQUE,
    caseKey TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE links (
    caseKey TEXT NOT NULL,
    recordId TEXT NOT NULL,
    homeCaseKey TEXT NOT NULL,
    PRIMARY KEY (caseKey, recordId)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE aliases (
    alias TEXT PRIMARY KEY,
    foldVersion INTEGER NOT NULL,
    caseKey TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE cases (
    caseKey TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    undecidedSince TEXT,
    body BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX casesUndecided ON cases (undecidedSince, caseKey) WHERE undecidedSince IS NOT NULL;

  CREATE TABLE caseTeams (
    teamId TEXT NOT NULL,
    caseKey TEXT NOT NULL,
    PRIMARY KEY (teamId, caseKey)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX caseTeamsByCase ON caseTeams (caseKey);

  CREATE TABLE searchKeys (
    searchKey TEXT NOT NULL,
    recordId TEXT NOT NULL,
    type TEXT NOT NULL,
    contactAt TEXT NOT NULL,
    isOpen INTEGER NOT NULL,
    PRIMARY KEY (searchKey, recordId)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE grants (
    grantId TEXT PRIMARY KEY,
    personId TEXT NOT NULL,
    caseKey TEXT NOT NULL,
    until TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX grantsByPerson ON grants (personId, caseKey, until);

  CREATE TABLE accessLog (
    id INTEGER PRIMARY KEY,
    chainKey TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    personId TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    grantId TEXT,
    beforeKey TEXT,
    beforeSeq INTEGER,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (chainKey, seq)
  ) STRICT;
  CREATE INDEX accessByPerson ON accessLog (personId, at, chainKey, seq);

  CREATE TABLE accessSubjects (
    subject TEXT NOT NULL,
    at TEXT NOT NULL,
    chainKey TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (subject, at, chainKey, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE conversations (
    personId TEXT PRIMARY KEY,
    savedAt TEXT NOT NULL,
    reference BLOB NOT NULL
  ) STRICT;

  CREATE TABLE notices (
    noticeId TEXT PRIMARY KEY,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    audience TEXT NOT NULL,
    queuedAt TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'givenUp'))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX noticesByAbout ON notices (about, noticeId);
  CREATE INDEX noticesPending ON notices (queuedAt, noticeId) WHERE status = 'pending';

  CREATE TABLE nudges (
    personId TEXT NOT NULL,
    date TEXT NOT NULL,
    status TEXT NOT NULL
      CHECK (status IN ('claimed', 'sending', 'sent', 'uncertain', 'waiting', 'unreachable', 'nothing')),
    revision INTEGER NOT NULL,
    changedAt TEXT NOT NULL,
    retryAt TEXT,
    counts TEXT,
    PRIMARY KEY (personId, date)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX nudgesByDay ON nudges (date DESC, changedAt DESC, personId);

  CREATE TABLE itemStates (
    recordId TEXT NOT NULL,
    kind TEXT NOT NULL,
    firstStoodOn TEXT,
    snoozedUntil TEXT,
    pausedDays INTEGER NOT NULL,
    remindedOn TEXT,
    note TEXT,
    revision INTEGER NOT NULL,
    PRIMARY KEY (recordId, kind)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE deputies (
    managerId TEXT PRIMARY KEY,
    deputyId TEXT NOT NULL,
    until TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE unreachable (personId TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

const TRIGGERS = APPEND_ONLY.flatMap((table) =>
  ['UPDATE', 'DELETE'].map(
    (verb) => `CREATE TRIGGER ${table}No${verb} BEFORE ${verb} ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
  ),
).join('\n');

/**
 * Makes the tables when the file is empty, and otherwise refuses a file that is not this tenant's store in this release's
 * schema: `store.broken`, `store.newer`, `store.tenant` or `store.half`. Changes nothing in a file that it refuses.
 */
export function prepareSchema(db: DatabaseSync, tenantId: string, mayBeHalf = false): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    if (isEmpty(db)) create(db, tenantId);
    else checkOurs(db, tenantId, mayBeHalf);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Refuses a file of another application or of a newer release. Reads only; an empty file passes. */
export function checkRelease(db: DatabaseSync): void {
  if (isEmpty(db)) return;
  if (pragma(db, 'application_id') !== APPLICATION_ID) throw storeFault('store.broken');
  const version = pragma(db, 'user_version');
  if (version > SCHEMA_VERSION) throw storeFault('store.newer');
  if (version < SCHEMA_VERSION) throw storeFault('store.older');
}

/**
 * Refuses a file that is not this tenant's store in this release's schema, an empty one too, and one into which a copy did
 * not end unless it `mayBeHalf`: `store.half`. Reads only.
 */
export function checkOurs(db: DatabaseSync, tenantId: string, mayBeHalf = false): void {
  checkRelease(db);
  if (isEmpty(db)) throw storeFault('store.broken');
  const row = db.prepare(`SELECT value FROM meta WHERE key = 'tenantId'`).get();
  if (row === undefined) throw storeFault('store.broken');
  if (text(row, 'value') !== tenantId) throw storeFault('store.tenant');
  if (!mayBeHalf && isHalfCopied(db)) throw storeFault('store.half');
}

/** Whether a copy into this store was begun and has not ended. */
export function isHalfCopied(db: DatabaseSync): boolean {
  return db.prepare(`SELECT 1 FROM meta WHERE key = 'copying'`).get() !== undefined;
}

function create(db: DatabaseSync, tenantId: string): void {
  db.exec(TABLES);
  db.exec(TRIGGERS);
  db.prepare(`INSERT INTO meta (key, value) VALUES ('tenantId', ?)`).run(tenantId);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`);
}

function isEmpty(db: DatabaseSync): boolean {
  const row = db.prepare('SELECT EXISTS (SELECT 1 FROM sqlite_schema) AS filled').get() ?? {};
  return integer(row, 'filled') === 0 && pragma(db, 'application_id') === 0;
}

function pragma(db: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return integer(db.prepare(`PRAGMA ${name}`).get() ?? {}, name);
}
