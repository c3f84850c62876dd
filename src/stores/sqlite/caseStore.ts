import type { DatabaseSync } from 'node:sqlite';
import type { CaseStore, StoredCase, StoredGrant } from '../../casePorts.ts';
import { bytes, integer, optionalText, text, type Row } from './columns.ts';
import type { Connection } from './connection.ts';
import { caseKeyStatements } from './searchKeys.ts';

/** Keeps in SQLite who may see which case. */
export function caseStore(connection: Connection): CaseStore {
  return { ...cases(connection), ...grants(connection) };
}

/** What is done to who may see cases, to be called within a transaction when it writes. */
export function caseStatements(db: DatabaseSync) {
  const teams = db.prepare('SELECT teamId FROM caseTeams WHERE caseKey = ? ORDER BY teamId');
  const create = db.prepare(
    'INSERT INTO cases (caseKey, revision, undecidedSince, body) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING',
  );
  const replace = db.prepare(
    'UPDATE cases SET revision = ?, undecidedSince = ?, body = ? WHERE caseKey = ? AND revision = ?',
  );
  const addTeam = db.prepare('INSERT INTO caseTeams (teamId, caseKey) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const keys = caseKeyStatements(db);
  const dropTeams = db.prepare(
    'DELETE FROM caseTeams WHERE caseKey = ? AND teamId NOT IN (SELECT value FROM json_each(?))',
  );
  const teamsOf = (caseKey: string): readonly string[] => teams.all(caseKey).map((each) => text(each, 'teamId'));

  return {
    teamsOf,
    save: ({ caseKey, revision, teamIds, body, ...more }: StoredCase): 'saved' | 'conflict' => {
      const undecidedSince = more.undecidedSince ?? null;
      const { changes } =
        revision === 1
          ? create.run(caseKey, undecidedSince, body)
          : replace.run(revision, undecidedSince, body, caseKey, revision - 1);
      if (changes === 0) return 'conflict';
      if (isSame(teamsOf(caseKey), teamIds)) return 'saved';
      keys.drop(caseKey);
      dropTeams.run(caseKey, JSON.stringify(teamIds));
      for (const teamId of teamIds) addTeam.run(teamId, caseKey);
      keys.add(caseKey);
      return 'saved';
    },
  };
}

function cases({ db, read, write }: Connection): Pick<CaseStore, 'read' | 'has' | 'save' | 'undecided'> {
  const COLUMNS = 'caseKey, revision, undecidedSince, body';
  const one = db.prepare(`SELECT ${COLUMNS} FROM cases WHERE caseKey = ?`);
  const undecided = db.prepare(
    `SELECT ${COLUMNS} FROM cases WHERE undecidedSince IS NOT NULL ORDER BY undecidedSince, caseKey LIMIT ?`,
  );
  const { save, teamsOf } = caseStatements(db);

  function asCase(row: Row): StoredCase {
    const caseKey = text(row, 'caseKey');
    const undecidedSince = optionalText(row, 'undecidedSince');
    return {
      caseKey,
      revision: integer(row, 'revision'),
      teamIds: teamsOf(caseKey),
      ...(undecidedSince === undefined ? {} : { undecidedSince }),
      body: bytes(row, 'body'),
    };
  }

  return {
    read: (caseKey) =>
      read(() => {
        const row = one.get(caseKey);
        return row && asCase(row);
      }),
    has: (caseKey) => read(() => one.get(caseKey) !== undefined),
    undecided: (limit) => read(() => undecided.all(limit).map(asCase)),
    save: (stored) => write(() => save(stored)),
  };
}

/** Whether the teams that a case has are these, in any order. */
function isSame(kept: readonly string[], wanted: readonly string[]): boolean {
  const teams = new Set(wanted);
  return kept.length === teams.size && kept.every((teamId) => teams.has(teamId));
}

function grants({ db, read, write }: Connection): Pick<CaseStore, 'grant' | 'grantById' | 'grantsOf'> {
  const COLUMNS = 'grantId, personId, caseKey, until, body';
  const insert = db.prepare(`INSERT INTO grants (${COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const one = db.prepare(`SELECT ${COLUMNS} FROM grants WHERE grantId = ?`);
  const current = db.prepare(
    `SELECT ${COLUMNS} FROM grants WHERE personId = ? AND caseKey = ? AND until > ? ORDER BY until DESC`,
  );
  return {
    grant: ({ grantId, personId, caseKey, until, body }) =>
      write(() => {
        insert.run(grantId, personId, caseKey, until, body);
      }),
    grantById: (grantId) =>
      read(() => {
        const row = one.get(grantId);
        return row && asGrant(row);
      }),
    grantsOf: (personId, caseKey, at) => read(() => current.all(personId, caseKey, at).map(asGrant)),
  };
}

/** A row of every column. */
export function asGrant(row: Row): StoredGrant {
  return {
    grantId: text(row, 'grantId'),
    personId: text(row, 'personId'),
    caseKey: text(row, 'caseKey'),
    until: text(row, 'until'),
    body: bytes(row, 'body'),
  };
}
