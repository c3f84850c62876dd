import type { VaultAccess } from '../keyVault.ts';
import type { CosmosAccount, PlacesOfData } from '../settings.ts';

/** What a command is run on. */
export interface OnStore {
  readonly place: PlacesOfData;
  readonly tenantId: string;
  /** How the vault is reached, where one opens the keys. */
  readonly access: VaultAccess;
  /** Where the records are with STORE=cosmos; absent where they are in SQLite. */
  readonly account?: CosmosAccount | undefined;
}

/** How a command ended: 0 well, 1 what was looked at is not whole, 2 it could not be done. */
export type ExitCode = 0 | 1 | 2;
