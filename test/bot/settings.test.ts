import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cosmosPlaceOf, readSettings } from '../../bot/settings.ts';
import { CodedError } from '../../src/errors.ts';

const refusal = (env: Record<string, string>): string => {
  try {
    readSettings(env);
  } catch (error) {
    assert.ok(error instanceof CodedError);
    assert.equal(error.code, 'setting');
    return error.message;
  }
  return assert.fail('these settings were accepted');
};

describe('settings', () => {
  it('have a default for each, so that local mode needs none', () => {
    const settings = readSettings({});
    assert.equal(settings.PORT, 3978);
    assert.equal(settings.DATA_DIR, './data');
    assert.equal(settings.DEFAULT_LAWFUL_BASIS, 'publicTask');
    assert.equal(settings.PUBLIC_AUTHORITY, 'yes');
  });

  it('count an empty variable as unset', () => {
    assert.equal(readSettings({ PORT: '', PEOPLE_FILE: '' }).PORT, 3978);
  });

  for (const [name, value, says] of [
    ['PORT', 'eighty', 'a port number'],
    ['PORT', '70000', '65535 or less'],
    ['STORE', 'postgres', 'sqlite or cosmos'],
    ['COSMOS_ENDPOINT', 'here', 'address of an account'],
    ['COSMOS_DATABASE', 'a/b', 'name of a database'],
    ['COSMOS_KEY', '?secret?', 'key of the account'],
    ['METRICS_TOKEN', 'too short', '16 to 200 characters'],
    ['DEFAULT_LAWFUL_BASIS', 'because', 'one of publicTask'],
    ['PUBLIC_AUTHORITY', 'perhaps', 'yes or no'],
    ['DUTY_TO_SHARE_FROM', '2027-02-30', 'a date such as'],
    ['CASE_REFERENCE_PATTERN', '([', 'a regular expression'],
  ] as const) {
    it(`name ${name} and what it should be, never its value`, () => {
      const message = refusal({ [name]: value });
      assert.ok(message.startsWith(`${name} `), message);
      assert.ok(message.includes(says), message);
      assert.ok(!message.includes(value), message);
    });
  }

  it('need the address of the account where the records are kept in one, and nothing else', () => {
    assert.match(refusal({ STORE: 'cosmos' }), /^COSMOS_ENDPOINT should /u);
    const COSMOS_ENDPOINT = 'https://name.documents.azure.com/';
    const settings = readSettings({ STORE: 'cosmos', COSMOS_ENDPOINT, COSMOS_REGIONS: 'UK South, UK West,' });
    assert.deepEqual(cosmosPlaceOf(settings, 'an-id'), {
      ...{ endpoint: COSMOS_ENDPOINT, database: 'sharing-log', key: undefined, clientId: 'an-id' },
      preferredRegions: ['UK South', 'UK West'],
    });
  });

  it('refuse a usual basis that a public authority is not offered', () => {
    assert.match(refusal({ DEFAULT_LAWFUL_BASIS: 'legitimateInterests' }), /DEFAULT_LAWFUL_BASIS should not/u);
    const settings = readSettings({ DEFAULT_LAWFUL_BASIS: 'legitimateInterests', PUBLIC_AUTHORITY: 'no' });
    assert.equal(settings.DEFAULT_LAWFUL_BASIS, 'legitimateInterests');
  });

  it('stand in .env.example, every one of them and no other', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const listed = [...example.matchAll(/^(\w+)=/gmu)].map((match) => match[1] ?? '');
    const sources = ['bot/settings', 'bot/productionSettings', 'bot/directorySettings', 'manifest/packageSettings'];
    const all = sources.flatMap((name) => {
      const source = readFileSync(new URL(`../../${name}.ts`, import.meta.url), 'utf8');
      return [...source.matchAll(/^ {2}([A-Z_]+|MicrosoftApp\w+): /gmu)].map((match) => match[1] ?? '');
    });
    const read = [...new Set(all)];
    assert.ok(read.length > 5);
    assert.deepEqual(listed.toSorted(), read.toSorted());
  });
});
