import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeKeyFile, readKeyFile } from '../bot/keyFile.ts';
import { loadPeople } from '../bot/local/people.ts';
import { openCase } from '../src/caseFacts.ts';
import { FOLD_VERSION } from '../src/caseReference.ts';
import { chainHash } from '../src/committing.ts';
import { caseAlias, counterpartToken } from '../src/freezing.ts';
import { newCaseKey, newUlid, recordNumbers } from '../src/ids.ts';
import type { Keys } from '../src/keyPorts.ts';
import { openKeys, ringHolder } from '../src/keyring.ts';
import { sealPayload } from '../src/payloads.ts';
import type { Person } from '../src/people.ts';
import type { ChainEntry, Random, VersionHeader } from '../src/ports.ts';
import type { Stores } from '../src/storePorts.ts';
import { share } from '../src/records/share.ts';
import { openConnection, type Connection } from '../src/stores/sqlite/connection.ts';
import { rebuildOpenRecords } from '../src/stores/sqlite/openRecords.ts';
import { storesOn } from '../src/stores/sqlite/openSqlite.ts';
import { rebuildSearchKeys } from '../src/stores/sqlite/searchKeys.ts';
import { wordingOf } from '../src/wording.ts';
import { aHeader } from '../test/src/stores/contract/builders.ts';
import { aShare } from '../test/src/aShare.ts';

/** The cases that are asked for, and how many records each has: the same in a store of any size. */
const CASES = 20;
export const RECORDS_A_CASE = 50;

/** Records of other cases in one transaction. */
const CHUNK = 50_000;
/** About what a sealed payload and a sealed key come to. */
const PAYLOAD_BYTES = 1_500;
const KEY_BYTES = 60;
const FIRST_MS = Date.UTC(2025, 0, 6, 9);

/** A case that can be asked for. */
export interface BenchedCase {
  readonly reference: string;
  /** The number of the record that was begun last. */
  readonly lastNumber: string;
}

/**
 * Makes a data folder for a bot in local mode: cases that its first person may open, whose records stand evenly among so
 * many others that nobody opens. The others have no chains and nothing in their payloads, and are found like any record.
 */
export async function buildCases(dataDir: string, records: number): Promise<readonly BenchedCase[]> {
  mkdirSync(dataDir, { recursive: true });
  makeKeyFile(`${dataDir}.key`);
  const { tenantId, people } = loadPeople(undefined);
  const [person] = people;
  if (person === undefined) throw new Error('There are no people to press.');
  const connection = openConnection(join(dataDir, 'sharing-log.sqlite'), tenantId);
  try {
    const stores = storesOn(connection);
    const random: Random = { bytes: (length) => randomBytes(length) };
    const keys = await openKeys(stores.storeKey, ringHolder(readKeyFile(`${dataDir}.key`)), tenantId, random);
    const cases = await someCases(stores, keys, { ...person, tenantId }, random);
    const others = records - CASES * RECORDS_A_CASE;
    for (let nth = 0; nth < RECORDS_A_CASE; nth += 1) {
      const from = Math.floor((others * nth) / RECORDS_A_CASE);
      await fillUp(connection, from, Math.floor((others * (nth + 1)) / RECORDS_A_CASE));
      await Promise.all(cases.map((one) => one.addRecord(nth)));
    }
    await rebuildOpenRecords(connection);
    await rebuildSearchKeys(connection);
    return cases.map(({ reference, lastNumber }) => ({ reference, lastNumber: lastNumber() }));
  } finally {
    connection.close();
  }
}

function someCases(stores: Stores, keys: Keys, person: Person, random: Random) {
  return Promise.all(
    Array.from({ length: CASES }, (_, nth) =>
      aCaseFile(stores, keys, { person, random, reference: `RFS-${10_000 + nth}` }),
    ),
  );
}

/** Opens a case for the first team of somebody who signs its records then: one a week, every fifth with its outcome open. */
export async function aCaseFile(
  stores: Stores,
  keys: Keys,
  { person, random, reference }: Pick<Adding, 'person' | 'random' | 'reference'>,
) {
  const [teamId = ''] = person.teamIds;
  const alias = caseAlias(keys, person.tenantId, reference);
  const caseKey = await stores.records.caseKeyFor(alias, FOLD_VERSION, newCaseKey(random));
  await openCase({ cases: stores.cases, keys }, caseKey, teamId, new Date(FIRST_MS).toISOString());
  let number = '';
  return {
    reference,
    lastNumber: () => number,
    addRecord: async (at: number) => {
      number = await addRecord(stores, keys, { person, teamId, caseKey, reference, at, random });
    },
  };
}

