import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const roleSchema = z.enum(['practitioner', 'manager', 'recordsOfficer']);

const personSchema = z
  .strictObject({
    id: z.guid().toLowerCase(),
    name: z.string().trim().min(1),
    jobTitle: z.string().trim().min(1),
    organisation: z.string().trim().min(1),
    email: z.email(),
    managerId: z.guid().toLowerCase().optional(),
    teamIds: z.array(z.guid().toLowerCase()).readonly(),
    roles: z.array(roleSchema).readonly(),
  })
  .readonly();

const teamSchema = z
  .strictObject({
    id: z.guid().toLowerCase(),
    name: z.string().trim().min(1),
    channelId: z.string().regex(/^19:[^;/?#\s]{1,120}$/),
    /** A channel may be shared with other teams; left out, it is the team's own. */
    channelType: z.enum(['standard', 'private', 'shared']).optional(),
    /** Names of people from elsewhere who read along. */
    guests: z.array(z.string().trim().min(1)).readonly().optional(),
  })
  .readonly();

const peopleFileSchema = z
  .strictObject({
    tenantId: z.guid().toLowerCase(),
    people: z.array(personSchema).min(1).readonly(),
    teams: z.array(teamSchema).readonly(),
  })
  .readonly();

/** Everybody and every team that the bot knows of when there is no Microsoft Graph to ask. */
export type PeopleFile = z.infer<typeof peopleFileSchema>;
export type LocalPerson = PeopleFile['people'][number];
export type LocalTeam = PeopleFile['teams'][number];
export type LocalRole = LocalPerson['roles'][number];

/** The people file cannot be used; the message is one sentence that names the file and the field, for the operator to read. */
export class PeopleFileError extends Error {
  readonly code = 'PEOPLE_FILE_UNUSABLE';
  override readonly name = 'PeopleFileError';
}

const SHIPPED_FILE = fileURLToPath(new URL('./people.default.json', import.meta.url));

/**
 * Reads and checks the people file, or the shipped set of fictional people when no path is given.
 * Checks every reference as well: managers and teams must exist, and nobody may manage themselves at any remove.
 * @throws PeopleFileError with one sentence when the file cannot be read, is not JSON, or breaks a rule (the first one found).
 */
export function loadPeople(path: string | undefined): PeopleFile {
  const file = path ?? SHIPPED_FILE;
  const parsed = peopleFileSchema.safeParse(readJsonFile(file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new PeopleFileError(`${basename(file)}: ${describeIssue(issue)}.`, { cause: parsed.error });
  }
  const broken = brokenReference(parsed.data);
  if (broken !== undefined) throw new PeopleFileError(`${basename(file)}: ${broken}.`);
  return parsed.data;
}

function readJsonFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PeopleFileError(`${basename(file)} cannot be read: check PEOPLE_FILE and the permissions of that file.`, {
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PeopleFileError(`${basename(file)} is not JSON: look for a missing comma or quotation mark.`, { cause });
  }
}

function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'the file does not hold what it should';
  const field = fieldName(issue.path);
  if (issue.code === 'unrecognized_keys') return `${field} has a field that is not known, "${issue.keys.join('", "')}"`;
  if (issue.code === 'invalid_format' && issue.format === 'guid') return `${field} must be a GUID`;
  if (issue.code === 'invalid_format' && issue.format === 'email') return `${field} must be an email address`;
  if (issue.code === 'invalid_format') return `${field} must be a Teams channel id such as 19:name@thread.tacv2`;
  if (issue.code === 'too_small') return `${field} must not be empty`;
  if (issue.code === 'invalid_value') return `${field} must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type')
    return `${field} must be given as ${issue.expected === 'array' ? 'a list' : `a ${issue.expected}`}`;
  return `${field} does not hold what it should`;
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return name === '' ? 'the file' : name.replace(/^\./, '');
}

function brokenReference(file: PeopleFile): string | undefined {
  return (
    repeated(
      'people',
      'id',
      file.people.map((person) => person.id),
    ) ??
    repeated(
      'teams',
      'id',
      file.teams.map((team) => team.id),
    ) ??
    repeated(
      'teams',
      'channelId',
      file.teams.map((team) => team.channelId),
    ) ??
    unknownReference(file) ??
    managementLoop(file)
  );
}

function repeated(list: string, field: string, values: readonly string[]): string | undefined {
  const index = values.findIndex((value, at) => values.indexOf(value) !== at);
  return index === -1 ? undefined : `${list}[${index}].${field} is already used by another entry`;
}

function unknownReference(file: PeopleFile): string | undefined {
  const personIds = new Set(file.people.map((person) => person.id));
  const teamIds = new Set(file.teams.map((team) => team.id));
  for (const [index, person] of file.people.entries()) {
    if (person.managerId !== undefined && !personIds.has(person.managerId)) {
      return `people[${index}].managerId must be the id of someone in the file`;
    }
    const missing = person.teamIds.findIndex((teamId) => !teamIds.has(teamId));
    if (missing !== -1) return `people[${index}].teamIds[${missing}] must be the id of a team in the file`;
  }
  return undefined;
}

function managementLoop(file: PeopleFile): string | undefined {
  const managerOf = new Map(file.people.map((person) => [person.id, person.managerId]));
  for (const [index, person] of file.people.entries()) {
    const seen = new Set<string>();
    for (let at: string | undefined = person.id; at !== undefined; at = managerOf.get(at)) {
      if (seen.has(at)) return `people[${index}].managerId must not lead back to the same person`;
      seen.add(at);
    }
  }
  return undefined;
}
