/** Where a key is: in Azure Key Vault, and nowhere else. */
export interface VaultAddress {
  /** Such as https://exampleshire.vault.azure.net */
  readonly vault: string;
  readonly name: string;
  /** Absent for whichever version is current. */
  readonly version?: string;
}

/**
 * Names of vaults and keys, and identifiers of versions, as Azure allows them; nothing else may stand in the address, so that it
 * cannot lead a token anywhere else. Source: learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
 */
const ADDRESS =
  /^https:\/\/(?<host>(?=[a-z0-9-]{3,24}\.)[a-z](?:-?[a-z0-9])*\.vault\.azure\.net)\/keys\/(?<name>[a-z0-9-]{1,127})(?:\/(?<version>[0-9a-f]{32}))?$/iu;

/** `undefined` for anything but the address of a key. Host and version come in lower case. */
export function readVaultAddress(text: string): VaultAddress | undefined {
  const { host, name, version } = ADDRESS.exec(text)?.groups ?? {};
  if (host === undefined || name === undefined) return undefined;
  const key = { vault: `https://${host.toLowerCase()}`, name };
  return version === undefined ? key : { ...key, version: version.toLowerCase() };
}

/** Whether two addresses are of one key, of whatever version. Azure does not tell letters by their case. */
export function isSameKey(one: VaultAddress, other: VaultAddress): boolean {
  return one.vault === other.vault && one.name.toLowerCase() === other.name.toLowerCase();
}
