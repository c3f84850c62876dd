import type { TokenCredential } from '@azure/identity';
import { codeOf } from '../src/errors.ts';
import type { Clock } from '../src/ports.ts';
import { openGraphDirectory, type OpenedDirectory } from './directory/openDirectory.ts';
import { fileDirectory } from './local/fileDirectory.ts';
import type { PeopleFile } from './local/people.ts';
import type { OpenedStore } from './openStore.ts';
import type { ProductionSettings } from './productionSettings.ts';
import type { Log } from './log.ts';

/** What the directory of a tenant is opened with. */
export interface DirectoryParts {
  /** The people file, where the settings choose it. */
  readonly people: PeopleFile | undefined;
  readonly opened: OpenedStore;
  readonly credential: TokenCredential;
  readonly clock: Clock;
  readonly wait: (durationMs: number) => Promise<void>;
  readonly log: Log;
}

/** Graph that cannot be asked for now; whoever is known may work meanwhile, and readiness says so. */
const PASSES: ReadonlySet<string> = new Set(['directory.away', 'directory.busy']);

/**
 * Opens the directory that the settings of a tenant choose, and asks it once. Throws `CodedError` when it refuses the bot
 * or a group is not there.
 */
export async function tenantDirectory(settings: ProductionSettings, parts: DirectoryParts): Promise<OpenedDirectory> {
  const { people, opened, credential, clock, wait, log } = parts;
  if (people !== undefined) return { directory: fileDirectory(people), check: async () => undefined };
  const { directory: chosen, account } = settings;
  if (chosen.kind === 'file') throw new TypeError('The people file was not read.');
  const { conversations } = opened.stores;
  const agency = { ...chosen, tenantId: account.tenantId };
  const found = openGraphDirectory({ agency, credential, clock, wait, conversations, keys: opened.keys });
  try {
    await found.check();
  } catch (error) {
    if (!PASSES.has(codeOf(error))) throw error;
    log('directory.away', { fault: codeOf(error) });
  }
  return found;
}
