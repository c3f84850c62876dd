import { z } from 'zod';
import type { VaultKey } from '../src/vaultKeys.ts';
import type { TokenSource } from './botTokens.ts';
import { REQUEST_ID_HEADER, requestId } from './correlation.ts';
import type { Fetch } from './outbound.ts';
import { isSameKey, readVaultAddress, type VaultAddress } from './vaultAddress.ts';
import { asJson, faultOfAnswer, vaultFault } from './vaultFaults.ts';

/** How a vault is reached, and as whom. */
export interface VaultAccess {
  readonly send: Fetch;
  readonly tokens: TokenSource;
}

const SCOPE = 'https://vault.azure.net/.default';
const API_VERSION = '7.4';
const ALGORITHM = 'RSA-OAEP-256';
const ANSWER_TIMEOUT_MS = 10_000;
/** An identity is looked for in several places. */
const TOKEN_TIMEOUT_MS = 30_000;

/** The access of this process: as the managed identity with this client id or, without one, whichever identity it finds. */
export function vaultAccess(clientId?: string): VaultAccess {
  return {
    send: fetch,
    tokens: {
      async getToken(scope) {
        // Loaded when it is needed: it is large, and a key file makes it needless.
        const { DefaultAzureCredential } = await import('@azure/identity');
        const credential = new DefaultAzureCredential(
          clientId === undefined ? {} : { managedIdentityClientId: clientId },
        );
        return credential.getToken(scope, { abortSignal: AbortSignal.timeout(TOKEN_TIMEOUT_MS) });
      },
    },
  };
}

const keyBundle = z.object({
  key: z.object({ kid: z.string(), kty: z.string(), key_ops: z.array(z.string()).optional() }),
});
const keyResult = z.object({ kid: z.string(), value: z.base64url() });

/**
 * A key in Azure Key Vault. A token is sent to the vault that the settings name, whatever the store or an answer says: by
 * https, without following a redirect or a challenge, one attempt of ten seconds.
 * Throws `vault.away`, `vault.refused`, `vault.key` or `keys`, each with one sentence that says what to do.
 * Source: learn.microsoft.com/rest/api/keyvault/keys; project decision 0020.
 */
export function keyVault(key: VaultAddress, access: VaultAccess): VaultKey {
  const call = async (method: 'GET' | 'POST', path: string, body?: object, foreignIf400?: boolean): Promise<unknown> =>
    answered(await send(access, method, `${key.vault}/keys/${path}?api-version=${API_VERSION}`, body), foreignIf400);

  async function operate(keyId: string, operation: 'wrapkey' | 'unwrapkey', bytes: Uint8Array): Promise<Uint8Array> {
    const { name, version } = ownVersion(key, keyId);
    const body = { alg: ALGORITHM, value: Buffer.from(bytes).toString('base64url') };
    const said = await call('POST', `${name}/${version}/${operation}`, body, operation === 'unwrapkey');
    const read = keyResult.safeParse(said);
    const by = read.success ? readVaultAddress(read.data.kid) : undefined;
    if (!read.success || by === undefined || !isSameKey(by, key) || by.version !== version) throw vaultFault('odd');
    return Buffer.from(read.data.value, 'base64url');
  }

  return {
    async current() {
      const said = await call('GET', key.version === undefined ? key.name : `${key.name}/${key.version}`);
      const read = keyBundle.safeParse(said);
      const is = read.success ? readVaultAddress(read.data.key.kid) : undefined;
      if (!read.success || is?.version === undefined || !isSameKey(is, key)) throw vaultFault('odd');
      const { kty, key_ops: operations } = read.data.key;
      if (!['RSA', 'RSA-HSM'].includes(kty) || !['wrapKey', 'unwrapKey'].every((one) => operations?.includes(one)))
        throw vaultFault('unfit');
      return `${key.vault}/keys/${key.name}/${is.version}`;
    },
    wrap: (keyId, plain) => operate(keyId, 'wrapkey', plain),
    unwrap: (keyId, wrapped) => operate(keyId, 'unwrapkey', wrapped),
  };
}

/** The version of this key that a key id names. What another key wrapped is never sent to it, nor to that one. */
function ownVersion(key: VaultAddress, keyId: string): Required<VaultAddress> {
  if (!keyId.startsWith('https://')) throw vaultFault('inFile');
  const wrapped = readVaultAddress(keyId);
  if (wrapped?.version === undefined || !isSameKey(wrapped, key)) throw vaultFault('foreign');
  return { ...wrapped, version: wrapped.version };
}

interface Answer {
  /** The id that the request was sent under. */
  readonly request: string;
  readonly status: number;
  readonly body: string;
}

async function send(
  { send: fetched, tokens }: VaultAccess,
  method: string,
  url: string,
  body?: object,
): Promise<Answer> {
  const token = await tokenFrom(tokens);
  const request = requestId();
  const json = { Accept: 'application/json', 'Content-Type': 'application/json' };
  try {
    const response = await fetched(url, {
      method,
      headers: { ...json, Authorization: `Bearer ${token}`, [REQUEST_ID_HEADER]: request },
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { request, status: response.status, body: await response.text() };
  } catch (cause) {
    throw vaultFault('away', cause);
  }
}

async function tokenFrom(tokens: TokenSource): Promise<string> {
  let given;
  try {
    given = await tokens.getToken(SCOPE);
  } catch (cause) {
    throw vaultFault('noIdentity', cause);
  }
  if (given === null) throw vaultFault('noIdentity');
  return given.token;
}

function answered(answer: Answer, foreignIf400?: boolean): unknown {
  if (answer.status !== 200) throw faultOfAnswer(answer, foreignIf400);
  return asJson(answer.body);
}
