import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError, type ErrorCode } from '../../../src/errors.ts';
import { aFolder, removeFolder } from '../../journeys/aBot.ts';
import { aVault, ELSEWHERE, KEY, refusal, type Vault } from './aVault.ts';
import { openInVault, shownBy, holds, withStore } from './aVaultStore.ts';

type Upset = (vault: Vault) => void;
type Row = readonly [says: RegExp, code: ErrorCode, upset: Upset];

const ROLE = /“Key Vault Crypto Service Encryption User”/u;
const forbidden = (inner: string | undefined): Upset => (vault) =>
  vault.say('all', refusal(403, 'Forbidden', 'The user, group or application appid=1;oid=2 may not.', inner)); // prettier-ignore
const status = (code: number): Upset => (vault) => vault.say('all', refusal(code, 'Code', 'In some words.')); // prettier-ignore
const body = (text: string): Upset => (vault) => vault.say('all', { status: 200, body: text }); // prettier-ignore

/** What may happen at any start. */
const ANY_START: Readonly<Record<string, Row>> = {
  'no right to it (roles)': [ROLE, 'vault.refused', (vault) => (vault.rights = [])],
  'no right to it (access policies)': [ROLE, 'vault.refused', forbidden('AccessDenied')],
  'no right to it, without a reason': [ROLE, 'vault.refused', forbidden(undefined)],
  'the firewall of the vault': [/from this network/u, 'vault.refused', forbidden('ForbiddenByFirewall')],
  'a vault with a private endpoint only': [/private endpoint/u, 'vault.refused', forbidden('ForbiddenByConnection')],
  'a disabled key': [/is disabled or/u, 'vault.key', (vault) => (vault.versions[0]!.enabled = false)],
  'the other spelling of the inner error': [/is disabled or/u, 'vault.key', (vault) =>
    vault.say('all', { status: 403, body: JSON.stringify({ error: { code: 'Forbidden', innerError: { code: 'KeyDisabled' } } }) })],
  'a key outside its dates': [/outside its dates/u, 'vault.key', forbidden('KeyNotYetValid')],
  'a key without the operation': [/has to be an RSA key/u, 'vault.key', (vault) => (vault.operations = ['sign'])],
  'a deleted key': [/recover it if it was deleted/u, 'vault.key', (vault) => (vault.isDeleted = true)],
  'a key that is being recovered': [/recovered: recover it/u, 'vault.key', status(409)],
  'an identity of another tenant': [/of the same Entra tenant/u, 'vault.refused', (vault) =>
    vault.say('all', { ...refusal(401, 'Unauthorized', 'AKV10032: Invalid issuer.'), headers: { 'WWW-Authenticate': `Bearer authorization="${ELSEWHERE}", resource="${ELSEWHERE}"` } })],
  'throttling': [/start again in a minute/u, 'vault.away', status(429)],
  'a fault of the vault': [/fault of its own/u, 'vault.away', status(500)],
  'a vault that is not served': [/fault of its own/u, 'vault.away', status(503)],
  'a refusal that is not JSON': [/start again in a minute/u, 'vault.away', (vault) => vault.say('all', { status: 502, body: '<html>' })],
  'a status that nobody knows': [/did not answer as one/u, 'vault.away', status(418)],
  'an answer that is not JSON': [/did not answer as one/u, 'vault.away', body('<html>Sign in to the network</html>')],
  'an answer that is empty': [/did not answer as one/u, 'vault.away', body('')],
  'an answer of another shape': [/did not answer as one/u, 'vault.away', body('{"value":7}')],
  'an answer of another vault': [/did not answer as one/u, 'vault.away', body(JSON.stringify({
    kid: `https://other.vault.azure.net/keys/sharing-log/${'0'.repeat(32)}`, value: 'AAAA', key: { kid: `https://other.vault.azure.net/keys/sharing-log/${'0'.repeat(32)}`, kty: 'RSA', key_ops: ['wrapKey', 'unwrapKey'] },
  }))],
}; // prettier-ignore

/** What shows where keys are made. */
const FIRST_START: Readonly<Record<string, Row>> = {
  ...ANY_START,
  'a key of another vault': [/did not answer as one/u, 'vault.away', (vault) =>
    vault.say('get', { status: 200, body: JSON.stringify({ key: { kid: `https://other.vault.azure.net/keys/sharing-log/${vault.versions[0]!.id}`, kty: 'RSA', key_ops: ['wrapKey', 'unwrapKey'] } }) })],
  'a key that is not RSA': [/has to be an RSA key/u, 'vault.key', (vault) => (vault.kty = 'EC')],
  'a right to wrap, and none to unwrap': [ROLE, 'vault.refused', (vault) => (vault.rights = ['get', 'wrapkey'])],
  'a right to unwrap, and none to wrap': [ROLE, 'vault.refused', (vault) => (vault.rights = ['get', 'unwrapkey'])],
  'a key that refuses what it is to wrap': [/has to be an RSA key/u, 'vault.key', (vault) =>
    vault.say('wrapkey', refusal(400, 'BadParameter', 'Algorithm is not supported.'))],
  'a vault that unwraps something else': [/are not the keys of this data/u, 'keys', (vault) =>
    vault.say('unwrapkey', { status: 200, body: JSON.stringify({ kid: `${KEY}/${vault.versions[0]!.id}`, value: 'AAAA' }) })],
}; // prettier-ignore

