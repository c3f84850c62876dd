import type { Audience, NoticeStore, StoredNotice } from '../../noticePorts.ts';
import { AT_MOST, integer, text, type Row } from './columns.ts';
import type { Connection } from './connection.ts';

/** Keeps the messages that are to be sent in SQLite; what was sent or given up stays, so that it is not queued again. */
export function noticeStore({ db, read, write }: Connection): NoticeStore {
  const COLUMNS = 'noticeId, what, about, audience, queuedAt, attempts';
  const insert = db.prepare(
    `INSERT INTO notices (${COLUMNS}, status) VALUES (?, ?, ?, ?, ?, ?, 'pending') ON CONFLICT (noticeId) DO NOTHING`,
  );
  const pending = db.prepare(
    `SELECT ${COLUMNS} FROM notices WHERE status = 'pending' ORDER BY queuedAt, noticeId ${AT_MOST}`,
  );
  const ofOne = db.prepare(`SELECT ${COLUMNS} FROM notices WHERE about = ? ORDER BY noticeId`);
  const claim = db.prepare(
    `UPDATE notices SET attempts = attempts + 1 WHERE noticeId = ? AND attempts = ? AND status = 'pending'`,
  );
  const settle = db.prepare(`UPDATE notices SET status = ? WHERE noticeId = ? AND status = 'pending'`);
  return {
    queue: (notices) =>
      write(() => {
        for (const { noticeId, what, about, audience, queuedAt, attempts } of notices)
          insert.run(noticeId, what, about, JSON.stringify(audience), queuedAt, attempts);
      }),
    pending: (limit) => read(() => pending.all(limit).map(asNotice)),
    about: (wanted) => read(() => ofOne.all(wanted).map(asNotice)),
    claim: ({ noticeId, attempts }) => write(() => claim.run(noticeId, attempts).changes === 1),
    settle: (noticeId, how) =>
      write(() => {
        settle.run(how, noticeId);
      }),
  };
}

/** A row of every column but `status`. */
export function asNotice(row: Row): StoredNotice {
  return {
    noticeId: text(row, 'noticeId'),
    what: text(row, 'what') as StoredNotice['what'], // written by `queue` above
    about: text(row, 'about'),
    audience: JSON.parse(text(row, 'audience')) as Audience, // written by `queue` above
    queuedAt: text(row, 'queuedAt'),
    attempts: integer(row, 'attempts'),
  };
}
