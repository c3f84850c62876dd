import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { CodedError } from '../../src/errors.ts';
import type { Keys } from '../../src/ports.ts';

const KEY_BYTES = 32;
const keyFile = z.object({ format: z.literal(1), lookupKey: z.string().regex(/^[0-9a-f]{64}$/u) });

/**
 * The keys of local mode, in a file beside the data folder that only its owner may read. Made on first start.
 * Throws `CodedError('keys')` when the file cannot be made or read.
 */
export function localKeys(dataDir: string): { readonly keys: Keys; readonly path: string; readonly isNew: boolean } {
  const path = `${resolve(dataDir)}.key`;
  const isNew = !existsSync(path);
  if (isNew) makeKeyFile(path);
  return { keys: keysFrom(readKeyFile(path)), path, isNew };
}

/** Keyed hashes under one lookup key. */
export function keysFrom(lookupKey: Uint8Array): Keys {
  return {
    lookupHash: (purpose, text) => createHmac('sha256', lookupKey).update(`${purpose}\n`).update(text).digest('hex'),
  };
}

function makeKeyFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const content = JSON.stringify({ format: 1, lookupKey: randomBytes(KEY_BYTES).toString('hex') });
    writeFileSync(path, `${content}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new CodedError('keys', `The key file ${path} cannot be made. Choose another DATA_DIR.`, { cause });
  }
}

function readKeyFile(path: string): Uint8Array {
  try {
    return Buffer.from(keyFile.parse(JSON.parse(readFileSync(path, 'utf8'))).lookupKey, 'hex');
  } catch (cause) {
    throw new CodedError(
      'keys',
      `The key file ${path} cannot be read. Put back the one that belongs to this data folder.`,
      { cause },
    );
  }
}
