import type { DraftStatus, DraftStore, StoredDraft } from '../../ports.ts';
import { AT_MOST, bytes, integer, text, type Row } from './columns.ts';
import type { Connection } from './connection.ts';

const COLUMNS = 'draftId, personId, status, revision, touchedAt, body';

/** Keeps drafts in SQLite, one row each. */
export function draftStore({ db, read, write }: Connection): DraftStore {
  const insert = db.prepare(
    `INSERT INTO drafts (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (draftId) DO NOTHING`,
  );
  const update = db.prepare(
    `UPDATE drafts SET status = ?, revision = ?, touchedAt = ?, body = ? WHERE draftId = ? AND personId = ? AND revision = ?`,
  );
  const remove = db.prepare(
    `DELETE FROM drafts WHERE draftId = ? AND personId = ? AND revision = ? AND status = 'open'`,
  );
  const one = db.prepare(`SELECT ${COLUMNS} FROM drafts WHERE draftId = ? AND personId = ?`);
  const unfinished = db.prepare(
    `SELECT ${COLUMNS} FROM drafts WHERE personId = ? AND status <> 'committed' ORDER BY touchedAt DESC, draftId DESC`,
  );
  const committing = db.prepare(
    `SELECT ${COLUMNS} FROM drafts WHERE status = 'committing' ORDER BY touchedAt, draftId ${AT_MOST}`,
  );
  const touchedBefore = db.prepare(
    `SELECT ${COLUMNS} FROM drafts WHERE status = 'open' AND touchedAt < ? ORDER BY touchedAt, draftId ${AT_MOST}`,
  );
  const countOpen = db.prepare(`SELECT count(*) AS drafts FROM drafts WHERE status = 'open'`);
  return {
    create: (draft) =>
      write(() => {
        const { draftId, personId, status, revision, touchedAt, body } = draft;
        const { changes } = insert.run(draftId, personId, status, revision, touchedAt, body);
        return changes === 1 ? 'saved' : 'conflict';
      }),
    save: (draft) =>
      write(() => {
        const { draftId, personId, status, revision, touchedAt, body } = draft;
        const { changes } = update.run(status, revision, touchedAt, body, draftId, personId, revision - 1);
        return changes === 1 ? 'saved' : 'conflict';
      }),
    discard: (personId, draftId, revision) =>
      write(() => (remove.run(draftId, personId, revision).changes === 1 ? 'discarded' : 'conflict')),
    read: (personId, draftId) =>
      read(() => {
        const row = one.get(draftId, personId);
        return row && asDraft(row);
      }),
    unfinished: (personId) => read(() => unfinished.all(personId).map(asDraft)),
    committing: (limit) => read(() => committing.all(limit).map(asDraft)),
    countOpen: () => read(() => integer(countOpen.get() ?? {}, 'drafts')),
    touchedBefore: (instant, limit) => read(() => touchedBefore.all(instant, limit).map(asDraft)),
  };
}

/** A row of every column. */
export function asDraft(row: Row): StoredDraft {
  return {
    draftId: text(row, 'draftId'),
    personId: text(row, 'personId'),
    status: text(row, 'status') as DraftStatus, // the table's CHECK allows nothing else
    revision: integer(row, 'revision'),
    touchedAt: text(row, 'touchedAt'),
    body: bytes(row, 'body'),
  };
}
