import assert from 'node:assert/strict';
import { CosmosClient } from '@azure/cosmos';
import { DatabaseSync } from 'node:sqlite';
import type { CosmosPlace } from '../../../../src/stores/cosmos/connection.ts';
import { packGrant } from '../../../../src/caseFacts.ts';
import { chanceFrom, depsOn, record, seededKeys } from '../../../evidence/aSeededStore.ts';
import { wholeOf } from '../contract/wholeOf.ts';
import { withADouble } from '../cosmos/aCosmos.ts';
import { fillStore } from './aFilledStore.ts';
import { copied, cosmosPlace, sqlitePlace, withAFolder, type Place } from './places.ts';

const ONE_SENTENCE = /^(?!.*\. ).+[:,] .+\.$/u;

describe('a copy of a store is refused, and changes nothing', () => {
  const double = withADouble();
  const path = withAFolder();
  let files = 0;
  const aFile = (): string => path(`file-${(files += 1)}`);

  async function filled(seed: string): Promise<Place & { readonly path: string }> {
    const file = aFile();
    const place = sqlitePlace(file);
    const stores = await place.open();
    await fillStore(stores, seed, true);
    await stores.close();
    return { ...place, path: file };
  }

  function tamper(file: string, sql: string): void {
    const db = new DatabaseSync(file);
    try {
      for (const table of ['versions', 'chain', 'wordings', 'numbers', 'accessLog', 'accessSubjects'])
        for (const verb of ['UPDATE', 'DELETE']) db.exec(`DROP TRIGGER IF EXISTS ${table}No${verb}`);
      db.exec(sql);
    } finally {
      db.close();
    }
  }

  async function refuses(from: Place, to: Place, code: string, says: RegExp): Promise<void> {
    const before = [from.contents(), to.contents()];
    await assert.rejects(copied(from, to), (error: Error & { code?: string }) => {
      assert.equal(error.code, code, error.message);
      assert.match(error.message, says);
      assert.match(error.message, ONE_SENTENCE);
      return true;
    });
    assert.deepEqual([from.contents(), to.contents()], before);
  }

  function containersOf({ endpoint, key = '', database }: CosmosPlace) {
    const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } });
    return client.database(database);
  }

  it('into a store that holds other records', async () => {
    const [one, other] = [await filled('one'), await filled('other')];
    const target = await cosmosPlace(double());
    await copied(other, target);
    await refuses(one, target, 'copy.foreign', /left as they are/u);
    const back = sqlitePlace(aFile());
    await copied(target, back);
    await refuses(one, back, 'copy.foreign', /empty database or folder/u);
  });

  it('into a store on which a bot was started', async () => {
    const target = await cosmosPlace(double());
    const stores = await target.open();
    await stores.storeKey.create({ keyId: 'kek-2', wrapped: Uint8Array.of(1) });
    await stores.close();
    await refuses(await filled('one'), target, 'copy.foreign', /other records/u);
  });

  it('into a store that holds something, and no key', async () => {
    const target = await cosmosPlace(double());
    const stores = await target.open();
    await stores.nudges.setReachable('person-1', false);
    await stores.close();
    await refuses(await filled('one'), target, 'copy.foreign', /other records/u);
  });

  for (const [what, sql, says] of [
    ['another draft', `UPDATE drafts SET revision = 7 WHERE draftId = 'draft-1'`, /draft draft-1 is not the same/u],
    ['one draft more', `DELETE FROM drafts WHERE draftId = 'draft-1'`, /draft draft-1 stands in the target only/u],
    ['one person fewer', `INSERT INTO unreachable VALUES ('person-zzz')`, /person-zzz is missing/u],
    ['another key of a version', `UPDATE versionKeys SET wrapped = x'00'`, /case file \w+ is not the same/u],
    ['another head', `UPDATE heads SET seq = 9`, /case file \w+ is not the same/u],
    ['another entry of the access log', `UPDATE accessLog SET personId = 'x' WHERE seq = 1`, /access log .* is not/u],
  ] as const)
    it(`into a whole store that holds ${what}`, async () => {
      const source = await filled('one');
      const target = await cosmosPlace(double());
      await copied(source, target);
      tamper(source.path, sql);
      await refuses(source, target, 'copy.differs', says);
    });

  it('beside a bot on SQLite', async () => {
    const source = await filled('one');
    const stores = await source.open();
    await refuses(source, await cosmosPlace(double()), 'store.locked', /stop it first/u);
    await stores.close();
  });

  it('from a store that holds nothing, or that is not there', async () => {
    const empty = sqlitePlace(aFile());
    await (await empty.open()).close();
    await refuses(empty, await cosmosPlace(double()), 'copy.empty', /nothing to copy/u);
    await refuses(await cosmosPlace(double()), empty, 'store.missing', /holds no records/u);
    await assert.rejects(copied(sqlitePlace(aFile()), empty), { code: 'store.missing' });
  });

  it('from or into an account that lacks a container', async () => {
    const source = await filled('one');
    const target = await cosmosPlace(double());
    await containersOf(target.place).container('nudges').delete();
    await refuses(source, target, 'store.missing', /cosmos:provision/u);
    await refuses(target, source, 'store.missing', /nudges/u);
  });

  it('into a copy in which something else came to stand under the same key', async () => {
    const source = await filled('one');
    const target = await cosmosPlace(double());
    await assert.rejects(copied(source, target, { isStopped: () => true }), { code: 'copy.stopped' });
    const other = { id: 'deputy', personId: 'person-1', doc: 'deputy', deputyId: 'person-x', until: '2020-01-01' };
    await containersOf(target.place).container('people').items.create(other);
    await assert.rejects(copied(source, target), { code: 'copy.foreign', message: /the deputy person-1/u });
    assert.ok(
      target.contents().some((doc) => doc.includes('person-x')),
      'nothing is overwritten',
    );
    await assert.rejects(target.open(), { code: 'store.half' });
  });

  it('into a copy in SQLite in which something else came to stand under the same key', async () => {
    const source = await filled('one');
    const between = await cosmosPlace(double());
    await copied(source, between);
    const file = aFile();
    const target = sqlitePlace(file);
    await assert.rejects(copied(between, target, { isStopped: () => true }), { code: 'copy.stopped' });
    tamper(file, `INSERT INTO numbers SELECT 'SL-00000000', 'record-1', 'case-1'`);
    await assert.rejects(copied(between, target), {
      code: 'copy.differs',
      message: /SL-00000000 stands in the target only/u,
    });
    tamper(file, `UPDATE deputies SET deputyId = 'person-x'`);
    await assert.rejects(copied(between, target), { code: 'copy.foreign', message: /the deputy person-1/u });
    assert.ok(
      target.contents().some((row) => row.includes('person-x')),
      'nothing is overwritten',
    );
    await assert.rejects(target.open(), { code: 'store.half' });
  });
});

