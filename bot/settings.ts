import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CodedError } from '../src/errors.ts';
import { isDate } from '../src/londonTime.ts';
import { readVaultAddress, type VaultAddress } from './vaultAddress.ts';

const LAWFUL_BASES = [
  'publicTask', 'legalObligation', 'vitalInterests', 'recognisedLegitimateInterest', 'legitimateInterests', 'consent', 'notSure',
] as const; // prettier-ignore

const NO_VAULT_KEY =
  'should be the address of a key in Azure Key Vault, such as https://name.vault.azure.net/keys/name';

const yesOrNo = z.enum(['yes', 'no'], { error: 'should be yes or no' });

const environment = z.object({
  PORT: z.coerce
    .number({ error: 'should be a port number from 0 to 65535' })
    .int({ error: 'should be a whole number' })
    .min(0, { error: 'should be 0 or more' })
    .max(65_535, { error: 'should be 65535 or less' })
    .default(3978),
  DATA_DIR: z.string().min(1, { error: 'should name a folder' }).default('./data'),
  KEY_FILE: z.string().optional(),
  KEY_VAULT_KEY: z
    .string()
    .transform((text, context) => readVaultAddress(text) ?? (context.addIssue(NO_VAULT_KEY), z.NEVER))
    .optional(),
  PEOPLE_FILE: z.string().optional(),
  STORE: z.enum(['sqlite', 'cosmos'], { error: 'should be sqlite or cosmos' }).default('sqlite'),
  COSMOS_ENDPOINT: z
    .url({
      protocol: /^https?$/u,
      error: 'should be the address of an account, such as https://name.documents.azure.com/',
    })
    .optional(),
  COSMOS_DATABASE: z
    .string()
    .regex(/^[^/\\?#\s]{1,255}$/u, { error: 'should be the name of a database, without spaces and / \\ ? #' })
    .default('sharing-log'),
  COSMOS_KEY: z.base64({ error: 'should be a key of the account, or empty' }).optional(),
  COSMOS_REGIONS: z.string().optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[!-~]{16,200}$/u, { error: 'should be 16 to 200 characters without spaces, or empty' })
    .optional(),
  DEFAULT_LAWFUL_BASIS: z
    .enum(LAWFUL_BASES, { error: `should be one of ${LAWFUL_BASES.join(', ')}` })
    .default('publicTask'),
  PUBLIC_AUTHORITY: yesOrNo.default('yes'),
  ESCALATE_AFTER_DAYS: z.coerce
    .number({ error: 'should be a number of working days from 1 to 20' })
    .int({ error: 'should be a whole number' })
    .min(1, { error: 'should be 1 or more' })
    .max(20, { error: 'should be 20 or less' })
    .default(5),
  BANK_HOLIDAYS_FILE: z.string().optional(),
  DUTY_TO_SHARE_FROM: z.string().refine(isDate, { error: 'should be a date such as 2027-09-01' }).optional(),
  CASE_REFERENCE_PATTERN: z
    .string()
    .max(200, { error: 'should have at most 200 characters' })
    .refine(isPattern, { error: 'should be a regular expression such as ^[A-Z]{3}$' })
    .optional(),
});

/** The settings of one start, read once from the environment. `.env.example` says what each is for. */
export type Settings = Readonly<z.infer<typeof environment>>;

/**
 * Reads and checks the environment. An empty variable counts as unset.
 * Throws `CodedError('setting')` that names the variable and what it should be; never its value.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const read = settingsOrProblems(env);
  if ('problems' in read) throw new CodedError('setting', read.problems.join(' '));
  return read.settings;
}

/** As `readSettings`, but with a sentence for each variable that is wrong in the place of an error. */
export function settingsOrProblems(
  env: Readonly<Record<string, string | undefined>>,
): { readonly settings: Settings } | { readonly problems: readonly string[] } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) return { problems: read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`) };
  const problems = [...basisNotOffered(read.data), ...accountNotNamed(read.data)];
  return problems.length === 0 ? { settings: read.data } : { problems };
}

/** Where the data and its keys stand. */
export interface PlacesOfData {
  readonly database: string;
  readonly keyFile: string;
  /** The key in a vault that opens the keys of the records; without it the key file does. */
  readonly vaultKey?: VaultAddress | undefined;
}

/** Source: architecture, "Local mode": keys stand beside the data folder unless told otherwise. */
export function placesOf({ DATA_DIR, KEY_FILE, KEY_VAULT_KEY: vaultKey }: Settings): PlacesOfData {
  const keyFile = resolve(KEY_FILE ?? `${resolve(DATA_DIR)}.key`);
  return { database: join(DATA_DIR, 'sharing-log.sqlite'), keyFile, vaultKey };
}

/** Where a Cosmos DB account is, and as whom to come to it. */
export interface CosmosAccount {
  readonly endpoint: string;
  readonly database: string;
  readonly key?: string | undefined;
  /** The client id of the bot’s managed identity, where it has one. */
  readonly clientId?: string | undefined;
  readonly preferredRegions: readonly string[];
}

/** Throws `CodedError('setting')` where the account is not named. */
export function cosmosPlaceOf(settings: Settings, clientId: string | undefined): CosmosAccount {
  const { COSMOS_ENDPOINT: endpoint, COSMOS_DATABASE: database, COSMOS_KEY: key, COSMOS_REGIONS = '' } = settings;
  if (endpoint === undefined) throw new CodedError('setting', NO_ACCOUNT);
  const preferredRegions = COSMOS_REGIONS.split(',').map((region) => region.trim()).filter((region) => region !== ''); // prettier-ignore
  return { endpoint, database, key, clientId, preferredRegions };
}

function basisNotOffered(settings: Settings): readonly string[] {
  const isInterest = settings.DEFAULT_LAWFUL_BASIS.toLowerCase().includes('legitimateinterest');
  return settings.PUBLIC_AUTHORITY === 'yes' && isInterest
    ? [
        'DEFAULT_LAWFUL_BASIS should not be a legitimate interest while PUBLIC_AUTHORITY is yes: public authorities cannot rely on it.',
      ]
    : [];
}

const NO_ACCOUNT = 'COSMOS_ENDPOINT should be the address of the Cosmos DB account.';

function accountNotNamed({ STORE, COSMOS_ENDPOINT }: Settings): readonly string[] {
  return STORE === 'cosmos' && COSMOS_ENDPOINT === undefined ? [NO_ACCOUNT] : [];
}

/** Whether a text can be used as a regular expression. */
export function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
