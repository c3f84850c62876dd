import { CodedError } from '../src/errors.ts';
import { refusalIn, type Refused } from './outbound.ts';

/**
 * Why nobody can be written to: they or an administrator do not let the bot write, the app is not installed for them, or
 * there is no such chat.
 */
export type OutOfReach = 'blocked' | 'notInstalled' | 'noChat';

/**
 * The codes with which Teams says so, by the status that they come with. A code that does not stand here, or none at all,
 * says nothing about the person.
 * Source: Microsoft, Status codes from bot conversational APIs; docs/decisions/0022.
 */
const SAYS: Readonly<Record<string, OutOfReach>> = {
  '403 ConversationBlockedByUser': 'blocked',
  '403 MessageWritesBlocked': 'blocked',
  '403 BotDisabledByAdmin': 'blocked',
  '403 BotNotInConversationRoster': 'notInstalled',
  '403 ForbiddenOperationException': 'notInstalled',
  // So it answers where a chat is opened with somebody who has not got the app.
  '403 BadArgument': 'notInstalled',
  '404 ConversationNotFound': 'noChat',
};

/** What a refusal may be called in the log: other codes could be any text. Source: Microsoft, the same page. */
export const TOLD_CODES = [
  'ServiceError',
  'BadSyntax', 'BadArgument', 'MessageSizeTooBig', 'Unauthorized', 'NotEnoughPermissions', 'TenantNotFound', 'ActivityNotFoundInConversation',
  'ConversationBlockedByUser', 'MessageWritesBlocked', 'BotDisabledByAdmin', 'BotNotInConversationRoster',
  'ForbiddenOperationException', 'ConversationNotFound', 'none', 'other',
] as const; // prettier-ignore

/** The code of a refusal as the log may tell it. */
export function toldCode({ code = 'none' }: Refused): (typeof TOLD_CODES)[number] {
  return TOLD_CODES.find((known) => known === code) ?? 'other';
}

/** What a refusal says of the person that was written to; `undefined` when it says nothing of them. */
export function outOfReach({ status, code }: Refused): OutOfReach | undefined {
  return code === undefined ? undefined : SAYS[`${status} ${code}`];
}

/** True for an error by which Teams says that the person cannot be written to. */
export function isOutOfReach(error: unknown): boolean {
  const refused = error instanceof CodedError ? refusalIn(error) : undefined;
  return refused !== undefined && outOfReach(refused) !== undefined;
}
