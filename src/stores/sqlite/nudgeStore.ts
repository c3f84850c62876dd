import { whole } from '../../listed.ts';
import type { Deputy, ItemState, Nudge, NudgeCounts, NudgeStatus, NudgeStore } from '../../nudgePorts.ts';
import type { OpenItemKind } from '../../recordType.ts';
import { AT_MOST, integer, optionalText, text, type Row } from './columns.ts';
import type { Connection } from './connection.ts';

/** Keeps in SQLite the cards of people and days, what is known of open items, deputies and who cannot be reached. */
export function nudgeStore(connection: Connection): NudgeStore {
  return { ...nudges(connection), ...itemStates(connection), ...deputies(connection), ...unreachable(connection) };
}

type Nudges = Pick<NudgeStore, 'create' | 'save' | 'read' | 'ofDay' | 'latest' | 'latestOf'>;

function nudges({ db, read, write }: Connection): Nudges {
  const COLUMNS = 'personId, date, status, revision, changedAt, retryAt, counts';
  const NEWEST_FIRST = `ORDER BY date DESC, changedAt DESC, personId ${AT_MOST}`;
  const insert = db.prepare(
    `INSERT INTO nudges (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (personId, date) DO NOTHING`,
  );
  const update = db.prepare(
    `UPDATE nudges SET status = ?, revision = ?, changedAt = ?, retryAt = ?, counts = ?
      WHERE personId = ? AND date = ? AND revision = ?`,
  );
  const one = db.prepare(`SELECT ${COLUMNS} FROM nudges WHERE personId = ? AND date = ?`);
  const ofDay = db.prepare(`SELECT ${COLUMNS} FROM nudges WHERE date = ? ORDER BY personId`);
  const latest = db.prepare(`SELECT ${COLUMNS} FROM nudges ${NEWEST_FIRST}`);
  const latestOf = db.prepare(`SELECT ${COLUMNS} FROM nudges WHERE personId = ? ${NEWEST_FIRST}`);
  return {
    create: ({ personId, date, status, revision, changedAt, retryAt = null, counts }) =>
      write(() => {
        const { changes } = insert.run(personId, date, status, revision, changedAt, retryAt, packCounts(counts));
        return changes === 1 ? 'saved' : 'conflict';
      }),
    save: ({ personId, date, status, revision, changedAt, retryAt = null, counts }) =>
      write(() => {
        const changed = [status, revision, changedAt, retryAt, packCounts(counts)];
        const { changes } = update.run(...changed, personId, date, revision - 1);
        return changes === 1 ? 'saved' : 'conflict';
      }),
    read: (personId, date) =>
      read(() => {
        const row = one.get(personId, date);
        return row && asNudge(row);
      }),
    ofDay: (date) => read(() => ofDay.all(date).map(asNudge)),
    latest: (limit) => read(() => whole(latest.all(limit).map(asNudge))),
    latestOf: (personId, limit) => read(() => latestOf.all(personId, limit).map(asNudge)),
  };
}

/** Counts as they stand in a text column. */
export function packCounts(counts: NudgeCounts | undefined): string | null {
  return counts === undefined ? null : JSON.stringify(counts);
}

/** A row of every column. */
export function asNudge(row: Row): Nudge {
  const retryAt = optionalText(row, 'retryAt');
  const counts = optionalText(row, 'counts');
  return {
    personId: text(row, 'personId'),
    date: text(row, 'date'),
    status: text(row, 'status') as NudgeStatus, // the table's CHECK allows nothing else
    revision: integer(row, 'revision'),
    changedAt: text(row, 'changedAt'),
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(counts === undefined ? {} : { counts: JSON.parse(counts) as NudgeCounts }), // written by `packCounts` above
  };
}

