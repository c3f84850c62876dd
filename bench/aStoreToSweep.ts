import { openConnection } from '../src/stores/sqlite/connection.ts';
import { rebuildOpenRecords } from '../src/stores/sqlite/openRecords.ts';
import { aHeader } from '../test/src/stores/contract/builders.ts';

export const TENANT = 'tenant-exampleshire';
export const TODAY = '2026-11-24';

/** How many records are due, and how many are due later, in a store of any size. */
export const DUE = 1_000;

/** Records in one transaction. */
const CHUNK = 50_000;

/** About what a sealed payload and a sealed key come to. */
const PAYLOAD_BYTES = 1_500;
const KEY_BYTES = 60;

const NUMBERED = 'WITH RECURSIVE n (i) AS (SELECT :from UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :to)';
const RECORD_ID = `printf('01JBENCH%018d', i)`;

/** Due in the sixty days up to today, or, as many, in the ninety after; nothing open in the others. */
const OPEN_ITEMS = `CASE
  WHEN i % :step = 0 THEN json_array(json_object('kind', 'outcome', 'due', date('${TODAY}', -(i / :step * 7 % 60) || ' days')))
  WHEN i % :step = 1 THEN json_array(json_object('kind', 'review', 'due', date('${TODAY}', (1 + i / :step % 90) || ' days')))
  ELSE json_array() END`;

const INSTANT = `strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + i * 60, 'unixepoch')`;

const HEADER = `json_set(:header, '$.recordId', ${RECORD_ID}, '$.number', printf('SL-%08d', i),
  '$.authorId', printf('person-%d', i % 500), '$.teamId', printf('team-%d', i % 40), '$.contactAt', ${INSTANT},
  '$.savedAt', ${INSTANT}, '$.counterpartToken', hex(randomblob(32)), '$.openItems', ${OPEN_ITEMS})`;

/**
 * Makes a store of so many records, a multiple of `DUE`, in which those that are due stand evenly among all others: the
 * worst case, for no two of them share a page of a large store. One version each, written in bulk, without chains, which
 * are not looked at.
 */
export async function buildStore(path: string, records: number, tenantId = TENANT): Promise<void> {
  const connection = openConnection(path, tenantId);
  try {
    const versions = connection.db.prepare(
      `${NUMBERED} INSERT INTO versions (recordId, version, caseKey, header, payload, commitment)
        SELECT ${RECORD_ID}, 1, printf('case-%09d', i / 3), ${HEADER}, randomblob(${PAYLOAD_BYTES}), hex(randomblob(32)) FROM n`,
    );
    const keys = connection.db.prepare(
      `${NUMBERED} INSERT INTO versionKeys (recordId, version, wrapped)
        SELECT ${RECORD_ID}, 1, randomblob(${KEY_BYTES}) FROM n`,
    );
    const header = JSON.stringify(aHeader());
    for (let from = 0; from < records; from += CHUNK) {
      const chunk = { from, to: Math.min(from + CHUNK, records) };
      await connection.write(() => {
        versions.run({ ...chunk, header, step: records / DUE });
        keys.run(chunk);
      });
    }
    await rebuildOpenRecords(connection);
  } finally {
    connection.close();
  }
}
