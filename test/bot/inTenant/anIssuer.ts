import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fields = Readonly<Record<string, unknown>>;

/** A key of the issuer, or of somebody who would like to be. */
export interface KeyPair {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function aKeyPair(kid: string, modulusLength = 2048): KeyPair {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength }) };
}

/** Writes a token: header and claims as they are given, signed with a key. */
export function signed(header: Fields, claims: Fields, { privateKey }: Pick<KeyPair, 'privateKey'>): string {
  const text = `${inBase64(header)}.${inBase64(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
}

/** The old trick: the public key, which everybody knows, taken for the secret of a symmetric signature. */
export function signedWithPublicKey(header: Fields, claims: Fields, { publicKey }: KeyPair): string {
  const text = `${inBase64(header)}.${inBase64(claims)}`;
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
}

export function inBase64(fields: Fields): string {
  return Buffer.from(JSON.stringify(fields)).toString('base64url');
}

/** What the issuer says of a key. */
export function published({ kid, publicKey }: KeyPair, endorsements?: readonly string[]): Fields {
  const more = endorsements === undefined ? {} : { endorsements };
  return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...more };
}

/** The issuer of tokens, on this machine. */
export interface Issuer {
  readonly url: string;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  /** What it says from now on; a number is a status without a body. */
  say(keys: readonly Fields[] | number): void;
  /** What its metadata names as the place of its keys from now on. */
  point(keysUrl: string): void;
  close(): Promise<void>;
}

/** Starts an issuer that publishes these keys. */
export async function anIssuer(keys: readonly Fields[]): Promise<Issuer> {
  let said: readonly Fields[] | number = keys;
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url === '/keys') asked += 1;
    if (typeof said === 'number') response.statusCode = said;
    const body = request.url === '/keys' ? { keys: said } : { issuer: 'https://api.botframework.com', jwks_uri: place };
    response.end(typeof said === 'number' ? '' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address with a port.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let place = `${origin}/keys`;
  return {
    url: `${origin}/openid`,
    asked: () => asked,
    say(next) {
      said = next;
    },
    point(keysUrl) {
      place = keysUrl;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
