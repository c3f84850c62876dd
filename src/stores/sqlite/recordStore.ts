import type {
  Commit,
  CommitResult,
  NumberReservation,
  RecordPage,
  SavedKey,
  SavedPage,
  RecordStore,
  StoredVersion,
  Wording,
} from '../../ports.ts';
import { whole } from '../../listed.ts';
import { caseStatements } from './caseStore.ts';
import { chainStatements } from './chain.ts';
import { AT_MOST, text, type Row } from './columns.ts';
import type { Connection } from './connection.ts';
import { openRecordStatements } from './openRecords.ts';
import { searchKeyStatements } from './searchKeys.ts';
import { storeFault } from './storeFault.ts';
import { asHeader, asStored, IS_LATEST, VERSION_COLUMNS, WITH_KEY } from './versionRow.ts';

/** Keeps records in SQLite: versions, the chains that bind them, their numbers and the aliases of case files. */
export function recordStore(connection: Connection): RecordStore {
  const { read } = connection;
  const chain = chainStatements(connection.db);
  const versions = versionStatements(connection);
  const wordings = wordingStatements(connection);
  const open = openRecordStatements(connection.db);
  const keys = searchKeyStatements(connection.db);
  const cases = caseStatements(connection.db);

  function commit({ version, entry, hash, head, opens, wordings: words }: Commit): CommitResult {
    if (versions.has(version)) return 'exists';
    if (chain.head(entry.caseKey).etag !== head.etag) return 'moved';
    for (const wording of words) wordings.keep(wording);
    // One that is known already stays as it is.
    if (opens !== undefined) cases.save(opens);
    keys.drop(version.header.recordId);
    versions.insert(version);
    chain.append(entry, hash);
    open.follow(version.header.recordId);
    keys.add(version.header.recordId);
    return 'committed';
  }

  return {
    ...aliases(connection),
    ...numbers(connection),
    head: (caseKey) => read(() => chain.head(caseKey)),
    commit: (wanted) => connection.write(() => commit(wanted)),
    version: (caseKey, recordId, version) => read(() => versions.one(caseKey, recordId, version)),
    latest: (caseKey, recordId) => read(() => versions.latest(caseKey, recordId)),
    versions: (caseKey, recordId) => read(() => versions.all(caseKey, recordId)),
    linkInto: (caseKey, recordId, homeCaseKey) =>
      connection.write(() => {
        versions.linkInto(caseKey, recordId, homeCaseKey);
      }),
    caseFile: (caseKey) => read(() => versions.caseFile(caseKey)),
    byAuthor: (authorId, page) => read(() => whole(versions.byAuthor(authorId, page))),
    toBeCompleted: (of, limit) => read(() => whole(versions.toBeCompleted(of, limit))),
    unlinked: (page) => read(() => whole(versions.unlinked(page))),
    headersOfTeam: (teamId, since, page) => read(() => whole(versions.headersOfTeam(teamId, since, page))),
    chainOf: (caseKey, recordId, version) => read(() => chain.of(caseKey, recordId, version)),
    wording: (hash) => read(() => wordings.body(hash)),
  };
}

function aliases({ db, read, write }: Connection): Pick<RecordStore, 'caseKeyFor' | 'findCaseKey'> {
  const insert = db.prepare('INSERT INTO aliases (alias, foldVersion, caseKey) VALUES (?, ?, ?)');
  const one = db.prepare('SELECT caseKey FROM aliases WHERE alias = ?');

  function find(alias: string): string | undefined {
    const row = one.get(alias);
    return row && text(row, 'caseKey');
  }

  return {
    findCaseKey: (alias) => read(() => find(alias)),
    caseKeyFor: (alias, foldVersion, caseKey) =>
      write(() => {
        const found = find(alias);
        if (found !== undefined) return found;
        insert.run(alias, foldVersion, caseKey);
        return caseKey;
      }),
  };
}

function numbers({ db, read, write }: Connection): Pick<RecordStore, 'reserveNumber' | 'byNumber'> {
  const insert = db.prepare('INSERT INTO numbers (number, recordId, caseKey) VALUES (?, ?, ?)');
  const one = db.prepare('SELECT number, recordId, caseKey FROM numbers WHERE number = ?');

  function find(number: string): NumberReservation | undefined {
    const row = one.get(number);
    return row && { number: text(row, 'number'), recordId: text(row, 'recordId'), caseKey: text(row, 'caseKey') };
  }

  return {
    byNumber: (number) => read(() => find(number)),
    reserveNumber: ({ number, recordId, caseKey }) =>
      write(() => {
        const holder = find(number);
        if (holder !== undefined) return holder.recordId === recordId ? 'mine' : 'taken';
        insert.run(number, recordId, caseKey);
        return 'mine';
      }),
  };
}

