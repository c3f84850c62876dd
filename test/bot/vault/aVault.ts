import {
  constants,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VaultAccess } from '../../../bot/keyVault.ts';

export const VAULT = 'https://exampleshire.vault.azure.net';
export const KEY = `${VAULT}/keys/sharing-log`;
/** A token as the identity gives it; nobody else may see it. */
export const TOKEN = 'a-token-for-the-vault';

/** One version of the key. */
export interface Version {
  readonly id: string;
  enabled: boolean;
}

/** What a vault was asked. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  /** What the request goes by in the vault’s own log. */
  readonly requestId: unknown;
  readonly body: string;
}

/** An answer that a vault gives whatever it is asked. */
export interface Said {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Operation = 'get' | 'wrapkey' | 'unwrapkey';

/**
 * Azure Key Vault on this machine, as its documentation describes it, with one key and real RSA.
 * Source: learn.microsoft.com/rest/api/keyvault/keys (7.4), learn.microsoft.com/azure/key-vault/general/rest-error-codes
 */
export interface Vault {
  /** Reaches it by its public name, as its managed identity. */
  readonly access: VaultAccess;
  readonly origin: string;
  readonly asked: readonly Asked[];
  /** The scopes that tokens were asked for. */
  readonly scopes: readonly string[];
  /** Makes a new version the current one. */
  rotate(): Version;
  readonly versions: readonly Version[];
  kty: string;
  operations: readonly string[];
  /** What this identity may do. */
  rights: readonly Operation[];
  isDeleted: boolean;
  /** What it says to one operation, or to all of them, from now on. */
  say(operation: Operation | 'all', said: Said | undefined): void;
  close(): Promise<void>;
}

export async function aVault(): Promise<Vault> {
  const made: OwnVersion[] = [];
  const asked: Asked[] = [];
  const scopes: string[] = [];
  const says = new Map<string, Said>();
  const server = createServer((request, response) => void answer(vault, made, says, asked, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const vault: Vault = {
    ...{ origin, asked, scopes, versions: made, isDeleted: false, kty: 'RSA' },
    operations: ['wrapKey', 'unwrapKey'],
    rights: ['get', 'wrapkey', 'unwrapkey'],
    access: {
      send: (url, init) => fetch(url.replace(VAULT, origin), init),
      tokens: {
        async getToken(scope) {
          scopes.push(scope);
          return { token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 };
        },
      },
    },
    rotate() {
      const version = { id: randomBytes(16).toString('hex'), enabled: true, ...rsaPair(made.length) };
      made.push(version);
      return version;
    },
    say(operation, said) {
      if (said === undefined) says.delete(operation);
      else says.set(operation, said);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  vault.rotate();
  return vault;
}

interface OwnVersion extends Version, Pair {}

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const pairs: Pair[] = [];

/** Making one takes a while: the nth version of every vault has the same. */
function rsaPair(nth: number): Pair {
  return (pairs[nth] ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
}

const PATH = /^\/keys\/(?<name>[^/?]+)(?:\/(?<id>[^/?]+))?(?:\/(?<operation>wrapkey|unwrapkey))?\?api-version=7\.4$/u;

async function answer(
  vault: Vault,
  versions: readonly OwnVersion[],
  says: ReadonlyMap<string, Said>,
  asked: Asked[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { method = '', url = '', headers } = request;
  asked.push({ method, url, authorization: headers.authorization, requestId: headers['x-ms-client-request-id'], body });
  const path = PATH.exec(url)?.groups;
  const operation: Operation = path?.operation === undefined ? 'get' : (path.operation as Operation); // as the pattern says
  const said = says.get('all') ?? says.get(operation) ?? saidTo(vault, versions, request, operation, path, body);
  response.writeHead(said.status, { 'Content-Type': 'application/json; charset=utf-8', ...said.headers });
  response.end(said.body);
}

/** What challenges send those to who have no token; nobody may go there. */
export const ELSEWHERE = 'https://login.example/elsewhere';

function saidTo(
  vault: Vault,
  versions: readonly OwnVersion[],
  { headers, method }: IncomingMessage,
  operation: Operation,
  path: Readonly<Record<string, string | undefined>> | undefined,
  body: string,
): Said {
  if (headers.authorization !== `Bearer ${TOKEN}`)
    return {
      ...refusal(401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.'),
      headers: { 'WWW-Authenticate': `Bearer authorization="${ELSEWHERE}", resource="https://vault.azure.net"` },
    };
  if (path === undefined || method !== (operation === 'get' ? 'GET' : 'POST'))
    return refusal(400, 'BadParameter', 'The request is not one of the documentation.');
  if (!vault.rights.includes(operation))
    return refusal(403, 'Forbidden', `Caller is not authorized to perform action on resource. Caller: appid=x`, 'ForbiddenByRbac'); // prettier-ignore
  const version = path.id === undefined ? versions.at(-1) : versions.find(({ id }) => id === path.id);
  if (path.name !== 'sharing-log' || vault.isDeleted || version === undefined)
    return refusal(404, 'KeyNotFound', 'A key with (name/id) was not found in this key vault. If you recently deleted this key you may be able to recover it.'); // prettier-ignore
  const kid = `${KEY}/${version.id}`;
  if (operation === 'get') return bundle(vault, kid, version);
  if (operation === 'unwrapkey' && !version.enabled)
    return refusal(403, 'Forbidden', 'Operation unwrapKey is not allowed on a disabled key.', 'KeyDisabled');
  if (!vault.operations.includes(operation.replace('key', 'Key')))
    return refusal(403, 'Forbidden', `Operation ${operation} is not permitted on this key.`, 'KeyOperationForbidden');
  return operated(kid, version, operation, body);
}

function bundle({ kty, operations }: Vault, kid: string, { enabled, publicKey }: OwnVersion): Said {
  const { n, e } = publicKey.export({ format: 'jwk' });
  const attributes = { enabled, created: 1_790_000_000, updated: 1_790_000_000, recoveryLevel: 'Recoverable' };
  return { status: 200, body: JSON.stringify({ key: { kid, kty, key_ops: operations, n, e }, attributes }) };
}

function operated(kid: string, { publicKey, privateKey }: OwnVersion, operation: Operation, body: string): Said {
  // What the client sends is what is tested here.
  const { alg, value } = JSON.parse(body) as { readonly alg: unknown; readonly value: unknown };
  if (alg !== 'RSA-OAEP-256' || typeof value !== 'string' || !/^[\w-]+$/u.test(value))
    return refusal(400, 'BadParameter', "Content of 'value' is not base64url.");
  const how = { oaepHash: 'sha256', padding: constants.RSA_PKCS1_OAEP_PADDING };
  try {
    const bytes = Buffer.from(value, 'base64url');
    const result =
      operation === 'wrapkey'
        ? publicEncrypt({ key: publicKey, ...how }, bytes)
        : privateDecrypt({ key: privateKey, ...how }, bytes);
    return { status: 200, body: JSON.stringify({ kid, value: result.toString('base64url') }) };
  } catch {
    return refusal(400, 'BadParameter', 'Error occurred while decoding OAEP padding.');
  }
}

/** A refusal in the words and the shape of the documentation. */
export function refusal(status: number, code: string, message: string, inner?: string): Said {
  const innererror = inner === undefined ? {} : { innererror: { code: inner } };
  return { status, body: JSON.stringify({ error: { code, message, ...innererror } }) };
}
