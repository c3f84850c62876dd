import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { aFolder, removeFolder } from '../../journeys/aBot.ts';
import { runToEnd } from '../aBotProcess.ts';
import { TENANT_ENV } from '../inTenant/aTenant.ts';
import { KEY } from './aVault.ts';

/** The identity is looked for in these variables only, which are empty: nothing is sent. */
const NOBODY = {
  ...{ AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential', AZURE_TENANT_ID: '', AZURE_CLIENT_ID: '' },
  ...{ AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: '', AZURE_USERNAME: '', AZURE_PASSWORD: '' },
};
const MSI = { MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: '' };

describe('a process whose keys are in a key vault, and that has no identity to come to it', () => {
  for (const [how, args, more] of [
    ['in local mode', ['--local'], {}],
    ['in a tenant', [], TENANT_ENV],
    ['in a tenant, with a managed identity', [], { ...TENANT_ENV, ...MSI }],
  ] as const)
    it(`ends with one sentence, and makes no key file, ${how}`, async () => {
      const dataDir = aFolder();
      const env = { ...NOBODY, ...more, PORT: '0', DATA_DIR: dataDir, KEY_VAULT_KEY: KEY };
      const { code, out, error } = await runToEnd(env, process.execPath, args);
      assert.deepEqual([code, out], [1, '']);
      assert.match(error, /^There is no identity with which to come to the key vault: [^\n]+“az login”\.\n$/u);
      assert.ok(!existsSync(`${dataDir}.key`));
      removeFolder(dataDir);
    });
});
