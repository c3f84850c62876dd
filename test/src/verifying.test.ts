import assert from 'node:assert/strict';
import { join } from 'node:path';
import { packGrant } from '../../src/caseFacts.ts';
import { CodedError } from '../../src/errors.ts';
import { readKeys, ringHolder } from '../../src/keyring.ts';
import type { Stores } from '../../src/storePorts.ts';
import { openAudit } from '../../src/stores/sqlite/audit.ts';
import { openConnection } from '../../src/stores/sqlite/connection.ts';
import { openSqlite } from '../../src/stores/sqlite/openSqlite.ts';
import { verify, type Verified, type VerifyOptions } from '../../src/verifying.ts';
import { anAttacker, type Attacker } from '../evidence/anAttacker.ts';
import {
  aSeededFile,
  chanceFrom,
  depsOn,
  KEK,
  LOOKUP_KEY,
  record,
  recordSeeded,
  seededKeys,
} from '../evidence/aSeededStore.ts';
import { TENANT } from './aBench.ts';
import { temporaryFolder } from './stores/sqlite/temporaryFolder.ts';

describe('verifying', () => {
  const folder = temporaryFolder();
  const path = (): string => join(folder(), 'records.sqlite');
  const audit = () => openAudit({ path: path(), tenantId: TENANT });
  const keys = seededKeys(chanceFrom('verifying'));

  async function look(options?: VerifyOptions): Promise<Verified> {
    const source = audit();
    try {
      return await verify(source, keys, options);
    } finally {
      await source.close();
    }
  }

  /** Changes the file as somebody who can write to it. */
  function tamper<T>(how: (attacker: Attacker) => T): T {
    const attacker = anAttacker(path(), chanceFrom('verifying'));
    const done = how(attacker);
    attacker.leave();
    return done;
  }

  it('finds an empty store whole', async () => {
    await (await openSqlite({ path: path(), tenantId: TENANT })).close();
    assert.deepEqual(await look(), { entries: 0, records: 0, caseFiles: 0, accessEntries: 0, findings: [], isCutShort: false }); // prettier-ignore
  });

  describe('records that were made as the bot makes them', () => {
    beforeEach(() => aSeededFile(path(), 'verifying'));

    it('counts entries, records and case files', async () => {
      const { entries, records, caseFiles } = await look();
      const counted = tamper(({ one }) =>
        one(
          `SELECT count(*) AS entries, count(DISTINCT recordId) AS records, count(DISTINCT caseKey) AS caseFiles FROM chain`,
        ),
      );
      assert.deepEqual({ entries, records, caseFiles }, { ...counted });
    });

    it('sees the store as it stood when it was opened, while the bot writes on', async () => {
      const before = await look();
      const source = audit();
      const stores = await openSqlite({ path: path(), tenantId: TENANT });
      await recordSeeded(stores, chanceFrom('written on'));
      const { entries, findings } = await verify(source, keys);
      await source.close();
      await stores.close();
      assert.deepEqual([entries, findings], [before.entries, []]);
      const after = await look();
      assert.ok(after.entries > entries);
      assert.deepEqual(after.findings, []);
    });

    it('does not mind a number that was reserved for a record that was never saved', async () => {
      tamper(({ run }) => run(`INSERT INTO numbers VALUES ('SL-00000000', 'record-0', 'case-0')`));
      assert.deepEqual((await look()).findings, []);
    });

    it('does not mind a draft that was not closed yet when the bot stopped', async () => {
      const stores = await openSqlite({ path: path(), tenantId: TENANT });
      const save: Stores['drafts']['save'] = async (draft) =>
        draft.status === 'committed'
          ? Promise.reject(new CodedError('store.fault', 'stopped'))
          : stores.drafts.save(draft);
      const chance = chanceFrom('stopped');
      await record(depsOn({ ...stores, drafts: { ...stores.drafts, save } }, chance), chance, 'XX-1');
      assert.equal((await stores.drafts.committing(9)).length, 1);
      await stores.close();
      assert.deepEqual((await look()).findings, []);
    });

    it('tells once that a number is another one, for a record of several versions', async () => {
      tamper(({ run, one }) => {
        const { recordId } = one('SELECT recordId FROM chain WHERE version > 1');
        run(`UPDATE numbers SET number = 'SL-00000000' WHERE recordId = ?`, recordId ?? '');
      });
      assert.deepEqual((await look()).findings.map(({ what, version }) => [what, version]), [['number.mismatch', 1]]); // prettier-ignore
    });

    it('finds a draft that was put back to before it was signed', async () => {
      tamper(({ run, one, chain, anyLink }) => {
        const { draftId } = chain(anyLink().caseKey).at(-1)!;
        const personId = String(one('SELECT personId FROM drafts WHERE draftId = ?', draftId).personId);
        const body = keys.seal({ kind: 'draft', personId, draftId }, Buffer.from('{"answers":{}}'));
        run(`UPDATE drafts SET status = 'open', body = ? WHERE draftId = ?`, body, draftId);
      });
      assert.deepEqual((await look()).findings.map(({ what }) => what), ['receipt.missing']); // prettier-ignore
    });

    it('looks at the access log, which nobody can change without the keys', async () => {
      const counted = tamper(({ one, run }) => {
        run(`UPDATE accessLog SET personId = 'somebody' WHERE id = 1`);
        return one('SELECT count(*) AS entries FROM accessLog').entries;
      });
      const { accessEntries, findings } = await look();
      assert.equal(accessEntries, counted);
      assert.deepEqual(findings.map(({ what, seq }) => [what, seq]), [['access.changed', 1]]); // prettier-ignore
    });

    it('opens every urgent access, and tells of one that was changed', async () => {
      const stores = await openSqlite({ path: path(), tenantId: TENANT });
      const at = '2026-11-23T14:05:00.000Z';
      for (const grantId of ['g1', 'g2'])
        await stores.cases.grant(packGrant(keys, { grantId, personId: 'bo', caseKey: 'C1', until: at, at, reason: 'A visit.' })); // prettier-ignore
      await stores.close();
      assert.deepEqual((await look()).findings, []);
      tamper(({ run }) => run(`UPDATE grants SET until = '2030-01-01T00:00:00.000Z' WHERE grantId = 'g2'`));
      assert.deepEqual((await look()).findings, [{ what: 'grant.unreadable', caseKey: 'C1' }]);
    });

    it('looks at one case file only when it is asked to', async () => {
      const [here, there] = tamper(({ all, run }) => {
        const [first, second] = all('SELECT caseKey FROM heads ORDER BY caseKey').map(({ caseKey }) => String(caseKey));
        run(`UPDATE chain SET actor = 'somebody' WHERE caseKey = ? AND seq = 1`, second ?? '');
        return [first, second];
      });
      const clean = await look({ scope: here });
      assert.deepEqual([clean.findings, clean.caseFiles, clean.accessEntries], [[], 1, 0]);
      const { findings } = await look({ scope: there });
      assert.deepEqual(findings.map(({ what, caseKey }) => [what, caseKey]), [['chain.hash', there]]); // prettier-ignore
    });

    it('finds heads without a chain before, between and after the chains', async () => {
      tamper(({ run, all }) => {
        const [first] = all('SELECT caseKey FROM heads ORDER BY caseKey');
        for (const caseKey of ['', `${String(first?.caseKey)}0`, '~'])
          run(`INSERT INTO heads VALUES (?, 1, 'ff', 'etag')`, caseKey);
      });
      assert.deepEqual((await look()).findings.map(({ what }) => what), ['head.stray', 'head.stray', 'head.stray']); // prettier-ignore
    });

    it('stops at a thousand findings, and says so', async () => {
      tamper(({ run }) => {
        for (let made = 0; made < 1_100; made += 1) run(`INSERT INTO heads VALUES (?, 1, 'ff', 'etag')`, `0${made}`);
      });
      const { findings, isCutShort } = await look();
      assert.deepEqual([findings.length, isCutShort], [1_000, true]);
    });

    it('says how far it is', async () => {
      const heard: number[] = [];
      const source = audit();
      const all = await source.entryCount(undefined);
      await source.close();
      const { entries, accessEntries } = await look({ onProgress: (done) => heard.push(done) });
      assert.ok(accessEntries > 0);
      assert.deepEqual([heard.at(-1), all], [entries + accessEntries, entries + accessEntries]);
    });

    it('opens with the keys of the store, and refuses a store that has lost its own', async () => {
      const holder = ringHolder({ lookupKey: LOOKUP_KEY, encryptionKeys: [KEK] });
      const source = audit();
      const own = await readKeys(source.storeKey, holder, TENANT, chanceFrom('x'));
      assert.deepEqual((await verify(source, own)).findings, []);
      await source.close();
      tamper(({ run }) => run(`DELETE FROM meta WHERE key = 'storeKey'`));
      const lost = audit();
      await assert.rejects(readKeys(lost.storeKey, holder, TENANT, chanceFrom('x')), { code: 'keys' });
      await lost.close();
    });
  });

  describe('a store that is not ours to read', () => {
    const alter = (sql: string): void => {
      const connection = openConnection(path(), TENANT);
      connection.db.exec(sql);
      connection.close();
    };

    it('is refused when it is of another tenant', async () => {
      await (await openSqlite({ path: path(), tenantId: 'tenant-other' })).close();
      assert.throws(audit, { code: 'store.tenant' });
    });

    it('is refused when a newer release has written it', () => {
      alter('PRAGMA user_version = 999');
      assert.throws(audit, { code: 'store.newer' });
    });

    it('is refused when a trial release has written it', () => {
      alter('PRAGMA user_version = 1');
      assert.throws(audit, { code: 'store.older' });
    });

    it('is refused when it is not there', () => {
      assert.throws(audit, { code: 'store.missing' });
    });

    it('rejects with a coded fault when a row holds what no store has written', async () => {
      await aSeededFile(path(), 'verifying');
      tamper((attacker) => {
        attacker.dropChainConstraints();
        attacker.run(`UPDATE chain SET hash = x'07' WHERE seq = 1`);
      });
      await assert.rejects(look(), { code: 'store.broken' });
    });
  });
});
