import { TeamsInfo, type TurnContext } from 'botbuilder';
import { codeOf } from '../src/errors.ts';
import type { Place } from './identity.ts';
import { teamIdOf } from './teamOfChannel.ts';

/** A channel in which a case may be counted: its own team's, with nobody from elsewhere in it. */
export type Channel = { readonly isOurs: true; readonly teamId: string } | { readonly isOurs: false };

const NOT_OURS: Channel = { isOurs: false };
const MEMBERS_A_PAGE = 500;
const PAGES_AT_MOST = 20;

/**
 * Who reads along. Ours only if the channel is not shared with other teams, and every member is of our tenant and no
 * guest; what cannot be known counts as not ours.
 * Source: issue "Case summary", 2.
 */
export async function readChannel(context: TurnContext, place: Place, tenantId: string): Promise<Channel> {
  try {
    return await channelOf(context, place, tenantId);
  } catch (error) {
    // Teams does not say who is there: whoever asks is answered all the same, and the refusal is written down.
    if (codeOf(error).startsWith('outbound.')) return NOT_OURS;
    throw error;
  }
}

async function channelOf(context: TurnContext, place: Place, tenantId: string): Promise<Channel> {
  if (place.isShared === true) return NOT_OURS;
  const teamId = await teamIdOf(context, place);
  if (teamId === undefined) return NOT_OURS;
  let token: string | undefined;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const { members, continuationToken } = await TeamsInfo.getPagedMembers(context, MEMBERS_A_PAGE, token);
    if (members.length === 0) return NOT_OURS;
    if (!members.every((member) => member.tenantId === tenantId && member.userRole === 'user')) return NOT_OURS;
    if (!continuationToken) return { isOurs: true, teamId };
    token = continuationToken;
  }
  return NOT_OURS;
}
