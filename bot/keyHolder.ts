import { CodedError } from '../src/errors.ts';
import { ringHolder, type KeyHolder } from '../src/keyring.ts';
import { vaultHolder, type VaultKey } from '../src/vaultKeys.ts';
import { readKeyFile } from './keyFile.ts';
import { keyVault, type VaultAccess } from './keyVault.ts';
import type { PlacesOfData } from './settings.ts';

/**
 * Who opens the keys of the records, as the settings say: the key in a vault where one is named, else the key file.
 * Throws `CodedError('keys')` when there is no such file.
 */
export function holderOf(place: PlacesOfData, access: VaultAccess): KeyHolder {
  return place.vaultKey === undefined
    ? ringHolder(readKeyFile(place.keyFile))
    : vaultHolder(keyVault(place.vaultKey, access));
}

/** The key in a vault that the settings name. Throws `CodedError('setting')` when they name none. */
export function vaultKeyOf({ vaultKey }: PlacesOfData, access: VaultAccess): VaultKey {
  if (vaultKey === undefined)
    throw new CodedError('setting', 'KEY_VAULT_KEY should be the address of the key in Azure Key Vault.');
  return keyVault(vaultKey, access);
}

/**
 * As whom an operator’s command comes to a vault and to Cosmos DB: the managed identity of the bot, where the settings say
 * that it has one.
 */
export function clientIdIn(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env.MicrosoftAppType === 'UserAssignedMSI' ? env.MicrosoftAppId : undefined;
}
