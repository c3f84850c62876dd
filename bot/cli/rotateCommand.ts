import { randomBytes } from 'node:crypto';
import { rotateKeys } from '../../src/rotating.ts';
import { openRotation } from '../../src/stores/sqlite/rotation.ts';
import { newEncryptionKey, readKeyFile, replaceKeyFile } from '../keyFile.ts';
import type { ExitCode, OnStore } from './onStore.ts';

/**
 * Gives the store new keys, and the key file with them. Throws a coded error when it cannot; the store opens with the key
 * file then as before.
 */
export async function rotateCommand({ place, tenantId }: OnStore): Promise<ExitCode> {
  const store = openRotation({ path: place.database, tenantId });
  try {
    const ring = readKeyFile(place.keyFile);
    const { versionKeys, drafts, conversations } = await rotateKeys({
      store,
      ring,
      keepRing: (kept) => replaceKeyFile(place.keyFile, kept),
      newKey: newEncryptionKey,
      tenantId,
      random: { bytes: (length) => randomBytes(length) },
    });
    console.log(
      `The records have new keys. Sealed anew: versions ${versionKeys}, drafts ${drafts}, conversations ${conversations}.\n` +
        `Copy the key file ${place.keyFile} to where you keep it, apart from your backups. Keep the old copy as long as you keep a backup from before: that one still needs it.`,
    );
    return 0;
  } finally {
    await store.close();
  }
}
