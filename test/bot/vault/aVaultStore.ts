import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import type { VaultAccess } from '../../../bot/keyVault.ts';
import { openStore, type OpenedStore } from '../../../bot/openStore.ts';
import { readSettings } from '../../../bot/settings.ts';
import { makeFolder } from '../../../bot/starting.ts';
import type { VersionPlace } from '../../../src/keyPorts.ts';
import { TENANT } from '../../journeys/aBot.ts';
import { KEY, TOKEN } from './aVault.ts';

export const random = { bytes: (length: number): Uint8Array => randomBytes(length) };
export const PLACE: VersionPlace = { caseKey: 'case-1', recordId: 'record-1', version: 1 };

/** Opens a store whose keys are in the vault, as a start does. */
export function openInVault(
  dataDir: string,
  access: VaultAccess,
  env: Readonly<Record<string, string>> = {},
  tenantId = TENANT,
): Promise<OpenedStore> {
  makeFolder(dataDir);
  return openStore(readSettings({ DATA_DIR: dataDir, KEY_VAULT_KEY: KEY, ...env }), { tenantId, random, access });
}

/** Runs with an open store, and closes it. */
export async function withStore<T>(
  opening: Promise<OpenedStore>,
  work: (opened: OpenedStore) => Promise<T> | T,
): Promise<T> {
  // prettier-ignore
  const opened = await opening;
  try {
    return await work(opened);
  } finally {
    await opened.stores.close();
  }
}

/** All that an error could show to a log, in full depth; what must not be in it stands behind. */
export function shownBy(error: unknown): string {
  return inspect(error, { depth: 20, showHidden: true, maxStringLength: null });
}

/** Whether a text holds the token, or bytes in any of the ways in which bytes are written. */
export function holds(text: string, ...secrets: readonly Uint8Array[]): boolean {
  const ways = secrets.flatMap((bytes) => {
    const buffer = Buffer.from(bytes);
    return [buffer.toString('hex'), buffer.toString('base64').replace(/=+$/u, ''), buffer.toString('base64url')];
  });
  return [TOKEN, ...ways].some((secret) => text.includes(secret));
}
