import assert from 'node:assert/strict';
import { fileDirectory } from '../../../bot/local/fileDirectory.ts';
import type { Person } from '../../../src/people.ts';
import type { Directory } from '../../../src/ports.ts';
import {
  aDirectory,
  ASHA,
  guid,
  MO,
  NORTH,
  ORLA,
  PEOPLE,
  ROWAN,
  SAM,
  SAM_TOO,
  SOUTH,
  TENANT,
  ZED,
} from './aDirectory.ts';

/** Every directory answers alike. */
const DIRECTORIES: Readonly<Record<string, () => Promise<{ directory: Directory; close(): Promise<void> }>>> = {
  'a people file': async () => ({ directory: fileDirectory(PEOPLE), close: async () => undefined }),
  'Microsoft Graph': () => aDirectory(),
};

const idsOf = (people: readonly Pick<Person, 'id'>[]): readonly string[] => people.map(({ id }) => id).sort();

for (const [name, open] of Object.entries(DIRECTORIES))
  describe(`the directory on ${name}`, () => {
    let directory: Directory;
    let opened: Awaited<ReturnType<typeof open>>;
    before(async () => {
      opened = await open();
      ({ directory } = opened);
    });
    after(() => opened.close());

    it('knows somebody by their id, in any case', async () => {
      const found = await directory.person(ASHA.toUpperCase());
      assert.ok(found !== undefined);
      const { id, tenantId, name: called, jobTitle, organisation, managerId, teamIds, roles, asKnown } = found;
      assert.deepEqual(
        { id, tenantId, called, jobTitle, organisation, managerId, teamIds, roles, asKnown },
        {
          ...{ id: ASHA, tenantId: TENANT, called: 'Asha Invented', jobTitle: 'Social worker' },
          ...{ organisation: 'Exampleshire Council', managerId: MO, teamIds: [NORTH, SOUTH] },
          ...{ roles: ['practitioner'], asKnown: undefined },
        },
      );
    });

    it('gives a line of managers, and its end', async () => {
      const manager = await directory.person((await directory.person(ASHA))?.managerId ?? '');
      assert.equal(manager?.managerId, ZED);
      assert.equal((await directory.person(ZED))?.managerId, undefined);
    });

    for (const wanted of [guid('99'), '', 'nobody', '../users', `${ASHA}/manager`, '$metadata'])
      it(`knows nobody as “${wanted}”`, async () => {
        assert.equal(await directory.person(wanted), undefined);
        assert.equal(await directory.lastKnown(wanted), undefined);
        assert.equal(await directory.team(wanted), undefined);
        assert.deepEqual(await directory.reportsOf(wanted), []);
        assert.deepEqual(await directory.managersOf(wanted), []);
      });

    it('knows who speaks as it knows anybody', async () => {
      assert.deepEqual(await directory.lastKnown(MO), await directory.person(MO));
    });

    it('gives the reports of a manager', async () => {
      assert.deepEqual(idsOf(await directory.reportsOf(MO)), [ASHA, SAM]);
      assert.deepEqual(await directory.reportsOf(ASHA), []);
    });

    it('gives the managers of a team, and the records officers', async () => {
      assert.deepEqual(idsOf(await directory.managersOf(NORTH)), [MO, ZED]);
      assert.deepEqual(idsOf(await directory.managersOf(SOUTH)), [ZED]);
      assert.deepEqual(await directory.managersOf(NORTH), await directory.managersOf(NORTH));
      assert.deepEqual(idsOf(await directory.recordsOfficers()), [ROWAN]);
    });

    for (const typed of ['Asha Invented', 'asha INVENTED', ' Asha   Invented '])
      it(`finds the one person called “${typed}”`, async () => {
        assert.equal((await directory.personNamed(typed))?.id, ASHA);
      });

    for (const typed of ["Orla O'Story", 'orla o’story'])
      it(`finds a name with a quotation mark in it: “${typed}”`, async () => {
        assert.equal((await directory.personNamed(typed))?.id, ORLA);
      });

    for (const typed of [
      'Sam Same',
      'Nobody Here',
      '',
      '  ',
      "'",
      "x' or displayName ne 'x",
      'Asha%',
      'Asha*',
      'x'.repeat(300),
    ])
      it(`finds nobody, or not one alone, for “${typed.slice(0, 30)}”`, async () => {
        assert.equal(await directory.personNamed(typed), undefined);
        assert.equal(await directory.teamNamed(typed), undefined);
      });

    for (const typed of ['South and West', 'SOUTH AND west', SOUTH, SOUTH.toUpperCase()])
      it(`finds the one team “${typed}”`, async () => {
        assert.deepEqual(await directory.teamNamed(typed), { id: SOUTH, name: 'South and West' });
      });

    it('gives a team by its id, and no person, nor a team for a person’s id', async () => {
      assert.deepEqual(await directory.team(NORTH), { id: NORTH, name: 'North' });
      assert.equal(await directory.team(ASHA), undefined);
      assert.equal(await directory.teamNamed(SAM_TOO), undefined);
      assert.equal(await directory.person(NORTH), undefined);
    });
  });
