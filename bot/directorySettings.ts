import { z } from 'zod';
import { CodedError } from '../src/errors.ts';
import type { Agency } from './directory/graphQueries.ts';
import { NO_OVERRIDES, readManagers } from './directory/managersFile.ts';

const GROUPS = ['PRACTITIONERS_GROUP', 'MANAGERS_GROUP', 'RECORDS_OFFICERS_GROUP'] as const;

const groupId = z.guid({ error: 'should be the object id of a group in Entra' }).toLowerCase();

const chosenDirectory = z.object({
  DIRECTORY: z.enum(['graph', 'file'], { error: 'should be graph or file' }).default('graph'),
});

const graphSettings = z.object({
  PRACTITIONERS_GROUP: groupId,
  MANAGERS_GROUP: groupId,
  RECORDS_OFFICERS_GROUP: groupId,
  ORGANISATION_NAME: z
    .string({ error: 'should be the name of your organisation' })
    .trim()
    .min(1, { error: 'should be the name of your organisation' })
    .max(200, { error: 'should have at most 200 characters' }),
  TEAM_GROUPS: z
    .string()
    .transform((text) => text.split(',').map((id) => id.trim().toLowerCase()))
    .refine((ids) => ids.every((id) => z.guid().safeParse(id).success), {
      error: 'should be object ids of teams, with commas between',
    })
    .optional(),
  MANAGERS_FILE: z.string().optional(),
});

/** Where people and teams are looked up in production. */
export type DirectorySettings =
  { readonly kind: 'file' } | ({ readonly kind: 'graph' } & Readonly<Omit<Agency, 'tenantId'>>);

/**
 * Reads what the directory needs to know from the environment, and the file of managers where one is named. An empty
 * variable counts as unset. Throws `CodedError('setting')` that names each variable and what it should be; never its value.
 */
export function readDirectorySettings(env: Readonly<Record<string, string | undefined>>): DirectorySettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const chosen = chosenDirectory.safeParse(given);
  if (!chosen.success) throw new CodedError('setting', 'DIRECTORY should be graph or file.');
  if (chosen.data.DIRECTORY === 'file') return { kind: 'file' };
  const read = graphSettings.safeParse(given);
  if (!read.success) {
    const sentences = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
    throw new CodedError('setting', sentences.join(' '));
  }
  if (new Set(GROUPS.map((name) => read.data[name])).size < GROUPS.length)
    throw new CodedError('setting', `${GROUPS.join(', ')} should be three different groups.`);
  const { TEAM_GROUPS, MANAGERS_FILE, ORGANISATION_NAME } = read.data;
  return {
    kind: 'graph',
    organisation: ORGANISATION_NAME,
    groups: {
      practitioner: read.data.PRACTITIONERS_GROUP,
      manager: read.data.MANAGERS_GROUP,
      recordsOfficer: read.data.RECORDS_OFFICERS_GROUP,
    },
    teams: TEAM_GROUPS === undefined ? undefined : new Set(TEAM_GROUPS),
    managers: MANAGERS_FILE === undefined ? NO_OVERRIDES : readManagers(MANAGERS_FILE),
  };
}