/** What shows where there are keys. */
const LATER_START: Readonly<Record<string, Row>> = {
  ...ANY_START,
  'a version that was not brought along': [/or not this version of it/u, 'vault.key', (vault) =>
    vault.say('unwrapkey', refusal(404, 'KeyNotFound', 'A key with (name/id) was not found in this key vault.'))],
  'a key that did not wrap them': [/did not wrap the keys of this data/u, 'keys', (vault) =>
    vault.say('unwrapkey', refusal(400, 'BadParameter', 'Error occurred while decoding OAEP padding.'))],
  'a key that unwraps something else': [/are not the keys of this data/u, 'keys', (vault) =>
    vault.say('unwrapkey', { status: 200, body: JSON.stringify({ kid: `${KEY}/${vault.versions[0]!.id}`, value: Buffer.alloc(97, 1).toString('base64url') }) })],
}; // prettier-ignore

describe('a start whose key vault refuses', () => {
  let dataDir: string;
  let vault: Vault;
  /** One that works, and that nobody should come to unless they mean it. */
  let elsewhere: Vault;
  beforeEach(async () => {
    dataDir = aFolder();
    vault = await aVault();
    elsewhere = await aVault();
  });
  afterEach(async () => {
    await vault.close();
    await elsewhere.close();
    removeFolder(dataDir);
  });

  /** One sentence with this code, no secret in it or behind it, nothing made beside the store, and the store closed. */
  async function refused([says, code, upset]: Row, access = vault.access): Promise<void> {
    upset(vault);
    const error = await openInVault(dataDir, access).then(
      () => assert.fail('it started'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof CodedError, shownBy(error));
    assert.deepEqual([error.code, error.message.match(/\.(\s|$)/gu)?.length], [code, 1], error.message);
    assert.match(error.message, says);
    assert.ok(!holds(shownBy(error)), shownBy(error));
    assert.doesNotMatch(error.message, /appid|oid=/u);
    assert.ok(readdirSync(join(dataDir, '..')).every((name) => !name.endsWith('.key')));
  }

  for (const [what, row] of Object.entries(FIRST_START))
    it(`says what to do at the first one: ${what}; keeps nothing, and starts once it is mended`, async () => {
      await refused(row);
      assert.ok(await withStore(openInVault(dataDir, elsewhere.access), ({ madeInVault }) => madeInVault));
    });

  for (const [what, row] of Object.entries(LATER_START))
    it(`says what to do at a later one: ${what}`, async () => {
      await withStore(openInVault(dataDir, vault.access), () => undefined);
      await refused(row);
    });

  it('does not answer at all', async () => {
    await vault.close();
    await refused([/^The key vault does not answer/u, 'vault.away', () => undefined]);
  });

  for (const [what, getToken] of [
    ['has no identity to come as', () => Promise.reject(new Error('no managed identity here'))],
    ['gets no token', () => Promise.resolve(null)],
  ] as const)
    it(`${what}: says so, and asks no vault`, async () => {
      await refused([/“az login”/u, 'vault.refused', () => undefined], { ...vault.access, tokens: { getToken } });
      assert.deepEqual(vault.asked, []);
    });

  for (const code of [301, 302, 307, 308])
    it(`sends the token nowhere else when it answers with a redirect (${code})`, async () => {
      const headers = { Location: `${elsewhere.origin}/keys/sharing-log?api-version=7.4` };
      await refused([/does not answer/u, 'vault.away', (one) => one.say('all', { status: code, headers })]);
      assert.deepEqual(elsewhere.asked, []);
    });

  it('says by which id the vault’s own log has what it refused, another one each time', async () => {
    await refused([ROLE, 'vault.refused', (one) => (one.rights = [])]);
    await refused([ROLE, 'vault.refused', () => undefined]);
    const ids = vault.asked.map(({ requestId }) => String(requestId));
    for (const id of ids) assert.match(id, /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/u);
    assert.equal(new Set(ids).size, 2);
    await assert.rejects(openInVault(dataDir, vault.access), ({ message }: Error) => message.endsWith(`(request ${String(vault.asked.at(-1)?.requestId)} in the vault’s own log).`)); // prettier-ignore
  });

  it('is asked once only, and told for which scope the token is, whatever it says', async () => {
    await refused(ANY_START['an identity of another tenant']!);
    assert.equal(vault.asked.length, 1);
    assert.deepEqual(vault.scopes, ['https://vault.azure.net/.default']);
  });
});
