import assert from 'node:assert/strict';
import { readProductionSettings } from '../../../bot/productionSettings.ts';
import { CodedError } from '../../../src/errors.ts';
import { TENANT } from '../../journeys/aBot.ts';
import { APP_ID, TENANT_ENV } from './aTenant.ts';

const GOOD = { ...TENANT_ENV, KEY_FILE: '/keys/sharing-log.key' };
const MSI = { ...GOOD, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: '' };

function refusal(env: Readonly<Record<string, string>>): string {
  try {
    readProductionSettings(env);
  } catch (error) {
    assert.ok(error instanceof CodedError);
    assert.equal(error.code, 'setting');
    return error.message;
  }
  return assert.fail('these settings were accepted');
}

describe('the settings of a bot in a tenant', () => {
  it('are taken with a secret, or with a managed identity', () => {
    const read = readProductionSettings({ ...GOOD, MicrosoftAppId: APP_ID.toUpperCase() });
    const ids = { appId: APP_ID, tenantId: TENANT };
    assert.deepEqual(read.account, { kind: 'SingleTenant', ...ids, password: TENANT_ENV.MicrosoftAppPassword });
    assert.deepEqual([read.serviceUrlHosts, read.trustedProxies], [[], 0]);
    assert.deepEqual(readProductionSettings(MSI).account, { kind: 'UserAssignedMSI', ...ids });
  });

  it('take further hosts of Teams, and the number of proxies', () => {
    const read = readProductionSettings({ ...GOOD, SERVICE_URL_HOSTS: 'a.example, b.example', TRUSTED_PROXIES: '2' });
    assert.deepEqual([read.serviceUrlHosts, read.trustedProxies], [['a.example', 'b.example'], 2]);
  });

  it('are all named at once when there is none', () => {
    const message = refusal({});
    for (const name of ['MicrosoftAppType', 'MicrosoftAppId', 'MicrosoftAppTenantId', 'MANAGERS_GROUP', 'KEY_FILE'])
      assert.match(message, new RegExp(`(^|\\. )${name} should `, 'u'));
  });

  it('are named together with those of every bot', () => {
    assert.match(refusal({ ...GOOD, MicrosoftAppId: '7', PORT: 'x', STORE: 'cosmos' }), /MicrosoftAppId .*PORT /u);
    assert.match(refusal({ ...GOOD, MicrosoftAppId: '7', STORE: 'cosmos' }), /MicrosoftAppId .*COSMOS_ENDPOINT /u);
  });

  for (const [name, value, says] of [
    ['MicrosoftAppType', 'MultiTenant', 'SingleTenant or UserAssignedMSI'],
    ['MicrosoftAppType', 'singletenant', 'SingleTenant or UserAssignedMSI'],
    ['MicrosoftAppId', 'our-bot', 'a GUID'],
    ['MicrosoftAppTenantId', 'exampleshire.example', 'a GUID'],
    ['MicrosoftAppTenantId', 'common', 'a GUID'],
    ['TEAMS_CATALOGUE_APP_ID', 'sharing-log', 'the id of the app in your organisation’s catalogue'],
    ['SERVICE_URL_HOSTS', 'https://smba.example', 'host names'],
    ['SERVICE_URL_HOSTS', 'smba.example:8443', 'host names'],
    ['SERVICE_URL_HOSTS', '*.example', 'host names'],
    ['SERVICE_URL_HOSTS', '169.254.169.254', 'host names'],
    ['SERVICE_URL_HOSTS', 'a.example,,b.example', 'host names'],
    ['SERVICE_URL_HOSTS', 'Smba.example', 'host names'],
    ['SERVICE_URL_HOSTS', 'localhost', 'host names'],
    ['TRUSTED_PROXIES', '-1', '0 or more'],
    ['TRUSTED_PROXIES', 'all', 'the number of proxies'],
    ['DIRECTORY', 'ldap', 'file'],
  ] as const)
    it(`name ${name} when it is of another kind (${value}), without its value`, () => {
      const message = refusal({ ...GOOD, [name]: value });
      assert.ok(message.startsWith(`${name} should `), message);
      assert.ok(message.includes(says), message);
      assert.ok(!message.includes(value), message);
    });

  for (const name of Object.keys(GOOD).filter((each) => each !== 'DIRECTORY'))
    it(`name ${name} when it is missing or empty`, () => {
      assert.match(refusal({ ...GOOD, [name]: '' }), new RegExp(`^${name} should `, 'u'));
    });

  it('name a secret that a managed identity does not have, without its value', () => {
    const message = refusal({ ...MSI, MicrosoftAppPassword: 'left-over' });
    assert.match(message, /^MicrosoftAppPassword should be empty/u);
    assert.doesNotMatch(message, /left-over/u);
  });
});
