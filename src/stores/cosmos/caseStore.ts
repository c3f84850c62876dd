import type { CaseStore, StoredCase, StoredGrant } from '../../casePorts.ts';
import type { CaseDoc } from './caseFactsDoc.ts';
import { saveTeams } from './caseTeams.ts';
import type { Connection, On } from './connection.ts';
import { keepOnce } from './once.ts';
import { remembered } from './remembered.ts';
import type { Revisions } from './revisions.ts';
import { idOf, packBytes, unpackBytes } from './text.ts';

export const CASE_ID = 'case';

/** Keeps in Cosmos DB who may see which case. */
export function caseStore(connection: Connection, revisions: Revisions): CaseStore {
  return { ...cases(connection, revisions), ...grants(connection) };
}

function cases({ call }: Connection, revisions: Revisions): Pick<CaseStore, 'read' | 'has' | 'save' | 'undecided'> {
  const placeOf = (on: On, caseKey: string) => ({ documents: on.cases, deadline: on.deadline, partition: caseKey });
  const kept = remembered<true>();

  async function find(on: On, caseKey: string): Promise<StoredCase | undefined> {
    const found = await revisions.read<CaseDoc>(placeOf(on, caseKey), CASE_ID);
    if (found !== undefined) kept.set(caseKey, true);
    return found && asCase(found);
  }

  return {
    read: (caseKey) => call((on) => find(on, caseKey)),
    has: (caseKey) => call(async (on) => kept.get(caseKey) ?? (await find(on, caseKey)) !== undefined),
    save: (stored) =>
      call(async (on) => {
        const place = placeOf(on, stored.caseKey);
        const doc = caseDoc(stored);
        if (doc.revision === 1) return saveTeams(on, revisions, doc, undefined);
        const before = await revisions.read<CaseDoc>(place, CASE_ID);
        if (before?.revision !== doc.revision - 1) return 'conflict';
        return isSame(before.teamIds, doc.teamIds)
          ? revisions.replace(place, doc)
          : saveTeams(on, revisions, doc, before);
      }),
    undecided: (limit) =>
      call(async (on) => {
        const sql = `SELECT TOP @limit * FROM c WHERE c.undecidedSince >= ''
          ORDER BY c.undecidedSince, c.caseKey`;
        return (await on.cases.query<CaseDoc>({ sql, values: { limit } })).map(asCase);
      }),
  };
}

/** Whether the teams that a case has are these, in any order. */
function isSame(kept: readonly string[], wanted: readonly string[]): boolean {
  const teams = new Set(wanted);
  return kept.length === teams.size && kept.every((teamId) => teams.has(teamId));
}

export function caseDoc({ caseKey, revision, teamIds, undecidedSince, body }: StoredCase): CaseDoc {
  return {
    ...{ id: CASE_ID, caseKey, doc: 'case', revision, teamIds: [...new Set(teamIds)].sort() },
    ...(undecidedSince === undefined ? {} : { undecidedSince }),
    body: packBytes(body),
  };
}

export function asCase({ caseKey, revision, teamIds, undecidedSince, body }: CaseDoc): StoredCase {
  return {
    ...{ caseKey, revision, teamIds },
    ...(undecidedSince === undefined ? {} : { undecidedSince }),
    body: unpackBytes(body),
  };
}

export interface GrantDoc extends Omit<StoredGrant, 'body'> {
  readonly id: string;
  readonly doc: 'grant';
  /** What it is found under in its case: whose it is. */
  readonly keys: readonly string[];
  readonly body: string;
}

/** A grant stands in its case’s partition; a note of where, which is made first, finds it by its id. */
function grants({ call }: Connection): Pick<CaseStore, 'grant' | 'grantById' | 'grantsOf'> {
  return {
    grant: (grant) =>
      call(async (on) => {
        const { where, doc } = grantDocs(grant);
        await keepOnce(on.lookups, on.deadline, where.key, where);
        await keepOnce(on.cases, on.deadline, doc.caseKey, doc);
      }),
    grantById: (grantId) =>
      call(async (on) => {
        const id = grantDocId(grantId);
        const where = await on.lookups.read<{ readonly caseKey: string }>(id, id);
        const found = where && (await on.cases.read<GrantDoc>(where.caseKey, id));
        return found && asGrant(found);
      }),
    grantsOf: (personId, caseKey, at) =>
      call(async ({ cases }) => {
        const sql = `SELECT * FROM c WHERE c.caseKey = @caseKey AND c.doc = 'grant' AND ARRAY_CONTAINS(c.keys, @whose)`;
        const found = await cases.query<GrantDoc>({ sql, values: { caseKey, whose: grantKey(personId) } }, caseKey);
        // A person has few of one case: what has ended is left out here, and no document of a case file is indexed for it.
        return found.filter(({ until }) => until > at).sort((a, b) => (a.until < b.until ? 1 : -1)).map(asGrant); // prettier-ignore
      }),
  };
}

const grantKey = (personId: string): string => `grant ${personId}`;
const grantDocId = (grantId: string): string => idOf('grant', grantId);

/** A grant, and the note of where it stands. */
export function grantDocs({ grantId, personId, caseKey, until, body }: StoredGrant) {
  const id = grantDocId(grantId);
  const keys = [grantKey(personId)];
  const doc: GrantDoc = { id, doc: 'grant', keys, grantId, personId, caseKey, until, body: packBytes(body) };
  return { where: { id, key: id, doc: 'grant', caseKey }, doc };
}

export function asGrant({ grantId, personId, caseKey, until, body }: GrantDoc): StoredGrant {
  return { grantId, personId, caseKey, until, body: unpackBytes(body) };
}
