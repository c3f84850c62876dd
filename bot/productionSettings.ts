import { z } from 'zod';
import { CodedError } from '../src/errors.ts';
import { readDirectorySettings, type DirectorySettings } from './directorySettings.ts';
import { settingsOrProblems, type Settings } from './settings.ts';

const guid = (what: string): z.ZodPipe<z.ZodGUID, z.ZodTransform<string, string>> =>
  z.guid({ error: `should be ${what}, a GUID` }).transform((text) => text.toLowerCase());

/** A name, never an address by number: it has a last part that starts with a letter. */
const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/u;

const environment = z.object({
  MicrosoftAppType: z.enum(['SingleTenant', 'UserAssignedMSI'], {
    error: 'should be SingleTenant or UserAssignedMSI',
  }),
  MicrosoftAppId: guid('the id of the bot’s app registration or managed identity'),
  MicrosoftAppTenantId: guid('the id of your Entra tenant'),
  MicrosoftAppPassword: z.string().optional(),
  SERVICE_URL_HOSTS: z
    .string()
    .transform((text) => text.split(',').map((host) => host.trim()))
    .refine((hosts) => hosts.every((host) => HOST.test(host)), {
      error: 'should be host names in lower case, without https:// or a port, with commas between',
    })
    .default([]),
  TEAMS_CATALOGUE_APP_ID: guid('the id of the app in your organisation’s catalogue in Teams').optional(),
  TRUSTED_PROXIES: z.coerce
    .number({ error: 'should be the number of proxies before the bot, from 0 to 10' })
    .int({ error: 'should be a whole number' })
    .min(0, { error: 'should be 0 or more' })
    .max(10, { error: 'should be 10 or less' })
    .default(0),
});

/** As whom the bot comes to Teams. */
export type BotAccount = { readonly appId: string; readonly tenantId: string } & (
  | { readonly kind: 'SingleTenant'; readonly password: string }
  | { readonly kind: 'UserAssignedMSI'; readonly password?: never }
);

/** The settings of a bot in a tenant: those of every bot, and its own. */
export interface ProductionSettings {
  readonly settings: Settings;
  readonly account: BotAccount;
  /** Beside that of Teams. */
  readonly serviceUrlHosts: readonly string[];
  readonly directory: DirectorySettings;
  /** The app that is installed for those who must be told; `undefined` where nobody is given it. */
  readonly teamsAppId: string | undefined;
  /** Proxies that may say from where a request came. */
  readonly trustedProxies: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the environment of a bot in a tenant. An empty variable counts as unset.
 * Throws `CodedError('setting')` that names every variable that is missing or wrong and what it should be; never a value.
 * Source: issue “In a real tenant”, 1.
 */
export function readProductionSettings(env: Environment): ProductionSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = environment.safeParse(given);
  const settings = settingsOrProblems(env);
  const directory = directoryOrProblem(env);
  const wrong = [
    ...(read.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}.`),
    ...passwordProblems(given),
    ...('problem' in directory ? [directory.problem] : []),
    ...fileProblems(given),
    ...('problems' in settings ? settings.problems : []),
  ];
  if (!read.success || 'problems' in settings || 'problem' in directory || wrong.length > 0)
    throw new CodedError('setting', wrong.join(' '));
  return {
    settings: settings.settings,
    account: accountOf(read.data),
    directory,
    serviceUrlHosts: read.data.SERVICE_URL_HOSTS,
    teamsAppId: read.data.TEAMS_CATALOGUE_APP_ID,
    trustedProxies: read.data.TRUSTED_PROXIES,
  };
}

function directoryOrProblem(env: Environment): DirectorySettings | { readonly problem: string } {
  try {
    return readDirectorySettings(env);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'setting') return { problem: error.message };
    throw error;
  }
}

function passwordProblems({ MicrosoftAppType: kind, MicrosoftAppPassword: password }: Environment): readonly string[] {
  if (kind === 'SingleTenant' && password === undefined)
    return ['MicrosoftAppPassword should be a client secret of the app registration.'];
  return kind === 'UserAssignedMSI' && password !== undefined
    ? ['MicrosoftAppPassword should be empty with UserAssignedMSI: a managed identity has none.']
    : [];
}

const NO_KEY =
  'KEY_FILE should name the file that holds the keys of the records, or KEY_VAULT_KEY a key in Azure Key Vault.';

/** The people and the key that local mode would make up. */
function fileProblems({ DIRECTORY, PEOPLE_FILE, KEY_FILE, KEY_VAULT_KEY }: Environment): readonly string[] {
  const people = DIRECTORY === 'file' && PEOPLE_FILE === undefined;
  return [
    ...(people ? ['PEOPLE_FILE should name the file with your people and teams.'] : []),
    ...(KEY_FILE === undefined && KEY_VAULT_KEY === undefined ? [NO_KEY] : []),
  ];
}

function accountOf(read: z.infer<typeof environment>): BotAccount {
  const { MicrosoftAppType: kind, MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId } = read;
  if (kind === 'UserAssignedMSI') return { kind, appId, tenantId };
  return { kind, appId, tenantId, password: read.MicrosoftAppPassword ?? '' };
}