describe('a copy of a store that is run again', () => {
  const double = withADouble();
  const path = withAFolder();

  it('finds everything there, and writes nothing', async () => {
    const source = sqlitePlace(path('source'));
    const stores = await source.open();
    await fillStore(stores, 'again', true);
    await stores.close();
    const target = await cosmosPlace(double());
    const first = await copied(source, target);
    double().control.tallies.reset();
    const second = await copied(source, target);
    assert.deepEqual([first.wasThere, second.wasThere], [false, true]);
    assert.deepEqual(second.counts, first.counts);
    assert.equal(double().control.tallies.of('create', 'batch', 'delete', 'upsert', 'replace').requests, 0);
  });

  it('of records that are not whole says where, and gives the copy to no bot', async () => {
    const source = sqlitePlace(path('damaged'));
    const stores = await source.open();
    await fillStore(stores, 'damaged', true);
    await stores.close();
    const [whole, damaged] = [await cosmosPlace(double()), await cosmosPlace(double())];
    assert.deepEqual((await copied(source, whole)).findings, []);
    const db = new DatabaseSync(path('damaged'));
    db.exec('DELETE FROM heads WHERE caseKey = (SELECT min(caseKey) FROM heads)');
    db.close();
    await isToldAndKeptBack(source, damaged);
    const all = double().control.contents().find((each) => each.database === whole.place.database && each.container === 'cases')!; // prettier-ignore
    const head = all.items.find(({ doc, seq }) => doc === 'head' && Number(seq) > 0);
    double().control.fill(all.database, all.container, all.items.filter((item) => item !== head)); // prettier-ignore
    await isToldAndKeptBack(whole, sqlitePlace(path('copied')));
  });

  async function isToldAndKeptBack(source: Place, target: Place): Promise<void> {
    const { findings } = await copied(source, target);
    assert.ok(findings.some(({ what }) => what === 'head.missing'));
    await assert.rejects(target.open(), { code: 'store.half' });
  }
});

describe('a copy of a store with more than a page of everything', () => {
  const double = withADouble();
  const path = withAFolder();

  it('is the same there and back', async () => {
    const source = sqlitePlace(path('many'));
    const stores = await source.open();
    await fillStore(stores, 'many', true);
    const at = '2026-11-23T14:05:00.000Z';
    const body = Uint8Array.of(1);
    const keys = seededKeys(chanceFrom('grants'));
    const chance = chanceFrom('large case');
    const deps = depsOn(stores, chance);
    // Each is three documents of one case file.
    for (let made = 0; made < 35; made += 1) await record(deps, chance, 'XX-9');
    const linked = (await wholeOf(stores.records.byAuthor('person-asha', { limit: 1 })))[0]!;
    for (const nth of Array.from({ length: 230 }, (_, each) => String(each).padStart(4, '0'))) {
      await stores.records.linkInto(`case-${nth}`, linked.header.recordId, linked.caseKey);
      const ofAlias = await stores.records.caseKeyFor(`b0${nth}`, 1, `own-case-${nth}`);
      await stores.records.linkInto(ofAlias, linked.header.recordId, linked.caseKey);
      await stores.nudges.create({
        personId: `person-${nth}`,
        date: '2026-11-23',
        status: 'sent',
        revision: 1,
        changedAt: at,
      });
      await stores.nudges.saveItem({ recordId: `r${nth}`, kind: 'outcome', pausedDays: 0, revision: 1 });
      await stores.drafts.create({
        draftId: `d${nth}`,
        personId: 'p',
        status: 'open',
        revision: 1,
        touchedAt: at,
        body,
      });
      await stores.cases.grant(packGrant(keys, { grantId: `g${nth}`, personId: 'p', caseKey: `case-${nth}`, until: at, at, reason: 'A visit.' })); // prettier-ignore
    }
    await stores.close();
    const between = await cosmosPlace(double());
    const back = sqlitePlace(path('back'));
    await copied(source, between);
    await copied(between, back);
    assert.deepEqual(back.contents(), source.contents());
  });
});
