import assert from 'node:assert/strict';
import type { Stores } from '../../../../src/storePorts.ts';
import { auditSource, openAudit } from '../../../../src/stores/cosmos/audit.ts';
import { connect, type Call, type CosmosPlace } from '../../../../src/stores/cosmos/connection.ts';
import { openCopy } from '../../../../src/stores/cosmos/copyStore.ts';
import { PATIENT_LIMITS } from '../../../../src/stores/cosmos/patient.ts';
import { verify, type Verified } from '../../../../src/verifying.ts';
import { chanceFrom, depsOn, keepStoreKey, record, seededKeys } from '../../../evidence/aSeededStore.ts';
import { TENANT } from '../../aBench.ts';
import { wholeOf } from '../contract/wholeOf.ts';
import { freshDatabase, opened, withADouble } from './aCosmos.ts';

const keys = seededKeys(chanceFrom('verify'));

describe('verifying in Cosmos DB, beside bots', () => {
  const double = withADouble();
  let place: CosmosPlace;
  let stores: Stores;

  beforeEach(async () => {
    place = await freshDatabase(double());
    stores = await opened(place, { tenantId: TENANT });
    await keepStoreKey(stores, chanceFrom('key'));
  });
  afterEach(async () => {
    double().control.disarmAll();
    await stores.close();
  });

  async function recordIn(reference: string, seed: string, times = 1): Promise<void> {
    const chance = chanceFrom(seed);
    for (let made = 0; made < times; made += 1) await record(depsOn(stores, chance), chance, reference);
  }

  /** The same, half an hour later: its documents come after those of the others. */
  async function recordLater(reference: string, seed: string): Promise<void> {
    const chance = chanceFrom(seed);
    const deps = depsOn(stores, chance);
    for (let ticks = 0; ticks < 2_000; ticks += 1) deps.clock.now();
    await record(deps, chance, reference);
  }

  async function look(scope?: string): Promise<Verified> {
    const source = await openAudit({ ...place, tenantId: TENANT, pausesMs: [0] });
    try {
      return await verify(source, keys, { scope });
    } finally {
      await source.close();
    }
  }

  it('finds an empty store whole', async () => {
    assert.deepEqual(await look(), { entries: 0, records: 0, caseFiles: 0, accessEntries: 0, findings: [], isCutShort: false }); // prettier-ignore
  });

  it('does not take a commit between any two of its requests for damage', async () => {
    // Each is three documents of one case file, which so takes more than a page.
    await recordIn('XX-1', 'many', 35);
    await recordIn('XX-2', 'few', 2);
    const connection = await connect(place, PATIENT_LIMITS);
    let [calls, strikeAt] = [0, Infinity];
    const call: Call = async (work) => {
      if ((calls += 1) === strikeAt) for (const reference of ['XX-1', 'XX-2']) await recordLater(reference, `${reference} ${strikeAt}`); // prettier-ignore
      return connection.call(work);
    };
    await verify(auditSource({ ...connection, call }, []), keys);
    const most = calls;
    assert.ok(most > 8, String(most));
    for (strikeAt = 1; strikeAt <= most; strikeAt += 1) {
      calls = 0;
      const { findings } = await verify(auditSource({ ...connection, call }, [0]), keys);
      assert.deepEqual(findings, [], `call ${strikeAt}`);
    }
    await connection.close();
  }).timeout(60_000);

  it('finds nothing while several people record in the same cases', async () => {
    await recordIn('XX-1', 'first');
    let isRecording = true;
    const recording = Promise.all(
      ['a', 'b', 'c'].map((seed, nth) => recordIn(nth === 2 ? 'XX-2' : 'XX-1', seed, 6)),
    ).finally(() => (isRecording = false));
    let looks = 0;
    for (; isRecording || looks === 0; looks += 1) assert.deepEqual((await look()).findings, []);
    await recording;
    const { entries, caseFiles, findings } = await look();
    assert.deepEqual([entries, caseFiles, findings], [19, 2, []]);
  }).timeout(60_000);

  it('waits for a change that is under way, and tells of it if it stays', async () => {
    await recordIn('XX-1', 'one');
    const all = double().control.contents().find((each) => each.database === place.database && each.container === 'cases')!; // prettier-ignore
    const version = all.items.find(({ doc }) => doc === 'version')!;
    const without = all.items.filter((item) => item !== version);
    double().control.fill(all.database, all.container, without);
    assert.notDeepEqual((await look()).findings, []);
    const armed = double().control.fail({ container: 'cases', kind: 'read' }, { with: 'hold' });
    const looking = look();
    await armed.struck;
    double().control.fill(all.database, all.container, all.items);
    armed.release();
    assert.deepEqual((await looking).findings, []);
  });

  it('looks at one case file only when it is asked to, and asks no more of the others', async () => {
    await recordIn('XX-1', 'one', 2);
    await recordIn('XX-2', 'other', 3);
    const caseKey = (await stores.records.byNumber((await wholeOf(stores.records.byAuthor('person-asha', { limit: 1 })))[0]!.header.number))!.caseKey; // prettier-ignore
    const { caseFiles, entries, accessEntries, findings } = await look(caseKey);
    assert.deepEqual([caseFiles, accessEntries, findings], [1, 0, []]);
    assert.ok(entries === 2 || entries === 3);
  });

  it('writes nothing', async () => {
    await recordIn('XX-1', 'one', 2);
    const before = JSON.stringify(double().control.contents());
    await look();
    assert.equal(JSON.stringify(double().control.contents()), before);
  });

  it('refuses a database without records, of another tenant, or into which a copy did not end', async () => {
    await assert.rejects(openAudit({ ...(await freshDatabase(double())), tenantId: TENANT }), {
      code: 'store.missing',
    });
    await assert.rejects(openAudit({ ...place, tenantId: 'another' }), { code: 'store.tenant' });
    const half = await freshDatabase(double());
    const target = await openCopy({ ...half, tenantId: TENANT }, 'target');
    await target.begin();
    await target.close();
    await assert.rejects(openAudit({ ...half, tenantId: TENANT }), { code: 'store.half' });
  });
});