function itemStates({ db, read, write }: Connection): Pick<NudgeStore, 'item' | 'items' | 'saveItem'> {
  const COLUMNS = 'recordId, kind, firstStoodOn, snoozedUntil, pausedDays, remindedOn, note, revision';
  const insert = db.prepare(
    `INSERT INTO itemStates (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (recordId, kind) DO NOTHING`,
  );
  const update = db.prepare(
    `UPDATE itemStates SET firstStoodOn = ?, snoozedUntil = ?, pausedDays = ?, remindedOn = ?, note = ?, revision = ?
      WHERE recordId = ? AND kind = ? AND revision = ?`,
  );
  const one = db.prepare(`SELECT ${COLUMNS} FROM itemStates WHERE recordId = ? AND kind = ?`);
  const some = db.prepare(
    `SELECT ${COLUMNS} FROM itemStates WHERE recordId IN (SELECT value FROM json_each(?)) ORDER BY recordId, kind`,
  );
  return {
    item: (recordId, kind) =>
      read(() => {
        const row = one.get(recordId, kind);
        return row && asItemState(row);
      }),
    items: (recordIds) => read(() => some.all(JSON.stringify(recordIds)).map(asItemState)),
    saveItem: ({ recordId, kind, firstStoodOn, snoozedUntil, pausedDays, remindedOn, note, revision }) =>
      write(() => {
        const known = [firstStoodOn ?? null, snoozedUntil ?? null, pausedDays, remindedOn ?? null, note ?? null];
        const { changes } =
          revision === 1
            ? insert.run(recordId, kind, ...known)
            : update.run(...known, revision, recordId, kind, revision - 1);
        return changes === 1 ? 'saved' : 'conflict';
      }),
  };
}

/** A row of every column. */
export function asItemState(row: Row): ItemState {
  const firstStoodOn = optionalText(row, 'firstStoodOn');
  const snoozedUntil = optionalText(row, 'snoozedUntil');
  const remindedOn = optionalText(row, 'remindedOn');
  const note = optionalText(row, 'note');
  return {
    recordId: text(row, 'recordId'),
    kind: text(row, 'kind') as OpenItemKind, // written by `saveItem` above
    ...(firstStoodOn === undefined ? {} : { firstStoodOn }),
    ...(snoozedUntil === undefined ? {} : { snoozedUntil }),
    pausedDays: integer(row, 'pausedDays'),
    ...(remindedOn === undefined ? {} : { remindedOn }),
    ...(note === undefined ? {} : { note }),
    revision: integer(row, 'revision'),
  };
}

function deputies({ db, read, write }: Connection): Pick<NudgeStore, 'saveDeputy' | 'deputies'> {
  const replace = db.prepare(
    `INSERT INTO deputies (managerId, deputyId, until) VALUES (?, ?, ?)
      ON CONFLICT (managerId) DO UPDATE SET deputyId = excluded.deputyId, until = excluded.until`,
  );
  const current = db.prepare('SELECT managerId, deputyId, until FROM deputies WHERE until >= ? ORDER BY managerId');
  const asDeputy = (row: Row): Deputy => ({
    managerId: text(row, 'managerId'),
    deputyId: text(row, 'deputyId'),
    until: text(row, 'until'),
  });
  return {
    saveDeputy: ({ managerId, deputyId, until }) =>
      write(() => {
        replace.run(managerId, deputyId, until);
      }),
    deputies: (onOrAfter) => read(() => current.all(onOrAfter).map(asDeputy)),
  };
}

function unreachable({ db, read, write }: Connection): Pick<NudgeStore, 'setReachable' | 'unreachable'> {
  const add = db.prepare('INSERT INTO unreachable (personId) VALUES (?) ON CONFLICT (personId) DO NOTHING');
  const remove = db.prepare('DELETE FROM unreachable WHERE personId = ?');
  const all = db.prepare('SELECT personId FROM unreachable ORDER BY personId');
  return {
    setReachable: (personId, isReachable) =>
      write(() => {
        (isReachable ? remove : add).run(personId);
      }),
    unreachable: () => read(() => all.all().map((row) => text(row, 'personId'))),
  };
}
