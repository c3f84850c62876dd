import { randomBytes } from 'node:crypto';
import { rotateKeys } from '../../src/rotating.ts';
import { FENCE_WAIT_MS, openRotation as openCosmos } from '../../src/stores/cosmos/rotation.ts';
import { openRotation as openSqlite } from '../../src/stores/sqlite/rotation.ts';
import { newEncryptionKey, readKeyFile, replaceKeyFile } from '../keyFile.ts';
import type { ExitCode, OnStore } from './onStore.ts';
import { several } from './several.ts';

/**
 * Gives the store new keys, and the key file with them. Throws a coded error when it cannot. A store in SQLite opens with the
 * key file then as before; one in Cosmos DB opens for no bot until the command has come to its end.
 */
export async function rotateCommand(
  { place, tenantId, account }: OnStore,
  fenceWaitMs = FENCE_WAIT_MS,
): Promise<ExitCode> {
  const store =
    account === undefined
      ? openSqlite({ path: place.database, tenantId })
      : await openCosmos({ ...account, tenantId, fenceWaitMs });
  try {
    const ring = readKeyFile(place.keyFile);
    if (account !== undefined) console.log(waitWords(fenceWaitMs));
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

function waitWords(fenceWaitMs: number): string {
  const seconds = several(Math.ceil(fenceWaitMs / 1000), 'second');
  return `Every bot has to be stopped. Waiting ${seconds}, after which one that still runs has noticed, and saves nothing more.`;
}
