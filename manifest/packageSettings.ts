import { z } from 'zod';
import { CodedError } from '../src/errors.ts';

/** A host name: labels of letters, digits and hyphens, the last one no number. */
const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/iu;
/** Last parts of names that nobody finds from outside. Source: RFC 2606 and 6761, RFC 6762 (local), ICANN 2024 (internal). */
const NOT_PUBLIC = /\.(?:localhost|local|internal|invalid|test|example)$/iu;
const isPublic = (host: string): boolean => HOST.test(host) && !NOT_PUBLIC.test(host);

const webPage = z
  .url({ protocol: /^https$/u, error: 'should be the address of a page, beginning with https://', abort: true })
  .refine((text) => isPublicPage(new URL(text)), {
    error: 'should be the address of a page that everybody can reach, without a user name',
  });
const uuid = (what: string): z.ZodType<string> =>
  z
    .guid({ error: `should be ${what}`, abort: true })
    .refine((text) => /[1-9a-f]/iu.test(text), { error: `should be ${what}` });

const environment = z.object({
  TEAMS_APP_ID: uuid('the id of the app in Teams: a UUID of its own, made once and kept'),
  MicrosoftAppId: uuid('the id of the bot’s registration, a UUID'),
  BOT_DOMAIN: z
    .string({ error: 'should be the host name at which Teams reaches the bot, such as bot.example.gov.uk' })
    .regex(HOST, {
      error: 'should be a host name without https:// and without a path, such as bot.example.gov.uk',
      abort: true,
    })
    .refine(isPublic, { error: 'should be a host name that Teams can reach from the Internet' }),
  AGENCY_NAME: z
    .string({ error: 'should be the name of your agency' })
    .trim()
    .min(1, { error: 'should be the name of your agency' })
    .max(32, { error: 'should have at most 32 characters' }),
  WEBSITE_URL: webPage,
  PRIVACY_URL: webPage,
  TERMS_URL: webPage,
});

const SAME_ID = 'TEAMS_APP_ID should be a UUID of its own, and not the one in MicrosoftAppId.';

/** What of an agency goes into its app package, each as its variable names it. */
export type PackageSettings = Readonly<z.infer<typeof environment>>;

/**
 * Reads what the app package needs from the environment. An empty variable counts as unset.
 * Throws `CodedError('setting')` that names every variable that is missing or wrong, and what it should be; never its value.
 */
export function readPackageSettings(env: Readonly<Record<string, string | undefined>>): PackageSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    const sentences = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
    throw new CodedError('setting', sentences.join(' '));
  }
  const { TEAMS_APP_ID: app, MicrosoftAppId: bot } = read.data;
  if (app.toLowerCase() === bot.toLowerCase()) throw new CodedError('setting', SAME_ID);
  return read.data;
}

function isPublicPage({ hostname, username, password }: URL): boolean {
  return isPublic(hostname) && username === '' && password === '';
}
