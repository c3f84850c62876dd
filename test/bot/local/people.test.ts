import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPeople, PeopleFileError } from '../../../bot/local/people.ts';

const guid = (last: number): string => `00000000-0000-4000-8000-00000000000${last}`;

function aPerson(changes: object = {}): object {
  const person = {
    id: guid(1),
    name: 'Mary Madeup',
    jobTitle: 'Social worker',
    organisation: 'Exampleshire',
    email: 'mary@exampleshire.example',
  };
  return { ...person, teamIds: [guid(9)], roles: ['practitioner'], ...changes };
}

function aFile(changes: object = {}): object {
  const teams = [{ id: guid(9), name: 'Madeup team', channelId: '19:madeup@thread.tacv2' }];
  return { tenantId: guid(8), people: [aPerson()], teams, ...changes };
}

describe('the people file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'people-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function refusalOf(content: string | object): string {
    const path = join(folder, 'people.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    try {
      loadPeople(path);
    } catch (error) {
      assert.ok(error instanceof PeopleFileError);
      return error.message;
    }
    return assert.fail('the file was accepted');
  }

  it('ships with people of every role, in two teams', () => {
    const { people, teams } = loadPeople(undefined);
    const roles = new Set(people.flatMap((person) => person.roles));
    assert.deepEqual([...roles].sort(), ['manager', 'practitioner', 'recordsOfficer']);
    assert.equal(teams.length, 2);
    assert.ok(people.some((person) => person.name === 'Priya Shah'));
  });

  it("ships with a manager's manager for the first practitioner", () => {
    const { people } = loadPeople(undefined);
    const managerOf = (id: string | undefined): string | undefined =>
      people.find((person) => person.id === id)?.managerId;
    assert.ok(managerOf(managerOf(people[0]?.id)));
  });

  it('reads a file of its own', () => {
    const path = join(folder, 'people.json');
    writeFileSync(path, JSON.stringify(aFile()));
    assert.equal(loadPeople(path).people[0]?.name, 'Mary Madeup');
  });

  it('compares ids without regard to case', () => {
    const path = join(folder, 'people.json');
    const id = 'ABCDEF00-0000-4000-8000-000000000001';
    writeFileSync(path, JSON.stringify(aFile({ people: [aPerson({ id })] })));
    assert.equal(loadPeople(path).people[0]?.id, id.toLowerCase());
  });

  const refusals: readonly (readonly [string, string | object, RegExp])[] = [
    ['what is not JSON', '{', /^people\.json is not JSON/],
    [
      'a missing field',
      aFile({ people: [{ ...aPerson(), name: undefined }] }),
      /^people\.json: people\[0\]\.name must be given as a string\.$/,
    ],
    ['an id that is no GUID', aFile({ people: [aPerson({ id: 'mary' })] }), /people\[0\]\.id must be a GUID\.$/],
    [
      'an unknown role',
      aFile({ people: [aPerson({ roles: ['boss'] })] }),
      /people\[0\]\.roles\[0\] must be one of practitioner, manager, recordsOfficer\.$/,
    ],
    [
      'a field that is not known',
      aFile({ people: [aPerson({ manager: 'x' })] }),
      /people\[0\] has a field that is not known, "manager"\.$/,
    ],
    [
      'a manager who is not there',
      aFile({ people: [aPerson({ managerId: guid(7) })] }),
      /people\[0\]\.managerId must be the id of someone/,
    ],
    [
      'a team that is not there',
      aFile({ people: [aPerson({ teamIds: [guid(7)] })] }),
      /people\[0\]\.teamIds\[0\] must be the id of a team/,
    ],
    ['the same id twice', aFile({ people: [aPerson(), aPerson()] }), /people\[1\]\.id is already used/],
    [
      'people who manage themselves',
      aFile({ people: [aPerson({ managerId: guid(1) })] }),
      /managerId must not lead back/,
    ],
    ['nobody', aFile({ people: [] }), /people must not be empty/],
  ];
  for (const [what, content, message] of refusals) {
    it(`refuses ${what} in one sentence that names the field`, () => {
      assert.match(refusalOf(content), message);
    });
  }

  it('says which file cannot be read', () => {
    assert.throws(() => loadPeople(join(folder, 'absent.json')), {
      code: 'PEOPLE_FILE_UNUSABLE',
      message: /^absent\.json cannot be read/,
    });
  });
});
