import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isOfVault, ringHolder } from '../../src/keyring.ts';
import { nextInRing, nextInVault, rotateKeys, type NextHolder } from '../../src/rotating.ts';
import type { Resealed } from '../../src/rotationPorts.ts';
import { FENCE_WAIT_MS, openRotation as openCosmos } from '../../src/stores/cosmos/rotation.ts';
import { openRotation as openSqlite } from '../../src/stores/sqlite/rotation.ts';
import { vaultHolder } from '../../src/vaultKeys.ts';
import { keepInKeyFile, newEncryptionKey, readKeyFile } from '../keyFile.ts';
import { vaultKeyOf } from '../keyHolder.ts';
import type { PlacesOfData } from '../settings.ts';
import type { ExitCode, OnStore } from './onStore.ts';
import { several } from './several.ts';

/** Where keys of records can be. */
export type KeyPlace = 'file' | 'vault';

export function isKeyPlace(name: string): name is KeyPlace {
  return name === 'file' || name === 'vault';
}

const random = { bytes: (length: number): Uint8Array => randomBytes(length) };

/**
 * Gives the store new keys, in the place where they are or in another one. Throws a coded error when it cannot. A store in
 * SQLite opens as before then; one in Cosmos DB opens for no bot until the command has come to its end.
 */
export async function rotateCommand(
  { place, tenantId, access, account }: OnStore,
  to?: KeyPlace,
  fenceWaitMs = FENCE_WAIT_MS,
): Promise<ExitCode> {
  const store =
    account === undefined
      ? openSqlite({ path: place.database, tenantId })
      : await openCosmos({ ...account, tenantId, fenceWaitMs });
  try {
    const kept = await store.storeKey();
    const was: KeyPlace = kept !== undefined && isOfVault(kept) ? 'vault' : 'file';
    const from = was === 'vault' ? vaultHolder(vaultKeyOf(place, access)) : ringHolder(readKeyFile(place.keyFile));
    const is = to ?? was;
    const next = is === 'vault' ? nextInVault(vaultKeyOf(place, access)) : nextInFile(place);
    if (account !== undefined) console.log(waitWords(fenceWaitMs));
    const resealed = await rotateKeys({ store, from, to: next, tenantId, random });
    console.log([sealedWords(resealed), ...keepWords(place, was, is)].join('\n'));
    return 0;
  } finally {
    await store.close();
  }
}

function nextInFile({ keyFile }: PlacesOfData): NextHolder {
  return nextInRing({
    ring: existsSync(keyFile) ? readKeyFile(keyFile) : undefined,
    keepRing: (ring) => keepInKeyFile(keyFile, ring),
    newKey: newEncryptionKey,
    random,
  });
}

function sealedWords({ versionKeys, drafts, conversations }: Resealed): string {
  return `The records have new keys. Sealed anew: versions ${versionKeys}, drafts ${drafts}, conversations ${conversations}.`;
}

/** What an operator has to do now. */
function keepWords({ keyFile }: PlacesOfData, was: KeyPlace, is: KeyPlace): readonly string[] {
  const copy = `Copy the key file ${keyFile} to where you keep it, apart from your backups.`;
  const before = 'as long as you keep a backup from before: that one still needs it.';
  const oldVersion = `Keep every version of the key in the vault enabled ${before}`;
  if (is === 'vault' && was === 'vault') return [oldVersion];
  if (is === 'vault')
    return [
      `Start the bot with KEY_VAULT_KEY: it does not read the key file any more.`,
      `Keep a copy of the key file ${keyFile} in a safe place ${before} Then delete it on this machine.`,
    ];
  return was === 'vault'
    ? [`Start the bot with KEY_FILE, and leave KEY_VAULT_KEY empty. ${copy}`, oldVersion]
    : [`${copy} Keep the old copy ${before}`];
}

function waitWords(fenceWaitMs: number): string {
  const seconds = several(Math.ceil(fenceWaitMs / 1000), 'second');
  return `Every bot has to be stopped. Waiting ${seconds}, after which one that still runs has noticed, and saves nothing more.`;
}
