import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManagers } from '../../../bot/directory/managersFile.ts';
import { codeOf, CodedError } from '../../../src/errors.ts';
import {
  aDirectory,
  ASHA,
  MO,
  NORTH,
  ORLA,
  ROWAN,
  SAM,
  SAM_TOO,
  SOUTH,
  START,
  ZED,
  type DirectoryBench,
} from './aDirectory.ts';
import type { DoubleUser } from './graphDouble.ts';

describe('people in the directory of a tenant', () => {
  let bench: DirectoryBench;
  const open = async (options?: Parameters<typeof aDirectory>[0]): Promise<void> => {
    bench = await aDirectory(options);
  };
  afterEach(() => bench.close());
  const change = (id: string, changes: Partial<DoubleUser>): void => {
    const at = bench.graph.users.findIndex((user) => user.id === id);
    bench.graph.users[at] = { ...bench.graph.users[at]!, ...changes };
  };
  const idsOf = (people: readonly { readonly id: string }[]): readonly string[] => people.map(({ id }) => id).sort();

  for (const [what, changes] of [
    ['a guest', { userType: 'Guest' }],
    ['a guest, in small letters', { userType: 'guest' }],
    ['a member from another tenant', { userPrincipalName: 'mo_elsewhere.example#EXT#@exampleshire.example' }],
    ['a blocked account', { accountEnabled: false }],
  ] as const)
    it(`are without ${what}`, async () => {
      await open();
      for (const id of [MO, ROWAN, SAM]) change(id, changes);
      assert.equal(await bench.directory.person(MO), undefined);
      assert.equal(await bench.directory.lastKnown(MO), undefined);
      assert.deepEqual(idsOf(await bench.directory.managersOf(NORTH)), [ZED]);
      assert.deepEqual(await bench.directory.recordsOfficers(), []);
      assert.equal(await bench.directory.personNamed('Mo Pretend'), undefined);
      assert.equal((await bench.directory.personNamed('Sam Same'))?.id, SAM_TOO);
    });

  it('have the agency’s name where the directory names no organisation, and may be without a title', async () => {
    await open();
    change(ASHA, { companyName: ' ', jobTitle: null, userType: null });
    const person = await bench.directory.person(ASHA);
    assert.deepEqual([person?.organisation, person?.jobTitle], ['Exampleshire', '']);
  });

  it('have their groups as teams only where these are teams, and record', async () => {
    await open({ agency: { teams: new Set([SOUTH]) } });
    assert.deepEqual((await bench.directory.person(ASHA))?.teamIds, [SOUTH]);
    assert.deepEqual(await bench.directory.managersOf(NORTH), []);
    assert.equal(await bench.directory.teamNamed('North'), undefined);
    assert.equal(await bench.directory.team(NORTH), undefined);
  });

  it('are managed as the agency’s own table says, where it says something', async () => {
    await open({ agency: { managers: new Map<string, string | null>([[ASHA, ZED], [ORLA, MO], [MO, null]]) } }); // prettier-ignore
    assert.equal((await bench.directory.person(ASHA))?.managerId, ZED);
    assert.equal((await bench.directory.person(MO))?.managerId, undefined);
    assert.equal((await bench.directory.person(SAM))?.managerId, MO);
    assert.deepEqual(idsOf(await bench.directory.reportsOf(MO)), [SAM, ORLA]);
    assert.deepEqual(idsOf(await bench.directory.reportsOf(ZED)), [ASHA, SAM_TOO]);
  });

  it('are told one by one, even where the directory has them manage each other', async () => {
    await open();
    change(ZED, { managerId: ASHA });
    assert.equal((await bench.directory.person(ZED))?.managerId, ASHA);
    assert.deepEqual(idsOf(await bench.directory.reportsOf(ASHA)), [ZED]);
  });

  describe('when Microsoft Graph cannot be asked', () => {
    const goAway = (): void => {
      bench.graph.fault = () => ({ status: 500 });
    };
    const refuses = async (work: Promise<unknown>): Promise<void> => {
      await assert.rejects(work, (error) => codeOf(error) === 'directory.away');
    };

    it('go on having their rights for ten minutes', async () => {
      await open();
      await bench.directory.person(ASHA);
      goAway();
      bench.pass(599_999);
      assert.deepEqual((await bench.directory.lastKnown(ASHA))?.roles, ['practitioner']);
      assert.deepEqual((await bench.directory.person(ASHA))?.teamIds, [NORTH, SOUTH]);
    });

    it('are then known by name, with what they sign with and no right', async () => {
      await open();
      await bench.directory.person(MO);
      await bench.directory.managersOf(NORTH);
      goAway();
      bench.pass(600_000);
      const { name, roles, teamIds, asKnown } = (await bench.directory.lastKnown(MO)) ?? assert.fail('forgotten');
      assert.deepEqual({ name, roles, teamIds }, { name: 'Mo Pretend', roles: [], teamIds: [] });
      assert.deepEqual(asKnown, { at: START, roles: ['manager'], teamIds: [NORTH] });
      assert.deepEqual(await bench.directory.team(NORTH), { id: NORTH, name: 'North' });
      await refuses(bench.directory.person(MO));
      await refuses(bench.directory.managersOf(NORTH));
      await refuses(bench.directory.recordsOfficers());
      await refuses(bench.directory.reportsOf(MO));
      await refuses(bench.directory.personNamed('Mo Pretend'));
      await refuses(bench.directory.teamNamed('North'));
      await refuses(bench.directory.teamNamed(NORTH));
    });

    it('are as they were again once it can be asked', async () => {
      await open();
      await bench.directory.person(MO);
      goAway();
      bench.pass(600_000);
      await bench.directory.lastKnown(MO);
      bench.graph.fault = () => undefined;
      bench.pass(5_000);
      assert.equal((await bench.directory.lastKnown(MO))?.asKnown, undefined);
    });

    it('are nobody while nothing was ever known of them', async () => {
      await open();
      goAway();
      await refuses(bench.directory.lastKnown(ASHA));
      await refuses(bench.directory.team(NORTH));
    });

    it('are still known after a restart, if they had spoken, with the names of their teams', async () => {
      await open();
      await bench.directory.lastKnown(ASHA);
      await bench.directory.person(MO);
      goAway();
      bench.pass(86_400_000);
      const { directory } = bench.restarted();
      const known = await directory.lastKnown(ASHA);
      assert.deepEqual(known?.asKnown, { at: START, roles: ['practitioner'], teamIds: [NORTH, SOUTH] });
      assert.deepEqual(await directory.team(SOUTH), { id: SOUTH, name: 'South and West' });
      await refuses(directory.lastKnown(MO));
      await refuses(directory.person(ASHA));
    });

    it('are not known after a restart when they had left before', async () => {
      await open();
      await bench.directory.lastKnown(ASHA);
      change(ASHA, { accountEnabled: false });
      bench.pass(600_000);
      assert.equal(await bench.directory.lastKnown(ASHA), undefined);
      goAway();
      bench.pass(600_000);
      assert.equal(await bench.restarted().directory.lastKnown(ASHA), undefined);
    });

    it('are kept sealed, and only when something about them has changed', async () => {
      await open();
      await bench.directory.lastKnown(ASHA);
      const kept = await bench.conversations.read(`known:${ASHA}`);
      assert.equal(Buffer.from(kept?.reference ?? []).includes('Asha'), false);
      bench.pass(700_000);
      await bench.directory.lastKnown(ASHA);
      assert.deepEqual(await bench.conversations.read(`known:${ASHA}`), kept);
      change(ASHA, { jobTitle: 'Senior social worker' });
      bench.pass(700_000);
      await bench.directory.lastKnown(ASHA);
      assert.notDeepEqual(await bench.conversations.read(`known:${ASHA}`), kept);
    });
  });
});

