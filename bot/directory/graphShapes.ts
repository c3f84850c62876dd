import { z } from 'zod';
import { CodedError } from '../../src/errors.ts';
import type { Permission } from './graphClient.ts';

const id = z.guid().toLowerCase();
const text = z.string().nullish();

/** What is asked of a user. */
export const USER_FIELDS = 'id,displayName,jobTitle,companyName,userType,userPrincipalName,accountEnabled';
export const userShape = z.looseObject({
  id,
  displayName: text,
  jobTitle: text,
  companyName: text,
  userType: text,
  userPrincipalName: text,
  accountEnabled: z.boolean().nullish(),
  /** A contact may be somebody's manager; its id is nobody's here. */
  manager: z.looseObject({ id }).nullish(),
});
export type GraphUser = z.infer<typeof userShape>;

/** What is asked of a group. */
export const GROUP_FIELDS = 'id,displayName,resourceProvisioningOptions';
export const groupShape = z.looseObject({
  id,
  displayName: text,
  resourceProvisioningOptions: z.array(z.string()).nullish(),
});
export type GraphGroup = z.infer<typeof groupShape>;

const entry = z.looseObject({ id, '@odata.type': z.string() });

/** The entries of a list of directory objects that are of one kind, as Graph marks each with its type. */
export function entriesOf<T>(list: readonly unknown[], type: 'user' | 'group', shape: z.ZodType<T>): readonly T[] {
  const wanted = `#microsoft.graph.${type}`;
  return list.filter((each) => readAs(entry, each)['@odata.type'] === wanted).map((each) => readAs(shape, each));
}

/** Throws `directory.away` for what is not of the shape that Graph documents. */
export function readAs<T>(shape: z.ZodType<T>, answer: unknown): T {
  const read = shape.safeParse(answer);
  if (read.success) return read.data;
  throw new CodedError('directory.away', 'Microsoft Graph gave an answer of another shape than it documents.');
}

/**
 * Refuses an answer in which Graph left out what the bot may not read: it says null then, and no error. Without this,
 * everybody would be without a name, a team or a role.
 */
export function mustBeTold<T>(value: T | null | undefined, permission: Permission): T {
  if (value !== null && value !== undefined) return value;
  throw new CodedError(
    'directory.refused',
    `Microsoft Graph leaves out what the bot may not read: an administrator must grant it the application permission ${permission}.`,
  );
}
