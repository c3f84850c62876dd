import assert from 'node:assert/strict';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { CosmosClient } from '@azure/cosmos';
import sinon from 'sinon';
import { cosmosProvision } from '../../../../bot/cli/cosmosProvision.ts';
import { provision } from '../../../../src/stores/cosmos/provision.ts';
import { aCertificate } from '../../../cosmos/aCertificate.ts';
import { startIdentityEndpoint, type IdentityEndpoint } from '../../../cosmos/anIdentityEndpoint.ts';
import { startCosmosDouble, type CosmosDouble } from '../../../cosmos/cosmosDouble.ts';
import { chanceFrom, depsOn, keepStoreKey, record } from '../../../evidence/aSeededStore.ts';
import { TENANT } from '../../aBench.ts';
import { opened } from './aCosmos.ts';

const TOKEN = 'a.token.of-this_identity';

describe('an identity of Entra ID, on Cosmos DB', () => {
  const trusted = getCACertificates('default');
  let double: CosmosDouble;
  let identity: IdentityEndpoint;

  // A process keeps to the endpoint that it found first.
  before(async () => {
    identity = await startIdentityEndpoint();
  });
  after(() => identity.close());

  beforeEach(async () => {
    const certificate = aCertificate();
    setDefaultCACertificates([...trusted, certificate.cert]);
    double = await startCosmosDouble({ certificate, aadTokens: [TOKEN] });
  });
  afterEach(async () => {
    sinon.restore();
    await double.close();
    setDefaultCACertificates([...trusted]);
  });

  /** Runs as a process to which Azure gave an identity whose tokens are these. */
  function as(token: string): void {
    identity.give(token);
    sinon.stub(process, 'env').value({ ...process.env, ...identity.env });
  }

  const withoutKey = () => ({ endpoint: double.endpoint, database: 'sharing-log' });
  const withKey = () => ({ ...withoutKey(), key: double.key });

  async function provisioned(env: Readonly<Record<string, string>> = {}) {
    const [log, error] = [sinon.stub(console, 'log'), sinon.stub(console, 'error')];
    const code = await cosmosProvision({ STORE: 'cosmos', COSMOS_ENDPOINT: double.endpoint, ...env });
    const [said, refused] = [log.args.flat().map(String), error.args.flat().map(String)];
    log.restore();
    error.restore();
    return { code, said, refused };
  }

  it('is sent as the account asks for it, and one that the account does not know is refused', async () => {
    await provision(withKey(), () => undefined);
    for (const [token, code] of [
      [TOKEN, undefined],
      ['another', 401],
    ] as const) {
      // prettier-ignore
      const aadCredentials = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
      const client = new CosmosClient({ endpoint: double.endpoint, aadCredentials, connectionPolicy: { enableEndpointDiscovery: false } }); // prettier-ignore
      const reading = client.database('sharing-log').container('cases').item('head', 'a-case').read();
      if (code === undefined) assert.equal((await reading).statusCode, 404);
      else await assert.rejects(reading, { code });
      client.dispose();
    }
  });

  it('is the one of the process where no key is given: a bot starts and records', async () => {
    await provision(withKey(), () => undefined);
    as(TOKEN);
    const stores = await opened(withoutKey(), { tenantId: TENANT });
    const chance = chanceFrom('identity');
    await keepStoreKey(stores, chance);
    const { number } = await record(depsOn(stores, chance), chance, 'XX-1');
    assert.equal((await stores.records.byNumber(number))?.number, number);
    await stores.close();
    assert.deepEqual(identity.resources, [double.endpoint.replace(/\/$/u, '')], 'a token is asked for once');
  });

  it('that the account does not know is refused at start, in words', async () => {
    await provision(withKey(), () => undefined);
    as('of.another.account');
    await assert.rejects(opened(withoutKey()), { code: 'store.refused', message: /Cosmos DB Built-in Data Contributor/u }); // prettier-ignore
  });

  it('without a role for data is refused at start, in words', async () => {
    await provision(withKey(), () => undefined);
    as(TOKEN);
    double.control.fail({ times: Infinity }, { with: 'status', status: 403, substatus: 5301 });
    await assert.rejects(opened(withoutKey()), { code: 'store.refused', message: /Cosmos DB Built-in Data Contributor/u }); // prettier-ignore
  });

  it('cannot make a database or its containers, which the command says in one sentence', async () => {
    as(TOKEN);
    const { code, said, refused } = await provisioned();
    assert.deepEqual([code, said, refused.length], [2, [], 1]);
    assert.match(refused.join(), /^The account lets no identity [^.]+: run this once with a key [^.]+\.$/u);
    assert.deepEqual(double.control.contents(), []);
  });

  it('cannot change how a container is indexed either', async () => {
    await provision(withKey(), () => undefined);
    const client = new CosmosClient({ endpoint: double.endpoint, key: double.key });
    const nudges = client.database('sharing-log').container('nudges');
    const { resource } = await nudges.read();
    await nudges.replace({ ...resource!, indexingPolicy: { includedPaths: [{ path: '/*' }] } });
    client.dispose();
    as(TOKEN);
    const { code, refused } = await provisioned();
    assert.equal(code, 2);
    assert.match(refused.join(), /^The account lets no identity/u);
  });

  it('finds what was made with a key, and says so', async () => {
    assert.equal((await provisioned({ COSMOS_KEY: double.key })).code, 0);
    as(TOKEN);
    const { code, said } = await provisioned();
    assert.equal(code, 0);
    assert.ok(said.includes('cases: there already'));
  });
});
