import assert from 'node:assert/strict';
import { readDirectorySettings } from '../../bot/directorySettings.ts';
import { CodedError } from '../../src/errors.ts';

const ENV = {
  PRACTITIONERS_GROUP: '00000000-0000-4000-8000-0000000000F1',
  MANAGERS_GROUP: '00000000-0000-4000-8000-0000000000f2',
  RECORDS_OFFICERS_GROUP: '00000000-0000-4000-8000-0000000000f3',
  ORGANISATION_NAME: 'Exampleshire Council',
} as const;
const TEAM = '00000000-0000-4000-8000-0000000000a1';

const refusal = (env: Readonly<Record<string, string>>): string => {
  try {
    readDirectorySettings(env);
  } catch (error) {
    assert.ok(error instanceof CodedError && error.code === 'setting');
    return error.message;
  }
  return assert.fail('these settings were accepted');
};

describe('the settings of the directory', () => {
  it('are those of Microsoft Graph unless a file is chosen', () => {
    assert.deepEqual(readDirectorySettings(ENV), {
      ...{ kind: 'graph', organisation: 'Exampleshire Council', teams: undefined, managers: new Map() },
      groups: {
        practitioner: ENV.PRACTITIONERS_GROUP.toLowerCase(),
        manager: ENV.MANAGERS_GROUP,
        recordsOfficer: ENV.RECORDS_OFFICERS_GROUP,
      },
    });
    assert.deepEqual(readDirectorySettings({ DIRECTORY: 'file' }), { kind: 'file' });
  });

  it('name the teams that record, if not all do', () => {
    const read = readDirectorySettings({ ...ENV, TEAM_GROUPS: ` ${TEAM.toUpperCase()}, ${ENV.MANAGERS_GROUP}` });
    assert.ok(read.kind === 'graph');
    assert.deepEqual(read.teams, new Set([TEAM, ENV.MANAGERS_GROUP]));
  });

  for (const [name, value, says] of [
    ['DIRECTORY', 'ldap', 'graph or file'],
    ['PRACTITIONERS_GROUP', 'everyone', 'object id of a group'],
    ['MANAGERS_GROUP', 'managers@exampleshire', 'object id of a group'],
    ['RECORDS_OFFICERS_GROUP', '12', 'object id of a group'],
    ['TEAM_GROUPS', `${TEAM},north`, 'object ids of teams'],
    ['ORGANISATION_NAME', 'long'.repeat(60), 'at most 200 characters'],
    ['MANAGERS_FILE', '/nowhere/managers.json', 'a file that can be read'],
  ] as const)
    it(`name ${name} and what it should be, never its value`, () => {
      const message = refusal({ ...ENV, [name]: value });
      assert.ok(message.startsWith(`${name} should `), message);
      assert.ok(message.includes(says), message);
      assert.ok(!message.includes(value), message);
    });

  for (const name of Object.keys(ENV) as (keyof typeof ENV)[])
    // the keys of that very object
    it(`need ${name}`, () => {
      assert.match(refusal({ ...ENV, [name]: '' }), new RegExp(`^${name} should be `, 'u'));
    });

  it('say all that is missing at once', () => {
    assert.equal(refusal({}).split('.').length, Object.keys(ENV).length + 1);
  });

  it('do not take one group for two roles', () => {
    assert.match(refusal({ ...ENV, MANAGERS_GROUP: ENV.RECORDS_OFFICERS_GROUP }), /three different groups/u);
  });
});
