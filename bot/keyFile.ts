import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { CodedError } from '../src/errors.ts';
import type { KeyEncryptionKey, Keyring } from '../src/keyring.ts';
import { KEY_BYTES } from '../src/sealing.ts';

const hexKey = z.string().regex(/^[0-9a-f]{64}$/u);
const keyFile = z.object({
  format: z.literal(2),
  lookupKey: hexKey,
  encryptionKeys: z.array(z.object({ id: z.string().min(1), key: hexKey })).min(1),
});

const OWNER_ONLY = 0o600;

/**
 * The keys in a file that only its owner may read. Throws `CodedError('keys')` with one sentence when there is none, or
 * when it cannot be read.
 */
export function readKeyFile(path: string): Keyring {
  if (!existsSync(path)) {
    throw new CodedError(
      'keys',
      `The key file ${path} is missing: put back the one that belongs to this data, or set KEY_VAULT_KEY if a key vault opens it.`,
    );
  }
  try {
    const read = keyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    return {
      lookupKey: Buffer.from(read.lookupKey, 'hex'),
      encryptionKeys: read.encryptionKeys.map(({ id, key }) => ({ id, key: Buffer.from(key, 'hex') })),
    };
  } catch (cause) {
    throw new CodedError('keys', `The key file ${path} cannot be read: put back the one that belongs to this data.`, {
      cause,
    });
  }
}

/**
 * Makes a key file, with new keys unless others are given, and returns when it is durable. Throws `CodedError('keys')` when
 * it cannot be made, or when there is one already.
 */
export function makeKeyFile(path: string, ring: Keyring = newKeyring()): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, packed(ring), { mode: OWNER_ONLY, flag: 'wx', flush: true });
    syncFolder(dirname(path));
  } catch (cause) {
    throw new CodedError('keys', `The key file ${path} cannot be made: choose another place for it.`, { cause });
  }
}

/**
 * Replaces a key file as one step, and returns when it is durable: whoever reads it finds the old keys or the new ones,
 * whole. Throws `CodedError('keys')` when it cannot be written.
 */
export function replaceKeyFile(path: string, ring: Keyring): void {
  try {
    const file = realpathSync(path);
    const next = `${file}.next`;
    writeFileSync(next, packed(ring), { mode: OWNER_ONLY, flush: true });
    renameSync(next, file);
    syncFolder(dirname(file));
  } catch (cause) {
    throw new CodedError(
      'keys',
      `The key file ${path} cannot be written, and is as it was: give yourself write access to it and to its folder.`,
      { cause },
    );
  }
}

/**
 * Makes, replaces or takes away a key file, so that it holds this keyring and no other; `undefined` for none. Throws as they
 * do.
 */
export function keepInKeyFile(path: string, ring: Keyring | undefined): void {
  if (ring === undefined) rmSync(path, { force: true });
  else if (existsSync(path)) replaceKeyFile(path, ring);
  else makeKeyFile(path, ring);
}

function newKeyring(): Keyring {
  return { lookupKey: randomBytes(KEY_BYTES), encryptionKeys: [newEncryptionKey()] };
}

/** Makes the names in a folder durable. Windows has no such call, and keeps them without it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A new key-encryption key with an id of its own. */
export function newEncryptionKey(): KeyEncryptionKey {
  return { id: `kek-${randomBytes(4).toString('hex')}`, key: randomBytes(KEY_BYTES) };
}

function packed({ lookupKey, encryptionKeys }: Keyring): string {
  const content = {
    format: 2,
    lookupKey: Buffer.from(lookupKey).toString('hex'),
    encryptionKeys: encryptionKeys.map(({ id, key }) => ({ id, key: Buffer.from(key).toString('hex') })),
  };
  return `${JSON.stringify(content)}\n`;
}
