import type { SQLInputValue, StatementSync } from 'node:sqlite';
import {
  byNewest,
  type AccessKey,
  type AccessPage,
  type AccessStore,
  type ChainedAccess,
} from '../../accessLogPorts.ts';
import { whole } from '../../listed.ts';
import { subjectsOf } from '../subjectsOf.ts';
import { integer, optionalText, text, type Row } from './columns.ts';
import type { Connection } from './connection.ts';

export const ACCESS_COLUMNS = 'chainKey, seq, at, personId, action, subject, grantId, beforeKey, beforeSeq, prev, hash';

/** Comes after every key. */
const NEWEST: AccessKey = { at: '~', chainKey: '~', seq: Number.MAX_SAFE_INTEGER };

/** Keeps the access log in SQLite; entries stand in the order in which they were written. */
export function accessStore(connection: Connection): AccessStore {
  return { ...writing(connection), ...finding(connection) };
}

function writing({ db, read, write }: Connection): Pick<AccessStore, 'appendBatch' | 'latestChain'> {
  const insert = db.prepare(`INSERT INTO accessLog (${ACCESS_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const file = db.prepare('INSERT INTO accessSubjects (subject, at, chainKey, seq) VALUES (?, ?, ?, ?)');
  const latest = db.prepare(`
    SELECT chainKey, seq, hash FROM accessLog
    WHERE chainKey = (SELECT chainKey FROM accessLog ORDER BY id DESC LIMIT 1) ORDER BY seq DESC LIMIT 1`);
  return {
    appendBatch: (entries) =>
      write(() => {
        for (const { chainKey, seq, at, personId, action, subject, grantId, before, prev, hash } of entries) {
          const place = [before?.chainKey ?? null, before?.seq ?? null] as const;
          insert.run(chainKey, seq, at, personId, action, subject, grantId ?? null, ...place, prev, hash);
          for (const id of subjectsOf(subject)) file.run(id, at, chainKey, seq);
        }
      }),
    latestChain: () =>
      read(() => {
        const row = latest.get();
        return row && { chainKey: text(row, 'chainKey'), seq: integer(row, 'seq'), hash: text(row, 'hash') };
      }),
  };
}

function finding({ db, read }: Connection): Pick<AccessStore, 'about' | 'by' | 'tally'> {
  const one = db.prepare(`SELECT ${ACCESS_COLUMNS} FROM accessLog WHERE chainKey = ? AND seq = ?`);
  const about = db.prepare(`
    SELECT at, chainKey, seq FROM accessSubjects
    WHERE subject = ? AND (at, chainKey, seq) < (?, ?, ?) ORDER BY at DESC, chainKey DESC, seq DESC LIMIT ?`);
  const by = db.prepare(`
    SELECT ${ACCESS_COLUMNS} FROM accessLog
    WHERE personId = ? AND (at, chainKey, seq) < (?, ?, ?) ORDER BY at DESC, chainKey DESC, seq DESC LIMIT ?`);
  const tally = db.prepare(`
    SELECT action, substr(subject, 1, instr(subject || ' ', ' ') - 1) AS first, count(*) AS times
    FROM accessLog WHERE personId = ? AND at >= ? GROUP BY action, first`);
  return {
    about: (subjects, page) =>
      read(() => {
        // A page of each, one after the other: however many subjects there are, no more than a page of each is looked at.
        const found = new Map<string, AccessKey>();
        for (const subject of new Set(subjects)) {
          for (const key of pageOf(about, subject, page).map(asKey)) found.set(`${key.chainKey} ${key.seq}`, key);
        }
        const newest = [...found.values()].sort(byNewest).slice(0, page.limit);
        return whole(newest.flatMap(({ chainKey, seq }) => one.all(chainKey, seq)).map(asAccess));
      }),
    by: (personId, page) => read(() => whole(pageOf(by, personId, page).map(asAccess))),
    tally: (personId, from) =>
      read(() =>
        tally.all(personId, from).map((row) => ({
          action: actionIn(row),
          first: text(row, 'first'),
          times: integer(row, 'times'),
        })),
      ),
  };
}

function pageOf(statement: StatementSync, of: SQLInputValue, { before = NEWEST, limit }: AccessPage): readonly Row[] {
  return statement.all(of, before.at, before.chainKey, before.seq, limit);
}

function asKey(row: Row): AccessKey {
  return { at: text(row, 'at'), chainKey: text(row, 'chainKey'), seq: integer(row, 'seq') };
}

function actionIn(row: Row): ChainedAccess['action'] {
  return text(row, 'action') as ChainedAccess['action']; // written by `appendBatch`, and hashed
}

/** A row of `ACCESS_COLUMNS`. Throws `store.broken` when a column holds what no store has written. */
export function asAccess(row: Row): ChainedAccess {
  const [grantId, beforeKey] = [optionalText(row, 'grantId'), optionalText(row, 'beforeKey')];
  return {
    ...asKey(row),
    personId: text(row, 'personId'),
    action: actionIn(row),
    subject: text(row, 'subject'),
    ...(grantId === undefined ? {} : { grantId }),
    // One without the other was written by nobody: it is left out, and the hash tells.
    ...(beforeKey === undefined || row.beforeSeq === null
      ? {}
      : { before: { chainKey: beforeKey, seq: integer(row, 'beforeSeq') } }),
    prev: text(row, 'prev'),
    hash: text(row, 'hash'),
  };
}