interface Adding {
  readonly person: Person;
  readonly teamId: string;
  readonly caseKey: string;
  readonly reference: string;
  readonly at: number;
  readonly random: Random;
}

/** Signs a record, one a week, and gives its number. */
async function addRecord({ records }: Stores, keys: Keys, adding: Adding): Promise<string> {
  const { person, teamId, caseKey, reference, at, random } = adding;
  const now = new Date(FIRST_MS + at * 7 * 86_400_000).toISOString();
  const recordId = newUlid({ now: () => now }, random);
  const number = recordNumbers(recordId)[0] ?? '';
  const answers = aShare({ caseReference: reference, contactAt: now });
  const header: VersionHeader = {
    ...{ recordId, version: 1, kind: 'recorded', type: share.id, number, contactAt: now, savedAt: now },
    ...{ authorId: person.id, teamId, consentLimited: at % 10 === 0, isUnlinked: false },
    openItems: at % 5 === 0 ? [{ kind: 'outcome', due: now.slice(0, 10) }] : [],
    counterpartToken: counterpartToken(keys, share, answers),
    wordingHash: wordingOf(share).hash,
  };
  const { id: personId, tenantId, name, jobTitle, organisation, roles } = person;
  const entry = { ...{ signature: name, personId, tenantId, name, jobTitle, organisation }, roles: [...roles], teamId, signedAt: now }; // prettier-ignore
  const salt = createHash('sha256').update(recordId).digest('hex');
  const version = sealPayload(keys, caseKey, header, { answers, entry, salt });
  const head = await records.head(caseKey);
  const link: ChainEntry = {
    ...{ caseKey, seq: head.seq + 1, kind: 'recorded', recordId, version: 1, at: now, actor: personId },
    ...{ draftId: recordId, commitment: version.commitment, prev: head.hash },
  };
  await records.reserveNumber({ number, recordId, caseKey });
  await records.commit({ version, entry: link, hash: chainHash(link), head, wordings: [wordingOf(share)] });
  return number;
}

const RECORD_ID = `printf('01JBENCH%018d', i)`;
const CASE_KEY = `printf('01JCASE%019d', i / 3)`;
const TEAM = `printf('team-%d', i / 3 % 40)`;
const INSTANT = `strftime('%Y-%m-%dT%H:%M:%fZ', 1735725600 + i * 60, 'unixepoch')`;
const HEADER = `json_set(:header, '$.recordId', ${RECORD_ID}, '$.number', printf('SL-%08d', i), '$.contactAt', ${INSTANT},
  '$.savedAt', ${INSTANT}, '$.authorId', printf('person-%d', i % 500), '$.teamId', ${TEAM},
  '$.counterpartToken', printf('organisation-%d', i % 20000), '$.openItems', iif(i % 100 = 0, json(:open), json_array()))`;

/** Other records, three to a case, each with all that stands beside one: number, key, alias, case and case team. */
const FILLING = [
  `INSERT INTO versions (recordId, version, caseKey, header, payload, commitment)
    SELECT ${RECORD_ID}, 1, ${CASE_KEY}, ${HEADER}, randomblob(${PAYLOAD_BYTES}), hex(randomblob(32)) FROM n`,
  `INSERT INTO versionKeys (recordId, version, wrapped) SELECT ${RECORD_ID}, 1, randomblob(${KEY_BYTES}) FROM n`,
  `INSERT INTO numbers (number, recordId, caseKey) SELECT printf('SL-%08d', i), ${RECORD_ID}, ${CASE_KEY} FROM n`,
  `INSERT OR IGNORE INTO cases (caseKey, revision, body) SELECT ${CASE_KEY}, 1, randomblob(150) FROM n`,
  `INSERT OR IGNORE INTO caseTeams (teamId, caseKey) SELECT ${TEAM}, ${CASE_KEY} FROM n`,
  `INSERT INTO aliases (alias, foldVersion, caseKey) SELECT lower(hex(randomblob(32))), ${FOLD_VERSION}, ${CASE_KEY} FROM n WHERE i % 3 = 0`,
];

async function fillUp({ db, write }: Connection, first: number, end: number): Promise<void> {
  const header = JSON.stringify(aHeader());
  const open = JSON.stringify([{ kind: 'outcome', due: '2030-01-01' }]);
  const statements = FILLING.map((sql) =>
    db.prepare(`WITH RECURSIVE n (i) AS (SELECT :from UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :to) ${sql}`),
  );
  for (let from = first; from < end; from += CHUNK) {
    const chunk = { from, to: Math.min(from + CHUNK, end) };
    await write(() => {
      for (const [at, statement] of statements.entries()) statement.run(at === 0 ? { ...chunk, header, open } : chunk);
    });
  }
}
