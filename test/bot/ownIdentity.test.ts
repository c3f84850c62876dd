import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aFolder, removeFolder } from '../journeys/aBot.ts';
import { aChild, endOf } from './aChild.ts';
import { APP_ID, TENANT_ENV } from './inTenant/aTenant.ts';

/** Source: Microsoft, “How to use managed identities for App Service”, REST endpoint reference. */
const A_TOKEN = {
  access_token: 'a-token-of-the-machine',
  expires_on: '4102444800',
  resource: 'x',
  token_type: 'Bearer',
};

/** A token for it is asked for before it is. */
const NOBODY_THERE = 'https://127.0.0.1:1';

/**
 * A machine with several managed identities, at the address where Azure’s own client looks for them. What is asked of it is
 * seen here.
 */
describe('a bot that has a managed identity, on a machine with several', () => {
  let identities: Server;
  let asked: (readonly (string | null)[])[];
  let dataDir: string;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    asked = [];
    dataDir = aFolder();
    identities = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
      asked.push([searchParams.get('resource'), searchParams.get('client_id')]);
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(A_TOKEN));
    });
    await new Promise<void>((resolve) => identities.listen(0, '127.0.0.1', resolve));
    const { port } = identities.address() as AddressInfo; // it listens on TCP
    env = {
      ...{ ...TENANT_ENV, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: '', PORT: '0' },
      ...{ DATA_DIR: dataDir, KEY_FILE: `${dataDir}.key`, STORE: 'cosmos', COSMOS_ENDPOINT: NOBODY_THERE },
      ...{ COSMOS_KEY: '', AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential', AZURE_CLIENT_ID: '' },
      ...{ IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`, IDENTITY_HEADER: 'a-header' },
    };
  });
  afterEach(async () => {
    identities.closeAllConnections();
    await new Promise((resolve) => identities.close(resolve));
    removeFolder(dataDir);
  });

  for (const [what, args] of [
    ['its start', ['bot/start.js']],
    ['verify', ['bot/cli/records.ts', 'verify']],
    ['provision', ['bot/cli/cosmosProvision.ts']],
  ] as const)
    it(`comes to Cosmos DB as that one, at ${what}`, async () => {
      const { code } = await endOf(aChild(args, env));
      assert.notEqual(code, 0);
      assert.ok(asked.length > 0);
      for (const [resource, clientId] of asked) assert.deepEqual([resource, clientId], [NOBODY_THERE, APP_ID]);
    });

  it('comes to the vault as that one', async () => {
    const script = `
      const { vaultAccess } = await import('./bot/keyVault.ts');
      const { clientIdIn } = await import('./bot/keyHolder.ts');
      await vaultAccess(clientIdIn(process.env)).tokens.getToken('https://vault.azure.net/.default');`;
    const { code, error } = await endOf(aChild(['--input-type=module', '--eval', script], env));
    assert.deepEqual([code, error], [0, '']);
    assert.deepEqual(asked, [['https://vault.azure.net', APP_ID]]);
  });
});