function versionStatements({ db }: Connection) {
  const SELECT = `SELECT ${VERSION_COLUMNS} FROM versions AS v ${WITH_KEY}`;
  const insert = db.prepare(
    'INSERT INTO versions (recordId, version, caseKey, header, payload, commitment) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertKey = db.prepare('INSERT INTO versionKeys (recordId, version, wrapped) VALUES (?, ?, ?)');
  const any = db.prepare('SELECT 1 FROM versions WHERE recordId = ? AND version = ?');
  const one = db.prepare(`${SELECT} WHERE v.recordId = ? AND v.version = ? AND v.caseKey = ?`);
  const latest = db.prepare(`${SELECT} WHERE v.recordId = ? AND v.caseKey = ? ORDER BY v.version DESC LIMIT 1`);
  const all = db.prepare(`${SELECT} WHERE v.recordId = ? AND v.caseKey = ? ORDER BY v.version`);
  const linkInto = db.prepare(
    'INSERT INTO links (caseKey, recordId, homeCaseKey) VALUES (?, ?, ?) ON CONFLICT (caseKey, recordId) DO NOTHING',
  );
  const caseFile = db.prepare(
    `${SELECT} WHERE ${IS_LATEST} AND coalesce(v.linkedTo, v.caseKey) = :case
      AND (v.caseKey = :case OR v.recordId IN (SELECT recordId FROM links WHERE caseKey = :case))
      ORDER BY v.recordId DESC`,
  );
  const byAuthor = db.prepare(
    `${SELECT} WHERE ${IS_LATEST} AND v.authorId = ? AND v.recordId < ? ORDER BY v.recordId DESC ${AT_MOST}`,
  );
  const toBeCompleted = db.prepare(
    `${SELECT} WHERE ${IS_LATEST} AND v.isToBeCompleted = 1
      AND (v.authorId = ? OR v.teamId IN (SELECT value FROM json_each(?))) ORDER BY v.recordId DESC ${AT_MOST}`,
  );
  const unlinked = db.prepare(
    `${SELECT} WHERE ${IS_LATEST} AND v.isUnlinked = 1 AND v.recordId < ? ORDER BY v.recordId DESC ${AT_MOST}`,
  );
  const headersOfTeam = db.prepare(
    `SELECT caseKey, header FROM versions WHERE teamId = ? AND savedAt >= ? AND (savedAt, recordId) < (?, ?)
      ORDER BY savedAt DESC, recordId DESC ${AT_MOST}`,
  );
  return {
    headersOfTeam: (teamId: string, since: string, { before = LAST, limit }: SavedPage) =>
      headersOfTeam.all(teamId, since, before.savedAt, before.recordId, limit).map(asHeader),
    all: (caseKey: string, recordId: string) => all.all(recordId, caseKey).map(asStored),
    linkInto: (caseKey: string, recordId: string, homeCaseKey: string) => {
      linkInto.run(caseKey, recordId, homeCaseKey);
    },
    caseFile: (caseKey: string) => caseFile.all({ case: caseKey }).map(asStored),
    byAuthor: (authorId: string, { before = AFTER_ALL, limit }: RecordPage) =>
      byAuthor.all(authorId, before, limit).map(asStored),
    toBeCompleted: (of: { readonly authorId: string; readonly teamIds: readonly string[] }, limit: number) =>
      toBeCompleted.all(of.authorId, JSON.stringify(of.teamIds), limit).map(asStored),
    unlinked: ({ before = AFTER_ALL, limit }: RecordPage) => unlinked.all(before, limit).map(asStored),
    has: ({ header }: StoredVersion): boolean => any.get(header.recordId, header.version) !== undefined,
    insert({ caseKey, header, payload, wrappedKey, commitment }: StoredVersion): void {
      insert.run(header.recordId, header.version, caseKey, JSON.stringify(header), payload, commitment);
      insertKey.run(header.recordId, header.version, wrappedKey);
    },
    one: (caseKey: string, recordId: string, version: number) => asVersion(one.get(recordId, version, caseKey)),
    latest: (caseKey: string, recordId: string) => asVersion(latest.get(recordId, caseKey)),
  };
}

/** Comes after every record id. */
const AFTER_ALL = '~';

/** Comes after all that was saved. */
const LAST: SavedKey = { savedAt: '~', recordId: AFTER_ALL };

function asVersion(row: Row | undefined): StoredVersion | undefined {
  return row && asStored(row);
}

function wordingStatements({ db }: Connection) {
  const insert = db.prepare('INSERT INTO wordings (hash, body) VALUES (?, ?)');
  const one = db.prepare('SELECT body FROM wordings WHERE hash = ?');

  function body(hash: string): string | undefined {
    const row = one.get(hash);
    return row && text(row, 'body');
  }

  return {
    body,
    /** Throws `store.broken` when this hash already stands for other words. */
    keep(wording: Wording): void {
      const kept = body(wording.hash);
      if (kept === undefined) insert.run(wording.hash, wording.body);
      else if (kept !== wording.body) throw storeFault('store.broken');
    },
  };
}