describe('the agency’s own table of managers', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'managers-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  const read = (content: string): ReturnType<typeof readManagers> => {
    const path = join(folder, 'managers.json');
    writeFileSync(path, content);
    return readManagers(path);
  };
  const refusalOf = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      assert.ok(error instanceof CodedError && error.code === 'setting');
      return error.message;
    }
    return assert.fail('it was accepted');
  };

  it('has a manager for each person, or none', () => {
    const managers = read(JSON.stringify({ managers: { [ASHA.toUpperCase()]: MO.toUpperCase(), [MO]: null } }));
    assert.deepEqual([...managers], [[ASHA, MO], [MO, null]]); // prettier-ignore
  });

  for (const [what, content, says] of [
    ['no JSON', '{', /can be read and holds JSON/u],
    ['a list', '[]', /should hold/u],
    ['a field too many', '{"managers":{},"people":[]}', /should hold/u],
    ['a name for an id', '{"managers":{"Asha Invented":null}}', /should hold/u],
    ['a name for a manager', `{"managers":{"${ASHA}":"Mo Pretend"}}`, /should hold/u],
    ['themselves', JSON.stringify({ managers: { [ASHA]: ASHA } }), /manage themselves/u],
    ['a ring of three', JSON.stringify({ managers: { [ASHA]: MO, [MO]: ZED, [ZED]: ASHA } }), /manage themselves/u],
  ] as const)
    it(`is refused with ${what}`, () => {
      const message = refusalOf(() => read(content));
      assert.match(message, /^MANAGERS_FILE /u);
      assert.match(message, says);
      assert.doesNotMatch(message, /Asha|Mo Pretend/u);
    });

  it('is refused when there is none', () => {
    assert.match(
      refusalOf(() => readManagers(join(folder, 'none.json'))),
      /^MANAGERS_FILE should name a file/u,
    );
  });
});
