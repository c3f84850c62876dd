import { isConversationId, type IsAllowedUrl } from './serviceUrls.ts';
import type { CheckedToken } from './tokenCheck.ts';

/** Why an activity was turned away before any turn ran. The code is all that the caller learns. */
export type Refusal =
  | 'badActivity'
  | 'wrongChannel'
  | 'wrongServiceUrl'
  | 'wrongTenant'
  | 'noPerson'
  | 'otherServiceUrl'
  | 'wrongBot'
  | 'notAMember';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What every activity must be, whatever authentication says: of Teams, of our tenant, from a known kind of address, and
 * from somebody with an object id.
 * Source: platform-facts, "botbuilder", stock gaps.
 */
export function refuseActivity(activity: Fields, tenantId: string, isAllowed: IsAllowedUrl): Refusal | undefined {
  const conversation = objectIn(activity.conversation);
  const from = objectIn(activity.from);
  if (typeof activity.type !== 'string' || typeof conversation?.id !== 'string') return 'badActivity';
  if (typeof from?.id !== 'string' || typeof objectIn(activity.recipient)?.id !== 'string') return 'badActivity';
  // The SDK takes these for text without looking.
  const texts = [activity.text, activity.replyToId, activity.locale];
  if (!texts.every(isTextOrAbsent)) return 'badActivity';
  if (activity.channelId !== 'msteams') return 'wrongChannel';
  if (typeof activity.serviceUrl !== 'string' || !isAllowed(activity.serviceUrl)) return 'wrongServiceUrl';
  const tenants = tenantsOf(activity).filter((tenant) => tenant !== undefined);
  if (tenants.length === 0 || tenants.some((tenant) => tenant !== tenantId)) return 'wrongTenant';
  const speaks = activity.type === 'message' || activity.type === 'invoke';
  return speaks && typeof from.aadObjectId !== 'string' ? 'noPerson' : undefined;
}

/** Whom a bot in a tenant lets in. */
export interface InTenant {
  readonly appId: string;
  readonly tenantId: string;
  readonly isAllowed: IsAllowedUrl;
}

/**
 * What an activity must be beside that in a tenant, where it comes with a token: for this bot, by the address in the
 * token, of our tenant wherever it names one, and from a member of it.
 * Source: issue “In a real tenant”, 1; docs/decisions/0018.
 */
export function refuseInTenant(activity: Fields, token: CheckedToken, ours: InTenant): Refusal | undefined {
  const refused = refuseActivity(activity, ours.tenantId, ours.isAllowed);
  if (refused !== undefined) return refused;
  if (activity.serviceUrl !== token.serviceUrl) return 'otherServiceUrl';
  if (tenantsOf(activity).includes(undefined)) return 'wrongTenant';
  const { id, timestamp, replyToId } = activity;
  if (!isName(id) || !isTextOrAbsent(timestamp) || (isGiven(replyToId) && !isName(replyToId))) return 'badActivity';
  if (!isConversationId(objectIn(activity.conversation)?.id)) return 'badActivity';
  // In other modes the SDK gives whoever asks what was meant for the person’s chat. Teams asks for none.
  if (isGiven(activity.deliveryMode) && activity.deliveryMode !== 'normal') return 'badActivity';
  const bot = objectIn(activity.recipient)?.id;
  if (typeof bot !== 'string' || bot.toLowerCase() !== `28:${ours.appId}`) return 'wrongBot';
  return refusePerson(objectIn(activity.from) ?? {}, ours.tenantId);
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;

/**
 * Teams gives a guest an object id of our tenant, and in an activity says what they are only now and then: what it does say
 * is heeded here, and the directory, which knows, is asked in the turn.
 */
function refusePerson(from: Fields, tenantId: string): Refusal | undefined {
  const { aadObjectId, tenantId: home, userRole, role, id, userPrincipalName, email } = from;
  if (aadObjectId !== undefined && (typeof aadObjectId !== 'string' || !GUID.test(aadObjectId))) return 'noPerson';
  if (home !== undefined && home !== tenantId) return 'notAMember';
  if (![userRole, role].every((named) => named === undefined || named === 'user')) return 'notAMember';
  const names = [id, userPrincipalName, email];
  return names.some((name) => typeof name === 'string' && /#ext#/iu.test(name)) ? 'notAMember' : undefined;
}

/** The tenant of the conversation and that of the channel data; each `undefined` where it is not said. */
function tenantsOf(activity: Fields): readonly unknown[] {
  const channelTenant = objectIn(objectIn(activity.channelData)?.tenant)?.id;
  return [objectIn(activity.conversation)?.tenantId, channelTenant];
}

/** An id that becomes part of an address. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w:.@;=+-]{1,256}$/u.test(value) && !/^\.+$/u.test(value);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isTextOrAbsent(value: unknown): boolean {
  return !isGiven(value) || typeof value === 'string';
}

function objectIn(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
