import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AuditSource } from '../../src/auditPorts.ts';
import { unpackDraft } from '../../src/drafts.ts';
import { codeOf, CodedError } from '../../src/errors.ts';
import type { Stores } from '../../src/storePorts.ts';
import { openAudit } from '../../src/stores/sqlite/audit.ts';
import { openSqlite } from '../../src/stores/sqlite/openSqlite.ts';
import { verify } from '../../src/verifying.ts';
import { TENANT } from '../src/aBench.ts';
import { chanceFrom, depsOn, keepStoreKey, record, seededKeys } from './aSeededStore.ts';

const RECORDS = 4;
/** Places at random, for cuts and for flips each. */
const OFFSETS = 250;
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

type Damage = 'cut' | 'flipped';

describe('a store whose log of writes was damaged', function () {
  this.timeout(120_000);
  const keys = seededKeys(chanceFrom('wal'));
  let folder = '';
  /** What stood on the disk while the bot was writing. */
  let files: { readonly db: string; readonly shm: string; readonly wal: Buffer };
  /** `recordId version` of each commit that was acknowledged, in order. */
  let committed: readonly string[] = [];
  let pageBytes = 0;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sharing-log-'));
    const path = join(folder, 'running.sqlite');
    const chance = chanceFrom('wal');
    const first = await openSqlite({ path, tenantId: TENANT });
    await keepStoreKey(first, chance);
    await first.close();
    const stores = await openSqlite({ path, tenantId: TENANT });
    committed = await recordInTurn(stores);
    files = { db: join(folder, 'kept'), shm: join(folder, 'kept-shm'), wal: readFileSync(`${path}-wal`) };
    copyFileSync(path, files.db);
    copyFileSync(`${path}-shm`, files.shm);
    await stores.close();
    pageBytes = readFileSync(files.db).readUInt16BE(16);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Opens a copy in which the log is damaged at an offset; how many commits are there, or the code of the refusal. */
  async function look(damage: Damage, offset: number): Promise<number | string> {
    const path = join(folder, 'damaged.sqlite');
    copyFileSync(files.db, path);
    copyFileSync(files.shm, `${path}-shm`);
    const wal = Buffer.from(damage === 'cut' ? files.wal.subarray(0, offset) : files.wal);
    if (damage === 'flipped') wal.writeUInt8(wal.readUInt8(offset) ^ (1 << (offset % 8)), offset);
    writeFileSync(`${path}-wal`, wal);
    try {
      const stores = await openSqlite({ path, tenantId: TENANT });
      // While a reader is there, closing does not wait for the disk: the file is thrown away.
      const source = openAudit({ path, tenantId: TENANT });
      try {
        return await checkPrefix(path, source);
      } finally {
        await stores.close();
        await source.close();
      }
    } catch (error) {
      assert.ok(error instanceof CodedError, String(error));
      assert.match(error.message, /^[^.]+\.$/u);
      return codeOf(error);
    }
  }

  /** What is there is whole, is the beginning of what was committed, and no draft says more than that. */
  async function checkPrefix(path: string, source: AuditSource): Promise<number> {
    const { entries, findings } = await verify(source, keys);
    assert.deepEqual(findings, []);
    const db = new DatabaseSync(path, { readOnly: true });
    const there = new Set(
      db
        .prepare(`SELECT recordId || ' ' || version AS one FROM chain`)
        .all()
        .map(({ one }) => one),
    );
    const drafts = db.prepare(`SELECT * FROM drafts WHERE status = 'committed'`).all();
    db.close();
    assert.equal(there.size, entries);
    assert.deepEqual(there, new Set(committed.slice(0, entries)));
    for (const draft of drafts) {
      const { draftId } = unpackDraft(keys, draft as unknown as Parameters<typeof unpackDraft>[1]); // a row of the table
      assert.ok(there.has(`${draftId} 1`), 'a draft says that it was committed, and there is no record');
    }
    return entries;
  }

  /** The edges of the header and of every frame, and one byte to each side. */
  function edges(): readonly number[] {
    const frames = Math.floor((files.wal.length - WAL_HEADER_BYTES) / (FRAME_HEADER_BYTES + pageBytes));
    const starts = Array.from(
      { length: frames + 1 },
      (_, nth) => WAL_HEADER_BYTES + nth * (FRAME_HEADER_BYTES + pageBytes),
    );
    return [0, ...starts]
      .flatMap((edge) => [edge - 1, edge, edge + 1])
      .filter((at) => at >= 0 && at < files.wal.length);
  }

  async function lookAtAll(damage: Damage, offsets: readonly number[]): Promise<void> {
    const seen = new Set<number | string>();
    for (const offset of offsets) {
      try {
        seen.add(await look(damage, offset));
      } catch (error) {
        throw new Error(`${damage} at ${offset} of ${files.wal.length}`, { cause: error });
      }
    }
    for (let entries = 0; entries < committed.length; entries += 1) assert.ok(seen.has(entries), `${entries} commits were never left`); // prettier-ignore
  }

  it('shows all that was committed while the log is whole', async () => {
    assert.equal(await look('cut', files.wal.length), RECORDS);
  });

  for (const damage of ['cut', 'flipped'] as const) {
    it(`shows a beginning of what was committed, or refuses in a sentence, when it is ${damage} at the edge of a frame`, async () => {
      await lookAtAll(damage, edges());
    });

    it(`does so when it is ${damage} at ${OFFSETS} other places`, async () => {
      const chance = chanceFrom(damage);
      await lookAtAll(
        damage,
        Array.from({ length: OFFSETS }, () => chance.below(files.wal.length)),
      );
    });
  }
});

/** Signs records one after the other; what was committed, in order. */
async function recordInTurn(stores: Stores): Promise<readonly string[]> {
  const committed: string[] = [];
  const chance = chanceFrom('in turn');
  const deps = depsOn(
    {
      ...stores,
      records: {
        ...stores.records,
        async commit(wanted) {
          const result = await stores.records.commit(wanted);
          committed.push(`${wanted.entry.recordId} ${wanted.entry.version}`);
          return result;
        },
      },
    },
    chance,
  );
  for (let made = 0; made < RECORDS; made += 1) await record(deps, chance, chance.oneOf(['XX-1', 'XX-2']));
  return committed;
}
