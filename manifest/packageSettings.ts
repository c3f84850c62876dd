import { z } from 'zod';
import { CodedError } from '../src/errors.ts';

const webPage = z.url({ protocol: /^https$/u, error: 'should be the address of a page, beginning with https://' });
const uuid = (what: string): z.ZodGUID => z.guid({ error: `should be ${what}` });

/** A public host name: labels of letters, digits and hyphens, the last one no number. */
const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/iu;

const environment = z.object({
  TEAMS_APP_ID: uuid('the id of the app in Teams: a UUID of its own, made once and kept'),
  MicrosoftAppId: uuid('the id of the bot’s registration, a UUID'),
  BOT_DOMAIN: z
    .string({ error: 'should be the host name at which Teams reaches the bot, such as bot.example.gov.uk' })
    .regex(HOST, { error: 'should be a host name without https:// and without a path, such as bot.example.gov.uk' }),
  AGENCY_NAME: z
    .string({ error: 'should be the name of your agency' })
    .max(32, { error: 'should have at most 32 characters' }),
  WEBSITE_URL: webPage,
  PRIVACY_URL: webPage,
  TERMS_URL: webPage,
});

/** What of an agency goes into its app package, each as its variable names it. */
export type PackageSettings = Readonly<z.infer<typeof environment>>;

/**
 * Reads what the app package needs from the environment. An empty variable counts as unset.
 * Throws `CodedError('setting')` that names every variable that is missing or wrong, and what it should be; never its value.
 */
export function readPackageSettings(env: Readonly<Record<string, string | undefined>>): PackageSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = environment.safeParse(given);
  if (read.success) return read.data;
  throw new CodedError(
    'setting',
    read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join(' '),
  );
}
